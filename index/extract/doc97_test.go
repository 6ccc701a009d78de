package extract

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDOCDocuments reads what LibreOffice wrote from response.odt and form.docx. They must read as the originals do.
func TestDOCDocuments(t *testing.T) {
	for _, test := range []struct {
		name, want string
		facts      Facts
		warnings   []Warning
	}{
		{"doc97-response.doc", response + "furniture ¶0 why=page footer | 1\n", Facts{Title: "Our response to the plan", Author: "Jo Example"}, nil},
		{"doc97-form.doc", filledForm, Facts{Title: "Response form", Author: "Sam Example", Revisions: 2, Comments: 1}, []Warning{
			{What: "2 tracked changes by Ann were read as accepted; 1 margin comment by Ann was left out."},
			{What: "Hidden text was left out (2 words)."},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", test.name))
			if err != nil {
				t.Fatal(err)
			}
			doc, err := File(t.Context(), test.name, data)
			if err != nil {
				t.Fatal(err)
			}
			checkWordBlocks(t, doc)
			if diff := cmp.Diff(outlineOf(doc), test.want); diff != "" {
				t.Errorf("-got +want:\n%s", diff)
			}
			got := doc.Facts
			got.Pages, got.Date = 0, ""
			if diff := cmp.Diff(got, test.facts); diff != "" {
				t.Errorf("facts -got +want:\n%s", diff)
			}
			if diff := cmp.Diff(doc.Warnings, test.warnings); diff != "" {
				t.Errorf("warnings -got +want:\n%s", diff)
			}
		})
	}
}

func TestDOCText(t *testing.T) {
	special := change(doc97IsSpecial, 1)
	field := func(d *doc97Draft, instruction, result string) *doc97Draft {
		return d.add("\x13", special).add(instruction).add("\x14", special).add(result).add("\x15", special)
	}
	deleted, inserted, hidden, bold := change(doc97Deleted, 1), change(doc97Inserted, 1), change(doc97Hidden, 1), change(doc97Bold, 1)
	for _, test := range []struct {
		name  string
		draft *doc97Draft
		want  string
	}{
		{"insertion and deletion", new(doc97Draft).add("We ").add("do not ", deleted).add("agree", inserted).end("\r", 0), "paragraph ¶1 | We agree\n"},
		{"deleted paragraph mark", new(doc97Draft).add("One ").add("\r", deleted).end("\r", 0).add("line.").end("\r", 0).add("Next.").end("\r", 0), "paragraph ¶1 | One line.\nparagraph ¶2 | Next.\n"},
		{"hidden text", new(doc97Draft).add("Shown.").add("Hidden.", hidden).end("\r", 0), "paragraph ¶1 | Shown.\n"},
		{"raised and lowered figures", new(doc97Draft).add("10").add("6", change(doc97Script, 1)).add(" on the 19").add("th", change(doc97Script, 1)).add(", CO").add("2", change(doc97Script, 2)).end("\r", 0), "paragraph ¶1 | 10⁶ on the 19th, CO₂\n"},
		{"field result", field(new(doc97Draft).add("see "), " REF x ", "page 4").end("\r", 0), "paragraph ¶1 | see page 4\n"},
		{"field without an end", new(doc97Draft).add("a").add("\x13", special).add(" b").end("\r", 0), "paragraph ¶1 | a b\n"},
		{"field mark that is none", new(doc97Draft).add("a\x13b").end("\r", 0), "paragraph ¶1 | ab\n"},
		{"hyphens, tabs and breaks", new(doc97Draft).add("well\x1ebeing\tco\x1fop\x0bnext\x0cpage").end("\r", 0), "paragraph ¶1 | well\u2011being\\tco\u00adop\\nnext\\npage\n"},
		{"beyond 16 bits", new(doc97Draft).add("😀!").end("\r", 0), "paragraph ¶1 | 😀!\n"},
		{"one byte a character", func() *doc97Draft {
			d := new(doc97Draft).add("\u0093Caf\u00e9\u0094").end("\r", 0)
			d.narrow = true
			return d
		}(), "paragraph ¶1 | “Café”\n"},
		{"symbol", new(doc97Draft).add("(", change(doc97Symbol, 0, 0, 0x71, 0xF0)).add(" = 2").end("\r", 0).part(doc97Fonts, draftFonts("Symbol")), "paragraph ¶1 | θ = 2\n"},
		{"bold question", new(doc97Draft).add("Do you agree?", bold).end("\r", 0).add("Yes.").end("\r", 0), "paragraph ¶1 | Do you agree?\nparagraph ¶2 question=Do you agree? | Yes.\n"},
		{"change that fast saving left on the piece", func() *doc97Draft {
			d := new(doc97Draft).add("Gone.").end("\r", 0)
			d.note = 65<<1 | 1<<8
			return d
		}(), ""},
		{"changes that fast saving left beside the pieces", func() *doc97Draft {
			d := new(doc97Draft).add("Head").end("\r", 0)
			d.changes, d.note = [][]byte{change(doc97Outline, 0)}, 1
			return d
		}(), "heading 1 ¶1 | Head\n"},
		{"headings by style, base and level", new(doc97Draft).add("a").end("\r", 1).add("b").end("\r", 2).add("c").end("\r", 3).add("d").end("\r", 1, change(doc97Outline, 9)).add("e\t2").end("\r", 4).
			part(doc97StyleSheet, draftStyles(draftStyle{builtIn: 0, base: doc97NoStyle}, draftStyle{builtIn: 1, base: 0}, draftStyle{builtIn: doc97NoStyle - 1, base: 1}, draftStyle{builtIn: doc97NoStyle - 1, base: 3, paragraph: change(doc97Outline, 1)}, draftStyle{builtIn: 20, base: 0})),
			"heading 1 ¶1 | a\nheading 1 ¶2 | b\nheading 2 ¶3 under=b | c\nparagraph ¶4 under=b › c | d\nfurniture ¶4 why=table of contents under=b › c | e\\t2\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(outlineOf(readDraft(t, test.draft)), test.want); diff != "" {
				t.Errorf("-got +want:\n%s", diff)
			}
		})
	}
}

func readDraft(t *testing.T, d *doc97Draft) *Document {
	t.Helper()
	doc, err := readDoc97(t.Context(), d.storage())
	if err != nil {
		t.Fatal(err)
	}
	checkWordBlocks(t, doc)
	return doc
}

func draftFonts(name string) []byte {
	entry := slices.Concat(make([]byte, 39), utf16le(name), u16s(0))
	return slices.Concat(u16s(1, 0), []byte{byte(len(entry))}, entry)
}

func TestDOCForm(t *testing.T) {
	special := change(doc97IsSpecial, 1)
	box := func(state byte) []byte {
		return []byte{0xff, 0xff, 0xff, 0xff, 1 | state<<2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0}
	}
	list := slices.Concat([]byte{0xff, 0xff, 0xff, 0xff, 2 | 1<<2, 0x80}, make([]byte, 4), xst(""), u16s(0), u16s(0), make([]byte, 20), u16s(0xFFFF, 2, 0), xst("North"), xst("South"))
	link := slices.Concat(u32s(2), make([]byte, 30))
	d := new(doc97Draft)
	for _, data := range [][]byte{box(0), box(1), box(25), list, link} {
		at := len(d.data)
		d.data = slices.Concat(d.data, u32s(6+len(data)), u16s(6), data)
		d.add("\x13", special).add(" FORM ").add("\x01", change(doc97IsData, 1), change(doc97PictureAt, u32s(at)...)).add("\x15", special).add(" ")
	}
	if diff := cmp.Diff(outlineOf(readDraft(t, d.end("\r", 0))), "paragraph ¶1 | ☐ ☒ ☒ South\n"); diff != "" {
		t.Errorf("-got +want:\n%s", diff)
	}
}

func TestDOCTables(t *testing.T) {
	in, ends := change(doc97InTable, 1), change(doc97RowEnd, 1)
	depth := func(n int) []byte { return change(doc97TableDepth, u32s(n)...) }
	row := func(edges ...int) []byte {
		return slices.Concat(u16s(doc97RowCells, 2+2*len(edges)), []byte{byte(len(edges) - 1)}, u16s(edges...))
	}
	d := new(doc97Draft).
		add("A").end("\r", 0, in).
		add("in").end("\r", 0, in, depth(2), change(doc97InnerCellEnd, 1)).
		add("ner").end("\r", 0, in, depth(2), change(doc97InnerCellEnd, 1)).
		end("\r", 0, in, depth(2), change(doc97InnerRowEnd, 1)).
		add("B").end("\a", 0, in).add("C").end("\a", 0, in).end("\a", 0, in, ends, row(0, 2000, 3000)).
		add("D").end("\a", 0, in).add("E").end("\a", 0, in).add("F").end("\a", 0, in).end("\a", 0, in, ends, row(10, 1000, 2000, 3000)).
		add("gone").end("\a", 0, in).add("\a", change(doc97Deleted, 1)).end("\a", 0, in, ends).
		add("G").end("\a", 0, in).end("\a", 0, in, ends, row(1000, 3000)).
		add("After.").end("\r", 0)
	const want = `cell ¶0 table 1 row 1 column 1 | A
cell ¶0 table 2 row 1 column 1 | in
cell ¶0 table 2 row 1 column 2 | ner
cell ¶0 table 1 row 1 column 1 | B
cell ¶0 table 1 row 1 column 3 | C
cell ¶0 table 1 row 2 column 1 | D
cell ¶0 table 1 row 2 column 2 | E
cell ¶0 table 1 row 2 column 3 | F
cell ¶0 table 1 row 3 column 2 | G
paragraph ¶1 | After.
`
	if diff := cmp.Diff(outlineOf(readDraft(t, d)), want); diff != "" {
		t.Errorf("-got +want:\n%s", diff)
	}
}

func TestDOCNumbering(t *testing.T) {
	const lowerRoman, lowerLetter, upperRoman, bullet, legal = 2, 4, 1, 23, 0x04
	// A list of nine levels and a simple one; the second use of each starts anew or looks different.
	nine := slices.Concat(u32s(7, 0), u16s(1, doc97NoStyle, doc97NoStyle, doc97NoStyle, doc97NoStyle, doc97NoStyle, doc97NoStyle, doc97NoStyle, doc97NoStyle), u16s(0))
	simple := slices.Concat(u32s(8, 0), make([]byte, 18), u16s(1))
	levels := slices.Concat(draftLevel(1, upperRoman, 0, "0."), draftLevel(1, 0, legal, "0.1"), draftLevel(3, lowerLetter, 0, "(2)"))
	for range listLevels - 3 {
		levels = slices.Concat(levels, draftLevel(1, bullet, 0, "-"))
	}
	uses := slices.Concat(u32s(4),
		u32s(7, 0, 0, 0), u32s(8, 0, 0, 0), u32s(8, 0, 0, 1), u32s(7, 0, 0, 1),
		u32s(0), u32s(0), u32s(0), u32s(4, 0x10), u32s(0), u32s(0, 0x20|2), draftLevel(1, 0, 0, "2)"))
	d := new(doc97Draft).
		part(doc97StyleSheet, draftStyles(draftStyle{builtIn: 0, base: doc97NoStyle}, draftStyle{builtIn: 1, base: 0, paragraph: change(doc97ListUse, 1, 0)})).
		part(doc97Lists, u16s(2), nine, simple, levels, draftLevel(1, lowerRoman, 0, "0)")).
		part(doc97ListUses, uses)
	item := func(text string, use, level int) {
		d.add(text).end("\r", 0, change(doc97ListUse, u16s(use)...), change(doc97ListLevel, byte(level)))
	}
	d.add("a").end("\r", 1)
	item("b", 1, 1)
	item("c", 1, 2)
	item("d", 1, 2)
	item("e", -1, 1) // with its own indents
	item("f", 1, 2)
	d.add("g").end("\r", 1)
	item("h", 2, 0)
	item("", 2, 0)
	item("i", 2, 0)
	item("j", 3, 0)
	item("k", 1, 3)
	item("l", 4, 2)
	item("m", 9, 0)
	item("n", 2047, 0)
	var got []string
	doc := readDraft(t, d)
	for _, b := range doc.Blocks {
		got = append(got, doc.Text[b.Start:b.End]+" "+b.Place.Label)
	}
	// The empty item takes ii), as in Word; k counts the level above it that is left out.
	want := []string{"a I.", "b 1.1", "c (c)", "d (d)", "e 1.2", "f (c)", "g II.", "h i)", "i iii)", "j iv)", "k •", "l 4)", "m ", "n "}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("-got +want:\n%s", diff)
	}
}

func TestDOCNotesAndMargins(t *testing.T) {
	special := change(doc97IsSpecial, 1)
	d := new(doc97Draft).add("One").add("\x02", special).add(" two").add("\x02", special).add(" three").add("*").add(".").add("\x08", special).end("\r", 0)
	for _, s := range []struct {
		story int
		texts []string
	}{
		{doc97Footnotes, []string{"\x02 First.", "* Starred."}}, {doc97Headers, []string{"Head", "Head", "Foot", ""}}, {doc97Endnotes, []string{"\x02 Last."}}, {doc97Boxes, []string{"Boxed.", ""}},
	} {
		d.story = s.story
		for _, text := range s.texts {
			d.add(text, special).end("\r", 0)
		}
	}
	ref := func(at ...int) []byte { return u32s(append(at, len(d.text))...) }
	d.part(doc97FootnoteRefs, ref(3, 15), u16s(1, 0)).part(doc97FootnoteTexts, u32s(0, 9, 20, 21)).
		part(doc97EndnoteRefs, ref(8), u16s(1)).part(doc97EndnoteTexts, u32s(0, 8, 9)).
		part(doc97HeaderTexts, u32s(0, 0, 0, 0, 0, 0, 0, 5, 10, 15, 15, 15, 15, 16)).
		part(doc97Shapes, ref(17), u32s(1025), make([]byte, 22)).
		part(doc97BoxTexts, u32s(0, 7, 8), make([]byte, 14), u32s(1025, 0), make([]byte, 22)).
		part(doc97ChangeAuthors, u16s(0xFFFF, 0, 0)).part(doc97CommentAuthors, xst("A")).
		part(doc97CommentRefs, u32s(1, 2), make([]byte, 30))
	doc := readDraft(t, d)
	want := "paragraph ¶1 ref=1@3 ref=i@7 ref=*@13 | One two three.\nnote ¶1 note=1 | First.\nnote ¶1 note=i | Last.\nnote ¶1 note=* | * Starred.\nbox ¶1 | Boxed.\nfurniture ¶0 why=page header | Head\nfurniture ¶0 why=page footer | Foot\n"
	if diff := cmp.Diff(outlineOf(doc), want); diff != "" {
		t.Errorf("-got +want:\n%s", diff)
	}
	if diff := cmp.Diff(doc.Warnings, []Warning{{What: "1 margin comment by A was left out."}}); diff != "" {
		t.Errorf("-got +want:\n%s", diff)
	}
}

func TestDOCErrors(t *testing.T) {
	with := func(change func(s *storage)) *storage {
		s := new(doc97Draft).add("Text.").end("\r", 0).storage()
		change(s)
		return s
	}
	for _, test := range []struct {
		name string
		root *storage
		want error
	}{
		{"password", with(func(s *storage) { s.streams["WordDocument"][0x0B] |= 0x01 }), ErrEncrypted},
		{"password by XOR", with(func(s *storage) { s.streams["WordDocument"][0x0B] |= 0x81 }), ErrEncrypted},
		{"no tables", with(func(s *storage) { delete(s.streams, "1Table") }), ErrDamaged},
		{"no pieces", with(func(s *storage) { s.streams["1Table"] = make([]byte, 16) }), ErrDamaged},
		{"no head", with(func(s *storage) { s.streams["WordDocument"] = []byte("x") }), ErrDamaged},
		{"another head", with(func(s *storage) { s.streams["WordDocument"][0] = 1 }), ErrDamaged},
		{"text outside the file", with(func(s *storage) { s.streams["WordDocument"] = s.streams["WordDocument"][:0x600] }), ErrDamaged},
		{"Japanese of Word 6", with(func(s *storage) { copy(s.streams["WordDocument"], "\xdc\xa5\x65\x00\x00\x00\x11\x04") }), ErrUnknownFormat},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := readDoc97(t.Context(), test.root); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func TestDOCFacts(t *testing.T) {
	// Two properties in the Cyrillic code page, one in UTF-16, and a time.
	section := slices.Concat(u32s(0, 4, 1, 40, 2, 48, 3, 60, 13, 76), u32s(2, 1251), u32s(0x1E, 3), []byte("\xd4\xe0\x00\x00"), u32s(0x1F, 3), utf16le("Yes\x00"), u32s(0x40, 0x9c3a8000, 0x01d97a24))
	root := &storage{streams: map[string][]byte{"SummaryInformation": slices.Concat(make([]byte, 44), u32s(48), section)}}
	got := summaryFacts(root)
	want := Facts{Title: "Фа", Subject: "Yes", Date: "2023-04-28T22:56:04Z"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("-got +want:\n%s", diff)
	}
}

func FuzzDOC(f *testing.F) {
	for _, name := range []string{"doc97-response.doc", "doc97-form.doc"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, []byte(nil), []byte(nil))
		root, err := openCompound(data)
		if err != nil {
			f.Fatal(err)
		}
		f.Add([]byte(nil), root.streams["WordDocument"], root.streams["1Table"])
	}
	small := new(doc97Draft).add("A").end("\a", 0, change(doc97InTable, 1)).end("\a", 0, change(doc97InTable, 1), change(doc97RowEnd, 1)).add("B").end("\r", 0).storage()
	f.Add([]byte(nil), small.streams["WordDocument"], small.streams["1Table"])
	// The streams reach the reader behind the compound file, where mutated bytes seldom do.
	f.Fuzz(func(t *testing.T, data, main, table []byte) {
		root := &storage{streams: map[string][]byte{"WordDocument": main, "0Table": table, "1Table": table, "Data": main}}
		if len(main) == 0 {
			var err error
			if root, err = openCompound(data); err != nil {
				return
			}
		}
		doc, err := readDoc97(t.Context(), root)
		if err == nil {
			checkWordBlocks(t, doc)
		}
	})
}
