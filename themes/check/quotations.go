package check

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"collate/index/extract"
	"collate/themes"
	"collate/themes/quotation"
)

// index makes the passages quick to look in.
func (r *Record) index() {
	texts := make([]quotation.Text, len(r.Sources.Passages))
	var closed []quotation.Text
	for i := range r.Sources.Passages {
		p := &r.Sources.Passages[i]
		texts[i] = quotation.Text{Group: p.Text, Words: p.Compared}
		if p.Closed == themes.InSecrecy {
			closed = append(closed, texts[i])
		}
	}
	r.corpus, r.closed = quotation.NewCorpus(texts), quotation.NewCorpus(closed)
	names := make([][]string, len(r.Sources.Speakers))
	for i, s := range r.Sources.Speakers {
		names[i] = append(slices.Clone(s.Names), s.Label)
	}
	r.speakers = quotation.NewSpeakers(names)
}

// quotations judges every quotation of a draft, and looks for confidential words outside of quotations.
func quotations(ctx context.Context, r *Record, d *Draft) ([]Finding, error) {
	blocks := draftBlocks(d)
	r.suppose(d, blocks)
	all := quotation.Find(blocks)
	var out []Finding
	if len(all) > maxQuotations {
		at := d.Document.Blocks[all[maxQuotations].Block].Start + all[maxQuotations].Start
		out = append(out, Finding{Span: Span{Start: at, End: len(d.Document.Text)}, Kind: NotFound, Severity: Wrong, Words: "…",
			Why: fmt.Sprintf("The draft has %d quotations. Those from here on were not judged: check it in parts.", len(all))})
	}
	for i := range all[:min(len(all), maxQuotations)] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		j := &quoteJudge{r: r, d: d, q: &all[i], by: quotation.Attribute(blocks, all, i, r.speakers)}
		j.at = Span{Start: d.Document.Blocks[all[i].Block].Start + all[i].Start, End: d.Document.Blocks[all[i].Last].Start + all[i].End}
		if f, ok := j.judge(); ok {
			f.Span = j.at
			f.Quotation = true
			out = append(out, f)
		}
	}
	return append(out, r.secrets(d, out)...), nil
}

// maxQuotations is how many quotations of one draft are judged: far more than one that anybody reads has.
const maxQuotations = 5000

// draftBlocks are the paragraphs of a draft as quotations are looked for in them.
func draftBlocks(d *Draft) []quotation.Block {
	notes := map[string]string{}
	for _, b := range d.Document.Blocks {
		if b.Kind == extract.Note {
			notes[b.Place.Note] += d.Document.Text[b.Start:b.End] + " "
		}
	}
	out := make([]quotation.Block, len(d.Document.Blocks))
	for i, b := range d.Document.Blocks {
		out[i] = quotation.Block{Text: d.Document.Text[b.Start:b.End], Apart: b.Kind == extract.Note || b.Kind == extract.Furniture}
		if out[i].Quote = i < len(d.Styles) && d.Styles[i].Quote; out[i].Quote {
			out[i].Text = quoteSign.ReplaceAllStringFunc(out[i].Text, func(sign string) string { return strings.ReplaceAll(sign, ">", " ") })
		}
		for _, ref := range b.Refs {
			if text := notes[ref.Note]; text != "" {
				out[i].Notes = append(out[i].Notes, quotation.Note{At: ref.At, Text: text})
			}
		}
	}
	return out
}

// quoteSign is the sign with which plain text sets a line as a quotation.
var quoteSign = regexp.MustCompile(`(?m)^[ \t]*(?:>[ \t]?)+`)

// suppose takes a paragraph for a block quotation that stands without marks behind "X told us:" and is, more or less, the words of a passage.
func (r *Record) suppose(d *Draft, blocks []quotation.Block) {
	for i := 1; i < len(blocks); i++ {
		lead, b := strings.TrimSpace(blocks[i-1].Text), &blocks[i]
		if b.Quote || b.Apart || d.Document.Blocks[i].Kind == extract.Heading || !strings.HasSuffix(lead, ":") || strings.ContainsAny(b.Text, "“”\"") || quotation.Length(b.Text) < leastSupposed || len(r.speakers.In(lead)) == 0 {
			continue
		}
		found := r.corpus.Match(b.Text)
		b.Quote = len(found) > 0 && found[0].Verdict != quotation.NotFound
	}
}

// leastSupposed is how many words a paragraph without marks must have to be taken for a quotation.
const leastSupposed = 8

// fewWords is how many words a quotation may have that is nobody's in particular: a term, a title.
const fewWords = 3

// A quoteJudge judges one quotation.
type quoteJudge struct {
	r     *Record
	d     *Draft
	q     *quotation.Quotation
	by    quotation.Attribution
	at    Span
	words int
}

// judge is false for a quotation without a word.
func (j *quoteJudge) judge() (Finding, bool) {
	if !j.q.Closed {
		return Finding{Kind: Unclosed, Severity: Wrong, Why: "The quotation mark that opens here is never closed, so it cannot be told what is quoted."}, true
	}
	matches := j.read()
	j.words = quotation.Length(j.q.Text)
	switch {
	case len(matches) == 0:
		return Finding{}, false
	case matches[0].Verdict.Stands():
		return j.stands(matches), true
	}
	return j.differs(matches), true
}

// surely is by how many words more another end of a quotation must agree with a passage than the likely end does, where it is nearer: a
// possessive would otherwise cut off what was altered.
const surely = 4

// read looks for the words. Of a quotation that may end in several places the likely end is taken, unless much more stands for another.
func (j *quoteJudge) read() []quotation.Match {
	matches := j.r.corpus.Match(j.q.Text)
	if len(matches) == 0 {
		return nil
	}
	likely, kept := j.q.End, matches[0].Kept(j.q.Text)
	for _, x := range j.q.Readings {
		found := j.r.corpus.Match(x.Text)
		if len(found) == 0 {
			continue
		}
		better := found[0].Kept(x.Text) - kept
		if better <= 0 || x.End < likely && better < surely {
			continue
		}
		j.at.End += x.End - j.q.End
		j.q.Text, j.q.End = x.Text, x.End
		matches, kept = found, kept+better
	}
	return matches
}

// source is the passage of a match as it may be shown.
func (j *quoteJudge) source(m *quotation.Match) *Source {
	if m.Text < 0 {
		return nil
	}
	p := &j.r.Sources.Passages[m.Text]
	s := &Source{Passage: p.Passage, Member: p.Member, Document: p.Document, Place: p.Place, Words: p.Words()}
	if p.Withheld != "" {
		s.Passage, s.Place = "", ""
	}
	return s
}

// closed is the strictest closing of the passages of a match.
func (j *quoteJudge) closed(m *quotation.Match) themes.Closing {
	out := themes.Free
	for i := max(m.Text, 0); i <= m.Last; i++ {
		out = max(out, j.r.Sources.Passages[i].Closed)
	}
	for _, p := range m.Places {
		out = max(out, j.r.Sources.Passages[p.Text].Closed)
	}
	return out
}

func (j *quoteJudge) speaker(m *quotation.Match) int { return j.r.Sources.Passages[m.Text].Speaker }

// stands judges a quotation whose words are somebody's as they stand: whether they may be quoted, and whether it is the one who is named.
func (j *quoteJudge) stands(matches []quotation.Match) Finding {
	open := slices.DeleteFunc(slices.Clone(matches), func(m quotation.Match) bool { return j.closed(&m) == themes.InSecrecy })
	if len(open) == 0 {
		return j.confidential(&matches[0], "These words stand in the record only in confidence: they are counted, and may not be quoted.")
	}
	slices.SortStableFunc(open, func(a, b quotation.Match) int { return j.preference(&a) - j.preference(&b) })
	theirs := slices.DeleteFunc(slices.Clone(open), func(m quotation.Match) bool { return !slices.Contains(j.by.Speakers, j.speaker(&m)) })
	if len(j.by.Speakers) > 0 && len(theirs) == 0 {
		return j.wrongSpeaker(open)
	}
	best := &open[0]
	if len(theirs) > 0 {
		best = &theirs[0]
	}
	f := Finding{Kind: Kind(best.Verdict), Severity: Fine, Source: j.source(best)}
	f.Why = "Word for word as " + j.whose(best) + "."
	if len(best.Typography) > 0 {
		f.Why = fmt.Sprintf("As %s but for %s.", j.whose(best), list(best.Typography))
	}
	j.named(&f, best)
	j.cuts(&f, best)
	j.caveats(&f, best)
	return f
}

// preference orders places of the same words: those that count, may be quoted and need least said come first.
func (j *quoteJudge) preference(m *quotation.Match) int {
	p := &j.r.Sources.Passages[m.Text]
	n := 0
	if p.Standing == themes.Superseded {
		n += 4
	}
	if p.Closed != themes.Free {
		n += 2
	}
	if m.Turned() != "" {
		n++
	}
	return n
}

// whose says whose words a match is, and where they stand.
func (j *quoteJudge) whose(m *quotation.Match) string {
	p := &j.r.Sources.Passages[m.Text]
	switch {
	case p.Standing == themes.Asked && p.Speaker < 0:
		return "in " + p.Document + place(p.Place)
	case p.Withheld != "":
		return p.Member + " has it"
	}
	return p.Member + " has it in " + p.Document + place(p.Place)
}

func place(where string) string {
	if where == "" {
		return ""
	}
	return ", " + where
}

// list joins words as a sentence does.
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// named adds the members.
func (j *quoteJudge) named(f *Finding, m *quotation.Match) {
	if p := &j.r.Sources.Passages[m.Text]; p.Speaker >= 0 {
		f.Members = []string{p.Member}
	}
}

// cuts judges what is left out or put in.
func (j *quoteJudge) cuts(f *Finding, m *quotation.Match) {
	for _, c := range m.Cuts {
		if c.Why == "" {
			continue
		}
		severity := LookAt
		if c.Grave {
			severity = Wrong
		}
		if severity.rank() < f.Severity.rank() {
			f.Severity = severity
			f.Why = upper(c.Why) + ", which the quotation then does not say."
			if c.Words != "" {
				f.Why = fmt.Sprintf("What is left out changes what is said: %s. Left out: “%s”.", c.Why, shortened(c.Words))
			}
		}
	}
}

// caveats are what a person must know of words that are right.
func (j *quoteJudge) caveats(f *Finding, m *quotation.Match) {
	if f.Severity != Fine {
		return
	}
	p := &j.r.Sources.Passages[m.Text]
	turned := m.Turned()
	switch {
	case p.Closed == themes.NamesHid:
		f.Kind, f.Severity, f.Why = Confidential, LookAt, "The passage names a member who is not to be named, so collate shows it nowhere. The words are as they were written; see that they do not tell who it is."
		f.Source.Words = ""
	case p.Standing == themes.Superseded:
		f.Kind, f.Severity, f.Why = Uncounted, LookAt, fmt.Sprintf("These words stand only in a submission that does not count any more (%s): a later version or a copy replaces it.", p.Document)
	case p.Standing == themes.Asked && p.Speaker >= 0:
		f.Severity, f.Why = LookAt, "These are the words of what the members were asked, which the member only repeats."
	case turned != "":
		f.Kind, f.Severity, f.Why = OutOfContext, LookAt, "The words are right, but they are cut from a sentence that says something else: "+turned+"."
	case len(j.by.Speakers) > 1:
		j.together(f)
	}
}

// together asks that words which are given to several members be the words of each.
func (j *quoteJudge) together(f *Finding) {
	var not []string
	for _, s := range j.by.Speakers {
		if !slices.ContainsFunc(j.r.corpus.Match(j.q.Text), func(m quotation.Match) bool { return m.Verdict.Stands() && j.speaker(&m) == s }) {
			not = append(not, j.r.Sources.Speakers[s].Label)
		}
	}
	if len(not) > 0 {
		f.Kind, f.Severity, f.Members = WrongSpeaker, LookAt, not
		f.Why = fmt.Sprintf("The words are given to several members; they are not those of %s.", list(not))
	}
}

// wrongSpeaker is about words of others than the one who is named.
func (j *quoteJudge) wrongSpeaker(open []quotation.Match) Finding {
	f := Finding{Kind: WrongSpeaker, Severity: LookAt, Source: j.source(&open[0])}
	others := false
	for i := range open {
		m := &open[i]
		label := j.r.Sources.Passages[m.Text].Member
		if !slices.Contains(f.Members, label) {
			f.Members = append(f.Members, label)
		}
		others = others || slices.Contains(j.by.Others, j.speaker(m))
	}
	if j.by.Sure || !others {
		f.Severity = Wrong
	}
	said := make([]string, len(j.by.Speakers))
	for i, s := range j.by.Speakers {
		said[i] = j.r.Sources.Speakers[s].Label
	}
	f.Right = list(f.Members)
	f.Why = fmt.Sprintf("The draft gives these words to %s. They are those of %s.", list(said), f.Right)
	if j.closed(&open[0]) != themes.Free {
		f.Source.Words = ""
	}
	return f
}

// confidential is about words that may not be quoted. It repeats nothing that the draft does not say.
func (j *quoteJudge) confidential(m *quotation.Match, why string) Finding {
	f := Finding{Kind: Confidential, Severity: Wrong, Why: why}
	if j.words <= fewWords && len(j.by.Speakers) == 0 {
		f.Severity = LookAt
		f.Why = "These few words stand in the record only in confidence. If they are a common expression they may stay; if they are a quotation they may not."
	}
	return f
}

// differs judges a quotation whose words are nobody's as they stand.
func (j *quoteJudge) differs(matches []quotation.Match) Finding {
	best := &matches[0]
	for i := range matches {
		m := &matches[i]
		if m.Verdict == best.Verdict && m.Changed() == best.Changed() && j.better(m, best) {
			best = m
		}
	}
	if best.Verdict != quotation.NotFound && j.closed(best) == themes.InSecrecy {
		return j.confidential(best, "These words are close to words that stand in the record only in confidence: those are counted, and may not be quoted.")
	}
	switch best.Verdict {
	case quotation.Spliced:
		return j.spliced(best)
	case quotation.NotFound:
		return j.notFound(matches)
	}
	f := Finding{Kind: Altered, Severity: LookAt, Source: j.source(best)}
	j.named(&f, best)
	for _, c := range best.Changes {
		if !c.Soft() {
			f.Severity = Wrong
		}
		f.Changes = append(f.Changes, Change{string(c.Class), c.Source, c.Draft, c.Before, c.After})
	}
	f.Why = fmt.Sprintf("Not as %s: %s.", j.whose(best), changed(best.Changes))
	if f.Severity == LookAt {
		f.Why += " Only marks or capitals differ."
	}
	f.Right = j.original(best)
	if j.closed(best) != themes.Free {
		f.Changes, f.Right, f.Source.Words = nil, "", ""
	}
	return f
}

// better prefers, of two places that are as near, the one that may be quoted, and that of the one who is named.
func (j *quoteJudge) better(m, than *quotation.Match) bool {
	if m.Text < 0 || than.Text < 0 {
		return false
	}
	if a, b := j.closed(m), j.closed(than); a != b {
		return a < b
	}
	return slices.Contains(j.by.Speakers, j.speaker(m)) && !slices.Contains(j.by.Speakers, j.speaker(than))
}

// original is what the source says where the quotation is altered; to the ends of its sentences where it is altered at its own.
func (j *quoteJudge) original(m *quotation.Match) string {
	p := &j.r.Sources.Passages[m.Text]
	if m.Text != m.Last || m.Start < p.Body || m.End <= m.Start {
		return ""
	}
	from, to := m.Start, m.End
	if m.OddStart {
		from = max(p.Body, from-len(m.Lead))
	}
	if m.OddEnd {
		to = min(len(p.Compared), to+len(m.Tail))
	}
	return p.Compared[from:to]
}

// changed says in a few words what differs.
func changed(changes []quotation.Change) string {
	var out []string
	for _, c := range changes {
		if len(out) == 4 {
			out = append(out, fmt.Sprintf("%d more", len(changes)-4))
			break
		}
		switch {
		case c.Source == "":
			out = append(out, fmt.Sprintf("“%s” was added (%s)", shortened(c.Draft), c.Class))
		case c.Draft == "":
			out = append(out, fmt.Sprintf("“%s” was left out without a sign (%s)", shortened(c.Source), c.Class))
		default:
			out = append(out, fmt.Sprintf("“%s” became “%s” (%s)", shortened(c.Source), shortened(c.Draft), c.Class))
		}
	}
	return list(out)
}

// spliced is about parts that stand in different places, or sentences that were made one.
func (j *quoteJudge) spliced(m *quotation.Match) Finding {
	f := Finding{Kind: Spliced, Severity: Wrong, Source: j.source(m)}
	j.named(&f, m)
	if len(m.Places) == 0 {
		f.Why = "Two sentences stand as one, or words between them were left out without a sign. The passage: " + j.whose(m) + "."
		for _, c := range m.Changes {
			f.Changes = append(f.Changes, Change{string(c.Class), c.Source, c.Draft, c.Before, c.After})
		}
		f.Right = j.original(m)
		if j.closed(m) != themes.Free {
			f.Changes, f.Right, f.Source.Words = nil, "", ""
		}
		return f
	}
	var parts []string
	for _, p := range m.Places {
		s := &j.r.Sources.Passages[p.Text]
		parts = append(parts, fmt.Sprintf("“%s” (%s%s)", shortened(p.Words), s.Member, place(s.Place)))
		if !slices.Contains(f.Members, s.Member) && s.Speaker >= 0 {
			f.Members = append(f.Members, s.Member)
		}
	}
	f.Why = "Words from different places stand as one quotation: " + list(parts) + "."
	return f
}

// notFound is about words that are near nothing. The nearest passage is shown where it may be.
func (j *quoteJudge) notFound(matches []quotation.Match) Finding {
	f := Finding{Kind: NotFound, Severity: Wrong, Why: "Nobody in the record wrote these words."}
	for i := range matches {
		if m := &matches[i]; m.Text >= 0 && j.closed(m) == themes.Free {
			f.Source = j.source(m)
			f.Why += " The nearest passage is shown."
			break
		}
	}
	switch {
	case len(j.by.Speakers) > 0:
	case j.by.Outside != "":
		f.Severity = LookAt
		f.Why = fmt.Sprintf("It is not in the record, and is said to be from elsewhere (%q): check it there.", j.by.Outside)
		f.Source = nil
	case title(j.q.Text):
		f.Severity = LookAt
		f.Why = "These words are not in the record. They look like a title; if they are a quotation they may not stand."
		f.Source = nil
	case j.words <= fewWords:
		f.Severity = LookAt
		f.Why = "These few words are not in the record. If they are a term or a title they may stay; if they are a quotation they may not."
		f.Source = nil
	}
	return f
}

// title reports words of which all but the small ones begin with a capital.
func title(text string) bool {
	n := 0
	for _, w := range strings.Fields(text) {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "(‘'\"“"))
		switch {
		case unicode.IsUpper(r):
			n++
		case len(w) > 4 && unicode.IsLower(r):
			return false
		}
	}
	return n >= 2
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
