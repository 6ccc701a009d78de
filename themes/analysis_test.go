package themes

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"collate/index"
	"collate/index/extract"
)

const testCodebook = `consultation: The plan
themes:
  - {id: timelines, name: Timelines, any: ["timetable*", delay*, "wait"]}
  - {id: standards, name: National standards, any: ['"national standards"']}
  - {id: ap, name: Alternative provision, any: ['"alternative provision"']}
`

// readPlain reads a text as one paragraph a line; a line that begins with "# " is a heading above the rest.
func readPlain(_ context.Context, _ string, data []byte) (*extract.Document, error) {
	if len(data) == 0 {
		return nil, extract.ErrNoText
	}
	doc := &extract.Document{Format: "text"}
	var under []string
	for i, line := range strings.Split(string(data), "\n") {
		if i > 0 {
			doc.Text += extract.BlockSeparator
		}
		start := len(doc.Text)
		doc.Text += line
		if heading, ok := strings.CutPrefix(line, "# "); ok {
			under = append(under, heading)
			doc.Blocks = append(doc.Blocks, extract.Block{Kind: extract.Furniture, Start: start, End: len(doc.Text)})
			continue
		}
		doc.Blocks = append(doc.Blocks, extract.Block{Kind: extract.Paragraph, Start: start, End: len(doc.Text), Place: extract.Place{Headings: under, Paragraph: i + 1, Label: strconv.Itoa(i+1) + "."}})
	}
	return doc, nil
}

func testAnalysis(t testing.TB, members string, files [][2]string) *Analysis {
	t.Helper()
	ctx := t.Context()
	opt := Options{Tool: "collate test", Options: index.Options{
		Now: func() time.Time { return time.Date(2023, 5, 19, 12, 0, 0, 0, time.UTC) }, Read: readPlain, CacheDir: t.TempDir(),
	}}
	a, err := Create(ctx, filepath.Join(t.TempDir(), "test.collate"), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if err := a.SetCodebook(ctx, "themes.yaml", []byte(testCodebook), "Ann"); err != nil {
		t.Fatal(err)
	}
	list, err := index.ReadMembers([]byte("name,short,type,aliases,consent\n" + members))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.SetMembers(ctx, list); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, err := a.Add(ctx, f[0], []byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.Tag(ctx); err != nil {
		t.Fatal(err)
	}
	return a
}

func testReport(t testing.TB, a *Analysis) *Report {
	t.Helper()
	r, err := a.Report(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// standings says where each member stands on a theme.
func standingsOn(r *Report, theme string) map[string]Stance {
	out := map[string]Stance{}
	for _, m := range r.Members {
		for _, p := range m.Positions {
			if p.ThemeID == theme {
				out[m.Label] = p.Stance
			}
		}
	}
	return out
}

var threeMembers = [][2]string{
	{"Alpha/a.txt", "We oppose the timetable and reject the delay.\nWe support national standards."},
	{"Beta/b.txt", "We support the timetable, provided that it is kept.\nNothing else."},
	{"Gamma/c.txt", "Children wait."},
}

func TestReportCountsMembersOnce(t *testing.T) {
	r := testReport(t, testAnalysis(t, "Alpha\nBeta\nGamma\nDelta\n", threeMembers))
	want := map[string]Stance{"Alpha": Oppose, "Beta": Conditions, "Gamma": NotStated, "Delta": Silent}
	if d := cmp.Diff(want, standingsOn(r, "timelines")); d != "" {
		t.Error(d)
	}
	j := r.Themes[0].Joint
	if j.Addressed != 3 || len(j.Names[Silent]) != 0 || j.Outcome != ThinEvidence {
		t.Errorf("joint position %+v: want 3 addressed, none silent of those that answered, thin evidence", j)
	}
	if r.Counts.Asked != 4 || r.Counts.Members != 3 || r.Counts.Checked != 0 {
		t.Errorf("counts %+v", r.Counts)
	}
	for _, tr := range r.Themes {
		n := 0
		for _, names := range tr.Joint.Names {
			n += len(names)
		}
		if n != r.Counts.Members {
			t.Errorf("%s: %d members have a place, want %d", tr.Name, n, r.Counts.Members)
		}
	}
}

func TestQuotesAreTheMembersWords(t *testing.T) {
	a := testAnalysis(t, "Alpha\n", threeMembers)
	r := testReport(t, a)
	text := map[string]string{}
	for _, f := range threeMembers {
		text[strings.SplitN(f[0], "/", 2)[0]] = f[1]
	}
	if len(r.Quotes) != 4 {
		t.Errorf("%d quotes, want 4", len(r.Quotes))
	}
	for _, q := range r.Quotes {
		if !strings.Contains(text[q.Member], q.Words) || q.Words == "" {
			t.Errorf("%s did not write %q", q.Member, q.Words)
		}
		for _, m := range q.Marks {
			if m.Start < 0 || m.End > len(q.Words) || m.Start >= m.End {
				t.Errorf("mark %v lies outside %q", m, q.Words)
			}
		}
		if q.Because == "" {
			t.Errorf("%q is tagged without a reason", q.Words)
		}
	}
}

func TestTaggingAgainChangesNothing(t *testing.T) {
	a := testAnalysis(t, "", threeMembers)
	got, err := a.Tag(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(Tagging{Passages: 5, Tagged: 4, Codings: 4, Aim: Balanced}, got); d != "" {
		t.Errorf("tagging again: %s", d)
	}
}

func TestAPersonOutranksRules(t *testing.T) {
	a := testAnalysis(t, "", threeMembers)
	ctx := t.Context()
	var passage string
	for _, q := range testReport(t, a).Quotes {
		if q.Member == "Gamma" {
			passage = q.Passage
		}
	}
	if err := a.DecidePassage(ctx, PassageDecision{Passage: passage, Theme: "timelines", Tagged: true, Stance: Oppose, Coder: "Ann"}); err != nil {
		t.Fatal(err)
	}
	if err := a.DecidePosition(ctx, "Beta", "timelines", PositionDecision{Stance: Support, Text: "Beta backs it.", Coder: "Ann"}); err != nil {
		t.Fatal(err)
	}
	// Another codebook, another run of the rules: what Ann said stands.
	if err := a.SetCodebook(ctx, "themes.yaml", []byte(strings.ReplaceAll(testCodebook, `, "wait"`, "")), "Ann"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Tag(ctx); err != nil {
		t.Fatal(err)
	}
	r := testReport(t, a)
	if d := cmp.Diff(map[string]Stance{"Alpha": Oppose, "Beta": Support, "Gamma": Oppose}, standingsOn(r, "timelines")); d != "" {
		t.Error(d)
	}
	if r.Counts.Checked != 1 || !slices.Contains(r.Coders, "Ann") {
		t.Errorf("%d checked by %v, want 1 by Ann", r.Counts.Checked, r.Coders)
	}
	for query, want := range map[string]int{"checked:yes": 1, "checked:no": r.Counts.Passages - 1, "NOT checked:no": 1} {
		if found, err := a.Search(ctx, query, -1); err != nil || found.Passages != want {
			t.Errorf("%s finds %+v, %v, want %d passages", query, found, err, want)
		}
	}
	for _, m := range r.Members {
		if m.Label == "Beta" && (m.Positions[0].Line != "Beta backs it." || !m.Positions[0].Confirmed) {
			t.Errorf("Beta's line is %q, confirmed %v", m.Positions[0].Line, m.Positions[0].Confirmed)
		}
	}
	for what, err := range map[string]error{
		"passage": a.DecidePassage(ctx, PassageDecision{Passage: "P0", Theme: "timelines"}),
		"theme":   a.DecidePassage(ctx, PassageDecision{Passage: passage, Theme: "bands"}),
		"stance":  a.DecidePassage(ctx, PassageDecision{Passage: passage, Theme: "ap", Stance: "maybe"}),
		"member":  a.DecidePosition(ctx, "Omega", "ap", PositionDecision{Stance: Support}),
	} {
		if err == nil || !strings.Contains(err.Error(), what) && what != "passage" {
			t.Errorf("a wrong %s gave %v", what, err)
		}
	}
}

func TestDecisionsFollowTheirWords(t *testing.T) {
	a := testAnalysis(t, "Alpha\n", threeMembers)
	ctx := t.Context()
	for _, q := range testReport(t, a).Quotes {
		if q.Member == "Alpha" {
			if err := a.DecidePassage(ctx, PassageDecision{Passage: q.Passage, Theme: q.ThemeID, Tagged: true, Stance: Mixed, Coder: "Ann"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	// A newer file of the same name keeps the first paragraph and changes the second.
	if _, err := a.Add(ctx, "Alpha/a.txt", []byte("We oppose the timetable and reject the delay.\nWe support national standards if they are law.")); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Tag(ctx); err != nil {
		t.Fatal(err)
	}
	r := testReport(t, a)
	for _, q := range r.Quotes {
		if q.Member == "Alpha" && (q.Stance == Mixed) != (q.ThemeID == "timelines") {
			t.Errorf("%q on %s is %s", q.Words, q.ThemeID, q.Stance)
		}
	}
	listed := 0
	for _, x := range r.Excluded {
		if x.What == "decision" && x.Words == "We support national standards." {
			listed++
		}
	}
	if listed != 1 {
		t.Errorf("the decision on the words that are gone is listed %d times, want once: %+v", listed, r.Excluded)
	}
}

func TestReportHidesWhatIsNotToBeTold(t *testing.T) {
	a := testAnalysis(t, "Alpha,,Charity\nHarbour Support,HFS,Charity,Harbour's,confidential\nQuiet Place,,AP providers,,anonymous\n", [][2]string{
		{"Alpha/a.txt", "We oppose the delay, as Harbour  support does.\nThe delay hurts, say H\u00e1rb\u00adour Support\u2019s staff.\nWe support the timetable."},
		{"Harbour Support/secret file.txt", "We oppose the delay in this dreadful case."},
		{"Quiet Place/Quiet.txt", "We at Quiet Place support alternative provision.\nWe oppose the delay in alternative provision."},
		{"Quiet Place/scan.txt", ""},
	})
	r := testReport(t, a)
	told, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Harbour", "our Support", "HFS", "dreadful", "secret file", "Quiet", "scan.txt"} {
		if strings.Contains(string(told), secret) {
			t.Errorf("the report tells %q", secret)
		}
	}
	if d := cmp.Diff(map[string]Stance{"Alpha": Mixed, "Confidential member": Oppose, "Anonymous member (AP providers)": Oppose}, standingsOn(r, "timelines")); d != "" {
		t.Error(d)
	}
	shown := 0
	for _, q := range r.Quotes {
		if q.Withheld != (q.Words == "") {
			t.Errorf("quote %+v is withheld and shown", q)
		}
		if !q.Withheld {
			shown++
		}
	}
	if shown != 3 { // Alpha's second, and the anonymous member's second on two themes
		t.Errorf("%d quotes are shown, want 3", shown)
	}
}

func TestReportHidesNamesInHeadings(t *testing.T) {
	a := testAnalysis(t, "Quiet Place,,AP providers,,anonymous\n", [][2]string{{"Quiet Place/a.txt", "# Response of Quiet Place\n# On delay\nThe delay is wrong."}})
	r := testReport(t, a)
	if len(r.Quotes) != 1 || strings.Contains(r.Quotes[0].Heading, "Quiet") || !strings.Contains(r.Quotes[0].Heading, "On delay") {
		t.Errorf("quotes %+v, want one under the heading On delay and no name", r.Quotes)
	}
}

func TestOrderOfAddingChangesNothing(t *testing.T) {
	there := testReport(t, testAnalysis(t, "Alpha\n", threeMembers))
	back := slices.Clone(threeMembers)
	slices.Reverse(back)
	if d := cmp.Diff(there, testReport(t, testAnalysis(t, "Alpha\n", back))); d != "" {
		t.Error(d)
	}
}

func TestJointPosition(t *testing.T) {
	names := func(n int) []string { return make([]string, n) }
	tests := []struct {
		name                     string
		oppose, mixed, cond, in_ int
		silent                   int
		outcome                  Outcome
		line                     string
	}{
		{"common ground with conditions", 1, 1, 8, 5, 3, CommonGroundConditions, "Of the members that take a position, most (13 of 15) support it, 8 of them with conditions; 1 opposes, 1 is mixed or unsure. 3 members do not address it."},
		{"common ground", 0, 0, 1, 9, 0, CommonGround, "Of the members that take a position, all (10 of 10) support it, 1 of them with conditions."},
		{"common ground against", 9, 0, 0, 1, 0, CommonGround, "Of the members that take a position, most (9 of 10) oppose it; 1 supports."},
		{"divided", 6, 1, 6, 0, 2, Divided, "The members that take a position are evenly split: 6 of 13 support it, all of them with conditions, and 6 oppose it; 1 is mixed or unsure. 2 members do not address it."},
		{"thin", 1, 0, 0, 1, 20, ThinEvidence, "The members that take a position are evenly split: 1 of 2 supports it, and 1 opposes it. 20 members do not address it."},
		{"nobody", 0, 0, 0, 0, 9, ThinEvidence, "No member addresses it."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := joint(DefaultConsensus(), DefaultScale(), tally{names: map[Stance][]string{Oppose: names(tt.oppose), Mixed: names(tt.mixed), Conditions: names(tt.cond), Support: names(tt.in_), Silent: names(tt.silent)}})
			if tt.oppose+tt.mixed+tt.cond+tt.in_ > 0 {
				tt.line += " Suggested: none is confirmed yet."
			}
			if j.Outcome != tt.outcome || j.Line != tt.line {
				t.Errorf("%s: %q, want %s: %q", j.Outcome, j.Line, tt.outcome, tt.line)
			}
		})
	}
}
