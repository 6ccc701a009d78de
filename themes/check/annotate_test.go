package check

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index/extract"
)

// draftOf reads a draft of testdata: pandoc.docx is what pandoc wrote, with an empty part for comments; writer.docx is LibreOffice's, with
// comments.
func draftOf(t *testing.T, name string) *Draft {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return readDraft(t, name, data)
}

func readDraft(t *testing.T, name string, data []byte) *Draft {
	t.Helper()
	doc, err := extract.File(t.Context(), name, data)
	if err != nil {
		t.Fatal(err)
	}
	return NewDraft(name, data, doc)
}

func TestAnnotate(t *testing.T) {
	r := sampleRecord(t)
	for _, name := range []string{"pandoc.docx", "writer.docx", "without comments"} {
		t.Run(name, func(t *testing.T) {
			file := name
			if name == "without comments" {
				file = "pandoc.docx"
			}
			d := draftOf(t, file)
			if name == "without comments" {
				d = readDraft(t, "plain.docx", withoutComments(t, d.Data))
			}
			report, err := r.Check(t.Context(), d)
			if err != nil {
				t.Fatal(err)
			}
			if report.Wrong < 4 {
				t.Fatalf("got %d wrong, want 4 or more", report.Wrong)
			}
			data, err := Annotate(d, report)
			if err != nil {
				t.Fatal(err)
			}
			again, err := Annotate(d, report)
			if err != nil || !bytes.Equal(data, again) {
				t.Errorf("the second copy is another: %v", err)
			}
			sameBut(t, d.Data, data, "word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml")
			commented(t, d, report, data)
			copied := readDraft(t, file, data)
			if diff := cmp.Diff(d.Document.Text, copied.Document.Text); diff != "" {
				t.Errorf("the copy says something else (-draft +copy):\n%s", diff)
			}
			if got, want := copied.Document.Facts.Comments, d.Document.Facts.Comments+report.Wrong+report.LookAt; got != want {
				t.Errorf("the copy has %d comments, want %d", got, want)
			}
		})
	}
}

func parts(t *testing.T, data []byte) map[string]string {
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

// withoutComments is a package without its part for comments.
func withoutComments(t *testing.T, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := parts(t, data)
	for _, f := range z.File {
		text := all[f.Name]
		if f.Name == "word/comments.xml" {
			continue
		}
		text = cutElement(cutElement(text, "<Relationship ", "comments.xml"), "<Override ", "comments.xml")
		part, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(part, text)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// cutElement takes out the element that begins so and names something.
func cutElement(text, begins, names string) string {
	at := strings.Index(text, names)
	if at < 0 {
		return text
	}
	from := strings.LastIndex(text[:at], begins)
	if from < 0 {
		return text
	}
	return text[:from] + text[at+strings.Index(text[at:], ">")+1:]
}

// sameBut looks that two packages differ in the named parts only, and that every part is well formed.
func sameBut(t *testing.T, was, is []byte, but ...string) {
	t.Helper()
	before, after := parts(t, was), parts(t, is)
	for _, name := range but {
		delete(before, name)
	}
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s is not what it was", name)
		}
	}
	for name, text := range after {
		if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
			d := xml.NewDecoder(strings.NewReader(text))
			for {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
	}
}

// commented looks that each finding's comment stands around its words.
func commented(t *testing.T, d *Draft, r *Report, data []byte) {
	t.Helper()
	var around []string // of each comment of ours, in the order of its number
	open := map[string]*strings.Builder{}
	ids := map[string]bool{}
	x := xml.NewDecoder(strings.NewReader(parts(t, data)["word/document.xml"]))
	inText := false
	for {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch inText = e.Name.Local == "t"; e.Name.Local {
			case "commentRangeStart":
				open[attr(&e, "id")] = &strings.Builder{}
			case "commentRangeEnd":
				around = append(around, letters(open[attr(&e, "id")].String()))
				delete(open, attr(&e, "id"))
			case "commentReference":
				if id := attr(&e, "id"); ids[id] {
					t.Errorf("comment %s is referred to twice", id)
				}
				ids[attr(&e, "id")] = true
			}
		case xml.EndElement:
			inText = false
		case xml.CharData:
			for _, b := range open {
				if inText {
					b.Write(e)
				}
			}
		}
	}
	if len(open) > 0 {
		t.Errorf("%d comments have no end", len(open))
	}
	for _, f := range r.Findings {
		if f.Severity == Fine || f.End <= f.Start || d.Document.Blocks[d.Block(f.Start)].Kind == extract.Note {
			continue
		}
		want := letters(d.Words(f.Span))
		if !contains(around, want) {
			t.Errorf("no comment stands around %q; there are ones around %q", want, around)
		}
	}
}

func contains(list []string, want string) bool {
	for _, s := range list {
		if s == want {
			return true
		}
	}
	return false
}

func TestAnnotateRefusesWhatIsNoWordFile(t *testing.T) {
	for _, row := range []struct {
		name string
		data []byte
	}{{"nothing", nil}, {"no package", []byte("PK not a zip")}} {
		t.Run(row.name, func(t *testing.T) {
			_, err := Annotate(&Draft{Data: row.data, Document: &extract.Document{}}, &Report{})
			if !errors.Is(err, ErrNotAnnotated) {
				t.Errorf("got %v, want ErrNotAnnotated", err)
			}
		})
	}
}

// FuzzWordBody looks that every letter of a main part is where it is said to be.
func FuzzWordBody(f *testing.F) {
	const head = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	f.Add([]byte(head + `<w:p><w:pPr><w:pStyle w:val="Quote"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>a &amp; b</w:t></w:r></w:p></w:body></w:document>`))
	f.Add([]byte(head + `<w:p><w:r><w:t><![CDATA[a]]></w:t><w:tab/><w:t xml:space="preserve"> é</w:t></w:r></w:p></w:body></w:document>`))
	f.Add([]byte(head + `<w:p/><w:t>x</w:t><w:r></w:p></w:r>`))
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := readWordBody(text)
		if err != nil {
			return
		}
		for _, p := range b.paragraphs {
			if len(p.at) != len(p.letters) {
				t.Fatalf("%d places for %d letters", len(p.at), len(p.letters))
			}
			for _, at := range p.at {
				if x := b.texts[at.text]; at.start < x.start || at.end > x.end || at.end > len(text) {
					t.Fatalf("%+v lies outside %+v", at, x)
				}
			}
		}
	})
}
