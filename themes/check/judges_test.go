package check

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"collate/index"
	"collate/index/extract"
	"collate/themes"
)

// smallRecord is a consultation with a few submissions.
func smallRecord(t *testing.T) *Record {
	t.Helper()
	ctx := t.Context()
	a, err := themes.Create(ctx, filepath.Join(t.TempDir(), "plan.collate"), themes.Options{Tool: "collate test", Options: index.Options{
		Now: func() time.Time { return time.Date(2023, 5, 19, 12, 0, 0, 0, time.UTC) }, CacheDir: t.TempDir(),
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if err := a.SetMembers(ctx, []index.Member{{Name: "Oak Union", Type: "Union"}, {Name: "Elm Trust", Type: "Charity"}, {Name: "Quiet Trust", Type: "Charity", Consent: index.Confidential}}); err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"Oak Union response.txt":   "Oak Union\n\nOnly 46% of early career teachers feel prepared to teach pupils with special needs (Adams et al, 2023).\n\nThe government promised to publish the new national standards for inclusion by the end of 2025.",
		"Elm Trust response.txt":   "Elm Trust\n\nFamilies in our area waited 43 weeks for a final plan. We support the national standards.",
		"Quiet Trust response.txt": "Quiet Trust\n\nOur own count found that 91% of sensory advisers in the county plan to leave their profession.",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	if _, err := a.AddFolder(ctx, files, 1); err != nil {
		t.Fatal(err)
	}
	r, err := Open(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// typed is a draft of plain text.
func typed(t *testing.T, text string) *Draft {
	t.Helper()
	doc, err := extract.File(t.Context(), "draft.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return &Draft{Name: "draft.txt", Data: []byte(text), Document: doc}
}

// inLine is a finding in one line.
func inLine(d *Draft, f *Finding) string {
	f.complete(d)
	return fmt.Sprintf("%s: %s: %s", f.Severity, f.Kind, f.Words)
}

func TestFiguresAndDates(t *testing.T) {
	r := smallRecord(t)
	for _, tt := range []struct {
		name, text string
		judge      Judge
		want       []string
	}{
		{"a figure of the record", "We heard that 46 per cent of early career teachers feel prepared to teach pupils with special needs.", figures, []string{"fine: right figure: 46 per cent"}},
		{"another value", "We heard that 64% of early career teachers feel prepared to teach pupils with special needs.", figures, []string{"wrong: wrong number: 64%"}},
		{"of something else", "We heard that 46% of dragons live in caves near Swansea.", figures, []string{"look at: unsupported: 46%"}},
		{"nobody's", "Some 12% of dragons live in caves near Swansea.", figures, []string{"look at: unsupported: 12%"}},
		{"in a quotation, which is judged as one", "“Only 64% of early career teachers feel prepared to teach.”", figures, nil},
		{"a count of members is no figure", "80 per cent of our members support the national standards.", figures, nil},
		{"only in confidence, so unknown", "We heard that 91% of sensory advisers in the county plan to leave their profession.", figures, []string{"look at: unsupported: 91%"}},
		{"a date of the record", "The government promised to publish the new national standards for inclusion by December 2025.", dates, []string{"fine: right date: by December 2025"}},
		{"another date", "The government promised to publish the new national standards for inclusion by the end of 2027.", dates, []string{"wrong: wrong date: by the end of 2027"}},
		{"a date of something else", "We met the minister in March 2023.", dates, nil},
		{"personal data", "My son Jack waited. Write to jo@example.org.", personalData, []string{"look at: personal data: Jack", "look at: personal data: jo@example.org"}},
		{"too many", "32 of 40 members support the national standards.", counts, []string{"wrong: wrong number: 32 of 40 members"}},
		{"in a quotation", "The union says: “Most of our members oppose the national standards.”", counts, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := typed(t, tt.text)
			found, err := tt.judge(t.Context(), r, d)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range found {
				got = append(got, inLine(d, &found[i]))
				if x := found[i]; strings.Contains(x.Why+x.Right, "91") && !strings.Contains(tt.text, "91") {
					t.Errorf("a finding tells what is confidential: %+v", x)
				}
			}
			if d := cmp.Diff(got, tt.want); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestFindingsDoNotNameTheUnnamed judges drafts near a confidential passage: what is found never says more than the draft.
func TestFindingsDoNotNameTheUnnamed(t *testing.T) {
	r := smallRecord(t)
	d := typed(t, "Some 19% of sensory advisers in the county plan to leave their profession. Both charities support the national standards. No member opposes the national standards.")
	report, err := r.Check(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		if all := fmt.Sprintf("%+v", f); strings.Contains(all, "Quiet Trust") || strings.Contains(all, "91%") {
			t.Errorf("%s", all)
		}
	}
}

const wordMain = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>`

// packed is a .docx draft of these parts.
func packed(t *testing.T, parts map[string]string) *Draft {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	all := map[string]string{
		"[Content_Types].xml": `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels":         `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
	}
	for name, text := range parts {
		all[name] = text
	}
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(all[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	doc, err := extract.File(t.Context(), "draft.docx", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return &Draft{Name: "draft.docx", Data: b.Bytes(), Document: doc}
}

func paragraphs(texts ...string) string {
	var b strings.Builder
	for _, t := range texts {
		b.WriteString("<w:p><w:r><w:t>" + t + "</w:t></w:r></w:p>")
	}
	return fmt.Sprintf(wordMain, b.String())
}

func TestForm(t *testing.T) {
	head := "Written evidence submitted by the Consortium"
	long := strings.Repeat("word ", 3100)
	for _, tt := range []struct {
		name  string
		parts map[string]string
		want  string // the beginning of the finding that it is about
	}{
		{"too long", map[string]string{"word/document.xml": paragraphs(head, long)}, "wrong: 3106 words"},
		{"too long for evidence, which it does not say it is", map[string]string{"word/document.xml": paragraphs("Our response", long)}, "look at: 3102 words"},
		{"nearly too long", map[string]string{"word/document.xml": paragraphs(head, long[:5*2750])}, "look at: 2756 words"},
		{"short enough", map[string]string{"word/document.xml": paragraphs(head)}, "fine: 6 words"},
		{"macros", map[string]string{"word/document.xml": paragraphs(head), "word/vbaProject.bin": "x"}, "wrong: macros"},
		{"an embedded workbook", map[string]string{"word/document.xml": paragraphs(head), "word/embeddings/Book1.xlsx": "x"}, "look at: 1 embedded files"},
		{"hidden text", map[string]string{"word/document.xml": fmt.Sprintf(wordMain, "<w:p><w:r><w:t>"+head+"</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>")}, "wrong: 6 hidden characters"},
		{"hidden text that is not", map[string]string{"word/document.xml": fmt.Sprintf(wordMain, `<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>`+head+"</w:t></w:r></w:p>")}, ""},
		{"the author", map[string]string{"word/document.xml": paragraphs(head), "docProps/core.xml": `<c:coreProperties xmlns:c="c" xmlns:dc="dc"><dc:creator>J. Bloggs</dc:creator><c:lastModifiedBy>A. N. Other</c:lastModifiedBy></c:coreProperties>`}, "look at: properties"},
		{"a template on a disk", map[string]string{"word/document.xml": paragraphs(head), "word/_rels/settings.xml.rels": `<Relationships><Relationship Id="r" Type="x/attachedTemplate" Target="file:///C:/Users/jo/t.dotx" TargetMode="External"/></Relationships>`}, "look at: 1 outside files"},
		{"a tracked change", map[string]string{"word/document.xml": fmt.Sprintf(wordMain, `<w:p><w:r><w:t>`+head+`</w:t></w:r><w:ins w:id="1" w:author="a"><w:r><w:t> now</w:t></w:r></w:ins></w:p>`)}, "wrong: 1 tracked changes"},
		{"numbers by hand", map[string]string{"word/document.xml": paragraphs(head, "1. "+strings.Repeat("some words here ", 6), "2. "+strings.Repeat("more words here ", 6))}, "look at: 2 typed numbers"},
		{"words of caution", map[string]string{"word/document.xml": paragraphs(head, "Private and confidential")}, "look at: Private and confidential"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := packed(t, tt.parts)
			found, err := form(t.Context(), nil, d)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range found {
				found[i].complete(d)
				got = append(got, fmt.Sprintf("%s: %s", found[i].Severity, found[i].Words))
			}
			if tt.want == "" {
				if i := slices.IndexFunc(got, func(s string) bool { return strings.Contains(s, "hidden") }); i >= 0 {
					t.Errorf("found %q", got[i])
				}
				return
			}
			if !slices.Contains(got, tt.want) {
				t.Errorf("found %q, want %q among them", got, tt.want)
			}
		})
	}
}

// FuzzFormPackage gives the look into a file whatever parts there are: it ends, and says so where a part is no XML.
func FuzzFormPackage(f *testing.F) {
	f.Add("word/document.xml", []byte("<a><w:vanish/></a>"))
	f.Add("content.xml", []byte(`<text:p text:style-name="x">`))
	f.Add("docProps/core.xml", []byte("<creator>\xff"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		if w, err := z.Create(name); err == nil {
			w.Write(data)
		}
		z.Close()
		for _, format := range []string{"docx", "odt"} {
			j := formJudge{d: &Draft{Data: b.Bytes(), Document: &extract.Document{Format: format}}}
			j.packaged()
		}
	})
}
