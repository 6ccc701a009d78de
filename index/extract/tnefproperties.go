package extract

import "encoding/binary"

// tnefValues reads the properties in a package: numbers in four bytes, everything padded to a multiple of four.
type tnefValues struct {
	rest []byte
	bad  bool // something reached beyond the end
}

func (v *tnefValues) ok() bool { return !v.bad }

func (v *tnefValues) take(n uint64) []byte {
	if n > uint64(len(v.rest)) {
		v.bad = true
		v.rest = nil
		return nil
	}
	value := v.rest[:n:n]
	v.rest = v.rest[min((n+3)&^3, uint64(len(v.rest))):]
	return value
}

func (v *tnefValues) number() uint32 {
	if value := v.take(4); value != nil {
		return binary.LittleEndian.Uint32(value)
	}
	return 0
}

// readTNEF keeps a list of properties and reports whether it was whole.
func (p *outlookProperties) readTNEF(v *tnefValues) bool {
	for n := v.number(); n > 0 && v.ok(); n-- {
		tag := v.number()
		kind, id := uint16(tag), tag>>16
		if id >= kindUnnamed {
			id = v.name()
		}
		if value := v.value(kind); v.ok() && id != 0 && kind&kindMany == 0 {
			p.put(id, kind, value)
		}
	}
	return v.ok()
}

// name reads the name of a property: a set, then a number, or a word that is of no use here.
func (v *tnefValues) name() uint32 {
	v.take(16)
	if isWord := v.number() == 1; isWord {
		v.take(uint64(v.number()))
		return 0
	}
	if id := v.number(); id <= 0xFFFF {
		return byName | id
	}
	return 0
}

// value reads one value; of several, the last.
func (v *tnefValues) value(kind uint16) (value []byte) {
	size, fixed := tnefSizes[kind&^kindMany]
	count := uint32(1)
	if kind&kindMany != 0 || !fixed {
		count = v.number()
	}
	for ; count > 0 && v.ok(); count-- {
		n := size
		if !fixed {
			n = uint64(v.number())
		}
		value = v.take(n)
	}
	return value
}

// tnefSizes are the types of fixed size. The others say how many values there are and how long each is.
var tnefSizes = map[uint16]uint64{
	0x0002: 2, kindNumber: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, kindTruth: 2, 0x0014: 8, kindTime: 8, 0x0048: 16,
}
