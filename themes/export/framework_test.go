package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"collate/themes"
)

// documentText is what a Word document says, a line a paragraph.
func documentText(t testing.TB, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out strings.Builder
	for d := xml.NewDecoder(f); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.CharData:
			out.Write(x)
		case xml.EndElement:
			if x.Name.Local == "p" {
				out.WriteByte('\n')
			}
		}
	}
}

// edited is the report with what people add to one.
func edited() *themes.Report {
	r := report()
	var spoke []*themes.Position // on the second theme
	for i := range r.Members {
		if at := &r.Members[i].Positions[1]; at.Stance != themes.Silent && at.Line != "" {
			spoke = append(spoke, at)
		}
	}
	at := spoke[0]
	at.Own, at.Line, at.State = "A. Reader", "They want the standards in law.", themes.Edited
	at.Sentences = []themes.Sentence{{Words: "Our members tell us that it cannot wait.", Ref: at.Refs[0], Place: "page 2"}}
	at.Note, at.Flags = "Ask them again.", []themes.Flag{{Text: "rests on a superseded version: a.docx"}}
	at = spoke[1]
	at.Condition = "only if it is funded"
	j := &r.Themes[1].Joint
	j.Conditions = []themes.Condition{{Member: at.Member, Words: at.Condition, Ref: at.Refs[0]}}
	j.RedLines = []themes.RedLine{{Member: spoke[2].Member, Words: "no loss of the Tribunal", Opposed: true}}
	j.Signed = themes.SignOffCounts{Agreed: 3, NotYet: 13, Dissents: 1, Stale: 1}
	j.Shared = themes.SharedCounts{OutcomeApart: themes.Divided, Rows: []themes.SharedCount{{Stance: themes.Support, Responses: 4, Own: 2, Shared: 2, Texts: 3, Copies: 1}}}
	j.State, j.By, j.On = themes.Checked, "B. Coder", "2026-11-20"
	return r
}

func TestFrameworkSaysWhatTheReportHolds(t *testing.T) {
	r := edited()
	var document, markdown bytes.Buffer
	if err := errors.Join(FrameworkDocument(&document, r), FrameworkMarkdown(&markdown, r)); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"Word": documentText(t, document.Bytes()), "Markdown": strings.NewReplacer(`\`, "", "**", "").Replace(markdown.String())} {
		want := []string{r.Title, "Framework summary, 24 November 2026", r.Rule.String(), "few 1–2", "48,210 words", "They want the standards in law. (in the words of A. Reader)",
			"“Our members tell us that it cannot wait.”", "Note: Ask them again.", "! rests on a superseded version: a.docx", "Condition: “only if it is funded”",
			"no loss of the Tribunal (it stands against the line)", "3 agreed, 0 agreed with a note, 1 dissent, 13 not yet.", "Support: 4 responses, 3 texts; 1 member more sent the very file",
			"Checked by B. Coder on 20 November 2026.", "scan_003.pdf, Wrenfield Autism Trust: It could not be read", themes.Withheld}
		for i := range r.Themes {
			want = append(want, r.Themes[i].Name, r.Themes[i].Description, r.Themes[i].Joint.Line)
			for _, m := range r.Members {
				if at := m.Positions[i]; at.Line != "" && at.Own == "" {
					want = append(want, "“"+at.Line+"”")
				}
			}
		}
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %q", name, w)
			}
		}
	}
}

func TestFrameworkCountsEveryMemberOnce(t *testing.T) {
	r := report()
	f := newFramework(r)
	for i := range r.Themes {
		var got []string
		for _, row := range f.rows(i) {
			got = append(got, row.at.Member)
		}
		got = append(got, r.Themes[i].Joint.Names[themes.Silent]...)
		var want []string
		for _, m := range r.Members {
			if m.Passages > 0 {
				want = append(want, m.Label)
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%s:\n%s", r.Themes[i].Name, diff)
		}
	}
}

func TestMarkdownTextIsText(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"plain", "Most members (13 of 15) agree: “yes” – it's 5 % more.", "Most members (13 of 15) agree: “yes” – it's 5 % more."},
		{"emphasis", "*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"},
		{"link", "[a](https://example.org) <b>", `\[a\](https://example.org) \<b\>`},
		{"table", "a|b", `a\|b`},
		{"lines", "a\r\nb\tc\x00d", "a b cd"},
		{"heading", "# a", `\# a`},
		{"list", "1. a", `1\. a`},
		{"bullet", "- a", `\- a`},
		{"year", "2026 it is", "2026 it is"},
		{"backslash", `a\|b`, `a\\\|b`},
		{"entity", "&lt;", `\&lt;`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := (markdown{}).text(c.text); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestPandocReadsTheMarkdown has another program read what strangers' words make of the file: the words stand in it, and nothing runs or leads anywhere.
func TestPandocReadsTheMarkdown(t *testing.T) {
	pandoc, err := exec.LookPath("pandoc")
	if err != nil {
		t.Skip("pandoc is not here")
	}
	r := spiked()
	var out bytes.Buffer
	if err := FrameworkMarkdown(&out, r); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(pandoc, "-f", "gfm", "-t", "html")
	c.Stdin = &out
	page, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	tables := 0
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode:
			text.WriteString(n.Data)
		case n.Data == "script" || n.Data == "img" || n.Data == "iframe" || n.Data == "b" || n.Data == "form":
			t.Errorf("a member's words made a %s", n.Data)
		case n.Data == "a" && !strings.HasPrefix(attribute(n, "href"), "http"):
			t.Errorf("a member's words lead to %q", attribute(n, "href"))
		case n.Data == "table":
			tables++
		}
	}
	said := strings.Join(strings.Fields(text.String()), "")
	for _, s := range hostile() {
		if words := strings.Join(strings.Fields(strings.Map(withoutControls, flat.Replace(s))), ""); !strings.Contains(said, words) {
			t.Errorf("the words %q are lost", s)
		}
	}
	if want := 2 + 2*len(r.Themes); tables != want {
		t.Errorf("%d tables, want %d", tables, want)
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func FuzzMarkdownText(f *testing.F) {
	for _, s := range []string{"", "a|b\\|c", "1) x", "#", "\x00- a", "*a*\n> b", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := (markdown{}).text(s)
		if strings.ContainsAny(got, "\n\r\t") {
			t.Fatalf("%q is on several lines", got)
		}
		for at := 0; at < len(got); at++ {
			switch {
			case got[at] == '\\':
				at++
			case strings.IndexByte(marks, got[at]) >= 0:
				t.Fatalf("%q has a bare %q", got, got[at])
			}
		}
	})
}
