package extract

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// pdfFurniture is what stands at a page's edges and is not part of its text.
type pdfFurniture struct {
	text string
	why  string
	top  bool
}

// A pdfEdge is a row at the top or bottom of a page.
type pdfEdge struct {
	page int // index into the pages
	row  []pdfRun
	text string
	key  string // the text with its figures masked
	top  bool
	base float64
	size float64
	bold bool
	gap  float64 // to the row further in
}

// edgeRows is how many rows a running header or footer has at most.
const edgeRows = 3

var (
	figures    = regexp.MustCompile(`[0-9]+`)
	pageNumber = regexp.MustCompile(`(?i)^[\[\-–—(| ]*(page|p\.|pg)? ?([0-9]{1,4}|[ivx]{1,6})( ?(of|/|-) ?[0-9]{1,4})?[\]\-–—)| ]*$`)
)

// takeFurniture takes running headers, footers and page numbers out of the pages and returns them, page by page. Only
// rows at the very edge are looked at, and those behind them once they are taken themselves.
func takeFurniture(pages []pdfPage, body float64) [][]pdfFurniture {
	byPage := make([][]pdfEdge, len(pages))
	seen := edgeCounts{}
	for i, page := range pages {
		byPage[i] = pageEdges(i, page)
		for _, e := range byPage[i] {
			seen.count(e)
		}
	}
	found := make([][]pdfFurniture, len(pages))
	for i := range pages {
		gone := map[int]bool{} // the order of the runs that were taken
		for _, top := range []bool{true, false} {
			outermost := true
			for _, e := range byPage[i] {
				if e.top != top {
					continue
				}
				why := seen.reason(e, len(pages), body)
				if why == "" && outermost && e.apart(body) {
					why = oneOff(e)
				}
				if why == "" && outermost && e.namesPage() {
					why = edgeWhy(e.top)
				}
				if why == "" {
					outermost = false
				}
				// Behind a line that is no furniture, "Made with ...", may still be a page's number.
				if why == "" || !outermost && (why != "page number" || seen.masked[e.spot(e.key)] < 2) {
					continue
				}
				found[i] = append(found[i], pdfFurniture{e.text, why, e.top})
				for _, r := range e.row {
					gone[r.order] = true
				}
			}
		}
		pages[i].runs = slices.DeleteFunc(slices.Clone(pages[i].runs), func(r pdfRun) bool { return gone[r.order] })
	}
	return found
}

// pageEdges returns the rows at the edges of a page: the top ones downwards, then the bottom ones upwards.
func pageEdges(index int, page pdfPage) []pdfEdge {
	lines := rows(page.runs)
	var edges []pdfEdge
	edge := func(i int, top bool) {
		row := lines[i]
		line := joinRow(row)
		text := markedText(line)
		edges = append(edges, pdfEdge{
			page: index, row: row, text: text, top: top, base: line.base, size: line.size, bold: line.bold,
			key: strings.ToLower(figures.ReplaceAllString(text, "#")), gap: rowGap(lines, i, top),
		})
	}
	if len(lines) == 0 {
		return nil
	}
	middle := (lines[0][0].base + lines[len(lines)-1][0].base) / 2
	low := 0 // the first row of the lower half
	for low < len(lines) && (low == 0 || lines[low][0].base > middle) {
		low++
	}
	for i := range min(edgeRows, low, (len(lines)+1)/2) {
		edge(i, true)
	}
	for i := len(lines) - 1; i >= max(low, len(lines)-edgeRows); i-- {
		edge(i, false)
	}
	return edges
}

// rowGap is the distance from row i to the next one further in, or 0.
func rowGap(lines [][]pdfRun, i int, top bool) float64 {
	next := i + 1
	if !top {
		next = i - 1
	}
	if next < 0 || next >= len(lines) {
		return 0
	}
	return math.Abs(lines[i][0].base - lines[next][0].base)
}

// apart reports whether an edge is set smaller than the body and well away from it.
func (e pdfEdge) apart(body float64) bool { return e.size <= 0.93*body && e.gap > 2.2*body }

// namesPage reports whether an edge holds its page's number in words beside something else, "Registered charity 99 | Page 1",
// so that one page is enough to tell it.
func (e pdfEdge) namesPage() bool {
	m := besidePage.FindStringSubmatch(e.text)
	return m != nil && cmp.Or(m[1], m[2]) == strconv.Itoa(e.page+1) && Words(e.text) <= 20
}

var besidePage = regexp.MustCompile(`(?i)[|·•–—\t]\s*page ([0-9]{1,4})(?: of [0-9]{1,4})?$|^page ([0-9]{1,4})(?: of [0-9]{1,4})?\s*[|·•–—\t]`)

var imprint = regexp.MustCompile(`(?i)registered (charity|company|office|in england|number|no)|charity (no|number|reg)|company (no|number|reg)|www\.|https?://|\S@\S+\.\S|\btel(ephone)?\b|©|\bpage [0-9]`)

// oneOff says why an edge that stands apart is furniture although it stands on one page only: at the head of a later
// page it is a running head, and at the foot it is a letter's imprint when it reads like one.
func oneOff(e pdfEdge) string {
	switch {
	case len(e.row[0].marks) > 0 && e.row[0].marks[0].at == 0: // a note
	case e.top && e.page > 0:
		return "page header"
	case !e.top && imprint.MatchString(e.text):
		return "page footer"
	}
	return ""
}

// edgeCounts counts what stands where at the pages' edges.
type edgeCounts struct {
	masked  map[edgeSpot]int // figures apart
	exact   map[edgeSpot]int
	offsets map[int]int // of a printed page number to the page's place in the file
}

// An edgeSpot is a text at a height, in steps of 8 points.
type edgeSpot struct {
	text string
	top  bool
	step int
}

func (e pdfEdge) spot(text string) edgeSpot {
	return edgeSpot{text, e.top, int(math.Floor(max(-1e6, min(1e6, e.base)) / 8))}
}

func (c *edgeCounts) count(e pdfEdge) {
	if c.masked == nil {
		*c = edgeCounts{map[edgeSpot]int{}, map[edgeSpot]int{}, map[int]int{}}
	}
	c.masked[e.spot(e.key)]++
	c.exact[e.spot(e.text)]++
	if n, ok := printedPage(e.text); ok {
		c.offsets[n-e.page]++
	}
}

// reason says why an edge is furniture, or "".
func (c *edgeCounts) reason(e pdfEdge, pages int, body float64) string {
	if n, ok := printedPage(e.text); ok && (n == e.page+1 || c.offsets[n-e.page] > 1) {
		return "page number"
	}
	need := 3
	if pages < 5 {
		need = 2
	}
	repeated := near(c.exact, e.spot(e.text)) >= need
	// "Question 1", "Question 2" at the head of page after page are headings, not a running header.
	numbered := near(c.masked, e.spot(e.key)) >= need && e.size <= 1.05*body && !e.bold
	switch {
	case !repeated && !numbered:
		return ""
	case pageNumber.MatchString(e.text):
		return "page number"
	}
	return edgeWhy(e.top)
}

func edgeWhy(top bool) string {
	if top {
		return "page header"
	}
	return "page footer"
}

// near adds up the counts at a spot and one step above and below it.
func near(counts map[edgeSpot]int, s edgeSpot) int {
	above, below := s, s
	above.step++
	below.step--
	return counts[s] + counts[above] + counts[below]
}

// printedPage reads a page number in figures.
func printedPage(text string) (int, bool) {
	m := pageNumber.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[2])
	return n, err == nil
}
