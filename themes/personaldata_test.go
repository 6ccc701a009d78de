package themes

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/themes/personal"
)

func TestPersonalDataOfAReport(t *testing.T) {
	r := &Report{
		Members: []MemberReport{{Label: "Hill Academy", Positions: []Position{{Note: "ring 020 7946 0123", Line: "jo@own.example", Own: "Ann"}, {Line: "Write to jo@quoted.example."}}}},
		Quotes: []Quote{
			{Passage: "P1", Member: "Hill Academy", Words: "Hill Academy says: my son Jack waited."},
			{Passage: "P1", Member: "Hill Academy", Words: "Hill Academy says: my son Jack waited.", ThemeID: "another"},
			{Passage: "P2", Withheld: true},
		},
		Themes:   []ThemeReport{{Joint: JointPosition{Line: "All agree.", Outside: OutsideLine{Line: "See BS8 1TH."}}}},
		Excluded: []Exclusion{{Name: "a.docx", Words: "NHS number 943 476 5919"}},
	}
	var got []string
	for _, f := range r.PersonalData() {
		got = append(got, string(f.Kind)+": "+f.Words+" in a "+f.In)
	}
	want := []string{
		"name of a child: Jack in a quote", "telephone number: 020 7946 0123 in a note", "e-mail address: jo@own.example in a position",
		"postcode: BS8 1TH in a joint line", "NHS number: 943 476 5919 in a passage that is left out",
	}
	if d := cmp.Diff(got, want); d != "" {
		t.Error(d)
	}
	if got, want := CountPersonal(append(r.PersonalData(), PersonalFinding{Kind: personal.Child})), "2 × name of a child, 1 NHS number, 1 postcode, 1 telephone number, 1 e-mail address"; got != want {
		t.Errorf("CountPersonal = %q, want %q", got, want)
	}
	if got := MaskPersonal(r.PersonalData())[0].Words; got != "J··k" {
		t.Errorf("masked: %q", got)
	}
}
