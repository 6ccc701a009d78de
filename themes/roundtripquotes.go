package themes

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"collate/index"
	"collate/themes/workbook"
)

// A quoteRow is one row of quotes that came back.
type quoteRow struct {
	t       *table
	row     workbook.Row
	passage *index.Passage
	home    string   // the theme of its ref; "" in a list that has passages and not refs
	themes  []string // that it names; none when the cell is empty or not there
	off     bool     // it says that the passage is not on the theme
	stance  Stance   // "" when the cell is empty, wrong or not there
	said    string   // whom the row names as having checked it, where it was not checked when exported
}

// offWords say in the column Theme that a passage is not on it.
var offWords = []string{"none", "no", "no theme", "-", "–", "not on this theme", "remove"}

// quoteRow reads one row of quotes.
func (r *returning) quoteRow(t *table, row workbook.Row) {
	q := quoteRow{t: t, row: row}
	ref := t.text(row, "ref")
	if ref == "" {
		r.refuse(t.at(row, "ref"), rowWords(row), "there is no ref in this row, so nobody can tell which passage it is")
		return
	}
	if r.base != nil && r.base.quotes[ref] != nil {
		r.seen[ref] = true
	}
	if q.passage, q.home = r.refCalled(t.at(row, "ref"), ref); q.passage == nil || !r.sameQuote(&q) || !r.rowThemes(&q) {
		return
	}
	if c, ok := t.cell(row, "stance"); ok && strings.TrimSpace(c.Text) != "" {
		stance, ok := r.plainStance(c, t.at(row, "stance"))
		switch {
		case ok && stance == Silent:
			r.refuse(t.at(row, "stance"), c.Text, "a passage on a theme addresses it; to take it off the theme, write none in Theme")
		case ok:
			q.stance = stance
		}
	}
	q.said = r.checkedBy(&q)
	r.fixedQuote(&q)
	if q.home != "" {
		place := 0
		if r.base != nil {
			place = r.base.quotes[ref].place
		}
		t.watch("stance", r.baseStance(&q).Label(), cmp.Or(q.stance, NotStated).Label(), place)
		if len(q.themes) == 1 {
			t.watch("theme", r.themeName(q.home), r.themeName(q.themes[0]), place)
		}
	}
	r.quoteGroups.add(q.passage.ID+"."+q.home, q)
}

// rowWords are a row's first words, to find it by.
func rowWords(row workbook.Row) string {
	var out []string
	for _, c := range row.Cells {
		if c.Text != "" && len(out) < 4 {
			out = append(out, shorten(c.Text))
		}
	}
	return strings.Join(out, " | ")
}

// refCalled finds the passage and the theme of a ref, or says why there is none.
func (r *returning) refCalled(at place, ref string) (*index.Passage, string) {
	id, number, numbered := strings.Cut(ref, ".")
	seq, theme := r.raw.seq, ""
	switch {
	case !numbered:
	case r.base != nil:
		q := r.base.quotes[ref]
		if q == nil {
			r.refuse(at, ref, "the workbook was not exported with this ref")
			return nil, ""
		}
		seq, theme = r.base.seq, q.theme
	default:
		for i := range r.b.whole.Themes {
			if t := &r.b.whole.Themes[i]; fmt.Sprint(t.number) == number {
				theme = t.ID
			}
		}
		if theme == "" {
			r.refuse(at, ref, "there is no theme of this number")
			return nil, ""
		}
	}
	if theme != "" && r.b.Codebook.Theme(theme) == nil {
		r.refuse(at, ref, "its theme %s is not worked with any more: it was taken out or retired since", theme)
		return nil, ""
	}
	if p := r.b.s.Found(id, seq); p != nil {
		return p, theme
	}
	switch {
	case r.b.s.Left(id) != nil:
		r.refuse(at, ref, "its passage is in a submission that does not count any more, and its words stand nowhere else, or in several places")
	case r.b.s.Referred(id) != nil:
		r.refuse(at, ref, "its passage is in the document that the members answer, which is not coded")
	default:
		r.refuse(at, ref, "there is no such passage in this consultation")
	}
	return nil, ""
}

// sameQuote checks that a row still is what its ref says: its cells could have been moved, as when one column is sorted alone. A quote's
// own words are never changed.
func (r *returning) sameQuote(q *quoteRow) bool {
	c, ok := q.t.cell(q.row, "exact words")
	at := q.t.at(q.row, "exact words")
	verified := false
	if cell, own := strings.TrimPrefix(cellWords(c.Text), "'"), cellWords(r.b.s.Text(q.passage)); ok && cell != "" && cell != Withheld {
		switch {
		case sameWords(cell, own):
			verified = true
		case c.Formula || c.Error:
			r.refuse(at, c.Text, "a formula stands where the words of the quote were: the row is not taken")
			return false
		case r.wordsOfAnother(cell, q.passage):
			r.refuse(at, c.Text, "these are the words of another passage: cells were moved, and the row is not taken")
			return false
		case edited(cell, own):
			r.refuse(at, c.Text, "the words of a quote are never changed; the rest of the row is read")
			verified = true
		default:
			r.refuse(at, c.Text, "these are not the words of this passage: the row is not taken")
			return false
		}
	}
	member, ok := q.t.cell(q.row, "member")
	label := r.b.label(r.b.s.Submission(q.passage).Member)
	if !ok || cellWords(member.Text) == "" || folded(strings.TrimPrefix(member.Text, "'")) == folded(label) || folded(member.Text) == folded(confidentialPassage) {
		return true
	}
	switch {
	case verified && r.unchanged():
		r.refuse(q.t.at(q.row, "member"), member.Text, "whose words they are is not changed here; see: collate members set")
	case !verified && r.unchanged():
		r.refuse(q.t.at(q.row, "member"), member.Text, "this passage is not of this member: cells were moved, and the row is not taken")
		return false
	}
	return true
}

// unchanged reports whether the record is as it was when the workbook was exported, as far as anybody can tell.
func (r *returning) unchanged() bool { return r.base == nil || r.base.seq == r.raw.seq }

// wordsOfAnother reports whether a cell has the words of another passage.
func (r *returning) wordsOfAnother(cell string, p *index.Passage) bool {
	if r.passageWords == nil {
		r.passageWords = map[string]string{}
		for _, x := range r.b.s.Passages {
			r.passageWords[cellDigest(r.b.s.Text(x))] = x.ID
		}
	}
	other, ok := r.passageWords[cellDigest(cell)]
	return ok && other != p.ID
}

// edited reports whether one text may be the other, edited: half of the words of each are the other's.
func edited(a, b string) bool {
	x, y := strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	of := map[string]int{}
	for _, w := range x {
		of[w]++
	}
	same := 0
	for _, w := range y {
		if of[w] > 0 {
			of[w]--
			same++
		}
	}
	return 2*same >= max(len(x), len(y))
}

// rowThemes reads the themes that a row names. A row with a name that no theme has is not taken.
func (r *returning) rowThemes(q *quoteRow) bool {
	c, ok := q.t.cell(q.row, "theme")
	text, at := strings.TrimSpace(c.Text), q.t.at(q.row, "theme")
	if !ok || text == "" {
		if q.home == "" {
			r.refuse(at, text, "the row names no theme")
		}
		return q.home != ""
	}
	if slices.Contains(offWords, folded(text)) {
		q.off = true
		return true
	}
	names := []string{text}
	if _, whole := r.themeCalled(text); !whole {
		names = strings.FieldsFunc(text, func(c rune) bool { return c == ';' || c == '\n' })
	}
	for _, name := range names {
		id, ok := r.themeCalled(name)
		_, fresh := r.fresh[folded(name)]
		switch {
		case ok && !fresh && r.b.Codebook.Theme(id) == nil:
			r.refuse(at, text, "the theme %s is not worked with any more; the row is not taken", id)
			return false
		case !ok && (c.Formula || c.Error):
			r.refuse(at, text, "a formula or an error stands here that shows no theme; the row is not taken")
			return false
		case !ok:
			r.refuse(at, text, "no theme is called this; the row is not taken. A new theme is a row of the sheet Themes")
			return false
		case !slices.Contains(q.themes, id):
			q.themes = append(q.themes, id)
		}
	}
	return true
}

// checkedBy is whom a row names as having checked it, where nobody had when it was exported.
func (r *returning) checkedBy(q *quoteRow) string {
	if q.home == "" || r.wasChecked(q.passage.ID, q.home, q.t.text(q.row, "ref")) {
		return ""
	}
	by, _ := q.t.cell(q.row, "checked by")
	status, _ := q.t.cell(q.row, "origin")
	switch {
	case strings.TrimSpace(by.Text) == "" && folded(status.Text) != "confirmed":
		return ""
	case by.Formula || by.Error || status.Formula || len(by.Text) > maxCoderName:
		r.refuse(q.t.at(q.row, "checked by"), by.Text, "this is no name, so the row does not count as checked")
		return ""
	case strings.TrimSpace(by.Text) == "":
		return r.opt.By
	}
	return cellWords(by.Text)
}

func (r *returning) wasChecked(passage, theme, ref string) bool {
	if r.base != nil && r.base.quotes[ref] != nil {
		return r.base.quotes[ref].checked
	}
	c := r.b.state.passages[codingKey{passage, theme}]
	return c != nil && (c.Confirmed || c.StanceConfirmed)
}

// A want is what a workbook wants of one passage under one theme.
type want struct {
	passage *index.Passage
	theme   string
	off     bool   // take it off the theme
	from    string // it comes from this theme, which it leaves; ""
	stance  Stance // ""  leaves it
	base    Stance // as exported; "" where nobody knows
	said    string // whom the workbook names
	edits   []Edit
	places  []place // of the edits
}

func (w *want) add(e Edit, at place) { w.edits, w.places = append(w.edits, e), append(w.places, at) }

// resolveQuotes works out what the rows of each quote want together, lays aside what contradicts itself, and takes the rest.
func (r *returning) resolveQuotes() {
	var wants []*want
	for _, key := range r.quoteGroups.order {
		wants = append(wants, r.wants(r.quoteGroups.of[key])...)
	}
	for _, w := range consistent(wants, r.refuse) {
		r.takeWant(w)
	}
}

// consistent leaves out what wants two things of one passage and theme.
func consistent(wants []*want, refuse func(place, string, string, ...any)) []*want {
	of := map[codingKey]map[string]bool{}
	say := func(theme string, w *want, what string) {
		key := codingKey{w.passage.ID, theme}
		if of[key] == nil {
			of[key] = map[string]bool{}
		}
		of[key][what] = true
	}
	for _, w := range wants {
		switch {
		case w.off:
			say(w.theme, w, "off")
		default:
			say(w.theme, w, "on")
			if w.stance != "" {
				say(w.theme, w, string(w.stance))
			}
		}
		if w.from != "" {
			say(w.from, w, "off")
		}
	}
	bad := func(theme string, w *want) bool {
		said := of[codingKey{w.passage.ID, theme}]
		stances := len(said)
		for _, s := range []string{"on", "off"} {
			if said[s] {
				stances--
			}
		}
		return said["on"] && said["off"] || stances > 1
	}
	return slices.DeleteFunc(wants, func(w *want) bool {
		if !bad(w.theme, w) && (w.from == "" || !bad(w.from, w)) {
			return false
		}
		for i, e := range w.edits {
			refuse(w.places[i], e.To, "another row of this passage says otherwise, so neither is taken")
		}
		return true
	})
}

// wants are what the rows of one ref want.
func (r *returning) wants(rows []quoteRow) []*want {
	home, p := rows[0].home, rows[0].passage
	of := map[string][]quoteRow{}
	var off []quoteRow
	for _, q := range rows {
		switch {
		case q.off:
			off = append(off, q)
		case len(q.themes) == 0:
			of[home] = append(of[home], q)
		}
		for _, id := range q.themes {
			of[id] = append(of[id], q)
		}
	}
	var out []*want
	base, shown := r.baseStance(&rows[0]), r.refText(p, home)
	if len(off) > 0 && home != "" {
		w := &want{passage: p, theme: home, off: true, base: base}
		w.add(Edit{What: "theme", Of: shown, Theme: r.themeName(home), Was: r.themeName(home), To: "not on it"}, off[0].t.at(off[0].row, "theme"))
		out = append(out, w)
	}
	for _, id := range slices.Sorted(maps.Keys(of)) {
		w := r.wantOf(of[id], id, base)
		if w == nil {
			continue
		}
		if id != home {
			at := of[id][0].t.at(of[id][0].row, "theme")
			e := Edit{What: "theme", Of: shown, Theme: r.themeName(id), Was: r.themeName(home), To: r.themeName(id)}
			if home == "" || len(of[home]) > 0 || len(off) > 0 {
				e.What, e.Was = "theme added", ""
			} else {
				w.from = home
			}
			w.edits, w.places = slices.Insert(w.edits, 0, e), slices.Insert(w.places, 0, at)
		}
		if len(w.edits) > 0 {
			out = append(out, w)
		}
		r.noteWants(of[id], id)
	}
	return out
}

// refText is the ref of a passage under a theme, or its id where the theme is new or none.
func (r *returning) refText(p *index.Passage, theme string) string {
	if t := r.b.whole.Theme(theme); t != nil {
		return ref(p, t)
	}
	return p.ID
}

// baseStance is the stance with which a row was exported.
func (r *returning) baseStance(q *quoteRow) Stance {
	if r.base != nil {
		if x := r.base.quotes[q.t.text(q.row, "ref")]; x != nil {
			return x.stance
		}
	}
	if c := r.b.state.passages[codingKey{q.passage.ID, q.home}]; c != nil && c.Tagged {
		return c.Stance
	}
	return NotStated
}

// wantOf is what rows say of one theme: the stance that one of them changed, and whether one is checked; nil when they contradict one another.
func (r *returning) wantOf(rows []quoteRow, theme string, base Stance) *want {
	w := &want{passage: rows[0].passage, theme: theme, base: base}
	var changed []quoteRow
	for _, q := range rows {
		if q.stance != "" && q.stance != base && !slices.ContainsFunc(changed, func(o quoteRow) bool { return o.stance == q.stance }) {
			changed = append(changed, q)
		}
	}
	if len(changed) > 1 {
		for _, q := range changed {
			r.refuse(q.t.at(q.row, "stance"), q.stance.Label(), "the passage is in the workbook more than once, with different stances: none is taken")
		}
		return nil
	}
	ref := r.refText(w.passage, rows[0].home)
	if len(changed) == 1 {
		q := changed[0]
		w.stance, w.said = q.stance, q.said
		w.add(Edit{What: "stance", Of: ref, Theme: r.themeName(theme), Was: base.Label(), To: q.stance.Label()}, q.t.at(q.row, "stance"))
		return w
	}
	for _, q := range rows {
		if q.said != "" && theme == q.home {
			w.said = q.said
			if w.stance = q.stance; w.stance == NotStated {
				w.stance = "" // to have read it is not to say that it states nothing
			}
			w.add(Edit{What: "check", Of: ref, Theme: r.themeName(theme), Was: "suggested", To: strings.TrimSuffix("checked: "+w.stance.Label(), ": ")}, q.t.at(q.row, "checked by"))
			break
		}
	}
	return w
}

// takeWant takes what is wanted, unless a person has decided otherwise since.
func (r *returning) takeWant(w *want) {
	key := codingKey{w.passage.ID, w.theme}
	own, seen := entryOf(r.raw.passages, key), entryOf(r.b.state.passages, key)
	at, e := w.places[0], w.edits[0]
	if w.off {
		r.takeOff(w, own, seen)
		return
	}
	var decisions []index.Decision
	if !seen.Tagged && own.Confirmed && r.newer(own) && !r.conflict(at, e, "not on the theme", own.Coder) {
		return
	}
	if !own.Confirmed || !own.Tagged {
		decisions = append(decisions, r.decision(index.ActTheme, w.passage.ID, w.theme, "yes", at, w.said))
	}
	if w.stance != "" && !(seen.StanceConfirmed && seen.Stance == w.stance) {
		if seen.StanceConfirmed && (r.newer(own) || seen.Stance != w.base) && !r.conflict(at, e, seen.Stance.Label(), seen.StanceCoder) {
			return
		}
		decisions = append(decisions, r.decision(index.ActStance, w.passage.ID, w.theme, string(w.stance), at, w.said))
	} else if w.stance != "" && len(w.edits) == 1 && e.What == "stance" {
		decisions = nil // it stands there already, and a person is behind it
	}
	if w.from != "" {
		from := entryOf(r.raw.passages, codingKey{w.passage.ID, w.from})
		if entryOf(r.b.state.passages, codingKey{w.passage.ID, w.from}).Tagged && !from.Tagged {
			r.refuse(at, e.To, "the passage is on %s because it is on a theme under it; change that row", r.themeName(w.from))
			return
		}
		if from.Tagged {
			if from.Confirmed && r.newer(from) && !r.conflict(at, e, "on "+r.themeName(w.from), from.Coder) {
				return
			}
			decisions = append(decisions, r.decision(index.ActTheme, w.passage.ID, w.from, "no", at, w.said))
		}
	}
	r.takeEdits(w, decisions)
}

func (r *returning) takeOff(w *want, own, seen *Coding) {
	at, e := w.places[0], w.edits[0]
	switch {
	case !seen.Tagged:
		r.out.Known++
	case !own.Tagged:
		r.refuse(at, e.To, "the passage is on %s because it is on a theme under it; change that row", r.themeName(w.theme))
	case own.Confirmed && r.newer(own) && !r.conflict(at, e, "on the theme", own.Coder):
	default:
		r.takeEdits(w, []index.Decision{r.decision(index.ActTheme, w.passage.ID, w.theme, "no", at, w.said)})
	}
}

// takeEdits takes all that was changed in a row; with nothing to decide it is known.
func (r *returning) takeEdits(w *want, decisions []index.Decision) {
	if len(decisions) == 0 {
		r.out.Known += len(w.edits)
		return
	}
	for i, e := range w.edits {
		r.take(w.places[i], e, decisions...)
		decisions = nil
	}
	if w.said != "" && !strings.EqualFold(w.said, r.opt.By) {
		r.note("Rows that name %s in the workbook are recorded under %s, who brings it in.", shorten(w.said), r.opt.By)
	}
}

// newer reports whether a person decided after the workbook was exported, or whether nobody can tell.
func (r *returning) newer(c *Coding) bool { return r.base == nil || c.decided > r.base.seq }

// entryOf is a coding, or what stands where there is none.
func entryOf(m map[codingKey]*Coding, key codingKey) *Coding {
	if c := m[key]; c != nil {
		return c
	}
	return &Coding{Stance: NotStated}
}

// noteWants takes the notes on the rows of one passage and theme.
func (r *returning) noteWants(rows []quoteRow, theme string) {
	q := &rows[0]
	base := cellDigest("")
	now := r.b.safe(r.raw.notes[codingKey{q.passage.ID, theme}].text)
	if r.base == nil {
		base = cellDigest(now)
	} else if x := r.base.quotes[q.t.text(q.row, "ref")]; x != nil {
		base = dash(x.note)
	}
	var edits []noteEdit
	for i := range rows {
		c, _ := rows[i].t.cell(rows[i].row, "notes")
		text := withoutCut(c.Text)
		if d := cellDigest(text); d != cellDigest("") && d != base {
			edits = append(edits, noteEdit{c, text, rows[i].t.at(rows[i].row, "notes")})
		}
	}
	r.takeNote(edits, q.passage.ID, theme, r.refText(q.passage, theme), base)
}

// withoutCut is a cell of notes without the sentence of [CutNote].
func withoutCut(text string) string {
	if at := strings.LastIndex(text, cutFrom); at >= 0 && strings.HasSuffix(strings.TrimSpace(text), cutTo) {
		text = text[:at]
	}
	return strings.TrimSpace(text)
}

// A noteEdit is a cell of notes that was changed.
type noteEdit struct {
	cell workbook.Cell
	text string
	at   place
}

// takeNote takes the one note that was written on a passage or a position.
func (r *returning) takeNote(edits []noteEdit, subject, theme, of, base string) {
	if len(edits) == 0 {
		return
	}
	e := edits[0]
	now := r.raw.notes[codingKey{subject, theme}]
	edit := Edit{What: "note", Of: of, Theme: r.themeName(theme), Was: "", To: e.text}
	if cellDigest(r.b.safe(now.text)) == base {
		edit.Was = r.b.safe(now.text)
	}
	switch {
	case slices.ContainsFunc(edits, func(o noteEdit) bool { return cellDigest(o.text) != cellDigest(e.text) }):
		r.refuse(e.at, e.text, "the row is in the workbook more than once, with different notes: none is taken")
	case e.cell.Formula || e.cell.Error:
		r.refuse(e.at, e.text, "a formula or an error stands here; write the note itself")
	case len(e.text) > maxNote:
		r.refuse(e.at, e.text, "a note may have %d bytes, and this one has %d", maxNote, len(e.text))
	case cellDigest(r.b.safe(now.text)) == cellDigest(e.text):
		r.out.Known++
	case now.text != "" && (r.base == nil || cellDigest(r.b.safe(now.text)) != base) && !r.conflict(e.at, edit, r.b.safe(now.text), now.coder):
	default:
		r.take(e.at, edit, r.decision(index.ActNote, subject, theme, e.text, e.at, ""))
	}
}
