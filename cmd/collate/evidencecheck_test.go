package main

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"strings"
	"testing"

	"collate/index"
	"collate/index/extract"
	"collate/samples"
	"collate/themes"
	"collate/themes/check"
	"collate/themes/evidence"
	"collate/themes/export"
)

// TestEvidenceOfTheSamplePasses drafts evidence on the example, with every suggested position confirmed, reads the Word document as anybody's draft is read, and
// has it judged: nothing in it is wrong.
func TestEvidenceOfTheSamplePasses(t *testing.T) {
	an := sampleAnalysis(t)
	confirmAll(t, an)
	d := sampleDraft(t, an)
	if !d.Ready() {
		t.Errorf("it is not ready: %v", d.Problems)
	}
	if d.Count.Total >= evidence.DefaultWords {
		t.Errorf("it has %d words", d.Count.Total)
	}
	t.Run("nothing hidden in any product", func(t *testing.T) { nothingHidden(t, an, d) })
	var b bytes.Buffer
	if err := export.Evidence(&b, d); err != nil {
		t.Fatal(err)
	}
	doc, err := extract.File(t.Context(), "evidence.docx", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	r, err := check.Open(t.Context(), an)
	if err != nil {
		t.Fatal(err)
	}
	report, err := r.Check(t.Context(), &check.Draft{Name: "evidence.docx", Data: b.Bytes(), Document: doc})
	if err != nil {
		t.Fatal(err)
	}
	if report.Quotations < 12 {
		t.Errorf("only %d quotations were found in it", report.Quotations)
	}
	for _, f := range report.Findings {
		if f.Severity == check.Wrong {
			t.Errorf("%s: %s: %q: %s", f.Place, f.Kind, f.Words, f.Why)
		}
		t.Logf("%s %s: %s: %q: %s", f.Severity, f.Place, f.Kind, f.Words, f.Why)
	}
}

// nothingHidden looks for the names of members that are not to be named, and for words that only confidential passages have, in all that is written of a draft:
// the documents, the companion, the texts, the outline and the gaps.
func nothingHidden(t *testing.T, an *themes.Analysis, d *evidence.Draft) {
	o, err := an.Outward(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	look := func(where, text string) {
		if why := o.Problem(text); why != "" || strings.Contains(text, "Harbour Family Support") {
			t.Errorf("%s: %s: %q", where, why, text)
		}
	}
	for name, write := range map[string]func(io.Writer, *evidence.Draft) error{"evidence.docx": export.Evidence, "response.docx": export.Response, "companion.xlsx": export.Companion} {
		var b bytes.Buffer
		if err := write(&b, d); err != nil {
			t.Fatal(err)
		}
		doc, err := extract.File(t.Context(), name, b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range doc.Blocks {
			look(name, doc.Text[block.Start:block.End])
		}
	}
	for i := range d.Sections {
		look("the text of an answer", d.Sections[i].Plain())
	}
	m, err := evidence.Gather(t.Context(), an)
	if err != nil {
		t.Fatal(err)
	}
	p, err := evidence.Propose(m, evidence.ProposeOptions{Submitter: "the Consortium"})
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(p.Text())) {
		look("the outline", line)
	}
	gaps, err := json.Marshal(evidence.FindGaps(m, &p.Outline))
	if err != nil {
		t.Fatal(err)
	}
	look("the gaps", string(gaps))
}

// sampleAnalysis is the example, read and tagged.
func sampleAnalysis(t *testing.T) *themes.Analysis {
	t.Helper()
	dir := t.TempDir()
	an, err := themes.Create(t.Context(), dir+"/sample.collate", themes.Options{Tool: "collate", Options: index.Options{Now: clock(), Read: extract.File, CacheDir: dir}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := an.Close(); err != nil {
			t.Error(err)
		}
	})
	folder := samples.SendAPPlan()
	if err := configure(t.Context(), an, folder, "the example", "Ann", t.Output()); err != nil {
		t.Fatal(err)
	}
	if _, err := an.AddFolder(t.Context(), folder, 2); err != nil {
		t.Fatal(err)
	}
	if _, err := an.Tag(t.Context()); err != nil {
		t.Fatal(err)
	}
	return an
}

// confirmAll makes a person confirm every position as it is suggested.
func confirmAll(t *testing.T, an *themes.Analysis) {
	t.Helper()
	r, err := an.Report(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	positions := map[string][]themes.Position{}
	for _, m := range r.Members {
		positions[m.Label] = m.Positions
	}
	var all []themes.MemberPosition
	for _, m := range s.Members {
		label, err := an.Label(t.Context(), m.Name)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range positions[label] {
			if p.Stance != themes.Silent && p.Stance != themes.NotStated {
				all = append(all, themes.MemberPosition{Member: m.Name, Theme: p.ThemeID, PositionDecision: themes.PositionDecision{Stance: p.Stance, Coder: "Ann"}})
			}
		}
	}
	if err := an.DecidePositions(t.Context(), all); err != nil {
		t.Fatal(err)
	}
}

// sampleDraft is the draft that is proposed for the example's call for evidence.
func sampleDraft(t *testing.T, an *themes.Analysis) *evidence.Draft {
	t.Helper()
	m, o := sampleOutline(t, an)
	d, err := evidence.Make(m, o, evidence.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sampleOutline is the outline that is proposed for the example's call for evidence, with what it is made from.
func sampleOutline(t *testing.T, an *themes.Analysis) (*evidence.Material, *evidence.Outline) {
	t.Helper()
	page, err := fs.ReadFile(samples.SendAPPlan(), "call-for-evidence.html")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := extract.File(t.Context(), "call-for-evidence.html", page)
	if err != nil {
		t.Fatal(err)
	}
	m, err := evidence.Gather(t.Context(), an)
	if err != nil {
		t.Fatal(err)
	}
	p, err := evidence.Propose(m, evidence.ProposeOptions{Call: evidence.ReadCall(doc), Submitter: "the Inclusive Education Consortium"})
	if err != nil {
		t.Fatal(err)
	}
	return m, &p.Outline
}
