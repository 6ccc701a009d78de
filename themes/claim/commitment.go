package claim

import (
	"fmt"
	"regexp"
	"strings"

	"collate/index"
)

// promising is a verb by which somebody promises or plans something for a date.
var promising = regexp.MustCompile(`(?i)(?P<by>(?:\b(?:the|its|his|her)\s+)?(?:[\p{L}’'-]+\s+){0,3}[\p{L}’'-]+)\s+(?:will not|will|is to|are to|plans? to|planned to|intends? to|promises?(?: that| to)?|promised(?: that| to)?|commits? to|committed to|has committed to|proposes? to|proposed to|expects? to|aims? to|pledged(?: to)?|undertook to|undertakes to|is due to|are due to|is due|are due|is expected|are expected|is not due|are not due|is planned|are planned|is promised|are promised)\b`)

var happened = regexp.MustCompile(`(?i)\b(?:was|were|had|has|have|did|since|began|came|took|rose|fell|opened|closed|published|introduced|changed|found|surveyed|asked|met|held|ran|answered|told|said|wrote|joined|set|left|started|stopped|moved|became|lost|waited|\w{3,}ed)\b`)

// gathered is the name of something that is of its date, in a line without a verb.
var gathered = regexp.MustCompile(`(?i)\b(?:survey|figures|data|statistics|census|audit|conference|meeting|report|replies)\b`)

var suppose = regexp.MustCompile(`(?i)\b(?:if|would|could|might|should|unless|were to)\b`)

// judge says of each date what it is to those who wrote of it.
func (r *reader) judge(dates []Date) []Date {
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

func (r *reader) judgeIn(s *sentence, d *Date) {
	text := r.text[s.Start:s.End]
	for _, a := range r.out.Asks {
		if within(d.bare, a.Span) {
			return
		}
	}
	if m := promising.FindStringSubmatchIndex(text); m != nil && !s.question() {
		by := trimSpan(r.text, index.Span{Start: s.Start + m[2], End: s.Start + m[3]})
		if r.promiser(by) {
			d.Kind, d.By = Commitment, r.body(by)
			d.Promised = r.promised(s, index.Span{Start: s.Start + m[1], End: s.End}, d)
			return
		}
	}
	verb := false
	for i := range s.words {
		verb = verb || s.tagged(i, "V") || s.tagged(i, "MD")
	}
	told := verb && happened.MatchString(text) || gathered.MatchString(text)
	if r.past(d) && !suppose.MatchString(r.text[s.Start:d.Start]) && told {
		d.Kind = Event
	}
}

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
