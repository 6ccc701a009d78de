package extract

import (
	"regexp"
	"strings"
	"unicode"
)

// maxQuestion bounds what is taken for a question: a longer paragraph that ends with a question mark is somebody's view.
const maxQuestion = 1500

var (
	questionMark = regexp.MustCompile(`(?i)^(?:consultation\s+)?(?:question|q)\s*\.?\s*\d+\s*[a-z]?\b`)
	quarter      = regexp.MustCompile(`(?i)^q[1-4]\s+(?:19|20)\d\d\b`) // "Q1 2023" is a quarter of a year
	onlyMark     = regexp.MustCompile(`(?i)^(?:consultation\s+)?(?:question|q)\s*\.?\s*\d+\s*[a-z]?\s*[.:)]?$`)
	bareNumber   = regexp.MustCompile(`^[(]?(?:\d{1,3}|[a-z])(?:\.\d{1,3})*[.)]*$`)
	numberedText = regexp.MustCompile(`^[(]?\d{1,3}(?:\.\d{1,3})*[a-z]?[.):]*\s+\S`)
	questionHead = regexp.MustCompile(`(?i)^(?:consultation\s+|survey\s+)?questions?$`)
	prompt       = regexp.MustCompile(`(?i)^(?:click|click or tap|tap)(?: here)? to (?:enter|add|type)\b[^.]{0,40}\.?$|^(?:choose|select) an? (?:item|option|building block|date)\.?$|^enter (?:text|a date)\.?$`)
	invitation   = regexp.MustCompile(`(?i)^[\s\[(<_–-]*(?:please\s+)?(?:click|tap|choose|select|pick|enter|type|insert)\b`)
	onlyRequests = regexp.MustCompile(`(?i)^[\s*)\]"”’]*(?:(?:please|explain|provide|give)\b.*)?$`)
	guidance     = regexp.MustCompile(`(?is)^(?:guidance\s*:|please\b).*\([^()]{0,30}\b\d[\d,]*\s+words?\b[^()]{0,20}\)\.?$`)
	answerHead   = regexp.MustCompile(`(?i)\b(?:answers?|responses?|comments?|views?|reply|evidence)\b`)
)

// maxPrompt bounds a prompt: what is longer was written by somebody.
const maxPrompt = 120

// isPrompt reports whether text is one of the prompts that word processors put into empty fields, in English.
func isPrompt(text string) bool {
	text = strings.TrimSpace(text)
	return text != "" && len(text) <= maxPrompt && prompt.MatchString(text)
}

// asksForChoice reports whether what a form's field was made with only invites to fill it in: "Please select".
func asksForChoice(preset string) bool {
	return isPrompt(preset) || len(preset) <= maxPrompt && invitation.MatchString(preset)
}

// marksQuestion reports whether text begins as a form's question does: "Question 3", "Q2", "3. What do you ...?".
func marksQuestion(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > maxQuestion {
		return false
	}
	if questionMark.MatchString(text) {
		return !quarter.MatchString(text)
	}
	return numberedText.MatchString(text) && strings.Contains(text, "?")
}

// isQuestion reports whether text is a question: marked as one or ending with a question mark.
func isQuestion(text string) bool {
	text = strings.TrimSpace(text)
	return marksQuestion(text) || len(text) <= maxQuestion && strings.HasSuffix(strings.TrimRight(text, " \u00a0*)]\"”’"), "?")
}

// isFormQuestion reports whether a paragraph that begins as a form's question is nobody else's: it is only the mark, or
// ends with its question mark or a request after it. Where it is plain, a number alone is no mark: members list questions
// of their own.
func isFormQuestion(text string, bold bool) bool {
	text = strings.TrimSpace(text)
	switch {
	case !marksQuestion(text), !bold && !questionMark.MatchString(text):
		return false
	case onlyMark.MatchString(text):
		return true
	}
	end := strings.LastIndexByte(text, '?')
	return end >= 0 && onlyRequests.MatchString(text[end+1:])
}

// An askedQuestion is the question that the text beneath it answers.
type askedQuestion struct {
	text  string // "" when nothing is asked
	level int    // of the heading it is, 0 for a bold paragraph
	field bool   // only the fields right beneath it answer
	above string // the paragraph just before, when it is a question
	bare  bool   // the paragraph just before was only "Question 3": the question itself may follow
	form  bool   // the paragraph just before was the form's question
}

// close ends the question at a heading of this level: any heading ends a bold paragraph's question, while a heading's own
// subheadings ("Our response") stay beneath it.
func (a *askedQuestion) close(level int) {
	a.above = ""
	if a.text != "" && (a.level == 0 || level <= a.level) {
		*a = askedQuestion{}
	}
}

// next looks at the paragraph that comes now and returns the question it asks. Headings and bold paragraphs can ask; so
// can a plain one that follows a bare "Question 3" or, where plain says so, that is a form's for certain.
func (a *askedQuestion) next(p *flowParagraph, plain bool) (question string, ok bool) {
	text := oneLine(p.labelled(), maxQuestion+100)
	wasBare := a.bare
	a.bare, a.form = false, false
	switch {
	case wasBare && strings.HasSuffix(text, "?") && isQuestion(text):
		a.form = true
		return a.text + " " + text, true
	case p.level == 0 && !p.bold && !(plain && isFormQuestion(text, false)), !isQuestion(text):
		return "", false
	}
	a.form = isFormQuestion(text, p.bold)
	a.level = p.level
	a.bare = onlyMark.MatchString(text)
	return text, true
}

// fill looks at a paragraph that somebody filled in: it answers the question above it, which may be a plain paragraph.
// The text after the fields is no answer any more.
func (a *askedQuestion) fill(p *flowParagraph) (answers bool) {
	above := a.above
	a.above = ""
	if !p.filled {
		if a.field {
			*a = askedQuestion{bare: a.bare}
		}
		if text := p.labelled(); p.level == 0 && isQuestion(text) {
			a.above = oneLine(text, maxQuestion+100)
		}
		return false
	}
	if p.bold && isQuestion(p.labelled()) { // the whole document is one field
		return false
	}
	if above != "" && !strings.HasSuffix(a.text, above) {
		*a = askedQuestion{text: above, field: true}
	}
	return a.text != ""
}

// guides reports whether a paragraph right beneath a form's question is the form's guidance on how to answer it.
func (a *askedQuestion) guides(p *flowParagraph) bool {
	return a.form && !p.filled && len(p.text) <= maxQuestion && guidance.MatchString(strings.TrimSpace(p.text))
}

// labelled is the paragraph as printed: its number, when it has one, and its text.
func (p *flowParagraph) labelled() string {
	text := strings.TrimSpace(p.text)
	if p.label == "" || p.label == "•" {
		return text
	}
	return strings.TrimSpace(p.label + " " + text)
}

// number is the paragraph's printed number: the list's, or the one that somebody typed, which is part of the text too.
func (p *flowParagraph) number() string {
	if p.label != "" {
		return p.label
	}
	if m := markOf(strings.TrimLeftFunc(p.text, unicode.IsSpace)); !m.bullet {
		return m.label
	}
	return ""
}

// formQuestion is why the words of whoever made the form are not coded; the answer carries them in its place.
// formGuidance is why those under a question are not.
const (
	formQuestion = "question of the form"
	formGuidance = "guidance of the form"
)

// A tableForm finds the questions in a table's rows.
type tableForm struct {
	columns bool   // the first row names a column of questions and one of answers
	asked   string // by a row of a single cell, for the rows beneath it
}

// A cellQuestion says what one cell asks or answers.
type cellQuestion struct {
	text    string // the question that the cell stands under
	asks    bool   // the cell is the question
	answers bool   // the cell answers it
}

// isForm reports whether the first row is a form's head, "Question | Response".
func (t *flowTable) isForm() bool {
	if len(t.rows) < 2 || len(t.rows[0].cells) < 2 {
		return false
	}
	head := t.rows[0].cells
	n := len(head)
	return questionHead.MatchString(head[n-2].printed()) && len(head[n-1].printed()) < 100 && answerHead.MatchString(head[n-1].printed())
}

// row finds the questions of a row: "question | answer" with perhaps a number before it, "question | choice | comment" where
// the question is numbered, or a question across the row with its answer in the next.
func (f *tableForm) row(r flowRow) []cellQuestion {
	out := make([]cellQuestion, len(r.cells))
	if len(r.cells) == 1 {
		f.single(&r.cells[0], &out[0])
		return out
	}
	for i := range out {
		out[i].text = f.asked
	}
	first, prefix := 0, ""
	if len(r.cells) > 2 {
		if text := r.cells[0].printed(); text == "" || bareNumber.MatchString(strings.ToLower(text)) || onlyMark.MatchString(text) {
			first, prefix = 1, text
		}
	}
	after := len(r.cells) - first - 1
	if after < 1 || after > 2 {
		return out
	}
	question := strings.TrimSpace(prefix + " " + r.cells[first].printed())
	asks := marksQuestion(question) || after == 1 && isQuestion(question) || f.columns && after == 1 && r.number > 1 && question != ""
	if !asks || len(question) > maxQuestion {
		return out
	}
	for i := range out {
		if i <= first {
			out[i] = cellQuestion{asks: true}
		} else {
			out[i] = cellQuestion{text: oneLine(question, maxQuestion+100), answers: true}
		}
	}
	return out
}

func (f *tableForm) single(c *flowCell, q *cellQuestion) {
	text := c.printed()
	switch {
	case isQuestion(text):
		f.asked = oneLine(text, maxQuestion+100)
		q.asks = true
	case f.asked != "":
		*q = cellQuestion{text: f.asked, answers: true}
	}
}

// printed is the cell's own text with its number, as far as it could be a question.
func (c *flowCell) printed() string {
	var s strings.Builder
	for i := range c.content {
		if c.content[i].table != nil || s.Len() > maxQuestion {
			break
		}
		s.WriteString(c.content[i].labelled())
		s.WriteByte('\n')
	}
	return strings.TrimSpace(s.String())
}
