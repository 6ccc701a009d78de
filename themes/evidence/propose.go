package evidence

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"collate/index"
	"collate/themes"
)

// A Proposal is a first outline with the reason for each thing in it, for a person to change.
type Proposal struct {
	Outline
	Notes   []string          // sentences for its head
	Because map[string]string // by the id of a term or paragraph
}

// ProposeOptions say what is proposed.
type ProposeOptions struct {
	Kind      Kind
	Call      *Call  // nil where no page is given: then there is a term for each question of the codebook, or each theme
	Submitter string // "" leaves a place for it; see [Consortium]
	Date      string // of the document; "" takes the day on which the call closes, or that of the record's last change
	Suggested bool   // choose among suggested positions as well, see Options
}

// Propose makes a first outline: each term of reference with the themes whose words stand in it, and for each theme its joint line, quotes, an ask and
// a figure, within the limit of words. The same record and call give the same outline.
func Propose(m *Material, opt ProposeOptions) (*Proposal, error) {
	p := &proposer{Material: m, opt: opt, out: &Proposal{Because: map[string]string{}}, used: map[string]int{}, cited: map[string]bool{}}
	for _, x := range m.Report.Members {
		p.known = append(p.known, x.Label)
	}
	p.head()
	p.terms()
	p.assign()
	return p.out, p.fill()
}

// A proposer makes one proposal.
type proposer struct {
	*Material
	opt   ProposeOptions
	out   *Proposal
	used  map[string]int  // quotes so far, by member
	cited map[string]bool // passages, figures and actions that are taken
	known []string        // labels of members
	next  int
}

func (p *proposer) head() {
	o, call := &p.out.Outline, p.opt.Call
	if call == nil {
		call = &Call{}
	}
	o.Kind = cmp.Or(p.opt.Kind, Evidence)
	o.Inquiry = cmp.Or(call.Inquiry, p.Report.Title)
	o.Committee = call.Committee
	o.Submitter = cmp.Or(p.opt.Submitter, "NAME OF THE CONSORTIUM")
	o.Short = shortName(o.Submitter)
	if o.Short != o.Submitter && !strings.HasPrefix(strings.ToLower(o.Submitter), "the ") {
		o.Submitter = "the " + o.Submitter
	}
	o.Date = cmp.Or(p.opt.Date, call.Closes)
	if asof, err := Day(p.Report.Asof); o.Date == "" && err == nil {
		o.Date = asof.Format("2006-01-02")
	}
	o.Words = map[Kind]int{Evidence: DefaultWords, Response: DefaultAnswer}[o.Kind]
	if call.Words > 0 {
		o.Words = call.Words
	}
	p.out.Notes = []string{
		fmt.Sprintf("Proposed by %s from the record as of %s. Change, move and delete as you like.", p.Report.Tool, p.Report.Asof),
		"A paragraph is one of: line (the joint line of a theme), quote and figure (the exact words of a passage), ask (a recommendation), text (your own words).",
		"Words of members are checked against the record whenever the document is written: one that does not stand there stops it.",
	}
}

// consortia are names of bodies that have members.
var consortia = regexp.MustCompile(`(?i)\b(?:consortium|coalition|alliance|federation|council|collective|partnership|network)\b`)

// Consortium is the body of that kind that most members name and that is no member; "" where there is none.
func Consortium(m *Material, names *themes.MentionList) string {
	for _, n := range names.Names {
		if consortia.MatchString(n.Name) && n.Members >= 2 && m.members[n.Name] == nil {
			return n.Name
		}
	}
	return ""
}

// shortName is how the text calls the submitter: "the Consortium".
func shortName(name string) string {
	if m := consortia.FindString(name); m != "" {
		return "the " + capital(strings.ToLower(m))
	}
	return name
}

func (p *proposer) terms() {
	o := &p.out.Outline
	if call := p.opt.Call; call != nil && len(call.Terms) > 0 {
		p.out.Notes = append(p.out.Notes, "The terms of reference were read from "+call.Why+".")
		for i, text := range call.Terms {
			o.Terms = append(o.Terms, Term{ID: fmt.Sprintf("T%d", i+1), Text: text})
		}
		return
	}
	if qs := p.Codebook.Questions; len(qs) > 0 {
		p.out.Notes = append(p.out.Notes, "No terms of reference were given: these are the consultation's questions. Put the committee's in their place.")
		for i, q := range qs {
			id := q.ID
			if !paragraphID.MatchString(id) {
				id = fmt.Sprintf("Q%d", i+1)
			}
			o.Terms = append(o.Terms, Term{ID: id, Text: q.Text})
		}
		return
	}
	p.out.Notes = append(p.out.Notes, "No terms of reference were given: there is one for each theme. Put the committee's in their place.")
	for i := range p.Report.Themes {
		t := &p.Report.Themes[i]
		o.Terms = append(o.Terms, Term{ID: fmt.Sprintf("T%d", i+1), Text: t.Name, Themes: []string{t.ID}})
		p.out.Because[fmt.Sprintf("T%d", i+1)] = "The theme itself."
	}
}

// assign puts each theme under the term of reference in which most of its words stand. A theme whose rules find no term goes to the one that
// shares most words with its name and description, where there are at least two.
func (p *proposer) assign() {
	o := &p.out.Outline
	why := make([][]string, len(o.Terms))
	for i := range p.Report.Themes {
		t := &p.Report.Themes[i]
		at, words, how := p.termOf(t)
		if at < 0 {
			if !slices.ContainsFunc(o.Terms, func(x Term) bool { return slices.Contains(x.Themes, t.ID) }) {
				p.out.Notes = append(p.out.Notes, fmt.Sprintf("No term of reference asks about the theme %s (%s, %s).", t.ID, plural(t.Members, "member", "members"), plural(t.Passages, "passage", "passages")))
			}
			continue
		}
		o.Terms[at].Themes = append(o.Terms[at].Themes, t.ID)
		why[at] = append(why[at], fmt.Sprintf("%s because %s: %s", t.ID, how, strings.Join(words, ", ")))
	}
	for i := range o.Terms {
		switch t := &o.Terms[i]; {
		case len(why[i]) > 0:
			p.out.Because[t.ID] = "Themes: " + strings.Join(why[i], "; ") + "."
		case len(t.Themes) == 0:
			p.out.Because[t.ID] = "No theme was found for it: write themes: [...] with some of " + strings.Join(p.themeIDs(), ", ") + ", or paragraphs of your own."
		}
	}
}

func (p *proposer) themeIDs() []string {
	var out []string
	for _, t := range p.Report.Themes {
		out = append(out, t.ID)
	}
	return out
}

// termOf is the term that a theme answers best, or -1, with the words that say so.
func (p *proposer) termOf(t *themes.ThemeReport) (at int, words []string, how string) {
	at = -1
	for i := range p.out.Terms {
		if slices.Contains(p.out.Terms[i].Themes, t.ID) {
			return -1, nil, ""
		}
		for _, f := range p.Codebook.Found(p.out.Terms[i].Text) {
			if f.ID == t.ID && len(f.Words) > len(words) {
				at, words, how = i, f.Words, "its rules find"
			}
		}
	}
	if at >= 0 {
		return at, words, how
	}
	for i := range p.out.Terms {
		if shared := sharedWords(t.Name+" "+t.Name+" "+t.Description, p.out.Terms[i].Text); len(shared) > max(1, len(words)) {
			at, words, how = i, shared, "its description shares"
		}
	}
	return at, words, how
}

// sharedWords are the longer words that two texts have in common, by their stems.
func sharedWords(a, b string) []string {
	in := map[string]bool{}
	for _, w := range index.Analyse(a).List {
		in[w.Stem] = true
	}
	var out []string
	for _, w := range index.Analyse(b).List {
		if len(w.Fold) > 4 && in[w.Stem] && !plainWord[w.Fold] && !slices.Contains(out, w.Fold) {
			out = append(out, w.Fold)
		}
	}
	return out
}

// plainWord are long words that say nothing of a subject.
var plainWord = map[string]bool{"whether": true, "should": true, "their": true, "there": true, "which": true, "where": true, "about": true, "other": true, "between": true,
	"under": true, "these": true, "those": true, "could": true, "would": true, "change": true, "changes": true, "proposal": true, "proposals": true, "special": true,
	"needs": true, "children": true, "people": true, "young": true, "government": true, "improvement": true}

// A choice is a paragraph that could be taken, with its place in the order of worth.
type choice struct {
	term      int
	paragraph Paragraph
	because   string
}

// fill chooses paragraphs until the words are used up: first every joint line, then a quote of each theme, an ask, a figure, and more quotes.
func (p *proposer) fill() error {
	var rounds [][]choice
	for range 5 {
		rounds = append(rounds, nil)
	}
	for i := range p.out.Terms {
		for _, id := range p.out.Terms[i].Themes {
			t := p.theme(id)
			rounds[0] = append(rounds[0], choice{i, Paragraph{Line: id}, p.lineBecause(t)})
			quotes := p.quotes(t)
			for n, c := range quotes {
				c.term = i
				rounds[[]int{1, 4}[n]] = append(rounds[[]int{1, 4}[n]], c)
			}
		}
	}
	for i := range p.out.Terms {
		for _, id := range p.out.Terms[i].Themes {
			t := p.theme(id)
			if c, ok := p.askOn(t); ok {
				c.term = i
				rounds[2] = append(rounds[2], c)
			}
			if c, ok := p.figureOn(t); ok {
				c.term = i
				rounds[3] = append(rounds[3], c)
			}
		}
	}
	for _, round := range rounds {
		for _, c := range round {
			if err := p.take(c); err != nil {
				return err
			}
		}
	}
	p.sort()
	p.budgets()
	return nil
}

// room is how much of the limit a proposal fills: a person will want to add.
const room = 85 // per cent

// take puts a paragraph into the outline where it leaves the document short enough.
func (p *proposer) take(c choice) error {
	t := &p.out.Terms[c.term]
	p.next++
	c.paragraph.ID = fmt.Sprintf("p%d", p.next)
	t.Paragraphs = append(t.Paragraphs, c.paragraph)
	made, err := resolve(p.Material, &p.out.Outline, Options{Suggested: p.opt.Suggested})
	if err == nil && len(made.wrong) > 0 {
		err = &DraftError{made.wrong}
	}
	if err != nil {
		return fmt.Errorf("proposing paragraph %s: %w", c.paragraph.ID, err)
	}
	d := made.out
	long := d.Count.Total*100 > d.Count.Limit*room
	if p.out.Kind == Response {
		s := &d.Sections[c.term]
		long = s.Words*100 > s.Budget*95
	}
	if long && c.paragraph.Line == "" {
		t.Paragraphs = t.Paragraphs[:len(t.Paragraphs)-1]
		p.next--
		return nil
	}
	p.out.Because[c.paragraph.ID] = c.because
	return nil
}

// sort brings the paragraphs of each term into the order of its themes, the line first, and numbers them.
func (p *proposer) sort() {
	order := map[string]int{"line": 0, "figure": 1, "quote": 2, "ask": 3}
	because := map[string]string{}
	n := 0
	for i := range p.out.Terms {
		t := &p.out.Terms[i]
		theme := func(x Paragraph) int {
			id := x.Line
			if q := p.chosenFor(x); q != nil {
				id = q.ThemeID
			}
			return slices.Index(t.Themes, id)
		}
		slices.SortStableFunc(t.Paragraphs, func(a, b Paragraph) int {
			return cmp.Or(cmp.Compare(theme(a), theme(b)), cmp.Compare(order[a.Is()], order[b.Is()]))
		})
		if b := p.out.Because[t.ID]; b != "" {
			because[t.ID] = b
		}
		for j := range t.Paragraphs {
			n++
			id := fmt.Sprintf("p%d", n)
			because[id] = p.out.Because[t.Paragraphs[j].ID]
			t.Paragraphs[j].ID = id
		}
	}
	p.out.Because = because
}

// chosenFor is the passage that a paragraph is chosen for, under its theme.
func (p *proposer) chosenFor(x Paragraph) *themes.Quote {
	switch x.Is() {
	case "quote":
		return p.Material.quotes[x.Quote]
	case "figure":
		return p.Material.quotes[x.Figure]
	case "ask":
		return p.Material.quotes[x.Ask[0]]
	}
	return nil
}

// budgets gives each term the words that its paragraphs take, rounded up to the next fifty.
func (p *proposer) budgets() {
	if p.out.Kind == Response {
		return
	}
	d, err := resolve(p.Material, &p.out.Outline, Options{Suggested: p.opt.Suggested})
	if err != nil {
		return
	}
	for i := range p.out.Terms {
		for _, s := range d.out.Sections {
			if s.ID == p.out.Terms[i].ID && s.Words > 0 {
				p.out.Terms[i].Words = (s.Words + 99) / 50 * 50
			}
		}
	}
}

func (p *proposer) lineBecause(t *themes.ThemeReport) string {
	j := t.Joint
	return fmt.Sprintf("%s: %s. %d of %s confirmed.", t.Name, j.Outcome, j.Outside.Took, plural(j.Took, "position is", "positions are"))
}
