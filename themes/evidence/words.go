package evidence

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A WordCount is how long a draft is. The Commons' guidance recommends at most 3,000 words and says nothing of footnotes or annexes, so all
// that a reader sees is counted: heading, summary, paragraphs, footnotes and annex.
type WordCount struct {
	Total int         `json:"total"`
	Limit int         `json:"limit"`
	Parts []PartWords `json:"parts"` // in the order of the document; they add up to Total
}

// PartWords is one part of the document.
type PartWords struct {
	ID      string `json:"id"`
	Heading string `json:"heading"`
	Words   int    `json:"words"`
	Budget  int    `json:"budget,omitempty"`
}

// Words counts the words of a text as Word does: what stands between white space.
func Words(text string) int { return len(strings.Fields(text)) }

// warnAt is from where on a document is nearly too long: nine tenths, which is 2,700 of 3,000.
func warnAt(limit int) int { return limit * 9 / 10 }

func (s *Section) words(notes bool) int {
	n := 0
	if notes {
		n = Words(s.Heading)
	}
	for i := range s.Paragraphs {
		n += Words(s.Paragraphs[i].Text())
		for _, r := range s.Paragraphs[i].Runs {
			if notes {
				n += Words(r.Note)
			}
		}
	}
	return n
}

func (d *drafter) count() {
	c := &d.out.Count
	c.Limit = d.o.Words
	add := func(p PartWords) {
		c.Parts = append(c.Parts, p)
		c.Total += p.Words
	}
	if d.o.Kind == Evidence {
		add(PartWords{"heading", "Heading", Words(d.out.Title()) + Words(d.out.Inquiry) + Words(d.out.Committee) + Words(d.out.Date), 0})
		n := Words(SummaryHeading)
		for _, b := range d.out.Summary {
			n += Words(b.Text + b.Reference())
		}
		add(PartWords{"summary", SummaryHeading, n, 0})
	}
	for i := range d.out.Sections {
		s := &d.out.Sections[i]
		s.Words = s.words(d.o.Kind == Evidence)
		add(PartWords{s.ID, s.Heading, s.Words, s.Budget})
	}
	if a := d.out.Annex; a != nil {
		add(PartWords{"annex", AnnexHeading, Words(AnnexHeading + " " + strings.Join(a.texts(), " ")), 0})
	}
}

// curly is a person's text, or ours, with the quotation marks and dashes that print has. It is never put on a member's words.
func curly(text string) string {
	var b strings.Builder
	before := ' '
	for i, r := range text {
		after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		opens := unicode.IsSpace(before) || strings.ContainsRune("([{“‘–—", before)
		switch {
		case r == '"' && opens:
			b.WriteRune('“')
		case r == '"':
			b.WriteRune('”')
		case r == '\'' && opens && !unicode.IsDigit(after):
			b.WriteRune('‘')
		case r == '\'':
			b.WriteRune('’')
		case r == '-' && unicode.IsSpace(before) && unicode.IsSpace(after):
			b.WriteRune('–')
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// oneLine is text with its white space, line breaks included, as single spaces.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

var sentenceEnd = regexp.MustCompile(`[.!?…][)\]”’"']*$`)

// sentence is text that ends as a sentence does.
func sentence(text string) string {
	if text = strings.TrimSpace(text); text == "" || sentenceEnd.MatchString(text) || strings.HasSuffix(text, ":") {
		return text
	}
	return text + "."
}

// list joins names as prose does: "A, B and C".
func list(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
