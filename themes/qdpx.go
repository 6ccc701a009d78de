package themes

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"collate/index"
)

// A ProjectCopy is a consultation as it leaves for other programs of qualitative analysis: its codebook, its members as cases, the texts of
// its submissions and what is coded where. It is made as a [Report] is: names and words that may not be told are not in it. A member that is
// not to be named goes under its description, and so do its texts; words that may not be shown are cut out of the texts with a mark in
// their place, which is coded as the words are, so that the counts hold.
//
// What people took off a theme is not in it: other programs have no word for that.
type ProjectCopy struct {
	*CodebookCopy
	Title     string
	Users     []ProjectUser // who exports comes first; those whose name begins with "collate: " are the tool's own suggestions
	Variables []ProjectVariable
	Cases     []ProjectCase
	Sources   []ProjectSource // sorted by name
	Notes     []string        // what a reader must know
	At        time.Time       // of the last change
}

// A ProjectUser is who coded.
type ProjectUser struct{ GUID, Name string }

// A ProjectVariable is something that is said of every case, or of every source, in words.
type ProjectVariable struct{ GUID, Name, Description string }

// A ProjectValue is what is said of one.
type ProjectValue struct{ Variable, Text string }

// A ProjectCase is a member.
type ProjectCase struct {
	GUID, Name string // the member's label
	Values     []ProjectValue
	Sources    []string // GUIDs
}

// A ProjectSource is the text of a submission.
type ProjectSource struct {
	GUID, Name string
	Text       string // UTF-8, lines ending in LF
	At         time.Time
	Values     []ProjectValue
	Selections []ProjectSelection // in the order of the text, and at one place of the codebook
}

// A ProjectSelection is a passage under one theme: of two themes there are two, so that each has its own reason.
type ProjectSelection struct {
	GUID, Name  string
	Description string // why, and the stance
	Start, End  int    // in Unicode code points of the text, from 0; End is the one behind the last
	Codings     []ProjectCoding
	At          time.Time
}

// A ProjectCoding puts a code on a selection.
type ProjectCoding struct {
	GUID, Code, User string // GUIDs
	At               time.Time
}

// A ProjectStance is a code that stands for a stance.
type ProjectStance struct {
	Stance     Stance
	GUID, Name string
	Colour     string // of the stance in all outputs
}

// stanceCode is how the names of the codes for stances begin.
const stanceCode = "Stance: "

// ProjectStances are the codes for stances: the same in every project, so that they are known again whatever record they came from.
func ProjectStances() []ProjectStance {
	colours := map[Stance]string{Support: "#1F5FA8", Conditions: "#8BB8E0", Mixed: "#C9C5BA", Oppose: "#B3470C"}
	var out []ProjectStance
	for _, s := range []Stance{Support, Conditions, Mixed, Oppose} {
		out = append(out, ProjectStance{s, nameGUID("urn:collate:stance:" + string(s)), stanceCode + strings.ToLower(s.Label()), colours[s]})
	}
	return out
}

// ProjectStanceGUID is the mark of the code under which those of the stances lie.
func ProjectStanceGUID() string { return nameGUID("urn:collate:stance") }

// AboutProject is the name of the note that says what a project file holds.
const AboutProject = "About this project"

// machineUser is how the names of users begin that are no people.
const machineUser = "collate: "

// Project gathers what a project file for other programs holds. Person is who exports it.
func (a *Analysis) Project(ctx context.Context, person string) (*ProjectCopy, error) {
	book, err := a.CodebookCopy(ctx)
	if err != nil {
		return nil, err
	}
	r, err := a.Standings(ctx)
	if err != nil {
		return nil, err
	}
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	p := projector{builder: a.outward(s, state, r), out: &ProjectCopy{CodebookCopy: book, Notes: r.Notes, At: state.last}, users: map[string]string{}, cases: map[string]*ProjectCase{}}
	p.out.Title, p.out.Codebook = p.safe(r.Title), p.outwardBook()
	p.user(person, true)
	p.all()
	return p.out, nil
}

// outward is a builder of what may leave; r may be nil.
func (a *Analysis) outward(s *index.Snapshot, state *codings, r *Report) *builder {
	return &builder{Analysis: a.withoutRetired(), whole: a.Codebook, s: s, state: state, r: r, disclosure: disclose(s)}
}

// A projector makes a project of a consultation.
type projector struct {
	*builder
	out   *ProjectCopy
	users map[string]string // name → GUID
	cases map[string]*ProjectCase
	hides []*index.Passage // that stand apart from the submission that they lie in
}

// guid is the mark of a thing of this consultation.
func (p *projector) guid(kind, id string) string {
	return nameGUID("urn:collate:project:" + p.out.Consultation + ":" + kind + ":" + id)
}

// user is the mark of somebody who codes.
func (p *projector) user(name string, isPerson bool) string {
	if !isPerson {
		name = machineUser + name
	}
	name = p.safe(name)
	if p.users[name] == "" {
		p.users[name] = p.guid("user", name)
		p.out.Users = append(p.out.Users, ProjectUser{p.users[name], name})
	}
	return p.users[name]
}

// all puts the project together: sources first, which the cases refer to.
func (p *projector) all() {
	p.variable("Member", "The member that the text is from, as outputs name it.")
	p.variable("Date", "The day that the document names.")
	for _, m := range p.r.Members {
		p.cases[m.Label] = &ProjectCase{GUID: p.guid("case", m.Label), Name: m.Label}
	}
	number := map[string]int{} // of a member's documents
	for _, sub := range p.s.Submissions {
		if sub.Added.After(p.out.At) {
			p.out.At = sub.Added
		}
		if sub.Excluded == "" && len(sub.Passages) > 0 {
			number[sub.Member]++
			p.source(sub, number[sub.Member])
		}
	}
	p.apartSources()
	slices.SortStableFunc(p.out.Sources, func(x, y ProjectSource) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.GUID, y.GUID)) })
	p.members()
	people := p.out.Users[1:] // who exports stays first: some programs take the first for the one who goes on
	slices.SortFunc(people, func(x, y ProjectUser) int { return cmp.Compare(x.Name, y.Name) })
}

func (p *projector) variable(name, description string) string {
	guid := p.guid("variable", name)
	p.out.Variables = append(p.out.Variables, ProjectVariable{guid, name, description})
	return guid
}

// sourceName is what a submission's text is called: the file's name, without folders, which other programs would take for their own.
func (p *projector) sourceName(sub *index.Submission, number int) string {
	name := p.document(sub)
	if name != p.safe(sub.Name) || sub.Consent.Strictness() > 0 {
		return fmt.Sprintf("%s, document %d", p.label(sub.Member), number)
	}
	return projectName(name)
}

// projectName is a submission's name without signs that a file's name cannot have.
func projectName(name string) string {
	return strings.NewReplacer("/", index.Inside, `\`, index.Inside).Replace(oneLine(name, 1000))
}

func (p *projector) source(sub *index.Submission, number int) {
	label := p.label(sub.Member)
	out := ProjectSource{GUID: p.guid("source", sub.Name+"\x00"+sub.Sha), Name: p.sourceName(sub, number), At: sub.Added}
	out.Values = append(out.Values, ProjectValue{p.guid("variable", "Member"), label})
	named := p.named(sub.Member) && sub.Consent.Strictness() == 0
	if !named { // when a text came in may tell from whom
		out.At = p.state.last
	}
	if date, _, _ := strings.Cut(sub.Document.Facts.Date, "T"); date != "" && named {
		out.Values = append(out.Values, ProjectValue{p.guid("variable", "Date"), p.safe(date)})
	}
	text := p.outwardText(sub)
	out.Text = text.text.String()
	p.choose(&out, text.spans, func(x *index.Passage) bool {
		if p.apart(sub, x) {
			p.hides = append(p.hides, x)
			return false
		}
		return true
	})
	p.out.Sources = append(p.out.Sources, out)
	if c := p.cases[label]; c != nil {
		c.Sources = append(c.Sources, out.GUID)
	}
}

// apartSources are the texts of the passages that their members do not want to be known for, in an order that tells nothing.
func (p *projector) apartSources() {
	slices.SortFunc(p.hides, func(x, y *index.Passage) int { return cmp.Compare(x.ID, y.ID) })
	for _, x := range p.apartTexts(p.hides) {
		out := ProjectSource{GUID: p.guid("source", x.name), Name: x.name, At: p.out.At, Text: x.text.text.String()}
		p.choose(&out, x.text.spans, func(*index.Passage) bool { return true })
		p.out.Sources = append(p.out.Sources, out)
	}
}

// An apartText is a text of passages that stand apart.
type apartText struct {
	name string
	text *sourceText
}

func (b *builder) apartTexts(passages []*index.Passage) []apartText {
	confidential, anonymous := apartText{"Confidential passages", &sourceText{}}, apartText{"Anonymous passages", &sourceText{}}
	for _, x := range passages {
		if b.withheldPassage(x) != "" {
			confidential.text.writeApart(b.s, x, true)
		} else {
			anonymous.text.writeApart(b.s, x, false)
		}
	}
	return slices.DeleteFunc([]apartText{confidential, anonymous}, func(x apartText) bool { return len(x.text.spans) == 0 })
}

// choose makes selections of the passages that are on themes.
func (p *projector) choose(out *ProjectSource, spans []passageSpan, told func(*index.Passage) bool) {
	at, points := 0, 0
	upTo := func(end int) int { // code points before a byte; called in the order of the text
		points += utf8.RuneCountInString(out.Text[at:end])
		at = end
		return points
	}
	for _, span := range spans {
		if !told(span.passage) {
			continue
		}
		start, end := upTo(span.start), upTo(span.end)
		for i := range p.Codebook.Themes {
			t := &p.Codebook.Themes[i]
			if c := p.state.passages[codingKey{span.passage.ID, t.ID}]; c != nil && c.Tagged {
				x := p.selection(span.passage, t, c, out.Text[span.start:span.end])
				x.Start, x.End = start, end
				out.Selections = append(out.Selections, x)
			}
		}
	}
}

// maxSelectionName is how many characters of a passage are its name: enough to know it by.
const maxSelectionName = 60

func (p *projector) selection(x *index.Passage, t *Theme, c *Coding, words string) ProjectSelection {
	id := x.ID + ":" + t.ID
	out := ProjectSelection{GUID: p.guid("selection", id), Name: oneLine(words, maxSelectionName), At: c.At}
	out.Codings = append(out.Codings, ProjectCoding{p.guid("coding", id), CodeGUID(p.out.Consultation, t.ID), p.user(c.Coder, c.Confirmed), c.At})
	for _, s := range ProjectStances() {
		if s.Stance == c.Stance {
			out.Codings = append(out.Codings, ProjectCoding{p.guid("stance", id), s.GUID, p.user(c.StanceCoder, c.StanceConfirmed), c.StanceAt})
		}
	}
	out.Description = p.memo(x, c)
	return out
}

// maxReason is how many characters of a reason are written.
const maxReason = 300

// stanceLine is how the line of a memo begins that says the stance.
const stanceLine = "stance: "

// memo is the note on a coding: the reason, and on a line of its own the stance with its reason.
func (p *projector) memo(x *index.Passage, c *Coding) string {
	var lines []string
	withheld := p.withheldPassage(x)
	switch {
	case withheld != "":
		lines = append(lines, "("+withheld+")")
	case c.Because != "":
		lines = append(lines, p.safe(c.Because))
	}
	if c.Stance != NotStated && c.Stance != "" {
		line := stanceLine + strings.ToLower(c.Stance.Label())
		if c.StanceWhy != "" && withheld == "" {
			line += ", " + p.safe(oneLine(c.StanceWhy, maxReason))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// members makes the cases, with what is said of each: where it stands on every theme, and whether a person said so.
func (p *projector) members() {
	kind, consent := p.variable("Type", "The kind of member."), p.variable("Consent", "How the member's words may be used.")
	stands := map[string]string{}
	for _, t := range p.Codebook.Themes {
		stands[t.ID] = p.variable(stanceCode+p.safe(t.Name), "Where the member stands on the theme, and whether a person has confirmed it.")
	}
	for _, m := range p.r.Members {
		c := p.cases[m.Label]
		c.Values = []ProjectValue{{kind, m.Type}, {consent, m.Consent}}
		for _, x := range m.Positions {
			word := x.Stance.Label()
			switch {
			case x.Stance == Silent:
			case x.Confirmed:
				word += " (confirmed)"
			default:
				word += " (suggested)"
			}
			c.Values = append(c.Values, ProjectValue{stands[x.ThemeID], word})
		}
	}
	for _, label := range slices.Sorted(maps.Keys(p.cases)) {
		p.out.Cases = append(p.out.Cases, *p.cases[label])
	}
}

// outwardBook is the codebook as it leaves the consultation: without names that are not to be told, and without examples that stand in
// words that are not shown.
func (b *builder) outwardBook() *Codebook {
	var hidden []string
	for _, x := range b.s.Passages {
		if b.withheldPassage(x) != "" {
			hidden = append(hidden, strings.Join(strings.Fields(b.s.Text(x)), " "))
		}
	}
	told := func(list []string) []string {
		var out []string
		for _, e := range list {
			words := strings.Join(strings.Fields(e), " ")
			if !slices.ContainsFunc(hidden, func(h string) bool { return strings.Contains(h, words) }) && b.safe(e) == e {
				out = append(out, e)
			}
		}
		return out
	}
	book := b.whole.clone()
	for i := range book.Themes {
		t := &book.Themes[i]
		t.Name, t.Description = b.safe(t.Name), b.safe(t.Description)
		t.Examples, t.NonExamples = told(t.Examples), told(t.NonExamples)
		for _, rules := range []*[]string{&t.Any, &t.None} {
			*rules = slices.DeleteFunc(slices.Clone(*rules), func(r string) bool { return b.safe(r) != r })
		}
	}
	return book
}

// stem is a file's name without its ending, small, as names are compared.
func stem(name string) string {
	name = strings.ToLower(projectName(name))
	if e := filepath.Ext(name); len(e) > 1 && len(e) <= 6 && !strings.Contains(e, " ") {
		name = strings.TrimSuffix(name, e)
	}
	return name
}
