package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// richText is a document with this body and the usual head.
func richText(body string) []byte {
	return []byte(`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fswiss\fcharset204 Arial;}` +
		`{\f2\fnil\fcharset128 MS Mincho;}{\f3\ftech\fcharset2 Symbol;}{\f4\fnil\fcharset2 Wingdings;}}` +
		`{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2\sbasedon0 heading 2;}{\s3\sbasedon2 Our Head;}{\*\cs10 \additive Strong;}{\s20 toc 1;}}` +
		`\uc1\pard\plain ` + body + `}`)
}

func TestRTFText(t *testing.T) {
	for _, test := range []struct {
		name, body string
		want       []string
	}{
		{"paragraphs", `One\par Two {\b bold}\par\par Three`, []string{"One", "Two bold", "Three"}},
		{"escapes", `Caf\'e9 \{x\} \\ a\~b\_c\emdash\lquote d\rquote`, []string{"Café {x} \\ a\u00a0b\u2011c—‘d’"}},
		{"unicode with its stand-ins", `\u8364?100 \uc2\u12354\'82\'a0x{\uc0\u8364}y\u-10179\'3f\'3f\u-8704??`, []string{"€100 あx€y😀"}},
		{"Cyrillic by the font", `{\f1\'cf\'f0\'e8} caf\'e9`, []string{"При café"}},
		{"Japanese by the font", `{\f2\'83\'65\'83X\'83g}`, []string{"テスト"}},
		{"Symbol by the font", `{\f3 a\'b3b \u-3930?}`, []string{"α≥β •"}},
		{"hidden", `seen{\v not seen\par}\par`, []string{"seen"}},
		{"a star in the middle of a group", `{\f0\*\cs10 words}`, []string{"words"}},
		{"unknown destinations", `{\*\strange lost {kept not}}kept{\strange too}`, []string{"kepttoo"}},
		{"binary", "a{\\pict\\bin5 }}}{{}b", []string{"ab"}},
		{"twins", `{\upr{old}{\*\ud{n\u233?w}}}`, []string{"néw"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := readRTF(t.Context(), "a.rtf", richText(test.body))
			if err != nil {
				t.Fatal(err)
			}
			checkWordBlocks(t, doc)
			var got []string
			for _, b := range doc.Blocks {
				got = append(got, doc.Text[b.Start:b.End])
			}
			if diff := cmp.Diff(got, test.want); diff != "" {
				t.Error("got -, want +\n" + diff)
			}
		})
	}
}

func FuzzRTF(f *testing.F) {
	f.Add(richText(`{\listtext 1.\tab}a{\footnote \chftn b}\par\intbl c\cell d\cell\row`))
	f.Add(richText(`{\field{\*\fldinst HYPERLINK "x"}{\fldrslt y}}{\shp{\*\shpinst{\shptxt z\par}}}\u8364?`))
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
