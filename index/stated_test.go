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
