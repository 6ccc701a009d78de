package export

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// A readmeWriter writes the first sheet: headings, and rows of a name and what it stands for.
type readmeWriter struct{ *page }

// writeReadme writes what the workbook is, how it was made and how to read it.
func writeReadme(b *book) error {
	s := b.styles
	w := readmeWriter{b.open(layout{sheet: "Read me", title: b.r.Title, help: "A consultation is not a vote: every number here comes with the words it rests on.", paper: a4, untabled: true, high: 1,
		columns: []column{{"", 27, s.bodyStrong}, {"", 96, s.body}}})}
	w.about()
	w.left()
	w.counts()
	if b.r.View.Outside {
		w.outside()
	} else {
		w.method()
	}
	w.contents()
	w.stances()
	w.scale()
	w.notes()
	w.line("Silence", "Silence is not agreement: a member that does not address a theme is never counted on either side.")
	return w.close()
}

func (w readmeWriter) section(name string) {
	w.set(12)
	w.set(22, styled(w.b.styles.section, name), styled(w.b.styles.section, nil))
	w.set(5)
}

// line writes a row unless what it stands for is empty.
func (w readmeWriter) line(name, text string) {
	if text != "" {
		w.add(name, text)
	}
}

func (w readmeWriter) about() {
	r := w.b.r
	w.set(5)
	w.line("What this is", "Every passage in which a member addresses a theme, with the member's stance, its position in one line and the exact words behind it.")
	w.line("As of", r.Asof)
	w.line("Made with", r.Tool)
	w.line("Submissions from", r.Source)
	w.line("Codebook", r.Codebook)
}

// left says with which options the workbook was made, and what these leave out.
func (w readmeWriter) left() {
	v := w.b.r.View
	w.section("How this file was made, and what it leaves out")
	for i, text := range v.Options() {
		name := ""
		if i == 0 {
			name = "Options"
		}
		w.add(name, text)
	}
	if v.Whole() {
		return
	}
	for i, text := range w.b.r.Left {
		name := ""
		if i == 0 {
			name = "Left out"
		}
		w.add(name, text)
	}
	w.line("Not to be sent back", themes.PartialMark)
}

// outside says to a reader outside what the numbers are.
func (w readmeWriter) outside() {
	w.section("How it was made")
	w.line("A person decides", "A person confirmed every theme, stance and position that is shown. The members' sentences are their own, to the character.")
	confirmed, all := w.confirmed()
	w.line("Confirmed", fmt.Sprintf("%d of %d positions of a member on a theme.", confirmed, all))
}

func (w readmeWriter) counts() {
	c := w.b.r.Counts
	w.section("Counts: members first, passages second")
	number := func(n int, text string) { w.add(styled(w.b.styles.bodyNumber, n), text) }
	number(c.Members, fmt.Sprintf("members with at least one submission read, of %d listed", c.Asked))
	number(c.Submissions, "submissions read and counted")
	number(c.Passages, "passages")
	number(c.Tagged, "passages under at least one theme")
	number(c.Checked, "passages whose coding a person has confirmed or changed")
	number(c.Words, "words")
	if w.b.r.View.Outside {
		number(c.Unread, "files that could not be read")
	} else {
		number(c.Unread, "files that could not be read: see Excluded")
	}
}

func (w readmeWriter) method() {
	w.section("How it was made")
	w.line("The tool suggests", "Each submission was split into passages. A passage is suggested for a theme when one of the theme's rules finds it, or when its words are like those of the codebook and of the passages "+
		"that people put on the theme. Why tagged (in Quotes) names the words, which are in bold. A stance is proposed with its reason, and is Not stated where the words are not plain enough.")
	w.line("Confidence", w.confidence())
	w.line("A person decides", "A stance is a person's decision. Set by (in Stances) and Origin (in Quotes) tell what a person has confirmed from what is only suggested.")
	w.line("Edit and send back", "Change stances, themes, lines and notes, and add rows in Themes; sort, filter and copy as you like. collate import takes back what you changed. An empty cell changes nothing; "+
		"to take a passage off a theme, write none in Theme (in Quotes). A quote's words are never changed.")
	if len(w.b.r.Coders) == 0 {
		w.line("Checked by", "Nobody yet: everything is a suggestion.")
	} else {
		w.line("Checked by", strings.Join(w.b.r.Coders, ", "))
	}
	confirmed, all := w.confirmed()
	w.line("Confirmed so far", fmt.Sprintf("%d of %d stances of a member on a theme.", confirmed, all))
}

// confidence says what the column of that name means.
func (w readmeWriter) confidence() string {
	known, calibrated := false, false
	for i := range w.b.r.Quotes {
		known, calibrated = known || w.b.r.Quotes[i].Confidence != "", calibrated || w.b.r.Quotes[i].Calibrated
	}
	switch {
	case calibrated:
		return "How likely a suggestion is to be right: very likely from 85 in 100, likely from 60, maybe below. Enough passages were reviewed for the number to mean what it says: of a hundred suggestions with 70, about seventy are right."
	case known:
		return "Very likely, likely or maybe: an order, and no more. Too few passages were reviewed for numbers: it takes about a hundred."
	}
	return ""
}

// confirmed is how many of the members' stances a person has set or confirmed, and how many there are.
func (w readmeWriter) confirmed() (confirmed, all int) {
	for _, t := range w.b.r.Themes {
		for _, st := range counted() {
			confirmed += t.Joint.Confirmed[st]
			all += len(t.Joint.Names[st])
		}
		all += len(t.Joint.Names[themes.Unconfirmed])
	}
	return confirmed, all
}

func (w readmeWriter) contents() {
	w.section("The sheets")
	there := map[string]bool{}
	for _, s := range sheetsOf(w.b.r) {
		there[s.name] = true
	}
	for _, s := range [][2]string{
		{"Summary", "Counts of members by theme and stance, with a chart and the joint position on each theme."},
		{"Matrix", "Members by themes. Start here to see who says what; each cell leads to the words."},
		{"Stances", w.stancesSheet()},
		{"Quotes", "One row for each passage and theme, with the exact words. Filter and sort this one."},
		{"Positions", "The joint position on each theme, with the members on every side."},
		{"Asks", "What members ask for, of whom and by when; the same ask of several members is one row."},
		{"Evidence figures", "The numbers that members give, with their sources; those without one, and different ones for one thing, are marked."},
		{"Questions", "Who answered each question, the themes that the answers feed, and what was chosen in closed questions."},
		{"Members", "Who was asked, what was read, and how each member was told."},
		{"Themes", "The codebook: what each theme covers and the rules that apply it."},
		{"Shared text", "What several members say in the same words, and what each copy adds."},
		{"Excluded", "What was kept and not counted, and why."},
	} {
		if !there[s[0]] {
			continue
		}
		w.add(excelize.Cell{StyleID: w.b.styles.bodyLink, Value: s[0], Formula: fmt.Sprintf(`HYPERLINK("#'%s'!A1","%[1]s")`, s[0])}, s[1])
	}
}

func (w readmeWriter) stancesSheet() string {
	if w.b.r.View.Outside {
		return "One row for each member and theme."
	}
	return "One row for each member and theme. The one place to change a stance: Summary and Matrix follow."
}

func (w readmeWriter) stances() {
	w.section("The stances")
	for _, s := range stanceMeanings() {
		w.add(styled(w.b.styles.swatch[s.stance], shown(s.stance)), s.means)
	}
}

// A stanceMeaning is a stance and what it means, a sentence.
type stanceMeaning struct {
	stance themes.Stance
	means  string
}

func stanceMeanings() []stanceMeaning {
	return []stanceMeaning{
		{themes.Support, "The member is in favour of the proposal without a condition."},
		{themes.Conditions, "The member is in favour if something else is done."},
		{themes.Mixed, "The member is both for and against, or unsure."},
		{themes.Oppose, "The member is against the proposal."},
		{themes.NotStated, "The member addresses the theme; its stance is not plain enough to propose one."},
		{themes.Silent, "The member does not address the theme. Never counted as agreement."},
	}
}

// scale prints what each quantifier word stands for when every member that answered is counted.
func (w readmeWriter) scale() {
	n := w.b.r.Counts.Members
	w.section(fmt.Sprintf("The words for numbers, of %d members", n))
	bounds := w.b.r.Scale.Bounds(n)
	for i := len(bounds) - 1; i >= 0; i-- {
		x := bounds[i]
		text := fmt.Sprintf("%d to %d members", x.From, x.To)
		if x.From == x.To {
			text = fmt.Sprintf("%d %s", x.From, map[bool]string{true: "member", false: "members"}[x.From == 1])
		}
		w.line(x.Word, text)
	}
	w.line("Of fewer members", "The bounds are worked out again for the number of members that a sentence counts; the sentence gives both numbers.")
}

func (w readmeWriter) notes() {
	if len(w.b.r.Notes) == 0 {
		return
	}
	w.section("Notes")
	for i, n := range w.b.r.Notes {
		w.line(fmt.Sprintf("Note %d", i+1), n)
	}
}
