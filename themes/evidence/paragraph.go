package evidence

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"collate/index"
	"collate/themes"
)

// A Basis is what a paragraph rests on: for the companion, which stays with the submitter's staff.
type Basis struct {
	Kind    string // "line", "quote", "figure", "ask", "text", or the role of its section
	Theme   string // name, where it is about one
	Outcome themes.Outcome
	Why     string // how the rule comes to the outcome
	Stances map[themes.Stance]int
	Sources []Source
	Dissent string // who does not share the line, as staff may see them
	Note    string // what a witness should know
}

// A Source is one passage that a paragraph rests on, or of a line where one member stands.
type Source struct {
	Ref       string
	Member    string
	Document  string
	Place     string
	Date      string
	Stance    themes.Stance
	Confirmed bool // a person has confirmed the stance, or of a quote the coding
	Consent   string
	Words     string // the passage's; "" when withheld
}

// paragraph resolves one paragraph; not ok where it is left out, or wrong.
func (d *drafter) paragraph(p *Paragraph) (said Said, ok bool) {
	said = Said{ID: p.ID}
	said.Basis.Kind = p.Is()
	switch p.Is() {
	case "line":
		ok = d.line(p, &said)
	case "quote":
		ok = d.quote(p, &said)
	case "figure":
		ok = d.figure(p, &said)
	case "ask":
		ok = d.ask(p, &said)
	case "text":
		said.Runs, ok = []Run{{Text: curly(oneLine(p.Text))}}, true
		if strings.ContainsAny(p.Text, "“”\"") {
			d.note(p.ID, LookAt, "It has words in quotation marks, which are not held against the record here: make them a quote, or see collate check.")
		}
	}
	return said, ok
}

func (d *drafter) line(p *Paragraph, said *Said) bool {
	t := d.theme(p.Line)
	if t == nil {
		d.fail(p.ID, fmt.Sprintf("There is no theme %q; the themes are %s.", p.Line, strings.Join(d.themeIDs(), ", ")))
		return false
	}
	v := d.view(t)
	said.Basis = d.lineBasis(t, v)
	if t.Joint.Outside.Problem != "" {
		d.note(p.ID, LookAt, "%s", t.Joint.Outside.Problem)
	}
	unconfirmed := t.Joint.Took - t.Joint.Outside.Took
	switch {
	case t.Joint.Addressed == 0:
		d.note(p.ID, LeftOut, "No member addresses %s.", t.Name)
		d.note(p.ID, Blocks, "The joint line on %s is left out.", t.Name)
		return false
	case v.took == 0 && v.line == "":
		d.note(p.ID, LeftOut, "Nobody has confirmed a position on %s: %s suggested.", t.Name, plural(t.Joint.Took, "is", "are"))
		d.note(p.ID, Blocks, "The joint line on %s is left out. Review it, or see a working draft with --suggested.", t.Name)
		return false
	case unconfirmed > 0 && !d.opt.Suggested:
		d.note(p.ID, LookAt, "%s on %s only suggested and not counted.", plural(unconfirmed, "position is", "positions are"), t.Name)
	}
	if len(t.Joint.Flags) > 0 && v.line != "" {
		d.note(p.ID, LookAt, "What the line on %s rests on changed since it was written: see collate joint.", t.Name)
	}
	said.Runs = []Run{{Text: d.say(t, v)}}
	return true
}

// lineBasis is who stands where on a theme, each with the strongest passage.
func (d *drafter) lineBasis(t *themes.ThemeReport, v jointView) Basis {
	b := Basis{Kind: "line", Theme: t.Name, Outcome: v.outcome, Why: t.Joint.Why, Stances: v.stances, Dissent: t.Joint.Dissent}
	if n := t.Joint.Took - t.Joint.Outside.Took; n > 0 {
		b.Note = fmt.Sprintf("%s on it %s suggested, not confirmed.", plural(n, "position", "positions"), choose(n, "is", "are"))
	}
	for i := range d.Report.Members {
		m := &d.Report.Members[i]
		for j := range m.Positions {
			p := &m.Positions[j]
			if p.ThemeID != t.ID || p.Stance == themes.Silent {
				continue
			}
			s := Source{Member: m.Label, Stance: p.Stance, Confirmed: p.Confirmed, Consent: m.Consent}
			if len(p.Refs) > 0 {
				s = d.source(p.Refs[0])
				s.Stance, s.Confirmed = p.Stance, p.Confirmed
			}
			b.Sources = append(b.Sources, s)
		}
	}
	return b
}

// source is the passage of a ref as the report shows it.
func (d *drafter) source(ref string) Source {
	q := d.quotes[ref]
	if q == nil {
		return Source{Ref: ref}
	}
	return Source{Ref: q.Ref, Member: q.Member, Document: q.Document, Place: q.Place, Date: d.dates[[2]string{q.Member, q.Document}], Stance: q.Stance,
		Confirmed: q.Origin == "confirmed", Consent: q.Consent, Words: q.Words}
}

// cut finds the words of a paragraph in its passage and cuts them from the record. What is not there, letter by letter, fails: white space
// alone may differ, for whoever edits the outline may have broken its lines.
func (d *drafter) cut(p *Paragraph, ref string) (q *themes.Quote, words string, ok bool) {
	q = d.quotes[ref]
	if q == nil {
		q = d.quotes[passage(ref)]
	}
	switch {
	case q == nil:
		d.fail(p.ID, fmt.Sprintf("There is no passage %s on a theme in the record any more.", ref))
		return nil, "", false
	case q.Withheld || q.Words == "" || q.Consent == string(index.Confidential):
		d.fail(p.ID, fmt.Sprintf("Passage %s may not be shown: it is counted and not quoted.", ref))
		return nil, "", false
	case d.speaker(q) == "":
		d.fail(p.ID, fmt.Sprintf("Passage %s may not be put to its member's name, which the report gives elsewhere: leave it out.", ref))
		return nil, "", false
	}
	at, found := find(p.Words, q.Words)
	if !found {
		d.fail(p.ID, fmt.Sprintf("These words do not stand in passage %s as they are given: %q. The passage: %q.", ref, oneLine(p.Words), oneLine(q.Words)))
		return nil, "", false
	}
	if why := torn(q.Words, at); why != "" {
		d.note(p.ID, LookAt, "The quote begins behind %q in its sentence: see that it still means the same.", why)
	}
	if q.Origin != "confirmed" {
		d.unsure = append(d.unsure, p.ID)
	}
	return q, oneLine(q.Words[at.Start:at.End]), true
}

// find is where words stand in a passage as whole words, white space aside.
func find(words, in string) (themes.Span, bool) {
	want := strings.Fields(words)
	if len(want) == 0 {
		return themes.Span{}, false
	}
	for from := 0; from <= len(in); {
		i := strings.Index(in[from:], want[0])
		if i < 0 {
			return themes.Span{}, false
		}
		start := from + i
		if end, ok := follows(in, start, want); ok && whole(in, start, end) {
			return themes.Span{Start: start, End: end}, true
		}
		_, n := utf8.DecodeRuneInString(in[start:])
		from = start + max(1, n)
	}
	return themes.Span{}, false
}

// follows reports whether the words stand one after the other from start on, with nothing but white space between them.
func follows(in string, start int, want []string) (end int, ok bool) {
	at := start
	for i, w := range want {
		if i > 0 {
			rest := strings.TrimLeftFunc(in[at:], unicode.IsSpace)
			if len(rest) == len(in)-at {
				return 0, false
			}
			at = len(in) - len(rest)
		}
		if !strings.HasPrefix(in[at:], w) {
			return 0, false
		}
		at += len(w)
	}
	return at, true
}

// whole reports a stretch that begins and ends between words: "sufficient" is not in "insufficient".
func whole(in string, start, end int) bool {
	inWord := func(a, b rune) bool {
		letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) }
		return letter(a) && letter(b)
	}
	before, _ := utf8.DecodeLastRuneInString(in[:start])
	first, _ := utf8.DecodeRuneInString(in[start:])
	last, _ := utf8.DecodeLastRuneInString(in[:end])
	after, _ := utf8.DecodeRuneInString(in[end:])
	return !inWord(before, first) && !inWord(last, after) && !strings.ContainsRune("£$€", before)
}

// turns are words that, cut off in front of a quote, turn or bound what it says.
var turns = map[string]bool{"not": true, "never": true, "no": true, "nor": true, "neither": true, "without": true, "unless": true, "if": true, "only": true, "until": true,
	"hardly": true, "cannot": true, "although": true, "though": true, "provided": true, "whether": true}

// torn is the word before a quote, in its own sentence, that its meaning may hang on; "" where there is none.
func torn(in string, at themes.Span) string {
	for _, s := range index.Sentences(in) {
		if at.Start <= s.Start || at.Start >= s.End {
			continue
		}
		for _, w := range strings.Fields(in[s.Start:at.Start]) {
			bare := strings.Trim(strings.ToLower(w), ".,;:()[]“”\"‘’'")
			if turns[bare] || strings.HasSuffix(bare, "n't") || strings.HasSuffix(bare, "n’t") {
				return bare
			}
		}
	}
	return ""
}

// speaker is who said a quote as the document may call it; "" where that cannot be said without naming who is not to be named.
func (d *drafter) speaker(q *themes.Quote) string {
	m := d.members[q.Member]
	switch {
	case m == nil:
		return ""
	case q.Consent == string(index.Attributable) && m.Named:
		return called(m.Label)
	case m.Named || q.Consent == string(index.Confidential):
		return ""
	}
	return unnamed(m.Label)
}

// generic begins the name of a body that is called with the article: "the Association of Inclusive Colleges".
var generic = regexp.MustCompile(`^(?:Association|Federation|Guild|Union|Society|Institute|Council|Alliance|Centre|College|Confederation|Royal|National|Network|Forum) (?:of|for)\b|^(?:Royal|National) `)

// called is a member's name within a sentence.
func called(name string) string {
	if generic.MatchString(name) {
		name = "the " + name
	}
	return curly(name)
}

// unnamed describes a member that is not named, by the type in its label.
func unnamed(label string) string {
	_, kind, ok := strings.Cut(label, "(")
	kind, _, closed := strings.Cut(kind, ")")
	if !ok || !closed {
		return "a member that asked not to be named"
	}
	return "a member that asked not to be named (" + curly(kind) + ")"
}

// cite is the source of a quote as a footnote gives it: member, document, place and date, as far as each may be told.
func (d *drafter) cite(q *themes.Quote) string {
	m := d.members[q.Member]
	if m == nil || !m.Named || q.Consent != string(index.Attributable) {
		return capital(d.speaker(q)) + ", response to " + d.out.Short + "."
	}
	parts := []string{curly(m.Label), "response to " + d.out.Short}
	if name := documentName(q.Document); name != "" {
		parts[1] += " (" + name + ")"
	}
	if q.Place != "" {
		parts = append(parts, placeWords(q.Place))
	}
	date := d.dates[[2]string{q.Member, q.Document}]
	if day, err := Day(date); err == nil { // "saved ..." is only when somebody saved the file
		parts = append(parts, day.Format("2 January 2006"))
	}
	return strings.Join(parts, ", ") + "."
}

// documentName is a file's name as a reader outside may see it: without its folder, and not at all where it holds an address.
func documentName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	if strings.Contains(name, "@") || strings.HasPrefix(name, "(") {
		return ""
	}
	return curly(oneLine(name))
}

// placeWords writes a place out: "page 2, paragraph 4".
func placeWords(place string) string {
	place = strings.ReplaceAll(place, "para no. ", "paragraph numbered ")
	place = strings.ReplaceAll(place, "para ", "paragraph ")
	return curly(oneLine(place))
}

// leads introduce a quote. They say no more than that the member said it.
var leads = []string{"%s told us: ", "%s said: ", "In the words of %s: ", "%s put it in this way: "}

func (d *drafter) lead(speaker string) string {
	lead := leads[d.told%len(leads)]
	d.told++
	return capital(fmt.Sprintf(lead, speaker))
}

func (d *drafter) quote(p *Paragraph, said *Said) bool {
	q, words, ok := d.cut(p, p.Quote)
	if !ok {
		return false
	}
	said.Runs = append([]Run{{Text: d.lead(d.speaker(q))}}, quoted(words, d.cite(q))...)
	said.Basis = d.passageBasis("quote", q)
	d.outsider(p, q)
	return true
}

// outsider says of a quote that it names a member which does not share the position of the others: the joint line never does.
func (d *drafter) outsider(p *Paragraph, q *themes.Quote) {
	t, m := d.themes[q.ThemeID], d.members[q.Member]
	if t == nil || m == nil || !m.Named {
		return
	}
	v := d.view(t)
	if v.outcome != themes.CommonGround && v.outcome != themes.CommonGroundConditions {
		return
	}
	for _, x := range m.Positions {
		against := x.Stance == themes.Mixed || v.side == themes.Support && x.Stance == themes.Oppose || v.side == themes.Oppose && (x.Stance == themes.Support || x.Stance == themes.Conditions)
		if x.ThemeID == q.ThemeID && against {
			d.note(p.ID, LookAt, "It names %s, which does not share the joint position on %s.", q.Member, t.Name)
		}
	}
}

// quoted are the runs of a quotation with its footnote: the marks are ours, the words are not touched.
func quoted(words, note string) []Run {
	closing := "”"
	if !sentenceEnd.MatchString(words) {
		closing = "”."
	}
	return []Run{{Text: "“"}, {Text: words, Quote: true}, {Text: closing, Note: note}}
}

// passageBasis is what a quote or a figure rests on, with where the member and the others stand.
func (d *drafter) passageBasis(kind string, q *themes.Quote) Basis {
	b := Basis{Kind: kind, Theme: q.Theme, Sources: []Source{d.source(q.Ref)}}
	if t := d.themes[q.ThemeID]; t != nil {
		v := d.view(t)
		b.Outcome, b.Stances, b.Dissent = v.outcome, v.stances, t.Joint.Dissent
		for s, names := range t.Joint.Names {
			for _, name := range names {
				if name == q.Member {
					b.Note = fmt.Sprintf("On %s this member's stance is: %s.", t.Name, strings.ToLower(s.Label()))
				}
			}
		}
	}
	return b
}

func (d *drafter) figure(p *Paragraph, said *Said) bool {
	q, words, ok := d.cut(p, p.Figure)
	if !ok {
		return false
	}
	var values, sources []string
	for _, f := range d.figures[q.Passage] {
		if !strings.Contains(words, f.Value) {
			continue
		}
		values = append(values, f.Value)
		if f.Unsourced {
			continue
		}
		source := f.Source
		if f.Reference != nil {
			source = f.Reference.Words
		}
		if source = oneLine(source); source != "" && !contains(sources, source) {
			sources = append(sources, source)
		}
	}
	switch {
	case len(values) == 0:
		d.note(p.ID, LookAt, "No figure is found in these words.")
	case len(sources) == 0:
		d.note(p.ID, LookAt, "The figure has no source in the submission: it stands on %s's word.", q.Member)
	}
	note := d.cite(q)
	if len(sources) > 0 {
		note = "The source given is: " + sentence(strings.Join(sources, "; ")) + " Quoted from " + note
	}
	said.Runs = append([]Run{{Text: capital(fmt.Sprintf("%s gives this figure: ", d.speaker(q)))}}, quoted(words, note)...)
	said.Basis = d.passageBasis("figure", q)
	return true
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if strings.EqualFold(x, s) {
			return true
		}
	}
	return false
}

// ask is a recommendation: what the action says is the outline's, who asks for it the record's.
func (d *drafter) ask(p *Paragraph, said *Said) bool {
	var by []string
	verbatim := false
	for _, ref := range p.Ask {
		q := d.quotes[ref]
		if q == nil {
			q = d.quotes[passage(ref)]
		}
		found := d.asks[passage(ref)]
		switch {
		case q != nil && (q.Withheld || q.Consent == string(index.Confidential)):
			d.fail(p.ID, fmt.Sprintf("Passage %s may not be shown: it is counted and not quoted.", ref))
			return false
		case len(found) == 0:
			d.fail(p.ID, fmt.Sprintf("No ask is found in passage %s.", ref))
			return false
		}
		who := d.asker(found[0].Member)
		if q != nil {
			who = d.speaker(q)
		}
		if who == "" {
			d.fail(p.ID, fmt.Sprintf("Passage %s may not be put to its member's name, which the report gives elsewhere: leave it out.", ref))
			return false
		}
		if !contains(by, who) {
			by = append(by, who)
		}
		for _, a := range found {
			_, ok := find(p.Action, capital(a.Action))
			_, small := find(p.Action, a.Action)
			verbatim = verbatim || ok || small
		}
		s := Source{Ref: ref, Member: found[0].Member, Document: found[0].Document, Place: found[0].Place}
		if q != nil {
			s = d.source(q.Ref)
		}
		said.Basis.Sources = append(said.Basis.Sources, s)
	}
	if len(p.Ask) == 0 {
		d.note(p.ID, LookAt, "No passage is named that asks for this.")
	} else if !verbatim {
		said.Basis.Note = "The action is in the outline's words, not in a member's."
	}
	text := curly(oneLine(p.Action))
	if p.Actor != "" {
		text = "We recommend that " + curly(oneLine(p.Actor)) + " " + text
	} else {
		text = "We recommend: " + text
	}
	if p.By != "" && !strings.Contains(strings.ToLower(p.Action), strings.ToLower(p.By)) {
		text += ", " + curly(oneLine(p.By))
	}
	if len(by) == 1 {
		d.single = append(d.single, p.ID)
	}
	note := ""
	switch first := d.quotes[firstOf(p.Ask)]; {
	case len(by) == 1 && first != nil:
		note = "Asked for by " + d.cite(first)
	case len(by) > 0:
		note = "Asked for by " + sentence(list(by))
	}
	said.Runs = []Run{{Text: sentence(text), Note: note}}
	return true
}

func firstOf(refs []string) string {
	if len(refs) == 0 {
		return ""
	}
	return refs[0]
}

// asker is a member as a document may call it.
func (d *drafter) asker(label string) string {
	switch m := d.members[label]; {
	case m == nil:
		return ""
	case m.Named && m.Consent == string(index.Attributable):
		return called(label)
	case m.Named || m.Consent == string(index.Confidential):
		return ""
	}
	return unnamed(label)
}
