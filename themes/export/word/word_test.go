package word

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// day is when the tests' documents are of.
func day() time.Time { return time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC) }

// everything is a document with each thing that can be written.
func everything(n Numbering) *Document {
	d := New(Properties{Title: "Evidence & more", Subject: "An <inquiry>", Creator: "The consortium", Description: "A test", Created: day()})
	d.Numbering, d.Header, d.Footer = n, "Written evidence", "Draft of 24 November 2026"
	d.Title("Written evidence submitted by the consortium")
	d.Subtitle("24 November 2026")
	d.Styled(Notice, Bold("DRAFT. "), Text("Not for publication."))
	d.Heading(1, Text("Summary"))
	d.Bullet(0, Text("Waits are too long (paragraph "), Ref("waits"), Text(").")).KeepNext()
	d.Bullet(1, Text("See also "), Ref("letter"), Text(" and "), Ref("roman").Bold())
	d.Heading(1, Text("Waiting")).Named("heading")
	d.Numbered(0, Text("Children wait."), Note(Text("Ashdown, page 2, "), Link("its page", "https://example.org/a?b=c&d=e"), Note(Text("in it")))).Named("waits")
	d.Styled(Quote, Text("“We wait.\nStill.\tYes.”"))
	d.Styled(Reference, Text("Ashdown Autism Trust, letter"))
	d.Numbered(1, Text("First")).Named("letter")
	d.Numbered(2, Text("Deeper")).Named("roman")
	d.Numbered(0, Commented(Comment{"Ann", "A", day(), "Is this so?\nPlease check."}, Text("Most "), Bold("agree")), Text(".")).Named("second")
	d.Heading(2, Text("Under it"))
	d.Heading(3, Italic("Deeper").Colour("9A3A06"))
	list := d.NewList()
	d.Item(list, 0, Text("The Department should act"))
	d.Item(list, 1, Text("now"))
	d.Styled(Caption, Text("Table 1: positions"))
	d.Table(Table{Widths: []int{2, 1, 5}, Heads: []string{"Member", "Stance", "Position"}, Description: "Positions by member", Rows: [][]Cell{
		{TextCell(Bold("Ashdown")), TextCell(Text("+ Support")).On("C6DBF2"), {Paragraphs: []*Paragraph{Para(TableText, Text("One")), BulletPara(0, Text("Two"))}}},
		{{Across: 2, Paragraphs: []*Paragraph{Para(TableText, Text("Across").Shade("FBDCC7"))}}},
	}})
	d.Table(Table{Heads: []string{"Another"}})
	d.Section(A3().Landscape().Margin(15))
	d.Restart()
	d.Numbered(0, Text("One again")).Named("again").NewPage()
	d.Paragraph(Text("Back to "), Ref("again"), Text(" by "), Link("mail", "mailto:a@example.org")).Centred()
	d.Table(Table{})
	d.Section(A4())
	d.Paragraph(Text("The end")).Right()
	return d
}

func write(t testing.TB, d *Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := d.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// contents are the parts of a document by name.
func contents(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(text)
	}
	return out
}

func TestSameDocumentSameBytes(t *testing.T) {
	first := write(t, everything(Running))
	d := everything(Running)
	for range 2 { // the same document twice, too
		if !bytes.Equal(write(t, d), first) {
			t.Fatal("the same calls give other bytes")
		}
	}
	z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range z.File {
		got = append(got, f.Name)
	}
	if got[0] != typesPart || !slices.IsSorted(got[1:]) {
		t.Errorf("the parts are in the order %q", got)
	}
}

// shown are the numbers that the document's references show, in order.
func shown(t *testing.T, document string) []string {
	t.Helper()
	var out []string
	for _, part := range strings.Split(document, ` \h </w:instrText>`)[1:] {
		_, part, _ = strings.Cut(part, `<w:t xml:space="preserve">`)
		number, _, _ := strings.Cut(part, "<")
		out = append(out, number)
	}
	return out
}

func TestReferencesShowNumbers(t *testing.T) {
	for _, c := range []struct {
		name string
		n    Numbering
		want []string
	}{
		{"running", Running, []string{"1", "1.(a)", "1.(a)(i)", "1"}},
		{"by section", BySection, []string{"2.1", "2.1(a)", "2.1(a)(i)", "1.1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := shown(t, contents(t, write(t, everything(c.n)))["word/document.xml"])
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReferencesThatLeadNowhere(t *testing.T) {
	for _, c := range []struct {
		name string
		add  func(*Document)
	}{
		{"not there", func(d *Document) { d.Paragraph(Ref("x")) }},
		{"without a number", func(d *Document) { d.Paragraph(Ref("x")).Named("x") }},
		{"a bullet", func(d *Document) { d.Bullet(0, Ref("x")).Named("x") }},
		{"twice", func(d *Document) { d.Numbered(0).Named("x"); d.Numbered(0).Named("x") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := New(Properties{})
			c.add(d)
			if err := d.Write(io.Discard); !errors.Is(err, ErrReference) {
				t.Errorf("got %v, want %v", err, ErrReference)
			}
		})
	}
}

func TestLinksAreSafe(t *testing.T) {
	for address, want := range map[string]bool{
		"https://example.org/a?b=c": true, "http://example.org": true, "mailto:a.b@example.org": true, "HTTPS://EXAMPLE.ORG": true,
		"javascript:alert(1)": false, "file:///etc/passwd": false, "ms-msdt:/id": false, "//example.org": false, "https://": false, "a b": false,
		"https://exa mple.org": false, "https://user:secret@example.org": false, "mailto:a@b@c": false, "mailto:a@example.org?body=x": false,
		"https://example.org/<x>": true, "https://[::1": false, "https://example.org/%zz": false, "https://ünï.example": true, "https://example.org/" + strings.Repeat("a", 3000): false,
	} {
		if got := Link("x", address).kind == linkKind; got != want {
			t.Errorf("%q: a link %t, want %t", address, got, want)
		}
	}
}

func TestTextIsText(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"markup", `<w:p>&amp;"'`, `<w:p>&amp;"'`},
		{"controls", "a\x00b\x01c\x1fd", "abcd"},
		{"not UTF-8", "a\xff\xfeb", "a\ufffd\ufffdb"},
		{"no characters", "a\ufffeb\uffff", "a\ufffdb\ufffd"},
		{"beyond the first plane", "𝒜 ﬁ é é", "𝒜 ﬁ é é"},
		{"spaces", "  a  b ", "  a  b "},
		{"a surrogate", "a\xed\xa0\x80b", "a\ufffd\ufffd\ufffdb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := New(Properties{Title: c.text})
			d.Paragraph(Text(c.text))
			parts := contents(t, write(t, d))
			if got := charData(t, parts["word/document.xml"]); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got := charData(t, parts["docProps/core.xml"]); got != c.want+language {
				t.Errorf("the title is %q, want %q", got, c.want)
			}
		})
	}
}

// charData is all text of a part.
func charData(t testing.TB, part string) string {
	t.Helper()
	var out strings.Builder
	for d := xml.NewDecoder(strings.NewReader(part)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if text, ok := token.(xml.CharData); ok {
			out.Write(bytes.TrimLeft(text, "\n"))
		}
	}
}

// TestLibreOfficeKeepsEverything converts a document and looks for what was in it.
func TestLibreOfficeKeepsEverything(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not here")
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "everything.docx")
	if err := os.WriteFile(in, write(t, everything(Running)), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(office, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--headless", "--convert-to", "odt", "--outdir", dir, in).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "everything.odt"))
	if err != nil {
		t.Fatal(err)
	}
	text := contents(t, data)["content.xml"]
	for what, want := range map[string]string{
		"a footnote": `text:note-class="footnote"`, "a reference": `<text:bookmark-ref text:reference-format="number`, "a link": `xlink:href="https://example.org/a?b=c&amp;d=e"`,
		"a comment": `Is this so?`, "a repeated heading": `<table:table-header-rows>`, "the columns": `table:number-columns-spanned="2"`,
		"a numbered paragraph": `>Children wait.<`, "a quote": `“We wait.<text:line-break/>Still.<text:tab/>Yes.”`, "the end": `The end`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is lost: no %q", what, want)
		}
	}
}
