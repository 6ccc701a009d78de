package extract

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
)

// Where a stored message keeps its properties: those of fixed size in one stream after a header, others in a stream each.
const (
	msgProperties    = "__properties_version1.0"
	msgStream        = "__substg1.0_"
	msgNames         = "__nameid_version1.0"
	msgRecipient     = "__recip_version1.0_"
	msgAttachment    = "__attach_version1.0_"
	msgRootHeader    = 32
	msgNestedHeader  = 24
	msgElementHeader = 8
)

// readStoredMessage reads the message in a storage. The depth of storages is bounded by [openCompound].
func readStoredMessage(s *storage, header int, names map[uint32]uint32) *outlookMessage {
	m := &outlookMessage{outlookProperties: storedProperties(s, header, names)}
	// Attachments are numbered; folders come in the order of the file, which need not be that.
	children := slices.SortedStableFunc(slices.Values(s.children), func(a, b *storage) int { return strings.Compare(a.name, b.name) })
	for _, c := range children {
		switch {
		case strings.HasPrefix(c.name, msgRecipient):
			m.recipients = append(m.recipients, storedProperties(c, msgElementHeader, names))
		case strings.HasPrefix(c.name, msgAttachment):
			a := outlookAttachment{outlookProperties: storedProperties(c, msgElementHeader, names)}
			if o := c.has(msgStream + "3701000D"); o != nil && o.streams[msgProperties] != nil {
				a.message = readStoredMessage(o, msgNestedHeader, names)
			} else {
				a.object = o
			}
			m.attached = append(m.attached, a)
		}
	}
	m.setPages()
	return m
}

// has is the folder of this name, or nil.
func (s *storage) has(name string) *storage {
	for _, c := range s.children {
		if strings.EqualFold(c.name, name) {
			return c
		}
	}
	return nil
}

func storedProperties(s *storage, header int, names map[uint32]uint32) outlookProperties {
	p := newProperties()
	fixed := s.streams[msgProperties]
	for at := header; at+16 <= len(fixed); at += 16 {
		tag := binary.LittleEndian.Uint32(fixed[at:])
		switch kind := uint16(tag); kind {
		case kindNumber, kindTruth, kindTime:
			p.put(propertyID(tag, names), kind, fixed[at+8:at+16])
		}
	}
	for name, value := range s.streams {
		digits, ok := strings.CutPrefix(name, msgStream)
		if tag, err := strconv.ParseUint(digits, 16, 32); ok && err == nil {
			p.put(propertyID(uint32(tag), names), uint16(tag), value)
		}
	}
	return p
}

func propertyID(tag uint32, names map[uint32]uint32) uint32 {
	id := tag >> 16
	if name, ok := names[id]; ok {
		return byName | name
	}
	return id
}

// storedNames says which numbers this file gives to named properties. A name is a number within a set; the sets are not
// told apart, since no two of the numbers used here are the same.
func storedNames(root *storage) map[uint32]uint32 {
	names := map[uint32]uint32{}
	list := root.has(msgNames)
	if list == nil {
		return names
	}
	entries := list.streams[msgStream+"00030102"]
	for at := 0; at+8 <= len(entries); at += 8 {
		if name := binary.LittleEndian.Uint32(entries[at:]); entries[at+4]&1 == 0 && name <= 0xFFFF {
			names[kindUnnamed+uint32(binary.LittleEndian.Uint16(entries[at+6:]))] = name
		}
	}
	return names
}
