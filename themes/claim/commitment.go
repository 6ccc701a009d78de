package claim

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"collate/index"
	"collate/themes/speech"
)

// promising is a verb by which somebody promises or plans something for a date.
var promising = regexp.MustCompile(`(?i)(?P<by>(?:\b(?:the|its|his|her)\s+)?(?:[\p{L}’'-]+\s+){0,3}[\p{L}’'-]+)\s+(?:will not|will|is to|are to|plans? to|planned to|intends? to|promises?(?: that| to)?|promised(?: that| to)?|commits? to|committed to|has committed to|proposes? to|proposed to|expects? to|aims? to|pledged(?: to)?|undertook to|undertakes to|is due to|are due to|is due|are due|is expected|are expected|is not due|are not due|is planned|are planned|is promised|are promised)\b`)

var happened = regexp.MustCompile(`(?i)\b(?:was|were|had|has|have|did|since|began|came|took|rose|fell|opened|closed|published|introduced|changed|found|surveyed|asked|met|held|ran|answered|told|said|wrote|joined|set|left|started|stopped|moved|became|lost|waited|\w{3,}ed)\b`)

// gathered is the name of something that is of its date, in a line without a verb.
var gathered = regexp.MustCompile(`(?i)\b(?:survey|figures|data|statistics|census|audit|conference|meeting|report|replies)\b`)

var lastYear = regexp.MustCompile(`(?i)^last `)

// dateline is what may stand behind the date of a response that stands by itself.
var dateline = regexp.MustCompile(`^\s*(?:\([^()]*\))?\s*(?:\n|$)`)

var suppose = regexp.MustCompile(`(?i)\b(?:if|would|could|can|might|should|unless|were to)\b`)

// supposed is a supposition that governs a date behind it: "if that takes until".
var supposed = regexp.MustCompile(`(?i)\b(?:if|unless|were to)\b[^;]*\b(?:until|till|after|before|by|from)\s*$|\bif\s+\S+[^,;]*$`)

// Planned are the dates that a text names and, of them, those for which a sentence of it says that somebody promised or planned
// something; both normalised, each once, in the order of the text. A date that needs the time of writing is not among them.
func Planned(text string) (named, promised []string) {
	for _, s := range index.Sentences(text) {
		words := text[s.Start:s.End]
		for _, d := range calendar(words, Context{}, nil) {
			if !slices.Contains(named, d.Normalised) {
				named = append(named, d.Normalised)
			}
			if promising.MatchString(words) && !slices.Contains(promised, d.Normalised) {
				promised = append(promised, d.Normalised)
			}
		}
	}
	return named, promised
}

// judge says of each date what it is to those who wrote of it.
func (r *reader) judge(dates []Date) []Date {
	dates = slices.DeleteFunc(dates, func(d Date) bool { // "what was spent last year", in an ask, is whatever year comes before
		return lastYear.MatchString(r.text[d.Start:d.End]) && slices.ContainsFunc(r.out.Asks, func(a Ask) bool { return within(d.bare, a.Span) })
	})
	for i := range dates {
		d := &dates[i]
		for k := range r.sentences {
			if s := &r.sentences[k]; within(d.bare, s.Span) {
				r.judgeIn(s, d)
				break
			}
		}
	}
	return dates
}

// judgeIn says what a date is to the sentence that it stands in: a deadline that is asked for and a supposition stay "other".
func (r *reader) judgeIn(s *sentence, d *Date) {
	switch {
	case r.askedFor(d):
	case r.committed(s, d):
		d.Kind = Commitment
	case r.past(d) && r.told(s, d), gathering.MatchString(strings.TrimLeft(r.between(d.End, s.End), " ")):
		d.Kind = Event
	}
}

// askedFor reports whether the date belongs to an ask.
func (r *reader) askedFor(d *Date) bool {
	return slices.ContainsFunc(r.out.Asks, func(a Ask) bool { return within(d.bare, a.Span) || overlap(d.bare, a.Deadline) })
}

// committed reports whether somebody promised or planned something for the date, and notes who and what: the sentence says so, or the
// date is one of the plan's.
func (r *reader) committed(s *sentence, d *Date) bool {
	if m := promising.FindStringSubmatchIndex(r.text[s.Start:s.End]); m != nil && !s.question() {
		by := trimSpan(r.text, index.Span{Start: s.Start + m[2], End: s.Start + m[3]})
		if r.promiser(by) {
			d.By = r.body(by)
			d.Promised = r.promised(s, index.Span{Start: s.Start + m[1], End: s.End}, d)
			return true
		}
	}
	if !slices.Contains(r.in.Plans, d.Normalised) || r.past(d) || supposed.MatchString(r.between(s.Start, d.Start)) {
		return false
	}
	d.Promised = r.awaited(s, d)
	return true
}

// told reports whether the sentence tells of something that happened at a past date.
func (r *reader) told(s *sentence, d *Date) bool {
	text := r.text[s.Start:s.End]
	switch {
	case suppose.MatchString(r.between(s.Start, d.Start)), dateline.MatchString(r.between(d.End, s.End)) && strings.TrimSpace(r.between(s.Start, d.Start)) == "":
		return false
	case r.in.Year > 0 && d.Normalised[:4] < fmt.Sprint(r.in.Year), sinceThen.MatchString(r.text[d.Start:d.End]), gathered.MatchString(text):
		return true // what lies in years gone by is told of, whatever the verb
	}
	return happened.MatchString(text) && slices.ContainsFunc(s.words, func(w speech.Token) bool { return strings.HasPrefix(w.Tag, "V") || w.Tag == "MD" })
}

var sinceThen = regexp.MustCompile(`(?i)^since\b`)

// awaited is the subject of what is to come at a date of the plan: "most of what is proposed arrives at the end of 2025".
func (r *reader) awaited(s *sentence, d *Date) index.Span {
	a := asking{reader: r, sentence: s}
	before := r.between(s.Start, d.Start)
	m := coming.FindStringIndex(before)
	if m == nil {
		return index.Span{}
	}
	verb := a.after(s.Start + m[0])
	start, end := verb, verb
	for start > 0 && !s.mark(start-1) {
		start--
	}
	for start < end && (turns[s.at(start)] || s.at(start) == "and" || s.at(start) == "now") {
		start++
	}
	for end > start && (s.tagged(end-1, "MD") || s.tagged(end-1, "RB")) {
		end--
	}
	if pronouns[s.at(start)] || speaking[s.at(start)] || wh[s.at(start)] {
		return index.Span{}
	}
	return s.span(start, end)
}

// coming is a verb of arriving or being put off right before a date.
var coming = regexp.MustCompile(`(?i)\b(?:(?:is|are|was|were|will be|not be|falls|fall)\s+)?(?:now\s+|mostly\s+|only\s+)?(?:arrives?|comes?|begins?|starts?|due|expected|promised|planned|pushed(?: back)?|put off|delayed|finished|ready|in place|delivered|implemented|introduced|published)\s*$`)

// past reports whether a date lies before the month of writing, or in it.
func (r *reader) past(d *Date) bool {
	if r.in.Year == 0 {
		return true
	}
	from, _, _ := strings.Cut(d.Normalised, "/")
	return from <= fmt.Sprintf("%04d-%02d", r.in.Year, max(r.in.Month, 1))+"~"
}

// promisers are who can promise something in a consultation: its own plan speaks for the government.
var promisers = set("government department dfe ministers minister plan paper secretary treasury council councils nhs dhsc it they standards legislation roadmap inspectorate ofsted")

func (r *reader) promiser(at index.Span) bool {
	words := strings.Fields(strings.ToLower(r.text[at.Start:at.End]))
	return len(words) > 0 && promisers[words[len(words)-1]]
}

// body is the last words of a name from its article on.
func (r *reader) body(at index.Span) index.Span {
	text := r.text[at.Start:at.End]
	lower := strings.ToLower(text)
	for _, article := range []string{"the ", "its "} {
		if i := strings.LastIndex(lower, article); i >= 0 && (i == 0 || text[i-1] == ' ') {
			return index.Span{Start: at.Start + i, End: at.End}
		}
	}
	if i := strings.LastIndexByte(text, ' '); i >= 0 {
		return index.Span{Start: at.Start + i + 1, End: at.End}
	}
	return at
}

// promised is what follows the promise, without the date itself.
func (r *reader) promised(s *sentence, rest index.Span, d *Date) index.Span {
	if d.Start > rest.Start && d.Start < rest.End {
		rest.End = d.Start
	}
	if end := strings.IndexAny(r.text[rest.Start:rest.End], ",;—"); end >= 0 {
		rest.End = rest.Start + end
	}
	rest = trimSpan(r.text, rest)
	for rest.End > rest.Start && strings.ContainsRune(".!", rune(r.text[rest.End-1])) {
		rest.End--
	}
	return rest
}
