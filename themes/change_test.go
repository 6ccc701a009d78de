package themes

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"collate/index"
)

// TestTheRecordKnowsWhatItWas takes a report after each of many steps and reads it again from the record as it stands at the end.
func TestTheRecordKnowsWhatItWas(t *testing.T) {
	now := time.Date(2023, 5, 19, 12, 0, 0, 0, time.UTC)
	a := timedAnalysis(t, &now)
	ctx := t.Context()
	steps := []func() error{
		func() error { _, err := a.Add(ctx, "Alpha/a.txt", []byte(threeMembers[0][1])); return err },
		func() error { _, err := a.Tag(ctx); return err },
		func() error { _, err := a.Add(ctx, "Beta/b.txt", []byte(threeMembers[1][1])); return err },
		func() error { _, err := a.Tag(ctx); return err },
		func() error {
			return a.DecidePosition(ctx, "Alpha", "timelines", PositionDecision{Stance: Mixed, Text: "Both ways.", Coder: "Ann"})
		},
		func() error { return a.SetScale(ctx, "some 0, all 100", Who{Coder: "Ann"}) },
		func() error { return a.SetConsent(ctx, "Beta", index.Anonymous, "Ann") },
		func() error { _, err := a.Add(ctx, "Alpha/a.txt", []byte("We support the timetable.")); return err },
		func() error { _, err := a.Tag(ctx); return err },
		func() error { return a.SetUse(ctx, "Beta/b.txt", index.UseLeaveOut, "", "Ben") },
		func() error { return a.SetConsent(ctx, "Beta", index.Attributable, "Ann") },
		func() error {
			return a.SetCodebook(ctx, "two.yaml", []byte("themes:\n  - {id: timelines, name: Pace, any: [timetable]}\n"), "Ann")
		},
	}
	var reports []*Report
	var versions []Version
	for i, step := range steps {
		now = now.Add(time.Hour)
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
		v, err := a.version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		v.At = now
		reports, versions = append(reports, testReport(t, a)), append(versions, v)
	}
	for i, v := range versions {
		past, err := a.at(ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		got, err := past.Report(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(reports[i], got); d != "" {
			t.Errorf("after step %d: %s", i, d)
		}
	}
}

func TestVersionSince(t *testing.T) {
	now := time.Date(2023, 5, 19, 12, 0, 0, 0, time.UTC)
	a := timedAnalysis(t, &now) // decision 1
	now = now.Add(24 * time.Hour)
	if err := a.SetScale(t.Context(), "some 0, all 100", Who{Coder: "Ann"}); err != nil { // decision 2
		t.Fatal(err)
	}
	for _, tt := range []struct {
		typed    string
		decision int64
		at       string
		fault    bool
	}{
		{"2023-05-19", 0, "2023-05-18 23:59:59", false},
		{"2023-05-20", 1, "2023-05-19 23:59:59", false},
		{"2023-05-20 12:00", 1, "2023-05-20 11:59:59", false},
		{"2023-05-20T14:00:01+02:00", 2, "2023-05-20 12:00:00", false},
		{" #1 ", 1, "2023-05-19 12:00:00", false},
		{"2", 2, "2023-05-20 12:00:00", false},
		{"3", 0, "", true},
		{"last week", 0, "", true},
		{"", 0, "", true},
	} {
		t.Run(tt.typed, func(t *testing.T) {
			v, err := a.VersionSince(t.Context(), tt.typed)
			if (err != nil) != tt.fault || err == nil && (v.Decision != tt.decision || v.At.Format(time.DateTime) != tt.at) {
				t.Errorf("VersionSince(%q) = %v, %v, want %d, %s", tt.typed, v, err, tt.decision, tt.at)
			}
		})
	}
}

func TestMoved(t *testing.T) {
	for _, tt := range []struct {
		was, is Stance
		want    Movement
	}{
		{Oppose, Support, MovedTowards}, {Support, Conditions, MovedAway}, {Mixed, Mixed, MovedNot}, {Silent, Oppose, MovedSpeaks},
		{Support, NotStated, MovedStops}, {NotStated, Silent, MovedUnclear},
	} {
		if got := moved(tt.was, tt.is); got != tt.want {
			t.Errorf("moved(%q, %q) = %q, want %q", tt.was, tt.is, got, tt.want)
		}
	}
}

// TestCompareLinksNobodyHidden compares two consultations in each of which another member is not to be named.
func TestCompareLinksNobodyHidden(t *testing.T) {
	a := testAnalysis(t, "Alpha,,,,anonymous\nBeta,,,Beta Union\nGamma\n", threeMembers)
	b := testAnalysis(t, "Alpha\nThe Beta Union\nGamma,,,,confidential\n", [][2]string{
		{"Alpha/a.txt", "We support the timetable."}, {"The Beta Union/b.txt", "We oppose the timetable, all of us."}, {"Gamma/c.txt", "We oppose the timetable."},
	})
	c, err := Compare(t.Context(), a, b)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, m := range c.Members {
		line := fmt.Sprint(m.InA, m.InB)
		for _, p := range m.Themes {
			line += fmt.Sprintf(" %s: %s to %s", p.ThemeID, p.A, p.B)
		}
		got[m.Member] = line
	}
	want := map[string]string{
		"Alpha":          "false true",
		"Gamma":          "true false",
		"The Beta Union": "true true timelines: conditions to oppose",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(c.Notes) != 1 {
		t.Errorf("notes %q, want the one on members that are not to be named", c.Notes)
	}
}
