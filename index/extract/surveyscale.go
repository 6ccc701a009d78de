package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// scales are the answers in an order that surveys offer, each step with its other spellings.
var scales = [][]string{
	{"strongly agree|agree strongly|completely agree|fully agree|totally agree", "agree|mostly agree|generally agree", "tend to agree|somewhat agree|slightly agree|partly agree|agree slightly",
		"neither agree nor disagree|neither agree or disagree|neutral|neither|mixed", "tend to disagree|somewhat disagree|slightly disagree|partly disagree|disagree slightly", "disagree|mostly disagree|generally disagree", "strongly disagree|disagree strongly|completely disagree|fully disagree|totally disagree"},
	{"strongly support", "support", "tend to support|somewhat support|slightly support", "neither support nor oppose|neutral", "tend to oppose|somewhat oppose|slightly oppose", "oppose", "strongly oppose"},
	{"very satisfied|extremely satisfied|completely satisfied", "satisfied|fairly satisfied|somewhat satisfied|quite satisfied", "neither satisfied nor dissatisfied|neutral", "dissatisfied|fairly dissatisfied|somewhat dissatisfied|quite dissatisfied", "very dissatisfied|extremely dissatisfied|completely dissatisfied"},
	{"extremely important|essential", "very important", "important|quite important|fairly important|moderately important|somewhat important", "slightly important|not very important|of little importance", "not important|not at all important|unimportant"},
	{"extremely likely", "very likely", "likely|quite likely|fairly likely|somewhat likely", "neither likely nor unlikely|neutral", "unlikely|quite unlikely|fairly unlikely|somewhat unlikely|not very likely", "very unlikely|extremely unlikely|not at all likely"},
	{"very confident|extremely confident", "confident|fairly confident|quite confident|somewhat confident", "neither confident nor unconfident|neutral", "not very confident|slightly confident|not so confident", "not confident|not at all confident"},
	{"very effective|extremely effective", "effective|fairly effective|quite effective|somewhat effective", "neither effective nor ineffective|neutral", "not very effective|ineffective|not so effective", "very ineffective|not at all effective"},
	{"very positive", "positive|fairly positive|mainly positive", "neutral|neither positive nor negative|mixed|no effect", "negative|fairly negative|mainly negative", "very negative"},
	{"very easy", "easy|fairly easy|quite easy", "neither easy nor difficult|neutral", "difficult|fairly difficult|quite difficult", "very difficult"},
	{"excellent|outstanding", "very good", "good", "fair|average|ok|okay|acceptable|adequate|satisfactory", "poor|bad", "very poor|very bad"},
	{"always", "very often", "often|usually|most of the time|frequently", "sometimes|about half the time|occasionally", "rarely|seldom|hardly ever", "never"},
	{"a great deal|to a great extent|completely|fully|entirely", "a lot|mostly|to a large extent|very much", "a moderate amount|to some extent|somewhat|moderately|partly|quite a lot", "a little|slightly|to a small extent|not much|not very much", "not at all|none at all"},
	{"much better", "better|somewhat better|a little better", "about the same|the same|no change", "worse|somewhat worse|a little worse", "much worse"},
}

// besides are answers that stand beside a scale.
var besides = strings.Split("don't know|don’t know|do not know|dont know|not sure|unsure|n/a|na|not applicable|prefer not to say|prefer not to answer|no answer|not answered|no opinion|no view|other|i don't know|i don’t know", "|")

var (
	graded      = regexp.MustCompile(`^(\d{1,2})(?:\s*[-–=(:.]\s*\D.*)?$`) // "4", "1 - not at all"
	asksRating  = regexp.MustCompile(`(?i)\b(scale|rate|rating|score|out of (5|five|7|seven|10|ten)|how (likely|far|much|satisfied|important|confident|well|easy|strongly))\b`)
	asksHowMany = regexp.MustCompile(`(?i)\b(how many|number of|age|year|cost|total)\b`)
)

const maxGrade = 10

// isScale tells answers on a scale: words of one scale, or small whole numbers of which few are different.
func (t *tally) isScale(heading string, filled int) bool {
	if len(t.values) < 2 || len(t.values) > maxClosedValues {
		return false
	}
	if t.scaleWords() != nil {
		return true
	}
	words := 0
	for _, o := range t.values {
		grade := gradeOf(o.Value)
		if grade > maxGrade || grade < 0 && !slices.Contains(besides, strings.ToLower(o.Value)) {
			return false
		}
		if isTextual(o.Value) {
			words++
		}
	}
	return words > 1 || asksRating.MatchString(heading) || len(t.values)*2 <= filled && !asksHowMany.MatchString(heading)
}

// gradeOf is the number that an answer on a scale begins with, or -1.
func gradeOf(value string) int {
	if m := graded.FindStringSubmatch(value); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return -1
}

// scaleWords finds the scale that all values are on, two of them at least; nil when there is none.
func (t *tally) scaleWords() []string {
	for _, scale := range scales {
		on, beside := 0, 0
		for _, o := range t.values {
			value := strings.ToLower(o.Value)
			switch {
			case stepOf(scale, value) >= 0:
				on++
			case slices.Contains(besides, value):
				beside++
			}
		}
		if on >= 2 && on+beside == len(t.values) {
			return scale
		}
	}
	return nil
}

func stepOf(scale []string, value string) int {
	return slices.IndexFunc(scale, func(step string) bool { return slices.Contains(strings.Split(step, "|"), value) })
}

// scaleOptions lists the values along their scale; what stands beside it comes last.
func (t *tally) scaleOptions() []Option {
	scale, out := t.scaleWords(), t.options()
	at := func(o Option) int {
		step := gradeOf(o.Value)
		if scale != nil {
			step = stepOf(scale, strings.ToLower(o.Value))
		}
		if step < 0 {
			return len(scales) + maxGrade + maxOptions
		}
		return step
	}
	slices.SortStableFunc(out, func(a, b Option) int { return cmp.Compare(at(a), at(b)) })
	return out
}
