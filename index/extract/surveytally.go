package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// What is listed of a column's answers.
const (
	maxOptions    = 50 // of a closed question; the commonest are listed
	maxOption     = 200
	maxFirst      = 3
	maxFirstBytes = 60
)

// A tally counts values, whatever their case, in the order in which they first come.
type tally struct {
	at     map[string]int
	values []Option
	more   int // values beyond those that are kept
}

// maxDistinct bounds the different values of one column that are kept: it has more respondents than any survey.
const maxDistinct = 200_000

func (t *tally) add(value string, count int) {
	value = strings.TrimSpace(value)
	if value == "" {
		return
	}
	key := value
	if len(key) <= maxOption {
		key = strings.ToLower(key)
	}
	i, ok := t.at[key]
	if !ok {
		if len(t.values) >= maxDistinct {
			t.more += count
			return
		}
		if t.at == nil {
			t.at = map[string]int{}
		}
		i = len(t.values)
		t.at[key] = i
		t.values = append(t.values, Option{Value: value})
	}
	t.values[i].Count += count
}

// options lists the values for a person: scales in their order, others by how often they were chosen.
func (t *tally) options() []Option {
	out := slices.Clone(t.values)
	slices.SortStableFunc(out, func(a, b Option) int { return cmp.Compare(b.Count, a.Count) })
	out = out[:min(len(out), maxOptions)]
	for i := range out {
		out[i].Value = oneLine(out[i].Value, maxOption)
	}
	return out
}

// A choiceList is the answers of a column that each name several of few choices.
type choiceList struct {
	separator string // "" when the column is none
	marked    bool   // every answer ends with the separator, as Microsoft Forms writes them
}

func (c choiceList) words() string {
	switch c.separator {
	case "\n":
		return "one a line"
	case ",":
		return "parted by commas"
	}
	return "parted by semicolons"
}

const (
	maxChoices     = 20
	maxChoiceWords = 12
	fewAnswers     = 8 // below this many, only plain signs count
)

// list finds what parts the choices. Commas are only believed where the same few choices come again and again, since people's
// own words have commas too.
func (t *tally) list(filled int, l *surveyLayout) choiceList {
	for _, sep := range []string{";", "\n", ","} {
		least, times := fewAnswers, 2
		if sep == "," {
			times = 3
			if l != nil && (l.name == googleForms || l.name == qualtrics) {
				least = 4
			}
		}
		marked := sep == ";" && t.endsWith(sep)
		parts, several, ok := t.parts(sep, marked)
		switch total := totalCount(parts.values); {
		case !ok:
		case marked, several > 1 && filled >= least && total > filled && total >= times*len(parts.values):
			return choiceList{sep, marked}
		}
	}
	return choiceList{}
}

func (t *tally) endsWith(sep string) bool {
	return len(t.values) > 0 && !slices.ContainsFunc(t.values, func(o Option) bool { return !strings.HasSuffix(o.Value, sep) })
}

// parts counts the choices; ok is false when they are too many or too long to be choices.
func (t *tally) parts(sep string, marked bool) (parts *tally, several int, ok bool) {
	parts = &tally{}
	for _, o := range t.values {
		choices := splitChoices(o.Value, sep)
		if len(choices) > 1 {
			several += o.Count
		}
		for _, c := range choices {
			parts.add(c, o.Count)
			if !marked && (len(parts.values) > maxChoices || Words(c) > maxChoiceWords) {
				return parts, several, false
			}
		}
	}
	return parts, several, true
}

func totalCount(options []Option) int {
	n := 0
	for _, o := range options {
		n += o.Count
	}
	return n
}

// splitChoices parts an answer. A comma inside brackets, or before a word in lower case, belongs to the choice, "Health,
// social care", unless the first choice begins in lower case itself.
func splitChoices(cell, sep string) []string {
	var out []string
	if sep != "," {
		for part := range strings.SplitSeq(cell, sep) {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
		return out
	}
	lower := startsLower(strings.TrimSpace(cell))
	start, depth := 0, 0
	for i, r := range cell {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ',' && depth <= 0 && (lower || !startsLower(strings.TrimSpace(cell[i+1:]))):
			out = append(out, strings.TrimSpace(cell[start:i]))
			start = i + 1
		}
	}
	return append(out, strings.TrimSpace(cell[start:]))
}

// closedStem is an answer to a closed question with which a longer one may begin. It ends at punctuation, or before a word that
// gives a reason or a condition.
var closedStem = regexp.MustCompile(`(?i)^(strongly agree|strongly disagree|tend to agree|tend to disagree|somewhat agree|somewhat disagree|neither agree nor disagree|neither|agree|disagree|strongly support|strongly oppose|support|oppose|yes|no|maybe|possibly|perhaps|partly|partially|mostly|in part|in principle|not sure|unsure|undecided|don['’]?t know|do not know|to some extent|not entirely|not really|not applicable|n/?a)(?:$|\s*[.,;:!(\n–—-]\s*|\s+(?:but|because|as|since|if|although|though|however|and|provided|only|unless|except|with|so|when|while|where|it|we|i|this|these|they|there|the)\b\s*)`)

// stemOf parts an answer that begins with one to a closed question, and says whether it goes on in words.
func stemOf(cell string) (stem string, goesOn bool) {
	m := closedStem.FindStringSubmatchIndex(cell)
	if m == nil {
		return "", false
	}
	return cell[:m[3]], strings.ContainsFunc(cell[m[3]:], wordRune)
}

// isHybrid tells closed answers of which some go on in words: nearly all begin with a closed answer, many are nothing else, and
// what goes on is hardly ever said twice, as the choices "Yes, fully" and "Yes, partly" would be.
func (t *tally) isHybrid(filled int) bool {
	begun, bare, onward, different := 0, 0, 0, 0
	for _, o := range t.values {
		switch stem, goesOn := stemOf(o.Value); {
		case stem == "":
		case goesOn:
			begun += o.Count
			onward += o.Count
			different++
		default:
			begun += o.Count
			bare += o.Count
		}
	}
	return filled >= 3 && begun*10 >= filled*8 && bare*5 >= filled && onward > 0 && different*2 > onward
}

// stems counts the closed answers of a hybrid column; what begins with none counts as itself.
func (t *tally) stems() *tally {
	out := &tally{}
	for _, o := range t.values {
		stem, _ := stemOf(o.Value)
		out.add(cmp.Or(stem, o.Value), o.Count)
	}
	return out
}
