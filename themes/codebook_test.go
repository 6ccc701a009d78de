package themes

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseCodebookSaysWhereTheFaultIs(t *testing.T) {
	tests := []struct {
		name, text string
		line, col  int
		says       string
		caret      string // the line with the caret under it
	}{
		{"a setting that does not exist", "themes:\n  - id: a\n    nmae: A\n", 3, 5, "there is no setting called \"nmae\"", "    3 |     nmae: A\n            ^"},
		{"a search that cannot be parsed", "themes:\n  - id: a\n    any: [wait, \"(late\"]\n", 3, 18, "never closed", ""},
		{"an id twice", "themes:\n  - id: a\n  - id: a\n", 3, 9, "two themes have the id \"a\"", ""},
		{"a name twice", "themes:\n  - {id: a, name: Pace}\n  - {id: b, name: pace}\n", 3, 0, "two themes are called", ""},
		{"an id with a blank", "themes:\n  - id: A b\n", 2, 9, "small letters", ""},
		{"no id", "themes:\n  - name: A\n", 2, 0, "needs an id", ""},
		{"no theme", "consultation: X\n", 1, 0, "there is no theme", ""},
		{"not YAML", "themes: [\n", 1, 0, "", ""},
		{"a list where a word belongs", "themes:\n  - id: [a]\n", 2, 0, "", ""},
		{"themes in themes", "themes:\n  - id: a\n    themes:\n      - id: b\n", 3, 5, "write each in the one list, and in the one below parent:", ""},
		{"a parent that is not there", "themes:\n  - id: a\n    parent: c\n  - id: b\n", 3, 13, "no theme with the id \"c\" to be the parent of a; take one of a, b", "    3 |     parent: c\n                    ^"},
		{"a theme in itself", "themes:\n  - {id: a, parent: b}\n  - {id: b, parent: a}\n", 2, 21, "a would lie in itself", ""},
		{"its own parent", "themes:\n  - {id: a, parent: a}\n", 2, 21, "a would lie in itself", ""},
		{"a colour that is a note", "themes:\n  - id: a\n    colour: #0072b2\n", 3, 0, "a colour stands in quotation marks", ""},
		{"a colour by name", "themes:\n  - id: a\n    colour: red\n", 3, 13, "this one is \"red\"", ""},
		{"a state that is none", "themes:\n  - id: a\n    state: draft\n", 3, 12, "active or retired", ""},
		{"a question without a text", "questions:\n  - id: Q1\nthemes:\n  - id: a\n", 2, 0, "a question needs", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseCodebook([]byte(tt.text))
			var fault *CodebookError
			if !errors.As(err, &fault) {
				t.Fatalf("error %v, want a *CodebookError", err)
			}
			if fault.Line != tt.line || tt.col > 0 && fault.Column != tt.col || !strings.Contains(fault.Message, tt.says) {
				t.Errorf("line %d, column %d: %s\n%s\nwant line %d, column %d: %s", fault.Line, fault.Column, fault.Message, fault.Excerpt, tt.line, tt.col, tt.says)
			}
			if !strings.HasSuffix(fault.Excerpt, "^") || !strings.HasSuffix(fault.Excerpt, tt.caret) {
				t.Errorf("excerpt:\n%s\nwant at its end:\n%s", fault.Excerpt, tt.caret)
			}
		})
	}
}

func TestBuiltInCodebook(t *testing.T) {
	b, err := ParseCodebook(BuiltInCodebook())
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Themes) != 10 || len(b.Questions) != 5 {
		t.Errorf("%d themes and %d questions, want 10 and 5", len(b.Themes), len(b.Questions))
	}
	for _, theme := range b.Themes {
		found := 0 // the other examples teach the model what no rule has words for
		for _, example := range theme.Examples {
			if slices.ContainsFunc(b.Propose(example, 0), func(p Proposal) bool { return p.ThemeID == theme.ID }) {
				found++
			}
		}
		if found < 2 || len(theme.Examples) < 10 {
			t.Errorf("%s has %d examples, of which its rules find %d; want ten and two", theme.ID, len(theme.Examples), found)
		}
	}
}

func TestProposeSaysWhy(t *testing.T) {
	b, err := ParseCodebook([]byte("consultation: The alternative provision plan\nthemes:\n  - id: timelines\n    any: ['\"20 weeks\"', 'wait*']\n    none: ['\"bus timetable\"']\n  - id: ap\n    any: ['\"alternative provision\"']\n"))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, heading, words string
		want                 []string
	}{
		{"words and a phrase", "", "The law says 20 weeks; children are waiting.", []string{"timelines because: 20 weeks, waiting"}},
		{"the heading alone", "Alternative provision\n\n", "We agree.", []string{"ap because: heading: alternative provision"}},
		{"excluded", "", "Waiting for the bus timetable.", nil},
		{"only the plan's name", "Response to the alternative provision plan\n\n", "We answer the alternative provision plan.", nil},
		{"the plan's name and more", "", "The alternative provision plan names alternative provision.", []string{"ap because: alternative provision"}},
		{"nothing", "", "We thank you.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, p := range b.Propose(tt.heading+tt.words, len(tt.heading)) {
				got = append(got, p.ThemeID+" "+p.Because)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestADeepThemesFileIsRefused(t *testing.T) {
	for _, text := range []string{"themes: " + strings.Repeat("[", 100_000), "themes: " + strings.Repeat("{a: ", 10_000), "themes:\n" + strings.Repeat("- ", 10_000)} {
		var fault *CodebookError
		if _, err := ParseCodebook([]byte(text)); !errors.As(err, &fault) || !strings.Contains(fault.Message, "nested deeper") {
			t.Errorf("%.20q: %v", text, err)
		}
	}
	if _, err := ParseCodebook([]byte("# " + strings.Repeat("-", 300) + "\n" + testCodebook)); err != nil {
		t.Errorf("a line across: %v", err)
	}
}
