package counted

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// vocabulary is that of a consultation with four types of members.
func vocabulary() Vocabulary {
	v := Vocabulary{Words: []string{"few", "less than half", "the majority", "most", "almost all", "all"}, Names: []string{"SEC"}}
	for _, kind := range []string{"Union", "Charity", "Parent-carer group", "Early years"} {
		v.Groups = append(v.Groups, NewGroup(kind))
	}
	return v
}

// said is a statement in one line: the words, whose, what they did, of what.
func said(text string, s Statement) string {
	out := fmt.Sprintf("%s|%s|%s|%s", text[s.Start:s.End], s.Group, s.Act, text[s.Subject.Start:s.Subject.End])
	if s.Base != Unsaid {
		out += "|" + string(s.Base)
	}
	return out
}

func TestRead(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"a number and a denominator", "32 of our 40 members support the standards.", []string{"32 of our 40 members||support|the standards"}},
		{"in words", "Thirty-two of our forty members back the plan.", []string{"Thirty-two of our forty members||support|the plan"}},
		{"several in a sentence", "Twelve unions support it, three oppose it and two are unsure.", []string{"Twelve unions|Union|support|it", "three|Union|oppose|it", "two|Union|mixed|"}},
		{"passive", "The timetable is opposed by all three unions.", []string{"all three unions|Union|oppose|The timetable is"}},
		{"from", "Opposition to the timetable came from eight charities.", []string{"eight charities|Charity|oppose|to the timetable"}},
		{"an opener", "Of the 23 members that took a position, 20 were in favour of bands.", []string{"20||support|bands|took a position"}},
		{"a denial", "Six members did not support the bands.", []string{"Six members||not support|the bands"}},
		{"not addressed", "Nine members didn't mention bands.", []string{"Nine members||silent|bands"}},
		{"the word and the number", "Most (13 of 15) support it, 4 of them with conditions.", []string{"Most||support|it", "13 of 15||support|it", "4 of them||conditions||them"}},
		{"conditions", "Three charities support bands, provided that need comes first.", []string{"Three charities|Charity|conditions|bands, provided that need comes first"}},
		{"no stance on the thing itself", "Two unions agree that bands are coming.", []string{"Two unions|Union|other|bands are coming"}},
		{"a name of the consortium", "Most of SEC's 40 members back it.", []string{"Most of SEC's 40 members||support|it"}},
		{"a type that ends in years", "Both early years groups welcome it.", []string{"Both early years groups|Early years|support|it"}},
		{"parents' organisations", "All parent-carer organisations object to mediation.", []string{"All parent-carer organisations|Parent-carer group|oppose|mediation"}},
		{"who answered", "We heard from 25 members.", []string{"25 members||responded|"}},
		{"unanimous", "Our members unanimously reject it.", []string{"members unanimously||oppose|it"}},
		{"all but", "All but two members support it.", []string{"All but two members||support|it"}},
		{"a relative clause", "Half of those who responded oppose it.", []string{"Half of those who responded||oppose|it|answered"}},
		{"a list", "One of the reasons is money.", nil},
		{"first of all", "First of all, we thank the Committee.", nil},
		{"time and money", "After 20 weeks the 12 councils had spent £70 million.", nil},
		{"others' members", "The union's 450,000 members and three members of staff oppose it.", nil},
		{"what ought to be", "All members should publish their plans.", nil},
		{"children", "Two thirds of children with plans wait 20 weeks.", nil},
		{"a figure that a hyphen glues", "Post-16 members support it.", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range Read(tt.text, vocabulary()) {
				got = append(got, said(tt.text, s))
			}
			if d := cmp.Diff(got, tt.want); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestAmounts(t *testing.T) {
	for _, tt := range []struct {
		text string
		want Amount
	}{
		{"At least a dozen members support it.", Amount{Kind: Number, Bound: AtLeast, Count: 12}},
		{"No fewer than 30 members support it.", Amount{Kind: Number, Bound: AtLeast, Count: 30}},
		{"Between 15 and 18 members support it.", Amount{Kind: Number, Bound: Between, Count: 15, To: 18}},
		{"Twenty or so members support it.", Amount{Kind: Number, Bound: About, Count: 20}},
		{"32 out of 40 members support it.", Amount{Kind: Number, Count: 32, Of: 40}},
		{"Four in five members support it.", Amount{Kind: Share, Fraction: .8, Decimals: -1}},
		{"82.5% of members support it.", Amount{Kind: Share, Fraction: .825, Decimals: 1}},
		{"Eighty per cent of members support it.", Amount{Kind: Share, Fraction: .8}},
		{"Two-thirds of members support it.", Amount{Kind: Share, Fraction: 2. / 3, Decimals: -1}},
		{"Just over half of members support it.", Amount{Kind: Share, Bound: MoreThan, Fraction: .5, Decimals: -1}},
		{"Nearly all members support it.", Amount{Kind: Scaled, Word: "almost all"}},
		{"A majority of members support it.", Amount{Kind: Scaled, Word: "the majority"}},
		{"Fewer than half of members support it.", Amount{Kind: Scaled, Word: "less than half"}},
		{"The overwhelming majority of members support it.", Amount{Kind: Vague, Word: "the overwhelming majority"}},
		{"Several members support it.", Amount{Kind: Vague, Word: "several"}},
		{"None of the members supports it.", Amount{Kind: Number}},
		{"Not all members support it.", Amount{Kind: NotAll}},
		{"Both members support it.", Amount{Kind: All, Of: 2}},
		{"All but one of the members support it.", Amount{Kind: All, Count: 1}},
		{"A hundred and four members support it.", Amount{Kind: Number, Count: 104}},
	} {
		t.Run(tt.text, func(t *testing.T) {
			got := Read(tt.text, vocabulary())
			if len(got) != 1 {
				t.Fatalf("%d statements, want 1", len(got))
			}
			if d := cmp.Diff(got[0].Amount, tt.want); d != "" {
				t.Error(d)
			}
		})
	}
}

// FuzzRead gives it whatever text there is: every range lies in the text, and in its sentence.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"32 of 40 members, (all of them) support it", "of the 3 unions, none", "between 1 and", "½ of members’ votes\n\n- both", "all but", "İ% of members"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v := vocabulary()
		for _, s := range Read(text, v) {
			if s.Start < s.Sentence.Start || s.End > s.Sentence.End || s.Start >= s.End {
				t.Fatalf("%+v does not stand in its sentence", s)
			}
			for _, r := range [][2]int{{s.Subject.Start, s.Subject.End}, {s.Verb.Start, s.Verb.End}} {
				if r[0] < 0 || r[1] > len(text) || r[0] > r[1] {
					t.Fatalf("%+v points outside the text", s)
				}
			}
		}
	})
}
