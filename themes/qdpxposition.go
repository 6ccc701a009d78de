package themes

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A unit is what a program counts positions in. The standard leaves it open, and programs differ.
type unit struct {
	utf16   bool // a character beyond the Basic Multilingual Plane counts as two
	crlfOne bool // CR LF counts as one
}

// size is how many units the character at the beginning of text is, and how many bytes it takes.
func (u unit) size(text string) (units, bytes int) {
	r, n := utf8.DecodeRuneInString(text)
	switch {
	case u.crlfOne && strings.HasPrefix(text, "\r\n"):
		return 1, 2
	case u.utf16 && r > 0xffff:
		return 2, n
	}
	return 1, n
}

// bytesAt are the byte offsets of positions in a text, by position; one that the text does not have is not there.
func (u unit) bytesAt(text string, positions []int) map[int]int {
	positions = slices.Compact(slices.Sorted(slices.Values(positions)))
	out := make(map[int]int, len(positions))
	at, b := 0, 0
	for _, p := range positions {
		for at < p && b < len(text) {
			units, bytes := u.size(text[b:])
			at, b = at+units, b+bytes
		}
		if at == p {
			out[p] = b
		}
	}
	return out
}

// units are the ways of counting, the likeliest first for the program that wrote the file. ATLAS.ti counts a line end as one character
// whatever it is in the file.
func units(origin string) []unit {
	out := []unit{{}, {utf16: true}, {crlfOne: true}, {utf16: true, crlfOne: true}}
	if strings.Contains(strings.ToLower(origin), "atlas") {
		slices.SortStableFunc(out, func(a, b unit) int { return cmp.Compare(b2i(b.crlfOne), b2i(a.crlfOne)) })
	}
	return out
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// byteRange is where a selection lies in its text.
type byteRange struct{ start, end int }

// ranges are where the selections of a text lie, in the order of the selections; start is -1 for one that lies outside of it. Where the
// ways of counting differ on this text, the way counts with which most selections begin with the words that are their name, as many
// programs name them.
func (s *projectText) ranges(origin string) []byteRange {
	var positions []int
	for i := range s.selections {
		positions = append(positions, s.selections[i].start, s.selections[i].end)
	}
	var best []byteRange
	most := -1
	for _, u := range units(origin) {
		at := u.bytesAt(s.text, positions)
		out := make([]byteRange, len(s.selections))
		fit := 0
		for i := range s.selections {
			x := &s.selections[i]
			start, ok := at[x.start]
			end, okEnd := at[x.end]
			if !ok || !okEnd || start >= end {
				out[i] = byteRange{-1, -1}
				continue
			}
			out[i] = byteRange{start, end}
			if beginsAs(s.text[start:end], x.name) {
				fit++
			}
		}
		if fit > most {
			best, most = out, fit
		}
	}
	return best
}

// beginsAs reports whether words begin as a name says, which may be cut short.
func beginsAs(words, name string) bool {
	name = strings.TrimRight(strings.TrimRight(strings.TrimSpace(name), "."), "…")
	if name = squeeze(name).text; len(name) < 4 {
		return false
	}
	// A name is a few hundred characters at most: no more of the words need be looked at.
	if len(words) > 4*len(name)+400 {
		words = strings.ToValidUTF8(words[:4*len(name)+400], "")
	}
	return strings.HasPrefix(squeeze(words).text, name)
}

// A squeezed text has no white space and no signs that are not seen, and its accents stand apart from their letters: what programs change
// of a text that they take in. At has the byte offset in the text of each byte, and of the end.
type squeezed struct {
	text string
	at   []int32
}

func squeeze(text string) squeezed {
	var b strings.Builder
	var at []int32
	for i, r := range text {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) {
			continue
		}
		s := string(r)
		if r >= utf8.RuneSelf {
			s = norm.NFD.String(s)
		}
		b.WriteString(s)
		for range len(s) {
			at = append(at, int32(i))
		}
	}
	return squeezed{b.String(), append(at, int32(len(text)))}
}

// from is where in the squeezed text a byte of the text stands.
func (s *squeezed) from(b int) int {
	i, _ := slices.BinarySearch(s.at, int32(b))
	return i
}

// end is the byte behind what stands before the squeezed offset i.
func (s *squeezed) end(text string, i int) int {
	last := int(s.at[i-1])
	_, n := utf8.DecodeRuneInString(text[last:])
	return last + n
}
