package themes

import (
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
)

func TestWithTheme(t *testing.T) {
	theme := "- id: b\n  name: B\n  any:\n  - '\"x y\"'\n"
	tests := []struct{ name, text, want string }{
		{"last in the file", "themes:\n  - id: a\n", "themes:\n  - id: a\n  - id: b\n    name: B\n    any:\n    - '\"x y\"'\n"},
		{"not indented, no line end", "themes:\n- id: a", "themes:\n- id: a\n- id: b\n  name: B\n  any:\n  - '\"x y\"'\n"},
		{"another setting behind", "themes:\n  - id: a\n\nquestions: []\n", "themes:\n  - id: a\n  - id: b\n    name: B\n    any:\n    - '\"x y\"'\nquestions: []\n"},
		{"a note behind stays", "themes:\n  - id: a\n# the end\n", "themes:\n  - id: a\n# the end\n  - id: b\n    name: B\n    any:\n    - '\"x y\"'\n"},
		{"all on one line", "themes: [{id: a}]\n", ""},
		{"an id that is there", "themes:\n  - id: b\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := withTheme([]byte(tt.text), theme)
			if (err != nil) != (tt.want == "") {
				t.Fatalf("got error %v", err)
			}
			if diff := cmp.Diff(string(got), tt.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
		})
	}
}

// FuzzAdoptedTheme: whatever words members write, the built-in codebook with a theme made of them can be read and says them as they are.
func FuzzAdoptedTheme(f *testing.F) {
	f.Add("Funding bands", "- [x]: {y} # z")
	f.Add("'", "\"quoted\" & *starred* | > %")
	f.Fuzz(func(t *testing.T, name, example string) {
		name, example = strings.ToValidUTF8(name, "?"), strings.ToValidUTF8(example, "?") // as all text in the record is
		name, example = strings.Join(strings.Fields("x"+name), " "), strings.Join(strings.Fields(example), " ")
		text, err := yaml.Marshal([]proposedTheme{{"adopted", name, "Proposed.", []string{`"funding"`}, []string{example}}})
		if err != nil {
			t.Skip()
		}
		out, err := withTheme(BuiltInCodebook(), string(text))
		if err != nil {
			return // said, and nothing is changed
		}
		b, err := ParseCodebook(out)
		if err != nil {
			t.Fatal(err)
		}
		got := b.Themes[len(b.Themes)-1]
		if got.ID != "adopted" || got.Name != name || len(got.Examples) != 1 || got.Examples[0] != example {
			t.Errorf("got name %q, examples %q, want %q, %q", got.Name, got.Examples, name, example)
		}
	})
}
