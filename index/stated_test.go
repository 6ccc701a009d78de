package index

import (
	"testing"

	"collate/index/extract"
)

func TestStatedDate(t *testing.T) {
	tests := []struct{ name, file, text, want, where string }{
		{"a line of its own", "a.docx", "Ashdown Autism Trust\n3 May 2023\nDear colleagues", "2023-05-03", "the head of the document"},
		{"with who sent it", "a.docx", "Sent by the policy team, 5th May 2023.", "2023-05-05", "the head of the document"},
		{"in figures, day first", "a.docx", "Date: 04/05/2023", "2023-05-04", "the head of the document"},
		{"another document's", "a.docx", "Response to the plan published on 2 March 2023", "", ""},
		{"in a sentence", "a.docx", "Our members met many times before and after 12 April 2023 to talk about all of it at length", "", ""},
		{"the file's name", "Sightline letter 11 May 2023.pdf", "Dear all", "2023-05-11", "the file's name"},
		{"no such day", "a.docx", "31 February 2023", "", ""},
		{"none", "a.docx", "Dear all", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := &extract.Document{Text: tt.text, Blocks: []extract.Block{{Kind: extract.Paragraph, End: len(tt.text)}}}
			if got, where := StatedDate(tt.file, doc); got != tt.want || where != tt.where {
				t.Errorf("StatedDate is %q from %q, want %q from %q", got, where, tt.want, tt.where)
			}
		})
	}
}

func TestDated(t *testing.T) {
	tests := []struct{ name, text, saved, want, where string }{
		{"stated, and saved later", "3 May 2023\nDear colleagues", "2026-11-24T16:25:00Z", "2023-05-03", "the head of the document"},
		{"saved only", "Dear colleagues", "2026-11-24T16:25:00Z", "2026-11-24", SavedDate},
		{"neither", "Dear colleagues", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := &extract.Document{Text: tt.text, Blocks: []extract.Block{{Kind: extract.Paragraph, End: len(tt.text)}}}
			doc.Facts.Date = tt.saved
			sub := &Submission{Name: "a.docx", Document: doc}
			if got, where := sub.Dated(); got != tt.want || where != tt.where {
				t.Errorf("Dated is %q from %q, want %q from %q", got, where, tt.want, tt.where)
			}
			s := &Snapshot{bySha: map[string]*Submission{"s": sub}, Passages: []*Passage{{ID: "p", Sha: "s"}}}
			found, err := s.field(mustParse(t, "date:2023-05").Fields()[0])
			if err != nil {
				t.Fatal(err)
			}
			if got, want := found(0), tt.where == "the head of the document"; got != want {
				t.Errorf("date:2023-05 finds it: %v, want %v", got, want)
			}
		})
	}
}
