package index

import (
	"encoding/json"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"collate/index/extract"
	"collate/samples"
)

// TestReadingForConsentByItsWordsFirst holds what is looked at in short to what the whole patterns find, in real texts with statements
// put among their words, plain and as programs write them.
func TestReadingForConsentByItsWordsFirst(t *testing.T) {
	texts := realTexts(t)
	r := rand.New(rand.NewPCG(5, 6))
	put := []string{"do not quote us", "none of this may be named", "be quoted with care but not without asking", "not to be published", "conﬁdential", "con\u00adfidential", "not be identi-\nfied",
		"should not be\u00a0attributed", "DON’T NAME US", "it will be published", "to be quoted", "in strict con-\r\nfidence", "not for publication"}
	found := 0
	for _, text := range texts {
		words := strings.SplitAfter(text, " ")
		for range 2 {
			at := r.IntN(len(words) + 1)
			with := strings.Join(words[:at], "") + put[r.IntN(len(put))] + " " + strings.Join(words[at:], "")
			for _, s := range []string{text, with} {
				if got, want := legible(s), legibleWhole(s); got != want {
					t.Fatalf("legible(%q) = %q, want %q", s, got, want)
				}
				lower := strings.ToLower(legible(s))
				want := slices.ContainsFunc(statements, func(s statementKind) bool { return s.words.MatchString(lower) })
				if got := mayAsk(lower); got != want {
					t.Fatalf("%q: %v, want %v", lower, got, want)
				}
				if want {
					found++
				}
			}
		}
	}
	if len(texts) < 500 || found < len(texts)/3 {
		t.Errorf("%d texts, %d statements: too few to mean anything", len(texts), found)
	}
}

// legibleWhole is legible without a short cut.
func legibleWhole(text string) string {
	return brokenWord.ReplaceAllString(strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case r == '’' || r == '‘':
			return '\''
		}
		return r
	}, norm.NFKC.String(text)), "")
}

// realTexts are the paragraphs of the example, and where they are at hand those of public consultations.
func realTexts(t *testing.T) []string {
	t.Helper()
	var out []string
	files, err := fs.Glob(samples.SendAPPlan(), "submissions/*.docx")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := fs.ReadFile(samples.SendAPPlan(), name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := extract.File(t.Context(), name, data)
		if err != nil { // the example has a damaged file
			continue
		}
		for _, b := range doc.Blocks {
			out = append(out, doc.Text[b.Start:b.End])
		}
	}
	lists, _ := filepath.Glob("../../shared/data/*/*.jsonl")
	for _, name := range lists {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			var x map[string]any
			if err := json.Unmarshal([]byte(line), &x); err != nil {
				t.Fatal(name, err)
			}
			for _, key := range slices.Sorted(maps.Keys(x)) {
				if text, ok := x[key].(string); ok && strings.Contains(text, " ") {
					out = append(out, text)
				}
			}
		}
	}
	return out
}
