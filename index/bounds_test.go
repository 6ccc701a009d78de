package index

import (
	"fmt"
	"strings"
	"testing"

	"collate/index/extract"
)

func TestHeadsAreBounded(t *testing.T) {
	text := strings.Repeat("é", maxHead)
	doc := &extract.Document{Text: text, Blocks: []extract.Block{{Kind: extract.Paragraph, End: len(text)}}}
	if got := heads(doc); len(got) > maxHead+1 || !strings.HasPrefix(got, "éé") {
		t.Errorf("the head of one long paragraph has %d bytes, want %d at most", len(got), maxHead)
	}
}

func TestLongProseIsSplitPlainly(t *testing.T) {
	const one = "We wait for months. "
	text := strings.Repeat(one, maxProse/len(one)+10)
	got := Sentences(text)
	if len(got) != maxProse/len(one)+10 {
		t.Fatalf("%d sentences, want %d", len(got), maxProse/len(one)+10)
	}
	if s := text[got[7].Start:got[7].End]; s != strings.TrimSpace(one) {
		t.Errorf("a sentence is %q", s)
	}
}

func TestSurveyOfVeryManyOrganisationsStaysWhole(t *testing.T) {
	doc := &extract.Document{Format: "csv", Text: "We wait."}
	for i := range maxOrganisations + 1 {
		doc.Blocks = append(doc.Blocks, extract.Block{Kind: extract.Answer, End: 8, Place: extract.Place{Member: fmt.Sprintf("Org %d", i)}})
	}
	if got := byOrganisation(doc); len(got) > 0 || len(doc.Warnings) != 1 || len(doc.Blocks) != maxOrganisations+1 {
		t.Errorf("%d organisations apart, %d warnings, %d blocks left", len(got), len(doc.Warnings), len(doc.Blocks))
	}
}
