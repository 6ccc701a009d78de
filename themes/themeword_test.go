package themes

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index"
)

// TestThemesAreNamed: which words of a passage name which themes.
func TestThemesAreNamed(t *testing.T) {
	b, err := ParseCodebook([]byte(`consultation: The big improvement plan
themes:
  - id: standards
    name: National standards
    any: ["\"national standards\"", "\"the standards\""]
  - id: plans
    name: Care plans
    any: ["\"care plans\"", "\"standard template\""]
  - id: early
    name: Early years
    any: ["\"early years\""]
  - id: money
    name: Bands and tariffs
    any: [tariff*]
`))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, text string
		want       []string
	}{
		{"by a rule", "We wrote the national standards.", []string{"standards"}},
		{"by the last word of the name", "Good standards take time.", []string{"standards"}},
		{"longer words of another theme", "We use the standard template.", []string{"plans"}},
		{"a word of the name that may mean anything", "It took many years.", nil},
		{"a word of what is answered", "The plan is long.", nil},
		{"each part of a name", "A band is a band.", []string{"money"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for i, m := range b.marks(index.Analyse(tt.text)) {
				if len(m) > 0 {
					got = append(got, b.Themes[i].ID)
				}
			}
			slices.Sort(got)
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestOneThemesStanceIsNotAnothers: a proposal whose theme is not what the stance is on has none.
func TestOneThemesStanceIsNotAnothers(t *testing.T) {
	b, err := ParseCodebook([]byte(testCodebook))
	if err != nil {
		t.Fatal(err)
	}
	const text = "We oppose national standards. The timetable has three stages."
	want := map[string]Stance{"standards": Oppose, "timelines": NotStated}
	got := map[string]Stance{}
	for _, p := range b.Propose(text, 0) {
		got[p.ThemeID] = p.Stance
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
