package extract

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestReadText(t *testing.T) {
	for _, tc := range []struct {
		name, file, text string
		want             []string
	}{
		{"paragraphs keep their lines", "a.txt", "One line\r\n and another.\r\n\r\n\r\nSecond.", []string{"paragraph: One line\n and another.", "paragraph: Second."}},
		{"capitals", "a.txt", "ABOUT US (your Q3)\n\nWe are.", []string{"heading#: ABOUT US (your Q3)", "paragraph: We are."}},
		{"underlined", "a.txt", "Summary\n=======\nWe are.", []string{"heading#: Summary", "paragraph: We are."}},
		{"numbered headings", "a.txt", "3. Alternative provision\n\n3.1 Outreach first\n\n3.1.1 We think that it is underfunded.", []string{
			"heading# [3]: 3. Alternative provision", "heading## [3.1]: 3.1 Outreach first", "paragraph [3.1.1]: 3.1.1 We think that it is underfunded."}},
		{"a spaced list is no headings", "a.txt", "1. More money\n\n2. Better training", []string{"item [1]: 1. More money", "item [2]: 2. Better training"}},
		{"list after a colon", "a.txt", "We want:\n- money\n  and time\n- staff", []string{"paragraph: We want:", "item [•]: - money\n  and time", "item [•]: - staff"}},
		{"a year is no label", "a.txt", "2025 is a long way off.\n\n1.5 million pupils wait.", []string{"paragraph: 2025 is a long way off.", "paragraph: 1.5 million pupils wait."}},
		{"a wrapped dash is no item", "a.txt", "The plan is slow\n- too slow for us\nas it is.", []string{"paragraph: The plan is slow\n- too slow for us\nas it is."}},
		{"markdown", "a.md", "# Our view #\nWe **back** it.\n\n* one\n  * two\n\n1. first\n2. second", []string{
			"heading#: Our view", "paragraph: We **back** it.", "item [•]: one", "item> [•]: two", "item [1]: first", "item [2]: second"}},
		{"lines that are paragraphs", "a.txt", "Our view\n" + strings.Repeat("We welcome the plan. ", 8) + "\nMore.\n\n1 High Street\nTown", []string{
			"paragraph: Our view", "paragraph: " + strings.TrimSpace(strings.Repeat("We welcome the plan. ", 8)), "paragraph: More.", "paragraph: 1 High Street\nTown"}},
		{"question and answer in one", "a.txt", "Q1. Do you think that\nit is fair?\nNo, it is not.", []string{"paragraph: Q1. Do you think that\nit is fair?", "paragraph: No, it is not."}},
		{"utf-16 without mark", "a.txt", "H\x00i\x00 \x00y\x00o\x00u\x00", []string{"paragraph: Hi you"}},
		{"utf-16 with mark", "a.txt", "\xfe\xff\x00H\x00\xe9", []string{"paragraph: Hé"}},
		{"windows-1252", "a.txt", "\x93No\x94 \x96 \xa35", []string{"paragraph: “No” – £5"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := shown(mustRead(t, tc.file, tc.text))
			if diff := cmp.Diff(got, tc.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
		})
	}
}

func TestTextPlaces(t *testing.T) {
	doc := mustRead(t, "a.md", "# A\n\none\n\n## B\n\ntwo\n\n# C\n\nthree")
	var got []Place
	for _, b := range doc.Blocks {
		got = append(got, b.Place)
	}
	want := []Place{
		{Paragraph: 1}, {Paragraph: 2, Headings: []string{"A"}}, {Paragraph: 3, Headings: []string{"A"}},
		{Paragraph: 4, Headings: []string{"A", "B"}}, {Paragraph: 5}, {Paragraph: 6, Headings: []string{"C"}},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

func TestTextQuestions(t *testing.T) {
	doc := mustRead(t, "a.txt", "Question 1: Do you agree?\n\nYes.\n\n2. Why is that?\n\nCost.\n\nABOUT US\n\nSmall. Is it?\n\nYes.\n\nQ3\n\nWhat else?\n\nNothing.")
	var got []string
	for _, b := range doc.Blocks {
		got = append(got, doc.Text[b.Start:b.End]+" | "+b.Place.Question)
	}
	want := []string{"Question 1: Do you agree? | ", "Yes. | Question 1: Do you agree?", "2. Why is that? | ", "Cost. | 2. Why is that?", "ABOUT US | ", "Small. Is it? | ", "Yes. | ",
		"Q3 | ", "What else? | ", "Nothing. | Q3 What else?"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

func FuzzText(f *testing.F) {
	f.Add("a.md", []byte("# A\n- b\n\n1. c\n2. d\n\n===="))
	f.Add("a.md", []byte("# 0\n* \n\n1) "))
	f.Add("a.txt", []byte("A\n===\n3.2 We\n(a) b\n\xff\xfeA"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		doc, err := readText(t.Context(), name, data)
		checkFuzzed(t, doc, err)
	})
}

func checkFuzzed(t *testing.T, doc *Document, err error) {
	t.Helper()
	if err != nil {
		for _, known := range []error{ErrUnknownFormat, ErrEncrypted, ErrNoText, ErrDamaged, ErrLimit} {
			if errors.Is(err, known) {
				return
			}
		}
		t.Fatalf("got an error that callers do not know: %v", err)
	}
	if !utf8.ValidString(doc.Text) {
		t.Fatal("got text that is not UTF-8")
	}
	checkDocument(t, doc)
}
