package themes

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"collate/index"
	"collate/themes/claim"
)

// A ClaimReader reads what passages of one state of a consultation ask, count, date and name.
type ClaimReader struct {
	s     *index.Snapshot
	names []string
	usual [2]int // the year and month in which most submissions say they were written
	laws  map[*index.Submission][]string
}

// NewClaimReader prepares a reading of the passages of s.
func NewClaimReader(s *index.Snapshot) *ClaimReader {
	r := &ClaimReader{s: s, laws: map[*index.Submission][]string{}}
	for _, m := range s.Members {
		r.names = append(r.names, m.Name)
	}
	n := map[[2]int]int{}
	for _, sub := range s.Submissions {
		if at := written(sub); at != [2]int{} {
			n[at]++
			if n[at] > n[r.usual] || n[at] == n[r.usual] && slices.Compare(at[:], r.usual[:]) < 0 {
				r.usual = at
			}
		}
	}
	return r
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
	in := claim.Context{Names: r.names}
	sub := r.s.Submission(p)
	in.Own = sub.Member
	if laws, ok := r.laws[sub]; ok {
		in.Laws = laws
	} else if sub.Document != nil {
		in.Laws = claim.Laws(sub.Document.Text)
		r.laws[sub] = in.Laws
	}
	at := written(sub)
	if at == ([2]int{}) {
		at = r.usual
	}
	in.Year, in.Month = at[0], at[1]
	if n := len(p.Place.Headings); n > 0 {
		in.Advice = advising.MatchString(p.Place.Headings[n-1])
	}
	words := r.s.Text(p)
	if lead, _, ok := strings.Cut(words, ":"); ok && len(lead) < 160 {
		in.Advice = in.Advice || advising.MatchString(lead)
	}
	return claim.Read(words, in)
}
