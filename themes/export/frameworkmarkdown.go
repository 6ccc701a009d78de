package export

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"collate/themes"
)

// FrameworkMarkdown writes the framework summary as Markdown (CommonMark with the tables of GitHub), with the content of [FrameworkDocument].
// Every text is escaped: none becomes a heading, a link or HTML. The same report gives the same bytes.
func FrameworkMarkdown(w io.Writer, r *themes.Report) error {
	f := newFramework(r)
	m := markdown{bufio.NewWriter(w)}
	m.line("# %s", m.text(r.Title))
	m.line("%s. Made with %s.", m.text(f.subtitle()), m.text(r.Tool))
	m.line("%s", notAVote)
	f.overviewMarkdown(m)
	f.methodMarkdown(m)
	for i := range r.Themes {
		f.themeMarkdown(m, i)
	}
	if out := f.excluded(); len(out) > 0 {
		m.line("## %s", excludedTitle)
		for _, x := range out {
			m.bullet(m.text(x))
		}
	}
	if err := m.Flush(); err != nil {
		return fmt.Errorf("writing the framework summary: %w", err)
	}
	return nil
}

// A markdown is a Markdown file as it is written; an error stays with the writer until Flush.
type markdown struct{ *bufio.Writer }

// line writes a paragraph.
func (m markdown) line(format string, args ...any) { fmt.Fprintf(m, format+"\n\n", args...) }

func (m markdown) bullet(text string) { fmt.Fprintf(m, "- %s\n", text) }

// table writes a table; its cells are escaped already.
func (m markdown) table(heads []string, rows [][]string) {
	row := func(cells []string) { fmt.Fprintf(m, "| %s |\n", strings.Join(cells, " | ")) }
	row(heads)
	rule := make([]string, len(heads))
	for i := range rule {
		rule[i] = "---"
	}
	row(rule)
	for _, cells := range rows {
		row(cells)
	}
	m.WriteString("\n")
}

// marks are the characters that mean something in Markdown, wherever they stand in a line.
const marks = "\\`*_[]<>|~&$"

// text is text on one line that Markdown shows as it stands.
func (markdown) text(s string) string {
	s = strings.Map(withoutControls, flat.Replace(s))
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(marks, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	s = strings.TrimSpace(b.String())
	if at := blockMark(s); at >= 0 {
		return s[:at] + "\\" + s[at:]
	}
	return s
}

// blockMark is where a backslash keeps the beginning of a line from being a heading, a list or a rule; -1 where it is none of them.
func blockMark(s string) int {
	if s != "" && strings.ContainsRune("#+-=", rune(s[0])) {
		return 0
	}
	digits := len(s) - len(strings.TrimLeftFunc(s, func(r rune) bool { return r < unicode.MaxASCII && unicode.IsDigit(r) }))
	if digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')') {
		return digits
	}
	return -1
}

func (f *framework) overviewMarkdown(m markdown) {
	m.line("## Where the members stand")
	heads := []string{"Theme", "Outcome"}
	for _, s := range frameworkOrder() {
		heads = append(heads, shown(s))
	}
	var rows [][]string
	for i := range f.r.Themes {
		t := &f.r.Themes[i]
		row := []string{m.text(t.Name), string(t.Joint.Outcome)}
		for _, s := range frameworkOrder() {
			row = append(row, fmt.Sprint(len(t.Joint.Names[s])))
		}
		rows = append(rows, row)
	}
	m.table(heads, rows)
}

func (f *framework) methodMarkdown(m markdown) {
	m.line("## How views were gathered and counted")
	for _, s := range f.gathered() {
		m.bullet(m.text(s))
	}
	m.bullet("**The rule.** " + m.text(f.r.Rule.String()))
	m.bullet("**The words for numbers.** " + m.text(f.scale()))
	m.WriteString("\n")
	var rows [][]string
	for _, x := range stanceMeanings() {
		rows = append(rows, []string{shown(x.stance), x.means})
	}
	m.table([]string{"Stance", "What it means"}, rows)
}

func (f *framework) themeMarkdown(m markdown, theme int) {
	t := &f.r.Themes[theme]
	j := &t.Joint
	m.line("## %s", m.text(t.Name))
	if t.Description != "" {
		m.line("%s", m.text(t.Description))
	}
	m.line("**%s.** %s", j.Outcome, m.text(j.Line))
	for _, x := range j.Flags {
		m.line("**! %s**", m.text(x.Text))
	}
	m.line("%s", m.text(strings.TrimSpace(j.Why+" "+author(j))))
	f.countsMarkdown(m, j)
	for _, x := range [][2]string{{"Dissent.", j.Dissent}, {"Shared text.", sharedText(j)}, {"Signed off.", signed(j)}, {"Red lines.", strings.Join(redLines(j), "; ")}} {
		if x[1] != "" {
			m.line("**%s** %s", x[0], m.text(full(x[1])))
		}
	}
	if rows := f.rows(theme); len(rows) > 0 {
		m.line("%s on this theme, in %s:", count(t.Members, "member"), count(t.Passages, "passage"))
		m.table([]string{"Member", "Type", "Stance", "State", "Position, in the member’s words", "Notes", "Where"}, rowsMarkdown(m, rows))
	}
	if silent := j.Names[themes.Silent]; len(silent) > 0 {
		m.line("**Not addressed (%d):** %s.", len(silent), m.text(strings.Join(silent, ", ")))
	}
}

func (f *framework) countsMarkdown(m markdown, j *themes.JointPosition) {
	var heads, numbers []string
	for _, s := range frameworkOrder() {
		n := fmt.Sprint(len(j.Names[s]))
		if text := confirmedOf(j, s); text != "" {
			n += " (" + text + ")"
		}
		heads, numbers = append(heads, shown(s)), append(numbers, n)
	}
	m.table(heads, [][]string{numbers})
}

func rowsMarkdown(m markdown, rows []frameworkRow) [][]string {
	var out [][]string
	for i := range rows {
		row := &rows[i]
		var words []string
		if row.own != "" {
			words = append(words, m.text(row.own)+" (in the words of "+m.text(row.at.Own)+")")
		}
		switch {
		case row.withheld:
			words = append(words, m.text(themes.Withheld))
		case row.words != "":
			words = append(words, "“"+m.text(row.words)+"”")
		}
		out = append(out, []string{m.text(row.at.Member), m.text(row.at.Type), shown(row.at.Stance), m.text(standingOf(row.at)), strings.Join(words, " "),
			m.text(strings.Join(row.notes(), " ")), m.text(row.reference)})
	}
	return out
}
