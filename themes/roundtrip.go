package themes

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"collate/index"
	"collate/themes/workbook"
)

// ErrNothingToRead is returned for a file without a sheet that can be read back.
var ErrNothingToRead = errors.New("nothing in it can be read back")

// ErrBlindSheet is returned for a sheet of [Analysis.BlindSheet]: what is coded blind is no decision.
var ErrBlindSheet = errors.New("a sheet for double coding")

// ErrPartial is returned for a workbook that was made for a [View] which leaves something out.
var ErrPartial = errors.New("a workbook that does not hold everything")

// A ReturnOption says how a workbook is taken back.
type ReturnOption struct {
	By        string // whose decisions the changes become
	DryRun    bool   // only says what would be taken
	Conflicts bool   // takes what the record decided otherwise since, too
}

// A Return is what came back in a workbook that people edited, or in a coding sheet of their own: what was taken and what not, and why.
type Return struct {
	By       string    `json:"by"`
	DryRun   bool      `json:"dry_run"`
	Compared string    `json:"compared"`            // with what, a sentence
	Rows     int       `json:"rows"`                // read
	Known    int       `json:"known"`               // changes that the record has already
	Absent   int       `json:"absent"`              // exported rows that did not come back: nothing is changed on them
	Taken    []Edit    `json:"taken"`               // what the record did not have
	Decided  int       `json:"decisions"`           // recorded for it
	Conflict []Edit    `json:"conflicts,omitempty"` // changed in the workbook, and by a person in the record since
	Refused  []Refusal `json:"refused,omitempty"`   // the first of them
	More     int       `json:"refused_more,omitempty"`
	Notes    []string  `json:"notes,omitempty"` // sentences about the whole

	decisions []index.Decision
	changes   []Change // of the codebook
}

// An Edit is one change that somebody made in a workbook.
type Edit struct {
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
	What  string `json:"what"` // "stance", "theme", "line", "note", "check", "new theme" and the like
	Of    string `json:"of"`   // the ref of a quote, a member, a theme
	Theme string `json:"theme,omitempty"`
	Was   string `json:"was"`           // as exported
	To    string `json:"to"`            // in the workbook
	Now   string `json:"now,omitempty"` // of a conflict: in the record, with who decided it
}

// A Refusal is something in a workbook that was not taken.
type Refusal struct {
	Sheet string `json:"sheet"`
	Cell  string `json:"cell"`
	Held  string `json:"held,omitempty"` // what stands there, shortened
	Why   string `json:"why"`
}

// ImportWorkbook takes back a workbook that [export.Workbook] wrote and people edited: changed stances, themes, lines and notes, checked
// rows, new and changed themes become decisions of the person that opt names, all at once or none. Rows may be sorted, copied, filtered or
// gone, columns and sheets moved, renamed or gone: a row is known by its ref or key, a column by its heading, and what is not there, or
// empty, changes nothing. What the workbook changed is told from what the record changed since by a hidden sheet that says how it was
// exported; without it everything is compared with the record as it is, and what a person decided there stands. A table of references
// and themes that somebody else made is read too. A quote's words are never changed. It returns [ErrNothingToRead], [ErrBlindSheet],
// [ErrPartial] and // the errors of [workbook.Read].
func (a *Analysis) ImportWorkbook(ctx context.Context, data []byte, opt ReturnOption) (*Return, error) {
	book, err := workbook.Read(ctx, data)
	if err != nil {
		return nil, err
	}
	const attempts = 3 // somebody else may decide meanwhile; whoever keeps deciding does not keep this from ending
	for n := 1; ; n++ {
		at, err := a.Revision(ctx)
		if err != nil {
			return nil, err
		}
		out, err := a.planReturn(ctx, book, opt)
		if err != nil || opt.DryRun {
			return out, err
		}
		now, err := a.Revision(ctx)
		if err != nil {
			return nil, err
		}
		if at == now || n == attempts {
			return out, a.decideAll(ctx, opt.By, "in an edited workbook", out.changes, out.decisions)
		}
	}
}

// planReturn works out what a workbook would change.
func (a *Analysis) planReturn(ctx context.Context, book *workbook.Book, opt ReturnOption) (*Return, error) {
	if err := a.loadCodebook(ctx); err != nil {
		return nil, err
	}
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	b, err := a.reportingOn(ctx, s, state)
	if err != nil {
		return nil, err
	}
	b.all()
	r := &returning{b: b, raw: state, opt: opt, out: &Return{By: opt.By, DryRun: opt.DryRun, Taken: []Edit{}}}
	if err := r.read(ctx, book); err != nil {
		return nil, err
	}
	if len(r.out.changes) > 0 { // what the codebook refuses is said now, and not after half was taken
		if _, err := a.changedCodebook(ctx, r.out.changes...); err != nil {
			return nil, err
		}
	}
	r.out.Decided = len(r.out.decisions) + min(len(r.out.changes), 1)
	return r.out, nil
}

// A returning reads a workbook that came back.
type returning struct {
	b       *builder // with the codings rolled up
	raw     *codings // as they were decided
	opt     ReturnOption
	out     *Return
	base    *exported // nil where the workbook does not say how it was exported
	names   map[string]string
	fresh   map[string]string // themes that are new in the workbook: folded name → id
	renames map[string]string // themes that have another name in the workbook: folded name → id
	lines   map[positionKey]*Position
	told    map[string]bool // notes, each said once
	seen    map[string]bool // refs and keys that came back

	freshNames   map[string]string // of new themes, by id
	passageWords map[string]string // digest of a passage's words → its id; made when it is needed
	exportedOf   map[positionKey]*originStance
	references   map[string][]*index.Passage
	quotes       map[string]*Quote // of the report, by ref
	after        *builder          // see [returning.planned]; nil until it is needed

	quoteGroups  groups[quoteRow]
	stanceGroups groups[stanceRow]
}

// groups are rows by what they are about, in the order in which they were met.
type groups[T any] struct {
	order []string
	of    map[string][]T
}

func (g *groups[T]) add(key string, row T) {
	if g.of == nil {
		g.of = map[string][]T{}
	}
	if _, ok := g.of[key]; !ok {
		g.order = append(g.order, key)
	}
	g.of[key] = append(g.of[key], row)
}

// read reads the themes first, since rows may name new ones, then the rows, and then says what changed.
func (r *returning) read(ctx context.Context, book *workbook.Book) error {
	r.freshNames, r.renames, r.fresh, r.told, r.seen, r.lines = map[string]string{}, map[string]string{}, map[string]string{}, map[string]bool{}, map[string]bool{}, map[positionKey]*Position{}
	r.findOrigin(ctx, book)
	r.themeNames()
	var tables []*table
	for i := range book.Sheets {
		if isBlind(&book.Sheets[i]) {
			return ErrBlindSheet
		}
		if isPartial(&book.Sheets[i]) {
			return ErrPartial
		}
		if t := r.table(&book.Sheets[i]); t != nil {
			tables = append(tables, t)
		}
	}
	order := []tableKind{themesTable, quotesTable, stancesTable, matrixTable, codingTable, membersTable, positionsTable}
	slices.SortStableFunc(tables, func(x, y *table) int {
		return cmp.Compare(slices.Index(order, x.kind), slices.Index(order, y.kind))
	})
	if len(tables) == 0 {
		return fmt.Errorf("%w: no sheet of it has the headings of one", ErrNothingToRead)
	}
	for _, t := range tables {
		for _, row := range t.rows {
			if err := ctx.Err(); err != nil {
				return err
			}
			r.out.Rows++
			t.read(row)
		}
	}
	r.unsorted()
	r.resolveQuotes()
	r.resolveStances()
	r.absent()
	r.summary(book)
	return nil
}

// findOrigin looks for the sheet that says how the workbook was exported.
func (r *returning) findOrigin(ctx context.Context, book *workbook.Book) {
	r.out.Compared = "The workbook does not say how it was exported (its hidden sheet is gone), so it is compared with the record as it is now: what differs is taken for a change, and what a person decided in the record stands."
	for _, s := range book.Sheets {
		if len(s.Rows) == 0 || s.Rows[0].Cell(0).Text != OriginTitle {
			continue
		}
		var cells [][3]string
		for _, row := range s.Rows[1:] {
			cells = append(cells, [3]string{row.Cell(0).Text, row.Cell(1).Text, row.Cell(2).Text})
		}
		base, err := parseOrigin(cells)
		if err != nil {
			r.out.Compared = "The workbook does not say reliably how it was exported (" + err.Error() + "), so it is compared with the record as it is now: what differs is taken for a change, and what a person decided in the record stands."
			continue
		}
		r.base = base
		r.out.Compared = r.comparison(ctx)
		return
	}
}

// comparison says with what a workbook is compared.
func (r *returning) comparison(ctx context.Context) string {
	mark, err := r.b.ChainMark(ctx, r.base.seq)
	since := r.raw.seq - r.base.seq
	switch {
	case err != nil || mark != r.base.mark:
		return "The workbook was exported from another consultation, or from another copy of this one: it is compared with what it says it was exported with."
	case since == 0:
		return "Compared with the export; the record has not changed since."
	}
	return fmt.Sprintf("Compared with the export; %s recorded since.", plural(int(since), "decision was", "decisions were"))
}

// themeNames are the names by which a cell may call a theme: those of the export first.
func (r *returning) themeNames() {
	r.names = map[string]string{}
	for _, t := range r.b.Codebook.Themes {
		r.names[folded(t.ID)] = t.ID
	}
	for _, t := range r.b.Codebook.Themes {
		r.names[folded(t.Name)] = t.ID
	}
	for i := range r.b.r.Members {
		m := &r.b.r.Members[i]
		for j := range m.Positions {
			r.lines[positionKey{m.Label, m.Positions[j].ThemeID}] = &m.Positions[j]
		}
	}
}

// themeCalled is the id of the theme that a cell names.
func (r *returning) themeCalled(name string) (string, bool) {
	if r.base != nil {
		if id, ok := r.base.named[nameDigest(name)]; ok {
			return id, true
		}
	}
	if id, ok := r.fresh[folded(name)]; ok {
		return id, true
	}
	id, ok := r.names[folded(name)]
	return id, ok
}

// themeName is a theme as the report calls it.
func (r *returning) themeName(id string) string {
	if t := r.b.whole.Theme(id); t != nil {
		return t.Name
	}
	return cmp.Or(r.freshNames[id], id)
}

// note says something about the whole, once.
func (r *returning) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !r.told[text] && len(r.out.Notes) < maxRefused {
		r.told[text] = true
		r.out.Notes = append(r.out.Notes, text)
	}
}

// refuse says that what stands in a cell is not taken.
func (r *returning) refuse(at place, held, format string, args ...any) {
	if len(r.out.Refused) == maxRefused {
		r.out.More++
		return
	}
	r.out.Refused = append(r.out.Refused, Refusal{at.sheet, at.cell, shorten(held), fmt.Sprintf(format, args...)})
}

// take records an edit and the decisions that make it; with none it is known already.
func (r *returning) take(at place, e Edit, decisions ...index.Decision) {
	e.Sheet, e.Cell, e.Was, e.To = at.sheet, at.cell, shorten(e.Was), shorten(e.To)
	r.out.Taken = append(r.out.Taken, e)
	r.out.decisions = append(r.out.decisions, decisions...)
}

// conflict lays an edit beside what the record decided since, and reports whether it is taken all the same.
func (r *returning) conflict(at place, e Edit, now, who string) bool {
	e.Sheet, e.Cell, e.Was, e.To, e.Now = at.sheet, at.cell, shorten(e.Was), shorten(e.To), shorten(now)
	if who != "" {
		e.Now += " (" + who + ")"
	}
	r.out.Conflict = append(r.out.Conflict, e)
	return r.opt.Conflicts
}

// decision is one of the person who brings the workbook in.
func (r *returning) decision(act, subject, theme, value string, at place, said string) index.Decision {
	because := fmt.Sprintf("in an edited workbook, %s %s", at.sheet, at.cell)
	if said != "" && !strings.EqualFold(said, r.opt.By) {
		because += "; the row names " + said
	}
	return index.Decision{Kind: index.ByPerson, Coder: r.opt.By, Act: act, Subject: subject, Theme: theme, Value: value, Because: because}
}

// absent counts the exported rows that did not come back.
func (r *returning) absent() {
	if r.base == nil {
		return
	}
	for ref := range r.base.quotes {
		if !r.seen[ref] {
			r.out.Absent++
		}
	}
	for key := range r.base.stances {
		if !r.seen[key] {
			r.out.Absent++
		}
	}
}

// summary says what a person should know of the file.
func (r *returning) summary(book *workbook.Book) {
	for _, s := range book.Sheets {
		if len(s.Merged) > 0 {
			r.note("Sheet %s has merged cells (%s): only the first cell of each holds anything, and the rows of the others are read as empty there.", shorten(s.Name), shorten(strings.Join(s.Merged[:min(len(s.Merged), 3)], ", ")))
		}
		if s.Cut {
			r.note("Sheet %s has more than %d columns: those beyond were not read.", shorten(s.Name), workbook.MaxColumns)
		}
	}
	if n := len(r.out.Conflict); n > 0 && r.opt.Conflicts {
		r.note("%s taken although a person had decided otherwise.", plural(n, "change was", "changes were"))
	}
}

// CodebookChanged reports whether themes are new or changed, so that the passages should be tagged again.
func (r *Return) CodebookChanged() bool { return len(r.changes) > 0 }
