package themes

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"collate/index"
	"collate/index/extract"
)

// Report gathers everything that an output may show, for staff: members that are not to be named are described, and
// confidential words are counted and not shown.
func (a *Analysis) Report(ctx context.Context) (*Report, error) {
	return a.ReportFor(ctx, View{})
}

// Standings is [Analysis.Report] without asks, figures, questions and shared text: reading every passage for what it asks and counts takes
// longer than all the rest, some two milliseconds a passage.
func (a *Analysis) Standings(ctx context.Context) (*Report, error) {
	b, err := a.reporting(ctx)
	if err != nil {
		return nil, err
	}
	b.all()
	return b.r, nil
}

// reporting is a builder that knows where every member stands, and has written nothing yet.
func (a *Analysis) reporting(ctx context.Context) (*builder, error) {
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	return a.reportingOn(ctx, s, state)
}

// reportingOn is [Analysis.reporting] on what was read already.
func (a *Analysis) reportingOn(ctx context.Context, s *index.Snapshot, state *codings) (*builder, error) {
	return a.reportingFor(ctx, s, state, View{})
}

// reportingFor is a builder of what a view may show.
func (a *Analysis) reportingFor(ctx context.Context, s *index.Snapshot, state *codings, view View) (*builder, error) {
	source, err := a.Setting(ctx, "source")
	if err != nil {
		return nil, err
	}
	b := &builder{Analysis: a.withoutRetired(), whole: a.Codebook, s: s, state: state.rolledUp(a.Codebook), view: view, disclosure: discloseTo(s, view), standings: map[positionKey]standing{}, byMember: map[string][]*index.Passage{}}
	if b.kept = a.memo.of(s); view != (View{}) { // what is withheld from others is not what is withheld from staff
		b.kept = &readPassages{}
	}
	b.r = &Report{View: view, Title: a.title(s, source), Tool: a.opt.Tool, Source: source, Codebook: a.Source, Scale: state.settings.Scale, Rule: state.settings.Consensus, Origin: Origin{Seq: state.seq}}
	if b.r.Origin.Mark, err = a.ChainMark(ctx, state.seq); err != nil {
		return nil, err
	}
	for _, p := range s.Passages {
		member := s.Submission(p).Member
		b.byMember[member] = append(b.byMember[member], p)
	}
	b.stands()
	if view.Confirmed {
		b.confirmedAlone(state)
	}
	b.sameFiles()
	return b, b.share(ctx)
}

// withoutRetired is the analysis as outputs show it: with the themes that are worked with.
func (a *Analysis) withoutRetired() *Analysis {
	view := *a
	view.Codebook = a.Codebook.Active()
	return &view
}

// title is what outputs call the consultation.
func (a *Analysis) title(s *index.Snapshot, source string) string {
	if a.Source == BuiltIn { // the built-in themes are named after the plan they were made for
		return cmp.Or(s.Title, source, "Consultation")
	}
	return cmp.Or(s.Title, a.Codebook.Consultation, source, "Consultation")
}

// A builder makes a report.
type builder struct {
	*Analysis
	*disclosure
	view      View
	whole     *Codebook // with the retired themes
	s         *index.Snapshot
	state     *codings
	r         *Report
	kept      *readPassages // nil where a few passages are looked at only
	byMember  map[string][]*index.Passage
	standings map[positionKey]standing
	shares    map[string][]sharing // by passage, the shared text that it is made of
	copiers   map[string][]string  // by member, those that sent its very file and nothing else
	claims    []passageClaims      // of every passage, once they were read
	wording   *wordings            // likewise
}

func (b *builder) all() {
	b.counts()
	b.themes()
	b.members()
	b.quotes()
	b.excluded()
	b.notes()
}

// registers lists what members ask, count, answer and share.
func (b *builder) registers(ctx context.Context) error {
	asks, err := b.asks(ctx)
	if err != nil {
		return err
	}
	figures, err := b.figures(ctx)
	if err != nil {
		return err
	}
	b.r.Asks, b.r.Figures, b.r.Questions = *asks, *figures, b.questions()
	b.r.Shared, err = b.sharedTexts(ctx, b.state.settings.Templates)
	return err
}

// stands works out where every member stands on every theme.
func (b *builder) stands() {
	of := make([][]standing, len(b.s.Members))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(of); i = int(next.Add(1)) - 1 {
				of[i] = b.stand(b.s.Members[i].Name)
			}
		})
	}
	wait.Wait()
	for i, m := range b.s.Members {
		for j, t := range b.Codebook.Themes {
			b.standings[positionKey{m.Name, t.ID}] = of[i][j]
		}
	}
}

// stand works out where one member stands on each theme, reading each of its passages once.
func (b *builder) stand(member string) []standing {
	readings := map[string]*passageReading{}
	for _, p := range b.byMember[member] {
		if slices.ContainsFunc(b.Codebook.Themes, func(t Theme) bool { c := b.state.passages[codingKey{p.ID, t.ID}]; return c != nil && c.Tagged }) {
			readings[p.ID] = b.kept.reading(b.s, p)
		}
	}
	var out []standing
	for i := range b.Codebook.Themes {
		out = append(out, stand(b.Codebook, b.state, &b.Codebook.Themes[i], member, b.byMember[member], readings))
	}
	return out
}

// answered are the members with at least one submission that counts: the n of every statement.
func (b *builder) answered() []index.Member {
	return slices.DeleteFunc(slices.Clone(b.s.Members), func(m index.Member) bool { return len(b.byMember[m.Name]) == 0 })
}

func (b *builder) counts() {
	c := &b.r.Counts
	c.Asked, c.Members, c.Passages = len(b.s.Members), len(b.answered()), len(b.s.Passages)
	last := b.state.last
	for _, sub := range b.s.Submissions {
		if sub.Added.After(last) {
			last = sub.Added
		}
		switch {
		case sub.Failure != "":
			c.Unread++
		case sub.Excluded == "" && len(sub.Passages) > 0:
			c.Submissions++
			c.Words += extract.Words(sub.Document.Text)
		}
	}
	for _, p := range b.s.Passages {
		tagged, checked := false, false
		for _, t := range b.Codebook.Themes {
			if x := b.state.passages[codingKey{p.ID, t.ID}]; x != nil {
				tagged = tagged || x.Tagged
				checked = checked || x.Confirmed || x.StanceConfirmed
			}
		}
		if tagged {
			c.Tagged++
		}
		if checked {
			c.Checked++
		}
	}
	b.r.Asof = last.Format("2 January 2006")
	b.r.Coders = slices.Sorted(maps.Keys(b.state.coders))
}

func (b *builder) themes() {
	colours := b.whole.Colours()
	guard := themeGuard{b: b}
	for i := range b.Codebook.Themes {
		t := &b.Codebook.Themes[i]
		may := guard.shown(*t)
		x := ThemeReport{ID: t.ID, Name: t.Name, Number: t.number, Parent: t.Parent, Description: may.Description, Rules: may.Rules(), Examples: may.Examples, NonExamples: may.NonExamples, Colour: colours[t.ID]}
		for _, m := range b.answered() {
			x.Passages += len(b.standings[positionKey{m.Name, t.ID}].passages)
		}
		x.Joint = b.jointOn(t)
		x.Members = x.Joint.Addressed
		b.r.Themes = append(b.r.Themes, x)
	}
}

func (b *builder) members() {
	for _, m := range b.s.Members {
		x := MemberReport{Label: b.label(m.Name), Consent: string(b.strict[m.Name])}
		x.Named = b.named(m.Name) && x.Label == m.Name
		if b.named(m.Name) {
			x.Type = m.Type
		}
		for _, sub := range b.s.Submissions {
			if sub.Member != m.Name || sub.Excluded != "" {
				continue
			}
			r := SubmissionReport{Name: b.document(sub), Format: sub.Document.Format, Passages: len(sub.Passages), Words: extract.Words(sub.Document.Text)}
			if b.named(m.Name) {
				r.Date = dated(sub)
				x.Reason = cmp.Or(x.Reason, sub.Reason)
				for _, w := range sub.Document.Warnings {
					r.Warnings = append(r.Warnings, b.safe(strings.TrimSpace(w.Where+" "+w.What)))
				}
			}
			x.Submissions = append(x.Submissions, r)
			x.Passages += r.Passages
			x.Words += r.Words
		}
		x.SameAs = b.sameAs(m.Name)
		for i := range b.Codebook.Themes {
			x.Positions = append(x.Positions, b.position(m, i))
		}
		b.r.Members = append(b.r.Members, x)
	}
	slices.SortStableFunc(b.r.Members, func(x, y MemberReport) int { return cmp.Compare(x.Label, y.Label) })
}

// dated is the day that a submission is from; "saved" says that it is only when the file was saved last.
func dated(sub *index.Submission) string {
	day, where := sub.Dated()
	if where == index.SavedDate {
		return "saved " + day
	}
	return day
}

func (b *builder) position(m index.Member, theme int) Position {
	t := &b.Codebook.Themes[theme]
	st := b.standings[positionKey{m.Name, t.ID}]
	p := Position{Member: b.label(m.Name), ThemeID: t.ID, Theme: t.Name, Stance: st.stance, Confirmed: st.confirmed, Because: b.safe(st.because), By: st.by, Passages: len(st.passages), State: st.state}
	if st.confirmed {
		p.On = st.at.Format("2006-01-02")
	}
	p.Condition, _ = b.condition(m.Name, t, &st)
	if set, ok := b.state.positions[positionKey{m.Name, t.ID}]; ok && set.Rests != nil {
		p.Flags = b.flags(set.Rests, m.Name, t, set.seq)
	}
	if b.named(m.Name) {
		p.Type = m.Type
	}
	for _, x := range st.passages {
		if b.inConfidence(x) {
			continue
		}
		p.Refs = append(p.Refs, ref(x, t))
		if c := b.state.passages[codingKey{x.ID, t.ID}]; !c.Confirmed {
			s := SuggestedPassage{Ref: ref(x, t), Probability: c.Probability, Confidence: ConfidenceOf(c.Probability), Calibrated: c.Calibrated}
			if b.withheldPassage(x) == "" {
				s.Because = b.reason(c.Because)
			}
			p.Suggested = append(p.Suggested, s)
		}
	}
	for _, c := range st.sentences {
		if b.withheldPassage(c.passage) == "" {
			p.Sentences = append(p.Sentences, Sentence{Words: c.words, Ref: ref(c.passage, t), Place: index.PlaceText(c.passage.Place)})
		}
	}
	if slices.ContainsFunc(st.passages, func(x *index.Passage) bool { return b.withheldPassage(x) != "" }) {
		p.Because = "" // it quotes the cues, of withheld words too
	}
	if b.strict[m.Name].Strictness() < 2 {
		p.Note = b.safe(b.state.notes[codingKey{m.Name, t.ID}].text)
	}
	switch {
	case b.strict[m.Name].Strictness() == 2:
	case st.text != "":
		p.Line, p.Own = b.safe(st.text), st.author
	case len(p.Sentences) > 0:
		p.Line = line(p.Sentences[0].Words)
	}
	return p
}

// withheldPassage says why a passage's words are not shown, or "".
func (b *builder) withheldPassage(p *index.Passage) string {
	if b.view.Attributable && b.s.Consent(p).Strictness() > 0 {
		return "not to be attributed: counted, not shown"
	}
	if b.kept == nil {
		return b.withheld(b.s.Submission(p).Member, b.s.Consent(p), b.s.Whole(p))
	}
	if why, ok := b.kept.withheld.Load(p); ok {
		return why.(string)
	}
	why := b.withheld(b.s.Submission(p).Member, b.s.Consent(p), b.s.Whole(p))
	b.kept.withheld.Store(p, why)
	return why
}

// inConfidence reports a passage that is withheld though its submission is not: the member is named elsewhere, and what it said in
// confidence is not put to its name.
func (b *builder) inConfidence(p *index.Passage) bool {
	return b.withheldPassage(p) != "" && b.s.Consent(p).Strictness() > b.s.Submission(p).Consent.Strictness()
}

// ref names a passage under a theme.
func ref(p *index.Passage, t *Theme) string { return fmt.Sprintf("%s.%d", p.ID, t.number) }

// document is a submission's name as it may be shown.
func (b *builder) document(sub *index.Submission) string {
	if !b.named(sub.Member) || sub.Consent.Strictness() > 0 || sub.Member == "" && b.names != nil { // it could be from a member that is not to be named
		return "(document withheld)"
	}
	return b.safe(sub.Name)
}

func (b *builder) quotes() {
	lines := map[positionKey]string{}
	for _, m := range b.r.Members {
		for _, p := range m.Positions {
			lines[positionKey{p.Member, p.ThemeID}] = p.Line
		}
	}
	for i := range b.Codebook.Themes {
		t := &b.Codebook.Themes[i]
		first := len(b.r.Quotes)
		for _, p := range b.s.Passages {
			if c := b.state.passages[codingKey{p.ID, t.ID}]; c != nil && c.Tagged {
				b.r.Quotes = append(b.r.Quotes, b.quote(p, i, c, lines))
			}
		}
		slices.SortStableFunc(b.r.Quotes[first:], func(x, y Quote) int { return cmp.Compare(x.Member, y.Member) })
	}
}

func (b *builder) quote(p *index.Passage, theme int, c *Coding, lines map[positionKey]string) Quote {
	t := &b.Codebook.Themes[theme]
	sub := b.s.Submission(p)
	q := Quote{Ref: ref(p, t), Passage: p.ID, Member: b.label(sub.Member), Document: b.document(sub), Question: p.Question,
		ThemeID: t.ID, Theme: t.Name, Stance: c.Stance, Origin: origin(c), Consent: string(index.Stricter(b.s.Consent(p), b.strict[sub.Member]))}
	if c.Confirmed || c.StanceConfirmed {
		q.Origin, q.CheckedBy, q.CheckedOn = "confirmed", cmp.Or(confirmer(c)...), c.At.Format("2006-01-02")
	}
	if !c.Confirmed {
		q.Probability, q.Confidence, q.Calibrated = c.Probability, ConfidenceOf(c.Probability), c.Calibrated
	}
	q.Line, q.Note = lines[positionKey{q.Member, t.ID}], b.safe(b.state.notes[codingKey{p.ID, t.ID}].text)
	if why := b.withheldPassage(p); why != "" {
		if b.inConfidence(p) {
			q.Member, q.Document, q.Line, q.Note = confidentialPassage, "(document withheld)", "", ""
		}
		q.Withheld, q.Words, q.Note = true, "", "" // a note may say what the words do
		q.Because = "(" + why + ")"
		return q
	}
	q.Place, q.Heading = b.safe(index.PlaceText(p.Place)), b.safe(headings(p.Place.Headings))
	q.Words, q.Because, q.StanceWhy = b.s.Text(p), b.reason(c.Because), b.safe(c.StanceWhy)
	if q.Because == "" {
		q.Because = "decided by " + q.CheckedBy
	}
	if m := b.s.Member(sub.Member); m != nil && b.named(sub.Member) {
		q.Type = m.Type
	}
	if at := strings.Index(q.Words, modelQuote(c)); at >= 0 && isModel(c.Coder) {
		q.Marks = append(q.Marks, Span{at, at + len(modelQuote(c))})
		return q
	}
	if m := b.state.machine[ownModel][codingKey{p.ID, t.ID}]; m != nil && m.Tagged {
		for _, at := range reasonMarks(m.Because, q.Words) {
			q.Marks = append(q.Marks, Span(at))
		}
		return q
	}
	marks, _ := b.Codebook.match(t, index.Analyse(b.s.Whole(p)))
	for _, m := range marks {
		if at := m.Start - (p.Body - p.Start); at >= 0 {
			q.Marks = append(q.Marks, Span{at, m.End - (p.Body - p.Start)})
		}
	}
	return q
}

// headings are the headings above a passage, without the document's title where there are others below it.
func headings(path []string) string {
	if len(path) > 1 {
		path = path[1:]
	}
	return strings.Join(path, " › ")
}

func confirmer(c *Coding) []string {
	var out []string
	if c.Confirmed {
		out = append(out, c.Coder)
	}
	if c.StanceConfirmed {
		out = append(out, c.StanceCoder)
	}
	return out
}

// maxExcluded shortens the words of what is left out: they are there to recognise it by.
const maxExcluded = 200

func (b *builder) excluded() {
	for _, sub := range b.s.Submissions {
		if sub.Excluded == "" {
			continue
		}
		x := Exclusion{What: "submission", Name: b.document(sub), Reason: b.safe(sub.Excluded)}
		if b.names != nil && sub.Failure == "" { // the name of the file that is counted may be a secret
			x.Reason = "A later version or a copy of it is counted."
		}
		if sub.Member != "" {
			x.Member = b.label(sub.Member)
		}
		if sub.Failure != "" {
			x.What, x.Reason = "file", "It could not be read: "+b.safe(sub.FailureReason)+"."
			if b.opt.Explain != nil {
				x.Reason = b.safe(b.opt.Explain(sub.Failure, sub.FailureReason))
			}
		}
		b.r.Excluded = append(b.r.Excluded, x)
	}
	b.loose()
	b.looseTogether()
	b.retired()
	for range b.s.LooseConsents() {
		b.r.Excluded = append(b.r.Excluded, Exclusion{What: "decision", Reason: "A person's decision on consent: the passage, file or member it was made of is not there any more. See: collate members."})
	}
	for range b.s.LooseQuestions() {
		b.r.Excluded = append(b.r.Excluded, Exclusion{What: "decision", Reason: "A person's decision on the question that a passage answers: its words are not there any more, or stand in several places."})
	}
	for _, sub := range b.s.Submissions {
		if sub.Excluded == "" {
			b.furniture(sub)
		}
	}
}

// retired lists the themes that are in no count, with what is coded on them.
func (b *builder) retired() {
	for i := range b.whole.Themes {
		t := &b.whole.Themes[i]
		if t.State != ThemeRetired {
			continue
		}
		passages, checked, members := 0, 0, map[string]bool{}
		for _, p := range b.s.Passages {
			if c := b.state.passages[codingKey{p.ID, t.ID}]; c != nil && c.Tagged {
				passages++
				members[b.s.Submission(p).Member] = true
				if c.Confirmed || c.StanceConfirmed {
					checked++
				}
			}
		}
		positions := 0
		for key := range b.state.positions {
			if key.theme == t.ID {
				positions++
			}
		}
		b.r.Excluded = append(b.r.Excluded, Exclusion{What: "theme", Name: t.Name, Reason: fmt.Sprintf("The theme is retired. What is coded on it is kept: %s of %s, %d of them checked by a person, and %s that people set.", plural(passages, "passage", "passages"), plural(len(members), "member", "members"), checked, plural(positions, "position", "positions"))})
	}
}

// loose lists what people decided and what has no place any more.
func (b *builder) loose() {
	for _, key := range b.state.loose {
		x := Exclusion{What: "decision", Reason: fmt.Sprintf("A person's decision on the theme %q: the passage is in no submission that counts, or its words stand in several places.", key.theme)}
		if b.whole.Theme(key.theme) == nil {
			x.Reason = fmt.Sprintf("A person's decision on the theme %q, which is not in the codebook any more.", key.theme)
		}
		if p, ok := b.state.positions[positionKey{key.passage, key.theme}]; ok {
			x.Reason = fmt.Sprintf("%s set a position of %q on the theme %q; there is no such member or theme any more.", p.Coder, b.safe(key.passage), key.theme)
		}
		p := cmp.Or(b.s.Passage(key.passage), b.s.Left(key.passage))
		if p != nil {
			sub := b.s.Submission(p)
			x.Member, x.Name = b.label(sub.Member), b.document(sub)
			if b.withheldPassage(p) == "" {
				x.Place, x.Words = b.safe(index.PlaceText(p.Place)), shorten(b.s.Text(p))
			}
		}
		b.r.Excluded = append(b.r.Excluded, x)
	}
}

// shownFurniture is what may be shown of what is not coded. Quoted replies, forwarded notes and signatures are other people's
// words and their addresses: that they were left out is said, what they say is not.
var shownFurniture = map[string]bool{"page header": true, "page footer": true, "navigation": true, "question of the form": true, "table of contents": true}

// furniture lists what of a counted submission was read and not coded: signatures, disclaimers, quoted replies, page headers.
func (b *builder) furniture(sub *index.Submission) {
	if n := len(sub.Repeats); n > 0 {
		b.r.Excluded = append(b.r.Excluded, Exclusion{What: "passage", Member: b.label(sub.Member), Name: b.document(sub), Place: b.safe(index.PlaceText(sub.Repeats[0].Place)), Reason: "It repeats the words of the document that the members answer, or its questions.", Words: b.repeated(sub)})
	}
	rows := map[string]int{} // by reason: one row each
	for _, block := range sub.Document.Blocks {
		text := sub.Document.Text[block.Start:block.End]
		if block.Kind != extract.Furniture || !strings.ContainsFunc(text, unicode.IsLetter) {
			continue // a bare page number is nobody's words
		}
		i, ok := rows[block.Why]
		if !ok {
			i = len(b.r.Excluded)
			rows[block.Why] = i
			b.r.Excluded = append(b.r.Excluded, Exclusion{What: "passage", Member: b.label(sub.Member), Name: b.document(sub), Reason: fmt.Sprintf("It is not the member's answer: %s.", cmp.Or(block.Why, "page furniture"))})
		}
		if x := &b.r.Excluded[i]; shownFurniture[block.Why] && b.named(sub.Member) && b.withheld(sub.Member, sub.Consent, text) == "" && !strings.Contains(x.Words, shorten(text)) {
			x.Words = shorten(strings.TrimPrefix(x.Words+" | "+text, " | "))
			x.Place = cmp.Or(x.Place, index.PlaceText(block.Place))
		}
	}
}

// repeated is what a submission only repeats. They are the questioner's words, so there is no secret in them.
func (b *builder) repeated(sub *index.Submission) string {
	var words []string
	for _, p := range sub.Repeats {
		words = append(words, b.s.Text(p))
	}
	return shorten(strings.Join(words, " | "))
}

func shorten(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > maxExcluded {
		return string(r[:maxExcluded-1]) + "…"
	}
	return text
}

func (b *builder) notes() {
	note := func(format string, args ...any) { b.r.Notes = append(b.r.Notes, fmt.Sprintf(format, args...)) }
	c := b.r.Counts
	if b.Source == BuiltIn {
		note("No themes file came with the submissions: %s were used.", BuiltIn)
	}
	if c.Checked == 0 {
		note("Nothing has been checked by a person yet: every theme and stance is a suggestion, made by %s, with its reason beside it.", b.makers())
	} else {
		note("%d of %d passages have been checked by a person; the rest are suggestions, made by %s.", c.Checked, c.Passages, b.makers())
	}
	if n := b.uncodable(); n > 0 {
		note("%s only a source: searched, never coded, and none of those to review.", plural(n, "passage is a note that gives", "passages are notes that give"))
	}
	if names := b.unswept(); len(names) > 0 {
		note("What the suggestions miss was not looked for (recall sweep) on %s: %s.", plural(len(names), "theme", "themes"), strings.Join(names, ", "))
	}
	copies := 0
	for _, of := range b.copiers {
		copies += len(of)
	}
	if copies > 0 {
		note("%s the very file of another member. It counts once, as from one of them, with its words; both said it: see Members, and Copies in the counts of shared text.", plural(copies, "member sent", "members sent"))
	}
	if silent := c.Asked - c.Members - copies; silent > 0 {
		note("%s asked or listed without a submission that could be read; silence is not agreement.", plural(silent, "member was", "members were"))
	}
	hidden := 0
	for _, m := range b.answered() {
		if !b.named(m.Name) {
			hidden++
		}
	}
	if hidden > 0 {
		note("%s not named; confidential words are counted and not shown.", plural(hidden, "member is", "members are"))
	}
	note("%s", b.r.Rule)
	b.settled(note)
	if n := len(b.state.loose) + len(b.s.LooseConsents()) + len(b.s.LooseQuestions()); n > 0 {
		note("%s a person made has no place any more, because a file or the codebook changed: see Excluded.", plural(n, "decision that", "decisions that"))
	}
	if slices.ContainsFunc(b.r.Themes, func(t ThemeReport) bool { return t.Parent != "" }) {
		note("Themes lie under one another: a theme counts and quotes what is on the themes under it as well, so the counts of the two do not add up.")
	}
	if c.Unread > 0 {
		note("%s could not be read: see Excluded.", plural(c.Unread, "file", "files"))
	}
}

// uncodable is how many passages no theme is proposed for.
func (b *builder) uncodable() (n int) {
	for _, p := range b.s.Passages {
		if !p.Codable() {
			n++
		}
	}
	return n
}

// unswept are the names of the themes of which no recall sweep is done.
func (b *builder) unswept() []string {
	var out []string
	sent := lastSent(b.s)
	for _, t := range b.Codebook.Themes {
		left := slices.ContainsFunc(b.s.Passages, func(p *index.Passage) bool {
			c := b.state.passages[codingKey{p.ID, t.ID}]
			return p.Codable() && (c == nil || !c.Confirmed)
		})
		if left && b.state.refusedInRow(t.ID, sent) < SweepRun {
			out = append(out, t.Name)
		}
	}
	return out
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
