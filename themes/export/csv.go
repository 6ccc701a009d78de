package export

import (
	"bufio"
	"io"
	"strings"
	"unicode"

	"collate/themes"
)

// QuotesCSV writes the quotes as a table for other programs: UTF-8 with a byte order mark, lines ending in CR LF, every
// field quoted (RFC 4180). A field that a spreadsheet would run as a formula has ' in front, tabs and line breaks
// become spaces, and other control characters are left out; the workbook's Quotes sheet has the words to the character.
func QuotesCSV(w io.Writer, r *themes.Report) error {
	out := bufio.NewWriter(w)
	out.WriteString("\uFEFF")
	writeRecord(out, quoteHeads(r.View))
	for i := range r.Quotes {
		q := &r.Quotes[i]
		words := q.Words
		if q.Withheld {
			words = themes.Withheld
		}
		writeRecord(out, []string{q.Ref, q.Member, q.Type, q.Document, q.Place, q.Heading, q.Question, q.Theme, q.Stance.Label(), q.Line, words, because(q),
			confidence(q), q.Origin, q.CheckedBy, q.CheckedOn, q.Consent, q.Note}[:quoteWidth(r.View)])
	}
	return out.Flush()
}

// writeRecord writes one line; an error stays with the writer until Flush.
func writeRecord(out *bufio.Writer, fields []string) {
	for i, f := range fields {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('"')
		out.WriteString(strings.ReplaceAll(guarded(f), `"`, `""`))
		out.WriteByte('"')
	}
	out.WriteString("\r\n")
}

var flat = strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ", "\t", " ")

// guarded is a field that no spreadsheet takes for a formula. What a spreadsheet skips before it looks (spaces, controls,
// zero-width characters) is skipped here too.
func guarded(s string) string {
	s = strings.Map(withoutControls, flat.Replace(s))
	first := strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) })
	if strings.HasPrefix(first, "|") || strings.HasPrefix(first, "%") || strings.IndexFunc(first, isOperator) == 0 {
		return "'" + s
	}
	return s
}

func withoutControls(r rune) rune {
	if unicode.Is(unicode.Cc, r) {
		return -1
	}
	return r
}

// isOperator reports whether a spreadsheet takes a cell that begins with r for a formula, full-width forms included.
func isOperator(r rune) bool { return strings.ContainsRune("=+-@＝＋－＠", r) }
