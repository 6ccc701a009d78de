package index

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// passage is about as long as a real one.
const passage = `The SEND and alternative provision improvement plan asks local areas to wait until the end of 2025 for most of its
changes. We welcome the three-tier model, but 46% of early career teachers feel prepared to teach pupils with SEND, and the £70m
Change Programme should not be spent on co-production alone. Families wait far longer than the 20 weeks that the law allows for an
EHC plan; some wait a year. National standards must be statutory and funded, and mandatory mediation adds a hurdle before the
Tribunal. We call on the Department to publish a timetable, with dates, by spring.`

func TestMatch(t *testing.T) {
	tests := []struct {
		name  string
		query string
		text  string
		want  []string // the words marked; nil for no match
	}{
		{"every form of a word", "wait", "Waits and waiting: they wait.", []string{"Waits", "waiting", "wait"}},
		{"both words", "wait plan", "A plan to wait", []string{"plan", "wait"}},
		{"one word missing", "wait plan", "A plan", nil},
		{"phrase", `"should not"`, "It should, should not and not should.", []string{"should not"}},
		{"phrase in curly quotation marks", `“should not”`, "should not", []string{"should not"}},
		{"phrase over a line break and a full stop", `"end of 2025"`, "end of\n2025. The end. Of 2025", []string{"end of\n2025", "end. Of 2025"}},
		{"phrase of repeated words", `"very very long"`, "very very very long", []string{"very very long"}},
		{"either, and both marked", "wait OR plan", "plan to wait", []string{"plan", "wait"}},
		{"either, with a half alternative", "(wait law) OR plan", "plan to wait", []string{"plan"}},
		{"without", "plan NOT tribunal", "plan", []string{"plan"}},
		{"without, and there it is", "plan -tribunals", "the Tribunal's plan", nil},
		{"nothing but without", "NOT tribunal", "plan", []string{}},
		{"capitals do not matter", "ap", "AP is not a map", []string{"AP"}},
		{"prefix", "fund*", "Funding, refund, fund", []string{"Funding", "fund"}},
		{"inside", "organi?ation", "organisation organization organiation", []string{"organisation", "organization"}},
		{"star inside", "re*ment", "recruitment, retirement, rement, rementor", []string{"recruitment", "retirement", "rement"}},
		{"suffix", "*school", "preschool pre-school schools", []string{"preschool", "pre-school"}},
		{"two stars", "*cool*", "schooling coolest colo", []string{"coolest"}},
		{"wildcards are not stemmed", "waiting*", "wait waits waiting", []string{"waiting"}},
		{"hyphen in the text", "coproduction", "Co-production and co production", []string{"Co-production"}},
		{"hyphen in the query", "co-production", "Co‑production, coproduction, co production, production co", []string{"Co‑production", "coproduction", "co production"}},
		{"hyphen in a wildcard", "co-prod*", "co-producing coproduced co produced", []string{"co-producing", "coproduced"}},
		{"three-tier", `"three tier system"`, "the three-tier system", []string{"three-tier system"}},
		{"joined in the middle of a phrase", `"a multiagency approach"`, "a multi-agency approach", []string{"a multi-agency approach"}},
		{"parts in the middle of a phrase", `"a multi-agency approach"`, "a multiagency approach, a multi agency approach", []string{"a multiagency approach", "a multi agency approach"}},
		{"part of a compound", "tier", "three-tier", []string{"tier"}},
		{"compound of compounds", "multi-agency", "multi-agency-working", []string{"multi-agency"}},
		{"letters and a number", "post16", "post-16", []string{"post-16"}},
		{"numbers are not joined", "202324", "2023-24", nil},
		{"possessive", "senco", "The SENCo’s and SENCo's", []string{"SENCo’s", "SENCo's"}},
		{"apostrophe", "don't", "We don’t", []string{"don’t"}},
		{"accent and ligature", "cafe first", "Café ﬁrst", []string{"Café", "ﬁrst"}},
		{"low figures", "CO2 m2", "10 m² of CO₂", []string{"m²", "CO₂"}},
		{"low figures in the query", "CO₂", "co2", []string{"co2"}},
		{"a note in a phrase", `"plan should"`, "the plan³ should", []string{"plan³ should"}},
		{"a power is no other figure", "106", "10⁶", nil},
		{"soft hyphen", "reform", "re\u00adform", []string{"re\u00adform"}},
		{"pounds", "£*", "£70m, £1,000 and 70m", []string{"£70m", "£1,000"}},
		{"pounds exactly", "£70m", "£70m 70m", []string{"£70m"}},
		{"a figure with or without its sign", "70m", "£70m 70m $70m", []string{"£70m", "70m", "$70m"}},
		{"per cent", "46%", "46% 46 % 46 per cent", []string{"46%", "46 %"}},
		{"per cent or not", "46", "46% 46 per", []string{"46%", "46"}},
		{"any per cent", "*%", "46% 4.5%", []string{"46%", "4.5%"}},
		{"thousands", "1000", "1,000 and 1000 and 1,00", []string{"1,000", "1000"}},
		{"full stop without a space", "plan we", "the plan.We", []string{"plan", "We"}},
		{"initials", "uk", "U.K. and UK", []string{"U.K", "UK"}},
		{"slash", "and/or", "and/or, and or", []string{"and/or", "and or"}},
		{"overlapping marks", `wait* OR "we wait"`, "we wait", []string{"we wait"}},
		{"a question mark at the end", "waits?", "wait", []string{"wait"}},
		{"a field never matches", "member:x OR wait", "wait", []string{"wait"}},
		{"no field is every field's opposite", "NOT member:x", "wait", []string{}},
		{"near", "fund NEAR/2 tariff", "Tariffs a b funded, tariff a b c fund", []string{"Tariffs", "funded", "tariff"}},
		{"near in one order", "fund BEFORE/2 tariff", "Tariffs a b funded, c tariff", []string{"funded", "tariff"}},
		{"too far", "fund NEAR/2 tariff", "fund a b c tariff", nil},
		{"next to one another", "fund NEAR/0 tariff", "fund a tariff funding", []string{"tariff", "funding"}},
		{"a phrase near one of its words", `"young people" NEAR/8 people`, "young people", nil},
		{"a phrase near one of its words again", `"young people" NEAR/8 people`, "people and young people", []string{"people", "young people"}},
		{"the same stem twice", "wait NEAR/3 waiting", "they wait", nil},
		{"the same stem in two places", "wait NEAR/3 waiting", "waits and wait", []string{"waits", "wait"}},
		{"near itself thrice", "wait NEAR/1 wait NEAR/1 wait", "wait wait a b wait, wait a wait wait", []string{"wait", "wait", "wait", "wait"}},
		{"near a joined compound", "coproduction NEAR/1 plan", "co-production of plans", []string{"co-production", "plans"}},
		{"a compound and its part", "co-production NEAR/3 production", "co-production", nil},
		{"a compound's parts are words in between", "a NEAR/1 b", "a co-production b", nil},
		{"near a pattern and a phrase", `"20 week*" NEAR/4 plan*`, "planned within 20 weekly weeks", []string{"planned", "20 weekly"}},
		{"near either", "(fund OR money) NEAR/1 (tariff OR band*)", "money banding, a b c fund", []string{"money", "banding"}},
		{"a chain in any order", "a1 NEAR/1 b1 NEAR/1 c1", "c1 x a1 x b1", []string{"c1", "a1", "b1"}},
		{"a chain in one order", "a1 BEFORE/1 b1 BEFORE/1 c1", "c1 a1 b1", nil},
		{"a chain with a gap", "a1 NEAR/1 b1 NEAR/1 c1", "a1 b1 x x c1", nil},
		{"near in near", "(a1 NEAR/1 b1) NEAR/1 c1", "a1 x b1 x c1, c1 x a1", []string{"a1", "b1", "c1"}},
		{"near without the word in between", "(a1 NEAR/1 b1) NEAR/1 c1", "a1 c1 b1", nil},
		{"near under without", "fund -(fund NEAR/1 tariff)", "fund and the tariff", []string{"fund"}},
		{"pattern in a phrase", `"inclusion plan*"`, "inclusion planning, inclusion and plan, inclusion Plans", []string{"inclusion planning", "inclusion Plans"}},
		{"pattern at the start of a phrase", `"fund* tariff"`, "underfunded tariff, fundings tariffs", []string{"fundings tariffs"}},
		{"a phrase that is a pattern", `"waiting*"`, "wait waiting", []string{"waiting"}},
		{"pattern of a compound in a phrase", `"the coprod* plan"`, "the co-production plan", []string{"the co-production plan"}},
		{"a question in a phrase", `"20 weeks?"`, "20 week", []string{"20 week"}},
		{"misspelt in the text", "tribunal~", "tribunual tribnal tribunla tribunel tribunals tribunual's tribuunall", []string{"tribunual", "tribnal", "tribunla", "tribunel", "tribunals", "tribunual's"}},
		{"misspelt in the query", "tribunual~", "the Tribunal", []string{"Tribunal"}},
		{"misspelt twice", "acomodation~", "accommodation", []string{"accommodation"}},
		{"a misspelt word is not stemmed", "wait~", "waiting waits", []string{"waits"}},
		{"misspelt compound", "co-prodduction~", "co-production co production", []string{"co-production"}},
		{"escaped operator", `plan \NOT tribunal`, "not a plan", nil},
		{"escaped star", `fund\*`, "funding", []string{"funding"}},
		{"escaped dash", `\-plan`, "plan", []string{"plan"}},
		{"escaped quotation mark", `"12\" ruler"`, "a 12\" ruler", []string{"12\" ruler"}},
		{"empty text", "wait", "", nil},
		{"empty text, without", "-wait", "", []string{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			spans, ok := mustParse(t, tt.query).Match(Analyse(tt.text))
			if want := tt.want != nil; ok != want {
				t.Fatalf("match %v, want %v", ok, want)
			}
			var got []string
			for _, s := range spans {
				got = append(got, tt.text[s.Start:s.End])
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("marked %q, want %q", got, tt.want)
			}
		})
	}
}

func TestMatchFields(t *testing.T) {
	q := mustParse(t, `wait member:"Parentkind" -type:union`)
	want := []Field{{"member", "Parentkind"}, {"type", "union"}}
	if diff := cmp.Diff(want, q.Fields()); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	w := Analyse("They wait.")
	if _, ok := q.MatchFields(w, func(f Field) bool { return f.Name == "member" }); !ok {
		t.Error("no match although the fields hold")
	}
	if _, ok := q.MatchFields(w, func(Field) bool { return true }); ok {
		t.Error("a match although a field under NOT holds")
	}
}

// TestMatchSpans checks what must be true of the marks of any query.
func TestMatchSpans(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 3000 {
		q, err := ParseQuery(randomQuery(r, 2))
		if err != nil {
			continue
		}
		text := randomText(r)
		spans, ok := q.Match(Analyse(text))
		if !ok && spans != nil {
			t.Fatalf("query %s, text %q: marks without a match", q, text)
		}
		end := 0
		for _, s := range spans {
			if s.Start < end || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("query %s, text %q: marks %v", q, text, spans)
			}
			end = s.End
		}
	}
}

// TestPhrasesAgainstReadings compares phrases with the plainest idea of them: a text can be read with each compound as
// its parts or joined and each figure with or without its sign; a phrase can be read with each compound as its parts or
// joined; it matches when a reading of it stands in a reading of the text.
func TestPhrasesAgainstReadings(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	matched := 0
	for range 20_000 {
		var words []string
		for range 1 + r.IntN(3) {
			words = append(words, vocabulary[r.IntN(len(vocabulary))])
		}
		phrase := strings.NewReplacer("“", "", "”", "").Replace(strings.Join(words, []string{" ", "-"}[r.IntN(2)]))
		q, err := ParseQuery(`"` + phrase + `"`)
		if err != nil {
			continue
		}
		text := randomText(r)
		if r.IntN(2) == 0 { // otherwise few phrases would be found
			text += strings.NewReplacer("-", " ").Replace(phrase) + " " + randomText(r)
		}
		want := false
		for _, p := range readings(Analyse(phrase), false) {
			for _, s := range readings(Analyse(text), true) {
				want = want || strings.Contains(s, p)
			}
		}
		_, got := q.Match(Analyse(text))
		if got != want {
			t.Fatalf("phrase %q, text %q: %v, want %v", phrase, text, got, want)
		}
		if got {
			matched++
		}
	}
	if matched < 2000 {
		t.Errorf("%d phrases matched: too few to mean anything", matched)
	}
}

// readings are the ways to read words, each as stems between bars.
func readings(w *Words, bare bool) []string {
	var from func(i int) []string
	from = func(i int) []string {
		if i == len(w.List) {
			return []string{"|"}
		}
		var out []string
		read := func(stem string, next int) {
			for _, rest := range from(next) {
				out = append(out, "|"+stem+rest)
			}
		}
		read(w.List[i].Stem, i+1)
		for _, f := range w.forms {
			if f.first == i && (bare || f.last > i) {
				read(f.stem, f.last+1)
			}
		}
		return out
	}
	return from(0)
}

// TestNearAgainstPlaces compares NEAR with the plainest idea of it: try every choice of places.
func TestNearAgainstPlaces(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	matched := 0
	for range 20_000 {
		n := near{distance: r.IntN(4), ordered: r.IntN(2) == 0}
		for range 2 + r.IntN(3) {
			n.of = append(n.of, mustParse(t, []string{"a", "b", `"a b"`, "(a OR b)", "co-a", "coa", "c*a", `"b a" NEAR/1 a`}[r.IntN(8)]).root)
		}
		var words []string
		for range r.IntN(10) {
			words = append(words, []string{"a", "b", "c", "co-a", "x"}[r.IntN(5)])
		}
		w := Analyse(strings.Join(words, " "))
		places := make([][]reach, len(n.of))
		for i, c := range n.of {
			places[i] = placesOf(c, w)
		}
		windows, used := choose(n, places)
		if len(windows) > 0 {
			matched++
		}
		if got := n.holds(w); got != (len(windows) > 0) {
			t.Fatalf("%v in %q: %v, want windows %v", n, words, got, windows)
		}
		if diff := cmp.Diff(windows, n.windows(w), cmp.AllowUnexported(reach{})); diff != "" {
			t.Fatalf("%v in %q: windows (-want +got):\n%s", n, words, diff)
		}
		for i, got := range n.used(w, nil) {
			if diff := cmp.Diff(sorted(used[i]), sorted(got), cmp.AllowUnexported(reach{})); diff != "" {
				t.Fatalf("%v in %q: places of operand %d (-want +got):\n%s", n, words, i, diff)
			}
		}
	}
	if matched < 2000 {
		t.Errorf("%d matched: too few to mean anything", matched)
	}
}

// choose tries every choice of one place for each operand.
func choose(n near, places [][]reach) (windows []reach, used [][]reach) {
	used = make([][]reach, len(places))
	var try func(chosen []reach)
	try = func(chosen []reach) {
		if i := len(chosen); i < len(places) {
			for _, p := range places[i] {
				try(append(slices.Clone(chosen), p))
			}
			return
		}
		order := slices.Clone(chosen)
		if !n.ordered {
			slices.SortFunc(order, reach.compare)
		}
		for i := 1; i < len(order); i++ {
			if gap := order[i].first - order[i-1].last - 1; gap < 0 || gap > n.distance {
				return
			}
		}
		windows = append(windows, reach{order[0].first, order[len(order)-1].last})
		for i, c := range chosen {
			used[i] = append(used[i], c)
		}
	}
	try(nil)
	return sorted(windows), used
}

// smallQueries are like a codebook's rules.
func smallQueries(tb testing.TB, n int) []*Query {
	rules := []string{"timeline*", `"end of 2025" OR "by 2025"`, "delay*", `"20 week" OR waited`, "tribunal* NOT mediation", "fund* OR £*",
		`"three-tier"`, `"alternative provision" OR AP OR PRU`, "workforce", "exclu* OR suspen*", `"national standard"`, "accountab* OR Ofsted", `"not enough" teachers`}
	var out []*Query
	for i := range n {
		out = append(out, mustParse(tb, fmt.Sprintf("%s OR word%d", rules[i%len(rules)], i)))
	}
	return out
}

// BenchmarkMatch is one passage against the rules of a large codebook.
func BenchmarkMatch(b *testing.B) {
	queries, w := smallQueries(b, 200), Analyse(passage)
	found := 0
	for b.Loop() {
		found = 0
		for _, q := range queries {
			if _, ok := q.Match(w); ok {
				found++
			}
		}
	}
	b.ReportMetric(float64(len(w.List)), "words")
	b.ReportMetric(float64(found), "matches")
}
