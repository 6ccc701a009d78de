package themes

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"collate/index"
)

// sameThemes compares themes by what a themes file says of them.
func sameThemes() cmp.Option { return cmpopts.IgnoreUnexported(Theme{}) }

func parsed(t testing.TB, text string) *Codebook {
	t.Helper()
	b, err := ParseCodebook([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const treeCodebook = `# All of it.
consultation: The plan
called: [the green paper]
questions: [{id: Q1, text: "How? \"Well\": #1"}]
themes:
  - {id: money, name: Money, any: [money, 'fund* (band OR tariff)']}
  # Bands came later.
  - {id: bands, name: "Bands: and tariffs", parent: money, any: ['"band"'], none: ['brass*'], examples: ["Bands, that is:\n- one\n- two"], colour: "#0072B2"}
  - {id: old, name: "Yes", state: retired, non_examples: ["- no"]}
  - {id: caps, name: Caps, parent: bands}
`

func TestCodebookTextReadsBack(t *testing.T) {
	for _, tt := range []struct{ name, text string }{
		{"a tree", treeCodebook},
		{"the built-in one", string(BuiltInCodebook())},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := parsed(t, tt.text)
			text := b.Text([]byte(tt.text))
			back := parsed(t, string(text))
			if d := cmp.Diff(b.Themes, back.Themes, sameThemes()); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff([]any{b.Consultation, b.Called, b.Questions}, []any{back.Consultation, back.Called, back.Questions}); d != "" {
				t.Error(d)
			}
			if again := back.Text(text); string(again) != string(text) {
				t.Errorf("written twice, it is different:\n%s\n%s", text, again)
			}
		})
	}
	text := string(parsed(t, treeCodebook).Text([]byte(treeCodebook)))
	if !strings.HasPrefix(text, "# All of it.\n") || !strings.Contains(text, "  # Bands came later.\n  - id: bands\n") {
		t.Errorf("the notes are lost:\n%s", text)
	}
}

func FuzzCodebookText(f *testing.F) {
	f.Add("Pace", "a: b # c", "- x\n\ty\u0085\u2028\ufeff\x00")
	f.Add("yes", "\"\\'", "0x1F")
	f.Fuzz(func(t *testing.T, name, description, example string) {
		in := &Codebook{Themes: []Theme{{ID: "a", Name: name, Description: description, Examples: []string{example}, State: ThemeActive}}}
		text := in.Text(nil)
		out, err := ParseCodebook(text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if name == "" {
			in.Themes[0].Name = "a"
		}
		for _, s := range []*string{&in.Themes[0].Name, &in.Themes[0].Description, &in.Themes[0].Examples[0]} {
			*s = strings.Map(func(r rune) rune { return r }, *s) // each broken byte is one replacement character
		}
		if d := cmp.Diff(in.Themes, out.Themes, sameThemes()); d != "" {
			t.Errorf("%s\n%s", d, text)
		}
	})
}

func TestTree(t *testing.T) {
	b := parsed(t, treeCodebook)
	var got []string
	for _, branch := range b.Tree() {
		got = append(got, strings.Repeat("-", branch.Depth)+branch.ID)
	}
	if d := cmp.Diff([]string{"money", "-bands", "--caps", "old"}, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"bands", "caps"}, b.Below("money")); d != "" {
		t.Error(d)
	}
	b.Theme("bands").State = ThemeRetired
	got = nil
	for _, theme := range b.Active().Themes {
		got = append(got, theme.ID+"<"+theme.Parent)
	}
	if d := cmp.Diff([]string{"money<", "caps<money"}, got); d != "" {
		t.Error(d)
	}
}

func TestChanges(t *testing.T) {
	tests := []struct {
		name    string
		change  Change
		text    string // that the new codebook's text has
		without string
		refused string
	}{
		{"add", AddTheme(Theme{Name: "Pace & Délai"}), "  - id: pace-delai\n    name: \"Pace & Délai\"\n    colour: \"#", "", ""},
		{"add under a parent that is not there", AddTheme(Theme{Name: "Pace", Parent: "x"}), "", "", "no theme with the id \"x\""},
		{"add a name twice", AddTheme(Theme{Name: "money"}), "", "", "Two themes are called"},
		{"add an id twice", AddTheme(Theme{ID: "money", Name: "More"}), "", "", "collate themes edit money"},
		{"add without a name", AddTheme(Theme{Name: " "}), "", "", "needs a name"},
		{"rename", Rename("money", "Means"), "id: money\n    name: Means\n", "", ""},
		{"describe", Describe("money", "What it costs"), "description: What it costs\n", "", ""},
		{"recolour", Recolour("bands", "#AABBCC"), `colour: "#aabbcc"`, "#0072b2", ""},
		{"recolour wrongly", Recolour("bands", "red"), "", "", "as in #0072b2"},
		{"move to the top", Move("bands", ""), "", "parent: money", ""},
		{"move into itself", Move("money", "caps"), "", "", "caps lies in it"},
		{"add a rule", AddTo("caps", AnyRules, `"cap*"`), `"\"cap*\""`, "", ""},
		{"add a broken rule", AddTo("caps", AnyRules, "(cap"), "", "", "never closed"},
		{"add a rule twice", AddTo("money", AnyRules, "money"), "", "", "has that rule already"},
		{"remove a rule by its words", RemoveFrom("money", AnyRules, "money"), "fund* (band OR tariff)", "- money", ""},
		{"remove a rule by its number", RemoveFrom("money", AnyRules, "2"), "- money", "tariff)", ""},
		{"remove one that is not there", RemoveFrom("money", AnyRules, "3"), "", "", "1: money; 2: fund* (band OR tariff)"},
		{"add a non-example", AddTo("caps", NonExamples, "A cap and gown."), "non_examples:\n      - A cap and gown.", "", ""},
		{"remove a non-example", RemoveFrom("old", NonExamples, "1"), "", "- no", ""},
		{"retire", Retire("caps"), "parent: bands\n    state: retired\n", "", ""},
		{"retire twice", Retire("old"), "", "", "retired already"},
		{"no theme", Rename("x", "X"), "", "", "The themes are money, bands, old, caps."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := testAnalysis(t, "", nil)
			if err := a.SetCodebook(t.Context(), "themes.yaml", []byte(treeCodebook), "Ann"); err != nil {
				t.Fatal(err)
			}
			err := a.ChangeCodebook(t.Context(), "Bob", "", tt.change)
			text, readErr := a.CodebookText(t.Context())
			if readErr != nil {
				t.Fatal(readErr)
			}
			if tt.refused != "" {
				var edit *EditError
				var query *index.QueryError
				if err == nil || !strings.Contains(err.Error(), tt.refused) || !errors.As(err, &edit) && !errors.As(err, &query) {
					t.Errorf("error %v, want one with %q", err, tt.refused)
				}
				if text != treeCodebook {
					t.Error("a refused change is in the record")
				}
				return
			}
			if err != nil || !strings.Contains(text, tt.text) || tt.without != "" && strings.Contains(text, tt.without) {
				t.Errorf("%v; the codebook is\n%s\nwant %q in it and not %q", err, text, tt.text, tt.without)
			}
		})
	}
}

func TestChangingTheBuiltInThemes(t *testing.T) {
	a := testAnalysis(t, "", nil)
	if err := a.SetCodebook(t.Context(), BuiltIn, BuiltInCodebook(), "Ann"); err != nil {
		t.Fatal(err)
	}
	if err := a.ChangeCodebook(t.Context(), "Ann", "", Retire("funding")); err != nil {
		t.Fatal(err)
	}
	b := testBare(t)
	if err := b.ChangeCodebook(t.Context(), "Ann", "", Retire("funding")); err != nil {
		t.Fatal(err)
	}
	history, err := b.CodebookHistory(t.Context())
	if err != nil || len(history) != 1 || !slices.Equal(history[0].Changes, []string{"funding: retired", "changed what the consultation is called", "changed the questions"}) {
		t.Errorf("history %+v, %v", history, err)
	}
	if a.Source != BuiltIn+changedHere || a.Codebook.Consultation != "" || len(a.Codebook.Questions) != 0 || !slices.Contains(a.Codebook.Called, "SEND and alternative provision improvement plan") {
		t.Errorf("source %q, consultation %q, called %q, questions %v", a.Source, a.Codebook.Consultation, a.Codebook.Called, a.Codebook.Questions)
	}
}

// testBare is a new consultation, with the built-in codebook that nobody has touched.
func testBare(t *testing.T) *Analysis {
	t.Helper()
	a, err := Create(t.Context(), filepath.Join(t.TempDir(), "bare.collate"), Options{Options: index.Options{Now: func() time.Time { return time.Unix(1684497600, 0) }, Read: readPlain, CacheDir: t.TempDir()}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func TestAFileTakenBeforeUndoesNothing(t *testing.T) {
	a := testAnalysis(t, "", nil)
	ctx := t.Context()
	take := func(text string) {
		if _, err := a.TakeCodebook(ctx, "themes.yaml", []byte(text), "Ann"); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.ChangeCodebook(ctx, "Ann", "", Rename("ap", "AP")); err != nil {
		t.Fatal(err)
	}
	take(testCodebook)
	if got := a.Codebook.Theme("ap").Name; got != "AP" {
		t.Errorf("the file as it was has undone the change: %q", got)
	}
	take(strings.ReplaceAll(testCodebook, "Alternative provision", "Alternatives"))
	if got := a.Codebook.Theme("ap").Name; got != "Alternatives" {
		t.Errorf("the changed file was not taken: %q", got)
	}
}

// TestAChangedFileLosesNoTheme: what was added here and what people coded on is not in the file of a colleague who changed a comment.
func TestAChangedFileLosesNoTheme(t *testing.T) {
	a := testAnalysis(t, "", [][2]string{{"Alpha/a.txt", "We wait."}})
	ctx := t.Context()
	take := func(text string) []string {
		notes, err := a.TakeCodebook(ctx, "themes.yaml", []byte(text), "Ann")
		if err != nil {
			t.Fatal(err)
		}
		return notes
	}
	if err := a.ChangeCodebook(ctx, "Bob", "", AddTheme(Theme{ID: "mine", Name: "Mine", Any: []string{"wait"}})); err != nil {
		t.Fatal(err)
	}
	s, err := a.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, theme := range []string{"mine", "ap"} {
		if err := a.Decide(ctx, []index.Decision{{Kind: index.ByPerson, Coder: "Bob", Act: index.ActTheme, Subject: s.Passages[0].ID, Theme: theme, Value: "yes"}}); err != nil {
			t.Fatal(err)
		}
	}
	lacking, _, _ := strings.Cut(testCodebook, "  - {id: ap")
	for range 2 { // the second time the file is known
		take("# by a colleague\n" + lacking)
		var got []string
		for _, theme := range a.Codebook.Themes {
			got = append(got, theme.ID+" "+string(theme.State))
		}
		if d := cmp.Diff([]string{"timelines active", "standards active", "mine active", "ap retired"}, got); d != "" {
			t.Fatal(d)
		}
	}
	changes := 0
	if err := a.Decisions(ctx, func(d *index.Decision) error {
		if d.Act == index.ActCodebook {
			changes++
		}
		return nil
	}); err != nil || changes != 4 {
		t.Errorf("%d codebooks in the record, want 4; %v", changes, err)
	}
}

// TestTwoPeopleChangeTheCodebookAtOnce: both are told that it was done, so both changes are there.
func TestTwoPeopleChangeTheCodebookAtOnce(t *testing.T) {
	a := testAnalysis(t, "", nil)
	ctx := t.Context()
	const people = 4
	done := make(chan error, people)
	for i := range people {
		other, err := Open(ctx, a.Path(), a.opt)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { other.Close() })
		go func() { done <- other.ChangeCodebook(ctx, "Ann", "", AddTheme(Theme{Name: fmt.Sprint("New ", i)})) }()
	}
	for range people {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if err := a.loadCodebook(ctx); err != nil || len(a.Codebook.Themes) != 3+people {
		t.Errorf("%d themes, %v; want %d", len(a.Codebook.Themes), err, 3+people)
	}
}
