package index

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"collate/index/extract"
)

// testOptions has a clock that stands still and a reader for files of the lines "kind: text".
func testOptions(t *testing.T) Options {
	return Options{
		Now:      func() time.Time { return time.Date(2023, 5, 19, 12, 0, 0, 0, time.UTC) },
		CacheDir: t.TempDir(),
		Read:     readLines,
	}
}

func readLines(_ context.Context, _ string, data []byte) (*extract.Document, error) {
	if strings.HasPrefix(string(data), "scan") {
		return nil, extract.ErrScanned
	}
	var blocks []laidBlock
	var parts []extract.Part
	for _, line := range strings.Split(string(data), "\n") {
		kind, text, _ := strings.Cut(line, ": ")
		if kind == "attached" {
			parts = append(parts, extract.Part{Name: "a.docx", Bytes: []byte(text)})
			continue
		}
		blocks = append(blocks, block(extract.Kind(kind), text))
	}
	doc := laid(blocks...)
	doc.Parts = parts
	return doc, nil
}

func newTestConsultation(t *testing.T) *Consultation {
	t.Helper()
	c, err := Create(t.Context(), filepath.Join(t.TempDir(), "test 100%?.collate"), testOptions(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func TestRecordLeavesOneFile(t *testing.T) {
	c := newTestConsultation(t)
	if _, err := c.Add(t.Context(), "a.txt", []byte("paragraph: We wait.")); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(filepath.Dir(c.Path())); err != nil || len(files) != 1 {
		t.Errorf("beside the closed record lie %v, %v", files, err)
	}
	again, err := Open(t.Context(), c.Path(), testOptions(t))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	s, err := again.Snapshot(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Passages) != 1 || s.Text(s.Passages[0]) != "We wait." {
		t.Errorf("after opening again there are %d passages", len(s.Passages))
	}
}

func TestOpenRefusesWhatIsNoRecord(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.collate")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a record ", 20)), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, "foreign.collate")
	exec(t, foreign, `CREATE TABLE x (y)`)
	newer := filepath.Join(dir, "newer.collate")
	c, err := Create(t.Context(), newer, testOptions(t))
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	exec(t, newer, `PRAGMA user_version = 99`)
	tests := []struct {
		path string
		want error
	}{{filepath.Join(dir, "none.collate"), ErrMissing}, {text, ErrNotRecord}, {foreign, ErrNotRecord}, {newer, ErrNewer}, {dir, ErrNotRecord}}
	for _, tt := range tests {
		if _, err := Open(t.Context(), tt.path, testOptions(t)); !errors.Is(err, tt.want) {
			t.Errorf("Open(%s) = %v, want %v", filepath.Base(tt.path), err, tt.want)
		}
	}
	if _, err := Create(t.Context(), text, testOptions(t)); !errors.Is(err, ErrExists) {
		t.Errorf("Create over a file = %v, want ErrExists", err)
	}
}

func exec(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func TestDecisionsAreOnlyAppended(t *testing.T) {
	c := newTestConsultation(t)
	d := []Decision{{Kind: ByRule, Coder: "rules", Act: ActTheme, Subject: "P1", Theme: "timelines", Value: "yes", Because: "because: weeks"}, {Kind: ByPerson, Coder: "Ann", Act: ActTheme, Subject: "P1", Theme: "timelines", Value: "no"}}
	if err := c.Decide(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{`UPDATE decision SET value = 'yes'`, `DELETE FROM decision`} {
		if _, err := c.record.write.Exec(statement); err == nil {
			t.Errorf("%s was let through", statement)
		}
	}
	var got []string
	if err := c.Decisions(t.Context(), func(d *Decision) error { got = append(got, d.Coder+" "+d.Value); return nil }); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"rules yes", "Ann no"}, got); d != "" {
		t.Error(d)
	}
	if _, err := c.record.write.Exec(`DROP TRIGGER decision_is_final; UPDATE decision SET value = 'yes' WHERE coder = 'Ann'`); err != nil {
		t.Fatal(err)
	}
	if err := c.Decisions(t.Context(), func(*Decision) error { return nil }); !errors.Is(err, ErrChain) {
		t.Errorf("a changed decision gave %v, want ErrChain", err)
	}
}

func TestAddFolder(t *testing.T) {
	folder := fstest.MapFS{
		"members.csv":                     {Data: []byte("name\nAshdown Autism Trust\n")},
		"submissions/Ashdown Trust/a.txt": {Data: []byte("paragraph: " + waiting(40))},
		"submissions/b.txt":               {Data: []byte("heading: Response from Coastal Families Group\nparagraph: " + waiting(35))},
		"submissions/copy of b.txt":       {Data: []byte("heading: Response from Coastal Families Group\nparagraph: " + waiting(35))},
		"submissions/scan.pdf":            {Data: []byte("scan")},
		"submissions/~$b.docx":            {Data: []byte("lock")},
		"submissions/mail.txt":            {Data: []byte("heading: Response from Northmoor Parents Forum\nattached: paragraph: See this.")},
	}
	c := newTestConsultation(t)
	for run, want := range []string{
		"Ashdown Trust/a.txt 1, b.txt 1, copy of b.txt =b.txt, mail.txt 1 + mail.txt › a.docx 1, scan.pdf !scanned",
		"Ashdown Trust/a.txt known, b.txt known, copy of b.txt known, mail.txt known, scan.pdf known",
	} {
		outcomes, err := c.AddFolder(t.Context(), folder, 2)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, o := range outcomes {
			said := outcomeText(o)
			for _, p := range o.Parts {
				said += " + " + outcomeText(p)
			}
			got = append(got, said)
		}
		if d := cmp.Diff(want, strings.Join(got, ", ")); d != "" {
			t.Errorf("run %d: %s", run+1, d)
		}
	}
	s, err := c.Snapshot(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Submissions) != 6 || len(s.Passages) != 4 {
		t.Errorf("%d submissions and %d passages, want 6 and 4", len(s.Submissions), len(s.Passages))
	}
	for _, sub := range s.Submissions {
		if sub.Name == "mail.txt › a.docx" && sub.Member != "Northmoor Parents Forum" {
			t.Errorf("the attachment is %q's", sub.Member)
		}
	}
}

func outcomeText(o Outcome) string {
	switch {
	case o.Known:
		return o.Name + " known"
	case o.Failure != "":
		return o.Name + " !" + o.Failure
	case o.SameAs != "":
		return o.Name + " =" + o.SameAs
	}
	return o.Name + " " + string(rune('0'+o.Passages))
}

func TestAddFolderStopsAndGoesOn(t *testing.T) {
	folder := fstest.MapFS{}
	for _, name := range []string{"a", "b", "c", "d"} {
		folder[name+".txt"] = &fstest.MapFile{Data: []byte("paragraph: " + name + " " + waiting(40))}
	}
	opt := testOptions(t)
	ctx, cancel := context.WithCancel(t.Context())
	opt.Progress = func(done, _ int, _ string) {
		if done == 2 {
			cancel()
		}
	}
	c, err := Create(t.Context(), filepath.Join(t.TempDir(), "x.collate"), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.AddFolder(ctx, folder, 2); !errors.Is(err, context.Canceled) {
		t.Fatalf("AddFolder = %v, want Canceled", err)
	}
	outcomes, err := c.AddFolder(t.Context(), folder, 2)
	if err != nil {
		t.Fatal(err)
	}
	known := 0
	for _, o := range outcomes {
		if o.Known {
			known++
		}
	}
	if known != 2 || len(outcomes) != 4 {
		t.Errorf("%d of %d were known, want 2 of 4", known, len(outcomes))
	}
}

func TestLaterVersionSupersedes(t *testing.T) {
	c := newTestConsultation(t)
	old := "heading: Response from Ashdown Trust\nparagraph: " + waiting(90)
	for name, text := range map[string]string{"response.txt": old, "response REVISED v2.txt": old + "\nparagraph: One thing more."} {
		if _, err := c.Add(t.Context(), name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	s, err := c.Snapshot(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, sub := range s.Submissions {
		if got, want := sub.Excluded != "", sub.Name == "response.txt"; got != want {
			t.Errorf("%s: excluded %q", sub.Name, sub.Excluded)
		}
	}
}

func TestOrganisationsOfASurveyAreMembers(t *testing.T) {
	c := newTestConsultation(t)
	ctx := t.Context()
	opt := c.opt
	opt.Read = extract.File
	c.opt = opt
	if err := c.SetMembers(ctx, []Member{{Name: "Riverside Forum", Aliases: []string{"Riverside"}, Listed: true}}); err != nil {
		t.Fatal(err)
	}
	const survey = "Response ID,Name of organisation,What do you think of the timetable of the plan?\n" +
		"1,Riverside,We think that it is far too slow for the children who are waiting.\n2,Sundial Trust,We think that it is about right and should be kept.\n" +
		"3,Riverside,We also think that the waiting has to stop this year.\n4,Café Inclusion,We do not know what to think of any timetable at all.\n"
	if _, err := c.Add(ctx, "survey.csv", []byte(survey)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Snapshot(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, p := range s.Passages {
		got[s.Submission(p).Member]++
	}
	if d := cmp.Diff(map[string]int{"Riverside Forum": 2, "Sundial Trust": 1, "Café Inclusion": 1}, got); d != "" {
		t.Error(d)
	}
	if len(s.Members) != 3 {
		t.Errorf("%d members, want 3: %+v", len(s.Members), s.Members)
	}
}

func TestAnEarlierVersionPutBackCounts(t *testing.T) {
	c := newTestConsultation(t)
	first, second := []byte("paragraph: "+waiting(30)), []byte("paragraph: "+waiting(40))
	for i, step := range []struct {
		data []byte
		want int // words of the passage that counts
	}{{first, 30}, {second, 40}, {first, 30}, {[]byte("scan"), 30}, {second, 40}} {
		if _, err := c.AddFolder(t.Context(), fstest.MapFS{"a.txt": {Data: step.data}}, 1); err != nil {
			t.Fatal(err)
		}
		s, err := c.Snapshot(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Passages) != 1 || s.Passages[0].Words != step.want {
			t.Errorf("step %d: %d passages, want one of %d words", i+1, len(s.Passages), step.want)
		}
	}
}

func TestConsentFollowsWordsAndNames(t *testing.T) {
	c := newTestConsultation(t)
	ctx := t.Context()
	old := "answer: secret words\nanswer: other words"
	if _, err := c.Add(ctx, "Zeta Trust/a.txt", []byte(old)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Snapshot(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(c.SetConsent(ctx, s.Passages[0].ID, Confidential, "Ann"), c.SetConsent(ctx, "Zeta Trust", Anonymous, "Ann"), c.SetConsent(ctx, s.Passages[1].ID, Confidential, "Ann")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Add(ctx, "Zeta Trust/a.txt", []byte("answer: secret words\nanswer: changed words")); err != nil {
		t.Fatal(err)
	}
	if err := c.SetMembers(ctx, []Member{{Name: "Zeta Family Trust", Aliases: []string{"Zeta Trust"}, Listed: true}}); err != nil {
		t.Fatal(err)
	}
	if s, err = c.Snapshot(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if a, b := s.Consent(s.Passages[0]), s.Consent(s.Passages[1]); a != Confidential || b != Anonymous || len(s.LooseConsents()) != 1 {
		t.Errorf("consents %s and %s, %d loose; want confidential, anonymous and 1", a, b, len(s.LooseConsents()))
	}
}

func TestChangedTextIsNoticed(t *testing.T) {
	c := newTestConsultation(t)
	if _, err := c.Add(t.Context(), "a.txt", []byte("paragraph: We support it.")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.record.write.Exec(`UPDATE original SET text = replace(text, 'support', 'suppost')`); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Snapshot(t.Context(), nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("Snapshot of a changed text = %v, want ErrDamaged", err)
	}
}

func TestListingMembersAgainGuessesAgain(t *testing.T) {
	c := newTestConsultation(t)
	ctx := t.Context()
	for name, text := range map[string]string{"aat.txt": "paragraph: " + waiting(30), "b.txt": "paragraph: " + waiting(40)} {
		if _, err := c.Add(ctx, name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(c.SetMember(ctx, "b.txt", "Beta", "Ann"), c.SetMembers(ctx, []Member{{Name: "Ashdown", Short: "AAT", Listed: true}, {Name: "Misspelt", Listed: true}}),
		c.SetMembers(ctx, []Member{{Name: "Ashdown Trust", Short: "AAT", Listed: true}})); err != nil {
		t.Fatal(err)
	}
	s, err := c.Snapshot(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, sub := range s.Submissions {
		got = append(got, sub.Name+" "+sub.Member)
	}
	for _, m := range s.Members {
		got = append(got, m.Name)
	}
	if d := cmp.Diff([]string{"aat.txt Ashdown Trust", "b.txt Beta", "Ashdown Trust", "Beta"}, got); d != "" {
		t.Error(d)
	}
}

func TestPersonDecidesMemberAndConsent(t *testing.T) {
	c := newTestConsultation(t)
	ctx := t.Context()
	if _, err := c.Add(ctx, "a.txt", []byte("paragraph: This is given in confidence. "+waiting(30))); err != nil {
		t.Fatal(err)
	}
	before, err := c.Snapshot(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := before.Submissions[0].Consent; got != Confidential {
		t.Errorf("consent is %q before anybody decided, want confidential", got)
	}
	if err := errors.Join(c.SetMember(ctx, "a.txt", "Harbour Support", "Ann"), c.SetConsent(ctx, "a.txt", Anonymous, "Ann")); err != nil {
		t.Fatal(err)
	}
	after, err := c.Snapshot(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	sub := after.Submissions[0]
	if sub.Member != "Harbour Support" || sub.Reason != "set by Ann" || sub.Consent != Anonymous || len(after.Members) != 1 {
		t.Errorf("after deciding: %q, %q, %q, %d members", sub.Member, sub.Reason, sub.Consent, len(after.Members))
	}
	if err := c.SetMember(ctx, "b.txt", "X", "Ann"); !errors.Is(err, ErrNoSubmission) {
		t.Errorf("SetMember of nothing = %v", err)
	}
}

func TestSearchFollowsTheRecord(t *testing.T) {
	c := newTestConsultation(t)
	ctx := t.Context()
	count := func(query string) int {
		t.Helper()
		s, err := c.Snapshot(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		q, err := ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		a, err := c.Search(ctx, s, q, SearchOptions{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		return a.Passages
	}
	add := func(name, text string) {
		t.Helper()
		if _, err := c.Add(ctx, name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	add("a.txt", "paragraph: Children are waiting.")
	if got := count("wait"); got != 1 {
		t.Errorf("found %d, want 1", got)
	}
	add("b.txt", "paragraph: They waited for years.")
	if got := count("wait"); got != 2 {
		t.Errorf("after adding found %d, want 2", got)
	}
	if err := c.cache.Close(); err != nil {
		t.Fatal(err)
	}
	c.cache = nil
	if err := os.RemoveAll(c.opt.CacheDir); err != nil {
		t.Fatal(err)
	}
	if got := count("waiting -years"); got != 1 {
		t.Errorf("without its cache found %d, want 1", got)
	}
}
