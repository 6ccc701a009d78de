package evidence

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"collate/themes"
	"collate/themes/personal"
)

// A Draft is an outline resolved against the record: what the document says, paragraph by paragraph, and what each rests on.
type Draft struct {
	Kind      Kind
	Inquiry   string
	Committee string
	Submitter string
	Short     string
	Date      string // "9 June 2023"
	Day       string // "2023-06-09"
	Asof      string // the day of the record's last change
	Tool      string
	Suggested bool // the counts are of suggested positions too: a working draft
	Summary   []Bullet
	Sections  []Section
	Annex     *Annex // nil in a response
	Count     WordCount
	Problems  []Problem // what a person should know or mend, in the order of the document
}

// A Bullet is one point of the summary. First and Last are the numbers of the paragraphs that it is about.
type Bullet struct {
	Term        string
	Text        string // without the full stop that ends it
	First, Last int
}

// Role is the part of the document that a section is.
type Role string

// The roles.
const (
	Introducing  Role = "introduction"
	Gathering    Role = "how views were gathered"
	Answering    Role = "term"
	Recommending Role = "recommendations"
)

// A Section is a heading with its numbered paragraphs.
type Section struct {
	ID         string // of the term; else its role
	Role       Role
	Heading    string
	Paragraphs []Said
	Words      int // with footnotes; of a response without them, for a form takes none
	Budget     int // 0 where the outline sets none
}

// A Said is one numbered paragraph.
type Said struct {
	ID     string // of the outline's paragraph; of the others their role and a number
	Number int
	Runs   []Run
	Basis  Basis
}

// A Run is words of a paragraph, with the footnote that stands behind them.
type Run struct {
	Text   string
	Italic bool
	Quote  bool // a member's exact words
	Note   string
}

// Text is the paragraph without its footnotes.
func (s *Said) Text() string {
	var b strings.Builder
	for _, r := range s.Runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// A Problem is something that a person should know of a draft.
type Problem struct {
	Paragraph string `json:"paragraph,omitempty"` // its id, or the term's; "" for the whole
	Level     Level  `json:"level"`
	What      string `json:"what"` // a sentence
}

// Level says how much a problem matters.
type Level string

// The levels.
const (
	LookAt  Level = "look at"  // it can stand; a person should have looked
	LeftOut Level = "left out" // the paragraph is not in the draft
	Blocks  Level = "not ready"
)

// A DraftError says that an outline cannot be made a draft: something in it is not in the record, or may not be shown.
type DraftError struct{ Problems []Problem }

// Error lists what is wrong.
func (e *DraftError) Error() string {
	var lines []string
	for _, p := range e.Problems {
		lines = append(lines, "paragraph "+p.Paragraph+": "+p.What)
	}
	return strings.Join(lines, "\n")
}

// Options say how a draft is made.
type Options struct {
	Suggested bool // count suggested positions as well, for a working draft that is marked as one
}

// Make resolves an outline against the record. A quote that does not stand there, or words that may not be shown, come back as a
// [*DraftError], which lists them all, and no draft.
func Make(m *Material, o *Outline, opt Options) (*Draft, error) {
	d, err := resolve(m, o, opt)
	if err != nil {
		return nil, err
	}
	d.guard()
	if len(d.wrong) > 0 {
		return nil, &DraftError{d.wrong}
	}
	return d.out, nil
}

// resolve is [Make] without the last look at every word, which takes longest: a proposal asks again and again how long the draft is.
func resolve(m *Material, o *Outline, opt Options) (*drafter, error) {
	day, err := Day(o.Date)
	if err != nil {
		return nil, fmt.Errorf("the outline's date: %w", err)
	}
	d := &drafter{Material: m, o: o, opt: opt, out: &Draft{Kind: o.Kind, Inquiry: curly(o.Inquiry), Committee: curly(o.Committee), Submitter: curly(o.Submitter), Short: curly(cmp.Or(o.Short, o.Submitter)),
		Date: day.Format("2 January 2006"), Day: day.Format("2006-01-02"), Asof: m.Report.Asof, Tool: m.Report.Tool, Suggested: opt.Suggested}}
	d.all()
	return d, nil
}

// A drafter makes one draft.
type drafter struct {
	*Material
	o      *Outline
	opt    Options
	out    *Draft
	wrong  []Problem
	told   int // quotes so far: their lead-ins take turns
	asked  []Said
	single []string // recommendations that one member asks for
	unsure []string // paragraphs whose passage is on its theme by suggestion alone
}

func (d *drafter) all() {
	if d.o.Kind == Evidence {
		d.section(Section{ID: "introduction", Role: Introducing, Heading: "Introduction", Paragraphs: d.introduction()})
	}
	for i := range d.o.Terms {
		d.term(&d.o.Terms[i])
	}
	if d.o.Kind == Evidence {
		if len(d.asked) > 0 {
			d.section(Section{ID: "recommendations", Role: Recommending, Heading: "Recommendations", Paragraphs: d.asked})
		}
		d.section(Section{ID: "gathered", Role: Gathering, Heading: "How members’ views were gathered", Paragraphs: d.gathered()})
	}
	n := 0
	for i := range d.out.Sections {
		for j := range d.out.Sections[i].Paragraphs {
			n++
			d.out.Sections[i].Paragraphs[j].Number = n
		}
	}
	if d.o.Kind == Evidence {
		d.summary()
		d.out.Annex = d.annex()
	}
	d.count()
	d.readiness()
}

func (d *drafter) section(s Section) {
	if len(s.Paragraphs) > 0 || s.Role == Answering {
		d.out.Sections = append(d.out.Sections, s)
	}
}

func (d *drafter) term(t *Term) {
	s := Section{ID: t.ID, Role: Answering, Heading: heading(t), Budget: t.Words}
	if s.Budget == 0 && d.o.Kind == Response {
		s.Budget = d.o.Words
	}
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		said, ok := d.paragraph(p)
		switch {
		case !ok:
		case p.Is() == "ask" && d.o.Kind == Evidence:
			d.asked = append(d.asked, said)
		default:
			s.Paragraphs = append(s.Paragraphs, said)
		}
	}
	for _, id := range t.Themes {
		if d.themes[id] == nil {
			d.fail(t.ID, fmt.Sprintf("There is no theme %q; the themes are %s.", id, strings.Join(d.themeIDs(), ", ")))
		}
	}
	if len(s.Paragraphs) == 0 {
		d.note(t.ID, Blocks, "Nothing answers this term of reference.")
	}
	d.section(s)
}

// heading is what stands above a term's paragraphs: no heading ends in a full stop.
func heading(t *Term) string {
	return strings.TrimSuffix(curly(oneLine(cmp.Or(t.Heading, t.Text))), ".")
}

func (d *drafter) themeIDs() []string {
	var out []string
	for _, t := range d.Report.Themes {
		out = append(out, t.ID)
	}
	return out
}

func (d *drafter) note(id string, level Level, format string, args ...any) {
	d.out.Problems = append(d.out.Problems, Problem{id, level, fmt.Sprintf(format, args...)})
}

// fail makes the draft impossible: what is wrong must be mended in the outline.
func (d *drafter) fail(id, what string) { d.wrong = append(d.wrong, Problem{id, Blocks, what}) }

// guard looks at every word that goes out once more, whoever wrote it. It fails closed.
func (d *drafter) guard() {
	known := make([]string, 0, len(d.Report.Members))
	for _, m := range d.Report.Members {
		known = append(known, m.Label)
	}
	d.eachText(func(id, text string) {
		if why := d.Outward.Problem(text); why != "" {
			d.fail(id, "It may not go out: "+why+".")
		}
		for _, f := range personal.Find(text, known) {
			level := LookAt
			if f.Certainty == personal.Sure {
				level = Blocks
			}
			d.note(id, level, "%s: what looks like one, %q, stands in it. Evidence is published, and holds neither personal data nor contact details.", capital(string(f.Kind)), personal.Masked(text[f.Start:f.End]))
		}
	})
}

// eachText calls look for each text of the draft with the id of where it stands.
func (d *drafter) eachText(look func(id, text string)) {
	for _, text := range []string{d.out.Inquiry, d.out.Committee, d.out.Submitter, d.out.Short} {
		look("heading", text)
	}
	for _, b := range d.out.Summary {
		look(b.Term, b.Text)
	}
	for _, s := range d.out.Sections {
		look(s.ID, s.Heading)
		for i := range s.Paragraphs {
			p := &s.Paragraphs[i]
			look(p.ID, p.Text())
			for _, r := range p.Runs {
				look(p.ID, r.Note)
			}
		}
	}
	if d.out.Annex != nil {
		for _, text := range d.out.Annex.texts() {
			look("annex", text)
		}
	}
}

// Ready reports a draft that may go out as far as can be told here: nothing blocks it.
func (d *Draft) Ready() bool {
	return !slices.ContainsFunc(d.Problems, func(p Problem) bool { return p.Level == Blocks })
}

// readiness says what keeps the draft as a whole from being ready.
func (d *drafter) readiness() {
	if d.opt.Suggested {
		d.note("", Blocks, "It is a working draft: its counts are of suggested positions too. For outside only confirmed ones count.")
	}
	if len(d.unsure) > 0 {
		d.note("", LookAt, "Nobody has confirmed that these passages are on their themes; their words are exact: %s.", strings.Join(d.unsure, ", "))
	}
	if len(d.single) > 0 {
		d.note("", LookAt, "One member each asks for what these recommend; see that %s makes it its own: %s.", d.out.Short, strings.Join(d.single, ", "))
	}
	if n := d.Report.Counts.Unread; n > 0 {
		d.note("", LookAt, "%s could not be read, so what %s counted.", plural(n, "file", "files"), choose(n, "it says is not", "they say is not"))
	}
	c := d.out.Count
	switch {
	case d.o.Kind == Response:
	case c.Total > c.Limit:
		d.note("", Blocks, "It has %d words; the limit is %d.", c.Total, c.Limit)
	case c.Total > warnAt(c.Limit):
		d.note("", LookAt, "It has %d words of %d: little room is left.", c.Total, c.Limit)
	}
	for _, s := range d.out.Sections {
		switch {
		case s.Budget == 0 || s.Words <= s.Budget:
		case d.o.Kind == Response:
			d.note(s.ID, Blocks, "The answer has %d words; the form takes %d.", s.Words, s.Budget)
		default:
			d.note(s.ID, LookAt, "The section has %d words; its budget is %d.", s.Words, s.Budget)
		}
	}
}

// Report is the record that the draft was made from, for what it rests on.
func (m *Material) theme(id string) *themes.ThemeReport { return m.themes[id] }

func plural(n int, one, many string) string { return fmt.Sprintf("%d %s", n, choose(n, one, many)) }

func choose(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
