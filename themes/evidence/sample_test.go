package evidence

import (
	"context"
	"io/fs"
	"path/filepath"
	"testing"
	"time"

	"collate/index"
	"collate/index/extract"
	"collate/samples"
	"collate/themes"
)

// sample is the example consultation, read and tagged, with nothing decided.
func sample(t *testing.T) *themes.Analysis {
	t.Helper()
	a := create(t)
	folder := samples.SendAPPlan()
	text, err := fs.ReadFile(folder, "themes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.SetCodebook(t.Context(), "themes.yaml", text, "Ann"); err != nil {
		t.Fatal(err)
	}
	list, err := fs.ReadFile(folder, "members.csv")
	if err != nil {
		t.Fatal(err)
	}
	members, err := index.ReadMembers(list)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.SetMembers(t.Context(), members); err != nil {
		t.Fatal(err)
	}
	if _, err := a.AddFolder(t.Context(), folder, 2); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Tag(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a
}

func create(t *testing.T) *themes.Analysis {
	t.Helper()
	dir := t.TempDir()
	now := func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) }
	a, err := themes.Create(t.Context(), filepath.Join(dir, "test.collate"), themes.Options{Tool: "collate test", Options: index.Options{Now: now, Read: read, CacheDir: dir}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func read(ctx context.Context, name string, data []byte) (*extract.Document, error) {
	return extract.File(ctx, name, data)
}

// sampleCall is the example's call for evidence as it is read.
func sampleCall(t *testing.T) *Call {
	t.Helper()
	data, err := fs.ReadFile(samples.SendAPPlan(), "call-for-evidence.html")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := extract.File(t.Context(), "call-for-evidence.html", data)
	if err != nil {
		t.Fatal(err)
	}
	return ReadCall(doc)
}

func gather(t *testing.T, a *themes.Analysis) *Material {
	t.Helper()
	m, err := Gather(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// confirm makes a person confirm every position as it is suggested, so that there is something to say outside.
func confirm(t *testing.T, a *themes.Analysis) {
	t.Helper()
	r, err := a.Report(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var all []themes.MemberPosition
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range r.Members {
		if s.Member(m.Label) == nil {
			continue
		}
		for _, p := range m.Positions {
			if p.Stance != themes.Silent && p.Stance != themes.NotStated {
				all = append(all, themes.MemberPosition{Member: m.Label, Theme: p.ThemeID, PositionDecision: themes.PositionDecision{Stance: p.Stance, Coder: "Ann"}})
			}
		}
	}
	if err := a.DecidePositions(t.Context(), all); err != nil {
		t.Fatal(err)
	}
}
