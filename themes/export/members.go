package export

import (
	"fmt"
	"strings"

	"collate/themes"
)

// writeMembers writes a row per member, those without a submission too.
func writeMembers(b *book) error {
	s := b.styles
	p := b.open(layout{
		sheet: "Members", table: "MembersTable", frozen: 1, paper: a4,
		title: "Members: who was asked, and what was read",
		help:  "A member without a submission that could be read is listed and counted nowhere else: silence is not agreement.",
		columns: []column{{"Member", 28, s.strong}, {"Type", 18, s.text}, {"Consent", 13, s.text}, {"Submissions", 42, s.text}, {"Passages", 11, s.number},
			{"Words", 10, s.number}, {"Themes addressed", 12.5, s.number}, {"How the member was told", 32, s.text}, {"Warnings", 40, s.text}},
	})
	for i := range b.r.Members {
		m := &b.r.Members[i]
		p.add(m.Label, m.Type, m.Consent, submissions(m), m.Passages, m.Words, addressed(m), m.Reason, warnings(m))
	}
	return p.close()
}

// submissions are a member's files, one a line.
func submissions(m *themes.MemberReport) string {
	if m.SameAs != "" {
		return "the very file of " + m.SameAs + ": counted once"
	}
	if m.Passages == 0 && len(m.Submissions) == 0 {
		return "no submission read"
	}
	var out []string
	for _, sub := range m.Submissions {
		var about []string
		for _, s := range []string{sub.Format, sub.Date} {
			if s != "" {
				about = append(about, s)
			}
		}
		text := sub.Name
		if len(about) > 0 {
			text += " (" + strings.Join(about, ", ") + ")"
		}
		out = append(out, text)
	}
	if m.Passages == 0 {
		out = append(out, "no submission read")
	}
	return strings.Join(out, "\n")
}

func addressed(m *themes.MemberReport) int {
	n := 0
	for _, at := range m.Positions {
		if at.Stance.Told() {
			n++
		}
	}
	return n
}

// warnings are what the reader of a member's files should know, one a line, with the file's name when there are several.
func warnings(m *themes.MemberReport) string {
	var out []string
	for _, sub := range m.Submissions {
		for _, w := range sub.Warnings {
			if len(m.Submissions) > 1 {
				w = fmt.Sprintf("%s: %s", sub.Name, w)
			}
			out = append(out, w)
		}
	}
	return strings.Join(out, "\n")
}
