package evidence

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"collate/index"
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
	Where   string // member, document where it sent several, place and the passage's id
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
	Text []Run
	Who  []string
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

// facts are sentences with a figure that has a source, of members that may be named. One figure is given once, however many members give it: in the
// sentence of whoever has an entry for the source among its references, and then in the shortest.
func (b *oralMaker) facts(t *themes.ThemeReport) []OralFact {
	var all []foundFact
	given := map[float64][]string{}
	for i := range b.Figures.Figures {
		f := &b.Figures.Figures[i]
		if !slices.Contains(f.Themes, t.Name) {
			continue
		}
		if n := share(f); !slices.Contains(given[n], f.Member) {
			given[n] = append(given[n], f.Member)
		}
		if x, ok := b.fact(t, f); ok {
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, func(x, y foundFact) int {
		return cmp.Or(cmp.Compare(x.rank, y.rank), trueFirst(x.ratio, y.ratio), cmp.Compare(len(given[y.number]), len(given[x.number])), cmp.Compare(Words(x.Words), Words(y.Words)), strings.Compare(x.Ref, y.Ref))
	})
	var out []OralFact
	taken, told := map[float64]bool{}, map[string]bool{}
	for _, x := range all {
		if len(out) < oralItems && !taken[x.number] && !told[x.Words] {
			taken[x.number], told[x.Words] = true, true
			x.Others = len(given[x.number]) - 1
			out = append(out, x.OralFact)
		}
	}
	return out
}

// A foundFact is a fact with what it is chosen by.
type foundFact struct {
	OralFact
	number float64 // parts of a hundred for a share, so that "four in ten" and "40 per cent" are one
	ratio  bool    // it is a share or a sum of money, which says more than a count
	rank   int     // 0 where the submission has an entry for the source, 1 where it names one with a year, 2 where it names one
}

func share(f *themes.ListedFigure) float64 {
	if f.Unit == "share" {
		return math.Round(f.Number*1000) / 10
	}
	return f.Number
}

// fact is a figure as one to give, in a sentence that can be read alone.
func (b *oralMaker) fact(t *themes.ThemeReport, f *themes.ListedFigure) (foundFact, bool) {
	q := b.quotes[fmt.Sprintf("%s.%d", f.Passage, t.Number)]
	if f.Unsourced || q == nil || q.Withheld || q.Consent != string(index.Attributable) || !b.attributable(f.Member) || b.speaker(q) == "" {
		return foundFact{}, false
	}
	x := foundFact{OralFact: OralFact{Value: f.Value, Source: oneLine(f.Source), Speaker: b.speaker(q), Where: b.where(q), Ref: q.Ref}, number: share(f), ratio: slices.Contains([]string{"%", "share", "£"}, f.Unit)}
	switch {
	case f.Reference != nil:
		x.Source = oneLine(f.Reference.Words)
	case strings.ContainsAny(f.Source, "0123456789"):
		x.rank = 1
	case Words(f.Source) >= 3: // "members", "it" and the like are no source
		x.rank = 2
	default:
		return foundFact{}, false
	}
	var at themes.Span
	x.Words, at = sentenceWith(q.Words, f.Value)
	p := &proposer{Material: b.Material}
	return x, x.Words != "" && x.Source != "" && alone(x.Words, mostFact) && (p.speaksOf(t, x.Words) || marked(q, at))
}

// where a quote stands, as staff look it up: member, place and the passage's id, and the document where the member sent several.
func (b *oralMaker) where(q *themes.Quote) string {
	parts := []string{curly(q.Member)}
	if name := documentName(q.Document); name != "" && len(b.members[q.Member].Submissions) > 1 {
		parts = append(parts, name)
	}
	if q.Place != "" {
		parts = append(parts, placeWords(q.Place))
	}
	return strings.Join(parts, ", ") + " [" + q.Passage + "]"
}

// oralQuotes are sentences short enough to be said, of different members: of a divided theme from both sides, else of who shares the line.
func (b *oralMaker) oralQuotes(t *themes.ThemeReport, v jointView) []OralQuote {
	all := b.spoken(t)
	taken := map[string]bool{}
	var out []OralQuote
	take := func(stances ...themes.Stance) bool {
		i := slices.IndexFunc(all, func(c candidate) bool { return !taken[c.named] && slices.Contains(stances, c.stance) })
		if i < 0 || len(out) == oralItems {
			return false
		}
		c := all[i]
		taken[c.named] = true
		out = append(out, OralQuote{c.words, b.speaker(c.q), c.stance, b.where(c.q), c.q.Ref})
		return true
	}
	for more := true; more; {
		switch {
		case v.side == themes.Oppose && v.outcome != themes.Divided:
			more = take(themes.Oppose)
		case v.outcome == themes.Divided:
			in := take(themes.Support, themes.Conditions)
			against := take(themes.Oppose)
			more = in || against
		default:
			more = take(themes.Support, themes.Conditions)
		}
	}
	for len(out) < oralItems && take(themes.NotStated, themes.Mixed) {
	}
	return out
}

// spoken are the candidates that can be said in a breath, those that a person has looked at first.
func (b *oralMaker) spoken(t *themes.ThemeReport) []candidate {
	p := &proposer{Material: b.Material}
	all := slices.DeleteFunc(p.candidates(t), func(c candidate) bool { return Words(c.words) > mostSpoken || b.speaker(c.q) == "" })
	slices.SortStableFunc(all, func(x, y candidate) int { return cmp.Or(trueFirst(x.checked, y.checked), cmp.Compare(x.rank, y.rank)) })
	return all
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

// said are the paragraphs of the written evidence that are about a theme.
func (b *oralMaker) said(t *themes.ThemeReport) []OralSaid {
	var out []OralSaid
	for i := range b.drafter.out.Sections {
		for j := range b.drafter.out.Sections[i].Paragraphs {
			p := &b.drafter.out.Sections[i].Paragraphs[j]
			if b.isAbout(p, t) {
				out = append(out, OralSaid{p.Number, b.what(p)})
			}
		}
	}
	return out
}

func (b *oralMaker) isAbout(p *Said, t *themes.ThemeReport) bool {
	if p.Basis.Theme == t.Name {
		return true
	}
	return p.Basis.Kind == "ask" && slices.ContainsFunc(p.Basis.Sources, func(x Source) bool { q := b.quotes[x.Ref]; return q != nil && q.ThemeID == t.ID })
}

// what a paragraph of the written evidence is, in a few words.
func (b *oralMaker) what(p *Said) string {
	who := ""
	if len(p.Basis.Sources) > 0 {
		if q := b.quotes[p.Basis.Sources[0].Ref]; q != nil {
			who = b.speaker(q)
		}
	}
	switch p.Basis.Kind {
	case "line":
		return "our line"
	case "quote":
		return "a quote of " + who
	case "figure":
		return "a figure of " + who
	case "ask":
		return "a recommendation: “" + begins(p.Text()) + "”"
	}
	return begins(p.Text())
}

// unasked are red lines and asks on a theme of which no term of reference speaks.
func (b *oralMaker) unasked(t *themes.ThemeReport, terms []OralTerm) []OralUnasked {
	var out []OralUnasked
	for _, x := range t.Joint.RedLines {
		if x.Words != "" && b.attributable(x.Member) {
			out = append(out, OralUnasked{[]Run{{Text: "A red line, as recorded: " + sentence(curly(oneLine(x.Words)))}}, []string{curly(x.Member)}, ""})
		}
	}
	p := &proposer{Material: b.Material, cited: map[string]bool{}}
	for _, a := range p.wantedOn(t) {
		if len(out) == 2 {
			break
		}
		if slices.ContainsFunc(terms, func(x OralTerm) bool { return len(sharedWords(a.best.Action, x.Text)) > 1 }) || b.recommended(a.best.Action) {
			continue
		}
		out = append(out, OralUnasked{append([]Run{{Text: capital(curly(a.actor)) + " should: "}}, quoted(a.best.Action, "")...), labelsOf(a.members), a.refs[0]})
	}
	return out
}

func labelsOf(members []string) []string {
	var out []string
	for _, m := range members {
		out = append(out, curly(m))
	}
	return out
}

// recommended reports an action that the written evidence recommends already.
func (b *oralMaker) recommended(action string) bool {
	for i := range b.asked {
		if strings.Contains(strings.ToLower(b.asked[i].Text()), strings.ToLower(curly(action))) {
			return true
		}
	}
	return false
}

// look holds every word of the pack against what may not be shown, as [Make] does of a draft.
func (b *oralMaker) look() {
	for i := range b.out.Pages {
		for _, text := range b.out.Pages[i].texts() {
			if why := b.Outward.Problem(text); why != "" {
				b.fail(b.out.Pages[i].Theme, "It may not be said: "+why+".")
				break
			}
		}
	}
}

// texts are all words of a page.
func (p *OralPage) texts() []string {
	out := []string{p.Theme, p.Line, p.Dissent}
	for _, x := range p.Terms {
		out = append(out, x.Text)
	}
	for _, x := range p.Facts {
		out = append(out, x.Words, x.Source, x.Speaker, x.Where)
	}
	for _, x := range p.Quotes {
		out = append(out, x.Words, x.Speaker, x.Where)
	}
	for _, x := range p.Questions {
		out = append(out, x.Text, x.Why, plainRuns(x.Answer))
	}
	for _, x := range p.Said {
		out = append(out, x.What)
	}
	for _, x := range p.Unasked {
		out = append(out, plainRuns(x.Text), strings.Join(x.Who, ", "))
	}
	for _, x := range p.Notes {
		out = append(out, plainRuns(x.Runs))
	}
	return out
}

func plainRuns(runs []Run) string { return (&Said{Runs: runs}).Text() }

// Quoted are the runs of a page that are members' words, each with nothing else in it.
func (p *OralPage) Quoted() []string {
	var out []string
	add := func(runs []Run) {
		for _, r := range runs {
			if r.Quote {
				out = append(out, r.Text)
			}
		}
	}
	for _, x := range p.Facts {
		out = append(out, x.Words)
	}
	for _, x := range p.Quotes {
		out = append(out, x.Words)
	}
	for _, x := range p.Questions {
		add(x.Answer)
	}
	for _, x := range p.Unasked {
		add(x.Text)
	}
	for _, x := range p.Notes {
		add(x.Runs)
	}
	return out
}

// free reports a position whose words may be said under the member's name.
func (b *oralMaker) free(p *themes.Position) (*themes.Sentence, bool) {
	if !b.attributable(p.Member) {
		return nil, false
	}
	for i := range p.Sentences {
		s := &p.Sentences[i]
		q := b.quotes[s.Ref]
		if q == nil || q.Withheld || q.Consent != string(index.Attributable) || Words(s.Words) > mostSpoken {
			continue
		}
		if _, ok := find(s.Words, q.Words); ok && alone(s.Words, mostSpoken) {
			return s, true
		}
	}
	return nil, false
}
