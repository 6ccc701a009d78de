package themes

import (
	"errors"
	"slices"
	"testing"

	"collate/index"
)

// codeBlind codes the first n passages of the sample as the gold does, but for every skip-th theme of a passage.
func codeBlind(t *testing.T, a *Analysis, gold map[string]GoldCoding, n, skip int, coder string) {
	t.Helper()
	r, err := a.Review(t.Context(), ReviewOptions{Blind: coder, Limit: n})
	if err != nil {
		t.Fatal(err)
	}
	var decisions []index.Decision
	k := 0
	for _, p := range r.Passages {
		for _, theme := range p.Themes {
			if theme.Tagged || theme.Because != "" || theme.Probability != 0 {
				t.Errorf("%s gives away %+v", p.ID, theme)
			}
			k++
			yes := slices.Contains(gold[p.ID].Themes, theme.Theme) != (skip > 0 && k%skip == 0)
			code := blindCode{tagged: yes}
			decisions = append(decisions, index.Decision{Kind: index.ByPerson, Coder: coder, Act: index.ActBlind, Subject: p.ID, Theme: theme.Theme, Value: code.value()})
		}
	}
	if err := a.Decide(t.Context(), decisions); err != nil {
		t.Fatal(err)
	}
}

func TestMeasurement(t *testing.T) {
	ctx := t.Context()
	a, gold := exampleAnalysis(t)
	if _, err := a.Measure(ctx, "", 1); !errors.Is(err, ErrNoSample) {
		t.Errorf("without a sample: %v", err)
	}
	first, err := a.DrawMeasured(ctx, 0, 7, "Ann")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := a.DrawMeasured(ctx, 0, 0, "Ann"); err != nil || again.Passages != LeastMeasured || again.Added != 0 || again.Seed != first.Seed {
		t.Errorf("drawn again: %+v, %v; before %+v", again, err, first)
	}
	if _, err := a.Measure(ctx, "", 1); !errors.Is(err, ErrNotCoded) {
		t.Errorf("before anybody coded: %v", err)
	}
	codeBlind(t, a, gold, 0, 0, "Ann")
	m, err := a.Measure(ctx, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	if m.Coder != "Ann" || m.Passages != LeastMeasured || m.Human != nil || len(m.Split) != m.Members || m.Micro.F1 < 0.5 || m.Micro.F1 >= 1 {
		t.Errorf("coded by one: %+v", m)
	}
	pairs := 0
	for _, r := range m.Reliable {
		pairs += r.Pairs
	}
	if want := LeastMeasured * len(a.Codebook.Themes); pairs != want {
		t.Errorf("the probabilities of %d passages and themes are compared, want %d", pairs, want)
	}
	if f := m.MemberF1; !(f.Low <= f.Value && f.Value <= f.High && f.Low < f.High) {
		t.Errorf("the mean over members is %+v", f)
	}
	if m.Bar != (m.PassageF1.Value >= BarF1) {
		t.Errorf("a mean F1 of %.2f, and i.AI's bar reached: %t", m.PassageF1.Value, m.Bar)
	}

	// What Ann decides openly on the very same passages must not help the tool in being measured on them.
	var decisions []index.Decision
	for _, id := range sampleOf(t, a) {
		for _, theme := range a.Codebook.Themes {
			x := ReviewAnswer{Passage: id, Coder: "Ann"}
			decisions = append(decisions, x.decide(theme.ID, slices.Contains(gold[id].Themes, theme.ID), "")...)
		}
	}
	if err := a.Decide(ctx, decisions); err != nil {
		t.Fatal(err)
	}
	known, err := a.Measure(ctx, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	if known.Reviewed != 0 || known.Micro != m.Micro {
		t.Errorf("after open decisions on the sample: %d reviewed, F1 %.3f; before %.3f", known.Reviewed, known.Micro.F1, m.Micro.F1)
	}

	codeBlind(t, a, gold, LeastDouble, 12, "Bob")
	if m, err = a.Measure(ctx, "Ann", 1); err != nil {
		t.Fatal(err)
	}
	if h := m.Human; h == nil || h.Passages != LeastDouble || h.Kappa.Value < 0.3 || h.Kappa.Value > 0.9 || h.PassageF1 >= 1 {
		t.Errorf("with a second person who differs now and then: %+v", h)
	}
}

// sampleOf are the passages of the sample.
func sampleOf(t *testing.T, a *Analysis) []string {
	t.Helper()
	b, err := a.showing(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d, err := a.doubleCoding(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range d.sample {
		out = append(out, p.ID)
	}
	return out
}
