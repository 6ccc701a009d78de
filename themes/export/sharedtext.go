package export

import (
	"fmt"
	"strings"

	"collate/themes"
)

// writeShared writes a row per copy of a text that several members share, or that was made from a template.
func writeShared(b *book) error {
	s := b.styles
	p := b.open(layout{
		sheet: "Shared text", table: "SharedTable", frozen: 1, paper: a3,
		title: "Shared text: what several members say in the same words, and what each adds",
		help:  "A shared text counts as so many responses and as one text; one that was circulated as a template is no independent agreement. What that changes on each theme is in Positions.",
		columns: []column{{"Shared text", 11, s.strong}, {"Kind", 20, s.text}, {"Text", 62, s.text}, {"Members", 11.5, s.number}, {"Counts as", 22, s.text}, {"Member", 28, s.strong},
			{"How alike", 17, s.text}, {"Own words", 58, s.text}, {"Themes", 30, s.text}, {"Document", 28, s.text}, {"Place", 18, s.text}, {"Quote", 19, s.link}},
	})
	for i := range b.r.Shared {
		x := &b.r.Shared[i]
		for j := range x.Copies {
			c := &x.Copies[j]
			p.add(i+1, sharedKind(x), sharedWords(x, j), x.Members, countsAs(x), c.Member, alike(c), ownWords(c), strings.Join(c.Themes, "; "), c.Document, c.Place, b.firstOf([]string{c.Ref}))
		}
	}
	if len(b.r.Shared) == 0 {
		p.add("none", nil, "No text is shared between members.", nil, nil, nil, nil, nil, nil, nil, nil, nil)
	}
	return p.close()
}

func sharedKind(x *themes.SharedText) string {
	if x.Template != "" {
		return "from a template: " + x.Template
	}
	return "shared by members"
}

// sharedWords are the words that the copies have in common: whole in the row of the first, where the others begin alike.
func sharedWords(x *themes.SharedText, copy int) string {
	words := strings.Fields(x.Text)
	const most = 12
	switch {
	case x.Text == "":
		return "(withheld)"
	case copy == 0 || len(words) <= most:
		return strings.Join(words, " ")
	}
	return strings.Join(words[:most], " ") + " …"
}

// countsAs says how a shared text is counted both ways.
func countsAs(x *themes.SharedText) string {
	if x.Template != "" {
		return counts(x.Members, "response") + ", no text of a member's own"
	}
	return counts(x.Members, "response") + ", 1 text"
}

// alike says how near a copy is to the common text.
func alike(c *themes.SharedCopy) string {
	switch {
	case c.Withheld != "":
		return c.Withheld
	case c.Exact:
		return "word for word"
	}
	return fmt.Sprintf("%.0f in 100 words", 100*c.Common)
}

// ownWords are what a copy adds or says otherwise, one piece a line.
func ownWords(c *themes.SharedCopy) string {
	var out []string
	for _, o := range c.Own {
		out = append(out, "“"+strings.Join(strings.Fields(o.Words), " ")+"”")
	}
	return strings.Join(out, "\n")
}

// sharedCounts are the members of a theme's stances, where some have no text of their own on it; "" where all have.
func sharedCounts(t *themes.ThemeReport) string {
	var out []string
	for _, row := range t.Joint.Shared.Rows {
		if row.Shared+row.Template == 0 {
			continue
		}
		text := fmt.Sprintf("%s: %s, %s", row.Stance.Label(), counts(row.Responses, "member"), counts(row.Texts, "text"))
		if row.Template > 0 {
			text += fmt.Sprintf(" (%d only from a template)", row.Template)
		}
		out = append(out, text)
	}
	if apart := t.Joint.Shared.OutcomeApart; len(out) > 0 && apart != t.Joint.Outcome {
		out = append(out, "Outcome by texts: "+string(apart))
	}
	return strings.Join(out, "\n")
}
