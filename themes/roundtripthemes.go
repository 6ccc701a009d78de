package themes

import (
	"maps"
	"slices"
	"strings"

	"collate/themes/workbook"
)

// A themesReader reads the sheet of themes that came back.
type themesReader struct {
	r *returning
	t *table
}

// maxNewThemes is more than people add in a workbook.
const maxNewThemes = 100

const (
	coversHead   = "what it covers"
	rulesHead    = "rules"
	examplesHead = "examples"
	underHead    = "under"
)

// startThemes learns the names of new themes before any row is read, since rows of quotes may name them.
func (r *returning) startThemes(t *table) {
	book := r.b.whole.clone()
	missing := r.missingThemes(t)
	for _, row := range t.rows {
		name := cellWords(t.text(row, "theme"))
		c, _ := t.cell(row, "theme")
		if _, known := r.themeCalled(name); known || name == "" || len([]rune(name)) > maxThemeName || c.Formula || c.Error {
			continue
		}
		if was := r.wasCalled(t, row, missing); was != "" {
			delete(missing, was)
			r.renames[folded(name)], r.names[folded(name)] = was, was
			continue
		}
		if len(r.fresh) == maxNewThemes {
			return
		}
		id := book.freshID(name)
		book.Themes = append(book.Themes, Theme{ID: id})
		r.fresh[folded(name)], r.freshNames[id] = id, name
	}
}

// missingThemes are the themes that no row of the sheet names any more.
func (r *returning) missingThemes(t *table) map[string]bool {
	out := map[string]bool{}
	for _, x := range r.b.Codebook.Themes {
		out[x.ID] = true
	}
	for _, row := range t.rows {
		if id, ok := r.themeCalled(t.text(row, "theme")); ok {
			delete(out, id)
		}
	}
	return out
}

// wasCalled is the theme whose row has another name now: what it covers and its rules are as they were exported, and its own name is gone.
func (r *returning) wasCalled(t *table, row workbook.Row, missing map[string]bool) string {
	if r.base == nil {
		return ""
	}
	for _, n := range slices.Sorted(maps.Keys(r.base.themes)) {
		if x := r.base.themes[n]; missing[x.id] && x.description != "" && dash(x.description) == cellDigest(t.text(row, coversHead)) && dash(x.rules) == cellDigest(t.text(row, rulesHead)) {
			return x.id
		}
	}
	return ""
}

// row reads one theme.
func (h *themesReader) row(row workbook.Row) {
	r, t := h.r, h.t
	name, at := cellWords(t.text(row, "theme")), t.at(row, "theme")
	c, _ := t.cell(row, "theme")
	switch {
	case name == "":
		r.refuse(at, rowWords(row), "the theme has no name")
		return
	case len([]rune(name)) > maxThemeName:
		r.refuse(at, name, "the name is longer than %d characters; put the rest into What it covers", maxThemeName)
		return
	}
	id, known := r.themeCalled(name)
	if was := r.renames[folded(name)]; was != "" {
		if err := h.tried(Rename(was, name)); err != nil {
			r.refuse(at, name, "the theme cannot be called so: %s", strings.TrimSuffix(err.Error(), "."))
			return
		}
		h.edit(at, Edit{What: "theme renamed", Of: was, Was: r.themeName(was), To: name}, Rename(was, name))
		return
	}
	if _, fresh := r.fresh[folded(name)]; fresh {
		h.add(row, id, name)
		return
	}
	switch {
	case !known && (c.Formula || c.Error):
		r.refuse(at, name, "a formula or an error stands here; write the name itself")
	case !known:
		r.refuse(at, name, "a workbook can bring %d new themes and no more", maxNewThemes)
	case r.b.Codebook.Theme(id) == nil:
		r.refuse(at, name, "this theme is not worked with any more: it was taken out or retired since")
	default:
		h.changed(row, id)
	}
}

// edit takes one change of the codebook.
func (h *themesReader) edit(at place, e Edit, change Change) {
	h.r.take(at, e)
	h.r.out.changes = append(h.r.out.changes, change)
}

// text is a cell of a theme that is taken as it is written; a formula is refused.
func (h *themesReader) text(row workbook.Row, head string) (string, bool) {
	c, ok := h.t.cell(row, head)
	text := strings.TrimSpace(lineFeeds.Replace(c.Text))
	switch {
	case !ok || text == "":
		return "", true
	case c.Formula || c.Error:
		h.r.refuse(h.t.at(row, head), text, "a formula or an error stands here; write the words themselves")
		return "", false
	case len(text) > maxDescription:
		h.r.refuse(h.t.at(row, head), text, "a cell of a theme may have %d bytes, and this one has %d", maxDescription, len(text))
		return "", false
	}
	return text, true
}

// add takes a new theme. One whose rules cannot be understood is not taken, and says which.
func (h *themesReader) add(row workbook.Row, id, name string) {
	r, t := h.r, Theme{ID: id, Name: name}
	var ok [4]bool
	var rules, examples, under string
	t.Description, ok[0] = h.text(row, coversHead)
	rules, ok[1] = h.text(row, rulesHead)
	examples, ok[2] = h.text(row, examplesHead)
	under, ok[3] = h.text(row, underHead)
	if ok != [4]bool{true, true, true, true} {
		delete(r.fresh, folded(name))
		return
	}
	t.Examples = SplitEntries(examples)
	for _, rule := range strings.FieldsFunc(rules, func(c rune) bool { return c == ';' || c == '\n' }) {
		rule = strings.TrimSpace(rule)
		if none, ok := strings.CutPrefix(rule, "NOT ("); ok && strings.HasSuffix(none, ")") {
			t.None = append(t.None, strings.TrimSuffix(none, ")"))
		} else if rule != "" {
			t.Any = append(t.Any, rule)
		}
	}
	if under != "" {
		parent, known := r.themeCalled(under)
		if !known {
			r.refuse(h.t.at(row, underHead), under, "no theme is called this; the new theme stands at the top")
		}
		t.Parent = parent
	}
	if err := h.tried(AddTheme(t)); err != nil {
		r.refuse(h.t.at(row, "theme"), name, "the theme cannot be added: %s", strings.TrimSuffix(err.Error(), "."))
		delete(r.fresh, folded(name))
		return
	}
	h.edit(h.t.at(row, "theme"), Edit{What: "new theme", Of: id, Theme: name, To: name}, AddTheme(t))
}

// tried reports what is wrong with a change, after those that are taken.
func (h *themesReader) tried(change Change) error {
	b := h.r.b.whole.clone()
	for _, c := range append(h.r.out.changes[:len(h.r.out.changes):len(h.r.out.changes)], change) {
		if err := c(b); err != nil {
			return err
		}
	}
	_, err := ParseCodebook(b.Text(nil))
	return editFault(err)
}

// changed takes what was changed of a theme: what it covers, and its name in other letters. Rules and examples are changed elsewhere, where
// what a rule finds can be seen first.
func (h *themesReader) changed(row workbook.Row, id string) {
	r, now := h.r, h.r.b.Codebook.Theme(id)
	shown := r.b.r.theme(id)
	base := originTheme{description: cellDigest(shown.Description), rules: cellDigest(strings.Join(shown.Rules, "; ")), examples: cellDigest(strings.Join(shown.Examples, "\n"))}
	if r.base != nil {
		if x := r.base.theme(id); x != nil {
			base = originTheme{description: dash(x.description), rules: dash(x.rules), examples: dash(x.examples)}
		}
	}
	for _, x := range [][2]string{{rulesHead, base.rules}, {examplesHead, base.examples}} {
		if text := h.t.text(row, x[0]); text != "" && cellDigest(text) != x[1] {
			r.refuse(h.t.at(row, x[0]), text, "the %s of a theme that is there are changed with collate themes, which shows what that does", x[0])
		}
	}
	text, ok := h.text(row, coversHead)
	if !ok || text == "" || cellDigest(text) == base.description {
		return
	}
	at, e := h.t.at(row, coversHead), Edit{What: "description", Of: id, Theme: now.Name, To: text}
	if shown.Description != now.Description {
		r.refuse(at, text, "a workbook does not show the whole of what this theme covers, since it names or quotes what must stay here; change it with: collate themes edit")
		return
	}
	if cellDigest(now.Description) == base.description {
		e.Was = now.Description
	}
	switch {
	case cellDigest(text) == cellDigest(now.Description):
		r.out.Known++
	case cellDigest(now.Description) != base.description && !r.conflict(at, e, now.Description, ""):
	default:
		h.edit(at, e, Describe(id, text))
	}
}
