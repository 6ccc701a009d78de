package extract

import (
	"strings"
)

// spread tells the columns of multiple choice questions that have a column for each choice: several columns of one question, in
// each of which stands its own choice, or a tick, or nothing.
func (h *surveyHeader) spread(stats []columnStats) []bool {
	out := make([]bool, len(h.heads))
	for from := 0; from < len(h.heads); {
		to := from + 1
		for to < len(h.heads) && h.heads[from].stem != "" && h.heads[to].stem == h.heads[from].stem {
			to++
		}
		ticked := 0
		for i := from; i < to; i++ {
			if out[i] = isTicked(h.heads[i], &stats[i]); out[i] && stats[i].filled > 0 {
				ticked++
			}
		}
		if to-from < 2 || ticked < 1 || asksYesOrNo(stats[from:to]) {
			clear(out[from:to])
		}
		from = to
	}
	return out
}

// ticks are what stands for a choice that was made, and blanks for one that was not.
var (
	ticks  = map[string]bool{"1": true, "x": true, "yes": true, "y": true, "true": true, "selected": true, "checked": true, "✓": true, "✔": true}
	blanks = map[string]bool{"0": true, "false": true, "not selected": true, "unchecked": true, "-": true}
)

func isTicked(head columnHead, stats *columnStats) bool {
	if head.part == "" || head.under || len(stats.values.values) > 2 {
		return false
	}
	for _, o := range stats.values.values {
		value := strings.ToLower(o.Value)
		if !strings.EqualFold(headerLine(o.Value), head.part) && !ticks[value] && !blanks[value] {
			return false
		}
	}
	return true
}

// asksYesOrNo guards against a grid of closed questions, in which "No" is an answer too.
func asksYesOrNo(stats []columnStats) bool {
	for i := range stats {
		for _, o := range stats[i].values.values {
			if strings.EqualFold(o.Value, "no") {
				return true
			}
		}
	}
	return false
}

// chosenIn counts the respondents who made the choice of a column.
func chosenIn(stats *columnStats) int {
	n := 0
	for _, o := range stats.values.values {
		if !blanks[strings.ToLower(o.Value)] {
			n += o.Count
		}
	}
	return n
}
