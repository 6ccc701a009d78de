package extract

import (
	"context"
	"strings"
)

// readText reads plain text and Markdown. Nothing is rendered: a paragraph is a run of lines between blank lines and
// keeps its line breaks. In a .md file the marks of headings and list items stay out of the text, because Place and Level
// say the same.
func readText(ctx context.Context, name string, data []byte) (*Document, error) {
	text := decodeText(data)
	if err := notText(text); err != nil {
		return nil, err
	}
	if err := tooMuchText(len(text)); err != nil {
		return nil, err
	}
	b := &builder{}
	out := &outline{b: b, asks: true}
	markdown := isMarkdown(name)
	if !markdown { // there a line break is nothing but a space
		text = unwrapped(text)
	}
	for _, piece := range questionPieces(textPieces(text, markdown)) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out.add(piece.kind, piece.text, piece.level, Place{Label: piece.label})
	}
	if len(b.doc.Blocks) == 0 {
		return nil, ErrNoText
	}
	return b.document(), nil
}

// maxWrapped is the longest line, in bytes, of a text that was broken into lines by hand or by a mail program.
const maxWrapped = 130

// unwrapped puts blank lines between the lines of those paragraphs that hold a line too long to be one of several: there
// every line is a paragraph, as a word processor writes plain text.
func unwrapped(text string) string {
	lines := strings.Split(text, "\n")
	blank := func(i int) bool { return i >= len(lines) || strings.TrimSpace(lines[i]) == "" }
	var out strings.Builder
	for from := 0; from < len(lines); {
		end, long := from, false
		for ; !blank(end); end++ {
			long = long || len(lines[end]) > maxWrapped && strings.Count(lines[end], " ") > 12
		}
		separator := "\n"
		if long {
			separator = "\n\n"
		}
		out.WriteString(strings.Join(lines[from:end], separator) + "\n")
		if end == from {
			end++
		}
		from = end
	}
	return out.String()
}

// questionPieces parts a form's question from the answer that begins on the line after its question mark.
func questionPieces(pieces []textPiece) []textPiece {
	var out []textPiece
	for _, p := range pieces {
		end := strings.Index(p.text, "?\n")
		if p.kind == Heading || end < 0 || end > maxQuestion || !marksQuestion(p.text[:end+1]) {
			out = append(out, p)
			continue
		}
		question := p
		question.text = p.text[:end+1]
		out = append(out, question, textPiece{kind: Paragraph, text: strings.TrimSpace(p.text[end+1:])})
	}
	return out
}

func isMarkdown(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasSuffix(lower, ".md") || strings.HasSuffix(lower, ".markdown")
}

// A textPiece is a paragraph, heading or list item of a plain text.
type textPiece struct {
	kind  Kind
	text  string
	level int
	label string
}

// textPieces splits a text into its pieces. marksOff leaves the marks of headings and items out of their text.
func textPieces(text string, marksOff bool) []textPiece {
	var pieces []textPiece
	for _, lines := range textParagraphs(text) {
		pieces = append(pieces, paragraphPieces(lines, marksOff)...)
	}
	listsAreNoHeadings(pieces)
	return pieces
}

// textParagraphs gives the runs of lines that are not blank.
func textParagraphs(text string) [][]string {
	var paragraphs [][]string
	var run []string
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) != "" {
			run = append(run, line)
			continue
		}
		if run != nil {
			paragraphs = append(paragraphs, run)
			run = nil
		}
	}
	if run != nil {
		paragraphs = append(paragraphs, run)
	}
	return paragraphs
}

// paragraphPieces splits one run of lines: headings stand on their own, list items begin where a mark stands.
func paragraphPieces(lines []string, marksOff bool) []textPiece {
	var pieces []textPiece
	for len(lines) > 0 {
		if piece, rest, ok := leadingHeading(lines, marksOff); ok {
			pieces, lines = append(pieces, piece), rest
			continue
		}
		end := 1
		for end < len(lines) && !isHashHeading(lines[end]) {
			end++
		}
		pieces = append(pieces, itemPieces(lines[:end], marksOff)...)
		lines = lines[end:]
	}
	return pieces
}

func itemPieces(lines []string, marksOff bool) []textPiece {
	var pieces []textPiece
	starts := itemStarts(lines)
	for from, i := 0, 1; i <= len(lines); i++ {
		if i == len(lines) || starts[i] {
			pieces = append(pieces, linesPiece(lines[from:i], starts[from], marksOff))
			from = i
		}
	}
	return pieces
}

// linesPiece makes a paragraph or an item of some lines.
func linesPiece(lines []string, item, marksOff bool) textPiece {
	text := strings.TrimSpace(strings.Join(lines, "\n"))
	mark := markOf(lines[0])
	piece := textPiece{kind: Paragraph, text: text, label: mark.label}
	if !item {
		if mark.bullet {
			piece.label = ""
		}
		return piece
	}
	piece.kind, piece.level = Item, mark.depth
	if marksOff {
		piece.text = mark.after(strings.Join(lines, "\n"))
	}
	if strings.TrimSpace(piece.text) == "" {
		piece.text = text
	}
	return piece
}

// listsAreNoHeadings turns numbered headings with nothing between them into the list that they are.
func listsAreNoHeadings(pieces []textPiece) {
	numbered := func(i int) bool {
		return i >= 0 && i < len(pieces) && pieces[i].kind == Heading && pieces[i].label != "" && !strings.Contains(pieces[i].label, ".")
	}
	list := make([]bool, len(pieces))
	for i := range pieces {
		if numbered(i) && numbered(i+1) {
			list[i], list[i+1] = true, true
		}
	}
	for i := range pieces {
		if list[i] {
			pieces[i].kind, pieces[i].level = Item, 1
		}
	}
}
