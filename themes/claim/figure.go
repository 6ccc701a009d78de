package claim

import (
	"regexp"
	"slices"
	"strings"

	"collate/index"
	"collate/themes/speech"
)

// A Figure is a number with what it measures and who says so.
type Figure struct {
	index.Span            // the number with its sign: "46%", "£2.6bn", "three in four"
	Number     float64    `json:"number"`           // its value in its unit, 0 where it cannot be told
	Unit       string     `json:"unit"`             // "%", "£", "share" for three in four, else what is counted: "weeks", "pupils"
	What       index.Span `json:"what"`             // the words that say what is measured
	Column     string     `json:"column,omitempty"` // of a figure in a table: the words at the head of its column
	When       index.Span `json:"when"`             // of what time it is
	Source     index.Span `json:"source"`           // who says so, "(Adams et al, 2023)"; empty where nothing is said
}

// times are units of how long something takes or lasts.
var times = set("second seconds minute minutes hour hours day days week weeks month months year years term terms")

// figures finds the numbers that report something.
func (r *reader) figures(dates []Date) []Figure {
	var out []Figure
	table := r.rows()
	inTable := func(at index.Span) bool {
		return slices.ContainsFunc(table, func(row row) bool {
			return slices.ContainsFunc(row.numbers, func(n number) bool { return overlap(n.Span, at) })
		})
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.question() {
			continue
		}
		for _, n := range numbers(r.text[s.Start:s.End]) {
			n.Start += s.Start
			n.End += s.Start
			if inTable(n.Span) {
				continue
			}
			f, ok := r.figure(s, n, dates)
			if !ok {
				continue
			}
			if f.Unit == "" && !r.elliptic(s, &f, out) {
				continue
			}
			if last := len(out) - 1; last >= 0 && r.exacter(out[last], f) { // "fewer than half - 46 per cent - of"
				f.What = out[last].What
				out = out[:last]
			}
			out = append(out, f)
		}
	}
	out = r.carried(out)
	for _, row := range table {
		out = append(out, r.tabled(row, dates)...)
	}
	slices.SortStableFunc(out, func(a, b Figure) int { return a.Start - b.Start })
	return out
}

// exacter reports whether b, put in between dashes or brackets, says more exactly what the share a says.
func (r *reader) exacter(a, b Figure) bool {
	between := r.between(a.End, b.Start)
	return a.Unit == "share" && b.Unit == "%" && len(between) < 120 && inserted.MatchString(between)
}

var inserted = regexp.MustCompile(`(?:^|\s)(?:–|—|-|\()\s*$|(?:–|—|\()$`)

// elliptic gives a number without a noun, "of 58 who replied, 37 had been", the unit of what was counted before it.
func (r *reader) elliptic(s *sentence, f *Figure, before []Figure) bool {
	for i := s.before(f.Start); i > 0; i-- {
		if s.tagged(i-1, "NNS") && people[s.at(i-1)] {
			f.Unit = s.at(i - 1)
			return true
		}
	}
	if n := len(before); n > 0 && f.Start-before[n-1].End < 120 && before[n-1].Unit != "%" && before[n-1].Unit != "£" && before[n-1].Unit != "share" {
		f.Unit = before[n-1].Unit
		return true
	}
	return false
}

// carried gives figures without a source the survey that the sentence before them names.
func (r *reader) carried(out []Figure) []Figure {
	for i := range out {
		for k := 1; k < len(r.sentences) && empty(out[i].Source); k++ {
			if before := r.sentences[k-1]; within(out[i].Span, r.sentences[k].Span) {
				if m := ownData.FindStringSubmatchIndex(r.text[before.Start:before.End]); m != nil {
					out[i].Source = trimSpan(r.text, index.Span{Start: before.Start + m[2], End: before.Start + m[3]})
				}
			}
		}
	}
	return out
}

// ownData is a sentence that says where the figures behind it are from.
var ownData = regexp.MustCompile(`(?:figures (?:below|here|that follow) (?:come|are taken|are) from|^)\s*((?:[Tt]he \p{Lu}[\p{L}’']*(?:\s\p{Lu}[\p{L}’']*)*(?:’s|'s)? own survey|[Rr]eturns from|[Oo]ur (?:own )?(?:survey|audit|returns|casework|helpline)(?: data)?)[^,;.]{0,40}?)(?:\s+(?:in|suggests?|shows?|showed|found|has|have|had)\b|\.|,)`)

func (r *reader) figure(s *sentence, n number, dates []Date) (Figure, bool) {
	f := Figure{Span: n.Span, Number: n.value, Unit: n.unit}
	switch {
	case slices.ContainsFunc(dates, func(d Date) bool { return overlap(d.bare, n.Span) }),
		slices.ContainsFunc(r.out.Mentions, func(m Mention) bool { return overlap(m.Span, n.Span) }),
		r.label(s, n), r.wished(s, n.Span), r.supposed(s, n.Span):
		return f, false
	}
	if n.unit == "" {
		unit, ok := r.unit(s, n)
		if !ok {
			return f, false
		}
		f.Unit = unit
	}
	f.What = r.measured(s, n)
	f.Source = r.source(s, n.Span)
	f.When = r.dated(s, f, dates)
	return f, true
}

// dated is the time that a figure is of: a date beside it in its clause, or one that begins the sentence.
func (r *reader) dated(s *sentence, f Figure, dates []Date) index.Span {
	for _, d := range dates {
		if !within(d.Span, s.Span) || overlap(d.Span, f.Source) {
			continue
		}
		between := r.text[min(d.End, f.End):max(d.Start, f.Start)]
		if d.Start-s.Start < 3 || len(between) < 80 && !strings.ContainsAny(between, ",;:") || len(between) < 6 {
			return d.Span
		}
	}
	return index.Span{}
}

// labelled is what stands before a number that only names a place: "page 4", "Key Stage 2", "question 3".
var labelled = regexp.MustCompile(`(?i)(?:\b(?:pages?|p{1,2}\.?|paras?\.?|paragraphs?|chapters?|sections?|s\.?|annex|figure|fig\.?|table|questions?|q|recommendations?|priority|proposals?|points?|part|phase|years?|key stage|ks|stage|level|tier|band|step|option|no\.?|number|post|volume|vol\.?|issue|version|aged?|ages|under|over the age of|room|item|act|principle|article|note|row|column|version)[\s\-]*|[#\[])$`)

// label reports whether a number names or numbers something: a printed number, "page 4", "post-16", "Key Stage 2".
func (r *reader) label(s *sentence, n number) bool {
	before, after := r.between(s.Start, n.Start), r.between(n.End, s.End)
	if n.unit == "share" && (ordinal.MatchString(before) && !strings.Contains(r.text[n.Start:n.End], " in ") && !strings.Contains(r.text[n.Start:n.End], " of ") || strings.HasPrefix(strings.TrimSpace(after), "term") || strings.HasPrefix(after, " a ") || nth.MatchString(r.text[n.Start:n.End]) && strings.HasSuffix(strings.TrimSpace(before), " of") && !strings.HasPrefix(after, " of ") || strings.EqualFold(r.text[n.Start:n.End], "one half")) {
		return true
	}
	if n.unit != "" {
		return false
	}
	if atAge.MatchString(before) && n.value < 26 && !unitBehind.MatchString(after) {
		return true
	}
	if strings.HasSuffix(before, "(") && strings.HasPrefix(after, ")") { // a note's number
		return true
	}
	if labelled.MatchString(before) || strings.HasSuffix(before, "-") || strings.HasSuffix(before, "/") {
		return true
	}
	if strings.TrimSpace(before) == "" && (strings.HasPrefix(after, ".") || strings.HasPrefix(after, ")")) {
		return true
	}
	if rest := strings.TrimLeft(after, " "); strings.HasPrefix(rest, "to ") && strings.HasSuffix(strings.TrimSpace(before), "aged") || aged.MatchString(after) {
		return true
	}
	return strings.HasPrefix(after, "-") && !timed.MatchString(after) || strings.HasPrefix(after, ".") && len(after) > 1 && after[1] >= '0' && after[1] <= '9'
}

var (
	// nth may be a share or one more of a kind: "before anyone will talk of a fifth".
	nth = regexp.MustCompile(`(?i)^a[\s-](?:third|fifth|eighth|tenth)$`)
	// atAge and unitBehind tell "at eighteen everyone changes" from "at 40 schools".
	atAge      = regexp.MustCompile(`(?i)\bat\s*$`)
	unitBehind = regexp.MustCompile(`^\s+(?:\p{Ll}+s\b|per\b)`)

	ordinal = regexp.MustCompile(`(?i)\b(?:first|second|other|latter|former|this|that|later|early|better)\s*$`)
	aged    = regexp.MustCompile(`^(?:[- ]?(?:to|and|–|-)[- ]?\w+)?[- ]years?[- ]olds?\b|^\s+(?:and|to)\s+\w+[- ]year[- ]olds?`)
	timed   = regexp.MustCompile(`^-(?:hour|day|week|month|year)s?\b`)
)

// wished reports whether a number stands in what ought to be: an ask, or a limit that the law sets.
func (r *reader) wished(s *sentence, at index.Span) bool {
	if slices.ContainsFunc(r.out.Asks, func(a Ask) bool { return within(at, a.Span) }) {
		return !money.MatchString(r.text[at.Start:at.End]) || !existing.MatchString(r.between(s.Start, at.Start))
	}
	before := strings.ToLower(r.between(s.Start, at.Start))
	return limits.MatchString(before) || limited.MatchString(strings.ToLower(r.between(at.End, s.End)))
}

var money = regexp.MustCompile(`^[£$€]`)

// existing is "the" before a sum: "the £2.6 billion for new places should include repairs" tells of a sum that is there.
var existing = regexp.MustCompile(`(?i)\bthe\s+$`)

var (
	limits  = regexp.MustCompile(`(?:\blimit\b[^,;.]{0,20} (?:is|was)|\bwithin|\blimit of|\bdeadline of|\bno more than|\bno longer than|\bat most|\bmaximum of|\bminimum of|\bat least(?: an?)?|\bstatutory|\blegal)\s+(?:the\s+|an?\s+)?(?:statutory\s+|legal\s+)?$`)
	limited = regexp.MustCompile(`^[- ](?:hour|day|week|month)s?[- ](?:statutory |legal )?(?:limit|deadline|timescale|time limit|target|timetable|timeframe|duty|rule|process)\b`)
)

// supposed reports a made-up case: "say", "imagine", "if".
func (r *reader) supposed(s *sentence, at index.Span) bool {
	before, after := r.between(s.Start, at.Start), r.between(at.End, s.End)
	if i := strings.LastIndexAny(before, ",;:"); i >= 0 {
		before = before[i+1:]
	}
	if strings.TrimSpace(before) == "" && wouldBe.MatchString(after) { // "two years, with the second paid, would turn"
		return true
	}
	if m := supposing.FindStringIndex(before); m != nil {
		return !strings.EqualFold(strings.TrimSpace(before), "if") || !present.MatchString(after) // "If 96% of appeals are won" takes it as so
	}
	return anybody.MatchString(r.between(s.Start, at.Start))
}

var (
	wouldBe = regexp.MustCompile(`^[^.;]*\bwould\b`)
	present = regexp.MustCompile(`^[^,;]*\b(?:are|is)\b`)
	// anybody is a case that stands for all of its kind: "a parent who has waited fourteen months".
	anybody = regexp.MustCompile(`(?i)\b(?:(?:an?|any|every) [\p{L}’'-]+(?: [\p{L}’'-]+)?|somebody|someone|anyone|anybody|those) who\b[^.;,]*$`)
)

var supposing = regexp.MustCompile(`(?i)\b(?:if|suppose|imagine|say|should|could|might|would|must)\b[^,;]*$`)

// unit is what a plain number counts; ok is false where it counts nothing that is evidence.
func (r *reader) unit(s *sentence, n number) (string, bool) {
	start := s.after(n.End)
	i := start
	for i < len(s.words) && i < start+5 && (s.tagged(i, "JJ") || s.at(i) == "more" || s.at(i) == "and" && s.tagged(i-1, "JJ") && s.tagged(i+1, "JJ") || s.tagged(i, "VBN") || s.at(i) == "of" && i > start || s.at(i) == "other" || s.at(i) == "such") {
		i++
	}
	first := i
	for i < len(s.words) && (s.tagged(i, "NN") || s.tagged(i, "POS")) && i < first+4 {
		i++
	}
	if i == first && n.value >= 10 && r.stands(s, n, start) {
		return "", true
	}
	if i == first || s.words[start].Start > n.End+2 {
		return "", false
	}
	for j := i; s.at(j) == "and" || s.at(j) == ","; { // "schools and colleges", where no clause of its own begins
		k := j + 1
		for s.tagged(k, "JJ") {
			k++
		}
		end := k
		for s.tagged(end, "NN") {
			end++
		}
		if end == k || !s.tagged(end-1, "NNS") || s.tagged(end, "V") || s.tagged(end, "MD") || s.at(j) == "," && s.at(end) != "and" {
			break
		}
		i, j = end, end
	}
	head := s.lower[i-1]
	unit := strings.Join(strings.Fields(r.text[s.words[start].Start:s.words[i-1].End]), " ")
	switch {
	case notEvidence[head]:
		return "", false
	case times[s.lower[start]]:
		unit = s.lower[start]
		if a := s.at(start + 1); (a == "a" || a == "per" || a == "each") && times[s.at(start+2)] {
			return unit + " " + a + " " + s.at(start+2), true
		}
		return unit, n.value > 1 && r.lasting(s, n.Span)
	case !strings.HasSuffix(head, "s") && !people[head], n.value < 10 && !(n.value > 1 && r.planned(s, n)):
		return "", false
	}
	return unit, !typical.MatchString(r.between(s.Start, n.Start))
}

// stands reports whether a number without a noun stands for people or things named before: "of 58 who replied, 37 had been",
// "sixty pupils, and seventy-four in May".
func (r *reader) stands(s *sentence, n number, next int) bool {
	switch s.at(next) {
	case "of":
		return s.at(next+1) == "whom" || s.at(next+1) == "them"
	case "in", "by":
		return s.tagged(next+1, "NNP")
	}
	return n.digits && elided[s.at(next)]
}

// planned reports whether a small number is what the plan or the government states: "up to nine regional expert partnerships".
func (r *reader) planned(s *sentence, n number) bool {
	return planning.MatchString(r.between(s.Start, n.Start))
}

var planning = regexp.MustCompile(`(?i)\b(?:up to|(?:plan|programme|government|department|ministers|treasury) (?:will|is to|are to|has|have|says?|promise[sd]?|commits?|committed|funds?|proposes?|proposed)\b[^,;.]{0,40}) $`)

// elided are words behind a number that stands for people or things named before: "37 had been unable", "58 who replied".
var elided = set("who had have has were was are said say replied answered responded reported told did invited asked surveyed")

var (
	people = set("people staff children pupils men women youth police families parents members schools colleges teachers mentors respondents heads leaders councils authorities practitioners therapists services settings students carers trustees branches")
	// typical is a made-up or general case.
	typical = regexp.MustCompile(`(?i)(?:^|[,;] )an? [^,;]* with $`)
)

// notEvidence are things that are counted without being evidence of anything.
var notEvidence = set("miles mile things thing points point questions question paragraphs reasons reason recommendations recommendation principles ways way pages words concerns asks themes topics tests conditions issues aims sentence sentences step steps respects minds side sides hand hands")

// lasting reports whether a time is how long something takes or lasts or is waited for.
func (r *reader) lasting(s *sentence, at index.Span) bool {
	before, after := strings.ToLower(r.between(s.Start, at.Start)), strings.ToLower(r.between(at.End, s.End))
	if since.MatchString(before) || agone.MatchString(after) || beyond.MatchString(before) || allowed.MatchString(after) {
		return false
	}
	return takes.MatchString(before) || takes.MatchString(after)
}

var (
	since   = regexp.MustCompile(`\b(?:in the (?:last|past|next)|over the (?:last|past|next)|the (?:last|past|next)|past|next|every|each)\s*$`)
	agone   = regexp.MustCompile(`^\s+\w+\s+(?:ago|later|earlier|before|away)\b`)
	beyond  = regexp.MustCompile(`\b(?:beyond|within|than the|the|statutory|legal|by|at|under|over the|of the)\s*$`)
	allowed = regexp.MustCompile(`^\s+\w+\s+(?:allowed|limit|deadline|that the law|in law|is right|is enough|required)\b`)
	takes   = regexp.MustCompile(`\b(?:wait|waits|waited|waiting|take|takes|took|taken|taking|last|lasts|lasted|delay|delays|delayed|average|averages|averaged|median|without|spent|spend|spends|lost|missed)\b|\bafter\s*$|\b(?:was|were) (?:\w+ ){0,3}for\s*$|\b(?:came|arrived|issued|finished|completed|delivered|done|sorted)(?: \w+)? in\s*$|\bnot \w+ for\s*$`)
)

// after is the first word that begins at or after a place.
func (s *sentence) after(at int) int {
	i, _ := slices.BinarySearchFunc(s.words, at, func(w speech.Token, at int) int { return w.Start - at })
	return i
}

// measured is what a number measures: of a share the clause behind it, of anything else the thing that is counted with what describes it,
// or what stands before the verb.
func (r *reader) measured(s *sentence, n number) index.Span {
	i := s.after(n.End)
	for s.at(i) == "of" || s.at(i) == "the" && n.unit != "share" || s.at(i) == "our" || s.at(i) == "all" || s.at(i) == "-" || s.at(i) == "for" && n.unit != "%" || s.at(i) == "on" && n.unit == "£" {
		i++
	}
	whole := n.unit == "%" || n.unit == "share"
	if whole && (s.mark(i) || wh[s.at(i)]) {
		i++
	}
	if times[s.at(i)] && (s.tagged(i+1, "VBG") || s.at(i+1) == "to" && s.base(i+2) || s.at(i+1) == "on" || s.at(i+1) == "of") { // "five weeks ringing schools"
		i++
		if s.at(i) == "to" {
			i++
		}
	}
	j := i
	for j < len(s.words) && !s.mark(j) && s.at(j) != "." && s.at(j) != "because" && s.at(j) != "then" && s.at(j) != "while" && s.at(j) != "but" {
		finite := s.tagged(j, "VBZ") || s.tagged(j, "VBD") || s.tagged(j, "VBP") || s.tagged(j, "MD") || wh[s.at(j)]
		if finite && !whole && !(s.shortTail(j)) || s.at(j) == "and" && (whole || s.clauseFollows(j+1)) {
			break
		}
		j++
	}
	if timed := times[s.at(i)]; !timed && (j-i >= 2 || j > i && s.tagged(i, "NN")) {
		return s.span(i, j)
	}
	if n.unit == "£" && empty(s.span(i, j)) && r.bareMoney(s, i) {
		return r.topic(s)
	}
	end := s.before(n.Start)
	for end > 0 && !s.tagged(end-1, "NN") && !s.tagged(end-1, "V") && !s.mark(end-1) {
		end--
	}
	start := end
	for start > 0 && !s.mark(start-1) {
		start--
	}
	return s.span(start, end)
}

// bareMoney reports whether nothing stands behind a sum that could say what it is for.
func (r *reader) bareMoney(s *sentence, i int) bool {
	return s.tagged(i, "VBZ") || s.tagged(i, "VBD") || s.tagged(i, "MD") || s.at(i) == "."
}

// topic is the subject of the sentence before, of which "the extra £18 million" tells.
func (r *reader) topic(s *sentence) index.Span {
	for k := 1; k < len(r.sentences); k++ {
		if r.sentences[k].Span != s.Span {
			continue
		}
		a := asking{reader: r, sentence: &r.sentences[k-1]}
		if end := a.nounEnd(0); end > 0 && !speaking[a.at(0)] && !pronouns[a.at(0)] {
			return a.span(0, end)
		}
	}
	return index.Span{}
}

// shortTail reports whether a verb is all that the clause still has: "412 families replied".
func (s *sentence) shortTail(j int) bool {
	return j+1 >= len(s.words) || s.mark(j+1) || s.at(j+1) == "."
}

// before is one past the last word that ends at or before a place.
func (s *sentence) before(at int) int {
	i := len(s.words)
	for i > 0 && s.words[i-1].End > at {
		i--
	}
	return i
}

// clauseFollows reports whether a subject and its verb begin at a word.
func (s *sentence) clauseFollows(i int) bool {
	for j := i; j < min(len(s.words), i+5) && !s.mark(j); j++ {
		if j > i && (s.tagged(j, "VBZ") || s.tagged(j, "VBD") || s.tagged(j, "VBP") || s.tagged(j, "MD")) {
			return true
		}
		if s.tagged(j, "IN") {
			return false
		}
	}
	return false
}

var (
	// cited is a source in brackets or a note's mark behind a figure.
	cited = regexp.MustCompile(`\((?:see |source: |from )?[^()]*\p{Lu}[^()]*(?:19|20)\d\d[^()]*\)|\[\d{1,3}\]`)
	// citedBehind is a source that shares its brackets with the figure.
	citedBehind = regexp.MustCompile(`[,:;]\s*(\p{Lu}[^,:;()]{1,50}?,?\s*(?:19|20)\d\d)\)$`)
	// saying is a source that is named in the sentence.
	saying = regexp.MustCompile(`(?i)\bin\s+((?:a|an|our|the|its|their)\s+[^,;.]{0,40}?\b(?:survey|audit|census|poll|study|review|questionnaire|returns)\b[^,;.]{0,40}?),|\b(?:according to|data from|figures from)\s+([^,;.()]{3,80}?)(?:[,;.)]|$|\s+(?:in|that|show|shows|found|suggest|suggests)\b)|((?:\b(?:our|the|a|an|its|their|published|official|latest|recent|own|national)\s+)[^,;.]{0,60}?\b(?:survey|data|figures|statistics|research|study|report|census|analysis|evaluation|audit|poll|review|records|returns|casework|helpline)(?:\s+(?:of|by|from)\s+[^,;.]{2,50}?)?)\s+(?:of\s+\d{4}\s+)?(?:shows?|showed|found|finds|suggests?|reports?|reported|says?|said|records?|recorded|puts?|tells?|told|indicates?)\b`)
	// teller is who says it: "Members tell us", "The plan says".
	teller = regexp.MustCompile(`(?:^|[,;—–]\s*|\b[Ww]hat )((?:(?i:our|the|its|their|published|some|many|most)\s+)?(?:[\p{L}'’-]+\s+){0,2}?(?:[\p{L}'’-]+))\s+(?:(?:now|also|routinely|often)\s+)?(?:describe|describes|described|tell|tells|told|say|says|said|report|reports|reported|estimate|estimates|estimated)\b(?:\s+us)?(?:\s+that)?`)
)

// source is who is said to say a figure.
func (r *reader) source(s *sentence, at index.Span) index.Span {
	text := r.text[s.Start:s.End]
	best := index.Span{}
	for _, m := range cited.FindAllStringIndex(text, -1) {
		x := index.Span{Start: s.Start + m[0], End: s.Start + m[1]}
		if within(at, x) { // "(46%, Adams et al. 2023)"
			if m := citedBehind.FindStringSubmatchIndex(r.between(at.End, x.End)); m != nil {
				return index.Span{Start: at.End + m[2], End: at.End + m[3]}
			}
		}
		if x.Start > at.End && empty(best) {
			if i := strings.IndexByte(r.text[x.Start:x.End], ';'); i > 0 { // "(survey, 2023; we are happy to share it)"
				x.End = x.Start + i
			}
			best = x
		}
	}
	if !empty(best) {
		return best
	}
	for _, form := range []*regexp.Regexp{saying, teller} {
		if m := form.FindStringSubmatchIndex(text); m != nil {
			for g := 1; g < len(m)/2; g++ {
				if m[2*g] >= 0 && (form == saying || s.Start+m[1] <= at.Start) {
					x := trimSpan(r.text, index.Span{Start: s.Start + m[2*g], End: s.Start + m[2*g+1]})
					if !overlap(x, at) {
						return x
					}
				}
			}
		}
	}
	return index.Span{}
}

func trimSpan(text string, at index.Span) index.Span {
	for at.End > at.Start && strings.ContainsRune(" \n\t,;:", rune(text[at.End-1])) {
		at.End--
	}
	for at.End > at.Start && strings.ContainsRune(" \n\t,;:", rune(text[at.Start])) {
		at.Start++
	}
	return at
}
