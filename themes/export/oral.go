package export

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"collate/themes/evidence"
	"collate/themes/export/word"
)

// OralPack writes the pack for witnesses as a Word document: a first page, then one page for each theme. The same pack gives the same bytes.
func OralPack(w io.Writer, o *evidence.Oral) error {
	title := "Oral evidence: " + o.Short
	p := word.Properties{Title: title, Subject: o.Inquiry, Creator: o.Submitter}
	if day, err := time.Parse(time.DateOnly, o.Day); err == nil {
		p.Created = day
	}
	d := word.New(p)
	d.Section(word.A4().Margin(13))
	d.Header = "For our witnesses only: it names who dissents"
	if o.Suggested {
		d.Header = "DRAFT: counts suggested positions. " + d.Header
	}
	d.Footer = o.Inquiry
	oralFront(d, o, title)
	for i := range o.Pages {
		oralPage(d, o, &o.Pages[i])
	}
	if err := d.Write(w); err != nil {
		return fmt.Errorf("writing the oral evidence pack: %w", err)
	}
	return nil
}

func oralFront(d *word.Document, o *evidence.Oral, title string) {
	d.Title(title)
	d.Subtitle(o.Inquiry)
	if o.Committee != "" {
		d.Styled(word.Subtitle, word.Text(o.Committee))
	}
	if o.Suggested {
		d.Styled(word.Notice, word.Bold("DRAFT. "), word.Text("The counts in this pack are of suggested positions, which nobody has confirmed yet. Do not say them."))
	}
	for _, s := range []string{
		fmt.Sprintf("One page for each theme, from the record as of %s: %s answered.", o.Asof, count(o.Answered, "member")),
		"What stands in quotation marks is a member’s exact words, and may be said under its name. Say numbers as they stand, with both figures.",
		fmt.Sprintf("The speaking notes take %s a theme, at %d words a minute. Only members that may be named are quoted.", count(o.Minutes, "minute"), evidence.SpeakingPace),
	} {
		d.Bullet(0, word.Text(s))
	}
	t := word.Table{Widths: []int{38, 30, 80, 16}, Heads: []string{"Theme", "Outcome", "Terms of reference", "Notes"}, Description: "The themes of the pack"}
	for i := range o.Pages {
		p := &o.Pages[i]
		var terms []string
		for _, x := range p.Terms {
			terms = append(terms, fmt.Sprintf("%d. %s", x.Number, x.Text))
		}
		if len(terms) == 0 {
			terms = []string{"None asks about it."}
		}
		t.Rows = append(t.Rows, []word.Cell{word.TextCell(word.Bold(p.Theme)), word.TextCell(oralOutcome(p)), word.TextCell(word.Text(strings.Join(terms, "\n"))), word.TextCell(word.Text(clock(p.Seconds())))})
	}
	d.Table(t)
}

// clock is a time as a speaker reads it: "1:50".
func clock(seconds int) string { return fmt.Sprintf("%d:%02d", seconds/60, seconds%60) }

func oralOutcome(p *evidence.OralPage) word.Inline {
	if p.Outcome == "" {
		return word.Text("No position confirmed").Colour(quiet)
	}
	return word.Bold(string(p.Outcome)).Colour(outcomeInk(p.Outcome))
}

func oralPage(d *word.Document, o *evidence.Oral, p *evidence.OralPage) {
	d.Heading(1, word.Text(p.Theme+"   "), oralOutcome(p)).NewPage()
	line := p.Line
	if line == "" {
		line = "None: nobody has confirmed a position on this yet."
	}
	d.Styled(word.Spoken, word.Bold("Our line. ").Colour(navy), word.Text(line))
	left, right := oralColumns(oralFacts(p), oralQuestions(p), oralQuotes(p), oralDissent(p), oralUnasked(p))
	d.Table(word.Table{Widths: []int{1, 1}, Description: "Facts, quotes, likely questions and dissent", Rows: [][]word.Cell{{{Paragraphs: left}, {Paragraphs: right}}}})
	d.Styled(word.TableText, word.Bold("What we have said. ").Colour(navy), word.Text(oralSaid(o, p)))
	notes := []*word.Paragraph{word.Para(word.Label, word.Text(fmt.Sprintf("Speaking notes: %s of %s (%s)", clock(p.Seconds()), count(o.Minutes, "minute"), count(p.Words, "word"))))}
	for _, n := range p.Notes {
		notes = append(notes, word.Para(word.Spoken, inlines(n.Runs, false)...))
	}
	d.Table(word.Table{Description: "Speaking notes", Rows: [][]word.Cell{{{Paragraphs: notes, Fill: paper}}}})
}

// oralColumns puts parts into two columns, each into the one that is shorter so far, so that a page holds as much as it can.
func oralColumns(parts ...[]*word.Paragraph) (left, right []*word.Paragraph) {
	for _, part := range parts {
		if oralLines(left) <= oralLines(right) {
			left = append(left, part...)
		} else {
			right = append(right, part...)
		}
	}
	return left, right
}

// oralLines is about how many lines paragraphs take in a column that is half a page wide.
func oralLines(paragraphs []*word.Paragraph) int {
	const perLine = 52
	n := 0
	for _, p := range paragraphs {
		n += 1 + p.Len()/perLine
	}
	return n
}

func label(text string) *word.Paragraph { return word.Para(word.Label, word.Text(text)) }

func small(text string) *word.Paragraph { return word.Para(word.TableNote, word.Text(text)) }

func oralFacts(p *evidence.OralPage) []*word.Paragraph {
	out := []*word.Paragraph{label("Facts with their sources")}
	for _, f := range p.Facts {
		words := append([]word.Inline{oralSpeaker(f.Speaker)}, boldIn("“"+f.Words+"”", f.Value)...)
		out = append(out, word.Para(word.TableText, words...), small("Source: "+full(f.Source)+" "+upperFirst(f.Where)+oralOthers(f.Others)+"."))
	}
	if len(p.Facts) == 0 {
		out = append(out, small("No figure with a source is on record that may be given under a name."))
	}
	return out
}

func oralOthers(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("; %s more %s this figure", count(n, "member"), map[bool]string{true: "gives", false: "give"}[n == 1])
}

// oralSpeaker stands before what somebody says, as it is said aloud.
func oralSpeaker(name string) word.Inline { return word.Text(upperFirst(name) + ": ").Colour(navy) }

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// boldIn is text with the first stretch of it that is the value in bold.
func boldIn(text, value string) []word.Inline {
	before, after, found := strings.Cut(text, value)
	if !found || value == "" {
		return []word.Inline{word.Text(text)}
	}
	return []word.Inline{word.Text(before), word.Bold(value), word.Text(after)}
}

func oralQuotes(p *evidence.OralPage) []*word.Paragraph {
	out := []*word.Paragraph{label("Quotes, all attributable")}
	for _, q := range p.Quotes {
		stance := word.Text(shown(q.Stance) + "  ").Colour(tintOf(q.Stance).text)
		out = append(out, word.Para(word.TableText, stance, oralSpeaker(q.Speaker), word.Text("“"+q.Words+"”")), small(upperFirst(q.Where)))
	}
	if len(p.Quotes) == 0 {
		out = append(out, small("No sentence is short enough to be said and may be put to a name."))
	}
	return out
}

func oralQuestions(p *evidence.OralPage) []*word.Paragraph {
	out := []*word.Paragraph{label("Likely questions")}
	for _, q := range p.Questions {
		out = append(out, word.Para(word.TableText, word.Bold(q.Text), word.Text(" ("+q.Why+")").Colour(quiet)))
		if len(q.Answer) > 0 {
			out = append(out, word.Para(word.TableText, inlines(q.Answer, false)...))
		}
	}
	if len(p.Questions) == 0 {
		out = append(out, small("None is foreseen from the record."))
	}
	return out
}

func oralDissent(p *evidence.OralPage) []*word.Paragraph {
	text := p.Dissent
	if text == "" {
		text = "Nobody whose position is counted dissents."
	}
	return []*word.Paragraph{label("Dissent to be aware of"), word.Para(word.TableText, word.Text(text))}
}

// oralSaid is what the written evidence says on the theme, and where.
func oralSaid(o *evidence.Oral, p *evidence.OralPage) string {
	if len(p.Said) == 0 {
		return "Nothing on this in our written evidence."
	}
	var parts []string
	for _, x := range p.Said {
		parts = append(parts, fmt.Sprintf("paragraph %d, %s", x.Number, x.What))
	}
	return fmt.Sprintf("In our written evidence of %s: %s.", o.Date, strings.Join(parts, "; "))
}

func oralUnasked(p *evidence.OralPage) []*word.Paragraph {
	out := []*word.Paragraph{label("Not asked, but to be said")}
	if len(p.Terms) == 0 {
		out = append(out, word.Para(word.TableText, word.Text("No term of reference asks about this theme at all.")))
	}
	for _, x := range p.Unasked {
		out = append(out, word.Para(word.TableText, inlines(x.Text, false)...))
	}
	if len(out) == 1 {
		out = append(out, word.Para(word.TableText, word.Text("Nothing beyond what is asked is on record.")))
	}
	return out
}
