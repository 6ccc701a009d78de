package check

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"collate/index/extract"
	"collate/themes"
	"collate/themes/counted"
)

// counts judges every count of members in a draft's own words: what stands in a quotation is its speaker's.
func counts(ctx context.Context, r *Record, d *Draft) ([]Finding, error) {
	j := newCountJudge(r.Report, r.Analysis.Codebook.Active())
	var out []Finding
	var last *themes.ThemeReport
	err := eachOwn(ctx, d, func(b *extract.Block, text string, quoted func(Span) bool) {
		for _, x := range j.judge(text, b.Place.Headings) {
			if quoted(x.Span) {
				continue
			}
			f := x.finding(b.Start)
			if n := len(out); n > 0 && inBrackets(text, &x, &out[n-1], b.Start) && out[n-1].Kind == f.Kind {
				continue // "most (13 of 16)" says one thing twice
			}
			if n := len(out); n > 0 && f.Kind == Unconfirmed && out[n-1].Kind == Unconfirmed && out[n-1].Start >= b.Start+x.Sentence.Start && x.theme == last {
				out[n-1].End = f.End
				out[n-1].Why = fmt.Sprintf("The counts here are right by the suggestions; nobody has confirmed all the positions on %q.", x.theme.Name)
				continue
			}
			last = x.theme
			out = append(out, f)
		}
	})
	return out, err
}

// inBrackets reports whether a count only repeats in brackets what the one before it says.
func inBrackets(text string, x *judgedCount, before *Finding, from int) bool {
	return x.Inherited && before.End-from <= x.Start && before.End >= from && strings.TrimSpace(text[before.End-from:x.Start]) == "("
}

// finding is a judged count as a draft's report has it.
func (x *judgedCount) finding(from int) Finding {
	f := Finding{Span: Span{Start: from + x.Start, End: from + x.End}, Kind: RightNumber, Severity: Fine, Why: x.why, Members: x.names}
	switch x.verdict {
	case countWrongNumber:
		f.Kind, f.Severity, f.Right = WrongNumber, Wrong, x.right
	case countWrongWord:
		f.Kind, f.Severity, f.Right = WrongWord, Wrong, x.right
	case countUnconfirmed:
		f.Kind, f.Severity = Unconfirmed, LookAt
	case countUnclear:
		f.Kind, f.Severity, f.Right = CannotTell, LookAt, x.right
	}
	return f
}

// A countVerdict is what the record makes of a count in prose.
type countVerdict string

// The verdicts.
const (
	countRight       countVerdict = "right"
	countWrongNumber countVerdict = "wrong number"
	countWrongWord   countVerdict = "wrong word"
	countUnconfirmed countVerdict = "not confirmed" // right by the suggestions alone
	countUnclear     countVerdict = "cannot tell"   // a person has to look
)

// A judgedCount is a statement of count with what the record says of it.
type judgedCount struct {
	counted.Statement
	verdict countVerdict
	theme   *themes.ThemeReport // nil where it cannot be told, or where the count is not of a theme
	why     string              // a sentence or two for the reader of the draft
	right   string              // what the record would have it say, "20 of 25 members"; "" where there is nothing to say
	names   []string            // labels of the members that the record counts
	count   int                 // of them; -1 where it is not known
}

// A countJudge compares counts in prose with a report. It holds no words of members.
type countJudge struct {
	report *themes.Report
	book   *themes.Codebook
	words  counted.Vocabulary
}

func newCountJudge(r *themes.Report, book *themes.Codebook) *countJudge {
	j := &countJudge{report: r, book: book}
	for _, q := range r.Scale {
		j.words.Words = append(j.words.Words, q.Word)
	}
	seen := map[string]bool{"": true}
	for i := range r.Members {
		if kind := r.Members[i].Type; !seen[kind] {
			seen[kind] = true
			j.words.Groups = append(j.words.Groups, counted.NewGroup(kind))
		}
	}
	return j
}

// judge reads a paragraph under its headings, outermost first, and judges every count in it.
func (j *countJudge) judge(text string, headings []string) []judgedCount {
	var out []judgedCount
	for _, st := range counted.Read(text, j.words) {
		out = append(out, j.judgeOne(text, headings, &st, out))
	}
	return out
}

func (j *countJudge) judgeOne(text string, headings []string, st *counted.Statement, before []judgedCount) judgedCount {
	out := judgedCount{Statement: *st, count: -1}
	about := j.subjectOf(text, headings, st, before)
	if about.theme != "" && needsTheme(st.Act) {
		out.theme = j.theme(about.theme)
	}
	c := comparison{j: j, st: st, out: &out, about: about}
	if out.theme != nil {
		c.tally = tallyOf(j.report, about.theme, st.Group)
	} else {
		c.tally = tallyOf(j.report, "", st.Group)
	}
	c.them = -1
	for i := len(before) - 1; i >= 0 && c.them < 0 && i >= len(before)-4; i-- {
		if before[i].Base != counted.Them {
			c.them = before[i].count
		}
	}
	c.decide()
	if out.verdict != countRight && out.theme != nil {
		return c.outside(out)
	}
	return out
}

// outside judges again by the confirmed positions alone: a document for outside counts those, and is right where it does.
func (c *comparison) outside(was judgedCount) judgedCount {
	sure := judgedCount{Statement: was.Statement, count: -1, theme: was.theme}
	again := comparison{j: c.j, st: c.st, out: &sure, about: c.about, tally: c.tally.outside(), them: c.them}
	if again.tally.took() == 0 || again.tally.took() == c.tally.took() {
		return was
	}
	if again.decide(); sure.verdict != countRight {
		return was
	}
	sure.why = "Of the confirmed positions alone: " + sure.why
	return sure
}

func (j *countJudge) theme(id string) *themes.ThemeReport {
	for i := range j.report.Themes {
		if j.report.Themes[i].ID == id {
			return &j.report.Themes[i]
		}
	}
	return nil
}

// needsTheme reports whether an act is one on a theme.
func needsTheme(a counted.Act) bool {
	switch a {
	case counted.Responded, counted.NotResponded, counted.Belong, counted.NoAct, counted.Other:
		return false
	}
	return true
}

// A comparison is a statement beside what the record counts.
type comparison struct {
	j     *countJudge
	st    *counted.Statement
	out   *judgedCount
	about subject
	tally tally
	them  int // what the statement before counts; -1 for none
}

// A reading is one way to count what a statement says was done.
type reading struct {
	count   int
	stances []themes.Stance
	what    string // X
}

// readings are the ways to count an act; the first is the plain one, and a number that only fits another is looked at.
func (c *comparison) readings() []reading {
	t := &c.tally
	of := func(what string, stances ...themes.Stance) reading {
		return reading{t.count(stances...), stances, what}
	}
	switch c.st.Act {
	case counted.Support:
		if c.st.Kind != counted.Number || c.st.Count == 0 { // "no union supports it" and "all unions do" speak of those with conditions as well
			return []reading{of("supporting it", inFavour...)}
		}
		return []reading{of("supporting it", inFavour...), of("supporting it without conditions", themes.Support)}
	case counted.Unconditional:
		return []reading{of("supporting it without conditions", themes.Support)}
	case counted.Conditions:
		return []reading{of("supporting it with conditions", themes.Conditions)}
	case counted.Oppose:
		return []reading{of("opposing it", themes.Oppose)}
	case counted.NotSupport:
		return []reading{of("opposing it", themes.Oppose), of("opposing it or unsure", themes.Oppose, themes.Mixed), of("addressing it without supporting it", themes.Oppose, themes.Mixed, themes.NotStated),
			of("not saying that they support it", themes.Oppose, themes.Mixed, themes.NotStated, themes.Silent)}
	case counted.NotOppose:
		return []reading{{-1, nil, ""}, of("taking a position other than to oppose it", themes.Support, themes.Conditions, themes.Mixed), of("addressing it without opposing it", themes.Support, themes.Conditions, themes.Mixed, themes.NotStated),
			of("not saying that they oppose it", themes.Support, themes.Conditions, themes.Mixed, themes.NotStated, themes.Silent)}
	case counted.Mixed:
		return []reading{of("mixed or unsure", themes.Mixed)}
	case counted.Addressed:
		if c.st.Rest { // "twelve more members address it", beside those that take a position
			return []reading{of("addressing it without a plain position", themes.NotStated), of("addressing it", addressed...)}
		}
		return []reading{of("addressing it", addressed...)}
	case counted.TookPosition:
		return []reading{of("taking a position on it", position...)}
	case counted.NoPosition:
		return []reading{of("addressing it without a plain position", themes.NotStated), of("taking no position on it", themes.NotStated, themes.Silent)}
	case counted.Silent:
		asked := of("not addressing it, or having sent nothing", themes.Silent)
		asked.count += t.asked - t.answered
		return []reading{of("not addressing it", themes.Silent), asked}
	case counted.Responded:
		out := []reading{{t.answered, nil, "having sent a submission that was read"}}
		if c.st.Group == "" && c.j.report.Counts.Submissions != t.answered {
			files := reading{c.j.report.Counts.Submissions, nil, "submissions were read"}
			if c.st.Files {
				return append([]reading{files}, out...)
			}
			return append(out, files)
		}
		return out
	case counted.NotResponded:
		return []reading{{t.asked - t.answered, nil, "having sent no submission that could be read"}}
	case counted.Belong:
		return []reading{{t.asked, nil, "listed"}, {t.answered, nil, "having sent a submission that was read"}}
	}
	return nil
}

// decide compares and says why.
func (c *comparison) decide() {
	var all []reading
	if c.out.theme != nil || !needsTheme(c.st.Act) {
		all = c.readings()
	}
	if len(all) > 0 && all[0].count >= 0 {
		c.out.count, c.out.names = all[0].count, c.tally.all(all[0].stances...)
		c.out.right = c.instead(all[0].count)
	}
	if c.impossible() {
		return
	}
	if c.st.Act == counted.NoAct || c.st.Act == counted.Other {
		c.unclear("What these members are said to have done is not one of the things that the record counts.")
		return
	}
	if needsTheme(c.st.Act) && c.out.theme == nil {
		c.unclear("It does not say plainly which theme it is about.")
		return
	}
	main := all[0]
	for i, r := range all {
		if r.count < 0 {
			continue
		}
		switch fit := c.fits(r.count); {
		case fit == fitsPlain && i == 0:
			c.settle(r)
			return
		case fit == fitsPlain:
			c.unclear(fmt.Sprintf("It is right only if those are counted that the record has as %s. %s", r.what, c.record(main)))
			return
		case fit == fitsSome && i == 0:
			c.unclear(c.partly(r))
			return
		}
	}
	c.wrong(main)
}

// settle is a count that fits: it is right where people confirmed what it rests on.
func (c *comparison) settle(r reading) {
	if c.st.Kind == counted.Vague {
		c.unclear(fmt.Sprintf("The scale has no word %q. %s", c.st.Word, c.record(r)))
		return
	}
	c.out.verdict = countRight
	c.out.why = c.record(r)
	if n := c.tally.unconfirmed(r.stances...); n > 0 && c.st.Act != counted.Addressed && c.st.Act != counted.NoPosition {
		c.out.verdict = countUnconfirmed
		c.out.why = fmt.Sprintf("It is right by the suggestions; nobody has confirmed %d of the %d positions. %s", n, len(c.tally.all(r.stances...)), c.record(r))
	}
}

func (c *comparison) unclear(why string) {
	c.out.verdict, c.out.why = countUnclear, strings.TrimSpace(why)
}

// wrong is a count that no reading fits. Where what is said is narrower than the theme, or who is meant cannot be told for sure, it is
// for a person to say.
func (c *comparison) wrong(main reading) {
	switch {
	case main.count < 0:
		c.unclear("The record does not count this by itself.")
		return
	case c.about.more > narrow:
		c.unclear("It may speak of a part of the theme only. " + c.record(main))
		return
	case c.tally.hidden > 0 && c.st.Group != "" && c.withHidden(main):
		c.unclear(fmt.Sprintf("%s %d more may be among them: their type is not told.", c.record(main), c.tally.hidden))
		return
	}
	c.out.verdict = countWrongNumber
	if c.st.Kind == counted.Scaled || c.st.Kind == counted.Vague || c.st.Kind == counted.All && c.st.Of == 0 && c.st.Count == 0 {
		c.out.verdict = countWrongWord
	}
	c.out.why = c.record(main)
	if c.st.Kind == counted.Scaled {
		c.out.why += " " + c.bounds()
	}
}

// narrow is how many words beside the theme's own make a subject narrower than the theme: "the standards" and "the standards as they are
// proposed" are the theme, "making the standards binding on academies" is not.
const narrow = 2

// withHidden reports whether the count would fit if some of the members of unknown type were of the group.
func (c *comparison) withHidden(main reading) bool {
	if len(main.stances) == 0 {
		return true
	}
	for more := 1; more <= c.tally.hidden; more++ {
		for counted := 0; counted <= more; counted++ {
			for _, others := range []themes.Stance{themes.Silent, themes.NotStated, themes.Mixed, themes.Oppose, themes.Support} {
				if slices.Contains(main.stances, others) && counted < more {
					continue
				}
				grown := *c
				grown.tally = c.tally.grown(more, counted, main.stances[0], others)
				if grown.fits(main.count+counted) != fitsNot {
					return true
				}
			}
		}
	}
	return false
}

// impossible finds counts that cannot be right whatever they are of: more than there are, or of a number that is nobody's.
func (c *comparison) impossible() bool {
	if c.st.Files && c.st.Act != counted.Responded {
		return false
	}
	most := max(c.tally.asked+c.tally.hidden, c.j.most(c.st))
	say := func(why string) bool {
		c.out.verdict, c.out.why = countWrongNumber, why
		return true
	}
	n := c.st.Count
	if c.st.Kind == counted.Number && (c.st.Bound == counted.Exactly || c.st.Bound == counted.AtLeast || c.st.Bound == counted.Between) && n > most || c.st.Kind == counted.Number && c.st.Bound == counted.MoreThan && n >= most {
		return say(fmt.Sprintf("There are not so many. %s", c.membership()))
	}
	if c.st.Of > 0 && c.st.Base != counted.Them && !slices.Contains(c.denominators(), c.st.Of) && !(c.st.Group != "" && c.tally.hidden > 0 && c.st.Of <= c.tally.asked+c.tally.hidden && c.st.Of >= c.tally.answered) {
		return say(fmt.Sprintf("It counts out of %d. %s", c.st.Of, c.membership()))
	}
	return false
}

// most is how many files there may be, where files are counted.
func (j *countJudge) most(st *counted.Statement) int {
	if st.Files || st.Act == counted.Responded && st.Group == "" {
		return j.report.Counts.Submissions
	}
	return 0
}

// denominators are the numbers that a count may be out of.
func (c *comparison) denominators() []int {
	t := &c.tally
	switch c.st.Base {
	case counted.Answered:
		return []int{t.answered}
	case counted.Addressing:
		if c.out.theme != nil {
			return []int{t.addressed()}
		}
	case counted.Position:
		if c.out.theme != nil {
			return []int{t.took()}
		}
	case counted.Favour:
		return []int{t.count(inFavour...)}
	case counted.Against:
		return []int{t.count(themes.Oppose)}
	}
	out := []int{t.answered, t.asked}
	if c.st.Files || c.st.Act == counted.Responded {
		out = append(out, c.j.report.Counts.Submissions)
	}
	if c.out.theme != nil {
		return append(out, t.took(), t.addressed())
	}
	for i := range c.j.report.Themes { // of which theme is not known: that of any would do
		x := tallyOf(c.j.report, c.j.report.Themes[i].ID, c.st.Group)
		out = append(out, x.took(), x.addressed())
	}
	return out
}

// A fit is how well a count fits what the statement says.
type fit int

const (
	fitsNot   fit = iota
	fitsSome      // of some denominators that it could be of
	fitsPlain     // of what it plainly says
)

// fits compares a count with the amount of the statement.
func (c *comparison) fits(n int) fit {
	switch c.st.Kind {
	case counted.Number:
		return plainly(bounded(c.st, n))
	case counted.All:
		return plainly(c.fitsAll(n))
	case counted.NotAll:
		return plainly(n < c.tally.answered)
	case counted.Share:
		return c.over(n, func(d int) bool { return shares(c.st, n, d) }, true)
	case counted.Scaled:
		return c.over(n, func(d int) bool { return strings.EqualFold(c.j.report.Scale.Word(n, d), c.st.Word) }, false)
	case counted.Vague:
		return c.over(n, func(d int) bool { return vaguely(c.st.Word, n, d) }, false)
	}
	return fitsNot
}

func plainly(ok bool) fit {
	if ok {
		return fitsPlain
	}
	return fitsNot
}

// fitsAll judges "all", "both", "all three", "all but two": silence is never agreement, so that all members are all that answered, unless
// the text says which are meant.
func (c *comparison) fitsAll(n int) bool {
	d := c.tally.answered
	switch c.st.Base {
	case counted.Them:
		d = c.them
	case counted.Position:
		d = c.tally.took()
	case counted.Addressing:
		d = c.tally.addressed()
	case counted.Favour:
		d = c.tally.count(inFavour...)
	case counted.Against:
		d = c.tally.count(themes.Oppose)
	}
	if c.st.Of > 0 && (c.st.Base == counted.Unsaid || c.st.Base == counted.Answered) && !slices.Contains([]int{c.tally.answered, c.tally.asked}, c.st.Of) {
		return false
	}
	if c.st.Of > 0 {
		d = c.st.Of
	}
	return d > 0 && n == d-c.st.Count
}

// over tries the denominators that a share or a word could be of. A share that is plain is one of all that answered; a word of the scale
// has to fit them all, because who reads "most members" does not know which is meant.
func (c *comparison) over(n int, fits func(d int) bool, share bool) fit {
	t := &c.tally
	var of []int
	switch {
	case c.st.Of > 0:
		of = []int{c.st.Of}
	case c.st.Base == counted.Them:
		of = []int{c.them}
	case c.st.Base == counted.Position:
		of = []int{t.took()}
	case c.st.Base == counted.Addressing:
		of = []int{t.addressed()}
	case c.st.Base == counted.Favour:
		of = []int{t.count(inFavour...)}
	case c.st.Base == counted.Against:
		of = []int{t.count(themes.Oppose)}
	case c.st.Base == counted.Answered, c.st.Act == counted.Addressed, c.st.Act == counted.Silent:
		of = []int{t.answered}
	case c.st.Act == counted.Responded, c.st.Act == counted.NotResponded:
		of = []int{t.asked}
	case c.st.Act == counted.TookPosition, c.st.Act == counted.NoPosition:
		of = []int{t.answered, t.addressed()}
	default:
		of = []int{t.answered, t.addressed(), t.took()}
	}
	some, all, first := false, true, false
	for i, d := range of {
		ok := d > 0 && n <= d && fits(d)
		some, all = some || ok, all && (ok || d == 0)
		first = first || ok && i == 0
	}
	switch {
	case some && (all || share && first):
		return fitsPlain
	case some:
		return fitsSome
	}
	return fitsNot
}

// bounded compares a count with a number.
func bounded(st *counted.Statement, n int) bool {
	switch st.Bound {
	case counted.AtLeast:
		return n >= st.Count
	case counted.MoreThan:
		return n > st.Count
	case counted.AtMost:
		return n <= st.Count
	case counted.FewerThan:
		return n < st.Count
	case counted.Between:
		return n >= st.Count && n <= st.To
	case counted.Nearly:
		return n < st.Count && float64(n) >= float64(st.Count)*(1-rough)
	case counted.About:
		return math.Abs(float64(n-st.Count)) <= max(1, float64(st.Count)*rough)
	}
	return n == st.Count
}

// rough is how far "about" and "nearly" may be off, as a share of the number; fractions in words may be off by closeTo of the whole.
const (
	rough   = .1
	closeTo = .025
)

// shares compares n of d with a share. A per cent is right where it rounds to what is written.
func shares(st *counted.Statement, n, d int) bool {
	got, want := float64(n)/float64(d), st.Fraction
	switch st.Bound {
	case counted.AtLeast:
		return got >= want-1e-9
	case counted.MoreThan:
		return got > want+1e-9
	case counted.AtMost:
		return got <= want+1e-9
	case counted.FewerThan:
		return got < want-1e-9
	case counted.Nearly:
		return got < want && got >= want-2*closeTo
	case counted.About:
		return math.Abs(got-want) <= 2*closeTo
	}
	if st.Decimals >= 0 {
		unit := math.Pow(10, -float64(st.Decimals+2))
		return math.Abs(got-want) <= unit/2+1e-9
	}
	return math.Abs(got-want) <= closeTo || math.Abs(float64(n)-want*float64(d)) < .5
}

// vaguely reports whether a word without bounds is not plainly untrue.
func vaguely(word string, n, d int) bool {
	switch {
	case strings.HasSuffix(word, "majority") || strings.HasSuffix(word, "bulk"):
		return n*4 >= d*3
	case strings.HasSuffix(word, "all") || word == "almost every":
		return n*10 > d*9
	case word == "most":
		return n*2 > d
	case strings.HasSuffix(word, "minority"), word == "few", word == "not many":
		return n > 0 && n*2 < d
	case word == "a handful":
		return n >= 1 && n <= 5
	case word == "a couple":
		return n == 2
	case word == "dozens", word == "scores":
		return n >= 24
	case word == "hardly any", word == "scarcely any":
		return n*10 <= d
	}
	return n >= 2
}

// record says in words what the record counts.
func (c *comparison) record(r reading) string {
	if r.count < 0 {
		return ""
	}
	who := c.group(r.count)
	switch {
	case c.out.theme == nil && c.st.Act == counted.Responded && r.what == "submissions were read":
		return fmt.Sprintf("The record has %d submissions that were read.", r.count)
	case c.out.theme == nil:
		return fmt.Sprintf("The record has %s %s.", who, r.what)
	}
	t := &c.tally
	return fmt.Sprintf("On %q the record counts %s as %s: %d answered, %d address it, %d take a position.", c.out.theme.Name, who, r.what, t.answered, t.addressed(), t.took())
}

// instead is what the draft could say, "most (20 of 25)".
func (c *comparison) instead(n int) string {
	of := c.tally.answered
	switch c.st.Base {
	case counted.Position:
		of = c.tally.took()
	case counted.Addressing:
		of = c.tally.addressed()
	}
	if n <= of && needsTheme(c.st.Act) {
		return c.j.report.Scale.Quantity(n, of).String()
	}
	return c.group(n)
}

// group is a number of whom the statement counts: "2 members", "1 member (Union)".
func (c *comparison) group(n int) string {
	word := "members"
	if n == 1 {
		word = "member"
	}
	if c.st.Group != "" {
		return fmt.Sprintf("%d %s of the type %q", n, word, c.st.Group)
	}
	return fmt.Sprintf("%d %s", n, word)
}

func (c *comparison) membership() string {
	out := fmt.Sprintf("The record has %s, and %d of them answered", c.group(c.tally.asked), c.tally.answered)
	if c.out.theme != nil {
		out += fmt.Sprintf("; %d address %q and %d take a position on it", c.tally.addressed(), c.out.theme.Name, c.tally.took())
	}
	return out + "."
}

// bounds are the scale's words in whole members.
func (c *comparison) bounds() string {
	n := c.tally.answered
	if took := c.tally.took(); c.out.theme != nil && took > 0 {
		return fmt.Sprintf("The scale for the %d that take a position: %s; for the %d that answered: %s.", took, c.j.report.Scale.Describe(took), n, c.j.report.Scale.Describe(n))
	}
	return fmt.Sprintf("The scale for %d: %s.", n, c.j.report.Scale.Describe(n))
}

// partly says which denominators a share or a word fits.
func (c *comparison) partly(r reading) string {
	return fmt.Sprintf("It is right of some that it could be a share of and not of others: say which is meant. %s %s", c.record(r), c.bounds())
}
