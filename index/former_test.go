package index

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index/extract"
)

// groupSurvey is one sender's survey whose column B names whom each row is from, as nothing but a person can tell.
const groupSurvey = "Respondent,Group,What do you think of the timetable?,Anything else?\n" +
	"0,Alpha,We wait far too long for an answer.,Bands would take the freedom that schools need.\n" +
	"1,Beta,Bands would take the freedom that schools need.,Standards should be national ones.\n" +
	"2,Gamma,Standards should be national ones.,We wait far too long for an answer.\n" +
	"3,Delta,A short answer about the waiting times.,No.\n"

func role(column string, r extract.ColumnRole) extract.Hints {
	return extract.Hints{Columns: map[string]extract.ColumnRole{column: r}, By: "Ann"}
}

func addSurvey(t *testing.T, c *Consultation, name, text string) {
	t.Helper()
	if _, err := c.Add(t.Context(), name, []byte(text)); err != nil {
		t.Fatal(err)
	}
}

// passageAt is the id of the passage that counts and stands at a place, as "row 4, column D".
func passageAt(t *testing.T, c *Consultation, place string) string {
	t.Helper()
	for _, p := range mustSnapshot(t, c).Passages {
		if PlaceText(p.Place) == place {
			return p.ID
		}
	}
	t.Fatalf("nothing stands at %q", place)
	return ""
}

// withheld are the places whose words may not be quoted under their member's name, with how they may be.
func withheld(t *testing.T, c *Consultation) []string {
	t.Helper()
	s := mustSnapshot(t, c)
	var out []string
	for _, p := range s.Passages {
		if consent := s.Consent(p); consent != Attributable {
			out = append(out, fmt.Sprintf("%s %s: %s", s.Submission(p).Name, PlaceText(p.Place), consent))
		}
	}
	slices.Sort(out)
	return out
}

func TestConsentFollowsWordsThroughOtherColumns(t *testing.T) {
	for _, tc := range []struct {
		name    string
		first   extract.ColumnRole
		subject func(t *testing.T, c *Consultation) string
		then    extract.ColumnRole
		want    []string
	}{
		{"a passage, to organisations", extract.Ignored, at("row 4, column D"), extract.Member, []string{"survey.csv › Gamma row 4, column D: confidential"}},
		{"a passage, to one sender", extract.Member, at("row 4, column D"), extract.Ignored, []string{"survey.csv row 4, column D: confidential"}},
		{"an organisation, to one sender", extract.Member, named("Gamma"), extract.Ignored, []string{"survey.csv row 4, column C: confidential", "survey.csv row 4, column D: confidential"}},
		{"an organisation's submission, to one sender", extract.Member, named("survey.csv › Alpha"), extract.Ignored, []string{"survey.csv row 2, column C: confidential", "survey.csv row 2, column D: confidential"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newTestConsultation(t)
			c.opt.Read = extract.File
			addSurvey(t, c, "survey.csv", groupSurvey)
			setColumns(t, c, role("B", tc.first))
			if err := c.SetConsent(t.Context(), tc.subject(t, c), Confidential, "Ann"); err != nil {
				t.Fatal(err)
			}
			before := withheld(t, c)
			for range 2 { // there and back and there again
				setColumns(t, c, role("B", tc.then))
				if diff := cmp.Diff(withheld(t, c), tc.want); diff != "" {
					t.Errorf("-got +want\n%s", diff)
				}
				if loose := mustSnapshot(t, c).LooseConsents(); len(loose) > 0 {
					t.Errorf("%q are listed as loose", loose)
				}
				setColumns(t, c, role("B", tc.first))
				if diff := cmp.Diff(withheld(t, c), before); diff != "" {
					t.Errorf("back again: -got +want\n%s", diff)
				}
			}
		})
	}
}

func at(place string) func(*testing.T, *Consultation) string {
	return func(t *testing.T, c *Consultation) string { return passageAt(t, c, place) }
}

func named(name string) func(*testing.T, *Consultation) string {
	return func(*testing.T, *Consultation) string { return name }
}

func TestConsentOfWholeSurveyHoldsForItsOrganisations(t *testing.T) {
	for _, subject := range []string{"survey.csv", "survey"} {
		for _, late := range []bool{false, true} {
			if late && subject == "survey" {
				continue // the member is gone when the organisations are read
			}
			c := newTestConsultation(t)
			c.opt.Read = extract.File
			addSurvey(t, c, "survey.csv", groupSurvey)
			if late {
				setColumns(t, c, role("B", extract.Member))
			}
			if err := c.SetConsent(t.Context(), subject, Confidential, "Ann"); err != nil {
				t.Fatal(err)
			}
			setColumns(t, c, role("B", extract.Member))
			if got := withheld(t, c); len(got) != 8 {
				t.Errorf("%s, late %v: got %q, want all 8 passages", subject, late, got)
			}
		}
	}
}

func TestConsentOfWordsInDoubtHoldsForAll(t *testing.T) {
	c := newTestConsultation(t)
	c.opt.Read = extract.File
	const head = "Region,What do you think?\n"
	const again = "East,We wait far too long.\nWest,Another answer in words.\nNorth,We wait far too long.\n"
	addSurvey(t, c, "survey.csv", head+again)
	if err := c.SetConsent(t.Context(), passageAt(t, c, "row 2, column B"), Confidential, "Ann"); err != nil {
		t.Fatal(err)
	}
	addSurvey(t, c, "survey.csv", head+"South,A new answer at the top.\nSouth,And one more answer.\nSouth,And yet one more answer.\n"+again+"East,We wait far too long.\n")
	want := []string{"survey.csv row 5, column B: confidential", "survey.csv row 7, column B: confidential", "survey.csv row 8, column B: confidential"}
	if diff := cmp.Diff(withheld(t, c), want); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
	addSurvey(t, c, "survey.csv", head+"South,Nothing is as it was.\nEast,Nor is this one.\n")
	if got, loose := withheld(t, c), mustSnapshot(t, c).LooseConsents(); len(got) > 0 || len(loose) != 1 {
		t.Errorf("got %q and loose %q, want one that is loose", got, loose)
	}
}

func TestNewerConsentOutranksCarriedOne(t *testing.T) {
	c := newTestConsultation(t)
	c.opt.Read = extract.File
	addSurvey(t, c, "survey.csv", groupSurvey)
	setColumns(t, c, role("B", extract.Ignored))
	if err := c.SetConsent(t.Context(), passageAt(t, c, "row 4, column D"), Attributable, "Ann"); err != nil {
		t.Fatal(err)
	}
	setColumns(t, c, role("B", extract.Member))
	if err := c.SetConsent(t.Context(), passageAt(t, c, "row 4, column D"), Confidential, "Ann"); err != nil {
		t.Fatal(err)
	}
	setColumns(t, c, role("B", extract.Ignored))
	want := []string{"survey.csv row 4, column D: confidential"}
	if diff := cmp.Diff(withheld(t, c), want); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
	if err := c.SetConsent(t.Context(), passageAt(t, c, "row 4, column D"), Attributable, "Ann"); err != nil {
		t.Fatal(err)
	}
	if got := withheld(t, c); len(got) > 0 {
		t.Errorf("after the newest decision %q is withheld", got)
	}
}

// twinSurvey has the same words under two questions.
const twinSurvey = "Organisation,Question 1: What of waiting times?,Question 2: What of the funding bands?\n" +
	"Alpha Trust,We agree with neither of the two.,We agree with neither of the two.\n" +
	"Beta Trust,Bands would take the freedom that schools need.,We wait far too long.\n"

// behind puts a column before the questions of a survey.
func behind(survey string) string {
	var out strings.Builder
	for i, line := range strings.Split(strings.TrimSuffix(survey, "\n"), "\n") {
		first, rest, _ := strings.Cut(line, ",")
		fmt.Fprintf(&out, "%s,%s,%s\n", first, []string{"Any extra thoughts in words?", "More words than there were before."}[min(i, 1)], rest)
	}
	return out.String()
}

// TestDecisionsStayWithTheirTwin decides about the first or the second of two passages with the same words, and lets the survey be
// exported anew.
func TestDecisionsStayWithTheirTwin(t *testing.T) {
	questions := []Question{{ID: "Q1", Text: "What of waiting times?"}, {ID: "Q2", Text: "What of the funding bands?"}, {ID: "Q3", Text: "Is there more?"}}
	for _, tc := range []struct{ name, decided, export, want string }{
		{"the first, with a row more", "row 2, column B", twinSurvey + "Delta Trust,A new answer.,And another.\n", "row 2, column B"},
		{"the second, with a row more", "row 2, column C", twinSurvey + "Delta Trust,A new answer.,And another.\n", "row 2, column C"},
		{"the first, with a column more", "row 2, column B", behind(twinSurvey), "row 2, column C"},
		{"the second, with a column more", "row 2, column C", behind(twinSurvey), "row 2, column D"},
		{"the first, which is gone", "row 2, column B", strings.Replace(twinSurvey, "We agree with neither of the two.,", "Other words.,", 1), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newTestConsultation(t)
			c.opt.Read = extract.File
			addSurvey(t, c, "survey.csv", twinSurvey)
			id := passageAt(t, c, tc.decided)
			if err := c.SetQuestion(t.Context(), id, "Q3", "Ann"); err != nil {
				t.Fatal(err)
			}
			addSurvey(t, c, "survey.csv", tc.export)
			s, err := c.Snapshot(t.Context(), questions)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, p := range s.Passages {
				if p.Question == "Q3" {
					got += PlaceText(p.Place)
				}
			}
			if got != tc.want {
				t.Errorf("Q3 is answered at %q, want %q", got, tc.want)
			}
			if loose := s.LooseQuestions(); (len(loose) == 1) != (tc.want == "") {
				t.Errorf("%q are listed as loose", loose)
			}
		})
	}
}

// TestTwinKeepsDecisionWhenItsColumnIsLeftOut leaves a column out whose passage had the id that its twin has then.
func TestTwinKeepsDecisionWhenItsColumnIsLeftOut(t *testing.T) {
	c := newTestConsultation(t)
	c.opt.Read = extract.File
	addSurvey(t, c, "survey.csv", twinSurvey)
	id := passageAt(t, c, "row 2, column B")
	for _, err := range []error{c.SetQuestion(t.Context(), id, "Q3", "Ann"), c.SetConsent(t.Context(), id, Confidential, "Ann")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	questions := []Question{{ID: "Q3", Text: "Is there more?"}}
	for _, step := range []struct {
		hints           extract.Hints
		question, loose int
	}{{role("B", extract.Ignored), 0, 1}, {extract.Hints{}, 1, 0}} {
		setColumns(t, c, step.hints)
		s, err := c.Snapshot(context.Background(), questions)
		if err != nil {
			t.Fatal(err)
		}
		given := 0
		for _, p := range s.Passages {
			if p.Question == "Q3" {
				given++
			}
		}
		if given != step.question || len(s.LooseQuestions()) != step.loose {
			t.Errorf("%v: %d passages answer Q3 and %q are loose", step.hints.Columns, given, s.LooseQuestions())
		}
		if got := withheld(t, c); len(got) != 1 {
			t.Errorf("%v: got %q, want one passage: the same words, or its own", step.hints.Columns, got)
		}
	}
}

// TestConsentInShiftedRows puts a row at the top of a survey in which two respondents, who have no number of their own, said the same.
func TestConsentInShiftedRows(t *testing.T) {
	const top, new, rest = "Colour,What do you think?\n", "Red,A new answer at the top.\n", "Blue,We wait far too long.\nGreen,We wait far too long.\nRed,Another answer in words.\n"
	const numbered = "Response ID,What do you think?\n"
	for _, tc := range []struct {
		name, before, after string
		want                []string
	}{
		{"both may be it", top + rest, top + new + rest, []string{"survey.csv row 3, column B: confidential", "survey.csv row 4, column B: confidential"}},
		{"a number tells", numbered + "7,We wait far too long.\n8,We wait far too long.\n9,Another answer.\n", numbered + "6,A new answer.\n7,We wait far too long.\n8,We wait far too long.\n9,Another answer.\n", []string{"survey.csv row 4, column B: confidential"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newTestConsultation(t)
			c.opt.Read = extract.File
			addSurvey(t, c, "survey.csv", tc.before)
			if err := c.SetConsent(t.Context(), passageAt(t, c, "row 3, column B"), Confidential, "Ann"); err != nil {
				t.Fatal(err)
			}
			addSurvey(t, c, "survey.csv", tc.after)
			if diff := cmp.Diff(withheld(t, c), tc.want); diff != "" {
				t.Errorf("-got +want\n%s", diff)
			}
		})
	}
}
