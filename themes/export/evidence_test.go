package export

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index/extract"
	"collate/themes"
	"collate/themes/evidence"
)

// draft is a small evidence draft with one of everything.
func draft() *evidence.Draft {
	source := evidence.Source{Ref: "P1.1", Member: "Alpha Trust", Document: "alpha.docx", Place: "page 1, para 2", Date: "2023-05-01", Stance: themes.Support, Confirmed: true, Consent: "attributable", Words: "=Waits are \"too\" long."}
	return &evidence.Draft{
		Kind: evidence.Evidence, Inquiry: "Waiting times", Committee: "Example Committee", Submitter: "the Example Consortium", Short: "the Consortium", Date: "9 June 2023", Day: "2023-06-09", Asof: "24 November 2026", Tool: "collate test",
		Summary: []evidence.Bullet{{Term: "T1", Text: "Waits are too long", First: 2, Last: 3}, {Term: "recommendations", Text: "The Consortium makes 1 recommendation", First: 4, Last: 4}},
		Sections: []evidence.Section{
			{ID: "introduction", Role: evidence.Introducing, Heading: "Introduction", Paragraphs: []evidence.Said{{ID: "introduction-1", Number: 1, Runs: []evidence.Run{{Text: "Who we are."}}}}},
			{ID: "T1", Role: evidence.Answering, Heading: "Whether waits are too long", Words: 20, Budget: 50, Paragraphs: []evidence.Said{
				{ID: "p1", Number: 2, Runs: []evidence.Run{{Text: "The Consortium welcomes <it> & more."}}, Basis: evidence.Basis{Kind: "line", Theme: "Waits", Outcome: themes.CommonGround, Stances: map[themes.Stance]int{themes.Support: 6, themes.Oppose: 1}, Dissent: "Opposed: Beta Union", Sources: []evidence.Source{source}}},
				{ID: "p2", Number: 3, Runs: []evidence.Run{{Text: "Alpha Trust told us: "}, {Text: "“"}, {Text: "Waits are \"too\" long.", Quote: true}, {Text: "”", Note: "Alpha Trust, response (alpha.docx), page 1."}}, Basis: evidence.Basis{Kind: "quote", Theme: "Waits", Sources: []evidence.Source{source}}},
			}},
			{ID: "recommendations", Role: evidence.Recommending, Heading: "Recommendations", Paragraphs: []evidence.Said{{ID: "p3", Number: 4, Runs: []evidence.Run{{Text: "We recommend that the Government act.", Note: "Asked for by Alpha Trust."}}}}},
		},
		Annex:    &evidence.Annex{Groups: []evidence.AnnexGroup{{Type: "Charity", Members: []string{"Alpha Trust"}}}, Unnamed: 1},
		Count:    evidence.WordCount{Total: 90, Limit: 3000, Parts: []evidence.PartWords{{ID: "T1", Heading: "Whether waits are too long", Words: 20, Budget: 50}}},
		Problems: []evidence.Problem{{Paragraph: "p2", Level: evidence.LookAt, What: "Nobody has confirmed it."}},
	}
}

func draftBytes(t *testing.T, write func(io.Writer, *evidence.Draft) error, d *evidence.Draft) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// partsOf are the texts of a package's parts by name.
func partsOf(t *testing.T, data []byte) map[string]string {
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
		r.Close()
		out[f.Name] = string(text)
	}
	return out
}

// TestEvidenceIsNative looks into the file: Word itself numbers the paragraphs, keeps the notes and follows the references.
func TestEvidenceIsNative(t *testing.T) {
	parts := partsOf(t, draftBytes(t, Evidence, draft()))
	body := parts["word/document.xml"]
	for name, n := range map[string]int{`<w:pStyle w:val="NumberedParagraph"/>`: 4, `<w:footnoteReference `: 2, ` REF _Ref`: 3, `<w:pStyle w:val="Title"/>`: 1, `<w:pStyle w:val="Heading1"/>`: 5, `<w:bookmarkStart `: 4} {
		if got := strings.Count(body, name); got != n {
			t.Errorf("%s stands there %d times, want %d", name, got, n)
		}
	}
	if !strings.Contains(parts["word/numbering.xml"], "w:abstractNum ") || !strings.Contains(parts["word/footnotes.xml"], "Asked for by Alpha Trust.") {
		t.Error("no numbering, or no footnotes of its own")
	}
	if i, j := strings.Index(body, "Executive summary"), strings.Index(body, "Introduction"); i < 0 || i > j {
		t.Error("the summary does not come first")
	}
}

// TestEvidenceHasNoInternalTrace: the committee gets neither the tool's name nor refs, nor who dissents, nor comments, nor revisions.
func TestEvidenceHasNoInternalTrace(t *testing.T) {
	for name, text := range partsOf(t, draftBytes(t, Evidence, draft())) {
		for _, trace := range []string{"collate", "P1.1", "Beta Union", "2026", "w:rsid", "<w:ins ", "<w:del ", "w:comment", "lastModifiedBy", "DRAFT", "Nobody has confirmed"} {
			if strings.Contains(text, trace) {
				t.Errorf("%s has %q", name, trace)
			}
		}
	}
}

func TestEvidenceDraftIsMarkedOnEveryPage(t *testing.T) {
	d := draft()
	d.Suggested = true
	parts := partsOf(t, draftBytes(t, Evidence, d))
	if !strings.Contains(parts["word/header1.xml"], draftMark) || !strings.Contains(parts["word/document.xml"], "It is not ready to be submitted.") {
		t.Error("a working draft does not say that it is one")
	}
}

func TestEvidenceSameBytesTwice(t *testing.T) {
	for name, write := range map[string]func(io.Writer, *evidence.Draft) error{"evidence": Evidence, "companion": Companion, "response": Response} {
		if !bytes.Equal(draftBytes(t, write, draft()), draftBytes(t, write, draft())) {
			t.Errorf("%s: the same draft gave different bytes", name)
		}
	}
}

// TestEvidenceReadsBack reads the document as any submission is read: numbers, notes and words are there.
func TestEvidenceReadsBack(t *testing.T) {
	doc, err := extract.File(t.Context(), "evidence.docx", draftBytes(t, Evidence, draft()))
	if err != nil {
		t.Fatal(err)
	}
	var numbered []string
	for _, b := range doc.Blocks {
		if regexp.MustCompile(`^\d+\.?$`).MatchString(b.Place.Label) {
			numbered = append(numbered, b.Place.Label+" "+doc.Text[b.Start:b.End])
		}
	}
	want := []string{"1. Who we are.", "2. The Consortium welcomes <it> & more.", "3. Alpha Trust told us: “Waits are \"too\" long.”", "4. We recommend that the Government act."}
	if d := cmp.Diff(numbered, want); d != "" {
		t.Errorf("(-got +want):\n%s", d)
	}
	if !strings.Contains(doc.Text, "Waits are too long (paragraphs 2 to 3).") {
		t.Errorf("the summary refers to no paragraphs: %s", doc.Text)
	}
}

func TestCompanion(t *testing.T) {
	f := read(t, draftBytes(t, Companion, draft()))
	rows, err := f.GetRows("Paragraphs")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(rows[4][3:]), "[line The Consortium welcomes <it> & more. Waits Common ground 6 0 0 1 1 member that address it: see Sources. Opposed: Beta Union]"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	sources, err := f.GetRows("Sources")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(sources[4]), "[3 P1.1 Alpha Trust ✓ Support confirmed attributable alpha.docx page 1, para 2 2023-05-01 =Waits are \"too\" long.]"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if formula, err := f.GetCellFormula("Sources", "J5"); err != nil || formula != "" {
		t.Errorf("a member's words became the formula %q, %v", formula, err)
	}
}

// TestEvidenceOpensInLibreOffice converts the document and finds its words in the print.
func TestEvidenceOpensInLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not here")
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "evidence.docx")
	if err := os.WriteFile(name, draftBytes(t, Evidence, draft()), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "txt:Text", "--outdir", dir, name).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "evidence.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Written evidence submitted by the Example Consortium", "(paragraphs 2 to 3)", "Waits are \"too\" long.", "Charity: Alpha Trust.", "1 more member asked not to be named."} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is not in the print:\n%s", want, text)
		}
	}
}
