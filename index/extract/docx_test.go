package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/unicode"
)

const (
	wordHead = `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="urn:mc" xmlns:r="urn:r"><w:body>`
	wordTail = `</w:body></w:document>`
	relsHead = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relsTail = `</Relationships>`
)

// zipped makes a package of name, content pairs.
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wordDocument makes a .docx of a body and further name, content pairs; word/ parts are related to the document by name.
func wordDocument(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	rels := relsHead
	for i := 0; i < len(parts); i += 2 {
		name := strings.TrimSuffix(filepath.Base(parts[i]), ".xml")
		rels += `<Relationship Id="` + name + `" Type="http://x/` + strings.TrimRight(name, "0123456789") + `" Target="` + strings.TrimPrefix(parts[i], "word/") + `"/>`
	}
	return zipped(t, append([]string{"word/document.xml", wordHead + body + wordTail, "word/_rels/document.xml.rels", rels + relsTail}, parts...)...)
}

func run(text string) string {
	return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func TestDOCXText(t *testing.T) {
	const box = `<w:txbxContent><w:p>%</w:p></w:txbxContent>`
	field := func(kind, inside string) string {
		return `<w:r><w:fldChar w:fldCharType="` + kind + `">` + inside + `</w:fldChar></w:r>`
	}
	scripted := func(how, text string) string {
		return `<w:r><w:rPr><w:vertAlign w:val="` + how + `"/></w:rPr><w:t>` + text + `</w:t></w:r>`
	}
	for _, test := range []struct {
		name, body string
		want       string
	}{
		{"raised and lowered figures", `<w:p>` + run("10") + scripted("superscript", "6") + run(" on the 19") + scripted("superscript", "th") + run(", CO") + scripted("subscript", "2") + run(", members") + scripted("superscript", "1,2") + scripted("superscript", "()") + scripted("baseline", "3") + `</w:p>`,
			"paragraph ¶1 | 10⁶ on the 19th, CO₂, members¹,²()3\n"},
		{"insertion, deletion and move", `<w:p>` + run("We ") + `<w:del>` + `<w:r><w:delText>do not </w:delText></w:r></w:del><w:ins>` + run("agree") + `</w:ins><w:moveFrom>` + run("gone") + `</w:moveFrom><w:moveTo>` + run(" here") + `</w:moveTo></w:p>`,
			"paragraph ¶1 | We agree here\n"},
		{"deleted paragraph mark", `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>` + run("One ") + `</w:p><w:p>` + run("line.") + `</w:p><w:p>` + run("Next.") + `</w:p>`,
			"paragraph ¶1 | One line.\nparagraph ¶2 | Next.\n"},
		{"text box once", `<w:p>` + run("Text.") + `<w:r><mc:AlternateContent><mc:Choice><w:drawing>` + strings.ReplaceAll(box, "%", run("Boxed.")) + `</w:drawing></mc:Choice><mc:Fallback><w:pict>` + strings.ReplaceAll(box, "%", run("Boxed.")) + `</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
			"paragraph ¶1 | Text.\nbox ¶1 | Boxed.\n"},
		{"hyphens, tabs and breaks", `<w:p><w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>being</w:t><w:tab/><w:t>co</w:t><w:softHyphen/><w:t>op</w:t><w:br/><w:t>next</w:t></w:r></w:p>`,
			"paragraph ¶1 | well\u2011being\\tco\u00adop\\nnext\n"},
		{"hidden text and index entries", `<w:p>` + run("Shown.") + `<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:instrText>XE "x"</w:instrText></w:r>` + field("end", "") + run(" More.") + `</w:p>`,
			"paragraph ¶1 | Shown. More.\n"},
		{"hyperlink, field result and content control", `<w:p><w:hyperlink>` + run("a link") + `</w:hyperlink>` + field("begin", "") + `<w:r><w:instrText>REF x</w:instrText></w:r>` + field("separate", "") + run(" page 4") + field("end", "") + `<w:sdt><w:sdtContent>` + run(" chosen") + `</w:sdtContent></w:sdt></w:p>`,
			"paragraph ¶1 | a link page 4 chosen\n"},
		{"prompt of an empty content control", `<w:p>` + run("Name: ") + `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + run("Click here") + `</w:sdtContent></w:sdt></w:p>`,
			"paragraph ¶1 | Name:\nfurniture ¶0 why=prompt not filled in | Click here\n"},
		{"tick box and list of a form", `<w:p>` + field("begin", `<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>`) + field("end", "") + run(" Yes ") + field("begin", `<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="North"/><w:listEntry w:val="South"/></w:ddList></w:ffData>`) + field("end", "") + `</w:p>`,
			"paragraph ¶1 | ☒ Yes South\n"},
		{"nested table, merged cell and deleted row", `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p>` + run("A") + `</w:p><w:tbl><w:tr><w:tc><w:p>` + run("in") + `</w:p></w:tc><w:tc><w:p>` + run("ner") + `</w:p></w:tc></w:tr></w:tbl><w:p>` + run("B") + `</w:p></w:tc><w:tc><w:p>` + run("C") + `</w:p></w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>` + run("gone") + `</w:p></w:tc></w:tr></w:tbl>`,
			"cell ¶0 table 1 row 1 column 1 | A\ncell ¶0 table 2 row 1 column 1 | in\ncell ¶0 table 2 row 1 column 2 | ner\ncell ¶0 table 1 row 1 column 1 | B\ncell ¶0 table 1 row 1 column 3 | C\n"},
		{"frame of a single cell", `<w:tbl><w:tr><w:tc><w:p>` + run("One.") + `</w:p><w:p>` + run("Two.") + `</w:p></w:tc></w:tr></w:tbl>`,
			"paragraph ¶1 table 1 row 1 column 1 | One.\nparagraph ¶2 table 1 row 1 column 1 | Two.\n"},
		{"white space only", `<w:p>` + run("  \u00a0") + `</w:p><w:p>` + run("x") + `</w:p>`, "paragraph ¶1 | x\n"},
		{"line break in the XML", `<w:p>` + run("two\n words") + `</w:p>`, "paragraph ¶1 | two  words\n"},
		{"formula", `<w:p>` + run("x = ") + `<w:oMath><w:r><w:t>2y</w:t></w:r></w:oMath></w:p>`, "paragraph ¶1 | x = 2y\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := readDOCX(t.Context(), "", wordDocument(t, test.body))
			if err != nil {
				t.Fatal(err)
			}
			checkWordBlocks(t, doc)
			if diff := cmp.Diff(outlineOf(doc), test.want); diff != "" {
				t.Errorf("-got +want:\n%s", diff)
			}
		})
	}
}

func TestDOCXNumbering(t *testing.T) {
	const numbering = `<w:numbering xmlns:w="urn:w">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="H1"/><w:lvlText w:val="%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="H2"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
</w:numbering>`
	const styles = `<w:styles xmlns:w="urn:w">
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/><w:pPr><w:numPr/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="a"/><w:basedOn w:val="Loop2"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop2"><w:name w:val="b"/><w:basedOn w:val="Loop"/></w:style>
</w:styles>`
	styled := func(style, text string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + run(text) + `</w:p>`
	}
	item := func(num, level, text string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + num + `"/></w:numPr></w:pPr>` + run(text) + `</w:p>`
	}
	body := styled("H1", "a") + styled("H2", "b") + item("1", "2", "c") + item("1", "2", "d") + styled("H2", "e") + item("1", "2", "f") + styled("H1", "g") + styled("H2", "h") +
		item("2", "0", "i") + item("2", "0", "") + item("2", "0", "j") + item("3", "0", "k") + item("3", "0", "l") + item("4", "0", "m") + item("0", "0", "n") + item("9", "0", "o") + styled("Loop", "p") + item("5", "1", "q") + strings.Replace(item("5", "1", ""), "</w:pPr>", "<w:rPr><w:vanish/></w:rPr></w:pPr>", 1) + item("5", "1", "q2") + item("5", "0", "r") + item("5", "1", "s")
	doc, err := readDOCX(t.Context(), "", wordDocument(t, body, "word/numbering.xml", numbering, "word/styles.xml", styles))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range doc.Blocks {
		got = append(got, doc.Text[b.Start:b.End]+" "+b.Place.Label)
	}
	// The empty item takes ii), as in Word; k restarts the list it shares.
	want := []string{"a 1", "b 1.1", "c (a)", "d (b)", "e 1.2", "f (a)", "g 2", "h 2.1", "i i)", "j iii)", "k iv)", "l v)", "m •", "n ", "o ", "p ", "q 1.1", "q2 1.2", "r 2.", "s 2.1"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("-got +want:\n%s", diff)
	}
}

func TestDOCXNotes(t *testing.T) {
	note := func(kind, id, body string) string {
		return `<w:` + kind + ` w:id="` + id + `"><w:p>` + body + `</w:p></w:` + kind + `>`
	}
	refer := func(kind, rest string) string { return `<w:r><w:` + kind + `Reference ` + rest + `</w:r>` }
	doc, err := readDOCX(t.Context(), "", wordDocument(t,
		`<w:p>`+run("One")+refer("footnote", `w:id="7"/>`)+run(" two")+refer("endnote", `w:id="3"/>`)+run(" three")+refer("footnote", `w:id="8" w:customMarkFollows="1"/><w:t>*</w:t>`)+run(".")+`</w:p>`,
		"word/footnotes.xml", `<w:footnotes xmlns:w="urn:w"><w:footnote w:id="0" w:type="separator"/>`+note("footnote", "7", run(" First."))+note("footnote", "8", run("Starred."))+note("footnote", "9", run("Nowhere."))+`</w:footnotes>`,
		"word/endnotes.xml", `<w:endnotes xmlns:w="urn:w">`+note("endnote", "3", run("Last."))+`</w:endnotes>`,
		"word/header1.xml", `<w:hdr xmlns:w="urn:w"><w:p>`+run("Head")+`</w:p></w:hdr>`, "word/header2.xml", `<w:hdr xmlns:w="urn:w"><w:p>`+run("Head")+`</w:p></w:hdr>`,
		"word/comments.xml", `<w:comments xmlns:w="urn:w"><w:comment w:author="A"/><w:comment w:author="B"/><w:comment w:author="A"/></w:comments>`,
	))
	if err != nil {
		t.Fatal(err)
	}
	want := "paragraph ¶1 ref=1@3 ref=i@7 ref=*@13 | One two three.\nnote ¶1 note=1 | First.\nnote ¶1 note=i | Last.\nnote ¶1 note=* | Starred.\nfurniture ¶0 why=page header | Head\n"
	if diff := cmp.Diff(outlineOf(doc), want); diff != "" {
		t.Errorf("-got +want:\n%s", diff)
	}
	if diff := cmp.Diff(doc.Warnings, []Warning{{What: "3 margin comments by A, B were left out."}}); diff != "" {
		t.Errorf("-got +want:\n%s", diff)
	}
}

func TestDOCXEncodings(t *testing.T) {
	body := `<w:p>` + run("Größe ‘x’") + `</w:p>`
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.Replace(wordHead, "UTF-8", "UTF-16", 1) + body + wordTail)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, document string
		want           string
		repaired       bool
	}{
		{"UTF-16", utf16, "Größe ‘x’", false},
		{"Windows-1252", strings.Replace(wordHead, "UTF-8", "windows-1252", 1) + `<w:p>` + run("Gr\xf6\xdfe \x91x\x92") + `</w:p>` + wordTail, "Größe ‘x’", false},
		{"byte order mark", "\xef\xbb\xbf" + wordHead + body + wordTail, "Größe ‘x’", false},
		{"strict namespace", strings.Replace(wordHead, "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main", 1) + body + wordTail, "Größe ‘x’", false},
		{"NUL and bad UTF-8", wordHead + `<w:p>` + run("a\x00b\xffc&#0;d") + `</w:p>` + wordTail, "a\uFFFDb\uFFFDc\uFFFDd", true},
		{"unknown entity", wordHead + `<w:p>` + run("R&D; &nbsp;") + `</w:p>` + wordTail, "R&D; &nbsp;", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := readDOCX(t.Context(), "", zipped(t, "word/document.xml", test.document))
			if err != nil {
				t.Fatal(err)
			}
			if doc.Text != test.want {
				t.Errorf("got %q, want %q", doc.Text, test.want)
			}
			if got := len(doc.Warnings) > 0; got != test.repaired {
				t.Errorf("warnings %v, want any: %v", doc.Warnings, test.repaired)
			}
		})
	}
}

func TestDOCXCut(t *testing.T) {
	whole := wordHead + `<w:p>` + run("First.") + `</w:p><w:p>` + run("Second")
	doc, err := readDOCX(t.Context(), "", zipped(t, "word/document.xml", whole))
	if err != nil {
		t.Fatal(err)
	}
	if want := "First.\n\nSecond"; doc.Text != want {
		t.Errorf("got %q, want %q", doc.Text, want)
	}
	if len(doc.Warnings) != 1 || !strings.Contains(doc.Warnings[0].What, "breaks off") {
		t.Errorf("got %v, want a warning that the text breaks off", doc.Warnings)
	}
}

func TestDOCXErrors(t *testing.T) {
	many := make([]string, 0, 2*MaxEntries+2)
	for range MaxEntries + 1 {
		many = append(many, "x", "")
	}
	ole := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), bytes.Repeat([]byte{0}, 512)...)
	for _, test := range []struct {
		name string
		data []byte
		want error
	}{
		{"empty", nil, ErrDamaged},
		{"truncated zip", wordDocument(t, "<w:p/>")[:100], ErrDamaged},
		{"no main part", zipped(t, "word/styles.xml", "<x/>"), ErrDamaged},
		{"main part of another kind", zipped(t, "word/document.xml", "<x><y/></x>"), ErrDamaged},
		{"nothing read before the cut", zipped(t, "word/document.xml", "<"), ErrDamaged},
		{"password", append(ole, utf16le("EncryptedPackage")...), ErrEncrypted},
		{"another compound file", ole, ErrUnknownFormat},
		{"too many entries", zipped(t, many...), ErrLimit},
		{"part inflates too far", zipped(t, "word/document.xml", wordHead+strings.Repeat(" ", MaxPart)), ErrLimit},
		{"too deep", wordDocument(t, strings.Repeat("<w:sdt><w:sdtContent>", MaxDepth)), ErrLimit},
		{"too many paragraphs", wordDocument(t, strings.Repeat("<w:p><w:r><w:t>x</w:t></w:r></w:p>", MaxBlocks+1)), ErrLimit},
		{"endless tag", wordDocument(t, "<w:p"+strings.Repeat(` a=">"`, maxTag/5)+"/>"), ErrLimit},
		{"too many attributes", wordDocument(t, "<w:p>"+strings.Repeat("<w:r a='' b='' c='' d='' e='' f='' g='' h='' i='' j='' k='' l=''/>", maxLive/12)+"</w:p>"), ErrLimit},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := readDOCX(t.Context(), "", test.data); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func TestDOCXCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := readDOCX(ctx, "", wordDocument(t, strings.Repeat("<w:p><w:r/></w:p>", 10_000))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// TestDOCXMemory reads three million paragraphs: the body is not held as a tree.
func TestDOCXMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("three million paragraphs")
	}
	data := wordDocument(t, strings.Repeat("<w:p><w:r/></w:p>", 3_000_000))
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := readDOCX(t.Context(), "", data); !errors.Is(err, ErrLimit) {
		t.Errorf("got %v, want %v", err, ErrLimit)
	}
	runtime.ReadMemStats(&after)
	if grown := int64(after.Sys) - int64(before.Sys); grown > 512<<20 {
		t.Errorf("took %d MB from the system, want at most 512", grown>>20)
	}
}

func FuzzDOCX(f *testing.F) {
	for _, name := range []string{"response.docx", "form.docx"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, "")
	}
	f.Add([]byte(nil), `<w:p>`+run("a")+`</w:p><w:tbl><w:tr><w:tc><w:p>`+run("Q1?")+`</w:p></w:tc></w:tr></w:tbl>`)
	f.Add([]byte(nil), `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:fldChar w:fldCharType="begin"/><w:footnoteReference w:id="1"/></w:r></w:p><w:p>`)
	// A body reaches the reader behind the zip, where mutated bytes seldom do.
	f.Fuzz(func(t *testing.T, data []byte, body string) {
		if body != "" {
			data = wordDocument(t, body, "word/footnotes.xml", `<w:footnotes><w:footnote w:id="1">`+body+`</w:footnote></w:footnotes>`, "word/styles.xml", body, "word/numbering.xml", body)
		}
		doc, err := readDOCX(t.Context(), "", data)
		if err == nil {
			checkWordBlocks(t, doc)
		}
	})
}
