package themes

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"collate/index"
	"collate/index/extract"
	"collate/themes/claim"
)

// A ClaimReader reads what passages of one state of a consultation ask, count, date and name.
type ClaimReader struct {
	s      *index.Snapshot
	common claim.Context // what is alike for all passages
	own    map[*index.Submission]submissionFacts
}

// submissionFacts are what a submission says that matters for each of its passages.
type submissionFacts struct {
	at   [2]int // the year and month in which it says it was written; zeros where it says none
	laws []string
}

// said by so many submissions, a body's name or a planned date is taken as common to the consultation.
const commonFrom = 3

// NewClaimReader prepares a reading of the passages of s: what its submissions say together tells who "the Consortium" is, which law
// a bare section is of, when an undated submission was written, and which dates are the plan's.
func NewClaimReader(s *index.Snapshot) *ClaimReader {
	r := &ClaimReader{s: s, own: map[*index.Submission]submissionFacts{}}
	bodies, laws, named, promised, when := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[[2]int]int{}
	for _, sub := range s.Submissions {
		if sub.Document == nil {
			continue
		}
		text := sub.Document.Text
		facts := submissionFacts{at: written(sub), laws: claim.Laws(text)}
		r.own[sub] = facts
		if facts.at != [2]int{} {
			when[facts.at]++
		}
		count(bodies, claim.Bodies(text))
		count(laws, facts.laws)
		dates, plans := claim.Planned(text)
		count(named, dates)
		count(promised, plans)
	}
	usual := commonest(when, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	r.common = claim.Context{Year: usual[0], Month: usual[1], Law: commonest(laws, strings.Compare)}
	for _, date := range slices.Sorted(maps.Keys(promised)) {
		if named[date] >= commonFrom {
			r.common.Plans = append(r.common.Plans, date)
		}
	}
	r.common.Known = known(s.Members, bodies)
	return r
}

// count adds one for each word.
func count(n map[string]int, words []string) {
	for _, w := range words {
		n[w]++
	}
}

// commonest is the key with the highest count, the first of equals; the zero key where there is none.
func commonest[K comparable](n map[K]int, compare func(a, b K) int) (best K) {
	for _, k := range slices.SortedFunc(maps.Keys(n), compare) {
		if n[k] > n[best] {
			best = k
		}
	}
	return best
}

// known are the members and the bodies that several submissions name.
func known(members []index.Member, bodies map[string]int) *claim.Known {
	var names []string
	short := map[string]string{}
	for _, m := range members {
		names = append(names, m.Name)
		for _, form := range append([]string{m.Short}, m.Aliases...) {
			if form != "" && strings.ToUpper(form) == form {
				short[form] = m.Name
			}
		}
	}
	straight := strings.NewReplacer("’", "'")
	for body, n := range bodies {
		if body = straight.Replace(body); n >= commonFrom && !slices.ContainsFunc(names, func(m string) bool { return strings.Contains(m, body) || strings.Contains(body, m) }) {
			names = append(names, body)
		}
	}
	return claim.NewKnown(names, short)
}

// written is the year and month that a submission says it was written in; zeros where it says none.
func written(sub *index.Submission) [2]int {
	if sub.Document == nil {
		return [2]int{}
	}
	day, _ := index.StatedDate(sub.Name, sub.Document)
	if len(day) < len("2006-01") {
		return [2]int{}
	}
	year, _ := strconv.Atoi(day[:4])
	month, _ := strconv.Atoi(day[5:7])
	return [2]int{year, month}
}

// advising is a heading under which sentences say what is to be done.
var advising = regexp.MustCompile(`(?i)\brecommend|\bour asks?\b|\bwhat we (?:ask|want|are asking|are calling)|\bcalls? (?:for action|on)\b|\bwe (?:ask|call|recommend)|\bnext steps\b|\bwhat (?:must|should|needs to) (?:change|happen)`)

// Read finds the claims of a passage; their offsets are those of its words, [index.Snapshot.Text].
func (r *ClaimReader) Read(p *index.Passage) claim.Reading {
	in := r.common
	sub := r.s.Submission(p)
	in.Own = sub.Member
	facts := r.own[sub]
	in.Laws = facts.laws
	if facts.at != [2]int{} {
		in.Year, in.Month = facts.at[0], facts.at[1]
	}
	if n := len(p.Place.Headings); n > 0 {
		if listHeading.MatchString(p.Place.Headings[n-1]) {
			return claim.Reading{} // entries of a list of references claim nothing
		}
		in.Advice = advising.MatchString(p.Place.Headings[n-1])
	}
	in.Cells = cells(sub.Document, p)
	words := r.s.Text(p)
	if lead, _, ok := strings.Cut(words, ":"); ok && len(lead) < 160 {
		in.Advice = in.Advice || advising.MatchString(lead)
	}
	return claim.Read(words, in)
}

// cells are the cells of a passage's table, with the heads of their columns from the first row of the table, wherever that is.
func cells(doc *extract.Document, p *index.Passage) []claim.Cell {
	if doc == nil || p.Kind != extract.Cell {
		return nil
	}
	heads := map[int]string{}
	var out []claim.Cell
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		if b.Kind != extract.Cell || b.Place.Table != p.Place.Table || b.Place.Sheet != p.Place.Sheet || b.Place.Part != p.Place.Part {
			continue
		}
		if b.Place.Row == 1 {
			heads[b.Place.Column] = strings.TrimSpace(heads[b.Place.Column] + " " + doc.Text[b.Start:b.End])
		}
		if b.Start < p.Body || b.End > p.End {
			continue
		}
		c := claim.Cell{Span: index.Span{Start: b.Start - p.Body, End: b.End - p.Body}, Row: b.Place.Row, Column: b.Place.Column}
		if c.Row > 1 {
			c.Head = heads[c.Column]
		}
		out = append(out, c)
	}
	return out
}
