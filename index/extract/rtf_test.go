package extract

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// richText is a document with this body and a usual head.
func richText(body string) []byte {
	return []byte(`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fswiss\fcharset204 Arial;}` +
		`{\f2\fnil\fcharset128 MS Mincho;}{\f3\ftech\fcharset2 Symbol;}{\f4\fnil\fcharset2 Wingdings;}{\f5\fnil\fcharset134 SimSun;}{\f6\fnil\fcharset129 Batang;}{\f7\fnil\fcharset136 MingLiU;}}` +
		`{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2\sbasedon0 Heading 2;}{\s3\sbasedon2 Our Head;}{\*\cs10 \additive Strong;}{\s20 toc 1;}}` +
		`{\*\listtable{\list{\listlevel\levelnfc0\levelstartat3{\leveltext\'02\'00.;}{\levelnumbers\'01;}}{\listlevel\levelnfc4\levelstartat1{\leveltext\'03(\'01);}{\levelnumbers\'02;}}{\listname ;}\listid77}` +
		`{\list{\listlevel\levelnfc23\levelstartat1{\leveltext\'01o;}{\levelnumbers;}}\listid78}}` +
		`{\*\listoverridetable{\listoverride\listid77\listoverridecount0\ls1}{\listoverride\listid78\listoverridecount0\ls2}{\listoverride\listid77\listoverridecount1{\lfolevel\listoverridestartat\levelstartat9}\ls3}}` +
		`{\*\revtbl{Unknown;}{Ann;}}\uc1\pard\plain ` + body + `}`)
}

func TestRTFText(t *testing.T) {
	const row = `\trowd\trleft0\cellx2000\cellx4000 `
	for _, test := range []struct{ name, body, want string }{
		{"paragraphs", `One\par Two {\b bold}\par\par Three`, "paragraph ¶1 | One\nparagraph ¶2 | Two bold\nparagraph ¶3 | Three\n"},
		{"escapes", `Caf\'e9 \{x\} \\ a\~b\_c\-d\emdash\lquote e\rquote\tab f\line g`, "paragraph ¶1 | Café {x} \\ a\u00a0b\u2011c\u00add—‘e’\\tf\\ng\n"},
		{"unicode with its stand-ins", `\u8364?100 \uc2\u12354\'82\'a0x{\uc0\u8364}y\u-10179\'3f\'3f\u-8704??z`, "paragraph ¶1 | €100 あx€y😀z\n"},
		{"half a character", `a\u-10179?b`, "paragraph ¶1 | a\ufffdb\n"},
		{"code pages of fonts", `{\f1\'cf\'f0\'e8} {\f2\'83\'65\'83X\'83g} {\f5\'d6\'d0} {\f6\'b0\'a1} {\f7\'a4\'a4} caf\'e9`, "paragraph ¶1 | При テスト 中 가 中 café\n"},
		{"symbols", `{\f3 a\'b3b \u-3913?} {\f4\'fe\u-3843?}`, "paragraph ¶1 | α≥β • ☑☒\n"},
		{"hidden text", `seen{\v not seen\par}{\xe{\v entry}}`, "paragraph ¶1 | seen\n"},
		{"a star in the middle of a group", `{\f0\*\cs10 words}`, "paragraph ¶1 | words\n"},
		{"raised and lowered figures", `10{\super 6} on the 19{\super th}, CO\sub 2\nosupersub 2, x\super -1\super0 3, a\super 1\plain 4`, "paragraph ¶1 | 10⁶ on the 19th, CO₂2, x⁻¹3, a¹4\n"},
		{"unknown destinations and words", `{\*\strange lost {kept not}}kept{\strange too}`, "paragraph ¶1 | kepttoo\n"},
		{"binary data", "a{\\pict\\bin5 }}}{{}b", "paragraph ¶1 | ab\n"},
		{"twins", `{\upr{old}{\*\ud{n\u233?w}}}`, "paragraph ¶1 | néw\n"},
		{"headings", `\s1 One\par\pard\s2 Two\par\pard\s3 Three\par\pard Text\par\pard\outlinelevel0 Four\par\pard\s1\outlinelevel9 Five`,
			"heading 1 ¶1 | One\nheading 2 ¶2 under=One | Two\nheading 2 ¶3 under=One | Three\nparagraph ¶4 under=One › Three | Text\nheading 1 ¶5 | Four\nparagraph ¶6 under=Four | Five\n"},
		{"table of contents", `\s20 One\tab 1\par`, "furniture ¶0 why=table of contents | One\\t1\n"},
		{"a style of contents given to headings", `\s20 Time\par\pard We agree.\par\s20 Table 1: cost\par\pard{\field{\*\fldinst TOC}{\fldrslt\s20 Time\par\pard}}Text`,
			"heading 1 ¶1 | Time\nparagraph ¶2 under=Time | We agree.\nparagraph ¶3 under=Time | Table 1: cost\nfurniture ¶3 why=table of contents under=Time | Time\nparagraph ¶4 under=Time | Text\n"},
		{"label left as text", `{\listtext 7.\tab}\ls1 Seven\par{\listtext\f3\'b7\tab}\ls2 Dot`, "item 1 ¶1 label=7. | Seven\nitem 1 ¶2 label=• | Dot\n"},
		{"label of the list", `\ls1 Three\par Four\par\ilvl1 a\par\ilvl0 Five\par\pard\ls3 Nine\par\pard\ls2 o`,
			"item 1 ¶1 label=3. | Three\nitem 1 ¶2 label=4. | Four\nitem 2 ¶3 label=(a) | a\nitem 1 ¶4 label=5. | Five\nitem 1 ¶5 label=9. | Nine\nitem 1 ¶6 label=• | o\n"},
		{"lists of Word 6", `{\pntext\pard a)\tab}{\*\pn\pnlvl2\pnlcltr{\pntxta )}}First\par{\pntext b)\tab}Second\par\pard Text`,
			"item 2 ¶1 label=a) | First\nitem 2 ¶2 label=b) | Second\nparagraph ¶3 | Text\n"},
		{"table", row + `\intbl A\cell B\par C\cell\row` + row + `\intbl D\cell\cell\row\pard After`,
			"cell ¶0 table 1 row 1 column 1 | A\ncell ¶0 table 1 row 1 column 2 | B\\nC\ncell ¶0 table 1 row 2 column 1 | D\nparagraph ¶1 | After\n"},
		{"columns by their edges", row + `\intbl A\cell B\cell\row\trowd\trleft0\cellx4000\intbl\pard\intbl Wide\cell\row\trowd\trleft0\cellx1000\cellx2000\cellx4010\intbl C\cell D\cell E\cell\row`,
			"cell ¶0 table 1 row 1 column 1 | A\ncell ¶0 table 1 row 1 column 3 | B\ncell ¶0 table 1 row 2 column 1 | Wide\ncell ¶0 table 1 row 3 column 1 | C\ncell ¶0 table 1 row 3 column 2 | D\ncell ¶0 table 1 row 3 column 3 | E\n"},
		{"joined cells", `\trowd\clmgf\cellx1000\clmrg\cellx2000\cellx3000\intbl A\cell\cell B\cell\row\trowd\cellx1000\cellx2000\cellx3000 C\cell D\cell E\cell\row`,
			"cell ¶0 table 1 row 1 column 1 | A\ncell ¶0 table 1 row 1 column 3 | B\ncell ¶0 table 1 row 2 column 1 | C\ncell ¶0 table 1 row 2 column 2 | D\ncell ¶0 table 1 row 2 column 3 | E\n"},
		{"nested table", row + `\intbl\itap1 A\par\pard\intbl\itap2 in\nestcell{\nonesttables\par}ner\nestcell{\nonesttables\par}{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}\pard\intbl\itap1 B\cell C\cell\row`,
			"cell ¶0 table 1 row 1 column 1 | A\ncell ¶0 table 2 row 1 column 1 | in\ncell ¶0 table 2 row 1 column 2 | ner\ncell ¶0 table 1 row 1 column 1 | B\ncell ¶0 table 1 row 1 column 2 | C\n"},
		{"a row without its end, cells that forget \\intbl", `A\cell B\par C\cell\pard D`, "cell ¶0 table 1 row 1 column 1 | A\ncell ¶0 table 1 row 1 column 2 | B\\nC\nparagraph ¶1 | D\n"},
		{"notes", `\aftnnrlc One{\super\chftn}{\footnote\pard{\super\chftn} First.\par} two{\super\chftn}{\footnote\ftnalt\chftn\~Last.}, three{\super\chftn{\*\footnote\chftn Second.}}.`,
			"paragraph ¶1 ref=1@3 ref=i@7 ref=2@14 | One two, three.\nnote ¶1 note=1 | First.\nnote ¶1 note=i | Last.\nnote ¶1 note=2 | Second.\n"},
		{"a note's own mark", `One{\super *}{\footnote {\super *} First.} two{\footnote Second.}`, "paragraph ¶1 ref=*@3 ref=*@7 | One two\nnote ¶1 note=* | First.\nnote ¶1 note=* | Second.\n"},
		{"a note's own figure", `One{\super 1}{\footnote {\super 1} First.} two{\super 2}{\footnote 2 Second.}`, "paragraph ¶1 ref=1@3 ref=2@7 | One two\nnote ¶1 note=1 | First.\nnote ¶1 note=2 | Second.\n"},
		{"note in a cell", row + `\intbl A{\chftn}{\footnote\chftn N}\cell B\cell\row`, "cell ¶0 table 1 row 1 column 1 ref=1@1 | A\nnote ¶0 table 1 row 1 column 1 note=1 | N\ncell ¶0 table 1 row 1 column 2 | B\n"},
		{"headers and footers once", `{\header Top\par}{\headerf Top\par}{\footer Page {\field{\*\fldinst PAGE}{\fldrslt 1}}}Text`,
			"paragraph ¶1 | Text\nfurniture ¶0 why=page header | Top\nfurniture ¶0 why=page footer | Page 1\n"},
		{"text box once", `Text{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard\plain Boxed.\par}}{\shprslt{\*\do{\dptxbxtext Boxed.\par}}}} goes on\par`,
			"paragraph ¶1 | Text goes on\nbox ¶1 | Boxed.\n"},
		{"box of Word 6 and WordArt", `{\*\do\dptxbx{\dptxbxtext Old.}}{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv Art}}}}Text`, "paragraph ¶1 | Text\nbox ¶1 | Old.\nbox ¶1 | Art\n"},
		{"fields", `{\field{\*\fldinst HYPERLINK "http://a.example"}{\fldrslt a link}} {\field{\*\fldinst SYMBOL 179 \\f "Symbol"}{\fldrslt}}{\field{\*\fldinst IF {\field{\*\fldinst PAGE}{\fldrslt 9}}}{\fldrslt chosen}}`,
			"paragraph ¶1 | a link ≥chosen\n"},
		{"tick box and list of a form", `{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres25\ffdefres1}}}{\fldrslt}} Yes {\field{\*\fldinst FORMDROPDOWN{\*\formfield{\fftype2\ffres1{\*\ffname n}{\*\ffl North}{\*\ffl South}}}}{\fldrslt}}`,
			"paragraph ¶1 | ☒ Yes South\n"},
		{"object by its result", `{\object\objemb{\*\objclass X}{\*\objdata 00ff}{\result shown}}`, "paragraph ¶1 | shown\n"},
		{"insertion, deletion and move", `We {\deleted\revauthdel1 do not }{\revised\revauth1 ag}{\revised\revauth1\b ree}{\mvf gone}{\revised\mvt  here}`, "paragraph ¶1 | We agree here\n"},
		{"deleted paragraph mark", `One {\deleted\par}line.\par Next.`, "paragraph ¶1 | One line.\nparagraph ¶2 | Next.\n"},
		{"formula", `x = {\mmath{\*\moMath{\mf{\mfPr{\mctrlPr x}}{\mnum{\mr 2y}}}}}`, "paragraph ¶1 | x = 2y\n"},
		{"from right to left", `{\rtlch\af1\'cf\ltrch\f0 a}{\ltrch\af0\rtlch\f1\'cf}`, "paragraph ¶1 | ПaП\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := readRTF(t.Context(), "a.rtf", richText(test.body))
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

func TestRTFFacts(t *testing.T) {
	doc, err := readRTF(t.Context(), "a.rtf", richText(`{\info{\title The {\b plan}}{\author Ann}{\*\company A Trust}{\creatim\yr2023\mo3\dy1}{\revtim\yr2023\mo4\dy28\hr9}{\nofpages3}{\doccomm no}}`+
		`{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}{\shp{\*\shpinst{\sp{\sn pib}{\sv{\pict 00}}}{\sp{\sn fillBlip}{\sv{\pict 00}}}}}{\object\objemb{\result x}}`+
		`{\deleted\revauthdel1 no}{\revised\revauth1 a}{\revised\revauth1\b b}c{\v hidden words}{\*\atnauthor Bob}\chatn{\*\annotation Remark}`))
	if err != nil {
		t.Fatal(err)
	}
	want := Facts{Title: "The plan", Author: "Ann", Company: "A Trust", Date: "2023-04-28", Pages: 3, Revisions: 2, Comments: 1, Pictures: 2}
	if diff := cmp.Diff(doc.Facts, want); diff != "" {
		t.Errorf("facts -got +want:\n%s", diff)
	}
	warnings := []Warning{
		{What: "2 tracked changes by Ann were read as accepted; 1 margin comment by Bob was left out."},
		{What: "Hidden text was left out (2 words)."},
		{What: "2 pictures were not read; words in pictures are not in the text."},
		{What: "1 file inside the document was not read: an object of another program."},
	}
	if diff := cmp.Diff(doc.Warnings, warnings); diff != "" {
		t.Errorf("warnings -got +want:\n%s", diff)
	}
}

func TestRTFEncodings(t *testing.T) {
	for _, test := range []struct{ name, data, want string }{
		{"Macintosh", `{\rtf1\mac caf\'8e}`, "café"},
		{"PC", `{\rtf1\pc caf\'82}`, "café"},
		{"PC, multilingual", `{\rtf1\pca caf\'82}`, "café"},
		{"Russian", `{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8}`, "При"},
		{"Japanese, and a font that says Western", `{\rtf1\ansi\ansicpg932{\fonttbl{\f0\fcharset0 Times;}}\f0 \'83\'65}`, "テ"},
		{"UTF-8", "{\\rtf1\\ansi\\ansicpg65001 caf\xc3\xa9}", "café"},
		{"an unknown code page", `{\rtf1\ansi\ansicpg1\'e9}`, "é"},
		{"a byte order mark and white space", "\xef\xbb\xbf\r\n {\\rtf1 x}", "x"},
		{"HTML inside", `{\rtf1\ansi\fromhtml1{\fonttbl}{\*\htmltag18 <p>}x\htmlrtf\par y\htmlrtf0{\*\htmltag19 </p>}}`, "x"},
		{"HTML announced, none inside", `{\rtf1\ansi\fromhtml1{\fonttbl}x\htmlrtf\htmlrtf0}`, "x"},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := File(t.Context(), "a", []byte(test.data))
			if err != nil {
				t.Fatal(err)
			}
			if doc.Text != test.want || doc.Format != "rtf" {
				t.Errorf("got %s %q, want %q", doc.Format, doc.Text, test.want)
			}
		})
	}
}

func TestRTFCut(t *testing.T) {
	doc, err := readRTF(t.Context(), "a.rtf", []byte(`{\rtf1 One{\footnote\chftn Two`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := doc.Text, "One\n\nTwo"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(doc.Warnings) != 1 || !strings.Contains(doc.Warnings[0].What, "breaks off") {
		t.Errorf("got %v, want a warning that the text breaks off", doc.Warnings)
	}
	doc, err = readRTF(t.Context(), "a.rtf", []byte(`{\rtf1 One\par}} Two\par}`))
	if err != nil || len(doc.Warnings) != 1 || !strings.Contains(doc.Warnings[0].What, "goes on") {
		t.Errorf("got %+v, %v, want a warning that the file goes on", doc, err)
	}
}

func TestRTFErrors(t *testing.T) {
	for _, test := range []struct {
		name, data string
		want       error
	}{
		{"no rich text", "hello", ErrDamaged},
		{"cut before any text", `{\rtf1{\fonttbl`, ErrDamaged},
		{"groups without end", `{\rtf1 ` + strings.Repeat("{", maxRTFGroups+1), ErrLimit},
		{"fields without a group", `{\rtf1 ` + strings.Repeat(`\field`, maxRTFDone+1), ErrLimit},
		{"cells without end", `{\rtf1 ` + strings.Repeat(`\cell`, maxRTFElements+1), ErrLimit},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := readRTF(t.Context(), "a.rtf", []byte(test.data)); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := readRTF(ctx, "a.rtf", richText(strings.Repeat(`\b x`, contextEvery))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was cancelled", err)
	}
}

// TestRTFNesting reads boxes and tables inside each other, whose text must be kept however deep and not copied at each level.
func TestRTFNesting(t *testing.T) {
	const deep = 1000
	for name, body := range map[string]string{
		"boxes":  strings.Repeat(`{\shptxt `, deep) + "core" + strings.Repeat("}", deep),
		"notes":  strings.Repeat(`a{\footnote `, deep) + "core" + strings.Repeat("}", deep),
		"tables": fmt.Sprintf(`\intbl\itap%d core\nestcell`, deep),
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := readRTF(t.Context(), "a.rtf", richText(body))
			if err != nil {
				t.Fatal(err)
			}
			checkWordBlocks(t, doc)
			if name != "notes" && strings.Count(doc.Text, "core") != 1 {
				t.Errorf("got %q, want the core once", doc.Text)
			}
		})
	}
}

func FuzzRTF(f *testing.F) {
	for _, name := range []string{"rtf-response.rtf", "rtf-form.rtf"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add(richText(`{\listtext 1.\tab}a{\footnote \chftn b}\par\intbl c\cell d\cell\row`))
	f.Add(richText(`{\field{\*\fldinst HYPERLINK "x"}{\fldrslt y}}{\shp{\*\shpinst{\shptxt z\par}}}\u8364?`))
	f.Add(richText(`\intbl\itap2 a\nestcell{\*\nesttableprops\trowd\cellx9\nestrow}\pard\intbl b\cell\row{\deleted\par}{\upr{a}{\*\ud b}}`))
	f.Add([]byte(`{\rtf1\fromhtml1{\fonttbl}{\*\htmltag <p>}x\htmlrtf\par\htmlrtf0`))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := readRTF(t.Context(), "a.rtf", data)
		if err == nil {
			checkWordBlocks(t, doc)
		}
		rtfToHTML(data)
		decompressRTF(data)
	})
}
