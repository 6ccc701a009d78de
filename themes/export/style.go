package export

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// The colours of the workbook. Those of the stances are told apart in three simulations of colour blindness, and their
// text has a contrast of at least 5.4 to 1; in grey they look alike, so a sign and a word always stand with them.
const (
	ink   = "1B2530"
	navy  = "17406D"
	quiet = "595959"
	rust  = "9A3A06"
	line  = "D9D5CB"
	paper = "F3F1EB"
)

// A tint is a stance's colours: behind a cell, for the text on it, and in the chart with the labels on its bars.
type tint struct{ fill, text, bar, label string }

// tintOf is a stance's colours; what takes no stance has none behind it.
func tintOf(s themes.Stance) tint {
	switch s {
	case themes.Support:
		return tint{"C6DBF2", "17508F", "1F5FA8", "FFFFFF"}
	case themes.Conditions:
		return tint{"ECF5FC", "2A6492", "8BB8E0", ink}
	case themes.Mixed:
		return tint{"ECE8DE", "5A5549", "C9C5BA", ink}
	case themes.Oppose:
		return tint{"FBDCC7", rust, "B3470C", "FFFFFF"}
	}
	return tint{"FFFFFF", quiet, "DDE3EA", ink}
}

// fontName is Calibri, for which LibreOffice has Carlito of the same widths; heights are estimated for it.
const fontName = "Calibri"

// styles are the ids of the workbook's cell styles.
type styles struct {
	title, help, section, body, bodyStrong, bodyLink, bodyNumber int
	head, text, strong, number, link, silent, cell, joint        int
	total, confirmed, key                                        int
	stance, behind                                               map[themes.Stance]int // conditional: for the stance's word alone, and behind longer text
	swatch                                                       map[themes.Stance]int
}

func newStyles(f *excelize.File) (styles, error) {
	k := styleMaker{f: f}
	top := &excelize.Alignment{Vertical: "top", Horizontal: "left", WrapText: true, Indent: 1}
	right := &excelize.Alignment{Vertical: "top", Horizontal: "right", Indent: 1}
	free := &excelize.Alignment{Vertical: "top", WrapText: true}
	solid := func(c string) excelize.Fill { return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{c}} }
	// 49 is Excel's text format: what stands in the cell stays what it is when the cell is edited.
	const asText = 49
	s := styles{
		title:      k.add(excelize.Style{Font: font(18, navy, true), Alignment: &excelize.Alignment{Vertical: "center"}, NumFmt: asText}),
		help:       k.add(excelize.Style{Font: font(11, quiet, false), Alignment: &excelize.Alignment{Vertical: "center"}, NumFmt: asText}),
		section:    k.add(excelize.Style{Font: font(13, navy, true), Alignment: &excelize.Alignment{Vertical: "bottom"}, Border: under(navy), NumFmt: asText}),
		body:       k.add(excelize.Style{Font: font(11, ink, false), Alignment: top, NumFmt: asText}),
		bodyStrong: k.add(excelize.Style{Font: font(11, ink, true), Alignment: free, NumFmt: asText}),
		bodyNumber: k.add(excelize.Style{Font: font(11, ink, true), Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left"}, NumFmt: 3}),
		bodyLink:   k.add(excelize.Style{Font: underlined(), Alignment: free}),
		head:       k.add(excelize.Style{Font: font(11, "FFFFFF", true), Fill: solid(navy), Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "left", WrapText: true, Indent: 1}, Border: box(), NumFmt: asText}),
		text:       k.add(excelize.Style{Font: font(11, ink, false), Alignment: top, Border: box(), NumFmt: asText}),
		strong:     k.add(excelize.Style{Font: font(11, ink, true), Alignment: top, Border: box(), NumFmt: asText}),
		number:     k.add(excelize.Style{Font: font(11, ink, false), Alignment: right, Border: box(), NumFmt: 3}),
		total:      k.add(excelize.Style{Font: font(11, ink, true), Fill: solid(paper), Alignment: right, Border: box(), NumFmt: 3}),
		link:       k.add(excelize.Style{Font: underlined(), Alignment: top, Border: box()}),
		cell:       k.add(excelize.Style{Font: font(11, ink, false), Alignment: top, Border: box()}),
		confirmed:  k.add(excelize.Style{Font: font(11, ink, true), Alignment: top, Border: box()}),
		silent:     k.add(excelize.Style{Font: font(11, quiet, false), Alignment: top, Border: box(), NumFmt: asText}),
		key:        k.add(excelize.Style{Font: font(9, quiet, false), Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left", Indent: 1}, Border: box(), NumFmt: asText}),
		joint:      k.add(excelize.Style{Font: font(11, ink, false), Fill: solid(paper), Alignment: top, Border: append(box()[:3], under(ink)[0]), NumFmt: asText}),
		stance:     map[themes.Stance]int{},
		behind:     map[themes.Stance]int{},
		swatch:     map[themes.Stance]int{},
	}
	for _, st := range themes.Stances {
		t := tintOf(st)
		s.swatch[st] = k.add(excelize.Style{Font: font(11, t.text, true), Fill: solid(t.fill), Alignment: top, Border: box(), NumFmt: asText})
		s.stance[st] = k.conditional(excelize.Style{Font: &excelize.Font{Color: t.text, Bold: true}, Fill: solid(t.fill)})
		s.behind[st] = k.conditional(excelize.Style{Font: &excelize.Font{Color: ink}, Fill: solid(t.fill)})
	}
	return s, k.err
}

// A styleMaker adds styles until one fails.
type styleMaker struct {
	f   *excelize.File
	err error
}

func (k *styleMaker) add(s excelize.Style) int { return k.keep(k.f.NewStyle(&s)) }

func (k *styleMaker) conditional(s excelize.Style) int { return k.keep(k.f.NewConditionalStyle(&s)) }

func (k *styleMaker) keep(id int, err error) int {
	if err != nil && k.err == nil {
		k.err = fmt.Errorf("making a style: %w", err)
	}
	return id
}

func font(size float64, colour string, bold bool) *excelize.Font {
	return &excelize.Font{Family: fontName, Size: size, Color: colour, Bold: bold}
}

func underlined() *excelize.Font {
	return &excelize.Font{Family: fontName, Size: 11, Color: navy, Underline: "single"}
}

func box() []excelize.Border {
	return []excelize.Border{{Type: "left", Color: line, Style: 1}, {Type: "right", Color: line, Style: 1}, {Type: "top", Color: line, Style: 1}, {Type: "bottom", Color: line, Style: 1}}
}

func under(colour string) []excelize.Border {
	return []excelize.Border{{Type: "bottom", Color: colour, Style: 2}}
}
