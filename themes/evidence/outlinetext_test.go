package evidence

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// trickyOutline has what a file can hold and a careless writer loses.
var trickyOutline = Outline{
	Kind: Response, Inquiry: `He said: "no" # not a note`, Submitter: "- the Consortium", Short: "yes", Date: "2023-06-09", Words: 250, Introduction: "Two lines:\nand  spaces \t ",
	Terms: []Term{
		{ID: "1.0", Text: "null", Heading: "{a: b}", Themes: []string{"alternative-provision", "a, b", "[c]", "007"}, Words: 120, Summary: "~", Paragraphs: []Paragraph{
			{ID: "p1", Line: "alternative-provision"},
			{ID: "p2", Quote: "P1.1", Words: "“Curly”, 'straight' and \\ back"},
			{ID: "p3", Ask: []string{"P1.1", "1e3"}, Action: "publish\u00a0it", Actor: "*the Government", By: "by 2024-01-01"},
			{ID: "p4", Text: "  text: | that begins with spaces"},
		}},
		{ID: "T2", Text: "é ü \u202e 𝒳 &amp; <b>"},
	},
}

func TestOutlineTextReadsBack(t *testing.T) {
	got, err := ParseOutline(trickyOutline.Text())
	if err != nil {
		t.Fatalf("%v\n%s", err, trickyOutline.Text())
	}
	if d := cmp.Diff(got, &trickyOutline, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("outline (-got +want):\n%s\n%s", d, trickyOutline.Text())
	}
}

// FuzzOutlineText: whatever outline a file holds, what is written of it reads back to the same.
func FuzzOutlineText(f *testing.F) {
	f.Add([]byte(goodOutline))
	f.Add(trickyOutline.Text())
	f.Add([]byte("terms: [{id: T1, text: \"\\e\\r\\0 x\", themes: [\"\", ~]}]\ninquiry: |\n  x\n\n  y\nsubmitter: >-\n  y\n  z\ndate: 2023-06-09\nwords: 0x10"))
	f.Fuzz(func(t *testing.T, data []byte) {
		want, err := ParseOutline(data)
		if err != nil {
			return
		}
		text := want.Text()
		got, err := ParseOutline(text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if d := cmp.Diff(got, want, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("outline (-got +want):\n%s\n%s", d, text)
		}
	})
}
