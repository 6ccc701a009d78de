package extract

import (
	"strconv"
	"strings"
)

// An odtStyle is what a style says itself.
type odtStyle struct {
	parent       string
	list         string // the list style of its paragraphs
	bold, hidden *bool
	script       *script
}

func (r *odtReader) readStyles(root *node) {
	for k := range root.kids() {
		switch k.name {
		case "style":
			r.styles[k.attr("name")] = readODTStyle(k)
		case "list-style":
			r.lists[k.attr("name")] = readODTListStyle(k)
		case "outline-style":
			r.outline = readODTListStyle(k)
			if name := k.attr("name"); name != "" {
				r.lists[name] = r.outline
			}
		}
	}
}

func readODTStyle(k *node) odtStyle {
	s := odtStyle{parent: k.attr("parent-style-name"), list: k.attr("list-style-name")}
	text := k.kid("text-properties")
	if weight, ok := text.lookup("font-weight"); ok {
		heavy, err := strconv.Atoi(weight)
		bold := weight == "bold" || err == nil && heavy >= 600
		s.bold = &bold
	}
	if position, ok := text.lookup("text-position"); ok {
		script := odtScript(position)
		s.script = &script
	}
	if display, ok := text.lookup("display"); ok {
		hidden := display == "none"
		s.hidden = &hidden
	}
	if visibility, ok := k.kid("drawing-page-properties").lookup("visibility"); ok { // of a slide
		hidden := visibility == "hidden"
		s.hidden = &hidden
	}
	return s
}

// property is the first value that a style or one it inherits from gives.
func property[T any](styles map[string]odtStyle, name string, of func(odtStyle) *T) (value T, given bool) {
	for range 50 { // styles based on each other in a circle
		s, ok := styles[name]
		if !ok {
			break
		}
		if v := of(s); v != nil {
			return *v, true
		}
		name = s.parent
	}
	return value, false
}

// listStyle is the list style that a paragraph style or one it inherits from names.
func (r *odtReader) listStyle(name string) string {
	for range 50 {
		s, ok := r.styles[name]
		if !ok || s.list != "" {
			return s.list
		}
		name = s.parent
	}
	return ""
}

func boldOf(s odtStyle) *bool        { return s.bold }
func hiddenOf(s odtStyle) *bool      { return s.hidden }
func odtScriptOf(s odtStyle) *script { return s.script }

// odtScript reads a position: "super 58%", or by how much of the line's height, "-33% 58%".
func odtScript(position string) script {
	by, _, _ := strings.Cut(strings.TrimSpace(position), " ")
	percent, err := strconv.ParseFloat(strings.TrimSuffix(by, "%"), 64)
	switch {
	case by == "super", err == nil && percent > 0:
		return superscript
	case by == "sub", err == nil && percent < 0:
		return subscript
	}
	return onLine
}

// isBasedOn reports whether the style is the named one or inherits from it.
func (r *odtReader) isBasedOn(name, ancestor string) bool {
	for range 50 {
		if name == ancestor {
			return true
		}
		s, ok := r.styles[name]
		if !ok {
			return false
		}
		name = s.parent
	}
	return false
}

const odtLevels = 10

// An odtListStyle has the numbers or bullets of a list's levels, from 1.
type odtListStyle struct{ levels [odtLevels + 1]odtLevel }

type odtLevel struct {
	bullet         bool
	format         string // "1", "a", "A", "i", "I", or "" for no number
	prefix, suffix string
	pattern        string // "%1%.%2%." in newer files, in place of prefix and suffix
	display        int    // how many levels are printed
	start          int
}

func readODTListStyle(n *node) *odtListStyle {
	s := &odtListStyle{}
	for k := range n.kids() {
		i := k.number("level", 0)
		if i < 1 || i > odtLevels {
			continue
		}
		s.levels[i] = odtLevel{
			bullet: strings.HasSuffix(k.name, "-bullet") || strings.HasSuffix(k.name, "-image"),
			format: k.attr("num-format"), prefix: k.attr("num-prefix"), suffix: k.attr("num-suffix"), pattern: k.attr("num-list-format"),
			display: k.number("display-levels", 1), start: k.number("start-value", 1),
		}
	}
	return s
}

// odtNumbers are the counters of a list's levels, from 1.
type odtNumbers struct {
	counts   [odtLevels + 1]int
	counting [odtLevels + 1]bool
}

// step counts a paragraph at this level, from start when it is set.
func (n *odtNumbers) step(s *odtListStyle, level int, start *int) {
	switch {
	case start != nil:
		n.counts[level] = *start
	case n.counting[level]:
		n.counts[level]++
	case s != nil:
		n.counts[level] = s.levels[level].start
	default:
		n.counts[level] = 1
	}
	for i := 1; i < level; i++ {
		if !n.counting[i] { // a level that is left out counts as if it had been there
			n.counts[i], n.counting[i] = 1, true
			if s != nil {
				n.counts[i] = s.levels[i].start
			}
		}
	}
	n.counting[level] = true
	for i := level + 1; i <= odtLevels; i++ {
		n.counting[i] = false
	}
}

// label is what the list prints before a paragraph at this level.
func (s *odtListStyle) label(n *odtNumbers, level int) string {
	if s == nil {
		return bulletLabel // the list has no style: it is printed with bullets
	}
	l := s.levels[level]
	switch {
	case l.bullet:
		return bulletLabel
	case l.format == "":
		return ""
	case l.pattern != "":
		out := l.pattern
		for i := 1; i <= odtLevels; i++ {
			out = strings.ReplaceAll(out, "%"+strconv.Itoa(i)+"%", s.count(n, i))
		}
		return strings.TrimSpace(out)
	}
	var parts []string
	for i := max(1, level-l.display+1); i <= level; i++ {
		if part := s.count(n, i); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.TrimSpace(l.prefix + strings.Join(parts, ".") + l.suffix)
}

func (s *odtListStyle) count(n *odtNumbers, level int) string {
	v := n.counts[level]
	if !n.counting[level] {
		v = s.levels[level].start
	}
	switch s.levels[level].format {
	case "":
		return ""
	case "a":
		return letters(v, 'a')
	case "A":
		return letters(v, 'A')
	case "i":
		return strings.ToLower(roman(v))
	case "I":
		return roman(v)
	}
	return strconv.Itoa(v)
}

// An odtList is the list item in which paragraphs stand; zero outside lists.
type odtList struct {
	style   string
	depth   int
	numbers *odtNumbers
	item    *odtItem
}

// An odtItem is a list item until its first paragraph has taken its label.
type odtItem struct {
	start *int
	done  bool
}

func (r *odtReader) readList(n *node, in odtList, out *[]flowElement) {
	if name := n.attr("style-name"); name != "" {
		in.style = name
	}
	in.depth++
	if in.depth == 1 {
		in.numbers = r.numbers(n, in.style)
	}
	for k := range n.kids() {
		switch k.name {
		case "list-header":
			in.item = &odtItem{done: true}
		case "list-item":
			in.item = &odtItem{}
			if v, err := strconv.Atoi(k.attr("start-value")); err == nil {
				in.item.start = &v
			}
		default:
			continue
		}
		r.readAll(k, in, out)
	}
}

// numbers are the counters of a list: new ones, or those of the list that it continues.
func (r *odtReader) numbers(n *node, style string) *odtNumbers {
	numbers := r.chains[n.attr("continue-list")]
	if numbers == nil && n.attr("continue-numbering") == "true" {
		numbers = r.latest[style]
	}
	if s := r.lists[style]; numbers == nil && s != nil && s == r.outline {
		numbers = &r.headings
	}
	if numbers == nil {
		numbers = &odtNumbers{}
	}
	r.latest[style] = numbers
	if id := n.attr("id"); id != "" {
		r.chains[id] = numbers
	}
	return numbers
}
