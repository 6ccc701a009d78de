package themes

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index"
)

// TestThemeFacets holds the facets of codings to a plain count, with and without filters of their own.
func TestThemeFacets(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	var files [][2]string
	for m := range 6 {
		var lines []string
		for p := range 8 {
			lines = append(lines, fmt.Sprintf("%s %s %s number %d %d.", pick("We support", "We oppose", "We welcome"), pick("the timetable", "national standards", "alternative provision", "nothing"),
				pick("and the delay", "and alternative provision", "as it is"), m, p))
		}
		files = append(files, [2]string{fmt.Sprintf("Member %c/a.txt", 'A'+m), strings.Join(lines, "\n")})
	}
	a := testAnalysis(t, "Member A\nMember B\nMember C\nMember D\nMember E\nMember F\n", files)
	x, err := a.Searcher(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range x.Passages {
		if i%5 == 0 {
			if err := a.DecidePassage(t.Context(), PassageDecision{Passage: p.ID, Theme: "ap", Tagged: i%2 == 0, Stance: Mixed, Coder: "Ann"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if x, err = a.Searcher(t.Context()); err != nil {
		t.Fatal(err)
	}
	values := func(p *index.Passage, field string) []string {
		var out []string
		checked := "no"
		for _, th := range a.Codebook.Themes {
			c := x.state.passages[codingKey{p.ID, th.ID}]
			switch {
			case c == nil:
				continue
			case field == "theme" && c.Tagged:
				out = append(out, th.ID)
			case field == "stance" && c.Tagged && !strings.Contains(strings.Join(out, " "), string(c.Stance)):
				out = append(out, string(c.Stance))
			}
			if c.Confirmed {
				checked = "yes"
			}
		}
		if field == "checked" {
			return []string{checked}
		}
		return out
	}
	filters := map[string]string{"theme": "timelines", "stance": "support"}
	for _, query := range []string{"theme:timelines", "theme:timelines stance:support", "stance:support number", "number"} {
		answer, err := x.Search(t.Context(), query, index.SearchOptions{Facets: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, facet := range answer.Facets {
			if facet.Field != "theme" && facet.Field != "stance" && facet.Field != "checked" {
				continue
			}
			want, got := map[string]int{}, map[string]int{}
			for _, p := range x.Passages {
				holds := true
				for field, value := range filters {
					if field != facet.Field && strings.Contains(query, field+":") {
						holds = holds && strings.Contains(strings.Join(values(p, field), " "), value)
					}
				}
				for _, v := range values(p, facet.Field) {
					if holds {
						want[v]++
					}
				}
			}
			for _, v := range facet.Values {
				if v.Passages > 0 {
					got[v.Value] = v.Passages
				}
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%s: %s: %s", query, facet.Field, d)
			}
		}
	}
}

// TestResultsTellNothing looks for the names and words that are not to be told in what a search hands to exports.
func TestResultsTellNothing(t *testing.T) {
	a := testAnalysis(t, "Alpha,,,,\nBeta,,Union,,anonymous\nGamma,,,,confidential\n", [][2]string{
		{"Alpha/a.txt", "We wait, and so does Gamma.\nWe wait alone."},
		{"Beta/b.txt", "Unions wait."},
		{"Gamma/c.txt", "The secret is that we wait."},
	})
	x, err := a.Searcher(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"wait", "wait OR member:gamma", "wait -member:beta"} {
		found, err := x.Search(t.Context(), query, index.SearchOptions{Limit: -1, Order: index.ByDocument})
		if err != nil {
			t.Fatal(err)
		}
		r := x.Results(found, index.ByDocument)
		told := fmt.Sprintf("%+v", r)
		for _, secret := range []string{"Gamma", "gamma", "secret", "Beta", "beta", "b.txt", "c.txt"} {
			if strings.Contains(told, secret) {
				t.Errorf("%s: the results tell %q: %s", query, secret, told)
			}
		}
		if !strings.Contains(told, "We wait alone.") {
			t.Errorf("%s: what is free to use is not told: %s", query, told)
		}
	}
}
