package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"collate/index"
	"collate/index/extract"
	"collate/themes"
	"collate/themes/export"
)

// editCommand is the scripts' person with a workbook open: edit FILE SHEET ROW COLUMN VALUE writes into a cell, the row counted under the
// headings from 1.
func editCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 5 {
		ts.Fatalf("usage: edit FILE SHEET ROW COLUMN VALUE")
	}
	path := ts.MkAbs(args[0])
	f, err := excelize.OpenFile(path)
	ts.Check(err)
	rows, err := f.GetRows(args[1])
	ts.Check(err)
	row, err := strconv.Atoi(args[2])
	ts.Check(err)
	name, err := excelize.CoordinatesToCellName(slices.Index(rows[2], args[3])+1, row+3)
	ts.Check(err)
	ts.Check(f.SetCellStr(args[1], name, args[4]))
	ts.Check(f.SaveAs(path))
	ts.Check(f.Close())
}

// A desk is a workbook that a person has open.
type desk struct {
	t     *testing.T
	f     *excelize.File
	heads map[string][]string // by sheet, as exported
}

// exported is the workbook of a consultation, open on a desk.
func exported(t *testing.T, an *themes.Analysis) *desk {
	t.Helper()
	var out bytes.Buffer
	if err := export.Workbook(&out, reportOf(t, an)); err != nil {
		t.Fatal(err)
	}
	return onDesk(t, out.Bytes())
}

func onDesk(t *testing.T, data []byte) *desk {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return &desk{t, f, map[string][]string{}}
}

// rows are a sheet's rows from its headings on.
func (d *desk) rows(sheet string) [][]string {
	d.t.Helper()
	rows, err := d.f.GetRows(sheet)
	if err != nil {
		d.t.Fatal(err)
	}
	return rows[2:]
}

func (d *desk) column(sheet, head string) int {
	d.t.Helper()
	if d.heads[sheet] == nil {
		d.heads[sheet] = d.rows(sheet)[0]
	}
	c := slices.Index(d.heads[sheet], head)
	if c < 0 {
		d.t.Fatalf("sheet %s has no column %s", sheet, head)
	}
	return c
}

// set writes into a cell of a sheet's row under its headings, counted from 1.
func (d *desk) set(sheet, head string, row int, value any) {
	d.t.Helper()
	name, err := excelize.CoordinatesToCellName(d.column(sheet, head)+1, row+3)
	if err != nil {
		d.t.Fatal(err)
	}
	if err := d.f.SetCellValue(sheet, name, value); err != nil {
		d.t.Fatal(err)
	}
}

// rewrite puts other rows under a sheet's headings.
func (d *desk) rewrite(sheet string, f func([][]string) [][]string) {
	d.t.Helper()
	rows := d.rows(sheet)
	old, width := len(rows), len(rows[0])
	rows = append(rows[:1:1], f(rows[1:])...)
	for i := 1; i < max(old, len(rows)); i++ {
		for c := range width {
			name, err := excelize.CoordinatesToCellName(c+1, i+3)
			if err != nil {
				d.t.Fatal(err)
			}
			v := ""
			if i < len(rows) && c < len(rows[i]) {
				v = rows[i][c]
			}
			if err := d.f.SetCellStr(sheet, name, v); err != nil {
				d.t.Fatal(err)
			}
		}
	}
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// bytes are the workbook as it is sent back.
func (d *desk) bytes() []byte {
	d.t.Helper()
	var out bytes.Buffer
	d.must(d.f.Write(&out))
	return out.Bytes()
}

func takeBack(t *testing.T, an *themes.Analysis, data []byte, opt themes.ReturnOption) *themes.Return {
	t.Helper()
	if opt.By == "" {
		opt.By = "Bea"
	}
	r, err := an.ImportWorkbook(t.Context(), data, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// decided are a record's decisions after one, each in a line.
func decided(t *testing.T, an *themes.Analysis, after int64) []string {
	t.Helper()
	var out []string
	err := an.Decisions(t.Context(), func(d *index.Decision) error {
		if d.Seq > after {
			value := d.Value
			switch d.Act {
			case index.ActCodebook:
				value = "codebook"
			case index.ActPosition:
				value = withoutRests(t, value)
			}
			out = append(out, strings.Join([]string{d.Kind, d.Coder, d.Act, d.Subject, d.Theme, value}, " | "))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// withoutRests is a position as it was decided; that it says what it rests on is checked, and what that is left out.
func withoutRests(t *testing.T, value string) string {
	t.Helper()
	var p themes.PositionDecision
	if err := json.Unmarshal([]byte(value), &p); err != nil {
		t.Fatal(err)
	}
	if p.Rests == nil {
		t.Errorf("the position does not say what it rests on: %s", value)
	}
	p.Rests = nil
	out, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func newest(t *testing.T, an *themes.Analysis) int64 {
	t.Helper()
	r, err := an.Revision(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r.Decisions
}

// otherThan gives a stance that a cell does not hold.
func otherThan(label string, n int) themes.Stance {
	all := []themes.Stance{themes.Oppose, themes.Mixed, themes.Conditions, themes.Support, themes.NotStated}
	if s := all[n%len(all)]; s.Label() != label {
		return s
	}
	return all[(n+1)%len(all)]
}

// change40 changes 40 cells, adds a theme, sorts, copies and deletes rows, and does to the sheets what people do; it returns the decisions that
// these changes are.
func change40(d *desk, r *themes.Report) []string {
	var want []string
	say := func(act, subject, theme, value string) {
		want = append(want, strings.Join([]string{index.ByPerson, "Bea", act, subject, theme, value}, " | "))
	}
	tagged := map[string]bool{}
	for _, q := range r.Quotes {
		tagged[q.Passage+q.ThemeID] = true
	}
	row := 0
	next := func() *themes.Quote { row += 19; return &r.Quotes[row] }
	for n := range 15 { // stances
		q := next()
		s := otherThan(q.Stance.Label(), n)
		d.set("Quotes", "Stance", row+1, s.Label())
		say(index.ActTheme, q.Passage, q.ThemeID, "yes")
		say(index.ActStance, q.Passage, q.ThemeID, string(s))
	}
	for range 4 { // other themes
		q := next()
		to := slices.IndexFunc(r.Themes, func(t themes.ThemeReport) bool { return !tagged[q.Passage+t.ID] })
		d.set("Quotes", "Theme", row+1, r.Themes[to].Name)
		tagged[q.Passage+r.Themes[to].ID] = true
		say(index.ActTheme, q.Passage, r.Themes[to].ID, "yes")
		say(index.ActTheme, q.Passage, q.ThemeID, "no")
	}
	q := next() // a theme that is new
	d.set("Quotes", "Theme", row+1, "School transport")
	say(index.ActTheme, q.Passage, "school-transport", "yes")
	say(index.ActTheme, q.Passage, q.ThemeID, "no")
	for n := range 4 {
		q := next()
		d.set("Quotes", "Notes", row+1, fmt.Sprintf("=1+1 é 𝔊 %d", n))
		say(index.ActNote, q.Passage, q.ThemeID, fmt.Sprintf("=1+1 é 𝔊 %d", n))
	}
	q = next()
	d.set("Quotes", "Theme", row+1, "none")
	say(index.ActTheme, q.Passage, q.ThemeID, "no")
	q = next()
	d.set("Quotes", "Checked by", row+1, "Cy")
	say(index.ActTheme, q.Passage, q.ThemeID, "yes")
	if q.Stance != themes.NotStated {
		say(index.ActStance, q.Passage, q.ThemeID, string(q.Stance))
	}
	d.changePositions(r, say)
	last := len(d.rows("Themes"))
	d.set("Themes", "Theme", last, "School transport")
	d.set("Themes", "What it covers", last, "How children get to school.")
	say(index.ActCodebook, "themes.yaml, changed in collate", "", "codebook")
	d.mess()
	slices.Sort(want)
	return want
}

// changePositions changes 14 positions: nine stances, four lines and one that is set as it is.
func (d *desk) changePositions(r *themes.Report, say func(act, subject, theme, value string)) {
	at, n := 0, 0
	for _, m := range r.Members {
		for _, p := range m.Positions {
			if p.Stance == themes.Silent {
				continue
			}
			if at++; at%12 != 0 || n == 14 || m.Consent != "attributable" { // whose name the report does not know
				continue
			}
			var x themes.PositionDecision
			switch n++; {
			case n <= 9:
				x.Stance = otherThan(p.Stance.Label(), n)
				d.set("Stances", "Stance", at, x.Stance.Label())
			case n <= 13:
				x.Text = fmt.Sprintf("Our own line %d", n)
				d.set("Stances", "Position in one line", at, x.Text)
			default:
				x.Stance, x.Checked = p.Stance, true
				d.set("Stances", "Set by", at, "Bea")
			}
			value, err := json.Marshal(x)
			d.must(err)
			say(index.ActPosition, p.Member, p.ThemeID, string(value))
		}
	}
}

// mess is what people do to a workbook besides.
func (d *desk) mess() {
	d.rewrite("Quotes", func(rows [][]string) [][]string {
		slices.SortStableFunc(rows, func(x, y []string) int { return strings.Compare(y[10], x[10]) })
		return append(rows, rows[3], rows[90], rows[91]) // copied to the end
	})
	d.rewrite("Stances", func(rows [][]string) [][]string {
		slices.Reverse(rows)
		return rows
	})
	d.must(d.f.SetRowVisible("Quotes", 9, false))
	d.must(d.f.RemoveCol("Quotes", "F"))
	d.must(d.f.RemoveCol("Stances", "G"))
	d.must(d.f.SetSheetName("Quotes", "Quotes, with Bea's changes"))
	d.must(d.f.MoveSheet("Themes", "Read me"))
	d.must(d.f.DeleteSheet("Excluded"))
	d.must(d.f.DeleteSheet("Matrix"))
}

func TestFortyChangedCellsComeBack(t *testing.T) {
	_, an := runSamples(t)
	d := exported(t, an)
	want := change40(d, reportOf(t, an))
	data := d.bytes()
	t.Run("as it was saved", func(t *testing.T) { fortyComeBack(t, an, data, want) })
	t.Run("through LibreOffice", func(t *testing.T) {
		data := throughLibreOffice(t, data)
		_, an := runSamples(t)
		fortyComeBack(t, an, data, want)
	})
}

// fortyComeBack takes a workbook back, after a dry run, and once more.
func fortyComeBack(t *testing.T, an *themes.Analysis, data []byte, want []string) {
	before := newest(t, an)
	dry := takeBack(t, an, data, themes.ReturnOption{DryRun: true})
	if got := newest(t, an); got != before {
		t.Errorf("a dry run recorded %d decisions", got-before)
	}
	real := takeBack(t, an, data, themes.ReturnOption{})
	if diff := cmp.Diff(decided(t, an, before), want); diff != "" {
		t.Errorf("decisions (-got +want):\n%s", diff)
	}
	if len(real.Taken) != 41 || len(dry.Taken) != 41 || len(real.Refused)+len(real.Conflict) > 0 || real.Decided != len(want) { // 40 and the theme's row
		t.Errorf("taken %d, dry %d, refused %v, conflicts %v, %d decisions", len(real.Taken), len(dry.Taken), real.Refused, real.Conflict, real.Decided)
	}
	after := newest(t, an)
	again := takeBack(t, an, data, themes.ReturnOption{})
	if len(again.Taken) > 0 || newest(t, an) != after {
		t.Errorf("the same workbook again: taken %v", again.Taken)
	}
}

// throughLibreOffice opens a workbook there and saves it again.
func throughLibreOffice(t *testing.T, data []byte) []byte {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.xlsx"), filepath.Join(dir, "out")
	if err := os.WriteFile(in, data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--headless", "--convert-to", "xlsx", "--outdir", out, in)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	data, err = os.ReadFile(filepath.Join(out, "in.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// smallRecord is a small consultation with a member that is not to be named.
func smallRecord(t *testing.T) *themes.Analysis {
	t.Helper()
	opt := themes.Options{Tool: "collate test", Options: index.Options{Now: clock(), Read: extract.File, CacheDir: t.TempDir()}}
	an, err := themes.Create(t.Context(), filepath.Join(t.TempDir(), "small.collate"), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { an.Close() })
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	members, err := index.ReadMembers([]byte("name,type,consent\nAlpha,Union,\nBeta,Charity,\nGamma,Union,confidential\nDelta,Union,confidential\n"))
	must(err)
	must(an.SetMembers(t.Context(), members))
	must(an.SetCodebook(t.Context(), "themes.yaml", []byte("themes:\n  - {id: pace, name: Pace, any: [slow, fast]}\n  - {id: money, name: Money, description: Who pays, any: [fund*]}\n"), "Ann"))
	for _, f := range [][2]string{
		{"alpha.txt", "It is too slow for children who are in school now.\n\nThe funding is too low, and comes too late to help anybody."},
		{"beta.txt", "Nobody will find that this goes too fast at all.\n\nWe support the funding of it, and hope for more of it."},
		{"gamma.txt", "This is slow, and we say so in confidence."}, {"delta.txt", "This is much too fast for any of our schools."},
	} {
		_, err := an.Add(t.Context(), f[0], []byte(f[1]))
		must(err)
	}
	_, err = an.Tag(t.Context())
	must(err)
	return an
}

// row is the number of the first row of a sheet whose cells under two headings say this.
func (d *desk) row(sheet, head, says, head2, says2 string) int {
	d.t.Helper()
	a, b := d.column(sheet, head), d.column(sheet, head2)
	for i, row := range d.rows(sheet) {
		if len(row) > max(a, b) && row[a] == says && row[b] == says2 {
			return i
		}
	}
	d.t.Fatalf("sheet %s has no row with %s %q and %s %q", sheet, head, says, head2, says2)
	return 0
}

// TestConflictsStandSideBySide decides otherwise in the record after the export, on what the workbook changed and on what it did not.
func TestConflictsStandSideBySide(t *testing.T) {
	an := smallRecord(t)
	ctx := t.Context()
	d := exported(t, an)
	d.set("Quotes", "Stance", d.row("Quotes", "Member", "Alpha", "Theme", "Pace"), "Support")
	d.set("Quotes", "Stance", d.row("Quotes", "Member", "Beta", "Theme", "Pace"), "Mixed or unsure")
	d.set("Quotes", "Theme", d.row("Quotes", "Member", "Beta", "Theme", "Money"), "none")
	d.set("Stances", "Stance", d.row("Stances", "Member", "Alpha", "Theme", "Money"), "Support")
	d.set("Stances", "Position in one line", d.row("Stances", "Member", "Alpha", "Theme", "Money"), "Bea's line")
	d.set("Stances", "Notes", d.row("Stances", "Member", "Beta", "Theme", "Money"), "ask them")
	d.set("Themes", "What it covers", 2, "Money, and who has it")
	data := d.bytes()

	passage := map[string]string{}
	for _, q := range reportOf(t, an).Quotes {
		passage[q.Member+q.ThemeID] = q.Passage
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(an.DecidePassage(ctx, themes.PassageDecision{Passage: passage["Alphapace"], Theme: "pace", Tagged: true, Stance: themes.Oppose, Coder: "Ann"}))
	must(an.DecidePassage(ctx, themes.PassageDecision{Passage: passage["Betapace"], Theme: "pace", Tagged: true, Stance: themes.Mixed, Coder: "Ann"})) // as Bea has it
	must(an.DecidePassage(ctx, themes.PassageDecision{Passage: passage["Betamoney"], Theme: "money", Tagged: true, Coder: "Ann"}))
	must(an.DecidePosition(ctx, "Alpha", "money", themes.PositionDecision{Stance: themes.Oppose, Text: "Ann's line", Coder: "Ann"}))
	must(an.DecidePosition(ctx, "Beta", "pace", themes.PositionDecision{Stance: themes.Conditions, Coder: "Ann"})) // Bea left it alone
	must(an.ChangeCodebook(ctx, "Ann", "", themes.Describe("money", "Costs")))

	kept := onlyEdits(takeBack(t, an, data, themes.ReturnOption{DryRun: true}))
	want := []string{
		"conflict: description |  → Money, and who has it | Costs",
		"conflict: line |  → Bea's line | Ann's line (Ann)",
		"conflict: stance | Not stated → Support | Oppose (Ann)", // nothing was suggested, and Ann has decided since
		"conflict: stance | Oppose → Support | Oppose (Ann)",
		"conflict: theme | Money → not on it | on the theme (Ann)",
		"note |  → ask them",
	}
	slices.Sort(want)
	if diff := cmp.Diff(kept, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	before := newest(t, an)
	takeBack(t, an, data, themes.ReturnOption{Conflicts: true})
	if got := len(decided(t, an, before)); got != 5 { // a stance, an untagging, a position with its line, a note, the codebook
		t.Errorf("with the conflicts taken: %d decisions, want 5: %v", got, decided(t, an, before))
	}
}

// onlyEdits are what was taken and what is in conflict, a line each, sorted.
func onlyEdits(r *themes.Return) []string {
	var out []string
	for _, e := range r.Taken {
		out = append(out, fmt.Sprintf("%s | %s → %s", e.What, e.Was, e.To))
	}
	for _, e := range r.Conflict {
		out = append(out, fmt.Sprintf("conflict: %s | %s → %s | %s", e.What, e.Was, e.To, e.Now))
	}
	for _, x := range r.Refused {
		out = append(out, "refused: "+x.Why)
	}
	slices.Sort(out)
	return out
}

// TestWithoutTheHiddenSheet takes a workbook back that lost what it says of its export: a suggestion gives way, a person's decision stands.
func TestWithoutTheHiddenSheet(t *testing.T) {
	an := smallRecord(t)
	for _, q := range reportOf(t, an).Quotes {
		if q.Member == "Beta" && q.ThemeID == "pace" {
			if err := an.DecidePassage(t.Context(), themes.PassageDecision{Passage: q.Passage, Theme: "pace", Tagged: true, Stance: themes.Oppose, Coder: "Ann"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	d := exported(t, an)
	d.must(d.f.DeleteSheet("Origin"))
	d.set("Quotes", "Stance", d.row("Quotes", "Member", "Alpha", "Theme", "Pace"), "Support")
	d.set("Quotes", "Stance", d.row("Quotes", "Member", "Beta", "Theme", "Pace"), "Support")
	got := takeBack(t, an, d.bytes(), themes.ReturnOption{DryRun: true})
	if diff := cmp.Diff(onlyEdits(got), []string{"conflict: stance | Oppose → Support | Oppose (Ann)", "stance | Oppose → Support"}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	if !strings.Contains(got.Compared, "its hidden sheet is gone") {
		t.Error(got.Compared)
	}
}

// TestUnnamedMembersComeBack changes the position of one of two members that the workbook does not name, after a third has come between them.
func TestUnnamedMembersComeBack(t *testing.T) {
	an := smallRecord(t)
	d := exported(t, an)
	d.set("Stances", "Stance", d.row("Stances", "Member", "Confidential member 2", "Theme", "Pace"), "Oppose")
	data := d.bytes()
	for _, name := range []string{"Gamma", "Delta"} {
		if bytes.Contains(data, []byte(name)) {
			t.Errorf("the workbook names %s", name)
		}
	}
	if err := an.SetConsent(t.Context(), "Beta", index.Confidential, "Ann"); err != nil { // who is the first of three now
		t.Fatal(err)
	}
	before := newest(t, an)
	takeBack(t, an, data, themes.ReturnOption{})
	if diff := cmp.Diff(decided(t, an, before), []string{`person | Bea | position | Gamma | pace | {"stance":"oppose"}`}); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

// TestAPositionThatCameBackRestsOnTheRowsBesideIt writes a line over a position and another stance on its words in one workbook: that is no reason
// to look at the line again, and another stance later is.
func TestAPositionThatCameBackRestsOnTheRowsBesideIt(t *testing.T) {
	an := smallRecord(t)
	d := exported(t, an)
	d.set("Quotes", "Stance", d.row("Quotes", "Member", "Alpha", "Theme", "Pace"), "Support")
	d.set("Stances", "Position in one line", d.row("Stances", "Member", "Alpha", "Theme", "Pace"), "Our own words.")
	takeBack(t, an, d.bytes(), themes.ReturnOption{By: "Bea"})
	got := positionOf(t, an, "Alpha", "pace")
	if got.Line != "Our own words." || got.Own != "Bea" || got.Stance != themes.Support || got.State != themes.Edited || len(got.Flags) > 0 {
		t.Errorf("the position is %+v", got)
	}
	if err := an.DecidePassage(t.Context(), themes.PassageDecision{Passage: strings.Split(got.Refs[0], ".")[0], Theme: "pace", Tagged: true, Stance: themes.Oppose, Coder: "Ann"}); err != nil {
		t.Fatal(err)
	}
	if got = positionOf(t, an, "Alpha", "pace"); len(got.Flags) != 1 || got.Flags[0].Kind != themes.FlagStance || got.Stance != themes.Oppose {
		t.Errorf("after another stance of its words the position is %+v", got)
	}
	d = exported(t, an)
	d.set("Stances", "Stance", d.row("Stances", "Member", "Alpha", "Theme", "Pace"), "Mixed")
	takeBack(t, an, d.bytes(), themes.ReturnOption{By: "Cy", Conflicts: true})
	if got = positionOf(t, an, "Alpha", "pace"); got.Own != "Bea" || got.By != "Cy" || got.Stance != themes.Mixed || len(got.Flags) > 0 {
		t.Errorf("with another stance the position is %+v", got)
	}
}

// positionOf is where a member stands on a theme.
func positionOf(t *testing.T, an *themes.Analysis, label, theme string) themes.Position {
	t.Helper()
	for _, m := range reportOf(t, an).Members {
		for _, p := range m.Positions {
			if m.Label == label && p.ThemeID == theme {
				return p
			}
		}
	}
	t.Fatalf("%s has no position on %s", label, theme)
	return themes.Position{}
}

// TestATableThatIsSortedWholeIsTaken swaps some stances and sorts the whole table by them: that is no column which was sorted alone.
func TestATableThatIsSortedWholeIsTaken(t *testing.T) {
	_, an := runSamples(t)
	d := exported(t, an)
	stance, ref := d.column("Quotes", "Stance"), d.column("Quotes", "Ref")
	swapped := map[string]bool{}
	d.rewrite("Quotes", func(rows [][]string) [][]string {
		a, b := rows[0], rows[0]
		for _, row := range rows[1:] {
			if b = row; len(swapped) < 8 && a[stance] != b[stance] && !swapped[a[ref]] {
				a[stance], b[stance] = b[stance], a[stance]
				swapped[a[ref]], swapped[b[ref]] = true, true
			}
			a = b
		}
		slices.SortStableFunc(rows, func(x, y []string) int { return strings.Compare(x[stance], y[stance]) })
		return rows
	})
	got := takeBack(t, an, d.bytes(), themes.ReturnOption{DryRun: true})
	if len(got.Taken) != 8 || len(got.Refused) > 0 {
		t.Errorf("taken %d, refused %v, want 8 and none", len(got.Taken), got.Refused)
	}
	for _, e := range got.Taken {
		if !swapped[e.Of] {
			t.Errorf("%s was not changed: %+v", e.Of, e)
		}
	}
}
