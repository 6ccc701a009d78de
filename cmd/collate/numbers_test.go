package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"collate/index"
	"collate/index/extract"
	"collate/themes"
	"collate/themes/export"
)

// A ledger is the record counted again, from its decisions and passages alone and by the words of the method, without anything that the
// program counts with.
type ledger struct {
	s      *index.Snapshot
	themes []string // ids, in the order of the codebook
	coded  map[[2]string]*entry
	set    map[[2]string]themes.Stance // positions that people set, by member and theme
	label  map[string]string
}

// An entry is what is decided of one passage under one theme.
type entry struct {
	person, personStance string                   // the newest values of people; "" where there is none
	machine, stance      map[string]themes.Stance // by machine: "yes" while it says so, and its stance
	turn                 map[string]int           // of a machine's newest word
}

func readLedger(t *testing.T, an *themes.Analysis) *ledger {
	t.Helper()
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	l := &ledger{s: s, coded: map[[2]string]*entry{}, set: map[[2]string]themes.Stance{}, label: map[string]string{}}
	for _, th := range an.Codebook.Themes {
		l.themes = append(l.themes, th.ID)
		if th.Parent != "" {
			t.Fatal("the ledger knows no themes under themes")
		}
	}
	for _, m := range s.Members {
		if l.label[m.Name], err = an.Label(t.Context(), m.Name); err != nil {
			t.Fatal(err)
		}
	}
	turn := 0
	err = an.Decisions(t.Context(), func(d *index.Decision) error {
		turn++
		return l.enter(d, turn)
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *ledger) enter(d *index.Decision, turn int) error {
	key := [2]string{d.Subject, d.Theme}
	if d.Act == index.ActPosition {
		var p themes.PositionDecision
		err := json.Unmarshal([]byte(d.Value), &p)
		l.set[key] = p.Stance
		return err
	}
	if d.Act != index.ActTheme && d.Act != index.ActStance {
		return nil
	}
	e := l.coded[key]
	if e == nil {
		e = &entry{machine: map[string]themes.Stance{}, stance: map[string]themes.Stance{}, turn: map[string]int{}}
		l.coded[key] = e
	}
	switch {
	case d.Kind == index.ByPerson && d.Act == index.ActTheme:
		e.person = d.Value
	case d.Kind == index.ByPerson:
		e.personStance = d.Value
	case d.Act == index.ActTheme:
		word, _, _ := strings.Cut(d.Value, " ")
		e.machine[d.Coder], e.turn[d.Coder] = themes.Stance(word), turn
	default:
		e.stance[d.Coder], e.turn[d.Coder] = themes.Stance(d.Value), turn
	}
	return nil
}

// on reports whether a passage is on a theme, its stance there, and whether a person gave that.
func (l *ledger) on(passage, theme string) (on bool, stance themes.Stance, confirmed bool) {
	e := l.coded[[2]string{passage, theme}]
	if e == nil {
		return false, themes.NotStated, false
	}
	stance, last := themes.NotStated, 0
	for coder, says := range e.machine {
		if says != "yes" {
			continue
		}
		on = true
		if s := e.stance[coder]; s != "" && s != themes.NotStated && e.turn[coder] > last {
			stance, last = s, e.turn[coder]
		}
	}
	if e.person != "" {
		on = e.person == "yes"
	}
	if e.personStance != "" {
		return on, themes.Stance(e.personStance), true
	}
	return on, stance, false
}

// stands is where a member stands on a theme, and whether a person said so: as a person set it, or by the passages that people
// confirmed, or by those that are proposed.
func (l *ledger) stands(member, theme string) (themes.Stance, bool) {
	if s := l.set[[2]string{member, theme}]; s != "" {
		return s, true
	}
	var confirmed, proposed []themes.Stance
	for _, p := range l.of(member) {
		switch on, stance, by := l.on(p.ID, theme); {
		case on && by:
			confirmed = append(confirmed, stance)
		case on:
			proposed = append(proposed, stance)
		}
	}
	switch {
	case len(confirmed) > 0:
		return together(confirmed), true
	case len(proposed) > 0:
		return together(proposed), false
	}
	return themes.Silent, false
}

// together is one stance of several: for and against is mixed unless one side has three times the other; a condition, or anything on the
// other side, makes support conditional; what states nothing does not count.
func together(all []themes.Stance) themes.Stance {
	count := func(s themes.Stance) (n int) {
		for _, x := range all {
			if x == s {
				n++
			}
		}
		return n
	}
	in, against, unsure := count(themes.Support)+count(themes.Conditions), count(themes.Oppose), count(themes.Mixed)
	switch {
	case in == 0 && against == 0 && unsure == 0:
		return themes.NotStated
	case against > unsure && against >= 3*in:
		return themes.Oppose
	case unsure > in, against > 0 && in < 3*against:
		return themes.Mixed
	case count(themes.Conditions)+against+unsure > 0:
		return themes.Conditions
	}
	return themes.Support
}

// of are a member's passages that count.
func (l *ledger) of(member string) []*index.Passage {
	var out []*index.Passage
	for _, p := range l.s.Passages {
		if l.s.Submission(p).Member == member {
			out = append(out, p)
		}
	}
	return out
}

// tally is how many members stand where on a theme, how many of these a person confirmed, and how many passages are on it.
func (l *ledger) tally(theme string) (n map[themes.Stance]int, confirmed, passages int) {
	n = map[themes.Stance]int{}
	for _, m := range l.s.Members {
		if len(l.of(m.Name)) == 0 {
			continue
		}
		stance, by := l.stands(m.Name, theme)
		n[stance]++
		if by && stance != themes.Silent {
			confirmed++
		}
	}
	for _, p := range l.s.Passages {
		if on, _, _ := l.on(p.ID, theme); on {
			passages++
		}
	}
	return n, confirmed, passages
}

// An audit compares a workbook's numbers with a ledger and knows which were compared.
type audit struct {
	t     *testing.T
	what  string
	f     *excelize.File
	l     *ledger
	names []string // of the themes
	seen  map[string]bool
}

// number compares the number that a cell shows.
func (a *audit) number(sheet string, col, row, want int) {
	a.t.Helper()
	cell, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		a.t.Fatal(err)
	}
	got, err := a.f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		a.t.Fatal(err)
	}
	a.seen[sheet+"!"+cell] = true
	if got != strconv.Itoa(want) {
		a.t.Errorf("%s: %s %s shows %q, the record says %d", a.what, sheet, cell, got, want)
	}
}

// rows are a sheet's rows under its headings in row 3, by their first cell, and the columns of the headings.
func (a *audit) rows(sheet string) (cells [][]string, heads map[string]int) {
	a.t.Helper()
	all, err := a.f.GetRows(sheet)
	if err != nil {
		a.t.Fatal(err)
	}
	heads = map[string]int{}
	for i, h := range all[2] {
		heads[h] = i + 1
	}
	return all[3:], heads
}

// TestEveryNumberOfTheWorkbook counts the record again and compares every number that a reader of the example's workbook sees, as stored,
// as LibreOffice works it out, and as the chart draws it.
func TestEveryNumberOfTheWorkbook(t *testing.T) {
	_, an := runSamples(t)
	decideSome(t, an)
	r := reportOf(t, an)
	var names []string
	for _, th := range r.Themes {
		names = append(names, th.Name)
	}
	var written bytes.Buffer
	if err := export.Workbook(&written, r); err != nil {
		t.Fatal(err)
	}
	book := written.Bytes()
	l := readLedger(t, an)
	check := func(what string, data []byte) {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		a := &audit{t: t, what: what, f: f, l: l, names: names, seen: map[string]bool{}}
		a.readme()
		a.summary()
		a.positions()
		a.members()
		a.codebook()
		a.stances()
		a.lists()
		a.unseen()
		a.chart(data)
	}
	check("stored", book)
	t.Run("LibreOffice", func(t *testing.T) {
		worked := throughLibreOffice(t, unworked(t, book))
		f, err := excelize.OpenReader(bytes.NewReader(worked))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		a := &audit{t: t, what: "worked out", f: f, l: l, names: names, seen: map[string]bool{}}
		a.summary()
		a.lists()
	})
}

func (a *audit) readme() {
	l := a.l
	members, submissions, unread, words := 0, 0, 0, 0
	for _, m := range l.s.Members {
		if len(l.of(m.Name)) > 0 {
			members++
		}
	}
	for _, sub := range l.s.Submissions {
		switch {
		case sub.Failure != "":
			unread++
		case sub.Excluded == "" && len(sub.Passages) > 0:
			submissions++
			words += extract.Words(sub.Document.Text)
		}
	}
	tagged, checked := 0, 0
	for _, p := range l.s.Passages {
		on, by := false, false
		for _, th := range l.themes {
			is, _, _ := l.on(p.ID, th)
			on = on || is
			e := l.coded[[2]string{p.ID, th}]
			by = by || e != nil && e.person+e.personStance != ""
		}
		if on {
			tagged++
		}
		if by {
			checked++
		}
	}
	rows, err := a.f.GetRows("Read me")
	if err != nil {
		a.t.Fatal(err)
	}
	at := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 0 && strings.HasPrefix(row[0], "Counts:") })
	for i, want := range []int{members, submissions, len(l.s.Passages), tagged, checked, words, unread} {
		a.number("Read me", 1, at+3+i, want)
	}
}

func (a *audit) summary() {
	rows, heads := a.rows("Summary")
	for j, id := range a.l.themes {
		n, confirmed, passages := a.l.tally(id)
		if rows[j][0] != a.names[j] {
			a.t.Fatalf("Summary: row %d is %q", j, rows[j][0])
		}
		addressed := 0
		for _, st := range themes.Stances {
			a.number("Summary", heads[st.Label()], 4+j, n[st])
			if st != themes.Silent {
				addressed += n[st]
			}
		}
		a.number("Summary", heads["Addressed"], 4+j, addressed)
		a.number("Summary", heads["Confirmed"], 4+j, confirmed)
		a.number("Summary", heads["Passages"], 4+j, passages)
		a.line(rows[j][heads["Joint position"]-1], n, confirmed-byStance(a.l, id, themes.NotStated))
	}
}

// byStance is how many of a theme's stances of one kind a person confirmed.
func byStance(l *ledger, theme string, s themes.Stance) int {
	n := 0
	for _, m := range l.s.Members {
		if stance, by := l.stands(m.Name, theme); stance == s && by && len(l.of(m.Name)) > 0 {
			n++
		}
	}
	return n
}

// line checks each number and the quantifier word in a drafted joint line.
func (a *audit) line(text string, n map[themes.Stance]int, confirmed int) {
	a.t.Helper()
	in, against := n[themes.Support]+n[themes.Conditions], n[themes.Oppose]
	took := in + against + n[themes.Mixed]
	side, other := max(in, against), min(in, against)
	for _, c := range []struct {
		pattern string
		want    []int
	}{
		{`, (?:\pL| )+ \((\d+) of (\d+)\) (?:support|oppose)s? it`, []int{side, took}},
		{`(\d+) of (\d+) support it`, []int{in, took}}, // evenly split
		{`(\d+) of them with conditions`, []int{n[themes.Conditions]}},
		{`[;,] (?:and )?(\d+) (?:support|oppose)s?(?: it)?\b`, []int{other}},
		{`(\d+) (?:is|are) mixed or unsure`, []int{n[themes.Mixed]}},
		{`(\d+) more members? address(?:es)? it without`, []int{n[themes.NotStated]}},
		{`(\d+) members? address(?:es)? it; none`, []int{n[themes.NotStated] + took}},
		{`(\d+) members? do(?:es)? not address it`, []int{n[themes.Silent]}},
		{`(\d+) of (\d+) are confirmed`, []int{confirmed, took}},
		{`(\d+) of the positions repeats? only`, nil}, // shared text is counted in tests of its own
	} {
		re := regexp.MustCompile(c.pattern)
		m := re.FindStringSubmatch(text)
		for i, want := range c.want {
			if m != nil && m[i+1] != strconv.Itoa(want) {
				a.t.Errorf("%s: the line %q says %s, the record %d", a.what, text, m[i+1], want)
			}
		}
		text = re.ReplaceAllString(text, "")
		if m != nil && len(c.want) == 2 && strings.Contains(m[0], "(") && !strings.HasPrefix(m[0], ", "+wordFor(side, took)+" (") {
			a.t.Errorf("%s: %q is not %q of %d", a.what, m[0], wordFor(side, took), took)
		}
	}
	if left := regexp.MustCompile(`\d`).FindString(text); left != "" {
		a.t.Errorf("%s: nobody counts a number in what is left of a line: %q", a.what, text)
	}
}

// wordFor is the word of the published scale for k of n, in exact shares.
func wordFor(k, n int) string {
	switch share := float64(k) / float64(n); {
	case k == n:
		return "all"
	case share > .9:
		return "almost all"
	case share >= .75:
		return "most"
	case share >= .5:
		return "the majority"
	case share >= .15:
		return "less than half"
	}
	return "few"
}

func (a *audit) positions() {
	rows, heads := a.rows("Positions")
	for j, id := range a.l.themes {
		n, _, _ := a.l.tally(id)
		for _, st := range themes.Stances {
			a.number("Positions", heads[st.Sign()+" "+st.Label()], 4+j, n[st])
			var want []string
			for _, m := range a.l.s.Members {
				if stance, _ := a.l.stands(m.Name, id); stance == st && len(a.l.of(m.Name)) > 0 {
					want = append(want, a.l.label[m.Name])
				}
			}
			slices.Sort(want)
			got := []string{}
			if at := heads[st.Label()+": who"]; at <= len(rows[j]) && rows[j][at-1] != "" {
				got = regexp.MustCompile(`; |\n`).Split(rows[j][at-1], -1)
			}
			if strings.Join(got, "|") != strings.Join(want, "|") {
				a.t.Errorf("%s: Positions names %v for %s on %s, the record %v", a.what, got, st, id, want)
			}
		}
	}
}

func (a *audit) members() {
	rows, heads := a.rows("Members")
	at := map[string]int{}
	for i, row := range rows {
		at[row[0]] = 4 + i
	}
	for _, m := range a.l.s.Members {
		passages, words, addressed := 0, 0, 0
		for _, sub := range a.l.s.Submissions {
			if sub.Member == m.Name && sub.Excluded == "" {
				passages += len(sub.Passages)
				words += extract.Words(sub.Document.Text)
			}
		}
		for _, id := range a.l.themes {
			if stance, _ := a.l.stands(m.Name, id); stance != themes.Silent {
				addressed++
			}
		}
		row := at[a.l.label[m.Name]]
		a.number("Members", heads["Passages"], row, passages)
		a.number("Members", heads["Words"], row, words)
		a.number("Members", heads["Themes addressed"], row, addressed)
	}
}

func (a *audit) codebook() {
	_, heads := a.rows("Themes")
	for j, id := range a.l.themes {
		n, _, passages := a.l.tally(id)
		members := 0
		for st, k := range n {
			if st != themes.Silent {
				members += k
			}
		}
		a.number("Themes", heads["Members"], 4+j, members)
		a.number("Themes", heads["Passages"], 4+j, passages)
	}
}

func (a *audit) stances() {
	rows, heads := a.rows("Stances")
	ids := map[string]string{}
	for j, name := range a.names {
		ids[name] = a.l.themes[j]
	}
	member := map[string]string{}
	for name, label := range a.l.label {
		member[label] = name
	}
	for i, row := range rows {
		name, id := member[row[heads["Member"]-1]], ids[row[heads["Theme"]-1]]
		n := 0
		for _, p := range a.l.of(name) {
			if on, _, _ := a.l.on(p.ID, id); on {
				n++
			}
		}
		a.number("Stances", heads["Passages"], 4+i, n)
		if stance, _ := a.l.stands(name, id); row[heads["Stance"]-1] != stance.Label() {
			a.t.Errorf("%s: Stances has %s at %s on %s, the record %s", a.what, name, row[heads["Stance"]-1], id, stance)
		}
	}
}

func (a *audit) lists() {
	members := 0
	for _, m := range a.l.s.Members {
		if len(a.l.of(m.Name)) > 0 {
			members++
		}
	}
	a.number("Lists", 3, 2, members)
	for j, id := range a.l.themes {
		n, _, _ := a.l.tally(id)
		a.number("Lists", 4, 2+j, -n[themes.Oppose])
	}
}

// unseen finds numbers on the sheets that were compared which nobody compared.
func (a *audit) unseen() {
	for _, sheet := range []string{"Read me", "Summary", "Matrix", "Stances", "Quotes", "Positions", "Members", "Themes", "Excluded", "Lists"} {
		rows, err := a.f.GetRows(sheet)
		if err != nil {
			a.t.Fatal(err)
		}
		for i, row := range rows {
			for j, text := range row {
				cell, err := excelize.CoordinatesToCellName(j+1, i+1)
				if err != nil {
					a.t.Fatal(err)
				}
				if _, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64); err == nil && !a.seen[sheet+"!"+cell] {
					a.t.Errorf("%s: nobody counts %s %s again: %s", a.what, sheet, cell, text)
				}
			}
		}
	}
}

// A chartSeries is where a chart takes a series from.
type chartSeries struct {
	Name   string `xml:"tx>strRef>f"`
	Themes string `xml:"cat>strRef>f"`
	Values string `xml:"val>numRef>f"`
}

// series are those of the charts: of who takes a side, and of who takes none.
func (a *audit) series(z *zip.Reader) (out []chartSeries) {
	for _, name := range []string{"xl/charts/chart1.xml", "xl/charts/chart2.xml"} {
		f, err := z.Open(name)
		if err != nil {
			a.t.Fatal(err)
		}
		defer f.Close()
		var chart struct {
			Series []chartSeries `xml:"chart>plotArea>barChart>ser"`
		}
		if err := xml.NewDecoder(f).Decode(&chart); err != nil {
			a.t.Fatal(err)
		}
		out = append(out, chart.Series...)
	}
	return out
}

// chart compares the cells that the charts' series draw: the members of a stance are the lengths of the bars of its name together.
func (a *audit) chart(data []byte) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		a.t.Fatal(err)
	}
	drawn := map[string][]float64{}
	for _, s := range a.series(z) {
		if got := a.cells(s.Themes); !slices.Equal(got, a.names) {
			a.t.Errorf("%s: a series is drawn beside %v", a.what, got)
		}
		name := a.cells(s.Name)[0]
		for j, text := range a.cells(s.Values) {
			x, err := strconv.ParseFloat(text, 64)
			if err != nil {
				a.t.Fatal(err)
			}
			if len(drawn[name]) <= j {
				drawn[name] = append(drawn[name], 0)
			}
			drawn[name][j] += math.Abs(x)
		}
	}
	for j, id := range a.l.themes {
		n, _, _ := a.l.tally(id)
		for _, st := range themes.Stances {
			if bars := drawn[st.Label()]; st != themes.Silent && (len(bars) != len(a.names) || bars[j] != float64(n[st])) {
				a.t.Errorf("%s: the chart draws %v for %s on %s, the record says %d", a.what, bars, st, id, n[st])
			}
		}
	}
}

// cells are what the cells of a column's range hold, "Summary!$A$4:$A$13".
func (a *audit) cells(area string) []string {
	m := regexp.MustCompile(`^'?(\w+)'?!\$([A-Z]+)\$(\d+)(?::\$[A-Z]+\$(\d+))?$`).FindStringSubmatch(area)
	if m == nil {
		a.t.Fatalf("%s: the chart draws %q", a.what, area)
	}
	first, err := strconv.Atoi(m[3])
	if err != nil {
		a.t.Fatal(err)
	}
	last := first
	if m[4] != "" {
		if last, err = strconv.Atoi(m[4]); err != nil {
			a.t.Fatal(err)
		}
	}
	var out []string
	for row := first; row <= last; row++ {
		v, err := a.f.GetCellValue(m[1], fmt.Sprint(m[2], row), excelize.Options{RawCellValue: true})
		if err != nil {
			a.t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// unworked takes the stored values of the formulas out of a workbook, so that they must be worked out.
func unworked(t *testing.T, data []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	stored := regexp.MustCompile(`(?s)</f><v>.*?</v>`)
	for _, part := range in.File {
		f, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(stored.ReplaceAll(text, []byte("</f>"))); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
