package quotation

import (
	"regexp"
	"strings"
)

var (
	clauseEnd = regexp.MustCompile(`[,;:()–—]|\s-\s`)
	opening   = regexp.MustCompile(`(?i)^(?:(?:and|but)\s+)?(?:if|unless|whether|until|suppose|supposing|provided|only if|even if)\b`)
	following = regexp.MustCompile(`(?i)^[\s,;–—-]*(?:but )?(only (?:if|when|where|once)|if|unless|until|provided|providing|except|(?:as|so) long as|on (?:the )?condition|subject to)\b`)
)

// Turned says how the sentence that a quotation is cut from has another sense than the quotation alone: the clause before it denies it, "We do
// not believe that ...", or sets a condition before it or behind it. It is "" where nothing does.
func (m *Match) Turned() string {
	clause := m.Lead
	if at := clauseEnd.FindAllStringIndex(clause, -1); len(at) > 0 {
		clause = clause[at[len(at)-1][1]:]
	}
	for _, w := range words(clause) {
		if negates(w.fold) {
			return "before it, the sentence says “" + strings.TrimSpace(clause) + "”"
		}
	}
	if clause = strings.TrimSpace(clause); opening.MatchString(clause) {
		return "before it, the sentence says “" + clause + "”"
	}
	if said := following.FindStringSubmatch(m.Tail); said != nil {
		return "the sentence goes on with “" + few(m.Tail) + "”"
	}
	return ""
}

// few are the first words of a text.
func few(text string) string {
	list := words(text)
	if len(list) == 0 {
		return ""
	}
	if n := 10; len(list) > n {
		return text[list[0].start:list[n-1].end] + " …"
	}
	return text[list[0].start:list[len(list)-1].end]
}

// Run is a stretch of a text that stands in the corpus as it is.
type Run struct {
	Start, End int // bytes of the text that was looked through
	Words      int
}

// Runs are the stretches of a text, of so many words at least, that stand in the corpus word by word.
func (c *Corpus) Runs(text string, least int) []Run {
	list := words(text)
	ids := c.numbers(list)
	var out []Run
	for i := 0; i+least <= len(ids); {
		to, _ := c.longestRun(ids, i, nil)
		if to-i < least {
			i++
			continue
		}
		out = append(out, Run{list[i].start, list[to-1].end, to - i})
		i = to
	}
	return out
}

// Length is how many words a text has, as quotations are compared.
func Length(text string) int { return len(words(text)) }
