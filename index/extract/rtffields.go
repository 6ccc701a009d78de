package extract

import (
	"strconv"
	"strings"
)

// An rtfField is a field. Its instruction is not text; its result is.
type rtfField struct {
	outer       *rtfField
	instruction strings.Builder
	shown       bool // its result has text
	form        int  // \fftype of a form field: 1 a tick box, 2 a list
	isForm      bool
	result      int // \ffres
	standard    int // \ffdefres
	entries     []string
}

// show marks the fields that text just written belongs to.
func (f *rtfField) show() {
	for ; f != nil && !f.shown; f = f.outer {
		f.shown = true
	}
}

// openField begins a field.
func (r *rtfReader) openField() {
	field := &rtfField{outer: r.now.field}
	r.now.field = field
	r.whenClosed(func(*rtfState) {
		if !field.shown {
			r.write(field.state())
		}
	})
}

// fieldWord takes the parts of a field.
func (r *rtfReader) fieldWord(t *rtfToken) bool {
	field := r.now.field
	if field == nil {
		r.now.dead = t.word != "fldrslt"
		return true
	}
	switch t.word {
	case "fldinst":
		r.now.capture = &field.instruction
	case "formfield":
		field.isForm = true
		r.now.capture, r.now.mute = nil, true
	case "fftype":
		field.form = t.number
	case "ffres":
		field.result = t.number
	case "ffdefres":
		field.standard = t.number
	case "ffl":
		r.capture(func(entry string) {
			if len(field.entries) < 1000 {
				field.entries = append(field.entries, entry)
			}
		})
	}
	return true
}

// formUndefined is the \ffres of a form field that nobody changed.
const formUndefined = 25

// state is what a field without a result shows: a tick box, the choice of a list, a symbol.
func (f *rtfField) state() string {
	value := f.result
	if value == formUndefined {
		value = f.standard
	}
	switch {
	case !f.isForm:
		return f.symbol()
	case f.form == 1 && value != 0:
		return "☒"
	case f.form == 1:
		return "☐"
	case f.form == 2 && value >= 0 && value < len(f.entries):
		return f.entries[value]
	}
	return ""
}

// symbol is the character of a field such as SYMBOL 183 \f "Symbol".
func (f *rtfField) symbol() string {
	words := strings.Fields(f.instruction.String())
	if len(words) < 2 || !strings.EqualFold(words[0], "SYMBOL") {
		return ""
	}
	c, err := strconv.ParseInt(words[1], 0, 32)
	if err != nil || c <= 0 {
		return ""
	}
	font := ""
	for i, w := range words {
		if w == `\f` && i+1 < len(words) {
			font = strings.ToLower(strings.Trim(words[i+1], `"“”`))
		}
	}
	switch {
	case font == "symbol":
		return symbolOf(pageSymbol, rune(c))
	case strings.HasPrefix(font, "wingdings"):
		return symbolOf(pageWingdings, rune(c))
	case c < 0x100 && !strings.Contains(f.instruction.String(), `\u`):
		return decodePage(pageWestern, []byte{byte(c)})
	case xmlRune(rune(c)):
		return string(rune(c))
	}
	return ""
}
