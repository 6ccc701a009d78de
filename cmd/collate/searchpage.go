package main

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"collate/index"
)

// A pager prints what a search found. With in it is a terminal's: lines are broken between words, and after each screen it asks whether
// to go on. What members wrote is stripped of control characters before it gets here.
type pager struct {
	out     io.Writer
	in      io.Reader // nil where nobody is asked
	colour  bool
	kwic    bool     // lines of a concordance instead of passages
	like    string   // the passage that these are like
	fresh   []string // ids of passages that are new since last time
	width   int
	height  int
	lines   int // printed since the last question
	answers *bufio.Reader
	stopped bool
}

// print writes text and reports whether to go on. A piece that does not fit on the screen any more waits for the next one.
func (p *pager) print(text string) bool {
	if p.in == nil {
		io.WriteString(p.out, text)
		return true
	}
	text = wrapped(text, p.width)
	n := strings.Count(text, "\n")
	if p.lines > 0 && p.lines+n > p.height-1 && !p.ask() {
		return false
	}
	io.WriteString(p.out, text)
	p.lines += n
	return true
}

// ask waits for Enter, or q to stop.
func (p *pager) ask() bool {
	if p.stopped {
		return false
	}
	const question = "-- Enter for more, q to stop --"
	fmt.Fprint(p.out, p.set(question, "\x1b[7m"))
	if p.answers == nil {
		p.answers = bufio.NewReader(p.in)
	}
	said, err := p.answers.ReadString('\n')
	fmt.Fprint(p.out, "\x1b[1A\r\x1b[K") // the question goes: Enter has moved to the line below
	p.lines = 0
	p.stopped = err != nil || strings.HasPrefix(strings.ToLower(strings.TrimSpace(said)), "q")
	return !p.stopped
}

// set is text in a terminal's colour.
func (p *pager) set(text, colour string) string {
	if !p.colour || text == "" {
		return text
	}
	return colour + text + "\x1b[0m"
}

// wrapped breaks lines between words. A line that is broken goes on under its own beginning.
func wrapped(text string, columns int) string {
	var out strings.Builder
	for _, line := range strings.SplitAfter(text, "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		at := 0
		for i, word := range strings.SplitAfter(line, " ") {
			n := columnsOf(strings.TrimRight(word, " \n"))
			if i > 0 && n > 0 && at+n > columns {
				out.WriteString("\n" + indent)
				at = len(indent)
			}
			out.WriteString(word)
			at += columnsOf(strings.TrimRight(word, "\n"))
		}
	}
	return out.String()
}

// columnsOf is how wide text is on a terminal: colours and accents that combine take no room, some scripts take two columns a letter.
func columnsOf(text string) int {
	n := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == 0x1b {
			if end := strings.IndexByte(text[i:], 'm'); end >= 0 {
				i += end + 1
				continue
			}
		}
		i += size
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// found prints passages, or the lines of a concordance. shown is how many came before; false means that enough has been seen.
func (p *pager) found(a *index.Answer, shown int) bool {
	if p.kwic {
		return p.concordance(a.Found)
	}
	for i := range a.Found {
		if !p.passage(fmt.Sprintf("%d. ", shown+i+1), &a.Found[i]) {
			return false
		}
	}
	return true
}

const bright, faint, marking = "\x1b[1m", "\x1b[2m", "\x1b[1;33m"

// passage prints one passage with its reference.
func (p *pager) passage(head string, f *index.Found) bool {
	var b strings.Builder
	if slices.Contains(p.fresh, f.Passage.ID) {
		head += "NEW "
	}
	fmt.Fprintf(&b, "%s%s  %s\n", head, p.set(plainText(f.Reference), bright), p.set("["+f.Passage.ID+"]", faint))
	if f.Above != "" {
		b.WriteString("   " + p.set("under: ", faint) + p.marked(oneLine(f.Above), f.AboveMark, len(f.Above) == len(oneLine(f.Above))) + "\n")
	}
	if len(f.Because) > 0 {
		b.WriteString("   because: " + plainText(strings.Join(f.Because, ", ")) + "\n")
	}
	for _, line := range strings.Split(p.marked(f.Words, f.Marks, true), "\n") {
		b.WriteString(strings.TrimRight("   "+line, " ") + "\n")
	}
	b.WriteString("\n")
	return p.print(b.String())
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// marked is text with what answers the search set off. What a member wrote could hold a terminal's own commands: control characters
// are dropped.
func (p *pager) marked(text string, marks []index.Span, fit bool) string {
	if !fit {
		return plainText(text)
	}
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(plainText(text[at:m.Start]) + p.set(plainText(text[m.Start:m.End]), marking))
		at = m.End
	}
	b.WriteString(plainText(text[at:]))
	return b.String()
}

// whoColumns is how wide the member's name is in a concordance.
const whoColumns = 26

// concordance prints each place on a line, the words found under one another.
func (p *pager) concordance(found []index.Found) bool {
	left := 0
	for _, f := range found {
		for _, l := range f.Lines {
			left = max(left, columnsOf(plainText(l.Left)))
		}
	}
	room := 0 // for the words on the right; 0 for as many as there are
	if p.in != nil {
		left = min(left, (p.width-whoColumns-2)*2/5)
		room = p.width - whoColumns - 2 - left
	}
	for _, f := range found {
		who := fitRight(plainText(who(&f)), whoColumns)
		for _, l := range f.Lines {
			before, mark, after := fitLeft(plainText(l.Left), left), plainText(l.Mark), plainText(l.Right)
			end := "  [" + f.Passage.ID + "]"
			if room > 0 {
				after, end = strings.TrimRight(fitRight(after, max(1, room-columnsOf(mark))), " "), ""
			}
			if !p.print(p.set(who, bright) + "  " + before + p.set(mark, marking) + after + p.set(end, faint) + "\n") {
				return false
			}
		}
	}
	return p.print("\n")
}

// who is a member's name, behind a warning where its words are not free to use.
func who(f *index.Found) string {
	word, _, _ := strings.Cut(f.Consent.Caution(), ":")
	if word == "" {
		return f.Member
	}
	return "(" + word + ") " + f.Member
}

// fitRight is text in exactly so many columns, cut at its end or filled up.
func fitRight(text string, columns int) string {
	if n := columnsOf(text); n <= columns {
		return text + strings.Repeat(" ", columns-n)
	}
	for columnsOf(text) > columns-1 {
		_, n := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-n]
	}
	return text + "…" + strings.Repeat(" ", max(0, columns-1-columnsOf(text)))
}

// fitLeft is text in exactly so many columns, whole words cut at its beginning or filled up.
func fitLeft(text string, columns int) string {
	for columnsOf(text) > columns {
		_, rest, ok := strings.Cut(strings.TrimPrefix(text, "… "), " ")
		if text = "… " + rest; !ok || columns < 2 {
			text = ""
		}
	}
	return strings.Repeat(" ", columns-columnsOf(text)) + text
}

func (p *pager) notes(a *index.Answer) {
	for _, n := range a.Notes {
		p.print(plainText(n) + "\n\n")
	}
}

// since prints what is different from last time.
func (p *pager) since(a *index.Answer) {
	if a.Since == nil {
		return
	}
	p.print(plainText(fmt.Sprintf("%s: %d new and %d gone since %s ran it on %s.\n", a.Since.Name, len(a.Since.New), len(a.Since.Gone), a.Since.By, a.Since.At.Format("2 January 2006"))))
	p.fresh = a.Since.New
	for _, g := range a.Since.Gone {
		p.print(plainText(fmt.Sprintf("gone  %s  [%s]  %s\n", g.Reference, g.ID, g.Why)))
	}
	p.print("\n")
}

func (p *pager) references(a *index.Answer) {
	if len(a.References) == 0 {
		return
	}
	if !p.print(fmt.Sprintf("In the documents that the members answer, counted nowhere: %s\n\n", plural(a.ReferencePassages, "passage"))) {
		return
	}
	if p.kwic {
		p.concordance(a.References)
		return
	}
	for i := range a.References {
		if !p.passage("", &a.References[i]) {
			return
		}
	}
}

// maxFacetValues keeps a facet on a screen; --json has all.
const maxFacetValues = 15

func (p *pager) facets(a *index.Answer) {
	for _, f := range a.Facets {
		if len(f.Values) == 0 {
			continue
		}
		var b strings.Builder
		b.WriteString(p.set(upper(f.Field), bright) + "\n")
		room := leastLabel
		for _, v := range f.Values[:min(len(f.Values), maxFacetValues)] {
			room = min(max(room, columnsOf(facetLabel(f.Field, v))), mostLabel)
		}
		for i, v := range f.Values {
			if i == maxFacetValues {
				fmt.Fprintf(&b, "    and %d more (--json has all)\n", len(f.Values)-i)
				break
			}
			b.WriteString(facetLine(f.Field, v, room))
		}
		if f.None.Passages > 0 {
			b.WriteString(facetLine("", index.FacetValue{Label: "(none)", Members: f.None.Members, Passages: f.None.Passages}, room))
		}
		if !p.print(b.String() + "\n") {
			return
		}
	}
}

// leastLabel and mostLabel bound the width of a facet's values; a theme's id, which is what one searches for, fits behind its name.
const leastLabel, mostLabel = 30, 64

func facetLabel(field string, v index.FacetValue) string {
	label := plainText(v.Label)
	if field == "theme" {
		label += " (" + plainText(v.Value) + ")"
	}
	return label
}

func facetLine(field string, v index.FacetValue, room int) string {
	star := "  "
	if v.Chosen {
		star = "* "
	}
	return fmt.Sprintf("  %s%s  %s, %s\n", star, fitRight(facetLabel(field, v), room), plural(v.Members, "member"), plural(v.Passages, "passage"))
}

func (p *pager) silent(a *index.Answer, asked bool) {
	if !asked {
		return
	}
	p.print(plainText(fmt.Sprintf("Answered and have no passage here (%d): %s\n", len(a.Silent), strings.Join(a.Silent, ", "))))
	if len(a.Missing) > 0 {
		p.print(plainText(fmt.Sprintf("Sent nothing that counts (%d): %s\n", len(a.Missing), strings.Join(a.Missing, ", "))))
	}
	p.print("\n")
}

func (p *pager) suggestions(a *index.Answer) {
	for _, s := range a.Suggestions {
		p.print(plainText(s.Message) + "\n")
		for _, q := range s.Instead {
			p.print(plainText("   Try: " + q + "\n"))
		}
	}
}

// counts says how much there is and how much of it was shown.
func (p *pager) counts(a *index.Answer, shown int) {
	if p.like != "" {
		p.print(fmt.Sprintf("%s most like %s, of %s that have any of its telling words.\n", plural(shown, "passage"), p.like, plural(a.Passages, "passage")))
		return
	}
	text := fmt.Sprintf("%s of %s", plural(a.Passages, "passage"), plural(a.Members, "member"))
	if quiet := a.Answered - a.Members; a.Passages > 0 && quiet > 0 {
		text += fmt.Sprintf("; %d that answered have none", quiet)
	}
	switch {
	case shown == 1 && shown < a.Passages && a.Offset > 0:
		text += fmt.Sprintf("; number %d is shown", a.Offset+1)
	case shown == 1 && shown < a.Passages:
		text += "; the first is shown (--limit -1 shows all)"
	case shown < a.Passages && a.Offset > 0:
		text += fmt.Sprintf("; %d to %d are shown", a.Offset+1, a.Offset+shown)
	case shown < a.Passages:
		text += fmt.Sprintf("; the first %d are shown (--limit -1 shows all)", shown)
	}
	p.print(text + ".\n")
}

// plainText is text without what a terminal obeys: control characters, and the signs that turn the direction of what follows or
// break its line, with which a file's name can be made to look like another.
func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029':
			return -1
		}
		return r
	}, s)
}
