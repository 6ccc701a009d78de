package main

import (
	"bytes"
	"testing"

	"collate/index/extract"
	"collate/themes/check"
	"collate/themes/evidence"
	"collate/themes/export"
)

// TestOralPackOfTheSamplePasses has the pack of the example judged as a draft: no quotation, speaker or number in it is wrong. It is no written
// evidence, so the form of one, as its length, is not asked of it.
func TestOralPackOfTheSamplePasses(t *testing.T) {
	an := sampleAnalysis(t)
	confirmAll(t, an)
	m, o := sampleOutline(t, an)
	pack, err := evidence.MakeOral(m, o, evidence.OralOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := export.OralPack(&b, pack); err != nil {
		t.Fatal(err)
	}
	doc, err := extract.File(t.Context(), "oral.docx", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	r, err := check.Open(t.Context(), an)
	if err != nil {
		t.Fatal(err)
	}
	report, err := r.Check(t.Context(), &check.Draft{Name: "oral.docx", Data: b.Bytes(), Document: doc})
	if err != nil {
		t.Fatal(err)
	}
	if report.Quotations < 60 {
		t.Errorf("only %d quotations were found in it", report.Quotations)
	}
	for _, f := range report.Findings {
		if f.Severity == check.Wrong && f.Kind != check.Form {
			t.Errorf("%s: %s: %q: %s", f.Place, f.Kind, f.Words, f.Why)
		}
	}
}
