package extract

import (
	"strconv"
	"strings"
)

// A docxStyle is a style with what it inherits.
type docxStyle struct {
	level  int    // of a heading, 0 for none
	title  bool   // the document's title
	numID  string // the list its paragraphs belong to
	ilvl   int    // their level in it, from 0
	bold   bool
	hidden bool
	script script
	listed int // the level of the lines of a table of contents, 0 for none
}

// docxStyles are the styles of a document, worked out when asked for.
type docxStyles struct {
	nodes     map[string]*node
	done      map[string]*docxStyle
	standard  string // the style of paragraphs that name none
	numbering *numbering
}

func readDocxStyles(root *node, n *numbering) *docxStyles {
	s := &docxStyles{nodes: map[string]*node{}, done: map[string]*docxStyle{}, numbering: n}
	for k := range root.kids() {
		if k.name != "style" {
			continue
		}
		id := k.attr("styleId")
		s.nodes[id] = k
		if v := k.attr("default"); k.attr("type") == "paragraph" && (v == "1" || v == "true") {
			s.standard = id
		}
	}
	return s
}

// named is a style by its id; an unknown one has no properties.
func (s *docxStyles) named(id string) *docxStyle { return s.resolve(id, 0) }

func (s *docxStyles) resolve(id string, depth int) *docxStyle {
	if done := s.done[id]; done != nil {
		return done
	}
	k := s.nodes[id]
	if k == nil || depth > 50 { // styles based on each other in a circle
		return &docxStyle{}
	}
	style := *s.resolve(k.kid("basedOn").attr("val"), depth+1)
	s.overlay(&style, id, k)
	s.done[id] = &style
	return &style
}

// overlay applies what a style says itself.
func (s *docxStyles) overlay(style *docxStyle, id string, k *node) {
	name := strings.ToLower(k.kid("name").attr("val")) // built-in styles keep their English names in every language
	switch digits, isHeading := strings.CutPrefix(name, "heading "); {
	case isHeading:
		if v, err := strconv.Atoi(digits); err == nil && v >= 1 && v <= 9 {
			style.level, style.title = v, false
		}
	case name == "title":
		style.level, style.title = 1, true
	case strings.HasPrefix(name, "toc "), name == "table of figures":
		style.listed = listedLevel(name)
	}
	properties := k.kid("pPr")
	if o := properties.kid("outlineLvl"); o != nil {
		style.level = outlineLevel(o)
	}
	if list := properties.kid("numPr"); list != nil {
		if v, ok := list.kid("numId").lookup("val"); ok {
			style.numID = v
		}
		bound, ok := s.numbering.boundLevel(style.numID, id)
		if !ok {
			bound = list.kid("ilvl").number("val", 0)
		}
		style.ilvl = bound
	}
	if b := k.kid("rPr").kid("b"); b != nil {
		style.bold = b.isOn()
	}
	if v := k.kid("rPr").kid("vanish"); v != nil {
		style.hidden = v.isOn()
	}
	if v := k.kid("rPr").kid("vertAlign"); v != nil {
		style.script = scriptOf(v.attr("val"))
	}
}

// outlineLevel is a heading level from 1, or 0 for body text.
func outlineLevel(o *node) int {
	if v := o.number("val", 9); v >= 0 && v < 9 {
		return v + 1
	}
	return 0
}
