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

// TestEvidenceOfTheSamplePasses drafts evidence on the example, with two of three suggested positions confirmed and then with all, reads the Word document as
// anybody's draft is read, and has it judged: nothing in it is wrong.
func TestEvidenceOfTheSamplePasses(t *testing.T) {
	an := sampleAnalysis(t)
	confirmPositions(t, an, func(n int) bool { return n%3 != 0 })
	t.Run("two of three confirmed", func(t *testing.T) { draftPasses(t, an, sampleDraft(t, an)) })
	confirmAll(t, an)
	d := sampleDraft(t, an)
	t.Run("all confirmed", func(t *testing.T) { draftPasses(t, an, d) })
	t.Run("nothing hidden in any product", func(t *testing.T) { nothingHidden(t, an, d) })
	if !d.Ready() {
		t.Errorf("it is not ready: %v", d.Problems)
	}
	if d.Count.Total >= evidence.DefaultWords {
		t.Errorf("it has %d words", d.Count.Total)
	}
	kinds := map[string]int{}
	for _, s := range d.Sections {
		for _, p := range s.Paragraphs {
			kinds[p.Basis.Kind]++
		}
	}
	for kind, least := range map[string]int{"line": 10, "quote": 10, "figure": 4, "ask": 4} {
		if kinds[kind] < least {
			t.Errorf("it has %d of kind %s, want at least %d", kinds[kind], kind, least)
		}
	}
}

// draftPasses writes a draft, reads the file and has it judged.
func draftPasses(t *testing.T, an *themes.Analysis, d *evidence.Draft) {
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
	}
	t.Logf("%d quotations; %d findings wrong, %d to look at, %d fine", report.Quotations, report.Wrong, report.LookAt, report.Fine)
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
	confirmPositions(t, an, func(int) bool { return true })
}

// confirmPositions makes a person confirm positions as they are suggested, those of the numbers that are taken.
func confirmPositions(t *testing.T, an *themes.Analysis, takes func(n int) bool) {
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
	n := 0
	var all []themes.MemberPosition
	for _, m := range s.Members {
		label, err := an.Label(t.Context(), m.Name)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range positions[label] {
			if p.Stance == themes.Silent || p.Stance == themes.NotStated {
				continue
			}
			if n++; takes(n) {
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
