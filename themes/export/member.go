package export

import (
	"fmt"
	"strings"

	"collate/themes"
)

// memberSheets are the sheets of the workbook for one member: what it sent, where it is taken to stand, and what the joint line says.
func memberSheets() []sheet {
	return []sheet{{"Read me", writeMemberReadme}, {"By theme", writeMemberThemes}, {"Your words", writeMemberWords}}
}

func writeMemberReadme(b *book) error {
	s, m := b.styles, &b.r.Members[0]
	w := readmeWriter{b.open(layout{sheet: "Read me", title: m.Label + ": what we have from you", help: b.r.Title, paper: a4, untabled: true, high: 1,
		columns: []column{{"", 27, s.bodyStrong}, {"", 96, s.body}}})}
	w.set(5)
	w.line("What this is", "What you sent, where we take you to stand on each theme, your words behind it, and what the joint line says. Of other members it holds nothing but counts.")
	w.line("Please check", "In By theme: is the stance yours, is the line fair, do you share the joint line? In Your words: is anything missing, or not to be quoted? Tell us, and we change it.")
	w.line("As of", b.r.Asof)
	w.line("Made with", b.r.Tool)
	w.left()
	w.section("What you sent")
	for _, sub := range m.Submissions {
		about := []string{fmt.Sprintf("%d passages, %d words", sub.Passages, sub.Words)}
		for _, x := range []string{sub.Format, sub.Date} {
			if x != "" {
				about = append(about, x)
			}
		}
		w.line(sub.Name, strings.Join(about, "; "))
	}
	w.line("How it may be used", consentMeans(m.Consent))
	w.section("Silence")
	w.line("Not addressed", "A theme on which we found nothing of yours. Silence is never counted as agreement.")
	return w.close()
}

// consentMeans says what a consent lets be done, to the member itself.
func consentMeans(consent string) string {
	if consent == "anonymous" {
		return "Anonymous: your words may be quoted; to everybody else you are described and not named."
	}
	return "Attributable: your words may be quoted with your name."
}

func writeMemberThemes(b *book) error {
	s := b.styles
	p := b.open(layout{
		sheet: "By theme", table: "ByThemeTable", frozen: 1, paper: a3, title: b.r.Members[0].Label + ": where you stand, theme by theme",
		help: "The joint line is what may be said outside: it counts confirmed positions and names nobody.",
		columns: []column{{"On", 28, s.strong}, {"You stand", 19, s.text}, {"Looked at", 20, s.text}, {"In one line", 46, s.text}, {"Your condition", 36, s.text}, {"Your passages", 11.5, s.number},
			{"The joint line", 58, s.text}, {"Not shared by", 34, s.text}, {"You said of the line", 24, s.text}},
	})
	for i := range b.r.Themes {
		t, at := &b.r.Themes[i], &b.r.Members[0].Positions[i]
		looked := ""
		if at.Stance.Told() {
			looked = map[bool]string{true: "by a person", false: "suggested by the tool, not yet looked at"}[at.Confirmed]
		}
		p.add(t.Name, shown(at.Stance), looked, at.Line, at.Condition, at.Passages, t.Joint.Line, t.Joint.Dissent, ownSignOff(t.Joint.SignOffs))
	}
	p.do(func() error {
		return b.colour("By theme", p.body(2), fmt.Sprintf("$B%d", firstRow), shown, b.styles.stance)
	})
	return p.close()
}

// ownSignOff is what the member said of the joint line.
func ownSignOff(all []themes.SignOff) string {
	if len(all) == 0 {
		return ""
	}
	text := string(all[0].State)
	if all[0].On != "" {
		text += " on " + all[0].On
	}
	if all[0].Stale {
		text += ", of an earlier wording"
	}
	return text
}

func writeMemberWords(b *book) error {
	s := b.styles
	p := b.open(layout{
		sheet: "Your words", table: "YourWordsTable", frozen: 1, paper: a3, title: b.r.Members[0].Label + ": your words, theme by theme",
		help:    "The words are exact, to the character.",
		columns: []column{{"On", 28, s.strong}, {"We read it as", 19, s.text}, {"Your words", 96, s.text}, {"From", 30, s.text}, {"Where in it", 24, s.text}, {"Under the heading", 30, s.text}, {"Number", 19, s.text}},
	})
	for i := range b.r.Quotes {
		q := &b.r.Quotes[i]
		p.add(q.Theme, shown(q.Stance), q.Words, q.Document, q.Place, q.Heading, q.Ref)
	}
	p.do(func() error {
		return b.colour("Your words", p.body(2), fmt.Sprintf("$B%d", firstRow), shown, b.styles.stance)
	})
	return p.close()
}
