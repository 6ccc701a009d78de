package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// A pack is the parts of a workbook.
type pack struct {
	parts map[string]*zip.File // by name in small letters, without a leading slash
	left  int64                // bytes that may still be inflated
	tags  int                  // that were read
}

func readXLSX(ctx context.Context, data []byte) (*Book, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // the paths are only looked up
		return nil, fmt.Errorf("%w: %v", ErrNotTable, err)
	}
	if len(z.File) > maxEntries {
		return nil, fmt.Errorf("%w: it has %d parts", ErrTooLarge, len(z.File))
	}
	p := &pack{parts: map[string]*zip.File{}, left: maxInflated}
	for _, f := range z.File {
		name := partName(f.Name)
		if p.parts[name] != nil {
			return nil, fmt.Errorf("%w: two parts of it have one name", ErrNotTable)
		}
		p.parts[name] = f
	}
	listed, words, err := p.workbook(ctx)
	if err != nil {
		return nil, err
	}
	shared, err := p.strings(ctx, words)
	if err != nil {
		return nil, err
	}
	book, left := &Book{}, newBounds()
	for _, s := range listed {
		sheet := Sheet{Name: s.name, Hidden: s.hidden}
		if p.parts[s.part] != nil {
			r := &sheetReader{sheet: &sheet, shared: shared, left: left}
			if err := p.walk(ctx, s.part, r.token); err != nil {
				return nil, fmt.Errorf("sheet %q: %w", s.name, err)
			}
		}
		book.Sheets = append(book.Sheets, sheet)
	}
	if len(book.Sheets) == 0 {
		return nil, fmt.Errorf("%w: it has no sheets", ErrNotTable)
	}
	return book, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// walk reads a part's XML, tag by tag, and gives each to f. What the standard library leaves in a token lives until the next.
func (p *pack) walk(ctx context.Context, part string, f func(xml.Token) error) error {
	file, err := p.parts[part].Open()
	if err != nil {
		return fmt.Errorf("%w: %v", ErrNotTable, err)
	}
	defer file.Close()
	in := &io.LimitedReader{R: file, N: p.left + 1}
	defer func() { p.left = in.N - 1 }()
	d := xml.NewDecoder(in)
	for ; ; p.tags++ {
		if p.tags%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t, err := d.RawToken()
		switch {
		case p.tags > maxTags:
			return fmt.Errorf("%w: its XML has more than %d tags", ErrTooLarge, maxTags)
		case in.N <= 0:
			return fmt.Errorf("%w: it inflates to more than %d MB", ErrTooLarge, maxInflated>>20)
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("%w: %v", ErrNotTable, err)
		}
		if err := f(t); err != nil {
			return err
		}
	}
}

// attribute gives an attribute of a tag by its name without a prefix.
func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// A listedSheet is a sheet as the workbook lists it.
type listedSheet struct {
	name, part string
	hidden     bool
}

// workbook lists the sheets, and the part with the strings they share.
func (p *pack) workbook(ctx context.Context) (sheets []listedSheet, words string, err error) {
	main := "xl/workbook.xml"
	if p.parts["_rels/.rels"] != nil {
		_, err := p.relations(ctx, "_rels/.rels", "", func(kind, target string) {
			if kind == "officeDocument" {
				main = target
			}
		})
		if err != nil {
			return nil, "", err
		}
	}
	if p.parts[main] == nil {
		return nil, "", fmt.Errorf("%w: there is no workbook in it", ErrNotTable)
	}
	dir, base := path.Split(main)
	parts := map[string]string{}
	if rels := dir + "_rels/" + base + ".rels"; p.parts[rels] != nil {
		if parts, err = p.relations(ctx, rels, dir, func(kind, target string) {
			if kind == "sharedStrings" {
				words = target
			}
		}); err != nil {
			return nil, "", err
		}
	}
	err = p.walk(ctx, main, func(t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "sheet" {
			id := ""
			for _, a := range e.Attr { // r:id, beside sheetId
				if a.Name.Local == "id" {
					id = a.Value
				}
			}
			state := attribute(e, "state")
			sheets = append(sheets, listedSheet{attribute(e, "name"), parts[id], state == "hidden" || state == "veryHidden"})
		}
		return nil
	})
	return sheets, words, err
}

// relations are the parts that a part names, by id; seen is told the last word of each one's kind.
func (p *pack) relations(ctx context.Context, part, dir string, seen func(kind, target string)) (map[string]string, error) {
	out := map[string]string{}
	err := p.walk(ctx, part, func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "Relationship" || attribute(e, "TargetMode") == "External" {
			return nil
		}
		target := attribute(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		target = partName(target)
		out[attribute(e, "Id")] = target
		seen(path.Base(attribute(e, "Type")), target)
		return nil
	})
	return out, err
}

// A textReader gathers the text of <t> tags, without the readings that Japanese has above its words.
type textReader struct {
	text     strings.Builder
	in       bool
	phonetic int
}

func (r *textReader) start(name string) {
	switch name {
	case "t":
		r.in = r.phonetic == 0
	case "rPh":
		r.phonetic++
	}
}

func (r *textReader) end(name string) {
	switch name {
	case "t":
		r.in = false
	case "rPh":
		r.phonetic--
	}
}

func (r *textReader) data(b []byte) error {
	if r.in {
		if r.text.Len()+len(b) > maxCell {
			return fmt.Errorf("%w: a cell holds more than %d kB", ErrTooLarge, maxCell>>10)
		}
		r.text.Write(b)
	}
	return nil
}

// strings are the strings that cells share, by number.
func (p *pack) strings(ctx context.Context, part string) ([]string, error) {
	if part == "" || p.parts[part] == nil {
		return nil, nil
	}
	var out []string
	var r textReader
	size := 0
	err := p.walk(ctx, part, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local == "si" {
				r = textReader{}
			}
			r.start(t.Name.Local)
		case xml.EndElement:
			r.end(t.Name.Local)
			if t.Name.Local == "si" {
				s := unescaped(r.text.String())
				if size += len(s) + 16; size > maxStrings {
					return fmt.Errorf("%w: its words take more than %d MB", ErrTooLarge, maxStrings>>20)
				}
				out = append(out, s)
			}
		case xml.CharData:
			return r.data(t)
		}
		return nil
	})
	return out, err
}

// A sheetReader reads one sheet.
type sheetReader struct {
	sheet  *Sheet
	shared []string
	left   *bounds

	row    Row
	column int // of the next cell, from 0
	kind   string
	cell   Cell
	value  strings.Builder
	in     bool // in <v>
	inline textReader
}

func (r *sheetReader) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return r.start(t)
	case xml.EndElement:
		return r.end(t.Name.Local)
	case xml.CharData:
		if r.in {
			if r.value.Len()+len(t) > maxCell {
				return fmt.Errorf("%w: a cell holds more than %d kB", ErrTooLarge, maxCell>>10)
			}
			r.value.Write(t)
		}
		return r.inline.data(t)
	}
	return nil
}

func (r *sheetReader) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "row":
		number := r.row.Number + 1
		if n, err := strconv.Atoi(attribute(t, "r")); err == nil && n > 0 {
			number = n
		}
		if r.row, r.column = (Row{Number: number}), 0; number > maxRows {
			return fmt.Errorf("%w: it has more than %d rows", ErrTooLarge, maxRows)
		}
	case "c":
		if n := columnOf(attribute(t, "r")); n >= 0 {
			r.column = n
		}
		r.kind, r.cell, r.inline = attribute(t, "t"), Cell{}, textReader{}
		r.value.Reset()
	case "f":
		r.cell.Formula = true
	case "v":
		r.in = true
	case "mergeCell":
		if len(r.sheet.Merged) < maxMerged {
			r.sheet.Merged = append(r.sheet.Merged, attribute(t, "ref"))
		}
	default:
		if r.kind == "inlineStr" {
			r.inline.start(t.Name.Local)
		}
	}
	return nil
}

func (r *sheetReader) end(name string) error {
	switch name {
	case "row":
		if r.row.Cells = withoutEnd(r.row.Cells); len(r.row.Cells) > 0 {
			r.sheet.Rows = append(r.sheet.Rows, r.row)
		}
		r.row = Row{Number: r.row.Number}
	case "v":
		r.in = false
	case "c":
		return r.close()
	default:
		r.inline.end(name)
	}
	return nil
}

// close puts a cell into its row.
func (r *sheetReader) close() error {
	at := r.column
	r.column++
	v := r.value.String()
	switch r.kind {
	case "s":
		n, err := strconv.Atoi(v)
		if err != nil || n < 0 || n >= len(r.shared) {
			return fmt.Errorf("%w: cell %s names a string that is not there", ErrNotTable, Place(at, r.row.Number))
		}
		r.cell.Text = r.shared[n]
	case "inlineStr":
		r.cell.Text = unescaped(r.inline.text.String())
	case "b":
		r.cell.Text = map[string]string{"1": "TRUE", "0": "FALSE"}[v]
	case "e":
		r.cell.Text, r.cell.Error = v, true
	case "str":
		r.cell.Text = unescaped(v)
	default:
		r.cell.Text = v
	}
	if r.cell == (Cell{}) {
		return r.left.take("")
	}
	if at >= MaxColumns {
		r.sheet.Cut = true
		return nil
	}
	for len(r.row.Cells) < at {
		r.row.Cells = append(r.row.Cells, Cell{})
	}
	if len(r.row.Cells) > at {
		return fmt.Errorf("%w: cell %s is there twice", ErrNotTable, Place(at, r.row.Number))
	}
	r.row.Cells = append(r.row.Cells, r.cell)
	return r.left.take(r.cell.Text)
}

// columnOf is the column of a cell's name, from 0; -1 where it has none.
func columnOf(name string) int {
	n := 0
	for _, c := range strings.ToUpper(name) {
		if c < 'A' || c > 'Z' || n > 1<<20 {
			break
		}
		n = 26*n + int(c-'A') + 1
	}
	return n - 1
}

var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescaped turns Excel's _x000D_ into the character it stands for.
func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escape.ReplaceAllStringFunc(s, func(x string) string {
		n, err := strconv.ParseUint(x[2:6], 16, 16)
		if err != nil || n >= 0xD800 && n < 0xE000 {
			return x
		}
		return string(rune(n))
	})
}
