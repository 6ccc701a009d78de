package index

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index/extract"
)

var asked = []Question{
	{ID: "Q1", Text: "What do you think of the pace and timetable of the plan?"},
	{ID: "Q2", Text: "What do you think of national standards, and of the funding bands and tariffs?"},
	{ID: "Q3", Text: "Should every local authority publish a tailored list of settings for families?"},
	{ID: "Q3a", Text: "If not, what should take its place?"},
}

func TestAssignQuestions(t *testing.T) {
	tests := []struct {
		name  string
		place extract.Place
		text  string
		want  string
	}{
		{"form by number", extract.Place{Question: "Q2. National standards"}, "", "Q2"},
		{"form by words, small changes", extract.Place{Question: "What do you think of the pace and the timetable of the plan?"}, "", "Q1"},
		{"the words outrank the number", extract.Place{Question: "5. What do you think of the pace and timetable of the plan?"}, "", "Q1"},
		{"quoted with an instruction", extract.Place{Question: "Should every local authority publish a tailored list of settings for families? Please give your reasons."}, "", "Q3"},
		{"a survey's follow-up", extract.Place{Question: "What do you think of the pace and timetable of the plan? – Please explain your answer in your own words"}, "", "Q1"},
		{"heading", extract.Place{Headings: []string{"Our response", "Question 1"}}, "", "Q1"},
		{"the nearest heading wins", extract.Place{Headings: []string{"Question 1", "Question 2"}}, "", "Q2"},
		{"part of a question", extract.Place{Headings: []string{"STAFF (part of Q2)"}}, "", "Q2"},
		{"a letter", extract.Place{Headings: []string{"Question 3(a)"}}, "", "Q3a"},
		{"a letter that nothing has", extract.Place{Headings: []string{"Q2b"}}, "", "Q2"},
		{"two numbers", extract.Place{Headings: []string{"Questions 1 and 2"}}, "", ""},
		{"a range", extract.Place{Headings: []string{"Q1-3"}}, "", ""},
		{"a letter with a space", extract.Place{Headings: []string{"Question 3 (a)"}}, "", "Q3a"},
		{"a word after the number", extract.Place{Headings: []string{"Question 3 a better list"}}, "", "Q3"},
		{"a quarter of a year", extract.Place{Headings: []string{"Results for Q1 2023"}}, "", ""},
		{"a number that none has", extract.Place{Question: "Question 7"}, "", ""},
		{"a section's number", extract.Place{Headings: []string{"2. Our members"}}, "", ""},
		{"letter that turns to a question", extract.Place{}, "Turning to question 3, we do not think that a list helps.", "Q3"},
		{"letter that answers", extract.Place{}, "In response to your question 2: standards must be law.", "Q2"},
		{"letter that only mentions one", extract.Place{}, "We left question 3 to others and speak of the timetable, as in question 1.", ""},
		{"letter that turns to two", extract.Place{}, "On questions 1 and 2, we have no view.", ""},
		{"quotes the question", extract.Place{}, "What do you think of the pace and timetable of the plan? Too slow, our members say.", "Q1"},
		{"nothing", extract.Place{}, "Families wait a year.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := &extract.Document{Text: tt.text}
			p := &Passage{Place: tt.place, End: len(tt.text)}
			AssignQuestions("letter.docx", doc, []*Passage{p}, asked)
			if p.Question != tt.want {
				t.Errorf("question %q (%s), want %q", p.Question, p.Why, tt.want)
			}
			if (p.Question == "") != (p.Why == "") {
				t.Errorf("question %q with the reason %q", p.Question, p.Why)
			}
		})
	}
}

func TestNumberedAnswers(t *testing.T) {
	labels := func(labels ...string) []*Passage {
		var out []*Passage
		for _, l := range labels {
			out = append(out, &Passage{Place: extract.Place{Label: l}})
		}
		return out
	}
	questions := []Question{{ID: "Q1", Text: "one"}, {ID: "Q2", Text: "two"}, {ID: "Q3", Text: "three"}}
	tests := []struct {
		name, file string
		passages   []*Passage
		want       []string
	}{
		{"as many as there are questions", "our answers.eml", labels("", "1", "2.", "3)", ""), []string{"", "Q1", "Q2", "Q3", ""}},
		{"fewer", "our answers.eml", labels("1", "2"), []string{"", ""}},
		{"twice", "our answers.eml", labels("1", "2", "3", "1", "2", "3"), []string{"", "", "", "", "", ""}},
		{"a letter that speaks of no questions", "letter.eml", labels("1", "2", "3"), []string{"", "", ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			AssignQuestions(tt.file, &extract.Document{}, tt.passages, questions)
			var got []string
			for _, p := range tt.passages {
				got = append(got, p.Question)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("questions (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindQuestions(t *testing.T) {
	doc := func(paragraphs ...string) *extract.Document {
		d := &extract.Document{}
		for _, p := range paragraphs {
			start := len(d.Text)
			d.Text += p
			d.Blocks = append(d.Blocks, extract.Block{Kind: extract.Paragraph, Start: start, End: len(d.Text)})
			d.Text += extract.BlockSeparator
		}
		return d
	}
	listed := doc("What does the plan change?", "Who pays for it?")
	for i := range listed.Blocks {
		listed.Blocks[i].Place = extract.Place{Label: []string{"1.", "2."}[i], Headings: []string{"Consultation questions"}}
	}
	tests := []struct {
		name string
		doc  *extract.Document
		want []Question
	}{
		{"marked", doc("We ask three things.", "Question 1: Is the pace right?", "Some background, is it not?", "Question 2", "Who should pay?", "Question 1: Is the pace right?"),
			[]Question{{ID: "Q1", Text: "Is the pace right?"}, {ID: "Q2", Text: "Who should pay?"}}},
		{"numbered under a heading", listed, []Question{{ID: "Q1", Text: "What does the plan change?"}, {ID: "Q2", Text: "Who pays for it?"}}},
		{"none", doc("Is this a question? It is not one of the consultation."), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, FindQuestions(tt.doc)); diff != "" {
				t.Errorf("questions (-want +got):\n%s", diff)
			}
		})
	}
}
