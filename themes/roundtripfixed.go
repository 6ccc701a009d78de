package themes

import (
	"cmp"
	"maps"
	"strings"

	"collate/themes/workbook"
)

// What is exported and not read back is compared while the record is as it was exported, so that nobody believes to have changed it.

// fixed refuses a cell that is not as it was exported. An empty one changes nothing anywhere.
func (r *returning) fixed(t *table, row workbook.Row, head, exported, instead string) {
	c, ok := t.cell(row, head)
	if !ok || r.base == nil || !r.unchanged() || cellDigest(c.Text) == cellDigest("") || cellDigest(strings.TrimPrefix(c.Text, "'")) == cellDigest(strings.TrimPrefix(exported, "'")) {
		return
	}
	r.refuse(t.at(row, head), c.Text, "this column is not read back; %s", instead)
}

// fixedQuote refuses what was changed of a quote beside its theme, stance and note.
func (r *returning) fixedQuote(q *quoteRow) {
	if r.quotes == nil {
		r.quotes = map[string]*Quote{}
		for i := range r.b.r.Quotes {
			r.quotes[r.b.r.Quotes[i].Ref] = &r.b.r.Quotes[i]
		}
	}
	x := r.quotes[q.t.text(q.row, "ref")]
	if x == nil {
		return
	}
	for _, c := range []struct{ head, exported, instead string }{
		{"type", x.Type, "a member's type stands in the list of members (collate new --members)"},
		{"document", x.Document, "it says where the words stand"},
		{"place", x.Place, "it says where the words stand"},
		{"heading", x.Heading, "it says where the words stand"},
		{"question", x.Question, "see: collate questions set"},
		{"position in one line", x.Line, "change it in the sheet Stances"},
		{"consent", x.Consent, "see: collate members consent"},
	} {
		r.fixed(q.t, q.row, c.head, c.exported, c.instead)
	}
}

// memberRow refuses what was changed of a member.
func (r *returning) memberRow(t *table, row workbook.Row) {
	for i := range r.b.r.Members {
		m := &r.b.r.Members[i]
		if folded(m.Label) == folded(t.text(row, "member")) {
			r.fixed(t, row, "consent", m.Consent, "see: collate members consent")
			r.fixed(t, row, "type", m.Type, "a member's type stands in the list of members (collate new --members)")
			return
		}
	}
}

// jointRow refuses what was changed of a joint position, which follows from the members' stances.
func (r *returning) jointRow(t *table, row workbook.Row) {
	for i := range r.b.r.Themes {
		x := &r.b.r.Themes[i]
		if folded(x.Name) != folded(t.text(row, "theme")) {
			continue
		}
		const instead = "it follows from the members' stances, which are changed in the sheet Stances"
		r.fixed(t, row, "outcome", string(x.Joint.Outcome), instead)
		r.fixed(t, row, "joint position", Marked(x.Joint.Line, x.Joint.Flags), instead)
		r.fixed(t, row, "dissent", x.Joint.Dissent, instead)
		return
	}
}

// An order watches one column: one that was sorted without the others holds the values that were exported, in the alphabet's order, and other
// rows have them now, which are where they were.
type order struct {
	was, is  map[string]int
	last     string
	up, down bool // in the alphabet's order so far, or in its reverse
	changed  int
	begun    bool
	straight bool // the rows are in the order in which they were exported
	row      int  // the last one's place in that order
}

// leastSorted is how many rows must differ before a column is taken for sorted alone.
const leastSorted = 5

// watch takes the value of a column's next row, how it was exported, and the row's place in the export; 0 where nobody knows.
func (t *table) watch(head, was, is string, row int) {
	if t.orders == nil {
		t.orders = map[string]*order{}
	}
	o := t.orders[head]
	if o == nil {
		o = &order{was: map[string]int{}, is: map[string]int{}, up: true, down: true, straight: true}
		t.orders[head] = o
	}
	o.was[was]++
	o.is[is]++
	if was != is {
		o.changed++
	}
	if o.begun {
		c := cmp.Compare(is, o.last)
		o.up, o.down = o.up && c >= 0, o.down && c <= 0
	}
	o.straight = o.straight && row >= o.row
	o.last, o.begun, o.row = is, true, row
}

// sortedAlone reports whether a column was sorted without the others; then none of its cells belongs to its row.
func (t *table) sortedAlone(head string) bool {
	o := t.orders[head]
	return o != nil && o.straight && o.changed >= leastSorted && (o.up || o.down) && maps.Equal(o.was, o.is)
}

// unsorted takes back what was read in columns that were sorted alone, and says so once a column.
func (r *returning) unsorted() {
	said := map[place]bool{}
	alone := func(t *table, head string) bool {
		if !t.sortedAlone(head) {
			return false
		}
		if at := (place{t.sheet, head}); !said[at] {
			said[at] = true
			r.refuse(t.at(workbook.Row{Number: t.rows[0].Number}, head), "", "the column %s was sorted without the others, so its cells stand in rows that they do not belong to: none of it is taken. Undo the sorting, or sort the whole table", head)
		}
		return true
	}
	for _, key := range r.quoteGroups.order {
		rows := r.quoteGroups.of[key]
		for i := range rows {
			if alone(rows[i].t, "stance") {
				rows[i].stance = ""
			}
			if alone(rows[i].t, "theme") {
				rows[i].themes, rows[i].off = nil, false
			}
		}
	}
	for _, key := range r.stanceGroups.order {
		rows := r.stanceGroups.of[key]
		for i := range rows {
			if rows[i].t != nil && alone(rows[i].t, "stance") {
				rows[i].stance = ""
			}
		}
	}
}
