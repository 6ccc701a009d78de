package index

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

func mustParse(tb testing.TB, s string) *Query {
	tb.Helper()
	q, err := ParseQuery(s)
	if err != nil {
		tb.Fatal(err)
	}
	return q
}

func TestParseQuery(t *testing.T) {
	tests := []struct {
		name, query, want string
	}{
		{"words", " waiting   times ", "waiting times"},
		{"AND binds tighter than OR", "a AND b OR c", "(a b) OR c"},
		{"brackets", "a (b OR c)", "a (b OR c)"},
		{"brackets that change nothing", "((a)) (b c)", "a b c"},
		{"ORs in brackets", "(a OR b) OR c", "a OR b OR c"},
		{"without", "-a NOT b –c −d", "NOT a NOT b NOT c NOT d"},
		{"without a group", `-(a b) -"c d"`, `NOT (a b) NOT "c d"`},
		{"without without", "--a", "NOT NOT a"},
		{"AND NOT", "a AND NOT b", "a NOT b"},
		{"a hyphen inside is no NOT", "three-tier", "three-tier"},
		{"quotation marks of every kind", `“a b” "c d” «e»`, `"a b" "c d" "e"`},
		{"quotation marks without spaces", `a"b c"d`, `a "b c" d`},
		{"operators in quotation marks", `"and" "OR"`, `"and" "OR"`},
		{"small operators", "sooner and not later", "sooner and not later"},
		{"wildcards are folded", "Fund** CO-PROD*, wait*. Élan*", "fund* coprod* wait* elan*"},
		{"pounds and per cent", "£* £1,0* *%", "£* £10* *%"},
		{"a question mark at the end", "why is AP late?", "why is AP late?"},
		{"fields", `Member:Parentkind stance:"not stated" date:2023..2024`, `member:Parentkind stance:"not stated" date:2023..2024`},
		{"a field after a bracket", "(type:union)", "type:union"},
		{"marks by themselves", "SEND & AP , …", "SEND AP"},
		{"a time is no field", "at 16:30", "at 16:30"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := mustParse(t, tt.query).String(); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestParseQueryErrors(t *testing.T) {
	tests := []struct {
		name, query string
		at          int
		message     string // part of it
	}{
		{"empty", "", 0, "Write a word"},
		{"marks only", " & ", 0, "Write a word"},
		{"open quotation mark", `plan "should not`, 5, "never closed"},
		{"empty quotation marks", `plan ""`, 5, "no word between"},
		{"star in a phrase", `"20 week*"`, 8, `"20 week" finds "20 weeks"`},
		{"open bracket", "plan (a b", 5, "Add )"},
		{"closing bracket", "plan) a", 4, "closes nothing"},
		{"closing bracket first", ") a", 0, "closes nothing"},
		{"empty brackets", "plan () a", 5, "nothing between"},
		{"bracket at the end", "plan (", 5, "never closed"},
		{"OR first", "OR plan", 0, "OR has no word before it"},
		{"OR last", "plan OR", 5, "OR has no word after it"},
		{"OR before nothing findable", "plan OR &", 5, "OR has no word after it"},
		{"AND twice", "a AND AND b", 2, "AND has no word after it"},
		{"NOT last", "plan NOT", 5, "NOT has no word after it"},
		{"small or", "plan or fund", 5, "OR in capitals"},
		{"bar", "plan | fund", 5, "Write OR"},
		{"lone dash", "SEND - AP", 5, "dash stands alone"},
		{"dash before a bracket", "(a -)", 3, "dash stands alone"},
		{"NEAR", "plan NEAR/5 fund", 5, "NEAR is not part"},
		{"tilde", "fund~", 0, "as in fund*"},
		{"unknown field", "plan organisation:x", 5, "member:, type:, theme:"},
		{"field without a value", "member: Parentkind", 0, `needs a value directly after the colon`},
		{"field with an empty value", `member:" "`, 0, `needs a value`},
		{"web address", "https://example.org", 0, "put them in quotation marks"},
		{"star alone", "plan *", 5, "at least three letters"},
		{"star first", "*al", 0, "at least three letters"},
		{"one letter", "f*", 0, "at least two letters"},
		{"strange pattern", "a/b*", 0, `cannot hold "/"`},
		{"long pattern", strings.Repeat("a", 101) + "*", 0, "at most 100"},
		{"many patterns", strings.Repeat("aa* ", 51), 200, "more than 50"},
		{"long", strings.Repeat("a ", 5001), 10000, "shorter"},
		{"deep brackets", strings.Repeat("(", 500), 200, "too many brackets"},
		{"deep tree", strings.Repeat("(a OR (b ", 60) + "c" + strings.Repeat("))", 60), 0, "too many brackets"},
		{"not UTF-8", "plan \xff", 5, "cannot be read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, err := ParseQuery(tt.query)
			var e *QueryError
			if !errors.As(err, &e) {
				t.Fatalf("error %v of query %v, want a QueryError", err, q)
			}
			if e.At != tt.at || !strings.Contains(e.Message, tt.message) {
				t.Errorf("byte %d: %s\nwant byte %d: %s", e.At, e.Message, tt.at, tt.message)
			}
		})
	}
}

func TestQueryStringRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	read := 0
	for range 5000 {
		s := randomQuery(r, r.IntN(5))
		q, err := ParseQuery(s)
		if err != nil {
			continue
		}
		read++
		roundTrip(t, q)
	}
	if read < 1000 {
		t.Errorf("%d queries could be read: too few to mean anything", read)
	}
}

func roundTrip(t *testing.T, q *Query) {
	t.Helper()
	again, err := ParseQuery(q.String())
	if err != nil {
		t.Fatalf("%s does not parse: %v", q, err)
	}
	if !reflect.DeepEqual(again, q) {
		t.Fatalf("%s parses to another query, %s", q, again)
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{
		`"alternative provision" AND (fund* OR budget) NOT tribunal`, `member:"Royal National" -type:union`, "((a OR b) c) OR -d",
		"“should not” £* 46% co-prod* U.K. *%", "'-'ab*.'?-?", "½* ª* ﷺ* ŉ* İ* ẞ? é́*", "a*?**b", "NEAR/3 ~ | or OR", "\u00ad* \u200b \ufeff",
	} {
		f.Add(s)
	}
	w := Analyse(passage)
	f.Fuzz(func(t *testing.T, s string) {
		q, err := ParseQuery(s)
		if err != nil {
			var e *QueryError
			if !errors.As(err, &e) || e.At < 0 || e.At > len(s) || e.Message == "" || e.Query != s {
				t.Fatalf("error %#v", err)
			}
			return
		}
		q.Match(w)
		if len(q.String()) <= maxQuery {
			roundTrip(t, q)
		}
	})
}
