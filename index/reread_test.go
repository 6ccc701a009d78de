package index

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index/extract"
)

const choiceSurvey = "Organisation,Do you agree with the standards?,Please explain your answer,May we quote you?\n" +
	"Alpha Trust,Yes,They are far too slow for families who wait.,Yes\n" +
	"Beta Trust,No,Bands would take the freedom that schools need.,Yes\n" +
	"Gamma Trust,Yes,Standards should be national ones.,Yes\n" +
	"Delta Trust,No,A short answer about the waiting times.,Yes\n"

// chosen gives what stands beside each organisation's words: the choice, and how they may be used.
func chosen(t *testing.T, c *Consultation) []string {
	t.Helper()
	s := mustSnapshot(t, c)
	var out []string
	for _, p := range s.Passages {
		out = append(out, fmt.Sprintf("%s %s %s %q %s", s.Submission(p).Member, p.ID, PlaceText(p.Place), p.Place.Choice, s.Consent(p)))
	}
	return out
}

func newChoiceConsultation(t *testing.T) *Consultation {
	t.Helper()
	c := newTestConsultation(t)
	c.opt.Read = extract.File
	addSurvey(t, c, "survey.csv", choiceSurvey)
	return c
}

// replaceAll replaces in all lines, so that a test can say what it expects in the words of what was before.
func replaceAll(lines []string, pairs ...string) []string {
	var out []string
	for _, line := range lines {
		out = append(out, strings.NewReplacer(pairs...).Replace(line))
	}
	return out
}

func TestRereadingBringsPlacesUpToDate(t *testing.T) {
	before := chosen(t, newChoiceConsultation(t))
	if len(before) != 4 || !strings.Contains(before[0], `row 2, column C "Yes" attributable`) {
		t.Fatalf("got %q, want a choice and column C", before)
	}
	for _, tc := range []struct {
		name string
		then func(t *testing.T, c *Consultation)
		want []string
	}{
		{"the choices are ignored", func(t *testing.T, c *Consultation) { setColumns(t, c, role("B", extract.Ignored)) }, replaceAll(before, `"Yes"`, `""`, `"No"`, `""`)},
		{"and guessed again", func(t *testing.T, c *Consultation) {
			setColumns(t, c, role("B", extract.Ignored))
			setColumns(t, c, extract.Hints{})
		}, before},
		{"a newer export has other choices", func(t *testing.T, c *Consultation) {
			addSurvey(t, c, "survey.csv", strings.Replace(choiceSurvey, "Alpha Trust,Yes", "Alpha Trust,No", 1))
		}, append(replaceAll(before[:1], `"Yes"`, `"No"`), before[1:]...)},
		{"a newer export takes a permission back", func(t *testing.T, c *Consultation) {
			addSurvey(t, c, "survey.csv", strings.Replace(choiceSurvey, "wait.,Yes", "wait.,No", 1))
		}, append(replaceAll(before[:1], "attributable", "confidential"), before[1:]...)},
		{"an older export comes back", func(t *testing.T, c *Consultation) {
			addSurvey(t, c, "survey.csv", strings.Replace(choiceSurvey, "far too slow", "much too slow", 1))
			addSurvey(t, c, "survey.csv", choiceSurvey+"Epsilon Trust,,,\n")
		}, before},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newChoiceConsultation(t)
			tc.then(t, c)
			if diff := cmp.Diff(chosen(t, c), tc.want); diff != "" {
				t.Errorf("-got +want\n%s", diff)
			}
			if got := found(t, c, "families OR bands"); got != 2 {
				t.Errorf("a search finds %d passages, want 2", got)
			}
		})
	}
}

// TestExportAfterRereadingCounts reads organisations as one sender, and then a newer export in which they are organisations again.
func TestExportAfterRereadingCounts(t *testing.T) {
	c := newChoiceConsultation(t)
	before := chosen(t, c)
	setColumns(t, c, role("A", extract.Ignored))
	if _, err := c.record.write.ExecContext(t.Context(), `DELETE FROM setting WHERE key = ?`, columnsSetting("survey.csv")); err != nil {
		t.Fatal(err)
	}
	addSurvey(t, c, "survey.csv", choiceSurvey+"Epsilon Trust,,,\n")
	if diff := cmp.Diff(chosen(t, c), before); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
}

func TestPermissionFollowsColumns(t *testing.T) {
	survey := func(first string) string {
		rows := first + ",What do you think?,Code\n"
		for i, org := range []string{"Alpha Trust", "Beta Trust", "Gamma Trust", "Delta Trust"} {
			rows += fmt.Sprintf("%s,Answer number %d is in as many words as it needs.,%s\n", org, i+1, []string{"free", "confidential", "anonymous", "free"}[i])
		}
		return rows
	}
	permission := extract.Hints{Columns: map[string]extract.ColumnRole{"C": extract.Permission}}
	ignored := extract.Hints{Columns: map[string]extract.ColumnRole{"C": extract.Ignored}}
	for _, tc := range []struct {
		name, first string
		want        []string
	}{
		{"organisations", "Organisation", []string{"survey.csv › Alpha Trust row 2, column B: confidential", "survey.csv › Beta Trust row 3, column B: confidential", "survey.csv › Delta Trust row 5, column B: confidential", "survey.csv › Gamma Trust row 4, column B: anonymous"}},
		{"one sender", "Colour", []string{"survey.csv row 2, column B: confidential", "survey.csv row 3, column B: confidential", "survey.csv row 4, column B: anonymous", "survey.csv row 5, column B: confidential"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newTestConsultation(t)
			c.opt.Read = extract.File
			addSurvey(t, c, "survey.csv", survey(tc.first))
			with := func(h extract.Hints) extract.Hints {
				if tc.first == "Colour" {
					h = extract.Hints{Columns: map[string]extract.ColumnRole{"A": extract.Ignored, "C": h.Columns["C"]}}
				}
				return h
			}
			for range 2 {
				setColumns(t, c, with(permission))
				if diff := cmp.Diff(withheld(t, c), tc.want); diff != "" { // what is no plain yes is taken for the strictest
					t.Errorf("-got +want\n%s", diff)
				}
				setColumns(t, c, with(ignored))
				if got := withheld(t, c); len(got) > 0 {
					t.Errorf("without permissions %q are withheld", got)
				}
			}
		})
	}
}
