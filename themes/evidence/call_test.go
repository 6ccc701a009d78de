package evidence

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index/extract"
)

func TestReadCallSample(t *testing.T) {
	c := sampleCall(t)
	if len(c.Terms) != 7 || c.Terms[3] != "Whether the three tiers of alternative provision will reduce exclusion from school and help pupils back to lessons." {
		t.Errorf("terms: %q", c.Terms)
	}
	c.Terms = nil
	want := &Call{Inquiry: "Delivering the SEND and alternative provision improvement plan", Committee: "Learning and Opportunity Committee", Closes: "2023-06-09", Words: 3000, Why: "the list under “Terms of reference”"}
	if d := cmp.Diff(c, want); d != "" {
		t.Errorf("(-got +want):\n%s", d)
	}
}

func TestReadCall(t *testing.T) {
	for _, r := range []struct {
		name, text string
		want       []string
	}{
		{"numbered lines behind a sentence that announces them", "Inquiry into waiting times\n\nThe Committee invites written evidence on the following points:\n\n1. How long children wait.\n\n2. What is done about it.\n\nHow to submit evidence\n\n1. Use the portal.\n\n2. Write to us.\n\n3. Be brief.", []string{"How long children wait.", "What is done about it."}},
		{"letters", "Terms of reference:\n\n(a) How long children wait.\n\n(b) What is done about it.", []string{"How long children wait.", "What is done about it."}},
		{"no list", "The Committee would like to hear from you about waiting times.", nil},
		{"nothing", "", nil},
	} {
		t.Run(r.name, func(t *testing.T) {
			doc, err := extract.File(t.Context(), "call.txt", []byte(r.text))
			if err != nil {
				doc = &extract.Document{}
			}
			if d := cmp.Diff(ReadCall(doc).Terms, r.want); d != "" {
				t.Errorf("(-got +want):\n%s", d)
			}
		})
	}
}

// FuzzReadCall: a stranger's page never takes the reading of a call down, and what is taken for a term is of bounded length.
func FuzzReadCall(f *testing.F) {
	f.Add("Call for evidence\n\nThe Committee invites submissions on the following:\n\n1. How long children wait.\n\n- and why\n\nclosing 9th June 2023, 3,000 words")
	f.Add("<h1>Terms of reference</h1><ol><li>One thing<ol><li>more</li></ol></li></ol>")
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := extract.File(t.Context(), "call.html", []byte(text))
		if err != nil {
			return
		}
		c := ReadCall(doc)
		if len(c.Terms) > maxCallTerms {
			t.Fatalf("%d terms", len(c.Terms))
		}
		if _, err := Day(c.Closes); c.Closes != "" && err != nil {
			t.Fatalf("closes on %q", c.Closes)
		}
	})
}
