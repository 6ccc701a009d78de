package extract

import (
	"regexp"
	"strings"
)

var (
	// Headings that leave open what is to be explained.
	followUp = regexp.MustCompile(`(?i)^((please |can you |could you )?((explain|expand|elaborate|specify|describe|comment)( (your|why|this|the|further|briefly|below|here|any|if|on|it|them|in)\b|\W*$)|say (more|why)\b|tell us (more|why)\b|use th(e|is) (box|space)\b|(add|give|provide|share)( \w+){0,3} (reasons?|details?|comments?|explanations?|examples?|evidence|information)\b)|(why|why not|(your )?(reasons?|comments?)|rationale)(\W[^?]{0,40})?\??$|(details?|free text|open text)\W*$|other\W*(please (specify|state|explain|give|describe)\b.*)?$|(any |your )?(additional|further|supporting) (comments?|details?|information|evidence|reasons?)\b|(what (are|is|were) )?(the |your )?(main )?reasons? for (your|this|that)\b|why (do|did|have) you (say|think|answer|choose|chosen|give|given|select|selected)\b|if (yes|no|so|not|you (said|answered|chose|selected|ticked|agree|disagree))\b|comments? on (your|this|the above)\b|in your own words\b)`)
	// A question's number: "Q3", "3.", "3b)", "Question 3 (a)", "3:".
	questionNumber = regexp.MustCompile(`(?i)^(?:(?:question|q)\s*)?(\d{1,3})(?:\.\d{1,2})*\s*(?:\(?[a-h]\)|[a-h]\b)?\s*[.):–-]*\s+|^(?:question|q)\s*(\d{1,3})[a-h]?\b[.):–-]*\s*`)
)

// maxFollowUp is the length, in words, beyond which a heading is a question by itself.
const maxFollowUp = 25

// numbered parts a heading into its question's number, or "", and the rest.
func numbered(heading string) (number, rest string) {
	m := questionNumber.FindStringSubmatch(heading)
	if m == nil {
		return "", heading
	}
	return m[1] + m[2], heading[len(m[0]):]
}

// followUps finds, for each column of answers in words, the closed question before it that it follows up: the next one under its
// number, a part of the same question, or one with a heading like "Please explain your answer". What the heading leaves open
// is put before it.
func (s *survey) followUps() {
	var asked askedColumn
	for i := range s.columns {
		c := &s.columns[i]
		switch {
		case c.Role == Ignored && c.Filled == 0:
		case c.Role == Identity, c.Role == Member, c.Role == Ignored:
			asked = askedColumn{}
		case !c.Role.InWords():
			if !asked.isPart(c) {
				asked = newAskedColumn(c)
			}
			asked.closed = append(asked.closed, i)
		case asked.follows(c):
			c.chosen = asked.closed
			c.question = asked.complete(c)
			if c.question != c.Name {
				c.Question = c.question
			}
		default:
			asked = newAskedColumn(c)
			if c.Role == Hybrid {
				asked.closed = append(asked.closed, i)
			}
		}
	}
}

// An askedColumn is the question that columns further right may follow up.
type askedColumn struct {
	question string // without the part that one column adds
	number   string
	closed   []int // its closed columns, by their place in survey.columns
}

func newAskedColumn(c *surveyColumn) askedColumn {
	a := askedColumn{question: c.Name}
	if c.head.stem != "" {
		a.question = c.head.stem
	}
	a.number, _ = numbered(a.question)
	return a
}

// isPart reports whether the column belongs to the same question.
func (a *askedColumn) isPart(c *surveyColumn) bool {
	return a.question != "" && c.head.stem == a.question
}

func (a *askedColumn) follows(c *surveyColumn) bool {
	if a.question == "" {
		return false
	}
	number, rest := numbered(c.Name)
	switch {
	case a.isPart(c):
		return len(a.closed) > 0
	case number != "" && number == a.number:
		return len(a.closed) > 0 || isFollowUp(rest)
	}
	return isFollowUp(rest) && (number == "" || len(a.closed) > 0)
}

func isFollowUp(heading string) bool {
	return Words(heading) <= maxFollowUp && followUp.MatchString(heading)
}

// complete is the whole question of a column that follows up this one.
func (a *askedColumn) complete(c *surveyColumn) string {
	number, rest := numbered(c.Name)
	switch {
	case a.isPart(c), !isFollowUp(rest):
		return c.Name
	case number == a.number:
		return a.question + " – " + rest
	}
	return a.question + " – " + c.Name
}

// maxChoice bounds what is repeated beside every answer of a respondent.
const maxChoice = 300

// choice is what a row's respondent chose in the closed columns that a column follows up, or in a hybrid column itself.
func (s *survey) choice(row sheetRow, c *surveyColumn) string {
	var out []string
	for _, i := range c.chosen {
		if text := s.columns[i].chosenText(row, len(c.chosen) > 1); text != "" {
			out = append(out, text)
		}
	}
	if len(out) == 0 && c.Role == Hybrid {
		return oneLine(c.chosenText(row, false), maxChoice)
	}
	return oneLine(strings.Join(out, "; "), maxChoice)
}

// chosenText is the answer of a row in a closed column; beside others, with the part of the question that it answers.
func (c *surveyColumn) chosenText(row sheetRow, several bool) string {
	cell := headerLine(row.cell(c.index))
	part := c.head.part
	switch {
	case cell == "":
		return ""
	case c.Role == Hybrid:
		stem, _ := stemOf(cell)
		return stem
	case c.Role == Multiple && part != "" && len(c.Options) == 1 && c.Options[0].Value == part:
		if blanks[strings.ToLower(cell)] {
			return ""
		}
		return part
	case c.Role == Multiple && c.list.separator != "":
		return strings.Join(splitChoices(strings.TrimSpace(row.cell(c.index)), c.list.separator), "; ")
	case several && part != "":
		return part + ": " + cell
	}
	return cell
}
