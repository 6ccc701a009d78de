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
	Number     float64    `json:"number"` // its value in its unit, 0 where it cannot be told
	Unit       string     `json:"unit"`   // "%", "£", "share" for three in four, else what is counted: "weeks", "pupils"
	What       index.Span `json:"what"`   // the words that say what is measured
	When       index.Span `json:"when"`   // of what time it is
	Source     index.Span `json:"source"` // who says so, "(Adams et al, 2023)"; empty where nothing is said
}

// times are units of how long something takes or lasts.
var times = set("second seconds minute minutes hour hours day days week weeks month months year years term terms")

// figures finds the numbers that report something.
func (r *reader) figures(dates []Date) []Figure {
	var out []Figure
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.question() {
			continue
		}
		for _, n := range numbers(r.text[s.Start:s.End]) {
			n.Start += s.Start
			n.End += s.Start
			if f, ok := r.figure(s, n, dates); ok {
				out = append(out, f)
			}
		}
	}
	return out
}

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
	for _, d := range dates {
		if within(d.Span, s.Span) && !overlap(d.Span, f.Source) {
			f.When = d.Span
			break
		}
	}
	return f, true
}

// labelled is what stands before a number that only names a place: "page 4", "Key Stage 2", "question 3".
var labelled = regexp.MustCompile(`(?i)(?:\b(?:pages?|p{1,2}\.?|paras?\.?|paragraphs?|chapters?|sections?|s\.?|annex|figure|fig\.?|table|questions?|q|recommendations?|priority|proposals?|points?|part|phase|years?|key stage|ks|stage|level|tier|band|step|option|no\.?|number|post|volume|vol\.?|issue|version|aged?|ages|under|over the age of|room|item|act|principle|article|note|row|column|version)[\s\-]*|[#\[(])$`)

// label reports whether a number names or numbers something: a printed number, "page 4", "post-16", "Key Stage 2".
func (r *reader) label(s *sentence, n number) bool {
	before, after := r.text[s.Start:n.Start], r.text[n.End:s.End]
	if n.unit == "share" && (ordinal.MatchString(before) || strings.HasPrefix(strings.TrimSpace(after), "term") || strings.EqualFold(r.text[n.Start:n.End], "one half")) {
		return true
	}
	if n.unit != "" {
		return false
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
	ordinal = regexp.MustCompile(`(?i)\b(?:first|second|other|latter|former|this|that|later|early|better)\s*$`)
	aged    = regexp.MustCompile(`^(?:[- ]?(?:to|and|–|-)[- ]?\w+)?[- ]years?[- ]olds?\b|^\s+(?:and|to)\s+\w+[- ]year[- ]olds?`)
	timed   = regexp.MustCompile(`^-(?:hour|day|week|month|year)s?\b`)
)

// wished reports whether a number stands in what ought to be: an ask, or a limit that the law sets.
func (r *reader) wished(s *sentence, at index.Span) bool {
	if slices.ContainsFunc(r.out.Asks, func(a Ask) bool { return within(at, a.Span) }) {
		return true
	}
	before := strings.ToLower(r.text[s.Start:at.Start])
	return limits.MatchString(before) || limited.MatchString(strings.ToLower(r.text[at.End:s.End]))
}

var (
	limits  = regexp.MustCompile(`(?:\bwithin|\blimit of|\bdeadline of|\bno more than|\bno longer than|\bat most|\bmaximum of|\bminimum of|\bat least(?: an?)?|\bstatutory|\blegal)\s+(?:the\s+|an?\s+)?(?:statutory\s+|legal\s+)?$`)
	limited = regexp.MustCompile(`^[- ](?:hour|day|week|month)s?[- ](?:statutory |legal )?(?:limit|deadline|timescale|time limit|target|timetable|timeframe|duty|rule|process)\b`)
)

// supposed reports a made-up case: "say", "imagine", "if".
func (r *reader) supposed(s *sentence, at index.Span) bool {
	before := r.text[s.Start:at.Start]
	if i := strings.LastIndexAny(before, ",;:"); i >= 0 {
		before = before[i:]
	}
	return supposing.MatchString(before)
}

var supposing = regexp.MustCompile(`(?i)\b(?:if|suppose|imagine|say|should|could|might|would|must)\b[^,;]*$`)

// unit is what a plain number counts; ok is false where it counts nothing that is evidence.
func (r *reader) unit(s *sentence, n number) (string, bool) {
	start := s.after(n.End)
	i := start
	for i < len(s.words) && i < start+4 && (s.tagged(i, "JJ") || s.tagged(i, "VBN") || s.at(i) == "of" && i > start || s.at(i) == "other" || s.at(i) == "such") {
		i++
	}
	first := i
	for i < len(s.words) && (s.tagged(i, "NN") || s.tagged(i, "POS")) && i < first+4 {
		i++
	}
	if i == first || s.words[start].Start > n.End+2 {
		return "", false
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
	case !strings.HasSuffix(head, "s") && !people[head], n.value < 10:
		return "", false
	}
	return unit, !typical.MatchString(r.text[s.Start:n.Start])
}

var (
	people = set("people staff children pupils men women youth police")
	// typical is a made-up or general case.
	typical = regexp.MustCompile(`(?i)(?:^|[,;] )an? [^,;]* with $`)
)

// notEvidence are things that are counted without being evidence of anything.
var notEvidence = set("things thing points point questions question paragraphs reasons reason recommendations recommendation principles ways way pages words concerns asks themes topics tests conditions issues aims sentence sentences step steps respects minds side sides hand hands")

// lasting reports whether a time is how long something takes or lasts or is waited for.
func (r *reader) lasting(s *sentence, at index.Span) bool {
	before, after := strings.ToLower(r.text[s.Start:at.Start]), strings.ToLower(r.text[at.End:s.End])
	if since.MatchString(before) || agone.MatchString(after) || beyond.MatchString(before) || allowed.MatchString(after) {
		return false
	}
	return takes.MatchString(before) || takes.MatchString(after)
}

var (
	since   = regexp.MustCompile(`\b(?:in the (?:last|past|next)|over the (?:last|past|next)|the (?:last|past|next)|past|next|every|each)\s*$`)
	agone   = regexp.MustCompile(`^\s+\w+\s+(?:ago|later|earlier|before)\b`)
	beyond  = regexp.MustCompile(`\b(?:beyond|within|than the|the|statutory|legal|by|at|under|over the|of the)\s*$`)
	allowed = regexp.MustCompile(`^\s+\w+\s+(?:allowed|limit|deadline|that the law|in law|is right|is enough|required)\b`)
	takes   = regexp.MustCompile(`\b(?:wait|waits|waited|waiting|take|takes|took|taken|taking|last|lasts|lasted|delay|delays|delayed|average|averages|averaged|median|without|spent|spend|spends|lost|missed)\b|\bafter\s*$|\bnot \w+ for\s*$`)
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
	j := i
	whole := n.unit == "%" || n.unit == "share"
	for j < len(s.words) && !s.mark(j) && s.at(j) != "." && s.at(j) != "because" && s.at(j) != "while" && s.at(j) != "but" {
		finite := s.tagged(j, "VBZ") || s.tagged(j, "VBD") || s.tagged(j, "VBP") || s.tagged(j, "MD") || wh[s.at(j)]
		if finite && !whole && !(s.shortTail(j)) || s.at(j) == "and" && (whole || s.clauseFollows(j+1)) {
			break
		}
		j++
	}
	if timed := times[s.at(i)]; !timed && (j-i >= 2 || j > i && s.tagged(i, "NN")) {
		return s.span(i, j)
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
	// saying is a source that is named in the sentence.
	saying = regexp.MustCompile(`(?i)\bin\s+((?:a|an|our|the|its|their)\s+[^,;.]{0,40}?\b(?:survey|audit|census|poll|study|review|questionnaire|returns)\b[^,;.]{0,40}?),|\b(?:according to|data from|figures from)\s+([^,;.]{3,80}?)(?:,|\s+(?:that|show|shows|found|suggest|suggests)\b)|((?:\b(?:our|the|a|an|its|their|published|official|latest|recent|own|national)\s+)[^,;.]{0,60}?\b(?:survey|data|figures|statistics|research|study|report|census|analysis|evaluation|audit|poll|review|records|returns|casework|helpline)(?:\s+(?:of|by|from)\s+[^,;.]{2,50}?)?)\s+(?:of\s+\d{4}\s+)?(?:shows?|showed|found|finds|suggests?|reports?|reported|says?|said|records?|recorded|puts?|tells?|told|indicates?)\b`)
	// teller is who says it: "Members tell us", "The plan says".
	teller = regexp.MustCompile(`(?:^|[,;—–]\s*|\b[Ww]hat )((?:(?i:our|the|its|their|published|some|many|most)\s+)?(?:[\p{L}'’-]+\s+){0,2}?(?:[\p{L}'’-]+))\s+(?:(?:now|also|routinely|often)\s+)?(?:describe|describes|described|tell|tells|told|say|says|said|report|reports|reported|estimate|estimates|estimated)\b(?:\s+us)?(?:\s+that)?`)
)

// source is who is said to say a figure.
func (r *reader) source(s *sentence, at index.Span) index.Span {
	text := r.text[s.Start:s.End]
	best := index.Span{}
	for _, m := range cited.FindAllStringIndex(text, -1) {
		if x := (index.Span{Start: s.Start + m[0], End: s.Start + m[1]}); !overlap(x, at) && x.Start > at.End && empty(best) {
			best = x
		}
	}
	if !empty(best) {
		return best
	}
	for _, form := range []*regexp.Regexp{saying, teller} {
		if m := form.FindStringSubmatchIndex(text); m != nil {
			for g := 1; g < len(m)/2; g++ {
				if m[2*g] >= 0 {
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
