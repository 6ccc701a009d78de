package evidence

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"collate/themes"
)

func oral(t *testing.T, m *Material, o *Outline, suggested bool, minutes int) *Oral {
	t.Helper()
	out, err := MakeOral(m, o, OralOptions{Options: Options{Suggested: suggested}, Minutes: minutes})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestOralPackOfTheSample makes the pack of the example on the outline that is proposed for its call.
func TestOralPackOfTheSample(t *testing.T) {
	m := gather(t, sample(t))
	p, err := Propose(m, ProposeOptions{Call: sampleCall(t), Suggested: true})
	if err != nil {
		t.Fatal(err)
	}
	o := oral(t, m, &p.Outline, true, 2)
	t.Run("words and counts", func(t *testing.T) { oralWords(t, m, o) })
	t.Run("questions", func(t *testing.T) { oralQuestions(t, m, o) })
	t.Run("time", func(t *testing.T) { oralTime(t, m, &p.Outline) })
}

func oralWords(t *testing.T, m *Material, o *Oral) {
	if len(o.Pages) != len(m.Report.Themes) {
		t.Errorf("%d pages for %d themes", len(o.Pages), len(m.Report.Themes))
	}
	quoted := 0
	for _, p := range o.Pages {
		for _, words := range p.Quoted() {
			quoted++
			if !slices.ContainsFunc(m.Report.Quotes, func(q themes.Quote) bool {
				return q.Consent == "attributable" && strings.Contains(oneLine(q.Words), oneLine(words))
			}) {
				t.Errorf("%s: %q stands in no passage that may be quoted under a name", p.Theme, words)
			}
		}
		if p.Words > 2*SpeakingPace || p.Seconds() > 120 {
			t.Errorf("%s: %d words, %d seconds in two minutes", p.Theme, p.Words, p.Seconds())
		}
		if len(p.Facts) > 3 || len(p.Quotes) > 3 || len(p.Quotes) == 0 || p.Line == "" || len(p.Said) == 0 {
			t.Errorf("%s: %d facts, %d quotes, the line %q, %d paragraphs said", p.Theme, len(p.Facts), len(p.Quotes), p.Line, len(p.Said))
		}
		for _, f := range p.Facts {
			if f.Source == "" || !strings.Contains(f.Words, f.Value) {
				t.Errorf("%s: a fact without its source or its value: %+v", p.Theme, f)
			}
		}
	}
	if quoted < 60 {
		t.Errorf("only %d quotations were looked at", quoted)
	}
}

// oralQuestions holds the questions to what the record invites.
func oralQuestions(t *testing.T, m *Material, o *Oral) {
	for i, p := range o.Pages {
		var report *themes.ThemeReport
		for j := range m.Report.Themes {
			if m.Report.Themes[j].Name == p.Theme {
				report = &m.Report.Themes[j]
			}
		}
		asked := func(why string) bool {
			return slices.ContainsFunc(p.Questions, func(q OralQuestion) bool { return strings.HasPrefix(q.Why, why) })
		}
		if !asked("term of reference") {
			t.Errorf("%d %s: no question is of a term of reference", i, p.Theme)
		}
		opposed := len(report.Joint.Names[themes.Oppose]) > 0 && report.Joint.Side != themes.Oppose
		if got := asked("dissent") || asked("divided"); opposed && !got {
			t.Errorf("%s: nobody asks about the %d that oppose", p.Theme, len(report.Joint.Names[themes.Oppose]))
		}
		if conditions := len(report.Joint.Names[themes.Conditions]) > 0; asked("support with conditions") != conditions {
			t.Errorf("%s: conditions are asked about: %t, want %t", p.Theme, !conditions, conditions)
		}
		for _, name := range report.Joint.Names[themes.Oppose] {
			if report.Joint.Side != themes.Oppose && !strings.Contains(p.Dissent, curly(name)) {
				t.Errorf("%s: the dissent %q does not name %s", p.Theme, p.Dissent, name)
			}
		}
	}
}

func oralTime(t *testing.T, m *Material, outline *Outline) {
	words := 0
	for _, minutes := range []int{1, 2, 4} {
		n := 0
		for _, page := range oral(t, m, outline, true, minutes).Pages {
			if page.Words > minutes*SpeakingPace {
				t.Errorf("%s: %d words in %d minutes", page.Theme, page.Words, minutes)
			}
			n += page.Words
		}
		if n <= words {
			t.Errorf("%d words in %d minutes, no more than in fewer", n, minutes)
		}
		words = n
	}
}

func TestOralHidesWhoIsNotToBeNamed(t *testing.T) {
	m := gather(t, small(t))
	o := oral(t, m, outlineOf(Paragraph{Line: "timelines"}), true, 2)
	for i := range o.Pages {
		all := strings.Join(o.Pages[i].texts(), "\n")
		for _, secret := range []string{"Hidden House", "nine houses", "Nameless Network", "nobody in our town", "hidden.txt", "n.txt"} {
			if strings.Contains(all, secret) {
				t.Errorf("%s: it says %q", o.Pages[i].Theme, secret)
			}
		}
	}
	_, err := MakeOral(m, outlineOf(Paragraph{Text: "As Hidden House told us."}), OralOptions{})
	var wrong *DraftError
	if !errors.As(err, &wrong) {
		t.Errorf("an outline that names who is hidden makes a pack: %v", err)
	}
}

func TestOralCountsConfirmedPositionsOnly(t *testing.T) {
	a := small(t)
	o := oral(t, gather(t, a), outlineOf(Paragraph{Text: "As we said."}), false, 2)
	page := o.Pages[0]
	if page.Line != "" || page.Outcome != "" || page.Dissent != "" || len(o.Problems) == 0 {
		t.Errorf("nothing is confirmed, and the page says %q, %q, %q", page.Line, page.Outcome, page.Dissent)
	}
	confirm(t, a)
	page = oral(t, gather(t, a), outlineOf(Paragraph{Line: "timelines"}), false, 2).Pages[0]
	if page.Outcome == "" || !strings.Contains(page.Line, "(1 of 1) opposes it") {
		t.Errorf("the union's position is confirmed, and the page says %q, %q", page.Outcome, page.Line)
	}
}

func TestOralThemesWithoutATerm(t *testing.T) {
	m := gather(t, small(t))
	o := oral(t, m, outlineOf(Paragraph{Line: "timelines"}), true, 2)
	if len(o.Pages) != 2 || o.Pages[0].Theme != "Timelines" || o.Pages[1].Theme != "Funding" || len(o.Pages[1].Terms) != 0 {
		t.Errorf("the pages are %+v", o.Pages)
	}
}

func TestSpokenSource(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"short", "DfE, 2022.", "DfE, 2022"},
		{"with an address", "Adams et al. (2023), https://example.org/report", "Adams et al. (2023)"},
		{"long, cut at a colon", "Department for Education and Department of Health and Social Care, the improvement plan: right support, right place, right time, and much more besides that",
			"Department for Education and Department of Health and Social Care, the improvement plan: right support, right place, right time"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := spokenSource(c.source); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
