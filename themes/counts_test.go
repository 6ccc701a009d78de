package themes

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index"
	"collate/themes/alike"
)

// drawScale draws a scale that Check accepts.
func drawScale(t *testing.T, r *rand.Rand) Scale {
	t.Helper()
	s := Scale{{Word: "word 0"}}
	for from := 0; len(s) < maxQuantifiers; {
		if from += r.IntN(40); from > 100 || r.IntN(12) == 0 {
			break
		}
		q := Quantifier{Word: fmt.Sprintf("word %d", len(s)), From: from, Above: from < 100 && r.IntN(2) == 0}
		if last := s[len(s)-1]; q.From == last.From && (!q.Above || last.Above) {
			continue
		}
		s = append(s, q)
	}
	if err := s.Check(); err != nil {
		t.Fatalf("%v: %v", s, err)
	}
	return s
}

// TestEveryScaleCoversEveryCountOnce draws scales: whatever people set, each count from 1 to n has exactly one word, and the word says a
// share that the count has.
func TestEveryScaleCoversEveryCountOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	scales := []Scale{DefaultScale()}
	for range 60 {
		scales = append(scales, drawScale(t, r))
	}
	for _, s := range scales {
		at := map[string]Quantifier{}
		for _, q := range s {
			at[q.Word] = q
		}
		for n := 1; n <= 500; n++ {
			next := 1
			for _, b := range s.Bounds(n) {
				if b.From != next || b.To < b.From {
					t.Fatalf("%v, n=%d: %v does not start at %d", s, n, b, next)
				}
				next = b.To + 1
				q := at[b.Word]
				if share := 100 * b.From; share < q.From*n || q.Above && share == q.From*n {
					t.Fatalf("%v, n=%d: %d of %d is called %q", s, n, b.From, n, b.Word)
				}
			}
			if next != n+1 {
				t.Fatalf("%v, n=%d: counts end at %d", s, n, next-1)
			}
		}
	}
}

func TestParseScale(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		s := drawScale(t, r)
		got, err := ParseScale(s.String())
		if err != nil {
			t.Fatalf("%v: %v", s, err)
		}
		if d := cmp.Diff(s, got); d != "" {
			t.Error(d)
		}
	}
	for _, tt := range []struct{ name, text, fault string }{
		{"nothing", "", "no word"},
		{"no per cent", "few, all 100", "no word"},
		{"a word for the per cent", "few some", "does not end in a per cent"},
		{"not from nought", "few 1, all 100", "from 0 %"},
		{"above nought", "few >0, all 100", "from 0 %"},
		{"falling", "few 0, most 75, half 50", "greater share"},
		{"the same share twice", "few 0, most 75, more 75", "greater share"},
		{"above comes before at", "few 0, most >75, more 75", "greater share"},
		{"twice the same word", "few 0, Few 50", "twice"},
		{"over a hundred", "few 0, all 101", "from 0 to 100"},
		{"above a hundred", "few 0, all >100", "from 0 to 100"},
		{"a long word", strings.Repeat("x", 41) + " 0", "no word for a scale"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := ParseScale(tt.text); err == nil || !strings.Contains(err.Error(), tt.fault) {
				t.Errorf("ParseScale(%q): %v, want something about %q", tt.text, err, tt.fault)
			}
		})
	}
}

func TestConsensusOutcomes(t *testing.T) {
	strict := DefaultConsensus()
	strict.Least, strict.Conditions = 1, 100
	for _, tt := range []struct {
		name    string
		rule    ConsensusRule
		sides   sides
		crossed int
		want    Outcome
	}{
		{"nobody", DefaultConsensus(), sides{}, 0, ThinEvidence},
		{"one too few", DefaultConsensus(), sides{support: 4}, 0, ThinEvidence},
		{"just enough", DefaultConsensus(), sides{support: 5}, 0, CommonGround},
		{"three quarters", DefaultConsensus(), sides{support: 6, oppose: 2}, 0, CommonGround},
		{"just under", DefaultConsensus(), sides{support: 73, oppose: 27}, 0, Divided},
		{"mixed ones are on no side", DefaultConsensus(), sides{support: 5, mixed: 2}, 0, Divided},
		{"half with conditions", DefaultConsensus(), sides{support: 3, conditions: 3}, 0, CommonGroundConditions},
		{"fewer with conditions", DefaultConsensus(), sides{support: 4, conditions: 3}, 0, CommonGround},
		{"against", DefaultConsensus(), sides{conditions: 1, oppose: 5}, 0, CommonGround},
		{"a red line", DefaultConsensus(), sides{support: 9, oppose: 1}, 1, Divided},
		{"red lines do not count", ConsensusRule{Share: 75, Least: 5, Conditions: 50}, sides{support: 9, oppose: 1}, 1, CommonGround},
		{"half without a position", DefaultConsensus(), sides{support: 6, notStated: 6}, 0, CommonGround},
		{"most without a position", DefaultConsensus(), sides{support: 6, notStated: 7}, 0, ThinEvidence},
		{"a rule that asks for no share", ConsensusRule{Share: 75, Least: 5, Conditions: 50}, sides{support: 6, notStated: 20}, 0, CommonGround},
		{"another rule", strict, sides{support: 1, conditions: 3}, 0, CommonGround},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, why := tt.rule.outcome(tt.sides, tt.crossed)
			if got != tt.want || why == "" {
				t.Errorf("outcome(%+v, %d) = %q, %q, want %q and why", tt.sides, tt.crossed, got, why, tt.want)
			}
		})
	}
}

// manyMembers are answers of n members, some in shared words, drawn with a seed.
func manyMembers(n int, r *rand.Rand) (members string, files [][2]string) {
	circulated := "We oppose the timetable of the plan, which is unfair to families in the north and to the small schools of the coast, and ask for a new one."
	says := []string{
		circulated,
		circulated + " Our own village has two such schools.",
		"We support the timetable.",
		"We support the timetable, provided that it is kept and paid for by somebody.",
		"We strongly support national standards because every child deserves the same help, wherever it lives and whatever school it goes to, now and later.",
		"We oppose the timetable and reject the delay. We support national standards.",
		"Children wait.",
		"Nothing of note.",
	}
	for i := range n {
		name := fmt.Sprintf("Member %c%d", 'A'+i%26, i)
		members += name + ",,charity,," + []string{"", "", "", "anonymous", "confidential"}[r.IntN(5)] + "\n"
		text := ""
		for range 1 + r.IntN(3) {
			text += says[r.IntN(len(says))] + "\n"
		}
		if r.IntN(10) > 0 {
			files = append(files, [2]string{name + "/a.txt", fmt.Sprintf("%sWritten by hand number %d.", text, i)})
		}
	}
	return members, files
}

// decideAtRandom lets Ann decide some positions, sign-offs, red lines and codings.
func decideAtRandom(t *testing.T, a *Analysis, r *rand.Rand) {
	t.Helper()
	ctx := t.Context()
	s, err := a.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	by := Who{Coder: "Ann"}
	for _, m := range s.Members {
		var err error
		switch r.IntN(6) {
		case 0:
			err = a.DecidePosition(ctx, m.Name, "timelines", PositionDecision{Stance: tookStances[r.IntN(4)], Text: "As they told us.", Coder: "Ann"})
		case 1:
			err = a.SignOff(ctx, m.Name, "timelines", SignOffStates[r.IntN(4)], "with a note", by)
		case 2:
			err = a.SetRedLine(ctx, m.Name, "timelines", "not without money", by)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range s.Passages {
		if r.IntN(4) == 0 {
			if err := a.DecidePassage(ctx, PassageDecision{Passage: p.ID, Theme: "standards", Tagged: r.IntN(3) > 0, Stance: tookStances[r.IntN(4)], Coder: "Ann"}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestCountsPartitionTheMembers draws consultations and decisions: on every theme each member that answered stands in one place exactly,
// and what is counted inside the counts adds up.
func TestCountsPartitionTheMembers(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 7))
		members, files := manyMembers(8+r.IntN(12), r)
		a := testAnalysis(t, members, files)
		if seed%2 == 1 {
			if err := a.AddTemplate(t.Context(), alike.Template{Name: "letter", Text: "We oppose the timetable of the plan, which is unfair to families in the north and to the small schools of the coast, and ask for a new one."}, Who{Coder: "Ann"}); err != nil {
				t.Fatal(err)
			}
		}
		decideAtRandom(t, a, r)
		rep := testReport(t, a)
		for _, theme := range rep.Themes {
			checkCounts(t, fmt.Sprintf("seed %d, %s", seed, theme.ID), rep, &theme.Joint)
		}
	}
}

func checkCounts(t *testing.T, at string, r *Report, j *JointPosition) {
	t.Helper()
	seen, all := map[string]int{}, 0
	for _, s := range Stances {
		for _, name := range j.Names[s] {
			seen[name]++
			all++
		}
		if j.Confirmed[s] < 0 || j.Confirmed[s] > len(j.Names[s]) {
			t.Errorf("%s: %d of %d %q are confirmed", at, j.Confirmed[s], len(j.Names[s]), s)
		}
	}
	if all != r.Counts.Members || len(seen) != all || len(j.Names) > len(Stances) {
		t.Errorf("%s: %d names, %d of them different, of %d members: %v", at, all, len(seen), r.Counts.Members, j.Names)
	}
	if j.Addressed != all-len(j.Names[Silent]) || j.Took != j.Addressed-len(j.Names[NotStated]) {
		t.Errorf("%s: %d addressed it and %d took a position, of %v", at, j.Addressed, j.Took, j.Names)
	}
	took := 0
	for _, row := range j.Shared.Rows {
		took += row.Responses
		if row.Own+row.Shared+row.Template != row.Responses || row.Responses != len(j.Names[row.Stance]) {
			t.Errorf("%s: %+v does not add up to %d", at, row, len(j.Names[row.Stance]))
		}
		if row.Texts < row.Own || row.Texts > row.Own+row.Shared || (row.Shared > 0) != (row.Texts > row.Own) {
			t.Errorf("%s: %+v counts texts wrongly", at, row)
		}
	}
	if took != j.Took {
		t.Errorf("%s: the counts of shared text add up to %d, not %d", at, took, j.Took)
	}
	if n := j.Signed; n.Agreed+n.AgreedWithNote+n.NotYet+n.Dissents != r.Counts.Asked || len(j.SignOffs) != r.Counts.Asked {
		t.Errorf("%s: sign-offs %+v of %d members", at, n, r.Counts.Asked)
	}
}

// TestOrderOfAddingNeverChangesTheReport adds the same submissions in many orders and decides the same: every report is the same to
// the last field.
func TestOrderOfAddingNeverChangesTheReport(t *testing.T) {
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 11))
		members, files := manyMembers(10, r)
		var first *Report
		for range 4 {
			a := testAnalysis(t, members, files)
			if err := a.AddTemplate(t.Context(), alike.Template{Name: "letter", Text: "We oppose the timetable of the plan, which is unfair to families in the north and to the small schools of the coast, and ask for a new one."}, Who{Coder: "Ann"}); err != nil {
				t.Fatal(err)
			}
			decideAtRandom(t, a, rand.New(rand.NewPCG(seed, 13)))
			got := testReport(t, a)
			if first == nil {
				first = got
			}
			if d := cmp.Diff(first, got); d != "" {
				t.Fatalf("seed %d: %s", seed, d)
			}
			r.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		}
	}
}

// TestOutsideWordingNamesNoDissent draws consultations: whoever does not share a joint position, or is not to be named, is not named in
// what goes out, whatever line a person wrote.
func TestOutsideWordingNamesNoDissent(t *testing.T) {
	kept, stopped := 0, 0
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 17))
		members, files := manyMembers(12, r)
		a := testAnalysis(t, members, files)
		decideAtRandom(t, a, r)
		s, err := a.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range s.Members {
			if err := a.EditJoint(t.Context(), "timelines", "All stand together, not only the "+m.Name+"s.", Who{Coder: "Ann"}); err != nil {
				t.Fatal(err)
			}
			out := testReport(t, a).theme("timelines").Joint
			text := out.Outside.Line + " " + out.Outside.Dissent
			if !strings.Contains(text, m.Name) {
				stopped++
				continue
			}
			kept++
			for stance, names := range out.Names {
				apart := stance == Mixed || out.Side != Oppose && stance == Oppose || out.Side != Support && (stance == Support || stance == Conditions)
				if apart && slices.Contains(names, m.Name) {
					t.Errorf("seed %d: %q names %s, which stands at %q", seed, text, m.Name, stance)
				}
			}
			for _, x := range out.SignOffs {
				if x.Member == m.Name && x.State == Dissents {
					t.Errorf("seed %d: %q names %s, which dissents", seed, text, m.Name)
				}
			}
			if m.Consent != index.Attributable {
				t.Errorf("seed %d: %q names %s, which is %s", seed, text, m.Name, m.Consent)
			}
		}
	}
	if kept == 0 || stopped == 0 {
		t.Errorf("%d lines went out and %d were stopped: the test needs both", kept, stopped)
	}
}
