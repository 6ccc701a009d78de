package themes

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"collate/index"
	"collate/themes/assistant"
)

// A fakeModel claims what it is told of a passage's words, and remembers what it was asked about.
type fakeModel struct {
	asked []string
	sent  strings.Builder
	claim func(id, words string) (claims []map[string]string, status int)
}

func (m *fakeModel) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var q struct {
		Messages []struct{ Content string }
	}
	var p struct{ ID, Words string }
	if json.NewDecoder(r.Body).Decode(&q) != nil || json.Unmarshal([]byte(q.Messages[1].Content), &p) != nil {
		w.WriteHeader(http.StatusTeapot)
		return
	}
	m.asked = append(m.asked, p.ID)
	m.sent.WriteString(q.Messages[0].Content + q.Messages[1].Content)
	claims, status := m.claim(p.ID, p.Words)
	if status != 0 {
		w.WriteHeader(status)
		return
	}
	text, _ := json.Marshal(map[string]any{"claims": append([]map[string]string{}, claims...)})
	json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]string{"content": string(text)}}}})
}

// clientOf asks the fake model.
func clientOf(t *testing.T, m *fakeModel) *assistant.Client {
	t.Helper()
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	e, err := assistant.Resolve(t.Context(), server.URL+"/v1", nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := assistant.New(e, assistant.Options{Model: "small", Tries: 1, Wait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func plan(t *testing.T, a *Analysis, again bool) *AssistPlan {
	t.Helper()
	p, err := a.PlanAssist(t.Context(), "small", 0, again)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// claimed is a claim with the same quote for theme and stance.
func claimed(id, theme, quote, stance string) map[string]string {
	return map[string]string{"passage": id, "theme": theme, "quote": quote, "stance": stance, "stance_quote": quote}
}

// TestOnlyOpenPassagesAreSent looks in everything that was sent for words and names that must stay here.
func TestOnlyOpenPassagesAreSent(t *testing.T) {
	a := testAnalysis(t, "Alpha\nBeta,,,,anonymous\nGamma,,,,confidential\nDelta\n", [][2]string{
		{"Alpha/a.txt", "We oppose the timetable.\nWe agree with Beta in this matter."},
		{"Beta/b.txt", "Anonymous words on the timetable."},
		{"Gamma/c.txt", "Confidential words on the timetable."},
		{"Delta/d.txt", "A word on the timetable."},
	})
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Passages { // a single passage of a member that is named elsewhere
		if strings.Contains(s.Text(p), "A word on") {
			if err := a.SetConsent(t.Context(), p.ID, index.Confidential, "Ann"); err != nil {
				t.Fatal(err)
			}
		}
	}
	m := &fakeModel{claim: func(string, string) ([]map[string]string, int) { return nil, 0 }}
	p := plan(t, a, false)
	if _, err := a.Assist(t.Context(), clientOf(t, m), p); err != nil {
		t.Fatal(err)
	}
	if len(m.asked) != 1 || len(p.Passages) != 1 || p.LeftOut != 4 || !strings.Contains(m.sent.String(), "We oppose the timetable") {
		t.Errorf("asked about %d, planned %+v", len(m.asked), p)
	}
	for _, secret := range []string{"Anonymous words", "Confidential words", "A word on", "Beta", "Gamma", "a.txt"} {
		if strings.Contains(m.sent.String(), secret) {
			t.Errorf("%q was sent", secret)
		}
	}
}

func TestModelSuggestsAndPeopleDecide(t *testing.T) {
	a := testAnalysis(t, "Alpha\nBeta\nGamma\n", threeMembers)
	decided, _ := codingOf(t, a, "Children wait", "ap")
	if err := a.DecidePassage(t.Context(), PassageDecision{Passage: decided, Theme: "ap", Tagged: false, Coder: "Ann"}); err != nil {
		t.Fatal(err)
	}
	m := &fakeModel{claim: func(id, words string) ([]map[string]string, int) {
		return []map[string]string{claimed(id, "ap", words, "oppose"), claimed(id, "ap", "words that nobody wrote", "support"), claimed("P0", "standards", words, "")}, 0
	}}
	c := clientOf(t, m)
	done, err := a.Assist(t.Context(), c, plan(t, a, false))
	if err != nil {
		t.Fatal(err)
	}
	if done.Answered != 5 || done.Proposals != 5 || done.Stances != 5 || done.Changed != 10 {
		t.Errorf("%+v", done)
	}
	if _, coding := codingOf(t, a, "Children wait", "ap"); coding.Tagged || coding.Coder != "Ann" {
		t.Errorf("over a person's decision: %+v", coding)
	}
	_, coding := codingOf(t, a, "Nothing else", "ap")
	if !coding.Tagged || coding.Confirmed || coding.Coder != "suggested (small)" || coding.Stance != Oppose || coding.Because != "because: “Nothing else.”" {
		t.Errorf("%+v", coding)
	}
	r := testReport(t, a)
	if !slices.ContainsFunc(r.Quotes, func(q Quote) bool {
		return q.Origin == "suggested (small)" && q.Words == "Nothing else." && cmp.Equal(q.Marks, []Span{{0, len(q.Words)}})
	}) {
		t.Errorf("no quote of the report says that the model suggested it: %+v", r.Quotes)
	}
	if !strings.Contains(strings.Join(r.Notes, "\n"), "made by rules and by the language model small") {
		t.Errorf("notes %q", r.Notes)
	}
	again, err := a.Assist(t.Context(), c, plan(t, a, true))
	if err != nil || again.Answered != 5 || again.Changed != 0 {
		t.Errorf("the same answers once more change %d suggestions (%v)", again.Changed, err)
	}
	m.claim = func(string, string) ([]map[string]string, int) { return nil, 0 }
	if back, err := a.Assist(t.Context(), c, plan(t, a, true)); err != nil || back.Changed != 5 {
		t.Errorf("it finds nothing any more: %+v, %v", back, err)
	}
	if _, coding := codingOf(t, a, "Nothing else", "ap"); coding.Tagged {
		t.Errorf("%+v", coding)
	}
}

// TestGoesOnWhereItStopped stops after the second answer, and has the server fail on one passage.
func TestGoesOnWhereItStopped(t *testing.T) {
	a := testAnalysis(t, "Alpha\nBeta\nGamma\n", threeMembers)
	ctx, stop := context.WithCancel(t.Context())
	m := &fakeModel{}
	m.claim = func(id, words string) ([]map[string]string, int) {
		if len(m.asked) == 3 {
			stop()
		}
		return []map[string]string{claimed(id, "ap", words, "")}, 0
	}
	c := clientOf(t, m)
	done, err := a.Assist(ctx, c, plan(t, a, false))
	if !errors.Is(err, context.Canceled) || done.Answered < 2 || done.Answered > 3 {
		t.Fatalf("%+v, %v", done, err)
	}
	first := slices.Clone(m.asked[:done.Answered])
	m.asked = nil
	m.claim = func(_, words string) ([]map[string]string, int) {
		if strings.Contains(words, "Children wait") {
			return nil, http.StatusServiceUnavailable
		}
		return nil, 0
	}
	if done, err = a.Assist(t.Context(), c, plan(t, a, false)); err != nil || done.Asked != len(first) || done.Unanswered != 1 || done.Answered != 4-len(first) {
		t.Errorf("%+v, %v", done, err)
	}
	if slices.ContainsFunc(m.asked, func(id string) bool { return slices.Contains(first, id) }) {
		t.Error("a passage was asked about again")
	}
	if left := plan(t, a, false); len(left.Passages) != 1 {
		t.Errorf("%d passages are left, want the one without an answer", len(left.Passages))
	}
	if err := a.SetCodebook(t.Context(), "themes.yaml", []byte(testCodebook+"  - {id: health, name: Health, any: [nhs]}\n"), "Ann"); err != nil {
		t.Fatal(err)
	}
	if left := plan(t, a, false); len(left.Passages) != 5 {
		t.Errorf("with another codebook %d passages are to be asked about, want all 5", len(left.Passages))
	}
}

func TestStopsWhenNothingIsAnswered(t *testing.T) {
	a := testAnalysis(t, "Alpha\nBeta\nGamma\n", threeMembers)
	m := &fakeModel{claim: func(string, string) ([]map[string]string, int) { return nil, http.StatusInternalServerError }}
	done, err := a.Assist(t.Context(), clientOf(t, m), plan(t, a, false))
	if !errors.Is(err, ErrNoAnswers) || done.Unanswered != mostUnanswered || len(m.asked) != mostUnanswered {
		t.Errorf("%+v, %v, asked %d times", done, err, len(m.asked))
	}
}

// TestModelStandsBesidePeople has a person code everything blind and a model asked about two passages: the model is compared on those, the
// rules and the tool as a whole on all.
func TestModelStandsBesidePeople(t *testing.T) {
	a := testAnalysis(t, "Alpha\nBeta\nGamma\n", threeMembers)
	if _, err := a.DrawSample(t.Context(), 5, 0, "Lead"); err != nil {
		t.Fatal(err)
	}
	sheet, err := a.BlindSheet(t.Context(), "Ann")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range sheet.Rows {
		d := index.Decision{Kind: index.ByPerson, Coder: "Ann", Act: index.ActBlind, Subject: row.Passage, Theme: "ap", Value: "yes: oppose"}
		if err := a.Decide(t.Context(), []index.Decision{d}); err != nil {
			t.Fatal(err)
		}
	}
	p, err := a.PlanAssist(t.Context(), "small", 2, false)
	if err != nil {
		t.Fatal(err)
	}
	m := &fakeModel{claim: func(id, words string) ([]map[string]string, int) {
		return []map[string]string{claimed(id, "ap", words, "oppose")}, 0
	}}
	if _, err := a.Assist(t.Context(), clientOf(t, m), p); err != nil {
		t.Fatal(err)
	}
	found, err := a.Agreement(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		Items int
		Same  float64
	}
	got := map[string]line{}
	for _, r := range found.Rows {
		if r.ThemeID == "ap" {
			got[r.Between[1]] = line{r.Items, r.Percent.Value}
		}
	}
	want := map[string]line{"the tool": {5, 0.4}, rules: {5, 0}, "suggested (small)": {2, 1}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
