package samples

import (
	"bytes"
	"encoding/json"
	"hash/fnv"
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

// marked is a line of claims.jsonl; send-ap-plan/README.md says what its fields mean.
type marked struct {
	ID    string `json:"id"`
	Split string `json:"split"`
	Asks  []struct {
		Words    string `json:"words"`
		Actor    string `json:"actor"`
		Action   string `json:"action"`
		Deadline string `json:"deadline"`
	} `json:"asks"`
	Figures []struct {
		Value  string `json:"value"`
		Unit   string `json:"unit"`
		What   string `json:"what"`
		When   string `json:"when"`
		Source string `json:"source"`
	} `json:"figures"`
	Dates []struct {
		Words      string `json:"words"`
		Normalised string `json:"normalised"`
		Kind       string `json:"kind"`
		Promised   string `json:"promised"`
		By         string `json:"by"`
	} `json:"dates"`
	Mentions []struct {
		Words     string `json:"words"`
		Kind      string `json:"kind"`
		Canonical string `json:"canonical"`
	} `json:"mentions"`
}

// readClaims reads a file of marks and refuses a line with a field that the README does not name.
func readClaims(t *testing.T, name string) []marked {
	t.Helper()
	text, err := fs.ReadFile(SendAPPlan(), name)
	if err != nil {
		t.Fatal(err)
	}
	var out []marked
	for n, line := range bytes.Split(bytes.TrimSuffix(text, []byte("\n")), []byte("\n")) {
		var m marked
		d := json.NewDecoder(bytes.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&m); err != nil || d.More() {
			t.Fatalf("%s, line %d is not one object of the documented fields: %v", name, n+1, err)
		}
		out = append(out, m)
	}
	return out
}

// split is the half that a passage belongs to.
func split(id string) string {
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
		{"claims.jsonl", 200, split},
		{"claims-more.jsonl", 120, func(string) string { return "dev2" }},
	} {
		t.Run(file.name, func(t *testing.T) {
			claims := readClaims(t, file.name)
			if got := len(claims); got != file.want {
				t.Errorf("%d passages are marked, want %d", got, file.want)
			}
			checkMarks(t, claims, calendar, file.split)
		})
	}
}

func checkMarks(t *testing.T, claims []marked, calendar *regexp.Regexp, split func(id string) string) {
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
