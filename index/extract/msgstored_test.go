package extract

import (
	"encoding/binary"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// properties are those of a message, a recipient or an attachment, by number and type: "0037001F". The keys of folders
// are theirs: "__attach_version1.0_#00000000".
type properties map[string]any

// stored lays properties into a folder as Outlook does.
func (p properties) stored(t testing.TB, name string, header int) *storage {
	t.Helper()
	s := &storage{name: name, streams: map[string][]byte{}}
	fixed := make([]byte, header)
	for _, key := range slices.Sorted(maps.Keys(p)) {
		if inner, ok := p[key].(properties); ok {
			header := msgElementHeader
			if strings.HasPrefix(key, msgStream) {
				header = msgNestedHeader
			}
			s.children = append(s.children, inner.stored(t, key, header))
			continue
		}
		value := propertyValue(t, key, p[key])
		tag, err := strconv.ParseUint(key, 16, 32)
		switch {
		case err != nil:
			s.children = append(s.children, &storage{name: key, streams: map[string][]byte{msgStream + "00030102": value}})
		case strings.HasSuffix(key, "0003"), strings.HasSuffix(key, "000B"), strings.HasSuffix(key, "0040"):
			fixed = binary.LittleEndian.AppendUint32(fixed, uint32(tag))
			fixed = append(append(fixed, 6, 0, 0, 0), value...)
		default:
			s.streams[msgStream+key] = value
		}
	}
	s.streams[msgProperties] = fixed
	return s
}

func propertyValue(t testing.TB, key string, value any) []byte {
	switch v := value.(type) {
	case string:
		if strings.HasSuffix(key, "001F") {
			return wide(v)
		}
		return []byte(v)
	case int:
		return binary.LittleEndian.AppendUint64(nil, uint64(v))
	case time.Time:
		return binary.LittleEndian.AppendUint64(nil, uint64(v.Unix()*10_000_000+fileTimeEpoch))
	}
	t.Fatalf("%s: got a %T", key, value)
	return nil
}

// msgOf makes a .msg file.
func msgOf(t testing.TB, p properties) string {
	return string(compoundOf(p.stored(t, "", msgRootHeader)))
}

func wide(s string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}

const (
	cfbSector = 512
	cfbMini   = 64
	cfbSmall  = 4096 // streams below this size stand in the stream of small ones
	cfbEnd    = 0xFFFFFFFE
	cfbFree   = 0xFFFFFFFF
)

// A compoundWriter lays out a compound file: the header, the sectors of streams, the folder entries, the tables.
type compoundWriter struct {
	sectors, mini, entries []byte
	fat, miniFAT           []uint32
}

// compoundOf writes a folder as a compound file ([MS-CFB] version 3). The entries of a folder hang at each other in a line
// instead of a balanced tree, which readers do not mind.
func compoundOf(root *storage) []byte {
	w := &compoundWriter{}
	w.folder(root, 5, cfbFree)
	mini := w.chain(w.mini)
	binary.LittleEndian.PutUint32(w.entries[116:], mini)
	binary.LittleEndian.PutUint32(w.entries[120:], uint32(len(w.mini)))
	directory := w.chain(w.entries)
	var small []byte
	for _, next := range w.miniFAT {
		small = binary.LittleEndian.AppendUint32(small, next)
	}
	smallTable := w.chain(small)
	tables := (len(w.fat)+127)/127 + 1
	var table []byte
	first := len(w.fat)
	for range tables {
		w.fat = append(w.fat, 0xFFFFFFFD)
	}
	for len(w.fat)%128 != 0 || len(w.fat) < tables*128 {
		w.fat = append(w.fat, cfbFree)
	}
	for _, next := range w.fat[:tables*128] {
		table = binary.LittleEndian.AppendUint32(table, next)
	}
	head := make([]byte, cfbSector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for at, v := range map[int]uint32{24: 0x0003003E, 28: 0x0009FFFE, 32: 6, 44: uint32(tables), 48: directory, 56: cfbSmall, 60: smallTable, 64: uint32((len(small) + cfbSector - 1) / cfbSector), 68: cfbEnd} {
		binary.LittleEndian.PutUint32(head[at:], v)
	}
	for i := range 109 {
		sector := uint32(cfbFree)
		if i < tables {
			sector = uint32(first + i)
		}
		binary.LittleEndian.PutUint32(head[76+4*i:], sector)
	}
	return append(append(head, w.sectors...), table...)
}

// folder adds the entry of a folder and those in it, and returns its number.
func (w *compoundWriter) folder(s *storage, kind byte, sibling uint32) uint32 {
	at := w.entry(s.name, kind, sibling)
	next := uint32(cfbFree)
	for _, c := range s.children {
		next = w.folder(c, 1, next)
	}
	for _, name := range slices.Sorted(maps.Keys(s.streams)) {
		next = w.stream(name, s.streams[name], next)
	}
	binary.LittleEndian.PutUint32(w.entries[at*128+76:], next)
	return at
}

func (w *compoundWriter) entry(name string, kind byte, sibling uint32) uint32 {
	e := make([]byte, 128)
	copy(e, wide(name))
	e[64] = byte(2*len(name) + 2)
	e[66] = kind
	e[67] = 1
	for at, v := range map[int]uint32{68: cfbFree, 72: sibling, 76: cfbFree} {
		binary.LittleEndian.PutUint32(e[at:], v)
	}
	w.entries = append(w.entries, e...)
	return uint32(len(w.entries)/128 - 1)
}

func (w *compoundWriter) stream(name string, data []byte, sibling uint32) uint32 {
	at := w.entry(name, 2, sibling)
	start := uint32(cfbEnd)
	switch {
	case len(data) >= cfbSmall:
		start = w.chain(data)
	case len(data) > 0:
		start = uint32(len(w.miniFAT))
		for n := 0; n < len(data); n += cfbMini {
			w.miniFAT = append(w.miniFAT, uint32(len(w.miniFAT)+1))
			w.mini = append(w.mini, make([]byte, cfbMini)...)
			copy(w.mini[len(w.mini)-cfbMini:], data[n:])
		}
		w.miniFAT[len(w.miniFAT)-1] = cfbEnd
	}
	binary.LittleEndian.PutUint32(w.entries[at*128+116:], start)
	binary.LittleEndian.PutUint32(w.entries[at*128+120:], uint32(len(data)))
	return at
}

// chain adds the sectors of a stream and returns the first.
func (w *compoundWriter) chain(data []byte) uint32 {
	if len(data) == 0 {
		return cfbEnd
	}
	start := uint32(len(w.fat))
	for n := 0; n < len(data); n += cfbSector {
		w.fat = append(w.fat, uint32(len(w.fat)+1))
		w.sectors = append(w.sectors, make([]byte, cfbSector)...)
		copy(w.sectors[len(w.sectors)-cfbSector:], data[n:])
	}
	w.fat[len(w.fat)-1] = cfbEnd
	return start
}
