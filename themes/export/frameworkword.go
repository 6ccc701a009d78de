package export

import (
	"fmt"
	"io"
	"strings"
	"time"

	"collate/themes"
	"collate/themes/export/word"
)

// FrameworkDocument writes the framework summary as a Word document (.docx): for each theme the counts, the joint line, and a table of the
// members with their stance, their words and where these stand. The same report gives the same bytes.
func FrameworkDocument(w io.Writer, r *themes.Report) error {
	f := newFramework(r)
	d := word.New(word.Properties{Title: r.Title, Subject: "Framework summary", Creator: r.Tool, Created: dayOf(r.Asof)})
	d.Footer = r.Title
	d.Title(r.Title)
	d.Subtitle(f.subtitle())
	d.Paragraph(word.Text(notAVote))
	f.overviewWord(d)
	f.methodWord(d)
	for i := range r.Themes {
		f.themeWord(d, i)
	}
	if out := f.excluded(); len(out) > 0 {
		d.Heading(1, word.Text(excludedTitle))
		for _, x := range out {
			d.Bullet(0, word.Text(x))
		}
	}
	if err := d.Write(w); err != nil {
		return fmt.Errorf("writing the framework summary: %w", err)
	}
	return nil
}

// ukDay is a day as people write it, "24 November 2026"; what is no day stays.
func ukDay(day string) string {
	t, err := time.Parse("2006-01-02", day)
	if err != nil {
		return day
	}
	return t.Format("2 January 2006")
}

func (f *framework) overviewWord(d *word.Document) {
	d.Heading(1, word.Text("Where the members stand"))
	t := word.Table{Widths: []int{36, 28, 17, 20, 15, 16, 14, 20}, Heads: []string{"Theme", "Outcome"}, Description: "Members by theme and stance"}
	for _, s := range frameworkOrder() {
		t.Heads = append(t.Heads, shown(s))
	}
	for i := range f.r.Themes {
		x := &f.r.Themes[i]
		row := []word.Cell{word.TextCell(word.Bold(x.Name)), word.TextCell(word.Text(string(x.Joint.Outcome)).Colour(outcomeInk(x.Joint.Outcome)))}
		for _, s := range frameworkOrder() {
			row = append(row, word.TextCell(word.Text(fmt.Sprint(len(x.Joint.Names[s])))).On(tintOf(s).fill))
		}
		t.Rows = append(t.Rows, row)
	}
	d.Table(t)
}

func (f *framework) methodWord(d *word.Document) {
	d.Heading(1, word.Text("How views were gathered and counted"))
	for _, s := range f.gathered() {
		d.Bullet(0, word.Text(s))
	}
	d.Bullet(0, word.Bold("The rule. "), word.Text(f.r.Rule.String()))
	d.Bullet(0, word.Bold("The words for numbers. "), word.Text(f.scale()))
	t := word.Table{Widths: []int{1, 4}, Heads: []string{"Stance", "What it means"}}
	for _, m := range stanceMeanings() {
		t.Rows = append(t.Rows, []word.Cell{stanceCell(m.stance), word.TextCell(word.Text(m.means))})
	}
	d.Table(t)
}

// stanceCell is a cell with a stance's sign and word on its colour: never colour alone.
func stanceCell(s themes.Stance) word.Cell {
	return word.TextCell(word.Bold(shown(s)).Colour(tintOf(s).text)).On(tintOf(s).fill)
}

func (f *framework) themeWord(d *word.Document, theme int) {
	t := &f.r.Themes[theme]
	j := &t.Joint
	d.Heading(1, word.Text(t.Name))
	if t.Description != "" {
		d.Paragraph(word.Italic(t.Description).Colour(quiet)).KeepNext()
	}
	d.Paragraph(word.Bold(string(j.Outcome)+". ").Colour(outcomeInk(j.Outcome)), word.Text(j.Line))
	for _, x := range j.Flags {
		d.Paragraph(word.Bold("! " + x.Text).Colour(rust))
	}
	d.Paragraph(word.Text(strings.TrimSpace(j.Why + " " + author(j))).Colour(quiet)).KeepNext()
	d.Table(countsWord(j))
	f.asidesWord(d, j)
	if rows := f.rows(theme); len(rows) > 0 {
		d.Styled(word.Caption, word.Text(fmt.Sprintf("%s on this theme, in %s", count(t.Members, "member"), count(t.Passages, "passage"))))
		d.Table(rowsWord(t.Name, rows))
	}
	if silent := j.Names[themes.Silent]; len(silent) > 0 {
		d.Paragraph(word.Bold(fmt.Sprintf("Not addressed (%d): ", len(silent))), word.Text(strings.Join(silent, ", ")+"."))
	}
}

// countsWord is a row of counts, a cell a stance.
func countsWord(j *themes.JointPosition) word.Table {
	t := word.Table{Description: "Members by stance"}
	var row []word.Cell
	for _, s := range frameworkOrder() {
		look := tintOf(s)
		c := word.Cell{Fill: look.fill, Paragraphs: []*word.Paragraph{word.Para(word.TableText, word.Bold(fmt.Sprint(len(j.Names[s]))).Colour(look.text)).KeepNext(),
			word.Para(word.TableText, word.Text(shown(s)).Colour(look.text)).KeepNext()}}
		if text := confirmedOf(j, s); text != "" {
			c.Paragraphs = append(c.Paragraphs, word.Para(word.TableNote, word.Text(text).Colour(look.text)).KeepNext())
		}
		row = append(row, c)
	}
	t.Rows = [][]word.Cell{row}
	return t
}

// asidesWord is what has to be known beside the counts.
func (f *framework) asidesWord(d *word.Document, j *themes.JointPosition) {
	for _, x := range [][2]string{{"Dissent. ", j.Dissent}, {"Shared text. ", sharedText(j)}, {"Signed off. ", signed(j)}, {"Red lines. ", strings.Join(redLines(j), "; ")}} {
		if x[1] != "" {
			d.Paragraph(word.Bold(x[0]), word.Text(full(x[1])))
		}
	}
}

// full is a sentence with its full stop.
func full(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "”") {
		return s
	}
	return s + "."
}

func rowsWord(name string, rows []frameworkRow) word.Table {
	t := word.Table{Widths: []int{26, 20, 60}, Heads: []string{"Member", "Stance", "Position, in the member’s words"}, Description: "Positions on " + name}
	for i := range rows {
		row := &rows[i]
		member := word.TextCell(word.Bold(row.at.Member))
		if row.at.Type != "" {
			member.Paragraphs = append(member.Paragraphs, word.Para(word.TableNote, word.Text(row.at.Type)))
		}
		stance := stanceCell(row.at.Stance)
		stance.Paragraphs = append(stance.Paragraphs, word.Para(word.TableNote, word.Text(standingOf(row.at)).Colour(tintOf(row.at.Stance).text)))
		t.Rows = append(t.Rows, []word.Cell{member, stance, {Paragraphs: row.wordsWord()}})
	}
	return t
}

func (row *frameworkRow) wordsWord() []*word.Paragraph {
	var out []*word.Paragraph
	if row.own != "" {
		out = append(out, word.Para(word.TableText, word.Text(row.own), word.Text(" (in the words of "+row.at.Own+")").Colour(quiet)))
	}
	switch {
	case row.withheld:
		out = append(out, word.Para(word.TableText, word.Text(themes.Withheld)))
	case row.words != "":
		out = append(out, word.Para(word.TableText, word.Text("“"+row.words+"”")))
	}
	for _, s := range row.notes() {
		out = append(out, word.Para(word.TableText, word.Text(s)))
	}
	if row.reference != "" {
		out = append(out, word.Para(word.TableNote, word.Text(row.reference)))
	}
	return out
}
