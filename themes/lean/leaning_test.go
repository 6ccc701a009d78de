package lean

import (
	"testing"

	"collate/index"
)

// leanOf adds up the sentences of a text.
func leanOf(text string) Leaning {
	var l Leaning
	for _, s := range index.Sentences(text) {
		one := Read(text[s.Start:s.End], s.Start)
		l = l.Plus(&one)
	}
	return l
}

func TestStanceOfSentences(t *testing.T) {
	tests := []struct {
		name, text string
		want       Stance
	}{
		{"plain support", "We strongly support national standards.", Support},
		{"plain opposition", "We oppose mandatory mediation.", Oppose},
		{"the noun is no support", "SEN support in schools is a register of names.", NotStated},
		{"a condition", "We support the standards, but only if they are statutory and funded.", Conditions},
		{"would support if", "We would support the proposed standards if they include dyslexia.", Conditions},
		{"support if", "We support the standards, if they extend to 25.", Conditions},
		{"agreed at a meeting", "This response was agreed by our executive.", NotStated},
		{"a narrow worry", "Our worry is a narrow one.", NotStated},
		{"an ask is no stance", "What a child receives should not depend on the postcode.", NotStated},
		{"negated support", "We do not support the tailored list.", Oppose},
		{"negated support, contracted", "We can't support the tailored list and do not agree with it.", Oppose},
		{"a double negative", "We are not opposed to bands and we welcome the debate.", Support},
		{"somebody else's view", "The government argues that it supports families and welcomes their views.", NotStated},
		{"concern alone is no stance", "We are concerned that children wait.", NotStated},
		{"unsure", "Our members are divided on bands and we reserve judgement.", Mixed},
		{"for and against", "We welcome outreach and support the first tier. We oppose the third and reject its name.", Mixed},
		{"concession", "While we welcome the aim, we oppose the list and reject its premise.", Oppose},
		{"too slow", "This is far too slow for children now in school.", Oppose},
		{"no position", "We take no line on tailored lists.", NotStated},
		{"neither", "We neither support nor oppose the bands.", Mixed},
		{"concern that supports", "We are deeply concerned that children wait too long. That is why we support the proposal.", NotStated},
		{"concern about the problem", "It is unacceptable that councils fail to meet the limit, and we fear that they are too slow with waiting families.", NotStated},
		{"support for people", "We support families and schools support pupils.", NotStated},
		{"people who are supported", "Children are supported by trained staff.", NotStated},
		{"a word before a noun", "Supported internships lead to jobs.", NotStated},
		{"passive", "The standards are welcomed by our members.", Support},
		{"a chance to speak", "We welcome the opportunity to respond.", NotStated},
		{"an aim", "We welcome the ambition of the plan.", NotStated},
		{"what we do not think", "We do not think that this is the right approach.", NotStated},
		{"hedged", "We cautiously welcome the bands.", NotStated},
		{"attributed, then our own", "The government argues that it will help, but we oppose it.", Oppose},
		{"some members", "Some of us support bands.", NotStated},
		{"somebody else is unsure", "A teacher who is unsure asks the SENCO.", NotStated},
		{"condition before", "If the money follows the child, we would welcome the bands.", Conditions},
		{"good as long as", "Panels are fine as long as somebody knows the child.", Conditions},
		{"turned from", "We support the standards. But they say nothing of health.", NotStated},
		{"what it must be", "We support the standards. They must be set out in law.", Conditions},
		{"not only", "We not only support the standards but also back the bands.", Support},
		{"a courtesy", "We have no complaint about the bands.", NotStated},
		{"glad to answer", "We are pleased to respond, and glad to help.", NotStated},
		{"not persuaded of a fault", "We are not persuaded that the timetable is too slow.", NotStated},
		{"neither of two", "It would be wrong to report us as for or against the bands.", Mixed},
		{"what could be said", "I want to be able to say no to all of it.", NotStated},
		{"a fact that is deplored", "What we cannot accept is that distress counts as defiance.", NotStated},
		{"what others assure", "We are told that the bands are a good idea.", NotStated},
		{"one member's view", "One said it was helpful and a good idea.", NotStated},
		{"the noun right", "It is a right to request.", NotStated},
		{"a judgement that is asked for", "She spends the week establishing what is reasonable and what is right.", NotStated},
		{"a second verb", "We like outreach and would support the tiers on the understanding that therapists join.", Conditions},
		{"nothing", "Our members teach in colleges.", NotStated},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := leanOf(tt.text)
			if got := l.Stance(); got != tt.want {
				t.Errorf("%q: %s, want %s (for %.1f, against %.1f, %v)", tt.text, got, tt.want, l.InFavour, l.Against, l.Because())
			}
		})
	}
}
