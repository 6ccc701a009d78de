package evidence

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"collate/index"
	"collate/themes"
)

// The headings of the parts that every written evidence has.
const (
	SummaryHeading = "Executive summary"
	AnnexHeading   = "Annex: members whose views are in this evidence"
)

// Title is the heading that the House asks for.
func (d *Draft) Title() string {
	if d.Kind == Response {
		return "Response of " + d.Submitter
	}
	return "Written evidence submitted by " + d.Submitter
}

// An Annex lists the members, as far as each may be named.
type Annex struct {
	Groups  []AnnexGroup
	Unnamed int // members whose views are counted and that are not named
}

// An AnnexGroup is the members of one type.
type AnnexGroup struct {
	Type    string // "" where the list of members gives none
	Members []string
}

// Ending says who is not in the list; "" when everybody is.
func (a *Annex) Ending() string {
	if a.Unnamed == 0 {
		return ""
	}
	return fmt.Sprintf("%s asked not to be named.", plural(a.Unnamed, "more member", "more members"))
}

func (a *Annex) texts() []string {
	out := []string{}
	for _, g := range a.Groups {
		out = append(out, g.Type)
		out = append(out, g.Members...)
	}
	return append(out, a.Ending())
}

// annex lists the members that answered. Those that sent nothing are left out: beside a list of the whole membership they would give away, one by one,
// who is not named.
func (d *drafter) annex() *Annex {
	groups := map[string][]string{}
	a := &Annex{}
	for i := range d.Report.Members {
		switch m := &d.Report.Members[i]; {
		case m.Passages == 0:
		case !m.Named || m.Consent != string(index.Attributable):
			a.Unnamed++
		default:
			groups[m.Type] = append(groups[m.Type], curly(m.Label))
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(groups)) {
		if kind != "" {
			a.Groups = append(a.Groups, AnnexGroup{curly(kind), groups[kind]})
		}
	}
	if rest := groups[""]; len(rest) > 0 {
		a.Groups = append(a.Groups, AnnexGroup{"", rest})
	}
	return a
}

// introduction is who submits and why: a person's words, or what the record knows.
func (d *drafter) introduction() []Said {
	text := curly(oneLine(d.o.Introduction))
	if text == "" {
		c := d.Report.Counts
		text = fmt.Sprintf("%s has %s. We submit this evidence so that the Committee has before it what the members said on the %s, in their own words and with the numbers behind each position.",
			capital(d.out.Submitter), plural(c.Asked, "member organisation", "member organisations"), curly(d.Report.Title))
	}
	return []Said{{ID: "introduction-1", Runs: []Run{{Text: text}}, Basis: Basis{Kind: string(Introducing)}}}
}

// gathered says how members' views were gathered, from the record alone.
func (d *drafter) gathered() []Said {
	c, r := d.Report.Counts, d.Report.Rule
	first := fmt.Sprintf("%s asked its %s for their views on the %s. %d answered, in %s%s. What they wrote was read in %s against %s.",
		capital(d.out.Short), plural(c.Asked, "member", "members"), curly(d.Report.Title), c.Members, plural(c.Submissions, "submission", "submissions"), d.between(),
		plural(c.Passages, "passage", "passages"), plural(len(d.Report.Themes), "theme", "themes"))
	if d.opt.Suggested {
		first += " In this working draft positions are counted that nobody has confirmed yet."
	} else {
		first += " Only positions that a person has confirmed are counted."
	}
	second := fmt.Sprintf("Members are counted, not passages, and silence is never counted as agreement. We speak of a joint position where at least %d per cent of the members that take a position, and at least %d of them, are on one side, and where at least %d per cent of those that address the matter take a position.",
		r.Share, r.Least, r.Stated)
	if r.RedLines {
		second += " A position that crosses a member’s red line is not called joint."
	}
	out := []Said{
		{ID: "gathered-1", Runs: []Run{{Text: first}}, Basis: Basis{Kind: string(Gathering)}},
		{ID: "gathered-2", Runs: []Run{{Text: second}}, Basis: Basis{Kind: string(Gathering)}},
	}
	return append(out, Said{ID: "gathered-3", Runs: d.scale(), Basis: Basis{Kind: string(Gathering)}})
}

// between is the span of days on which submissions say they were written; "" where none does.
func (d *drafter) between() string {
	first, last := "", ""
	for _, m := range d.Report.Members {
		for _, s := range m.Submissions {
			if _, err := Day(s.Date); err != nil {
				continue
			}
			if first == "" || s.Date < first {
				first = s.Date
			}
			last = max(last, s.Date)
		}
	}
	from, err := Day(first)
	to, err2 := Day(last)
	switch {
	case err != nil || err2 != nil:
		return ""
	case first == last:
		return " of " + from.Format("2 January 2006")
	}
	return " dated from " + from.Format("2 January 2006") + " to " + to.Format("2 January 2006")
}

// scale prints what the words for numbers mean.
func (d *drafter) scale() []Run {
	out := []Run{{Text: "The words for numbers have fixed meanings, as shares of the members that take a position: "}}
	s := d.Report.Scale
	for i, q := range s {
		if i > 0 {
			out = append(out, Run{Text: "; "})
		}
		out = append(out, Run{Text: q.Word, Italic: true}, Run{Text: " " + shareWords(s, i)})
	}
	return append(out, Run{Text: "."})
}

func shareWords(s themes.Scale, i int) string {
	from := fmt.Sprintf("from %d per cent", s[i].From)
	if s[i].Above {
		from = fmt.Sprintf("above %d per cent", s[i].From)
	}
	switch {
	case s[i].From == 100:
		return "every one"
	case i == 0 && len(s) > 1:
		return fmt.Sprintf("below %d per cent", s[1].From)
	}
	return from
}

// summary is a bullet for each term of reference and one for the recommendations.
func (d *drafter) summary() {
	for i := range d.out.Sections {
		s := &d.out.Sections[i]
		if len(s.Paragraphs) == 0 || s.Role != Answering && s.Role != Recommending {
			continue
		}
		b := Bullet{Term: s.ID, First: s.Paragraphs[0].Number, Last: s.Paragraphs[len(s.Paragraphs)-1].Number}
		if s.Role == Recommending {
			b.Text = fmt.Sprintf("%s makes %s", d.Upper(), plural(len(s.Paragraphs), "recommendation", "recommendations"))
		} else {
			b.Text = d.bullet(s)
		}
		d.out.Summary = append(d.out.Summary, b)
	}
}

func (d *drafter) bullet(s *Section) string {
	var term *Term
	for i := range d.o.Terms {
		if d.o.Terms[i].ID == s.ID {
			term = &d.o.Terms[i]
		}
	}
	if term.Summary != "" {
		return curly(strings.TrimSuffix(oneLine(term.Summary), "."))
	}
	var points []string
	for i := range term.Paragraphs {
		p := &term.Paragraphs[i]
		if t := d.themes[p.Line]; t != nil && slices.ContainsFunc(s.Paragraphs, func(x Said) bool { return x.ID == p.ID }) {
			points = append(points, d.point(t, d.view(t)))
		}
	}
	if len(points) > 0 {
		return strings.Join(points, ". ")
	}
	var names []string
	for _, id := range term.Themes {
		if t := d.themes[id]; t != nil {
			names = append(names, d.abouts[t.ID])
		}
	}
	if len(names) == 0 {
		return "What members say on this is set out"
	}
	return "What members say on " + curly(list(names)) + " is set out"
}

// Reference points to the paragraphs of a bullet: " (paragraphs 3 to 5)".
func (b *Bullet) Reference() string {
	if b.First == b.Last {
		return fmt.Sprintf(" (paragraph %d)", b.First)
	}
	return fmt.Sprintf(" (paragraphs %d to %d)", b.First, b.Last)
}
