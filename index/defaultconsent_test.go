package index

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestDefaultConsent sets the default: it holds for whoever nothing stricter is said of, and loosens nothing.
func TestDefaultConsent(t *testing.T) {
	ctx := t.Context()
	c, err := Create(ctx, filepath.Join(t.TempDir(), "c.collate"), Options{Now: time.Now, CacheDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.SetMembers(ctx, []Member{{Name: "Free Trust"}, {Name: "Said Union"}, {Name: "Strict Group", Consent: Confidential}}); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"Free Trust/a.txt": "We wait.", "Said Union/b.txt": "We wait too.", "Strict Group/c.txt": "We wait as well."} {
		if _, err := c.Add(ctx, name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.SetConsent(ctx, "Said Union", Attributable, "Ann"); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		set  Consent
		want map[string]Consent
	}{
		{Anonymous, map[string]Consent{"Free Trust": Anonymous, "Said Union": Attributable, "Strict Group": Confidential}},
		{Confidential, map[string]Consent{"Free Trust": Confidential, "Said Union": Attributable, "Strict Group": Confidential}},
		{Attributable, map[string]Consent{"Free Trust": Attributable, "Said Union": Attributable, "Strict Group": Confidential}},
	} {
		t.Run(string(tt.set), func(t *testing.T) {
			if err := c.Decide(ctx, []Decision{{Kind: ByPerson, Coder: "Ann", Act: ActConsent, Value: string(tt.set)}}); err != nil {
				t.Fatal(err)
			}
			s, err := c.Snapshot(ctx, nil)
			if err != nil {
				t.Fatal(err)
			}
			members, passages := map[string]Consent{}, map[string]Consent{}
			for _, m := range s.Members {
				members[m.Name] = m.Consent
			}
			for _, p := range s.Passages {
				passages[s.Submission(p).Member] = s.Consent(p)
			}
			if d := cmp.Diff(tt.want, members); d != "" {
				t.Errorf("members: %s", d)
			}
			if d := cmp.Diff(tt.want, passages); d != "" {
				t.Errorf("passages: %s", d)
			}
			if s.DefaultConsent() != tt.set || len(s.LooseConsents()) > 0 {
				t.Errorf("the default is %q, loose %q", s.DefaultConsent(), s.LooseConsents())
			}
		})
	}
}
