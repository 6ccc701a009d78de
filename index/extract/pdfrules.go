package extract

import (
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
)

// Bounds of the search for ruled lines: a page with more things on it, or more strokes, holds a drawing.
const (
	maxPageObjects = 5_000
	maxStrokes     = 3_000
)

// A pdfRule is a straight line along an edge of the page. Lengths are as of a [glyph].
type pdfRule struct {
	upright  bool
	at       float64 // x of an upright rule, y of a level one
	from, to float64
}

// maxRuleWidth is how thick a line may be, in points, and still be a table's border.
const maxRuleWidth = 4

// rules reads the straight lines drawn on a page.
func (f *pdfFile) rules(page requests.Page) []pdfRule {
	counted, err := f.instance.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if f.failed(err) || counted.Count > maxPageObjects {
		return nil
	}
	r := ruleReader{file: f}
	for i := range counted.Count {
		object, err := f.instance.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
		if f.failed(err) {
			return nil
		}
		r.object(object.PageObject)
		if f.trapped || r.strokes > maxStrokes {
			return nil
		}
	}
	return r.found
}

// A ruleReader collects rules from the things drawn on a page.
type ruleReader struct {
	file    *pdfFile
	strokes int
	found   []pdfRule
}

func (r *ruleReader) object(object references.FPDF_PAGEOBJECT) {
	instance := r.file.instance
	kind, err := instance.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object})
	if r.file.failed(err) || kind.Type != enums.FPDF_PAGEOBJ_PATH {
		return
	}
	r.strokes++
	b, err := instance.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object})
	if r.file.failed(err) {
		return
	}
	left, bottom, right, top := float64(b.Left), float64(b.Bottom), float64(b.Right), float64(b.Top)
	width, height := right-left, top-bottom
	if width <= maxRuleWidth || height <= maxRuleWidth { // one line, whether stroked or a thin filled box
		r.add(left, bottom, right, top)
		return
	}
	mode, err := instance.FPDFPath_GetDrawMode(&requests.FPDFPath_GetDrawMode{PageObject: object})
	if r.file.failed(err) || !mode.Stroke && mode.FillMode == enums.FPDF_FILLMODE_NONE {
		return
	}
	r.path(object, mode.Stroke)
}

// add keeps what is long and thin.
func (r *ruleReader) add(left, bottom, right, top float64) {
	width, height := right-left, top-bottom
	switch {
	case height <= maxRuleWidth && width > 2*height && width > 2:
		r.found = append(r.found, pdfRule{at: (bottom + top) / 2, from: left, to: right})
	case width <= maxRuleWidth && height > 2*width && height > 2:
		r.found = append(r.found, pdfRule{upright: true, at: (left + right) / 2, from: bottom, to: top})
	}
}

// path reads a path of several lines: each of them, where they are stroked, or each thin box, where they are filled.
func (r *ruleReader) path(object references.FPDF_PAGEOBJECT, stroked bool) {
	instance := r.file.instance
	counted, err := instance.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: object})
	if r.file.failed(err) || counted.Count < 2 || counted.Count > maxStrokes {
		r.strokes += maxStrokes // a drawing
		return
	}
	matrix, err := instance.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: object})
	if r.file.failed(err) {
		return
	}
	var part []pdfPoint // of one line without lifting the pen
	for i := range counted.Count {
		point, kind, closed, ok := r.segment(object, i, matrix.Matrix)
		r.strokes++
		if !ok || r.strokes > maxStrokes {
			return
		}
		if kind == enums.FPDF_SEGMENT_MOVETO {
			r.part(part, stroked)
			part = part[:0]
		}
		if kind == enums.FPDF_SEGMENT_BEZIERTO {
			return // a drawing, or a box with round corners
		}
		part = append(part, point)
		if closed {
			part = append(part, part[0])
		}
	}
	r.part(part, stroked)
}

type pdfPoint struct{ x, y float64 }

func (r *ruleReader) segment(object references.FPDF_PAGEOBJECT, i int, m structs.FPDF_FS_MATRIX) (p pdfPoint, kind enums.FPDF_SEGMENT, closed, ok bool) {
	instance := r.file.instance
	segment, err := instance.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: object, Index: i})
	if r.file.failed(err) {
		return p, kind, false, false
	}
	at, err := instance.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: segment.PathSegment})
	if r.file.failed(err) {
		return p, kind, false, false
	}
	of, err := instance.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: segment.PathSegment})
	if r.file.failed(err) {
		return p, kind, false, false
	}
	shut, err := instance.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: segment.PathSegment})
	if r.file.failed(err) {
		return p, kind, false, false
	}
	x, y := float64(at.X), float64(at.Y)
	p = pdfPoint{float64(m.A)*x + float64(m.C)*y + float64(m.E), float64(m.B)*x + float64(m.D)*y + float64(m.F)}
	return p, of.Type, shut.IsClose, true
}

// part reads the points of one line drawn without lifting the pen.
func (r *ruleReader) part(points []pdfPoint, stroked bool) {
	if len(points) < 2 {
		return
	}
	if stroked {
		for i := 1; i < len(points); i++ {
			a, b := points[i-1], points[i]
			r.add(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))
		}
		return
	}
	left, bottom, right, top := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range points {
		left, right = min(left, p.x), max(right, p.x)
		bottom, top = min(bottom, p.y), max(top, p.y)
	}
	r.add(left, bottom, right, top)
}

// turned moves a rule as glyphs are moved when the page is turned back.
func (r pdfRule) turned(quarters int) pdfRule {
	for range quarters {
		// A point (x, y) comes to (y, -x): see glyph.turned.
		if r.upright {
			r.at = -r.at
		} else {
			r.from, r.to = -r.to, -r.from
		}
		r.upright = !r.upright
	}
	return r
}
