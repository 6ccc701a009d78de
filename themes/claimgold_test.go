package themes

import (
	"hash/fnv"
	"regexp"
	"strings"
	"testing"
)

func sampleGoldClaims(t *testing.T, name string) []GoldClaims {
	t.Helper()
	out, err := ReadGoldClaims(sample(t, name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}

func TestGoldClaimsOfAnotherFormAreRefused(t *testing.T) {
	for name, line := range map[string]string{
		"no id":               `{"split": "dev"}`,
		"an unknown field":    `{"id": "P1", "ask": []}`,
		"two objects":         `{"id": "P1"} {"id": "P2"}`,
		"a field in one mark": `{"id": "P1", "asks": [{"word": "x"}]}`,
	} {
		if _, err := ReadGoldClaims([]byte(`{"id": "P0"}` + "\n" + line + "\n")); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%s: %v, want an error that names line 2", name, err)
		}
	}
}

// half is the part that something marked belongs to, by its name.
func half(id string) string {
	h := fnv.New64a()
	h.Write([]byte(id))
	if h.Sum64()%2 == 0 {
		return "dev"
	}
	return "test"
}

// TestClaimsFollowTheirRules checks what can be checked without the passages; that every mark is in its passage is checked where the
// passages can be read, beside the command.
func TestClaimsFollowTheirRules(t *testing.T) {
	calendar := regexp.MustCompile(`^(19|20)\d\d(-\d\d(-\d\d)?)?(/20\d\d(-\d\d(-\d\d)?)?)?$`)
	for _, file := range []struct {
		name  string
		want  int
		split func(id string) string
	}{
		{"claims.jsonl", 200, half},
		{"claims-more.jsonl", 120, func(string) string { return "dev2" }},
	} {
		t.Run(file.name, func(t *testing.T) {
			claims := sampleGoldClaims(t, file.name)
			if got := len(claims); got != file.want {
				t.Errorf("%d passages are marked, want %d", got, file.want)
			}
			checkMarks(t, claims, calendar, file.split)
		})
	}
}

func checkMarks(t *testing.T, claims []GoldClaims, calendar *regexp.Regexp, split func(id string) string) {
	t.Helper()
	before := ""
	for _, m := range claims {
		if m.ID <= before {
			t.Errorf("%s does not come after %q: ids are sorted and each is there once", m.ID, before)
		}
		before = m.ID
		if got, want := m.Split, split(m.ID); got != want {
			t.Errorf("%s is in %q, want %q", m.ID, got, want)
		}
		if m.Asks == nil || m.Figures == nil || m.Dates == nil || m.Mentions == nil {
			t.Errorf("%s has no list for one of the kinds", m.ID)
		}
		for _, a := range m.Asks {
			if a.Words == "" || a.Action == "" || strings.HasSuffix(a.Words, ".") {
				t.Errorf("%s: the ask %q with the action %q is empty or ends with a full stop", m.ID, a.Words, a.Action)
			}
		}
		for _, f := range m.Figures {
			if f.Value == "" || f.Unit == "" || f.What == "" {
				t.Errorf("%s: the figure %+v lacks a value, a unit or what it measures", m.ID, f)
			}
		}
		for _, d := range m.Dates {
			promised := d.Promised != "" || d.By != ""
			known := d.Kind == "commitment" || d.Kind == "event" || d.Kind == "other"
			if d.Words == "" || !calendar.MatchString(d.Normalised) || !known || promised && d.Kind != "commitment" {
				t.Errorf("%s: the date %+v is not of the documented form", m.ID, d)
			}
		}
		words := map[string]bool{}
		for _, x := range m.Mentions {
			if x.Words == "" || x.Canonical == "" || words[x.Words] || x.Kind != "organisation" && x.Kind != "law" {
				t.Errorf("%s: the mention %+v is not of the documented form, or there twice", m.ID, x)
			}
			words[x.Words] = true
		}
	}
}
