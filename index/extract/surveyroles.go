package extract

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
)

// How columns are told apart. A closed question offers a dozen answers at most, and few of them are long.
const (
	maxClosedValues = 12
	openMeanWords   = 4
	longAnswerWords = 10
)

// columnStats are the figures of a column that its role is told by.
type columnStats struct {
	rows, filled, distinct int
	words                  float64 // mean, of the cells with something in them
	longest                int     // words
	textual                int     // cells with words
	organisations          int     // cells with a word that organisations are called by
	total                  int     // words of all cells
	emails                 int     // cells that are an e-mail address
	dates, codes, places   int     // cells that are a date or time; one token with a digit; a postcode or IP address
	values                 tally
	list                   choiceList
}

var (
	emailCell = regexp.MustCompile(`^\S+@\S+\.\S+$`)
	dateCell  = regexp.MustCompile(`^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?i:\d{1,2}(st|nd|rd|th)?[ -](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*,?[ -]\d{2,4}))([T ,]+\d{1,2}:\d{2}.*)?$`)
	// The words are those of names, so with a capital.
	organisationName = regexp.MustCompile(`\b(Association|Alliance|Trust|Union|Guild|Network|Forum|Council|Federation|Partnership|Society|Charity|Foundation|Coalition|Consortium|Together|Group|Institute|College|Academy|School|Nursery|Service|Services|Centre|Circle|Board)s?\b`)
	codeCell         = regexp.MustCompile(`^[A-Za-z]{0,6}[-_#]?[\w-]*\d[\w-]*$`)
	locationCell     = regexp.MustCompile(`^((\d{1,3}\.){3}\d{1,3}|(?i:[a-z]{1,2}\d[a-z\d]?( ?\d[a-z]{2})?))$`)
)

// What is longer is no name, address, date or code.
const (
	maxTokenWords = 10
	maxTokenBytes = 254
)

// newColumnsStats looks at each cell once, row by row: a sheet of short rows may have one very long one.
func newColumnsStats(rows []sheetRow, width int, l *surveyLayout) []columnStats {
	out := make([]columnStats, width)
	for i := range out {
		out[i].rows = len(rows)
	}
	for _, row := range rows {
		for i, cell := range row.cells[:min(len(row.cells), width)] {
			if cell = strings.TrimSpace(cell); cell != "" {
				out[i].add(cell)
			}
		}
	}
	for i := range out {
		s := &out[i]
		s.distinct = len(s.values.values) + s.values.more
		if s.filled > 0 {
			s.words = float64(s.total) / float64(s.filled)
		}
		s.list = s.values.list(s.filled, l)
	}
	return out
}

func (s *columnStats) add(cell string) {
	s.filled++
	s.values.add(cell, 1)
	n := Words(cell)
	s.total += n
	s.longest = max(s.longest, n)
	if isTextual(cell) {
		s.textual++
	}
	if n > maxTokenWords || len(cell) > maxTokenBytes {
		return
	}
	if organisationName.MatchString(cell) {
		s.organisations++
	}
	switch {
	case strings.Contains(cell, "@") && emailCell.MatchString(cell):
		s.emails++
	case dateCell.MatchString(cell):
		s.dates++
	case locationCell.MatchString(cell):
		s.places++
	case codeCell.MatchString(cell):
		s.codes++
	}
}

func (s *columnStats) addresses() bool { return s.emails*10 >= s.filled*8 && s.filled > 0 }

var (
	memberHeading = regexp.MustCompile(`(?i)\b(organi[sz]ations?|on behalf of|company|employer|charity|institution|name of (your |the )?(school|group|forum|union|setting|service))\b`)
	// Headings of few words that ask who or when.
	identityHeading = regexp.MustCompile(`(?i)\b(id|ref|reference|uuid|guid|token|name|names|forename|surname|first|last|e-?mail|mail|phone|telephone|tel|mobile|contact|address|postcode|post code|zip|ip|ip address|timestamp|date|time|submitted|submission|completed|started|start|finished|end|recorded|created|modified|latitude|longitude|collector|respondent|user|username|channel|seq|row|serial|#)\b|^#$|^no\.?$|\bnumber$`)
	// Whole questions that ask who answers.
	identityQuestion = regexp.MustCompile(`(?i)\b(what is|please (give|enter|provide|state)|enter|your)\b.{0,30}\b(name|e-?mail( address)?|telephone( number)?|phone( number)?|postcode|address|job title|contact details)\b`)
	respondentID     = regexp.MustCompile(`(?i)^(response|respondent|submission|record|entry|participant|survey|form|case|answer|user|unique)?[ _-]*(id|ref|reference|no\.?|number|code|key|uuid|#)$|^#$`)
	asksWords        = regexp.MustCompile(`(?i)\?\s*$|\?|^(please|why|how|what|which|who|when|where|do|does|did|are|is|have|has|should|would|could|can|any|anything|tell|describe|explain|give|comments?|other|further|additional|your views?|reasons?|q ?\d+)\b`)
)

func isRespondentID(name string) bool { return name != "" && respondentID.MatchString(name) }

// role tells what a column is and why, in a sentence.
func (s columnStats) role(name string) (ColumnRole, string) {
	if role, why := s.plainRole(name); role != "" {
		return role, why
	}
	mean := fmt.Sprintf("%.0f words on average", s.words)
	switch {
	case s.values.isScale(name, s.filled):
		return Scale, "The answers are on a scale."
	case s.textual*2 < s.filled:
		return Closed, "The column holds figures."
	case s.list.separator != "" && s.words < 3*longAnswerWords:
		return Multiple, "The answers are choices from one list, " + s.list.words() + "."
	case s.values.isHybrid(s.filled):
		return Hybrid, "The answers are closed ones, and some go on in words."
	case s.isClosed():
		return Closed, counted(s.distinct, "answer, a short one.", "different answers, all short.")
	case s.words >= openMeanWords:
		return Open, "The answers are in words, " + mean + "."
	case asksWords.MatchString(name) && (s.longest >= openMeanWords || s.distinct > maxClosedValues):
		return Open, "The heading asks a question and the answers differ, " + mean + "."
	}
	return Closed, "The values are short, " + mean + "."
}

// plainRole tells columns by their heading or the form of their values; "" when neither says.
func (s columnStats) plainRole(name string) (ColumnRole, string) {
	nearly := func(n int) bool { return n*10 >= s.filled*8 }
	heading := Words(name) <= 5 && !strings.HasSuffix(name, "?")
	switch {
	case s.filled == 0:
		return Ignored, "The column is empty."
	case s.addresses():
		return Identity, "The values are e-mail addresses."
	case s.isPermission(name):
		return Permission, "The heading asks how the answers may be used."
	case memberHeading.MatchString(name) && s.isNames():
		return Member, "The heading asks for an organisation and the values are names."
	case heading && s.isNames() && s.organisations*10 >= s.filled*6 && s.distinct*10 >= s.filled*8 && s.filled >= 3:
		return Member, "The values are names of organisations."
	case identityQuestion.MatchString(name) && s.words <= 8:
		return Identity, "The heading asks who answers."
	case heading && identityHeading.MatchString(name) && s.words <= 8 && !s.comesAgain():
		return Identity, "The heading asks who or when."
	case s.distinct == 1 && s.rows >= 3 && s.filled == s.rows && s.words < longAnswerWords && !asksWords.MatchString(name):
		return Ignored, "The value is the same in every row."
	case nearly(s.dates):
		return Identity, "The values are dates."
	case nearly(s.places) && s.distinct > maxClosedValues:
		return Identity, "The values are postcodes or addresses."
	case nearly(s.codes) && s.distinct == s.filled && s.filled >= 3 && s.textual > 0:
		return Identity, "The values are codes, each different."
	}
	return "", ""
}

// options are the answers of a closed question with their counts; nil for a column of any other role.
func (s columnStats) options(role ColumnRole) []Option {
	switch {
	case role == Multiple:
		parts, _, _ := s.values.parts(cmp.Or(s.list.separator, ";"), true)
		return parts.options()
	case role == Scale:
		return s.values.scaleOptions()
	case role == Hybrid:
		return s.values.stems().options()
	case role == Permission, role == Closed && (s.textual*2 >= s.filled || s.distinct <= maxOptions): // figures that are all different are no options
		return s.values.options()
	}
	return nil
}

// first are the first different values, for a person to know the column by.
func (s columnStats) first() []string {
	var out []string
	for _, o := range s.values.values[:min(s.distinct, maxFirst)] {
		out = append(out, oneLine(o.Value, maxFirstBytes))
	}
	return out
}

// comesAgain guards against "First choice" and "Start of the plan": few values that come again are a closed question.
func (s columnStats) comesAgain() bool {
	return s.filled >= 8 && s.distinct <= maxClosedValues && s.textual*2 > s.filled && s.distinct*3 <= s.filled
}

// isNames tells names of organisations: words, not many, and seldom the same.
func (s columnStats) isNames() bool {
	return s.words <= 8 && s.textual*10 >= s.filled*7 && s.words >= 1 && s.distinct*2 >= s.filled && (s.distinct > 2 || s.words >= 1.5)
}

// isClosed asks for few values that are short, or come again. Eight respondents who each write a sentence are no closed
// question, and a campaign text that hundreds sent is not one either.
func (s columnStats) isClosed() bool {
	if s.distinct > maxClosedValues || s.words > longAnswerWords {
		return false
	}
	return s.longest <= 3 || s.filled >= 4 && s.distinct*2 <= s.filled && s.longest <= 2*longAnswerWords
}
