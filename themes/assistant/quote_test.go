package assistant

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestQuotesMustStandInThePassage(t *testing.T) {
	const words = "We said “the plan’s timetable” is insufficient – it does not help  those who\nwait. Class-\nrooms cost £90m; we do not support the bands. We support the standards."
	for _, test := range []struct {
		name, quote, exact, why string
	}{
		{"to the byte", "is insufficient – it does", "is insufficient – it does", ""},
		{"typewriter's quotation marks, apostrophe and dash", `"the plan's timetable" is insufficient - it`, "the plan’s timetable” is insufficient – it", ""},
		{"white space", "those who wait.", "those who\nwait.", ""},
		{"a hyphen at a line's end", "Classrooms cost £90m", "Class-\nrooms cost £90m", ""},
		{"quotation marks around it", `"We support the standards."`, "We support the standards.", ""},
		{"not in the text", "we welcome the plan", "", notThere},
		{"another number", "Classrooms cost £70m", "", notThere},
		{"half a word at its beginning", "sufficient – it does", "", notThere},
		{"half a word at its end", "said “the plan’s timet", "", notThere},
		{"the negation left out", "support the bands", "", cutShort},
		{"the negation before it left out, and once more without one", "support the", "support the", ""},
		{"another case", "we SAID “the plan’s timetable”", "", notThere},
		{"one word", "insufficient", "", tooShort},
		{"no words", "“ – ”", "", tooShort},
		{"nothing", "", "", tooShort},
		{"far too long", strings.Repeat("we said ", 200), "", tooLong},
	} {
		t.Run(test.name, func(t *testing.T) {
			exact, why := quoted(words, test.quote)
			if exact != test.exact || why != test.why {
				t.Errorf("%q gives %q, %q; want %q, %q", test.quote, exact, why, test.exact, test.why)
			}
		})
	}
}

func FuzzQuoted(f *testing.F) {
	f.Add("We do not “support” it – at all.", `do not "support" it - at`)
	f.Add("a-\nb\u00ad c  d", "ab c d")
	f.Add("\xff\xfe words here", "words here")
	f.Fuzz(func(t *testing.T, words, quote string) {
		exact, why := quoted(words, quote)
		if (exact == "") == (why == "") {
			t.Fatalf("%q, %q", exact, why)
		}
		if !strings.Contains(words, exact) {
			t.Fatalf("%q is not in %q", exact, words)
		}
		if exact != "" && utf8.ValidString(words) && !utf8.ValidString(exact) {
			t.Fatalf("%q cuts a character", exact)
		}
	})
}
