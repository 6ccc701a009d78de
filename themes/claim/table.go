package claim

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"collate/index"
)

// A Cell is one cell of a table that a passage holds.
type Cell struct {
	index.Span         // in the passage's words
	Row, Column int    // from 1
	Head        string // the words at the head of its column; "" in a table without a head, and for the head itself
}

var (
	// asksHead is the head of a column whose cells say what is to be done.
	asksHead = regexp.MustCompile(`(?i)\brecommend|\basks?\b|\bactions?(?: (?:needed|wanted|required|sought))?$|\bproposals?\b|\brequests?\b|\bwhat (?:we|i) want|\bwhat (?:is|are) (?:needed|wanted)|\bwhat (?:should|must|needs? to|has to)\b|\bchanges? (?:needed|wanted|sought)|\b(?:should|must) (?:change|happen|do)\b`)
	// actorHead is the head of a column that says who is to do it.
	actorHead = regexp.MustCompile(`(?i)^(?:who\b|by whom|of whom|for whom|to whom|lead\b|owner|body|actor|addressed to|responsib)|\bresponsib(?:le|ility)\b`)
	// deadlineHead is the head of a column that says by when.
	deadlineHead = regexp.MustCompile(`(?i)\bwhen\b|\bdeadline|\btime(?:scale|table|line|frame)|\bdate\b|\btiming\b`)
)

// shortCell bounds, in bytes, a cell that holds no more than who is to act, or by when.
const shortCell = 80

// cellAt is the cell that a place of the text lies in; nil for none.
func (r *reader) cellAt(at index.Span) *Cell {
	for i := range r.in.Cells {
		if within(at, r.in.Cells[i].Span) {
			return &r.in.Cells[i]
		}
	}
	return nil
}

// fromRow completes an ask of a table from the other cells of its row: by the heads of their columns, or, as "action by" may mean
// either, by what stands in them: a date is by when, a body who.
func (r *reader) fromRow(x *Ask, dates []Date) {
	c := r.cellAt(x.Span)
	if c == nil || !asksHead.MatchString(c.Head) {
		return
	}
	for _, other := range r.in.Cells {
		s := trimSpan(r.text, other.Span)
		if other.Row != c.Row || other.Column == c.Column || empty(s) || s.End-s.Start > shortCell {
			continue
		}
		dated := slices.ContainsFunc(dates, func(d Date) bool { return within(d.bare, s) })
		switch {
		case empty(x.Deadline) && (dated || deadlineHead.MatchString(other.Head)):
			x.Deadline = s
		case empty(x.Actor) && !dated && (actorHead.MatchString(other.Head) || r.bodied(s)):
			x.Actor = s
		}
	}
}

// bodied reports whether a cell names somebody who can act.
func (r *reader) bodied(at index.Span) bool {
	for w := range strings.FieldsSeq(strings.ToLower(r.text[at.Start:at.End])) {
		if actors[strings.Trim(w, ",;.()")] {
			return true
		}
	}
	return slices.ContainsFunc(r.out.Mentions, func(m Mention) bool { return m.Kind == Organisation && within(m.Span, at) })
}

// A row is the first cell of words of a table's row and the numbers that stand in cells of their own behind it.
type row struct {
	label   index.Span
	numbers []number
	heads   []string
}

// rows are the rows of the passage's tables that hold numbers.
func (r *reader) rows() []row {
	var out []row
	last := -1
	for _, c := range r.in.Cells {
		s := trimSpan(r.text, c.Span)
		found := numbers(r.text[s.Start:s.End])
		number := len(found) == 1 && found[0].Start == 0 && found[0].End == s.End-s.Start && found[0].digits
		switch {
		case !number && c.Row != last && !empty(s):
			out, last = append(out, row{label: s}), c.Row
		case number && c.Row == last:
			found[0].Start, found[0].End = s.Start, s.End
			out[len(out)-1].numbers = append(out[len(out)-1].numbers, found[0])
			out[len(out)-1].heads = append(out[len(out)-1].heads, c.Head)
		}
	}
	return slices.DeleteFunc(out, func(r row) bool { return len(r.numbers) == 0 })
}

// tabled are the figures of a row: what they measure is the row's words, what a plain number counts the head of its column. A share
// that only repeats two counts of its row is left out, because the counts are more exact; so is a count below ten.
func (r *reader) tabled(row row, dates []Date) []Figure {
	var out []Figure
	for i, n := range row.numbers {
		if slices.ContainsFunc(dates, func(d Date) bool { return overlap(d.bare, n.Span) }) || n.unit == "%" && repeats(row.numbers, n) || n.unit == "" && n.value < 10 {
			continue
		}
		head := strings.Join(strings.Fields(row.heads[i]), " ")
		f := Figure{Span: n.Span, Number: n.value, Unit: n.unit, What: row.label, Column: head}
		if f.Unit == "" {
			f.Unit = strings.ToLower(head)
		}
		out = append(out, f)
	}
	return out
}

// repeats reports whether a share in per cent follows from two counts beside it.
func repeats(numbers []number, share number) bool {
	for _, a := range numbers {
		for _, b := range numbers {
			if a.unit == "" && b.unit == "" && a.value < b.value && math.Abs(100*a.value/b.value-share.value) <= .5 {
				return true
			}
		}
	}
	return false
}
