package extract

import (
	"bytes"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// rtfNotes count the notes of a document.
type rtfNotes struct{ footnotes, endnotes rtfNoteCount }

type rtfNoteCount struct {
	n      int
	format string // of .docx
}

// word takes the words that say how notes are numbered.
func (n *rtfNotes) word(t *rtfToken) bool {
	count, word := &n.footnotes, t.word
	if strings.HasPrefix(word, "aftn") {
		count, word = &n.endnotes, word[1:]
	}
	switch word {
	case "ftnstart":
		count.n = t.number - 1
	case "ftnnar":
		count.format = "decimal"
	case "ftnnalc":
		count.format = "lowerLetter"
	case "ftnnauc":
		count.format = "upperLetter"
	case "ftnnrlc":
		count.format = "lowerRoman"
	case "ftnnruc":
		count.format = "upperRoman"
	default:
		return false
	}
	return true
}

// openNote reads a footnote or endnote. Its reference stands just before it: \chftn for a number, else the author's own
// mark as text, which both the text and the note hold.
func (r *rtfReader) openNote() {
	if !r.now.writes() || r.now.note || r.now.margin || r.now.change.deleted || r.now.hidden {
		r.now.dead = true
		return
	}
	line := &r.now.story.line
	numbered := line.marked
	line.marked = false
	r.count()
	count := &r.notes.footnotes
	r.now.note = true
	r.openStory(func(elements []flowElement) {
		text, mark := plainText(elements), "*"
		if numbered {
			count.n++
			mark = formatNumber(count.n, count.format)
		} else if own := ownMark(text); line.cutMark(own) || line.cutMark(superscript.set(own)) {
			mark, text = norm.NFKC.String(own), strings.TrimLeftFunc(text[len(own):], unicode.IsSpace)
		}
		line.refs = append(line.refs, Ref{At: line.text.Len(), Note: mark})
		line.notes = append(line.notes, flowNote{mark: mark, text: text})
	})
	r.now.endnote = func() { count = &r.notes.endnotes }
}

// ownMark is the mark that a note's text begins with, or "".
func ownMark(text string) string {
	mark, _, found := strings.Cut(strings.ReplaceAll(text, "\t", " "), " ")
	if !found || len(mark) > 6 || len([]rune(mark)) > 3 {
		return ""
	}
	for _, c := range mark {
		if unicode.IsLetter(c) && len([]rune(mark)) > 1 {
			return "" // a word
		}
	}
	return mark
}

// cutMark takes a note's mark off the end of the line, since it is not in the text, and reports whether it stood there.
func (l *rtfLine) cutMark(mark string) bool {
	if mark == "" || !bytes.HasSuffix(l.text.Bytes(), []byte(mark)) {
		return false
	}
	l.text.Truncate(l.text.Len() - len(mark))
	return true
}
