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
		{"NEAR", "a NEAR b", "a NEAR/10 b"},
		{"NEAR binds tighter than AND", "young people NEAR/8 tariff band", "young (people NEAR/8 tariff) band"},
		{"NOT NEAR", "-a BEFORE/0 b", "NOT (a BEFORE/0 b)"},
		{"NEAR thrice", "a NEAR/5 b NEAR/5 c", "a NEAR/5 b NEAR/5 c"},
		{"NEAR in brackets", "(a NEAR/5 b) NEAR/5 c", "(a NEAR/5 b) NEAR/5 c"},
		{"NEAR of every kind", `"a bb*" NEAR (cc* OR "d e") NEAR tribunual~`, `"a bb*" NEAR/10 (cc* OR "d e") NEAR/10 tribunual~2`},
		{"small near", "a near b", "a near b"},
		{"misspelt", "Tribunal~ CO-prod~, Élan~1 tribunal~2 don't~", "tribunal~1 coprod~1 elan~1 tribunal~2 don't~1"},
		{"a tilde alone or inside", "a ~ b~c ~70", "a b~c ~70"},
		{"escaped", `\AND \-a b\* c\(d\) member\:x e\~ \"f \NEAR/5`, `\AND \-a b\* c\(d\) member\:x e\~ \"f \NEAR/5`},
		{"escaped in quotation marks", `"12\" ruler" "a\* b"`, `"12\" ruler" "a\* b"`},
		{"a backslash at the end", `a\ (b\) c)`, `a b\) c`},
		{"as it is", `=AP ="a b" = a`, `=AP ="a b" a`},
		{"ranges", "page:3..7 page:>3 date:2023-04..2023-05 date:<2023-05-01 words:>=100 words:..9", "page:3..7 page:>3 date:2023-04..2023-05 date:<2023-05-01 words:>=100 words:..9"},
		{"more fields", `checked:yes consent:Anonymous place:"para 12" member:"A \"B\" C"`, `checked:yes consent:Anonymous place:"para 12" member:"A \"B\" C"`},
		{"apostrophes", "the parents' plan don't 'plan'", "the parents' plan don't 'plan'"},
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
		{"star for a word of a phrase", `"20 * weeks"`, 4, "BEFORE/1"},
		{"strange pattern in a phrase", `a "b c/d*"`, 5, `cannot hold "/"`},
		{"wide pattern in a phrase", `"a f*"`, 3, "at least two letters"},
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
		{"NEAR first", "NEAR/5 fund", 0, "NEAR has no word before it"},
		{"NEAR last", "plan NEAR", 5, "NEAR has no word after it"},
		{"BEFORE twice", "plan BEFORE BEFORE fund", 5, "BEFORE has no word after it"},
		{"NEAR without its number", "plan NEAR/ fund", 5, "NEAR/ needs a number up to 100"},
		{"NEAR with a word for a number", "plan BEFORE/five fund", 5, "BEFORE/ needs a number"},
		{"NEAR too far", "plan NEAR/101 fund", 5, "up to 100"},
		{"NEAR in small letters", "plan near/5 fund", 5, "Write NEAR/5"},
		{"NEAR of other search boxes", "plan w/5 fund", 5, "Write NEAR/5"},
		{"ADJ of other search boxes", "plan ADJ3 fund", 5, "Write NEAR/3"},
		{"NEAR words in brackets", "plan NEAR/5 (a b)", 12, "Write OR between these words"},
		{"words in brackets NEAR", "(a (b OR c)) NEAR/5 plan", 0, "Write OR between these words"},
		{"NEAR words in brackets inside an OR", "plan NEAR (a OR (b c))", 10, "Write OR between these words"},
		{"NEAR NOT", "plan NEAR NOT fund", 10, "Write the NOT around it all"},
		{"NEAR a field", "plan NEAR member:x", 10, "member: is a field"},
		{"two kinds of NEAR", "a NEAR/5 b BEFORE/5 c", 11, "(funding NEAR/5 tariff) BEFORE/5 band"},
		{"NEAR many", "a NEAR b NEAR c NEAR d NEAR e NEAR f NEAR g", 37, "at most 6 words"},
		{"tilde behind a phrase", `"a b"~5`, 5, "write NEAR"},
		{"tilde with three", "funding~3", 0, "~1 or ~2"},
		{"tilde behind two words", "and/or~", 0, "behind one word"},
		{"tilde and star", "fund*~", 0, "behind one word"},
		{"tilde behind two letters", "AP~", 0, "at least three letters"},
		{"tilde with two behind four letters", "plan~2", 0, "at least five letters"},
		{"tilde behind a long word", strings.Repeat("a", 65) + "~", 0, "at most 64"},
		{"many tildes", strings.Repeat("aaa~ ", 51), 250, "more than 50"},
		{"an exclamation mark for NOT", "plan !fund", 5, "Write NOT"},
		{"an expression", "plan /fund.*/", 5, "written with * and ?"},
		{"per cent for letters", "fund%", 0, "Write *"},
		{"single quotation marks", "plan 'should not'", 5, "double quotation marks"},
		{"curly single quotation marks", "plan (‘should not’)", 6, "double quotation marks"},
		{"weight", "fund^2", 0, "Delete it"},
		{"equals before a bracket", "=(a OR b)", 0, "before each word"},
		{"equals before a pattern", "=fund*", 0, "Delete the ="},
		{"escaped quotation mark", `"a \"`, 0, "never closed"},
		{"field with brackets", "member:(a OR b)", 0, "(member:one OR member:two)"},
		{"page that is none", "page:three", 5, "page:3..7"},
		{"page backwards", "page:7..3", 5, "the smaller first"},
		{"open range", "page:..", 5, "page:3..7"},
		{"date the British way", "plan date:28/4/2023", 10, "date:2023-04-28"},
		{"date that is none", "date:2023-13", 5, "the year first"},
		{"checked perhaps", "checked:perhaps", 8, "yes or no"},
		{"consent of another kind", "consent:named", 8, "attributable, anonymous and confidential"},
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
		"“should not” £* 46% co-prod* U.K. *%", "'-'ab*.'?-?", "½* ª* ﷺ* ŉ* İ* ẞ? é́*", "a*?**b", "NEAR/3 ~ | or OR", `a NEAR "b cc*" NEAR (d OR eee~)`, `x BEFORE/2 f`,
		`(a NEAR/0 b) NEAR/100 =c =\"d" tribunual~2 \AND a\ \\ "x\"y\\" member:a\"b page:>=3 date:2023..`, "\u00ad* \u200b \ufeff",
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
