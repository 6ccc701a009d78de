package word

// A Page is a paper and its margins, in twentieths of a point.
type Page struct {
	width, height, margin int
	landscape             bool
}

// A4 is upright A4 with margins of 23 mm.
func A4() Page { return Page{width: 11906, height: 16838, margin: 1304} }

// A3 is upright A3 with margins of 18 mm.
func A3() Page { return Page{width: 16838, height: 23811, margin: 1021} }

// Landscape is the page on its side.
func (p Page) Landscape() Page {
	if !p.landscape {
		p.width, p.height, p.landscape = p.height, p.width, true
	}
	return p
}

// Margin is the page with other margins, in millimetres.
func (p Page) Margin(mm int) Page {
	p.margin = min(max(mm, 5), 60) * 1440 * 10 / 254
	return p
}

// text is the width of the text.
func (p Page) text() int { return p.width - 2*p.margin }
