package quotation

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

var written = []Text{
	{1, "Funding\n\nWe support the national standards, but only if they are statutory and funded. Families must not wait longer than 20 weeks. In 2022 councils spent £70m on tribunals, most of which they lost."},
	{1, "Children’s needs are met too late – often far too late. The provision is insufficient, and many schools do not have a qualified SENCO."},
	{2, "We do not believe that the plan will work. Every mainstream school should have an evidence-based approach to inclusion by 2025."},
	{3, "The imple-\nmentation of the plan begins in 2025, and our members have told us that it is too slow for them."},
}

func TestMatch(t *testing.T) {
	c := NewCorpus(written)
	for _, row := range []struct {
		name, quote string
		verdict     Verdict
		classes     []Class
	}{
		{"as it stands", "We support the national standards, but only if they are statutory and funded.", Verbatim, nil},
		{"other marks", "Children's needs are met too late — often far too late.", Typographic, nil},
		{"spaces and lines", "Children’s needs are\nmet  too late", Typographic, nil},
		{"hyphen at a line's end in the source", "The implementation of the plan begins in 2025", Typographic, nil},
		{"hyphen at a line's end in the draft", "Every mainstream school should have an evidence-\nbased approach", Typographic, nil},
		{"hyphen and space from a page", "many schools do not have a quali- fied SENCO", Typographic, nil},
		{"small letter at the start", "the provision is insufficient", Typographic, nil},
		{"the last mark", "often far too late,", Verbatim, nil},
		{"honest elision", "Every mainstream school should have an ... approach to inclusion", Elided, nil},
		{"elision of a whole sentence", "We support the national standards, but only if they are statutory and funded. […] In 2022 councils spent £70m on tribunals", Elided, nil},
		{"bracket", "[The Alliance] support[s] the national standards", Bracketed, nil},
		{"bracket for a word", "Families must not wait longer than [the limit] weeks", Bracketed, nil},
		{"bracket at a letter", "[t]he provision is insufficient", Typographic, nil},
		{"negation gone", "Families must wait longer than 20 weeks.", Altered, []Class{Negation}},
		{"contrary", "The provision is sufficient, and many schools", Altered, []Class{Negation}},
		{"number", "Families must not wait longer than 26 weeks.", Altered, []Class{Number}},
		{"money", "In 2022 councils spent £90m on tribunals", Altered, []Class{Currency}},
		{"year", "In 2021 councils spent £70m on tribunals", Altered, []Class{Date}},
		{"modal", "Families should not wait longer than 20 weeks.", Altered, []Class{Modal}},
		{"quantifier", "and some schools do not have a qualified SENCO", Altered, []Class{QuantityOf}},
		{"word gone", "We support the standards, but only if they are statutory", Altered, []Class{Dropped}},
		{"word more", "We strongly support the national standards, but only if they are statutory", Altered, []Class{Added}},
		{"other word", "We back the national standards, but only if they are statutory", Altered, []Class{Replaced}},
		{"words moved", "We support the standards national, but only if they are statutory", Altered, []Class{Moved, Moved}},
		{"capital", "We support the National standards", Altered, []Class{Case}},
		{"comma", "We support the national standards but only if they are statutory", Altered, []Class{Punctuation}},
		{"two sentences joined", "We support the national standards, but only if they are statutory and funded and families must not wait longer than 20 weeks.", Spliced, []Class{Added, Case}},
		{"full stop gone", "statutory and funded, families must not wait longer", Spliced, []Class{Punctuation, Case}},
		{"halves", "We support the national standards and our members have told us that it is too slow for them", Spliced, nil},
		{"heading and text", "Funding We support the national standards", Spliced, nil},
		{"from one passage into the next", "most of which they lost. Children’s needs are met too late", Typographic, nil},
		{"nowhere", "Railways carry more freight than canals ever did", NotFound, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := c.Match(row.quote)
			if len(got) == 0 {
				t.Fatal("no match")
			}
			var classes []Class
			for _, x := range got[0].Changes {
				classes = append(classes, x.Class)
			}
			if got[0].Verdict == NotFound {
				classes = nil
			}
			if got[0].Verdict != row.verdict || !cmp.Equal(classes, row.classes) {
				t.Errorf("got %s %v, want %s %v\n%+v", got[0].Verdict, classes, row.verdict, row.classes, got[0])
			}
		})
	}
}

func TestCutsThatTurn(t *testing.T) {
	c := NewCorpus(written)
	for _, row := range []struct {
		name, quote, why string
		grave            bool
	}{
		{"negation", "Families must ... wait longer than 20 weeks", `it cuts "not"`, true},
		{"condition", "We support the national standards, ... statutory and funded", `it cuts the condition "but only if"`, true},
		{"nothing", "Every mainstream school should have an […] approach", "", false},
		{"whole sentence with a negation", "but only if they are statutory and funded. … In 2022 councils spent", "", false},
		{"bracket that denies", "Every mainstream school should [not] have an evidence-based approach", `the bracket adds "not", a negation`, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := c.Match(row.quote)[0]
			if len(got.Cuts) != 1 || got.Cuts[0].Why != row.why || got.Cuts[0].Grave != row.grave {
				t.Errorf("got %s %+v, want %q", got.Verdict, got.Cuts, row.why)
			}
		})
	}
}

func TestTurned(t *testing.T) {
	c := NewCorpus(written)
	for _, row := range []struct{ name, quote, want string }{
		{"denied before it", "the plan will work", "before it, the sentence says “We do not believe that”"},
		{"condition behind it", "We support the national standards", "the sentence goes on with “but only if they are statutory and funded”"},
		{"whole", "The provision is insufficient, and many schools do not have a qualified SENCO.", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := c.Match(row.quote)[0]
			if got := got.Turned(); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}
