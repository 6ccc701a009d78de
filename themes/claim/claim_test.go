package claim

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"collate/index"
)

// may is a context of May 2023.
var may = Context{Year: 2023, Month: 5}

func cut(text string, s index.Span) string { return text[s.Start:s.End] }

func TestAsks(t *testing.T) {
	type ask struct{ words, actor, action, deadline string }
	tests := []struct {
		name, text string
		want       []ask
	}{
		{"with a deadline", "The Department should publish a timetable by September 2023.", []ask{{"The Department should publish a timetable by September 2023", "The Department", "publish a timetable by September 2023", "by September 2023"}}},
		{"a subjunctive", "We recommend that every school be funded for a SENCO.", []ask{{"every school be funded for a SENCO", "", "be funded for a SENCO", ""}}},
		{"several, in the present", "We recommend that each partnership names an officer, and that both boards publish a report.", []ask{
			{"each partnership names an officer", "each partnership", "names an officer", ""},
			{"both boards publish a report", "both boards", "publish a report", ""}}},
		{"a reason behind it", "We urge ministers to think again, because families cannot wait.", []ask{{"ministers to think again", "ministers", "think again", ""}}},
		{"two, one denied", "Standards must be set nationally and councils should not be left to choose.", []ask{
			{"Standards must be set nationally", "", "be set nationally", ""},
			{"councils should not be left to choose", "", "not be left to choose", ""}}},
		{"a denied wish", "I don't think anyone should be forced to mediate.", []ask{{"don't think anyone should be forced to mediate", "", "don't think anyone should be forced to mediate", ""}}},
		{"what is not wanted", "We should not like that to be lost.", []ask{{"not like that to be lost", "", "not like that to be lost", ""}}},
		{"a phrase put in between", "The agency should in any event set up a group by October 2023.", []ask{{"The agency should in any event set up a group by October 2023", "The agency", "set up a group by October 2023", "by October 2023"}}},
		{"turned round", "What we want is more of it.", []ask{{"more of it", "", "more of it", ""}}},
		{"a request in a noun", "Our one plea is that they not be used to rank schools.", []ask{{"they not be used to rank schools", "", "not be used to rank schools", ""}}},
		{"a need", "Teachers need proper training.", []ask{{"Teachers need proper training", "Teachers", "proper training", ""}}},
		{"behind a colon", "The short version is: hold the NHS to its part.", []ask{{"hold the NHS to its part", "", "hold the NHS to its part", ""}}},
		{"a list in one sentence", "Members asked for two things: paid time; and someone to ring.", []ask{{"paid time", "", "paid time", ""}, {"someone to ring", "", "someone to ring", ""}}},
		{"by whom", "The cost should be met by the Treasury.", []ask{{"The cost should be met by the Treasury", "the Treasury", "be met by the Treasury", ""}}},

		{"the law's must", "The law says that a plan must be issued within 20 weeks.", nil},
		{"the law as it is", "At present the authority must name the school.", nil},
		{"what others say", "The plan argues that schools should do more.", nil},
		{"what others ask, in their words", "Others said please don't let anything else change.", nil},
		{"only a relative clause", "Children who need to move school wait longest.", nil},
		{"described by what it should be", "The support that they should receive is not there.", nil},
		{"a question", "Should councils be fined?", nil},
		{"a condition", "If a council should refuse, the parent may appeal.", nil},
		{"hardship", "Families have to wait for a year.", nil},
		{"the past", "It should have been done in 2014.", nil},
		{"a view that is shared", "We accept that parents should be able to ask, and that lists should be drawn up with them.", nil},
		{"how the response is to be read", "This response should not be quoted.", nil},
		{"a courtesy", "Please feel free to use our name.", nil},
		{"indifference", "Don't mind when.", nil},
		{"no need", "No change in the law is needed.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []ask
			for _, a := range Read(tt.text, may).Asks {
				got = append(got, ask{cut(tt.text, a.Span), cut(tt.text, a.Actor), cut(tt.text, a.Action), cut(tt.text, a.Deadline)})
			}
			if d := cmp.Diff(tt.want, got, cmp.AllowUnexported(ask{})); d != "" {
				t.Errorf("%q (-want +got):\n%s", tt.text, d)
			}
		})
	}
}

func TestAsksOfATable(t *testing.T) {
	text := "Publish the timetable\n\nDfE\n\nDecember 2023"
	in := may
	in.Cells = []Cell{
		{index.Span{End: 21}, 2, 1, "Recommendation"},
		{index.Span{Start: 23, End: 26}, 2, 2, "Who"},
		{index.Span{Start: 28, End: 41}, 2, 3, "By when"},
	}
	asks := Read(text, in).Asks
	if len(asks) != 1 {
		t.Fatalf("%d asks, want 1", len(asks))
	}
	got := []string{cut(text, asks[0].Span), cut(text, asks[0].Actor), cut(text, asks[0].Deadline)}
	if d := cmp.Diff([]string{"Publish the timetable", "DfE", "December 2023"}, got); d != "" {
		t.Error(d)
	}
}

func TestFigures(t *testing.T) {
	type figure struct{ value, unit, what, source string }
	tests := []struct {
		name, text string
		want       []figure
	}{
		{"with its source", "Only 46% of early career teachers feel prepared (Adams et al., 2023).", []figure{{"46%", "%", "early career teachers feel prepared", "(Adams et al., 2023)"}}},
		{"source in its own brackets", "Fewer than half of new teachers feel ready (46%, Adams et al. 2023).", []figure{{"46%", "%", "new teachers feel ready", "Adams et al. 2023"}}},
		{"a share in words", "Four in ten applications take longer.", []figure{{"Four in ten", "share", "applications take longer", ""}}},
		{"of every", "In two of every five cases it is late.", []figure{{"two of every five", "share", "cases it is late", ""}}},
		{"money", "The £70 million change programme is welcome.", []figure{{"£70 million", "£", "change programme", ""}}},
		{"a count", "We asked 412 families.", []figure{{"412", "families", "families", ""}}},
		{"what the plan states", "There will be up to nine regional expert partnerships.", []figure{{"nine", "regional expert partnerships", "regional expert partnerships", ""}}},
		{"how long it took", "The plan came in 18 weeks.", []figure{{"18", "weeks", "The plan came", ""}}},

		{"an age", "At eighteen everyone changes.", nil},
		{"ages", "We teach 13 to 16 year olds.", nil},
		{"a page", "See page 12.", nil},
		{"a school year", "He is in Year 9.", nil},
		{"a label", "Key Stage 2 and post-16.", nil},
		{"a law's limit", "It must be issued within 20 weeks.", nil},
		{"what is asked for", "We ask for training of 40 hours.", nil},
		{"a made-up case", "A parent who has waited fourteen months needs help.", nil},
		{"a supposition", "Two years, with the second paid, would turn many into jobs.", nil},
		{"one more of a kind", "All four refused before anyone talked of a fifth.", nil},
		{"a year in a citation", "It is late (DfE, 2022).", nil},
		{"below ten", "Three schools replied.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []figure
			for _, f := range Read(tt.text, may).Figures {
				got = append(got, figure{cut(tt.text, f.Span), f.Unit, cut(tt.text, f.What), cut(tt.text, f.Source)})
			}
			if d := cmp.Diff(tt.want, got, cmp.AllowUnexported(figure{})); d != "" {
				t.Errorf("%q (-want +got):\n%s", tt.text, d)
			}
		})
	}
}

func TestDates(t *testing.T) {
	type date struct{ words, normalised, kind string }
	plans := may
	plans.Plans = []string{"2025-12"}
	tests := []struct {
		name, text string
		in         Context
		want       []date
	}{
		{"a promise", "The government will publish standards by the end of 2025.", may, []date{{"by the end of 2025", "2025-12", "commitment"}}},
		{"the plan's date, only named", "The end of 2025 is too late.", plans, []date{{"The end of 2025", "2025-12", "commitment"}}},
		{"a date that nobody promised", "The end of 2025 is too late.", may, []date{{"The end of 2025", "2025-12", "other"}}},
		{"asked for", "The Department should act by September 2024.", may, []date{{"by September 2024", "2024-09", "other"}}},
		{"happened", "We asked members last autumn.", may, []date{{"last autumn", "2022-09/2022-11", "event"}}},
		{"two months", "The survey ran in March and April 2023.", may, []date{{"in March and April 2023", "2023-03/2023-04", "event"}}},
		{"a term's end", "Do it before the end of the summer term 2023.", may, []date{{"before the end of the summer term 2023", "2023-07", "other"}}},
		{"a quarter", "In the quarter to December 2022 we saw more.", may, []date{{"In the quarter to December 2022", "2022-10/2022-12", "event"}}},
		{"short form", "Sent 25/4/23", may, []date{{"25/4/23", "2023-04-25", "other"}}},
		{"the date of the response", "12 May 2023", may, []date{{"12 May 2023", "2023-05-12", "other"}}},

		{"a year in a citation", "Many are late (Adams et al., 2023).", may, nil},
		{"a year in a law's name", "The Children and Families Act 2014 is clear.", may, nil},
		{"any year", "They report each January.", may, nil},
		{"a verb", "It may help.", may, nil},
		{"a count", "We heard from 2000 pupils.", may, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []date
			for _, d := range Read(tt.text, tt.in).Dates {
				got = append(got, date{cut(tt.text, d.Span), d.Normalised, string(d.Kind)})
			}
			if d := cmp.Diff(tt.want, got, cmp.AllowUnexported(date{})); d != "" {
				t.Errorf("%q (-want +got):\n%s", tt.text, d)
			}
		})
	}
}

func TestMentions(t *testing.T) {
	known := may
	known.Known = NewKnown([]string{"Inclusive Education Consortium", "Alternative Provision Heads' Network"}, nil)
	known.Law = "Children and Families Act 2014"
	type mention struct{ words, canonical string }
	tests := []struct {
		name, text string
		want       []mention
	}{
		{"a short form", "The DfE and Ofsted agree.", []mention{{"DfE", "Department for Education"}, {"Ofsted", "Ofsted"}}},
		{"a section with its law", "Section 42 of the Children and Families Act 2014 is clear.", []mention{{"Section 42 of the Children and Families Act 2014", "Children and Families Act 2014 s.42"}}},
		{"a bare section", "The right in section 51 stands.", []mention{{"section 51", "Children and Families Act 2014 s.51"}}},
		{"a part", "This is without prejudice to Part 3 of the Act.", []mention{{"Part 3 of the Act", "Children and Families Act 2014 Part 3"}}},
		{"initials of a known name", "The IEC meets in June.", []mention{{"IEC", "Inclusive Education Consortium"}}},
		{"a word of a known name", "We told the Consortium.", []mention{{"Consortium", "Inclusive Education Consortium"}}},
		{"two departments", "The Department for Education and the Department for Transport should settle it.", []mention{{"Department for Education", "Department for Education"}, {"Department for Transport", "Department for Transport"}}},

		{"a kind of paper", "A ramp does not need a White Paper.", nil},
		{"no section", "He's 3.", nil},
		{"a part of nothing", "Part 3 was long.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []mention
			for _, m := range Read(tt.text, known).Mentions {
				got = append(got, mention{cut(tt.text, m.Span), m.Canonical})
			}
			if d := cmp.Diff(tt.want, got, cmp.AllowUnexported(mention{})); d != "" {
				t.Errorf("%q (-want +got):\n%s", tt.text, d)
			}
		})
	}
}

// FuzzRead looks for texts that are not read, or of which something is read that is not in them.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"We recommend that each trust names an officer, that both publish, and that it ends by 2025.", "46 % (n = 412), £2.6bn, 4 in 10\n\n12\n\n13",
		"If it is slow, be honest; should not have to!! “s. 42(1)(a) of the 2014 Act” — Mar 2023", "What we want is: a; b; c?", "•\t1.\xff\xe2\x80", "of of of the the Act 2014 in the quarter to May 2020",
		"The Department for", "Publish in\n\n12 May\n\n2023. 4 of the 12",
	} {
		f.Add(seed, 3)
	}
	f.Fuzz(func(t *testing.T, text string, cut int) {
		in := may
		in.Advice, in.Plans = cut%2 == 0, []string{"2025"}
		if cut > 0 && cut < len(text) && utf8.ValidString(text[:cut]) {
			in.Cells = []Cell{{index.Span{End: cut}, 2, 1, "Recommendation"}, {index.Span{Start: cut, End: len(text)}, 2, 2, "By when"}}
		}
		r := Read(text, in)
		check := func(s index.Span) {
			if s != (index.Span{}) && (s.Start < 0 || s.End < s.Start || s.End > len(text)) {
				t.Errorf("%v lies outside %q", s, text)
			}
		}
		for _, a := range r.Asks {
			check(a.Span)
			check(a.Actor)
			check(a.Action)
			check(a.Deadline)
		}
		for _, x := range r.Figures {
			check(x.Span)
			check(x.What)
			check(x.When)
			check(x.Source)
		}
		for _, d := range r.Dates {
			check(d.Span)
			check(d.Promised)
			check(d.By)
		}
		for _, m := range r.Mentions {
			check(m.Span)
		}
	})
}

// BenchmarkRead reads a passage of 100 words with something of each kind; on an idle core some 270 a second.
func BenchmarkRead(b *testing.B) {
	text := "We welcome the plan, but the end of 2025 is too late for most of the children whose families ring us. Only 46 per cent of early career teachers feel prepared to teach pupils with SEND (Adams et al., 2023), and four in ten applications take longer than the law allows. The Department for Education should publish, by September 2024, a dated list of what can begin at once, and councils must not be left to choose. Section 42 of the Children and Families Act 2014 is plain enough. We recommend that each partnership names one officer who answers for it, and that the dashboard says so every year."
	Read(text, may) // loads the tagger
	b.ReportAllocs()
	for b.Loop() {
		Read(text, may)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "passages/s")
}
