package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"collate/themes"
	"collate/themes/agreement"
)

// BlindWorkbook writes the sheet on which one person codes the sample: a row a passage with its exact words and a drop-down for
// each theme and its stance. It shows nobody's codings but the person's own, and no suggestion. Every text is a string, never a formula.
func BlindWorkbook(w io.Writer, s *themes.BlindSheet) error {
	return writeBook(w, &themes.Report{Title: s.Title, Tool: s.Tool}, "What one person codes, without sight of the others", []string{themes.BlindCoding, "Themes", themes.BlindAbout}, func(b *book) error {
		for _, write := range []func(*book, *themes.BlindSheet) error{writeBlindCoding, writeBlindThemes, writeBlindAbout} {
			if err := write(b, s); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeBook writes a workbook of a few sheets.
func writeBook(w io.Writer, r *themes.Report, subject string, sheets []string, write func(*book) error) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &book{f: f, r: r}
	err := b.plainBook(subject, sheets)
	if err == nil {
		err = write(b)
	}
	if err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	f.SetActiveSheet(0)
	f.SetZipWriter(newZip)
	if err := f.Write(w); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return nil
}

func (b *book) plainBook(subject string, sheets []string) error {
	if err := b.f.SetDefaultFont(fontName); err != nil {
		return err
	}
	var err error
	if b.styles, err = newStyles(b.f); err != nil {
		return err
	}
	if err := b.f.SetSheetName("Sheet1", sheets[0]); err != nil {
		return err
	}
	for _, name := range sheets[1:] {
		if _, err := b.f.NewSheet(name); err != nil {
			return err
		}
	}
	if err := b.properties(); err != nil {
		return err
	}
	p, err := b.f.GetDocProps()
	if err != nil {
		return err
	}
	p.Subject = subject
	return b.f.SetDocProps(p)
}

// The columns of the coding sheet before those of the themes.
const (
	wordsOfBlind   = 2
	finishedColumn = 3
	firstTheme     = 4
)

func writeBlindCoding(b *book, s *themes.BlindSheet) error {
	t := b.styles
	columns := []column{{themes.BlindPassage, 16, t.key}, {themes.BlindWords, 76, t.text}, {themes.BlindFinished, 12, t.text}}
	for i := range s.Themes {
		answer, stance := themes.BlindHead(&s.Themes[i])
		columns = append(columns, column{answer, 18, t.text}, column{stance, 18, t.text})
	}
	columns = append(columns, column{"Document", 24, t.text}, column{"Place", 18, t.text}, column{"Heading", 24, t.text})
	p := b.open(layout{sheet: themes.BlindCoding, table: "CodingTable", frozen: wordsOfBlind, paper: a3, tab: rust, columns: columns,
		title: "Coding by " + s.Coder,
		help:  "Say yes or no to each theme, and where the passage stands on those with yes. Put yes in Finished when a row is done: what you left empty then counts as no."})
	for _, r := range s.Rows {
		row := []any{r.Passage, r.Words, nil}
		for _, c := range r.Codes {
			row = append(row, c.Answer, c.Stance.Label())
		}
		p.add(append(row, r.Document, r.Place, r.Heading)...)
	}
	p.do(func() error {
		return b.choices(p, finishedColumn, []string{"yes"}, "Finished", "Choose yes when you have read the passage against every theme.")
	})
	for i, theme := range s.Themes {
		p.do(func() error {
			return b.choices(p, firstTheme+2*i, []string{"yes", "no"}, theme.Name, theme.Description)
		})
		p.do(func() error { return b.choices(p, firstTheme+2*i+1, stanceLabels(), "Stance", theme.Name) })
	}
	return p.close()
}

// stanceLabels are the stances that a passage can have.
func stanceLabels() []string {
	var out []string
	for _, s := range themes.Stances {
		if s != themes.Silent {
			out = append(out, s.Label())
		}
	}
	return out
}

// What Excel allows the hint of a drop-down, in characters.
const (
	hintTitle = 32
	hintWords = 255
)

// choices lets a column hold only these words, with a hint beside the cell.
func (b *book) choices(p *page, col int, words []string, title, hint string) error {
	v := excelize.NewDataValidation(true)
	v.SetSqref(p.body(col))
	if err := v.SetDropList(words); err != nil {
		return err
	}
	if hint != "" {
		v.SetInput(firstRunes(title, hintTitle), firstRunes(hint, hintWords))
	}
	v.SetError(excelize.DataValidationErrorStyleStop, "Choose from the list", "Choose "+strings.Join(words, ", ")+", or leave it empty.")
	return b.f.AddDataValidation(p.layout.sheet, v)
}

// firstRunes is text of at most n characters.
func firstRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// writeBlindThemes writes what a coder needs to know of the themes. The rules are left out: they would say what the tool suggests.
func writeBlindThemes(b *book, s *themes.BlindSheet) error {
	t := b.styles
	p := b.open(layout{sheet: "Themes", table: "ThemesTable", frozen: 1, paper: a4, title: "Themes: the codebook", help: "What each theme covers, and passages that would belong to it.",
		columns: []column{{"Theme", 30, t.strong}, {"What it covers", 60, t.text}, {"Examples", 70, t.text}}})
	for _, theme := range s.Themes {
		p.add(theme.Name, theme.Description, strings.Join(theme.Examples, "\n"))
	}
	return p.close()
}

func writeBlindAbout(b *book, s *themes.BlindSheet) error {
	w := readmeWriter{b.open(layout{sheet: themes.BlindAbout, title: s.Title, help: "A sample of passages that several people code, each without sight of the others.", paper: a4, untabled: true, high: 1,
		columns: []column{{"", 27, b.styles.bodyStrong}, {"", 96, b.styles.body}}})}
	w.set(5)
	w.line(themes.BlindCoder, s.Coder)
	w.line("Made with", s.Tool)
	w.line("Passages", fmt.Sprintf("%d, drawn at random with seed %d.", len(s.Rows), s.Seed))
	w.line("Left out", "Confidential passages are never drawn. Of those drawn, "+fmt.Sprintf("%d may not be shown any more and %d are not in the consultation any more.", s.LeftOut, s.Lost))
	w.line("Please", "Do not look at what others coded, and do not ask. Do not change the columns Passage and Words: they tell which passage a row is.")
	w.line("When done", "Save the workbook and send it back. It is read with: collate agreement import FILE.xlsx")
	return w.close()
}

// AgreementWorkbook writes how far people and the tool agree as an Excel workbook (.xlsx): a table for a page, and how to read it.
func AgreementWorkbook(w io.Writer, a *themes.Agreement) error {
	return writeBook(w, &themes.Report{Title: a.Title, Asof: a.Day, Tool: a.Tool}, "How far those who coded agree", []string{"Agreement", "About"}, func(b *book) error {
		if err := writeAgreement(b, a); err != nil {
			return err
		}
		return writeAgreementAbout(b, a)
	})
}

func writeAgreement(b *book, a *themes.Agreement) error {
	decimals := "0.00"
	two, err := b.f.NewStyle(&excelize.Style{Font: font(11, ink, false), Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "right", WrapText: true, Indent: 1}, Border: box(), CustomNumFmt: &decimals})
	if err != nil {
		return err
	}
	percent, err := b.f.NewStyle(&excelize.Style{Font: font(11, ink, false), Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "right", WrapText: true, Indent: 1}, Border: box(), NumFmt: 9})
	if err != nil {
		return err
	}
	t := b.styles
	p := b.open(layout{sheet: "Agreement", table: "AgreementTable", frozen: 2, paper: a3,
		title: "Agreement: how far those who coded the sample agree",
		help:  fmt.Sprintf("%s of %s, coded blind. Intervals are 95 %%. How to read it: see About.", count(a.Sample.Passages, "passage"), count(a.Sample.Members, "member")),
		columns: []column{{"Between", 32, t.strong}, {"Theme", 34, t.text}, {"Passages", 11.5, t.number}, {"Yes", 9, percent}, {"Same", 9, percent}, {"Kappa", 24, two}, {"Kappa from", 10, two}, {"Kappa to", 10, two},
			{"In words", 16, t.text}, {"Alpha", 24, two}, {"Alpha from", 10, two}, {"Alpha to", 10, two}, {"Both yes (F1)", 11, two}, {"Stances compared", 13, t.number}, {"Stance same", 11, percent}, {"Stance alpha", 11, two}}})
	for _, r := range a.Rows {
		row := []any{strings.Join(r.Between, " and "), r.Theme, r.Items, short(r.Yes), short(r.Percent)}
		row = append(row, withBounds(r.Kappa)...)
		row = append(row, r.Word)
		row = append(row, withBounds(r.Alpha)...)
		p.add(append(row, short(r.Both), r.StanceItems, short(r.StanceSame), short(r.StanceAlpha))...)
	}
	return p.close()
}

// figure is a value for a cell, or why there is none.
func figure(f agreement.Figure) any {
	if !f.Defined() {
		return "not defined: " + f.Why
	}
	return f.Value
}

// short is a value for a narrow cell, or a dash that About explains.
func short(f agreement.Figure) any {
	if !f.Defined() {
		return "–"
	}
	return f.Value
}

func withBounds(f agreement.Figure) []any {
	if f.WhyInterval != "" {
		return []any{figure(f), nil, nil}
	}
	return []any{figure(f), f.Low, f.High}
}

func writeAgreementAbout(b *book, a *themes.Agreement) error {
	w := readmeWriter{b.open(layout{sheet: "About", title: a.Title, help: "How far people agree with each other is what the tool can at most be asked for.", paper: a4, untabled: true, high: 1,
		columns: []column{{"", 27, b.styles.bodyStrong}, {"", 96, b.styles.body}}})}
	w.set(5)
	w.line("Sample", fmt.Sprintf("%s of %s, drawn at random with seed %d. Confidential passages are never drawn.", count(a.Sample.Passages, "passage"), count(a.Sample.Members, "member"), a.Sample.Seed))
	for _, c := range a.Coders {
		w.line(c.Coder, "coded "+count(c.Passages, "passage")+" blind.")
	}
	w.line("As of", a.Day)
	w.line("Made with", a.Tool)
	w.section("How to read it")
	for i, n := range a.Notes {
		w.line(fmt.Sprintf("Note %d", i+1), n)
	}
	w.line("–", "Not defined: nothing was coded by both, or all gave the same code, so that chance alone explains it. Empty bounds: no interval.")
	w.line("Both yes (F1)", "Twice the passages to which both say yes, over the sum of their yeses: one coder's F1 against the other.")
	w.line("Stance", "Over passages to which both say yes. Same: the same stance, \"not stated\" being one. Alpha: over the stances stated, in order, so that oppose against support weighs more than oppose against mixed.")
	return w.close()
}
