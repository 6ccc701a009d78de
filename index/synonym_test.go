package index

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const someSynonyms = `
# a comment
AP = alternative provision
LA = local authority
EHCP = EHC plan = education, health and care plan
SENCO = special educational needs co-ordinator
SEND => special educational needs
SLT = senior leadership team
SLT = speech and language therapist
`

func TestWithSynonyms(t *testing.T) {
	tests := []struct {
		name, query, want string
		widened           string // words > others, one after the other
	}{
		{"nothing to widen", `plan fund* funding~`, `plan fund* funding~1`, ""},
		{"a word", "AP plan", `(AP OR "alternative provision") plan`, "AP > alternative provision"},
		{"a word in small letters", "aps", `aps OR "alternative provision"`, "aps > alternative provision"},
		{"a phrase", `"Alternative Provision"`, `"Alternative Provision" OR AP`, "Alternative Provision > AP"},
		{"several words", "alternative provision plan", `((alternative provision) OR AP) plan`, "alternative provision > AP"},
		{"all words", "alternative provision", `(alternative provision) OR AP`, "alternative provision > AP"},
		{"the longest run of words", "education health and care plan", `(education health and care plan) OR EHCP OR "EHC plan"`, "education health and care plan > EHCP, EHC plan"},
		{"words inside a phrase", `"AP places"`, `"AP places" OR "alternative provision places"`, "AP > alternative provision"},
		{"two inside a phrase", `"AP in the local authorities area"`, `"AP in the local authorities area" OR "AP in the LA area" OR "alternative provision in the local authorities area" OR "alternative provision in the LA area"`,
			"AP > alternative provision; local authorities > LA"},
		{"a compound", `"special educational needs coordinator"`, `"special educational needs coordinator"`, ""},
		{"a compound as it is written", `"special educational needs co-ordinator"`, `"special educational needs co-ordinator" OR SENCO`, "special educational needs co-ordinator > SENCO"},
		{"one way only", "SEND OR send", `SEND OR "special educational needs"`, "SEND > special educational needs"},
		{"not the other way", `"special educational needs"`, `"special educational needs"`, ""},
		{"small letters of one that has its capitals", "send us", `send us`, ""},
		{"its plural", "SEND's", `SEND's OR "special educational needs"`, "SEND's > special educational needs"},
		{"two things", "SLT", `SLT OR "senior leadership team" OR "speech and language therapist"`, "SLT > senior leadership team, speech and language therapist"},
		{"one of them", `"senior leadership team"`, `"senior leadership team" OR SLT`, "senior leadership team > SLT"},
		{"switched off", `=AP ="LA plan" LA`, `=AP ="LA plan" (LA OR "local authority")`, "LA > local authority"},
		{"what stands there already", `AP OR "alternative provision"`, `AP OR "alternative provision"`, "AP > alternative provision; alternative provision > AP"},
		{"near", "AP NEAR/5 funding", `(AP OR "alternative provision") NEAR/5 funding`, "AP > alternative provision"},
		{"without", "plan -AP", `plan NOT (AP OR "alternative provision")`, "AP > alternative provision"},
		{"fields stay", "type:AP AP", `type:AP (AP OR "alternative provision")`, "AP > alternative provision"},
		{"a phrase with a pattern stays", `"AP plan*"`, `"AP plan*"`, ""},
	}
	s, err := ParseSynonyms(someSynonyms)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := mustParse(t, tt.query)
			before := q.String()
			widened, expansions := q.WithSynonyms(s)
			if diff := cmp.Diff(tt.want, widened.String()); diff != "" {
				t.Errorf("query (-want +got):\n%s", diff)
			}
			var said []string
			for _, e := range expansions {
				said = append(said, e.Words+" > "+strings.Join(e.To, ", "))
			}
			if diff := cmp.Diff(tt.widened, strings.Join(said, "; ")); diff != "" {
				t.Errorf("what was widened (-want +got):\n%s", diff)
			}
			if q.String() != before {
				t.Errorf("the query itself became %s", q)
			}
			roundTrip(t, widened)
		})
	}
}

func TestParseSynonymsErrors(t *testing.T) {
	tests := []struct {
		name, text string
		line       int
		message    string
	}{
		{"one word", "# a\n\nAP", 3, "two or more ways"},
		{"nothing on one side", "AP =", 1, "both sides"},
		{"marks on one side", "AP = &", 1, "both sides"},
		{"a quotation mark", `AP = "alternative provision"`, 1, "plain words"},
		{"a star", "AP = alternative prov*", 1, "plain words"},
		{"not UTF-8", "AP = a\n\xff = a", 2, "cannot be read"},
		{"two arrows", "AP => a => b", 1, "plain words"},
		{"many ways", "AP" + strings.Repeat(" = a", 20), 1, "at most 20"},
		{"many lines", strings.Repeat("a = b\n", 1001), 1001, "more than 1000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseSynonyms(tt.text)
			var e *SynonymError
			if !errors.As(err, &e) {
				t.Fatalf("error %v, want a SynonymError", err)
			}
			if e.Line != tt.line || !strings.Contains(e.Message, tt.message) {
				t.Errorf("line %d: %s\nwant line %d: %s", e.Line, e.Message, tt.line, tt.message)
			}
		})
	}
}

func TestBuiltinSynonyms(t *testing.T) {
	s := BuiltinSynonyms()
	for _, set := range s.sets {
		for _, f := range set.forms {
			q := mustParse(t, `"`+f.words+`"`)
			widened, expansions := q.WithSynonyms(s)
			if !set.oneWay && len(expansions) == 0 {
				t.Errorf("%s finds nothing but itself", f.words)
			}
			roundTrip(t, widened)
		}
	}
	for query, want := range map[string]string{
		"EHCP":                           "a draft education, health & care plan",
		`"EHC plans" NEAR/3 SENCO`:       "The special educational needs coordinator drafts the EHCP",
		"DfE NEAR/2 ap":                  "the Department for Education on alternative provision",
		"local authorities fund":         "LAs fund it",
		`"SEND reform"`:                  "special educational needs and disability reforms",
		"pupil referral unit NOT mat":    "a PRU in a multi-academy trust",
		"multi-academy OR trust -RISING": "a multi academy",
	} {
		q, _ := mustParse(t, query).WithSynonyms(s)
		if _, ok := q.Match(Analyse(want)); !ok {
			t.Errorf("%s does not find %q", q, want)
		}
	}
}

// TestSynonymsOnlyWiden checks that a query without NOT still finds what it found, and that what a widened query says it is
// can be read again.
func TestSynonymsOnlyWiden(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	s, err := ParseSynonyms("senco = three tier\nwait = co-production = the plan\n70m = should not = people\nuk => first\nfund = agency = tier = should")
	if err != nil {
		t.Fatal(err)
	}
	widened := 0
	for range 4000 {
		q, err := ParseQuery(randomPlace(r, 2) + " " + randomPlace(r, 1))
		if err != nil {
			continue
		}
		wide, expansions := q.WithSynonyms(s)
		if len(expansions) > 0 {
			widened++
		}
		roundTrip(t, wide)
		w := Analyse(randomText(r))
		_, before := q.Match(w)
		if _, after := wide.Match(w); before && !after {
			t.Fatalf("%s finds less than %s", wide, q)
		}
	}
	if widened < 400 {
		t.Errorf("%d queries were widened: too few to mean anything", widened)
	}
}

func FuzzParseSynonyms(f *testing.F) {
	f.Add(someSynonyms)
	f.Add("a=b=>c\n\u00a0= d")
	f.Add("AND = OR = a\\b = -c")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseSynonyms(text)
		if err != nil {
			return
		}
		for _, set := range s.sets {
			for _, form := range set.forms {
				q := &Query{root: form.text}
				widened, _ := q.WithSynonyms(s)
				if len(widened.String()) <= maxQuery {
					roundTrip(t, widened)
				}
			}
		}
	})
}

// TestSuggestionsKnowSynonyms: what is found by its synonyms stands somewhere.
func TestSuggestionsKnowSynonyms(t *testing.T) {
	c, s := talking(t, talkers, talks)
	synonyms, err := ParseSynonyms("dawdle = wait")
	if err != nil {
		t.Fatal(err)
	}
	q := mustParse(t, "dawdle tribunual")
	wide, _ := q.WithSynonyms(synonyms)
	a, err := c.Search(t.Context(), s, wide, SearchOptions{Written: q, Synonyms: synonyms})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Suggestions) != 1 || a.Suggestions[0].Part != "tribunual" {
		t.Errorf("%+v, want the misspelt word alone", a.Suggestions)
	}
}
