package evidence

import (
	"regexp"
	"strings"

	"collate/index/extract"
)

// A Call is what a call for evidence, or a consultation's page, asks for, as it was found in the document. It is a stranger's text: all of it is
// proposed to a person and nothing of it is relied on.
type Call struct {
	Inquiry   string
	Committee string
	Closes    string // the day, "2023-06-09"; "" where none is found
	Words     int    // the limit it sets; 0 where none is found
	Terms     []string
	Why       string // where the terms were found
}

var (
	asksHeading  = regexp.MustCompile(`(?i)\bterms? of reference\b|\bquestions\b|\bissues\b|\bcall for (?:written )?evidence\b|\bscope\b|\bwhat we (?:want|would like) to (?:know|hear)`)
	asksLead     = regexp.MustCompile(`(?i)(?:terms? of reference|following (?:questions|points|issues|areas|topics|matters)|submissions? (?:on|addressing)|views? on|(?:invites?|welcomes?|interested in) .{0,80}(?:evidence|submissions?|views)).{0,120}:$`)
	asksNothing  = regexp.MustCompile(`(?i)\bhow to (?:respond|submit)|\bsubmitting\b|\bguidance\b|\bcontact\b|\bprivacy\b|\bmembership\b|\bfurther information\b|\bdeadline\b|\bwhat happens next\b`)
	closesLine   = regexp.MustCompile(`(?i)\b(?:deadline|closes?|closing|by|no later than|until|before)\b[^.]{0,80}?\b(\d{1,2}(?:st|nd|rd|th)?\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+20\d\d)`)
	ordinal      = regexp.MustCompile(`(\d)(?:st|nd|rd|th)\b`)
	wordLimit    = regexp.MustCompile(`(?i)\b(\d{1,2},?\d{3}|\d{3})\s+words\b`)
	termNumber   = regexp.MustCompile(`^\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[•–*-])\s+`)
	committeeOf  = regexp.MustCompile(`\b(?:the\s+)?((?:[A-Z][\pL’'-]+,? (?:and |of |for |on )?){1,7}Committee)\b`)
	inquiryLabel = regexp.MustCompile(`(?i)^(?:new inquiry|inquiry|call for (?:written )?evidence|terms of reference)\s*[:–-]\s*`)
)

// maxCallTerms and maxTermWords bound what is taken for a list of terms: more, or longer, is a document's body.
const (
	maxCallTerms = 40
	maxTermWords = 120
)

// ReadCall finds the terms of reference of a call for evidence: the list below a heading or a sentence that announces it, else the longest
// list of the document.
func ReadCall(doc *extract.Document) *Call {
	c := &Call{}
	c.head(doc)
	type found struct {
		terms []string
		why   string
	}
	var best, longest found
	under, announced := "", false
	for i := 0; i < len(doc.Blocks); i++ {
		b := &doc.Blocks[i]
		text := oneLine(doc.Text[b.Start:b.End])
		switch {
		case b.Kind == extract.Furniture || text == "":
		case b.Kind == extract.Heading:
			under, announced = text, asksHeading.MatchString(text) && !asksNothing.MatchString(text)
		case isTerm(b, text):
			terms, next := termsFrom(doc, i)
			i = next - 1
			f := found{terms, "the list under “" + under + "”"}
			if announced && len(best.terms) < 2 {
				best = f
			}
			announced = false
			if len(terms) > len(longest.terms) && !asksNothing.MatchString(under) {
				longest = f
			}
		case asksNothing.MatchString(text) && Words(text) <= 8: // a heading that the format does not mark
			under, announced = text, false
		case asksLead.MatchString(text):
			announced = true
		}
	}
	if len(best.terms) == 0 {
		best = longest
		best.why = strings.Replace(best.why, "the list", "the longest list, which stands", 1)
	}
	c.Terms, c.Why = best.terms, best.why
	return c
}

func isTerm(b *extract.Block, text string) bool {
	n := Words(text)
	return (b.Kind == extract.Item || b.Place.Label != "" || termNumber.MatchString(text)) && n >= 2 && n <= maxTermWords
}

// termsFrom are the items of a list that begins at a block. Items further in belong to the one above them.
func termsFrom(doc *extract.Document, at int) (terms []string, next int) {
	level := doc.Blocks[at].Level
	for next = at; next < len(doc.Blocks) && len(terms) < maxCallTerms; next++ {
		b := &doc.Blocks[next]
		text := oneLine(doc.Text[b.Start:b.End])
		if b.Kind == extract.Furniture || text == "" {
			continue
		}
		if b.Kind == extract.Heading || !isTerm(b, text) {
			break
		}
		text = termNumber.ReplaceAllString(text, "")
		if b.Kind == extract.Item && b.Level > level && len(terms) > 0 {
			terms[len(terms)-1] += " " + text
			continue
		}
		terms = append(terms, text)
	}
	return terms, next
}

// head finds the inquiry's title, the committee, the closing day and the limit of words.
func (c *Call) head(doc *extract.Document) {
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		text := oneLine(doc.Text[b.Start:b.End])
		if b.Kind == extract.Furniture {
			continue
		}
		if c.Inquiry == "" && b.Kind == extract.Heading && Words(text) >= 3 && !asksHeading.MatchString(inquiryLabel.ReplaceAllString(text, "")) && !strings.HasSuffix(text, "Committee") {
			c.Inquiry = inquiryLabel.ReplaceAllString(text, "")
		}
		if m := committeeOf.FindStringSubmatch(text); c.Committee == "" && m != nil {
			c.Committee = strings.TrimPrefix(m[1], "The ")
		}
		if m := closesLine.FindStringSubmatch(text); c.Closes == "" && m != nil {
			if day, err := Day(ordinal.ReplaceAllString(m[1], "$1")); err == nil {
				c.Closes = day.Format("2006-01-02")
			}
		}
		if m := wordLimit.FindStringSubmatch(text); c.Words == 0 && m != nil {
			c.Words = number(m[1])
		}
	}
	if c.Inquiry == "" {
		c.Inquiry = oneLine(inquiryLabel.ReplaceAllString(doc.Facts.Title, ""))
	}
}

func number(digits string) int {
	n := 0
	for _, r := range digits {
		if r >= '0' && r <= '9' {
			n = 10*n + int(r-'0')
		}
	}
	return n
}
