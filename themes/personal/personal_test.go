package personal

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden file anew")

var short = map[string]Kind{"email": Email, "phone": Phone, "postcode": Postcode, "ni": NI, "nhs": NHS, "birth": Birth, "child": Child, "school": School}

var marked = regexp.MustCompile(`\{(\w+):([^}]*)\}`)

// marking parts a line of strings.txt into the text and what is to be found in it. Where a date of birth is marked with the word before it,
// only the date is to be found.
func marking(line string) (text string, want []Finding) {
	at := 0
	for _, m := range marked.FindAllStringSubmatchIndex(line, -1) {
		text += line[at:m[0]]
		words := line[m[4]:m[5]]
		start := len(text)
		if kind := short[line[m[2]:m[3]]]; kind == Birth {
			if i := strings.IndexAny(words, "0123456789"); i > 0 {
				start += i
			}
		}
		text += words
		want = append(want, Finding{Start: start, End: len(text), Kind: short[line[m[2]:m[3]]]})
		at = m[1]
	}
	return text + line[at:], want
}

// A score counts what was found of a kind.
type score struct{ right, wrong, missed int }

func (s score) String() string {
	rate := func(n, of int) string {
		if of == 0 {
			return "  -  "
		}
		return fmt.Sprintf("%.3f", float64(n)/float64(of))
	}
	return fmt.Sprintf("%3d of %2d found, %d beside; recall %s, precision %s", s.right, s.right+s.missed, s.wrong, rate(s.right, s.right+s.missed), rate(s.right, s.right+s.wrong))
}

// TestDetectorsAreTheGolden measures each detector on the strings. What overlaps a marked stretch of its kind is right: an offset that is off
// by a full stop hides as much.
func TestDetectorsAreTheGolden(t *testing.T) {
	data, err := os.ReadFile("testdata/strings.txt")
	if err != nil {
		t.Fatal(err)
	}
	scores := map[string]map[Kind]score{"dev": {}, "unseen": {}}
	for line := range strings.Lines(string(data)) {
		split, rest, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok {
			continue
		}
		text, want := marking(rest)
		got := Find(text, []string{"Association of Colleges"})
		hit := map[int]bool{}
		for _, g := range got {
			s := scores[split][g.Kind]
			found := false
			for i, w := range want {
				if w.Kind == g.Kind && g.Start < w.End && w.Start < g.End && !hit[i] {
					hit[i], found = true, true
					break
				}
			}
			if found {
				s.right++
			} else {
				s.wrong++
				if split == "dev" {
					t.Logf("beside: %s %q in %q", g.Kind, text[g.Start:g.End], text)
				}
			}
			scores[split][g.Kind] = s
		}
		for i, w := range want {
			if !hit[i] {
				s := scores[split][w.Kind]
				s.missed++
				scores[split][w.Kind] = s
				if split == "dev" {
					t.Logf("missed: %s %q in %q", w.Kind, text[w.Start:w.End], text)
				}
			}
		}
	}
	var b strings.Builder
	for _, split := range []string{"dev", "unseen"} {
		fmt.Fprintln(&b, split)
		for _, k := range Kinds {
			fmt.Fprintf(&b, "%-26s%v\n", k, scores[split][k])
		}
	}
	const path = "testdata/strings.golden"
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(b.String(), string(want)); d != "" {
		t.Errorf("strings.golden changed (go test ./themes/personal -update writes it anew):\n%s", d)
	}
}

func TestMasked(t *testing.T) {
	for _, tt := range []struct{ name, words, want string }{
		{"a name", "Jack Smith", "J··k S···h"},
		{"two letters", "Jo", "J·"},
		{"an address", "jo@example.org", "j·@·······.··g"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Masked(tt.words); got != tt.want {
				t.Errorf("Masked(%q) = %q, want %q", tt.words, got, tt.want)
			}
		})
	}
}

// FuzzFind gives it whatever text there is: findings are in order, apart, and lie in the text.
func FuzzFind(f *testing.F) {
	for _, text := range []string{"jo@example.org", "my son Jack, aged 7", "+44 (0)20 7946 0958", "St Mary's School", "DOB 1/2/2003", "’@’", "943 476 5919"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, x := range Find(text, []string{"", "Minds at School"}) {
			if x.Start < at || x.End <= x.Start || x.End > len(text) || x.Kind == "" || x.Certainty == "" {
				t.Fatalf("%+v in %q", x, text)
			}
			at = x.End
		}
	})
}
