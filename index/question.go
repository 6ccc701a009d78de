package index

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"collate/index/extract"
)

// A Question is one that the consultation put to its members.
type Question struct {
	ID     string `json:"id" yaml:"id"`
	Text   string `json:"text" yaml:"text"`
	Source string `json:"source,omitempty" yaml:"-"` // the document it was found in; "" where the themes file lists it
}

// SetQuestion decides which question a passage answers, "" for none, under the coder's name.
func (c *Consultation) SetQuestion(ctx context.Context, passage, question, coder string) error {
	passage, _, _ = strings.Cut(passage, ".") // as the workbook's first column has it
	var id string
	err := c.record.read.QueryRowContext(ctx, `SELECT id FROM passage WHERE id = ?`, passage).Scan(&id)
	if err == sql.ErrNoRows {
		return fmt.Errorf("setting the question of %q: %w", passage, ErrNoPassage)
	}
	if err != nil {
		return err
	}
	return c.Decide(ctx, []Decision{{Kind: ByPerson, Coder: coder, Act: ActQuestion, Subject: passage, Value: question}})
}

// question assigns the passages that count to questions: as the tool sees it, and then as people decided, whose decisions
// follow the same words of the same member into a new version.
func (s *Snapshot) question(questions []Question) {
	s.Questions = questions
	if len(questions) == 0 {
		for _, ref := range s.References {
			if ref.Document != nil {
				s.Questions = mergeQuestions(s.Questions, FindQuestions(ref.Document), ref.Name)
			}
		}
	}
	decided := s.decidedQuestions()
	for _, sub := range s.Submissions {
		if sub.Excluded != "" {
			continue
		}
		AssignQuestions(sub.Name, sub.Document, sub.Passages, s.Questions)
		for _, p := range sub.Passages {
			if question, ok := decided[p]; ok {
				p.Question, p.Why = question, "a person said so"
			}
		}
	}
}

// decidedQuestions are the questions that people gave to passages, the newest decision on each, wherever its words stand now. What
// finds no place is listed: see [Snapshot.LooseQuestions].
func (s *Snapshot) decidedQuestions() map[*Passage]string {
	seq := func(id string) int64 { return s.formers.decided[decidedAct{ActQuestion, id}] }
	out := map[*Passage]string{}
	for _, id := range slices.SortedFunc(maps.Keys(s.asked), func(a, b string) int { return cmp.Compare(seq(a), seq(b)) }) {
		p := s.Found(id, seq(id))
		if p == nil {
			s.looseQuestions = append(s.looseQuestions, id)
			continue
		}
		out[p] = s.asked[id]
	}
	slices.Sort(s.looseQuestions)
	return out
}

// LooseQuestions are the passages of which a person decided which question they answer and whose words are not there any more,
// or stand in several places of which nobody can tell the right one.
func (s *Snapshot) LooseQuestions() []string { return s.looseQuestions }

func mergeQuestions(have, more []Question, source string) []Question {
	for _, q := range more {
		if !slices.ContainsFunc(have, func(h Question) bool { return h.ID == q.ID }) {
			q.Source = source
			have = append(have, q)
		}
	}
	return have
}

// How alike a question and its quotation are: the share of words in common, of all their words (Jaccard), and by how much the
// best must be ahead of the next, or nobody can tell which was meant.
const (
	sameQuestion = 0.7
	clearlyAhead = 0.12
)

// AssignQuestions maps each passage of a document to the question that it plainly answers and says why: by the question that
// the form, the survey's column or a heading above puts (its own words, or its number), by the words with which the passage begins,
// or by its number in a letter that answers with as many numbers as there are questions. A passage with no plain sign, or with the
// numbers of two questions, stays unassigned.
func AssignQuestions(name string, doc *extract.Document, passages []*Passage, questions []Question) {
	for _, p := range passages {
		p.Question, p.Why = "", ""
	}
	if len(questions) == 0 {
		return
	}
	numbers := numberedAnswers(name, doc, passages, questions)
	for i, p := range passages {
		signs := wholeAndStem(p.Place.Question)
		for _, h := range slices.Backward(p.Place.Headings) {
			signs = append(signs, h)
		}
		for _, sign := range signs {
			if p.Question, p.Why = matchQuestion(sign, questions); p.Question != "" {
				break
			}
		}
		if p.Why == byNumber && inSurvey(p) && !sharesWords(p.Place.Question, p.Question, questions) {
			p.Question, p.Why = "", "" // a survey numbers its own questions
		}
		if p.Question == "" {
			p.Question, p.Why = openingQuestion(doc.Text[p.Body:p.End], questions)
		}
		if p.Question == "" && numbers != nil && numbers[i] != "" {
			p.Question, p.Why = numbers[i], fmt.Sprintf("its number: the answers are numbered 1 to %d, as the questions are", len(questions))
		}
	}
}

// wholeAndStem gives a survey's question also without the part behind a dash, "Do you agree? – Please explain your answer".
func wholeAndStem(asked string) []string {
	out := []string{asked}
	for _, dash := range []string{" – ", " - "} {
		if stem, _, ok := strings.Cut(asked, dash); ok {
			out = append(out, stem)
		}
	}
	return out
}

// QuestionAsked is the question of the consultation that a column of a survey puts, and why; "" where it plainly puts none of them. A
// number alone is no sign: a survey numbers its own questions.
func QuestionAsked(column string, questions []Question) (id, why string) {
	for _, asked := range wholeAndStem(column) {
		id, why = matchQuestion(asked, questions)
		if why == byNumber && !sharesWords(column, id, questions) {
			id, why = "", ""
		}
		if id != "" {
			break
		}
	}
	return id, why
}

// matchQuestion finds the question that a heading or a form's question is.
func matchQuestion(asked string, questions []Question) (id, why string) {
	if asked == "" {
		return "", ""
	}
	best, share, next := "", 0.0, 0.0
	for _, q := range questions {
		s := max(sharedWords(asked, q.Text), quoted(asked, q.Text))
		if s > share {
			best, share, next = q.ID, s, share
		} else {
			next = max(next, s)
		}
	}
	if share >= sameQuestion && share-next >= clearlyAhead {
		return best, "the question's own words"
	}
	if id := namedQuestion(asked, questions); id != "" {
		return id, byNumber
	}
	return "", ""
}

// byNumber is why a passage answers a question that is only named by its number.
const byNumber = "the question's number"

func inSurvey(p *Passage) bool { return p.Place.Row > 0 && p.Place.Table == 0 }

// sharesWords asks a survey's heading for some of the question's words beside its number.
func sharesWords(heading, id string, questions []Question) bool {
	i := slices.IndexFunc(questions, func(q Question) bool { return q.ID == id })
	return i >= 0 && sharedWords(heading, questions[i].Text) >= 0.3
}

// questionNumber is a question named by its number: "Question 3", "Q3a.", "Staff (part of Q5)". "Q3 2023" is a quarter of a year.
var questionNumber = regexp.MustCompile(`(?i)\b(?:q|questions?|qu|qn)\s*\.?\s*(?:no\.?\s*|number\s+)?(\d{1,3}(?:\.\d{1,2})*)(?:\s*\(([a-z])\)|([a-z])\b|\b)(\s*(?:19|20)\d\d\b)?(?:\s*(?:and|&|,|to|-|–)\s*q?\d)?`)

// namedQuestion is the one question that a text names by number; "" where it names none or more than one.
func namedQuestion(text string, questions []Question) string {
	found := ""
	for _, m := range questionNumber.FindAllStringSubmatch(text, -1) {
		if m[4] != "" {
			continue
		}
		if several.MatchString(m[0]) {
			return ""
		}
		id := questionOf(m[1], strings.ToLower(m[2]+m[3]), questions)
		if found != "" && id != "" && id != found {
			return ""
		}
		if id != "" {
			found = id
		}
	}
	return found
}

// several is the end of "Questions 2 and 3".
var several = regexp.MustCompile(`(?i)\d\W*(?:and|to|[&,–-])\s*q?\d$`)

// questionOf finds the question of a number and, where there is one, a letter: "3a", or the whole of question 3.
func questionOf(number, letter string, questions []Question) string {
	whole := ""
	for _, q := range questions {
		n, l := questionKey(q.ID)
		switch {
		case n == number && l == letter:
			return q.ID
		case n == number && l == "":
			whole = q.ID
		}
	}
	return whole
}

var questionID = regexp.MustCompile(`(?i)^\s*(?:question|qu|qn|q)?\s*\.?\s*0*(\d{1,3}(?:\.\d{1,2})*)\s*\(?([a-z])?\)?\.?\s*$`)

// questionKey is the number and letter of a question's id: "Q3a" is 3 and a.
func questionKey(id string) (number, letter string) {
	m := questionID.FindStringSubmatch(id)
	if m == nil {
		return "", ""
	}
	return m[1], strings.ToLower(m[2])
}

// turning is how a paragraph says which question it turns to.
var turning = regexp.MustCompile(`(?i)^\W*(?:(?:in (?:response|answer|reply|relation|regard) to|with (?:regard|respect) to|in respect of|responding to|answering|turning to|moving (?:on )?to|on|to|for|regarding|concerning|as (?:for|to|regards)|re)\b[:,]?\s+)?(?:your |the |our (?:answer|response) to )?(?:consultation )?(?:q|questions?|qu|qn)\s*\.?\s*\d`)

// openingQuestion finds the question that a passage begins with: named by number, or quoted in its first line. A line that is a
// name or a greeting is passed over; where a later paragraph turns to another question nobody can tell.
func openingQuestion(text string, questions []Question) (id, why string) {
	for _, paragraph := range strings.Split(text, extract.BlockSeparator) {
		found, sign := turnsTo(paragraph, questions)
		switch {
		case id == "" && found == "" && extract.Words(paragraph) >= 8:
			return "", "" // it speaks of something else first
		case id == "":
			id, why = found, sign
		case found != "" && found != id:
			return "", ""
		}
	}
	return id, why
}

// turnsTo finds the question that a paragraph begins with.
func turnsTo(paragraph string, questions []Question) (id, why string) {
	first, rest, _ := strings.Cut(strings.TrimLeft(paragraph, " \t\n"), "\n")
	if at := strings.Index(first, "?"); at >= 0 && (rest != "" || at+1 < len(first)) {
		if id, why := matchQuestion(first[:at+1], questions); why == "the question's own words" {
			return id, "it begins with the question's own words"
		}
	}
	if at := turning.FindStringIndex(first); at != nil {
		head := strings.ToValidUTF8(first[:min(len(first), at[1]+12)], "") // as far as "3 and 4" would reach
		if id := namedQuestion(head, questions); id != "" {
			return id, "it begins with the question's number"
		}
	}
	return "", ""
}

// answering is what a letter says that answers by numbers alone.
var answering = regexp.MustCompile(`(?i)\b(?:answers?|questions?)\b`)

// numberedAnswers reads a letter whose numbered paragraphs are 1 to n, each once, for n questions, and that speaks of answers or
// questions in its name, subject, title or first lines. nil when it is no such letter.
func numberedAnswers(name string, doc *extract.Document, passages []*Passage, questions []Question) []string {
	n := len(questions)
	if n < 3 || !answering.MatchString(name+"\n"+doc.Facts.Subject+"\n"+doc.Facts.Title) {
		return nil
	}
	out := make([]string, len(passages))
	seen := map[int]bool{}
	for i, p := range passages {
		label := strings.Trim(p.Place.Label, ".()")
		k, err := strconv.Atoi(label)
		if err != nil {
			continue
		}
		id := questionOf(label, "", questions)
		if id == "" || seen[k] {
			return nil
		}
		seen[k], out[i] = true, id
	}
	if len(seen) != n {
		return nil
	}
	return out
}

// sharedWords is the share of words that two sentences have in common, of all their words (Jaccard).
func sharedWords(a, b string) float64 {
	x, y := wordSet(a), wordSet(b)
	both := inBoth(x, y)
	if all := len(x) + len(y) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}

// quoted is how far a longer text holds a question of six words or more: the share of its words that are there, where
// nine in ten are and the text is not much longer.
func quoted(text, question string) float64 {
	x, y := wordSet(text), wordSet(question)
	if len(y) < 6 || len(x) > 3*len(y) {
		return 0
	}
	if share := float64(inBoth(x, y)) / float64(len(y)); share >= 0.9 {
		return share
	}
	return 0
}

func inBoth(x, y map[string]bool) int {
	n := 0
	for w := range x {
		if y[w] {
			n++
		}
	}
	return n
}

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), notWord) {
		set[w] = true
	}
	return set
}

func notWord(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r > 127) }

var (
	askedHere    = regexp.MustCompile(`(?is)^\W*(?:consultation\s+)?(?:question|q)\s*\.?\s*(\d{1,3}(?:\.\d{1,2})*\s*[a-z]?)\s*[.:)\]–-]*\s*(.*)$`)
	questionsTop = regexp.MustCompile(`(?i)\bquestions?\b`)
)

// FindQuestions finds the questions that a consultation document puts: "Question 3: What do you ...?", the question on the
// line after a bare "Question 3", or a numbered list of questions under a heading that speaks of questions. A question that is
// printed again, as in a list at the end, counts once.
func FindQuestions(doc *extract.Document) []Question {
	var marked, listed []Question
	open := "" // the number of a bare "Question 3"
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if b.Kind == extract.Note || b.Kind == extract.Furniture && b.Why != "question of the form" {
			continue
		}
		text := strings.Join(strings.Fields(doc.Text[b.Start:b.End]), " ")
		m := askedHere.FindStringSubmatch(text)
		switch {
		case m != nil && strings.HasSuffix(strings.TrimRight(m[2], " )*\"”’"), "?"):
			marked, open = addQuestion(marked, m[1], m[2]), ""
		case m != nil && m[2] == "":
			open = m[1]
		case open != "" && strings.HasSuffix(text, "?"):
			marked, open = addQuestion(marked, open, text), ""
		case numbered(b.Place.Label) && strings.HasSuffix(text, "?") && underQuestions(b.Place.Headings):
			listed, open = addQuestion(listed, strings.Trim(b.Place.Label, ".():"), text), ""
		default:
			open = ""
		}
	}
	if len(marked) > 0 {
		return marked
	}
	if len(listed) > 1 {
		return listed
	}
	return nil
}

func underQuestions(headings []string) bool {
	return slices.ContainsFunc(headings, questionsTop.MatchString)
}

func addQuestion(to []Question, number, text string) []Question {
	id := "Q" + strings.ToLower(strings.Join(strings.Fields(number), ""))
	if slices.ContainsFunc(to, func(q Question) bool { return q.ID == id }) || len(to) >= 500 {
		return to
	}
	return append(to, Question{ID: id, Text: strings.TrimSpace(text)})
}
