package export

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"collate/themes"
)

// writeQuestions writes a row per question, one for the passages that answer none plainly, and one for each closed question that only a
// survey puts.
func writeQuestions(b *book) error {
	s := b.styles
	p := b.open(layout{
		sheet: "Questions", table: "QuestionsTable", frozen: 1, paper: a3,
		title: "Questions: who answered what",
		help:  "Members are counted, then passages. A passage is given to a question only on a plain sign. Chosen answers are those of a survey's respondents, who are not members.",
		columns: []column{{"Question", 12, s.strong}, {"Text", 60, s.text}, {"Members", 11.5, s.number}, {"Passages", 11.5, s.number}, {"Themes it feeds", 56, s.text},
			{"Chosen answers", 56, s.text}, {"How passages were told", 44, s.text}, {"Found in", 24, s.text}},
	})
	for i := range b.r.Questions {
		q := &b.r.Questions[i]
		if q.ID != "" {
			p.add(q.ID, q.Text, q.Members, q.Passages, feeds(q), chosen(q.Closed), signs(q), q.Source)
			continue
		}
		p.add("none", "No plain sign of a question", q.Members, q.Passages, feeds(q), nil, signs(q), nil)
		for j := range q.Closed {
			c := &q.Closed[j]
			p.add("survey", surveyed(c), nil, nil, nil, answers(c), nil, c.Document)
		}
	}
	if len(b.r.Questions) == 0 {
		p.add("none", "No questions are known.", nil, nil, nil, nil, nil, nil)
	}
	return p.close()
}

// feeds are the themes that the answers to a question are on, one a line.
func feeds(q *themes.AskedQuestion) string {
	var out []string
	for _, t := range q.Themes {
		out = append(out, fmt.Sprintf("%s: %s, %s", t.Name, counts(t.Members, "member"), counts(t.Passages, "passage")))
	}
	return strings.Join(out, "\n")
}

// signs are why passages are taken to answer a question, one a line.
func signs(q *themes.AskedQuestion) string {
	var out []string
	for _, why := range slices.Sorted(maps.Keys(q.Signs)) {
		out = append(out, fmt.Sprintf("%s by %s", counts(q.Signs[why], "passage"), why))
	}
	return strings.Join(out, "\n")
}

// chosen are the closed answers to a question, one survey a line.
func chosen(closed []themes.ClosedAnswers) string {
	var out []string
	for i := range closed {
		out = append(out, surveyed(&closed[i])+" "+answers(&closed[i]))
	}
	return strings.Join(out, "\n")
}

// surveyed is a survey's question with whose survey it is.
func surveyed(c *themes.ClosedAnswers) string {
	if c.Withheld != "" {
		return c.Member + " (" + c.Withheld + ")"
	}
	return fmt.Sprintf("%s (asked by %s)", c.Asked, c.Member)
}

// shownOptions is how many answers a cell lists: a column of figures can have hundreds.
const shownOptions = 20

// answers are the answers that were chosen, with how many chose each.
func answers(c *themes.ClosedAnswers) string {
	out := counts(c.Answered, "answer")
	if c.Withheld != "" {
		return out
	}
	var list []string
	for _, o := range c.Options[:min(len(c.Options), shownOptions)] {
		list = append(list, fmt.Sprintf("%s: %d", o.Value, o.Count))
	}
	if more := len(c.Options) - shownOptions; more > 0 {
		list = append(list, fmt.Sprintf("and %d more", more))
	}
	return out + ". " + strings.Join(list, "; ")
}
