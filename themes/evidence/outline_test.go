package evidence

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const goodOutline = `inquiry: The plan
submitter: the Example Consortium
short: the Consortium
date: 9 June 2023
terms:
  - id: T1
    text: Whether waits are too long.
    themes: [timelines]
    paragraphs:
      - id: p1
        line: timelines
      - id: p2
        quote: P1.1
        words: Waits are too long.
      - id: p3
        ask: [P1.1]
        actor: the Government
        action: publish the figures
        by: by July 2024
      - id: p4
        text: Our own words.
`

func TestParseOutline(t *testing.T) {
	o, err := ParseOutline([]byte(goodOutline))
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for i := range o.Terms[0].Paragraphs {
		kinds = append(kinds, o.Terms[0].Paragraphs[i].Is())
	}
	if d := cmp.Diff(kinds, []string{"line", "quote", "ask", "text"}); d != "" {
		t.Errorf("kinds (-got +want):\n%s", d)
	}
	if o.Words != DefaultWords || o.Kind != Evidence {
		t.Errorf("defaults: %d words, kind %q", o.Words, o.Kind)
	}
}

func TestParseOutlineFaults(t *testing.T) {
	for _, r := range []struct {
		name, from, to string
		line, column   int
		says           string
	}{
		{"a setting of another name", "text: Our own words.", "txt: Our own words.", 21, 9, "no setting called"},
		{"no inquiry", "inquiry: The plan\n", "", 1, 1, "the title of the inquiry is missing"},
		{"a date in other words", "9 June 2023", "in June", 4, 7, "the date is written 2023-06-09"},
		{"two kinds in one paragraph", "        text: Our own words.", "        text: Our own words.\n        line: timelines", 20, 11, "exactly one of"},
		{"a quote without words", "        words: Waits are too long.\n", "", 12, 11, "needs words:"},
		{"words beside a line", "        line: timelines\n", "        line: timelines\n        words: more\n", 12, 16, "is for another kind"},
		{"an id twice", "id: p2", "id: p1", 12, 13, "an id of its own"},
		{"a term without its text", "    text: Whether waits are too long.\n", "", 6, 7, "words of this term of reference are missing"},
		{"no terms", goodOutline[strings.Index(goodOutline, "terms:"):], "terms: []\n", 5, 8, "no term of reference"},
		{"not YAML", "terms:\n", "terms: [\n", 5, 8, ""},
	} {
		t.Run(r.name, func(t *testing.T) {
			text := strings.Replace(goodOutline, r.from, r.to, 1)
			_, err := ParseOutline([]byte(text))
			var fault *OutlineError
			if !errors.As(err, &fault) {
				t.Fatalf("got %v, want an OutlineError", err)
			}
			if fault.Line != r.line || r.says != "" && fault.Column != r.column || !strings.Contains(fault.Message, r.says) {
				t.Errorf("got line %d, column %d: %s; want line %d, column %d: %s", fault.Line, fault.Column, fault.Message, r.line, r.column, r.says)
			}
			if !strings.Contains(fault.Excerpt, "^") {
				t.Errorf("no caret in %q", fault.Excerpt)
			}
		})
	}
}

// FuzzParseOutline: whatever a file holds, it is an outline or a fault with a place, and an outline is whole.
func FuzzParseOutline(f *testing.F) {
	f.Add([]byte(goodOutline))
	f.Add([]byte("terms: [{id: T1, text: x, paragraphs: [{id: a, text: \"b\"}]}]\ninquiry: x\nsubmitter: y\ndate: 2023-06-09\nkind: response"))
	f.Add([]byte("terms:\n- &a [*a]\n"))
	f.Add([]byte("terms:\n  - id: x\n    themes: !0\n00\n      -0")) // the reader of YAML panics
	f.Fuzz(func(t *testing.T, data []byte) {
		o, err := ParseOutline(data)
		if err != nil {
			var fault *OutlineError
			if !errors.As(err, &fault) || fault.Line < 1 {
				t.Fatalf("got %v, want a fault with a place", err)
			}
			return
		}
		for i := range o.Terms {
			for j := range o.Terms[i].Paragraphs {
				if o.Terms[i].Paragraphs[j].Is() == "" {
					t.Fatal("a paragraph without a kind")
				}
			}
		}
	})
}
