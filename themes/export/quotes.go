package export

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// wordsColumn is the Quotes column with the exact words, the one that links point to.
const wordsColumn = 11

// quoteHeads are the headings of the quotes, here and in the CSV. Where the view leaves something out the first is not that by which a
// sheet of quotes is read back.
func quoteHeads(v themes.View) []string {
	heads := []string{"Ref", "Member", "Type", "Document", "Place", "Heading", "Question", "Theme", "Stance", "Position in one line", "Exact words", "Why tagged",
		"Confidence", "Origin", "Checked by", "Checked on", "Consent", "Notes"}
	if !v.Whole() {
		heads[0] = themes.PartialHead
	}
	return heads[:quoteWidth(v)]
}

// quoteWidth is how many columns the quotes have: outside, those behind the words are not told.
func quoteWidth(v themes.View) int {
	if v.Outside {
		return wordsColumn
	}
	return wordsColumn + 7
}

// writeQuotes writes a row per passage and theme.
func writeQuotes(b *book) error {
	help := "The words are exact, to the character; those that tagged a passage are in bold. Filter and sort with the arrows: the links from Matrix and Stances keep working."
	if b.r.View.Outside {
		help = "The words are exact, to the character. Filter and sort with the arrows: the links from Matrix and Stances keep working."
	}
	p := b.open(layout{
		sheet: "Quotes", table: "QuotesTable", frozen: 2, paper: a3, columns: b.quoteColumns(),
		title: "Quotes: one row for each passage and theme",
		help:  help,
	})
	for i := range b.r.Quotes {
		p.add(quoteRow(&b.r.Quotes[i])[:len(p.layout.columns)]...)
	}
	p.do(func() error {
		return b.colour("Quotes", p.body(9), fmt.Sprintf("$I%d", firstRow), themes.Stance.Label, b.styles.stance)
	})
	return p.close()
}

func (b *book) quoteColumns() []column {
	s := b.styles
	widths := []float64{19, 22, 15, 22, 17, 20, 11, 19, 16, 34, 72, 22, 15, 11.5, 13, 12, 13, 20}
	var out []column
	for i, head := range quoteHeads(b.r.View) {
		out = append(out, column{head, widths[i], s.text})
	}
	out[1].style = s.strong
	return out
}

func quoteRow(q *themes.Quote) []any {
	return []any{q.Ref, q.Member, q.Type, q.Document, q.Place, q.Heading, q.Question, q.Theme, q.Stance.Label(), q.Line, quoteWords(q), because(q),
		confidence(q), q.Origin, q.CheckedBy, q.CheckedOn, q.Consent, noted(themes.CutNote(q.Note, cut(q)))}
}

// because is why a passage has its theme and, on a second line, its stance.
func because(q *themes.Quote) string {
	if q.StanceWhy == "" {
		return q.Because
	}
	return strings.TrimSpace(q.Because + "\nStance: " + strings.TrimPrefix(q.StanceWhy, "because: "))
}

// confidence is how likely a suggestion is to be right, in words, and in hundredths once they mean what they say.
func confidence(q *themes.Quote) string {
	if q.Calibrated && q.Confidence != "" {
		return fmt.Sprintf("%s: about %.0f in 100", q.Confidence, 100*q.Probability)
	}
	return string(q.Confidence)
}

// cut is how many characters of a quote its cell cannot hold.
func cut(q *themes.Quote) int {
	_, n := fit(q.Words)
	return n
}

// quoteWords is the cell of exact words: the same characters as the passage, what tagged it in bold.
func quoteWords(q *themes.Quote) any {
	if q.Withheld {
		return themes.Withheld
	}
	marks := usable(q.Words, q.Marks)
	// Excel reads _x0041_ as an escape, and one that a change to bold splits in two cannot be escaped: such words stay plain.
	if len(marks) == 0 || len(q.Words) > cellLimit || strings.Contains(q.Words, "_x") {
		return q.Words
	}
	var runs []excelize.RichTextRun
	add := func(from, to int, f *excelize.Font) { // without a font a run has the cell's
		if from < to {
			runs = append(runs, excelize.RichTextRun{Text: q.Words[from:to], Font: f})
		}
	}
	bold := font(11, ink, true)
	at := 0
	for _, m := range marks {
		add(at, m.Start, nil)
		add(m.Start, m.End, bold)
		at = m.End
	}
	add(at, len(q.Words), nil)
	if plain(runs) != q.Words {
		return q.Words
	}
	return runs
}

// usable are the marks in order that lie within words, on whole characters and without overlap.
func usable(words string, marks []themes.Span) []themes.Span {
	marks = slices.SortedFunc(slices.Values(marks), func(a, b themes.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var out []themes.Span
	end := 0
	for _, m := range marks {
		if m.Start < end || m.Start >= m.End || m.End > len(words) || !whole(words, m.Start) || !whole(words, m.End) {
			continue
		}
		out, end = append(out, m), m.End
	}
	return out
}

// whole reports whether a character begins or the words end at a byte.
func whole(words string, at int) bool { return at == len(words) || utf8.RuneStart(words[at]) }
