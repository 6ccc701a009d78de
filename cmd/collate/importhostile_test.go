package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"collate/themes"
	"collate/themes/workbook"
)

// TestHostileWorkbooksAreRefused takes back what should not be taken, and wants nothing recorded and the reason said.
func TestHostileWorkbooksAreRefused(t *testing.T) {
	_, an := runSamples(t)
	r := reportOf(t, an)
	before, whole := newest(t, an), exported(t, an).bytes()
	for _, tc := range []struct {
		name string
		make func(d *desk) []byte
		err  error  // of the whole
		says string // in the error, a refusal or a note
		many int    // refusals at least
	}{
		{"formulas in every text cell that show something else", func(d *desk) []byte { return d.formulas("Quotes", "", "2") }, nil, "a formula", len(r.Quotes)},
		{"formulas in every text cell that show what stood there", func(d *desk) []byte { return d.formulas("Quotes", "", "") }, nil, "", 0},
		{"formulas for stances that show no stance", func(d *desk) []byte { return d.formulas("Quotes", "I", "Supportive") }, nil, "a formula stands here that shows no stance", len(r.Quotes)},
		{"numbers and truth values for stances and themes", func(d *desk) []byte {
			return d.each(r, func(i int) { d.set("Quotes", "Stance", i+1, i); d.set("Quotes", "Theme", i+1, true) })
		}, nil, "no theme is called this", len(r.Quotes)},
		{"dates for stances", func(d *desk) []byte {
			return d.each(r, func(i int) { d.set("Quotes", "Stance", i+1, 45000.5) })
		}, nil, "this is no stance", len(r.Quotes)},
		{"errors for stances", func(d *desk) []byte {
			return raw(`<row r="1">` + head("Ref", "Theme", "Stance") + `</row><row r="2">` + text("A2", r.Quotes[0].Ref) + `<c r="C2" t="e"><v>#REF!</v></c></row>`)
		}, nil, "the cell shows an error", 1},
		{"merged cells", func(d *desk) []byte {
			d.must(d.f.MergeCell("Quotes", "A5", "B30"))
			return d.bytes()
		}, nil, "Sheet Quotes has merged cells (A5:B30)", 25},
		{"refs of nothing", func(d *desk) []byte {
			return d.each(r, func(i int) { d.set("Quotes", "Ref", i+1, fmt.Sprintf("PNOTHING%04d.1", i)) })
		}, nil, "was not exported with this ref", len(r.Quotes)},
		{"refs of nothing, and no hidden sheet", func(d *desk) []byte {
			d.must(d.f.DeleteSheet("Origin"))
			return d.each(r, func(i int) { d.set("Quotes", "Ref", i+1, fmt.Sprintf("PNOTHING%04d.1", i)) })
		}, nil, "there is no such passage in this consultation", len(r.Quotes)},
		{"refs without the rest", func(d *desk) []byte {
			return d.each(r, func(i int) { d.set("Quotes", "Ref", i+1, "") })
		}, nil, "there is no ref in this row", len(r.Quotes)},
		{"stances sorted without the other columns", func(d *desk) []byte {
			var all []string
			for _, q := range r.Quotes {
				all = append(all, q.Stance.Label())
			}
			slices.Sort(all)
			return d.each(r, func(i int) { d.set("Quotes", "Stance", i+1, all[i]) })
		}, nil, "was sorted without the others", 1},
		{"words changed in every quote", func(d *desk) []byte {
			return d.each(r, func(i int) { d.set("Quotes", "Exact words", i+1, r.Quotes[i].Words+" not") })
		}, nil, "the words of a quote are never changed", 100},
		{"words of other quotes, with other stances", func(d *desk) []byte {
			return d.each(r, func(i int) {
				if moved := r.Quotes[(i+40)%len(r.Quotes)]; moved.Passage != r.Quotes[i].Passage && !moved.Withheld {
					d.set("Quotes", "Exact words", i+1, moved.Words)
					d.set("Quotes", "Stance", i+1, otherThan(r.Quotes[i].Stance.Label(), i).Label())
				}
			})
		}, nil, "the words of another passage", 100},
		{"keys moved by a row", func(d *desk) []byte {
			rows := d.rows("Stances")
			for i := 1; i < len(rows); i++ {
				d.set("Stances", "Key", i, rows[1+i%(len(rows)-1)][0])
			}
			return d.bytes()
		}, nil, "cells were moved", 100},
		{"a row twice, otherwise", func(d *desk) []byte {
			d.rewrite("Quotes", func(rows [][]string) [][]string {
				a, b := slices.Clone(rows[0]), slices.Clone(rows[0])
				a[8], b[8] = "Oppose", "Mixed or unsure"
				return [][]string{a, b}
			})
			return d.bytes()
		}, nil, "with different stances", 2},
		{"5,000 themes that are rules nobody can read", func(d *desk) []byte {
			last := len(d.rows("Themes"))
			for i := range 5000 {
				d.set("Themes", "Theme", last+i, fmt.Sprintf("Theme %d", i))
				d.set("Themes", "Rules", last+i, `"unclosed`)
			}
			return d.bytes()
		}, nil, "cannot be added", 200},
		{"a note as long as a cell", func(d *desk) []byte {
			d.set("Quotes", "Notes", 1, strings.Repeat("x", 32000))
			return d.bytes()
		}, nil, "a note may have 5000 bytes", 1},
		{"formulas for lines of positions", func(d *desk) []byte { return d.formulas("Stances", "I", "Our line") }, nil, "write the line itself", 100},
		{"formulas in every text cell of the stances", func(d *desk) []byte { return d.formulas("Stances", "", "Oppose") }, nil, "cells were moved", 100},
		{"a hidden sheet that was changed", func(d *desk) []byte {
			d.must(d.f.SetCellStr("Origin", "C2", "collate 1 1 -|end 1"))
			return d.bytes()
		}, nil, "its hidden sheet was changed at row 2", 0},
		{"300,000 rows", func(*desk) []byte { return manyRows(t, 300_000) }, nil, "there is no such passage in this consultation", 300_000},
		{"a small file with 60 million rows", func(*desk) []byte { return bomb(t) }, workbook.ErrTooLarge, "more than 1048576 rows", 0},
		{"a string that is not there", func(*desk) []byte { return raw(`<row r="1"><c r="A1" t="s"><v>7</v></c></row>`) }, workbook.ErrNotTable, "names a string that is not there", 0},
		{"entities that multiply", func(*desk) []byte {
			return pack(map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`})
		}, workbook.ErrNotTable, "entity", 0},
		{"a file that is cut off", func(d *desk) []byte { b := d.bytes(); return b[:len(b)/2] }, workbook.ErrNotTable, "", 0},
		{"a PDF", func(*desk) []byte { return []byte("%PDF-1.7\x00\x01") }, workbook.ErrNotTable, "", 0},
		{"a workbook with a password", func(*desk) []byte { return []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") }, workbook.ErrNotTable, "password", 0},
		{"a workbook of something else", func(*desk) []byte { return raw(`<row r="1">` + head("Date", "Amount") + `</row>`) }, themes.ErrNothingToRead, "", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := an.ImportWorkbook(t.Context(), tc.make(onDesk(t, whole)), themes.ReturnOption{By: "Bea"})
			if !errors.Is(err, tc.err) || err != nil && !strings.Contains(err.Error(), tc.says) {
				t.Fatalf("got %v, want %v with %q", err, tc.err, tc.says)
			}
			if now := newest(t, an); now != before {
				t.Errorf("recorded %d decisions: %v", now-before, decided(t, an, before))
			}
			if err != nil {
				return
			}
			all := got.Compared + strings.Join(got.Notes, "\n")
			for _, x := range got.Refused {
				all += "\n" + x.Why
			}
			if n := len(got.Refused) + got.More; n < tc.many || tc.many == 0 && n > 0 || !strings.Contains(all, tc.says) || len(got.Taken) > 0 {
				t.Errorf("%d refusals, want %d with %q; taken %v:\n%s", n, tc.many, tc.says, got.Taken, all[:min(len(all), 1000)])
			}
		})
	}
}

// each does something to each quote's row.
func (d *desk) each(r *themes.Report, f func(i int)) []byte {
	d.t.Helper()
	for i := range r.Quotes {
		f(i)
	}
	return d.bytes()
}

// inline is a cell as the export writes it, with its words in it.
var inline = regexp.MustCompile(`<c r="([A-Z]+)(\d+)"([^>]*?) t="inlineStr"><is>(.*?)</is></c>`)

var tag = regexp.MustCompile(`<[^>]*>`)

// formulas puts formulas into the text cells of a sheet's columns, "" for all but the first: with what they show, or with what stood there.
func (d *desk) formulas(sheet, columns, shows string) []byte {
	d.t.Helper()
	part := fmt.Sprintf("xl/worksheets/sheet%d.xml", slices.Index(d.f.GetSheetList(), sheet)+1)
	z, err := zip.NewReader(bytes.NewReader(d.bytes()), int64(len(d.bytes())))
	d.must(err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		in, err := f.Open()
		d.must(err)
		text, err := io.ReadAll(in)
		d.must(err)
		if f.Name == part {
			text = inline.ReplaceAllFunc(text, func(cell []byte) []byte {
				m := inline.FindSubmatch(cell)
				column, row := string(m[1]), string(m[2])
				if column == "A" || len(row) == 1 && row < "4" || columns != "" && column != columns {
					return cell
				}
				words := string(tag.ReplaceAll(m[4], nil))
				if shows != "" {
					words = shows
				}
				return fmt.Appendf(nil, `<c r="%s%s"%s t="str"><f>A1</f><v>%s</v></c>`, column, row, m[3], words)
			})
		}
		to, err := w.Create(f.Name)
		d.must(err)
		_, err = to.Write(text)
		d.must(err)
	}
	d.must(w.Close())
	return out.Bytes()
}

func text(cell, s string) string {
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, cell, s)
}

func head(names ...string) string {
	out := ""
	for i, n := range names {
		out += text(string(rune('A'+i))+"1", n)
	}
	return out
}

// raw is a workbook of one sheet, written by hand.
func raw(rows string) []byte {
	return pack(map[string]string{"xl/worksheets/sheet1.xml": `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`})
}

func pack(parts map[string]string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	parts["xl/workbook.xml"] = `<workbook xmlns:r="r"><sheets><sheet name="Sheet" sheetId="1" r:id="rId1"/></sheets></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
	for _, name := range []string{"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"} {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, parts[name])
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// manyRows is a sheet of quotes of which none is in the consultation.
func manyRows(t *testing.T, n int) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	row := []any{"Ref", "Member", "Theme", "Stance", "Exact words", "Notes"}
	for i := range n + 1 {
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			t.Fatal(err)
		}
		row = []any{fmt.Sprintf("P%09d", i), "Somebody", "Timelines", "Oppose", "Words that nobody said.", i}
	}
	var out bytes.Buffer
	if err := errors.Join(w.Flush(), f.Write(&out)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// bomb is a small file with a sheet of 600 MB.
func bomb(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="Sheet" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	w, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	chunk := bytes.Repeat([]byte("<row></row>"), 1<<16)
	for range 600<<20/len(chunk) + 1 {
		if _, err := w.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
