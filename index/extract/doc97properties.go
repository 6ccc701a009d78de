package extract

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// A doc97Span is a stretch of the main stream whose characters or paragraphs share properties.
type doc97Span struct {
	from, to int // bytes of the main stream
	style    int // of a paragraph
	changes  doc97Bytes
}

// readDoc97Spans reads the pages of properties of 512 bytes each ([MS-DOC] 2.9.33 and 2.9.175) that a table lists.
func readDoc97Spans(f *doc97File, number int) []doc97Span {
	width := 4
	if f.old {
		width = 2
	}
	table := newDoc97PLC(f.part(number), width)
	seen := map[int]bool{} // no page is read twice, so that a table cannot ask for more than the file
	var spans []doc97Span
	for i := range table.n {
		page := table.item(i).u16(0)
		if !f.old {
			page = table.item(i).u32(0) & (1<<22 - 1)
		}
		if raw := f.main.cut(page*512, 512); len(raw) == 512 && !seen[page] {
			seen[page] = true
			spans = append(spans, doc97Page(raw, number == doc97ParagraphPages, f.old)...)
		}
	}
	slices.SortStableFunc(spans, func(a, b doc97Span) int { return cmp.Compare(a.from, b.from) })
	return spans
}

func doc97Page(page doc97Bytes, paragraphs, old bool) []doc97Span {
	n, width := page.byteAt(511), 1
	if paragraphs {
		width = 13
		if old {
			width = 7
		}
	}
	var spans []doc97Span
	for i := range n {
		if 4*(n+1)+width*(i+1) > 511 {
			break
		}
		s := doc97Span{from: page.u32(4 * i), to: page.u32(4*i + 4)}
		at := 2 * page.byteAt(4*(n+1)+width*i)
		switch size := page.byteAt(at); {
		case at == 0:
		case !paragraphs:
			s.changes = page.cut(at+1, size)
		case size == 0: // the size did not fit
			size = page.byteAt(at + 1)
			s.style, s.changes = page.u16(at+2), page.cut(at+4, 2*size-2)
		case old:
			s.style, s.changes = page.u16(at+1), page.cut(at+3, 2*size-2)
		default:
			s.style, s.changes = page.u16(at+1), page.cut(at+3, 2*size-3)
		}
		spans = append(spans, s)
	}
	return spans
}

// doc97SpanAt is the span that holds a byte of the main stream. Between spans it is one without changes.
func doc97SpanAt(spans []doc97Span, at int) doc97Span {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].to > at })
	switch {
	case i == len(spans):
		return doc97Span{from: at, to: math.MaxInt32}
	case spans[i].from > at:
		return doc97Span{from: at, to: spans[i].from}
	}
	return spans[i]
}

// Property changes (sprm, [MS-DOC] 2.6) that matter for the words and their place.
const (
	doc97Deleted       = 0x0800
	doc97Inserted      = 0x0801
	doc97IsData        = 0x0806
	doc97IsSpecial     = 0x0855
	doc97IsObject      = 0x080A
	doc97Bold          = 0x0835
	doc97Hidden        = 0x083C
	doc97Script        = 0x2A48
	doc97CharStyle     = 0x4A30
	doc97Plain         = 0x2A33
	doc97Font          = 0x4A4F
	doc97InsertedBy    = 0x4804
	doc97DeletedBy     = 0x4863
	doc97InsertedOn    = 0x6805
	doc97DeletedOn     = 0x6864
	doc97PictureAt     = 0x6A03
	doc97Symbol        = 0x6A09
	doc97ParaStyle     = 0x4600
	doc97ListLevel     = 0x260A
	doc97ListUse       = 0x460B
	doc97Outline       = 0x2640
	doc97InTable       = 0x2416
	doc97RowEnd        = 0x2417
	doc97TableDepth    = 0x6649
	doc97TableDepthBy  = 0x664A
	doc97InnerCellEnd  = 0x244B
	doc97InnerRowEnd   = 0x244C
	doc97HugeChanges   = 0x6646
	doc97HugeChanges97 = 0x6645
	doc97RowCells      = 0xD608
	doc97NoteFormat    = 0x5040
	doc97NoteStart     = 0x503F
	doc97EndnoteFormat = 0x5042
	doc97EndnoteStart  = 0x5041
	doc97Tabs          = 0xC615
)

// doc97Changes gives each change of a list of them to visit.
func doc97Changes(list doc97Bytes, old bool, visit func(change int, value doc97Bytes)) {
	for len(list) > 0 {
		change, head, size := list.u16(0), 2, 0
		if old {
			change, head, size = doc97OldChange(list)
		} else {
			size = doc97ChangeSize(change, list.cut(2, len(list)))
		}
		if head+size > len(list) || head == 0 {
			return
		}
		visit(change, list.cut(head, size))
		list = list[head+size:]
	}
}

// doc97ChangeSize is the number of bytes after a change's code, which the code's top three bits tell.
func doc97ChangeSize(change int, value doc97Bytes) int {
	switch change >> 13 {
	case 0, 1:
		return 1
	case 2, 4, 5:
		return 2
	case 3:
		return 4
	case 7:
		return 3
	}
	size := value.byteAt(0)
	switch {
	case change == doc97RowCells:
		return value.u16(0) + 1
	case change == doc97Tabs && size == 255: // too long to say
		removed := value.byteAt(1)
		return 3 + 4*removed + 3*value.byteAt(2+4*removed)
	}
	return size + 1
}

// doc97PieceChanges are the changes that fast saving notes on a piece ([MS-DOC] 2.9.209): one of a few, or one of the
// lists that stand before the piece table.
func doc97PieceChanges(note int, lists []doc97Bytes) doc97Bytes {
	if note&1 != 0 {
		if i := note >> 1; i < len(lists) {
			return lists[i]
		}
		return nil
	}
	change, ok := doc97ShortChanges[note>>1&0x7F]
	if !ok {
		return nil
	}
	return doc97Bytes{byte(change), byte(change >> 8), byte(note >> 8)}
}
