package index

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCalled(t *testing.T) {
	names := []string{"Alder response.docx", "inbox.mbox", "inbox.mbox › 0001 Views.eml", "inbox.mbox › 0002 Views.eml", "mail.eml › response.docx", "zip/all.zip › Birch/response.docx"}
	tests := []struct {
		typed, want string
		near        []string
		many        bool
	}{
		{"Alder response.docx", "Alder response.docx", nil, false},
		{"alder  RESPONSE.docx", "Alder response.docx", nil, false},
		{"inbox.mbox > 0001 Views.eml", "inbox.mbox › 0001 Views.eml", nil, false},
		{"0002 views.eml", "inbox.mbox › 0002 Views.eml", nil, false},
		{"response.docx", "", []string{"mail.eml › response.docx", "zip/all.zip › Birch/response.docx"}, true},
		{"views", "", []string{"inbox.mbox › 0001 Views.eml", "inbox.mbox › 0002 Views.eml"}, false},
		{"nothing.docx", "", nil, false},
	}
	for _, tt := range tests {
		got, err := called(tt.typed, names)
		var wrong *NameError
		if got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("called(%q) = %q, %v; want %q", tt.typed, got, err, tt.want)
		}
		if errors.As(err, &wrong) && (!cmp.Equal(wrong.Near, tt.near) || wrong.Many != tt.many) {
			t.Errorf("called(%q): near %q, many %v; want %q, %v", tt.typed, wrong.Near, wrong.Many, tt.near, tt.many)
		}
	}
}
