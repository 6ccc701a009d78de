package main

import (
	"strings"
	"testing"

	"collate/index"
)

// TestProjectOfSamples walks every selection of the example's project: it is the stored text of its passage, or the mark that stands for
// words that are not shown; and nothing confidential is anywhere in it.
func TestProjectOfSamples(t *testing.T) {
	_, an := runSamples(t)
	p, err := an.Project(t.Context(), "Ann")
	if err != nil {
		t.Fatal(err)
	}
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]bool{}
	var secrets []string
	for _, passage := range s.Passages {
		if s.Consent(passage) == index.Confidential {
			secrets = append(secrets, fold(s.Text(passage)))
		} else {
			words[fold(s.Text(passage))] = true
		}
	}
	secrets = append(secrets, "Harbour Family", "HFS statement")
	selections, withheld := 0, 0
	var told strings.Builder
	for _, source := range p.Sources {
		told.WriteString(fold(source.Name+" "+source.Text) + "\n")
		text := []rune(source.Text)
		for _, x := range source.Selections {
			told.WriteString(fold(x.Name+" "+x.Description) + "\n")
			selections++
			switch selected := fold(string(text[x.Start:x.End])); {
			case strings.HasPrefix(selected, "[words withheld"):
				withheld++
			case !words[selected]:
				t.Errorf("%s has selected %q, which is no passage", source.Name, selected)
			}
		}
	}
	for _, c := range p.Cases {
		told.WriteString(c.Name + "\n")
	}
	for _, theme := range p.Themes {
		told.WriteString(fold(theme.Name+" "+theme.Memo()) + "\n")
	}
	for _, secret := range secrets {
		if strings.Contains(told.String(), secret) {
			t.Errorf("the project tells %q", secret)
		}
	}
	r, err := an.Report(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// The example's themes do not lie in one another, so that a quote is a coding.
	if quotes := len(r.Quotes); selections != quotes || withheld == 0 || withheld == selections {
		t.Errorf("%d selections, %d of them withheld, for %d quotes", selections, withheld, quotes)
	}
}
