package themes

import (
	"slices"
	"strings"

	"collate/index"
	"collate/themes/workbook"
)

// referenceHeads are what a coding sheet may call the column that says which passage a row is about.
var referenceHeads = []string{"ref", "reference", "passage", "passage id", "passage ref", "id", "source", "quote ref"}

// referenceHead is the heading of a table's references, or "".
func (r *returning) referenceHead(t *table) string {
	for _, head := range referenceHeads {
		if _, ok := t.columns[head]; ok {
			return head
		}
	}
	return ""
}

// headTheme is the theme that a heading names: by its name, its id, or as [BlindHead] writes it.
func (r *returning) headTheme(head string) (string, bool) {
	if id, stance, ok := columnTheme(strings.TrimSpace(head)); ok && !stance && r.b.Codebook.Theme(id) != nil {
		return id, true
	}
	id, ok := r.themeCalled(head)
	return id, ok && cellWords(head) != "" && r.b.Codebook.Theme(id) != nil
}

// A codingReader reads a sheet that somebody coded elsewhere: a reference a row, a theme a column.
type codingReader struct {
	r      *returning
	t      *table
	head   string         // of the references
	themes map[int]string // by column
	seen   map[string]bool
}

// quietHeads are columns that a coding sheet may have for the people who fill it in.
var quietHeads = []string{"", "member", "document", "file", "place", "heading", "words", "exact words", "text", "quote", "notes", "note", "comment", "coder", "question", "type"}

// startCoding says which of a sheet's headings are themes, and which nobody knows.
func (r *returning) startCoding(t *table) func(workbook.Row) {
	h := &codingReader{r: r, t: t, head: r.referenceHead(t), themes: map[int]string{}, seen: map[string]bool{}}
	var unknown []string
	for c, head := range t.heads {
		switch id, ok := r.headTheme(head); {
		case ok && slices.Contains(mapValues(h.themes), id):
			r.note("Sheet %s has two columns of the theme %s: the first counts.", shorten(t.sheet), r.themeName(id))
		case ok:
			h.themes[c] = id
		case folded(head) != h.head && !slices.Contains(quietHeads, folded(head)):
			unknown = append(unknown, shorten(head))
		}
	}
	if len(unknown) > 0 {
		r.note("Sheet %s: no theme is called %s, so these columns were not read.", shorten(t.sheet), strings.Join(unknown[:min(len(unknown), 20)], ", "))
	}
	if _, ok := t.columns["coder"]; ok {
		r.note("Sheet %s names its coders; what is taken from it is recorded under %s.", shorten(t.sheet), r.opt.By)
	}
	r.out.Compared = "A coding sheet from elsewhere, compared with the record as it is now: what a person decided in the record stands."
	return h.row
}

func mapValues(m map[int]string) []string {
	var out []string
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

// row reads one passage's codes.
func (h *codingReader) row(row workbook.Row) {
	p := h.r.referred(h.t.at(row, h.head), h.t.text(row, h.head))
	if p == nil {
		return
	}
	if h.seen[p.ID] {
		h.r.refuse(h.t.at(row, h.head), h.t.text(row, h.head), "this passage is in the sheet twice; the first counts")
		return
	}
	h.seen[p.ID] = true
	for c := range h.t.heads {
		if id, ok := h.themes[c]; ok {
			h.code(row.Cell(c), place{h.t.sheet, workbook.Place(c, row.Number)}, p, id)
		}
	}
}

// referred is the passage that a reference names: its id, a quote's ref, or "Member, file, para 12".
func (r *returning) referred(at place, text string) *index.Passage {
	if r.references == nil {
		r.references = map[string][]*index.Passage{}
		for _, p := range r.b.s.Passages {
			key := folded(r.b.s.Reference(p))
			r.references[key] = append(r.references[key], p)
		}
	}
	id, _, _ := strings.Cut(text, ".")
	p, named := r.b.s.Passage(id), r.references[folded(text)]
	switch {
	case text == "":
		r.refuse(at, text, "there is no reference in this row")
	case p != nil && !strings.ContainsAny(text, " ,"):
		return p
	case len(named) == 1:
		return named[0]
	case len(named) > 1:
		r.refuse(at, text, "several passages have this reference; give the passage's id")
	default:
		r.refuse(at, text, "there is no passage with this reference in this consultation; give its id, a quote's ref, or the reference that collate search prints")
	}
	return nil
}

// code takes one cell: a yes, a no, or a stance, which is a yes as well.
func (h *codingReader) code(c workbook.Cell, at place, p *index.Passage, theme string) {
	r, key := h.r, codingKey{p.ID, theme}
	said := folded(c.Text)
	stance, isStance := stanceIn(c.Text)
	own := entryOf(r.raw.passages, key)
	e := Edit{What: "theme", Of: r.refText(p, theme), Theme: r.themeName(theme), Was: onOff(own.Tagged)}
	switch {
	case said == "":
	case isStance && stance == Silent, slices.Contains([]string{"no", "n", "0", "false", "none"}, said):
		e.To = onOff(false)
		switch {
		case !own.Tagged:
			r.out.Known++
		case own.Confirmed && !r.conflict(at, e, onOff(true), own.Coder):
		default:
			r.take(at, e, r.decision(index.ActTheme, p.ID, theme, "no", at, ""))
		}
	case isStance:
		w := &want{passage: p, theme: theme, stance: stance}
		w.add(Edit{What: "stance", Of: e.Of, Theme: e.Theme, Was: own.Stance.Label(), To: stance.Label()}, at)
		r.takeWant(w)
	case slices.Contains([]string{"yes", "y", "x", "1", "true", "✓", "✔"}, said):
		e.To = onOff(true)
		switch {
		case own.Confirmed && own.Tagged:
			r.out.Known++
		case own.Confirmed && !r.conflict(at, e, onOff(false), own.Coder):
		default:
			r.take(at, e, r.decision(index.ActTheme, p.ID, theme, "yes", at, ""))
		}
	case c.Formula || c.Error:
		r.refuse(at, c.Text, "a formula or an error stands here that shows neither yes nor no nor a stance")
	default:
		r.refuse(at, c.Text, "this is neither yes nor no nor a stance (%s)", stanceWords)
	}
}

func onOff(yes bool) string {
	if yes {
		return "on the theme"
	}
	return "not on it"
}
