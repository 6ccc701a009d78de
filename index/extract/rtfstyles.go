package extract

import (
	"strconv"
	"strings"
)

// An rtfStyle is a paragraph style.
type rtfStyle struct {
	number  int
	name    string
	based   int // on another style; -1 on none
	outline int // from 0; -1 when not said
	level   int // of a heading, from 1, with what it inherits
	listed  int
}

// rtfStyles are the paragraph styles of a document.
type rtfStyles struct {
	byNumber map[int]*rtfStyle
	done     map[int]*rtfStyle
	open     *rtfStyle
}

func newRTFStyles() *rtfStyles {
	return &rtfStyles{byNumber: map[int]*rtfStyle{}, done: map[int]*rtfStyle{}}
}

// openStyle begins the style that the group just opened describes: its words, then its name.
func (r *rtfReader) openStyle() {
	style := &rtfStyle{based: -1, outline: -1}
	r.styles.open = style
	text := &strings.Builder{}
	r.now.capture = text
	r.whenClosed(func(inner *rtfState) {
		if inner.dead || len(r.styles.byNumber) >= MaxEntries {
			return
		}
		style.name = strings.ToLower(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text.String()), ";")))
		r.styles.byNumber[style.number] = style
	})
}

// word takes a word of the style sheet. Styles of characters, sections and tables are passed over.
func (s *rtfStyles) word(t *rtfToken, state *rtfState) bool {
	switch {
	case s.open == nil:
		return false
	case t.word == "s":
		s.open.number = t.number
	case t.word == "cs", t.word == "ds", t.word == "ts":
		state.dead = true
	case t.word == "sbasedon":
		s.open.based = t.number
	case t.word == "outlinelevel":
		s.open.outline = t.number
	default:
		return false
	}
	return true
}

// named is a style by its number; an unknown one has no properties.
func (s *rtfStyles) named(number int) *rtfStyle { return s.resolve(number, 0) }

func (s *rtfStyles) resolve(number, depth int) *rtfStyle {
	if done := s.done[number]; done != nil {
		return done
	}
	style := s.byNumber[number]
	if style == nil || depth > 50 { // styles based on each other in a circle
		return &rtfStyle{}
	}
	resolved := *style
	if style.based >= 0 && style.based != number {
		base := s.resolve(style.based, depth+1)
		resolved.level, resolved.listed = base.level, base.listed
	}
	resolved.overlay()
	s.done[number] = &resolved
	return &resolved
}

// overlay applies what the style says itself. Built-in styles keep their English names in every language.
func (s *rtfStyle) overlay() {
	switch digits, isHeading := strings.CutPrefix(s.name, "heading "); {
	case isHeading:
		if v, err := strconv.Atoi(digits); err == nil && v >= 1 && v <= listLevels {
			s.level = v
		}
	case s.name == "title":
		s.level = 1
	case strings.HasPrefix(s.name, "toc "), strings.HasPrefix(s.name, "contents "), s.name == "table of figures":
		s.listed = listedLevel(s.name)
	}
	switch {
	case s.outline >= 0 && s.outline < listLevels:
		s.level = s.outline + 1
	case s.outline >= listLevels:
		s.level = 0
	}
}
