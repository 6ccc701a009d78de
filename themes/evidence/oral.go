package evidence

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"collate/themes"
)

// An Oral is the pack for who gives oral evidence: a page for each theme. It is for the submitter's own witnesses: it names who dissents.
type Oral struct {
	Inquiry   string
	Committee string
	Submitter string
	Short     string
	Date      string // "9 June 2023", of the outline
	Day       string // "2023-06-09"
	Asof      string // the day of the record's last change
	Tool      string
	Suggested bool // the counts are of suggested positions too
	Minutes   int  // for each theme's speaking notes
	Answered  int  // members with a submission
	Pages     []OralPage
	Problems  []Problem
}

// An OralPage is what a witness needs to know of one theme. Members' words stand in runs with Quote set, exact to the character but for white space.
type OralPage struct {
	Theme     string
	Outcome   themes.Outcome // "" where no position may be counted
	Terms     []OralTerm     // of reference that ask about it
	Line      string         // what we say, for outside; "" where nobody has confirmed a position
	Facts     []OralFact     // at most three, each with a source
	Quotes    []OralQuote    // at most three, of members that may be named
	Questions []OralQuestion // that are likely
	Dissent   string         // who does not share the line; "" when nobody dissents
	Said      []OralSaid     // in the written evidence
	Unasked   []OralUnasked  // that nobody asked about but we must say
	Notes     []OralNote     // what to say within the time
	Words     int            // of the notes
}

// An OralTerm is a term of reference with its number.
type OralTerm struct {
	Number int
	Text   string
}

// An OralFact is a sentence with a figure, who gives it, where, and the source that it names.
type OralFact struct {
	Words   string
	Value   string
	Speaker string
	Source  string // as the submission gives it
	Where   string // document where the member sent several, place and the passage's id
	Others  int    // members more that give the same figure on the theme
	Ref     string
}

// An OralQuote is a member's sentence.
type OralQuote struct {
	Words   string
	Speaker string
	Stance  themes.Stance
	Where   string
	Ref     string
}

// An OralQuestion is one that may be asked, why, and what the record has for an answer.
type OralQuestion struct {
	Text   string
	Why    string
	Answer []Run
}

// An OralSaid is a paragraph of the written evidence on the theme.
type OralSaid struct {
	Number int
	What   string // "our line", "a quote of the Heads and Leaders Guild"
}

// An OralUnasked is something that members say and no term of reference asks for.
type OralUnasked struct {
	Text []Run  // who says it, and what
	Ref  string // "" for what a person recorded
}

// OralOptions say how a pack is made.
type OralOptions struct {
	Options
	Minutes int // for each theme's notes; 0 is DefaultMinutes
}

const (
	// DefaultMinutes is how long a witness speaks on one theme before the next question.
	DefaultMinutes = 2
	// SpeakingPace is how many words a minute are spoken before a committee: slower than talk, about 150, so that it can be followed and noted.
	SpeakingPace = 130
	// mostSpoken is the longest sentence, in words, that is quoted aloud.
	mostSpoken = 34
	// mostFact is the longest sentence, in words, that gives a fact.
	mostFact = 42
	// oralItems is how many facts and quotes a page has room for.
	oralItems = 3
)

// MakeOral makes the pack from an outline and the draft of the written evidence that it resolves to. Words that may not go out come back as a
// [*DraftError], as from [Make].
func MakeOral(m *Material, o *Outline, opt OralOptions) (*Oral, error) {
	d, err := resolve(m, o, opt.Options)
	if err != nil {
		return nil, err
	}
	d.guard()
	if len(d.wrong) > 0 {
		return nil, &DraftError{d.wrong}
	}
	x := d.out
	b := &oralMaker{drafter: d, out: &Oral{Inquiry: x.Inquiry, Committee: x.Committee, Submitter: x.Submitter, Short: x.Short, Date: x.Date, Day: x.Day, Asof: x.Asof, Tool: x.Tool,
		Suggested: opt.Suggested, Minutes: cmp.Or(opt.Minutes, DefaultMinutes), Answered: m.Report.Counts.Members}}
	for _, t := range b.order() {
		b.page(t)
	}
	b.look()
	if len(d.wrong) > 0 {
		return nil, &DraftError{d.wrong}
	}
	return b.out, nil
}

// An oralMaker makes one pack.
type oralMaker struct {
	*drafter
	out *Oral
}

// order is the themes that members address: those of the terms of reference first, in their order, then the others.
func (b *oralMaker) order() []*themes.ThemeReport {
	var out []*themes.ThemeReport
	add := func(t *themes.ThemeReport) {
		if t != nil && t.Members > 0 && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	for i := range b.o.Terms {
		for _, id := range b.o.Terms[i].Themes {
			add(b.themes[id])
		}
	}
	for i := range b.Report.Themes {
		add(&b.Report.Themes[i])
	}
	return out
}

func (b *oralMaker) page(t *themes.ThemeReport) {
	v := b.view(t)
	page := OralPage{Theme: t.Name, Terms: b.termsOn(t)}
	if v.took > 0 || v.line != "" {
		page.Outcome, page.Line = v.outcome, b.say(t, v)
	} else {
		b.tell(t, "Nobody has confirmed a position on it: there is no line to take.")
	}
	page.Facts = b.facts(t)
	if len(page.Facts) < oralItems {
		b.tell(t, fmt.Sprintf("%s with a source, not %d.", plural(len(page.Facts), "fact", "facts"), oralItems))
	}
	page.Quotes = b.oralQuotes(t, v)
	page.Dissent = b.dissent(t, v)
	page.Questions = b.questions(t, v, page.Terms)
	page.Said = b.said(t)
	page.Unasked = b.unasked(t, page.Terms)
	page.Notes, page.Words = b.notes(t, &page)
	b.out.Pages = append(b.out.Pages, page)
}

func (b *oralMaker) tell(t *themes.ThemeReport, what string) {
	b.out.Problems = append(b.out.Problems, Problem{t.ID, LookAt, what})
}

// termsOn are the terms of reference under which the outline has a theme.
func (b *oralMaker) termsOn(t *themes.ThemeReport) []OralTerm {
	var out []OralTerm
	for i := range b.o.Terms {
		if slices.Contains(b.o.Terms[i].Themes, t.ID) {
			out = append(out, OralTerm{i + 1, sentence(curly(oneLine(b.o.Terms[i].Text)))})
		}
	}
	return out
}

// counts reports a position that is counted: a confirmed one, or in a working draft any.
func (b *oralMaker) counts(p *themes.Position) bool { return p.Confirmed || b.opt.Suggested }

// on are the positions on a theme that are counted as one of the stances.
func (b *oralMaker) on(t *themes.ThemeReport, stances ...themes.Stance) []*themes.Position {
	var out []*themes.Position
	for i := range b.Report.Members {
		for j := range b.Report.Members[i].Positions {
			if p := &b.Report.Members[i].Positions[j]; p.ThemeID == t.ID && b.counts(p) && slices.Contains(stances, p.Stance) {
				out = append(out, p)
			}
		}
	}
	return out
}

func labels(positions []*themes.Position) []string {
	var out []string
	for _, p := range positions {
		out = append(out, curly(p.Member))
	}
	return out
}

// dissent is who does not share the line, as the counts that may be said allow.
func (b *oralMaker) dissent(t *themes.ThemeReport, v jointView) string {
	var parts []string
	add := func(what string, positions []*themes.Position) {
		if len(positions) > 0 {
			parts = append(parts, fmt.Sprintf("%s (%d): %s", what, len(positions), strings.Join(labels(positions), ", ")))
		}
	}
	if v.side == themes.Oppose {
		add("In favour", b.on(t, themes.Support, themes.Conditions))
	} else {
		add("Opposed", b.on(t, themes.Oppose))
	}
	add("Mixed or unsure", b.on(t, themes.Mixed))
	for _, s := range t.Joint.SignOffs {
		if s.State == themes.Dissents {
			parts = append(parts, curly(s.Member)+" dissents from the line"+after(": ", curly(oneLine(s.Note))))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ". ") + "."
}

func after(separator, text string) string {
	if text == "" {
		return ""
	}
	return separator + text
}
