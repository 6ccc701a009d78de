package themes

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"collate/index"
	"collate/themes/workbook"
)

// maxOwnLine is how many bytes a person's own line may have.
const maxOwnLine = 5000

// A stanceRow is what one row of stances, or one cell of the matrix, says of a member on a theme.
type stanceRow struct {
	t      *table // nil of a cell of the matrix
	key    positionKey
	base   originStance // as exported
	stance Stance       // "" when empty, wrong or not there
	line   string       // "" when empty or not there
	short  bool         // the line is cut as the matrix cuts it
	said   string       // whom the row names as having set it, where nobody had
	at     func(head string) place
	note   workbook.Cell
}

// stanceRow reads one row of stances.
func (r *returning) stanceRow(t *table, row workbook.Row) {
	x := stanceRow{at: func(head string) place { return t.at(row, head) }}
	var ok bool
	if x.key, ok = r.rowPosition(t, row); !ok {
		return
	}
	x.base = r.basePosition(x.key, t.text(row, "key"))
	if c, ok := t.cell(row, "stance"); ok && strings.TrimSpace(c.Text) != "" {
		if x.stance, ok = r.plainStance(c, x.at("stance")); ok && x.stance == Silent {
			r.refuse(x.at("stance"), c.Text, "a member addresses a theme by its passages; take them off it in the sheet Quotes, with none in Theme")
			x.stance = ""
		}
	}
	const line = "position in one line"
	if c, ok := t.cell(row, line); ok && strings.TrimSpace(c.Text) != "" && cellDigest(c.Text) != x.base.line {
		switch {
		case c.Formula || c.Error:
			r.refuse(x.at(line), c.Text, "a formula or an error stands here; write the line itself")
		case len(c.Text) > maxOwnLine:
			r.refuse(x.at(line), c.Text, "a line may have %d bytes, and this one has %d", maxOwnLine, len(c.Text))
		default:
			x.line = strings.TrimSpace(c.Text)
		}
	}
	if by, _ := t.cell(row, "set by"); !x.base.checked && strings.TrimSpace(by.Text) != "" && !strings.HasPrefix(folded(by.Text), suggestedMark) {
		if x.said = cellWords(by.Text); by.Formula || by.Error || len(x.said) > maxCoderName {
			r.refuse(x.at("set by"), by.Text, "this is no name, so the row does not count as set")
			x.said = ""
		}
	}
	x.note, _ = t.cell(row, "notes")
	if x.t = t; x.base.stance != Silent {
		t.watch("stance", x.base.stance.Label(), cmp.Or(x.stance, NotStated).Label(), x.base.place)
	}
	r.stanceGroups.add(x.key.member+"\x00"+x.key.theme, x)
}

// suggestedMark begins what stands in Set by where no person set a stance.
const suggestedMark = "suggested"

// rowPosition finds the member and the theme of a row: by its key, or where it has none by their names.
func (r *returning) rowPosition(t *table, row workbook.Row) (positionKey, bool) {
	key, member, theme := t.text(row, "key"), t.text(row, "member"), t.text(row, "theme")
	if key == "" && member == "" && theme == "" {
		r.refuse(t.at(row, "key"), rowWords(row), "there is neither a key nor a member in this row")
		return positionKey{}, false
	}
	if r.base != nil && key != "" {
		x := r.base.stances[cellDigest(key)]
		if x == nil {
			r.refuse(t.at(row, "key"), key, "the workbook was not exported with this key; for a new row leave it empty")
			return positionKey{}, false
		}
		r.seen[cellDigest(key)] = true
		if member != "" && nameDigest(member) != x.member {
			r.refuse(t.at(row, "member"), member, "the key of this row is another member's: cells were moved, and the row is not taken")
			return positionKey{}, false
		}
		if id, ok := r.themeCalled(theme); theme != "" && (!ok || id != x.theme) {
			r.refuse(t.at(row, "theme"), theme, "the theme of a position is not changed here; change it on its quotes, or leave Key empty in a new row")
			return positionKey{}, false
		}
		if name, ok := r.memberOf(x); ok {
			return r.workedWith(t.at(row, "theme"), positionKey{name, x.theme})
		}
	}
	if member == "" && theme == "" {
		r.refuse(t.at(row, "key"), key, "there is no such member and theme in this consultation")
		return positionKey{}, false
	}
	name, ok := r.memberCalled(t.at(row, "member"), member)
	if !ok {
		return positionKey{}, false
	}
	id, ok := r.themeCalled(theme)
	if !ok {
		r.refuse(t.at(row, "theme"), theme, "no theme is called this")
		return positionKey{}, false
	}
	return r.workedWith(t.at(row, "theme"), positionKey{name, id})
}

// workedWith refuses a theme that was retired or taken out.
func (r *returning) workedWith(at place, key positionKey) (positionKey, bool) {
	for _, id := range r.fresh {
		if id == key.theme {
			return key, true
		}
	}
	if r.b.Codebook.Theme(key.theme) == nil {
		r.refuse(at, key.theme, "this theme is not worked with any more: it was taken out or retired since")
		return key, false
	}
	return key, true
}

// memberOf is the member of an exported row, by its first passage, as the descriptions of members that are not named may be others now; or
// by its label.
func (r *returning) memberOf(x *originStance) (string, bool) {
	if p := r.b.s.Found(x.passage, r.base.seq); x.passage != "" && p != nil {
		return r.b.s.Submission(p).Member, true
	}
	for _, m := range r.b.s.Members {
		if nameDigest(r.b.label(m.Name)) == x.member {
			return m.Name, true
		}
	}
	return "", false
}

// memberCalled is the member with a label.
func (r *returning) memberCalled(at place, label string) (string, bool) {
	label = strings.TrimPrefix(label, "'")
	var found []string
	for _, m := range r.b.s.Members {
		if folded(r.b.label(m.Name)) == folded(label) {
			found = append(found, m.Name)
		}
	}
	switch len(found) {
	case 0:
		r.refuse(at, label, "no member is called this")
		return "", false
	case 1:
		return found[0], true
	}
	r.refuse(at, label, "several members are called this")
	return "", false
}

// basePosition is how a member's position on a theme was exported, or is now where the workbook does not say.
func (r *returning) basePosition(key positionKey, of string) originStance {
	if r.base == nil {
		p := r.position(key)
		return originStance{stance: p.Stance, checked: p.Confirmed, line: cellDigest(p.Line), short: cellDigest(ShortLine(p.Line)), note: cellDigest(p.Note)}
	}
	x := r.base.stances[cellDigest(of)]
	if x == nil {
		x = r.exportedPosition(key)
	}
	if x == nil {
		return originStance{stance: Silent, line: "-", short: "-", note: "-"}
	}
	out := *x
	out.line, out.short, out.note = dash(x.line), dash(x.short), dash(x.note)
	return out
}

// exportedPosition looks for the exported row of a member and theme.
func (r *returning) exportedPosition(key positionKey) *originStance {
	if r.exportedOf == nil {
		r.exportedOf = map[positionKey]*originStance{}
		for _, x := range r.base.stances {
			if name, ok := r.memberOf(x); ok {
				r.exportedOf[positionKey{name, x.theme}] = x
			}
		}
	}
	return r.exportedOf[key]
}

// position is a member's position as the report has it now.
func (r *returning) position(key positionKey) *Position {
	if p := r.lines[positionKey{r.b.label(key.member), key.theme}]; p != nil {
		return p
	}
	return &Position{Member: r.b.label(key.member), Stance: Silent}
}

// matrixRow reads one member's row of the matrix. Its cells are formulas; one that somebody wrote over is read as "Stance. Line".
func (r *returning) matrixRow(t *table, row workbook.Row) {
	label, _, _ := strings.Cut(strings.TrimSpace(row.Cell(t.columns["member"]).Text), "\n")
	for c, head := range t.heads {
		id, ok := r.headTheme(head)
		cell := row.Cell(c)
		if !ok || cell.Formula || cellWords(cell.Text) == "" || cellWords(cell.Text) == Silent.Sign() {
			continue
		}
		at := place{t.sheet, workbook.Place(c, row.Number)}
		if folded(label) == "joint position" || strings.HasPrefix(folded(label), "joint position") {
			r.jointCell(at, id, cell.Text)
			continue
		}
		member, ok := r.memberCalled(t.at(row, "member"), label)
		if !ok {
			return
		}
		key, ok := r.workedWith(at, positionKey{member, id})
		if !ok {
			continue
		}
		x := stanceRow{key: key, short: true, at: func(string) place { return at }, base: r.basePosition(key, "")}
		if x.stance, x.line, ok = shownStance(cell.Text); !ok {
			r.refuse(at, cell.Text, "write a cell of the matrix as a stance and a line: Support. Our own words")
			continue
		}
		if cellDigest(x.line) == x.base.short || len(x.line) > maxOwnLine {
			if len(x.line) > maxOwnLine {
				r.refuse(at, cell.Text, "a line may have %d bytes", maxOwnLine)
			}
			x.line = ""
		}
		r.stanceGroups.add(key.member+"\x00"+key.theme, x)
	}
}

// jointCell says that a joint position follows from the members' and is not written over.
func (r *returning) jointCell(at place, theme, text string) {
	for _, t := range r.b.r.Themes {
		if t.ID == theme && r.unchanged() && cellWords(text) != cellWords(string(t.Joint.Outcome)+" "+Marked(t.Joint.Line, t.Joint.Flags)) {
			r.refuse(at, text, "a joint position follows from the members' stances and is not changed here")
		}
	}
}

// shownStance reads what the matrix shows: a sign, a stance and a line.
func shownStance(text string) (Stance, string, bool) {
	text = strings.TrimSpace(text)
	for _, s := range Stances {
		rest := strings.TrimSpace(strings.TrimPrefix(text, s.Sign()))
		if s == Silent || len(rest) < len(s.Label()) || !strings.EqualFold(rest[:len(s.Label())], s.Label()) {
			continue
		}
		rest = rest[len(s.Label()):]
		line := strings.TrimSpace(strings.TrimLeft(rest, ".:"))
		if rest == "" || strings.ContainsAny(rest[:1], ".:\n") {
			return s, line, true
		}
	}
	return "", "", false
}

// resolveStances takes what the rows of each member and theme want together.
func (r *returning) resolveStances() {
	for _, key := range r.stanceGroups.order {
		rows := r.stanceGroups.of[key]
		r.positionNote(rows)
		r.resolvePosition(rows)
	}
}

// resolvePosition takes the one stance and the one line that rows changed.
func (r *returning) resolvePosition(rows []stanceRow) {
	var stances, lines []stanceRow
	said := stanceRow{}
	for _, x := range rows {
		if x.stance != "" && x.stance != x.base.stance && !slices.ContainsFunc(stances, func(o stanceRow) bool { return o.stance == x.stance }) {
			stances = append(stances, x)
		}
		if x.line != "" && !slices.ContainsFunc(lines, func(o stanceRow) bool { return cellDigest(o.line) == cellDigest(x.line) }) {
			lines = append(lines, x)
		}
		if x.said != "" && said.said == "" {
			said = x
		}
	}
	for _, several := range [][]stanceRow{stances, lines} {
		if len(several) > 1 {
			for _, x := range several {
				r.refuse(x.at("stance"), strings.TrimSuffix(x.stance.Label()+". "+x.line, ". "), "the position is in the workbook more than once, and otherwise: none is taken")
			}
			return
		}
	}
	r.takePosition(rows[0], stances, lines, said)
}

// A positionEdit is what a workbook changes of one member's position on one theme.
type positionEdit struct {
	*returning
	row   stanceRow        // the first of its rows
	now   *Position        // as the report has it
	set   PositionDecision // what a person set before; nothing set where it has no coder
	to    PositionDecision
	edits []Edit
	at    []place // of the edits
}

func (r *returning) takePosition(x stanceRow, stances, lines []stanceRow, said stanceRow) {
	p := &positionEdit{returning: r, row: x, now: r.position(x.key), set: r.raw.positions[x.key]}
	p.to = p.set
	p.to.Checked = false
	if len(stances) > 0 {
		p.stance(stances[0])
	}
	if len(lines) > 0 {
		p.line(lines[0])
	}
	if said.said != "" && len(stances)+len(lines) == 0 {
		p.check(said)
	}
	if len(p.edits) == 0 || p.set.Stance == p.to.Stance && p.set.Text == p.to.Text {
		return
	}
	p.complete()
	value, err := json.Marshal(p.to)
	if err != nil {
		panic(err) // strings always marshal
	}
	decision := []index.Decision{r.decision(index.ActPosition, x.key.member, x.key.theme, string(value), p.at[0], said.said)}
	for i, e := range p.edits {
		r.take(p.at[i], e, decision...)
		decision = nil
	}
	if said.said != "" && !strings.EqualFold(said.said, r.opt.By) {
		r.note("Rows that name %s in the workbook are recorded under %s, who brings it in.", shorten(said.said), r.opt.By)
	}
}

// complete keeps who wrote the line where the workbook does not change it, and the condition where the stance still sets one, and says what
// the position rests on now.
func (p *positionEdit) complete() {
	p.to.Author = ""
	if p.to.Text != "" && p.to.Text == p.set.Text {
		p.to.Author = cmp.Or(p.set.Author, p.set.Coder)
	}
	if p.to.Stance != Conditions {
		p.to.Condition = ""
	}
	theme := p.b.whole.Theme(p.row.key.theme)
	if theme == nil {
		theme = &Theme{ID: p.row.key.theme} // new in the workbook
	}
	rests := p.planned().reliance(p.row.key.member, theme)
	p.to.Rests = &rests
}

// planned knows what is coded once the rows of quotes are taken: a position that came back with them rests on it.
func (r *returning) planned() *builder {
	if r.after != nil {
		return r.after
	}
	state := *r.raw
	state.passages = maps.Clone(r.raw.passages)
	for i := range r.out.decisions {
		if d := &r.out.decisions[i]; d.Act == index.ActTheme || d.Act == index.ActStance {
			key := codingKey{d.Subject, d.Theme}
			c := *entryOf(state.passages, key)
			c.set(d)
			state.passages[key] = &c
		}
	}
	after := *r.b
	after.state = state.rolledUp(r.b.whole)
	r.after = &after
	return r.after
}

func (p *positionEdit) edit(what, was, to string) Edit {
	return Edit{What: what, Of: p.now.Member, Theme: p.themeName(p.row.key.theme), Was: was, To: to}
}

func (p *positionEdit) add(e Edit, at place) { p.edits, p.at = append(p.edits, e), append(p.at, at) }

// stance takes another stance, unless a person has set one since.
func (p *positionEdit) stance(x stanceRow) {
	base, at := p.row.base, x.at("stance")
	e := p.edit("stance", base.stance.Label(), x.stance.Label())
	since := p.base == nil || p.now.Stance != base.stance || !base.checked || p.set.seq > p.base.seq
	switch {
	case p.now.Confirmed && p.now.Stance == x.stance:
		p.out.Known++
	case p.now.Confirmed && since && !p.conflict(at, e, p.now.Stance.Label(), p.now.By):
	default:
		p.to.Stance = x.stance
		p.add(e, at)
	}
}

// line takes another line. The stance beside it stays what it is: a person's where one was set, and else what the passages say.
func (p *positionEdit) line(x stanceRow) {
	now, at := cellDigest(p.now.Line), x.at("position in one line")
	e := p.edit("line", "", x.line)
	if now == p.row.base.line {
		e.Was = p.now.Line
	}
	switch {
	case now == cellDigest(x.line) || x.short && cellDigest(ShortLine(p.now.Line)) == cellDigest(x.line):
		p.out.Known++
	case p.set.Text != "" && (p.base == nil || now != p.row.base.line) && !p.conflict(at, e, p.now.Line, p.set.Coder):
	case p.now.Stance == Silent && p.to.Stance == "":
		p.refuse(at, x.line, "the member does not address this theme; a line needs a stance beside it")
	default:
		p.to.Text = x.line
		p.add(e, at)
	}
}

// check takes a name in Set by for a person's word that the stance is right.
func (p *positionEdit) check(x stanceRow) {
	switch base := p.row.base; {
	case p.now.Confirmed:
		p.out.Known++
	case base.stance != Silent:
		p.to.Stance, p.to.Checked = base.stance, true
		p.add(p.edit("check", suggestedMark, "set: "+base.stance.Label()), x.at("set by"))
	}
}

// positionNote takes the note on a position.
func (r *returning) positionNote(rows []stanceRow) {
	var edits []noteEdit
	for _, x := range rows {
		if d := cellDigest(x.note.Text); !x.short && d != cellDigest("") && d != x.base.note {
			edits = append(edits, noteEdit{x.note, strings.TrimSpace(x.note.Text), x.at("notes")})
		}
	}
	r.takeNote(edits, rows[0].key.member, rows[0].key.theme, fmt.Sprint(r.b.label(rows[0].key.member)), rows[0].base.note)
}
