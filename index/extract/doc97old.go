package extract

// doc97ShortChanges are the changes that have a code of one byte as well: those of Word 6 and 95, which fast saving still
// uses. Only those that matter here and have a value of one byte.
var doc97ShortChanges = map[int]int{
	24: doc97InTable, 25: doc97RowEnd, 65: doc97Deleted, 66: doc97Inserted, 71: doc97IsData, 75: doc97IsObject,
	85: doc97Bold, 92: doc97Hidden, 117: doc97IsSpecial,
}

// doc97OldSizes are the bytes after a change's code in Word 6 and 95; -1 stands for a size in the next byte, -2 for one
// in the next two.
var doc97OldSizes = map[int]int{
	2: 2, 3: -1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 1, 11: 1, 12: -1, 13: 1, 14: 1, 15: -1, 16: 2, 17: 2, 18: 2, 19: 2,
	20: 4, 21: 2, 22: 2, 23: -1, 24: 1, 25: 1, 26: 2, 27: 2, 28: 2, 29: 1, 30: 2, 31: 2, 32: 2, 33: 2, 34: 2, 35: 2, 36: 2,
	37: 1, 38: 2, 39: 2, 40: 2, 41: 2, 42: 2, 43: 2, 44: 1, 45: 2, 46: 2, 47: 2, 48: 2, 49: 2, 50: 1, 51: 1, 52: -1,
	65: 1, 66: 1, 67: 1, 68: -1, 69: 2, 70: 4, 71: 1, 72: 2, 73: 3, 74: -1, 75: 1,
	80: 2, 81: -1, 82: -1, 83: 0, 85: 1, 86: 1, 87: 1, 88: 1, 89: 1, 90: 1, 91: 1, 92: 1, 93: 2, 94: 1, 95: 3, 96: 2, 97: 2,
	98: 1, 99: 2, 100: 1, 101: 1, 102: 1, 103: -1, 104: 1, 105: -1, 106: -1, 107: 2, 108: -1, 109: 2, 110: 2, 111: -1,
	117: 1, 118: 1, 119: 1, 120: -1, 121: 2, 122: 2, 123: 2, 124: 2,
	182: 2, 183: 2, 184: 2, 185: 1, 186: 1, 187: 12, 188: -2, 189: 2, 190: -2, 191: -1, 192: 4, 193: 5, 194: 4, 195: 2,
	196: 4, 197: 2, 198: 2, 199: 5, 200: 4,
}

// doc97OldCodes are the longer ones of Word 6 and 95 that matter here.
var doc97OldCodes = map[int]int{
	2: doc97ParaStyle, 68: doc97PictureAt, 69: doc97InsertedBy, 70: doc97InsertedOn, 80: doc97CharStyle, 83: doc97Plain,
	93: doc97Font, 190: doc97RowCells,
}

// doc97OldChange reads the code of one byte at the head of list. A head of 0 says that the code is not known, and with it
// where the next one stands.
func doc97OldChange(list doc97Bytes) (change, head, size int) {
	code := list.byteAt(0)
	size, ok := doc97OldSizes[code]
	if !ok {
		return 0, 0, 0
	}
	change, ok = doc97ShortChanges[code]
	if !ok {
		change = doc97OldCodes[code]
	}
	switch {
	case size == -1 && code == 68:
		return change, 2, list.byteAt(1)
	case size == -1:
		return change, 1, 1 + list.byteAt(1)
	case size == -2:
		return change, 1, 1 + list.u16(1)
	}
	return change, 1, size
}
