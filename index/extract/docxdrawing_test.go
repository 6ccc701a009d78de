package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDOCXDrawings(t *testing.T) {
	const diagram = `<dgm:dataModel xmlns:dgm="urn:d" xmlns:a="urn:a"><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Wait</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>Appeal</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>`
	const notes = `<w:footnotes xmlns:w="urn:w"><w:footnote w:id="1">` + `<w:p><w:r><w:t>Noted.</w:t></w:r></w:p></w:footnote></w:footnotes>`
	box := func(inside string) string {
		return `<wps:txbx><w:txbxContent>` + inside + `</w:txbxContent></wps:txbx>`
	}
	drawn := func(inside string) string {
		return paragraph(run("Text.") + `<w:r><w:drawing>` + inside + `</w:drawing></w:r>`)
	}
	for _, test := range []struct {
		name, body string
		want       string
		pictures   int
	}{
		{"SmartArt", drawn(`<dgm:relIds r:dm="diagramData1"/>`), "paragraph ¶1 | Text.\nbox ¶1 | Wait\\nAppeal\n", 0},
		{"SmartArt whose words are missing", drawn(`<dgm:relIds r:dm="none"/>`), "paragraph ¶1 | Text.\n", 0},
		{"WordArt of the older kind", drawn(`<v:shape><v:textpath string="In short"/></v:shape>`), "paragraph ¶1 | Text.\nbox ¶1 | In short\n", 0},
		{"note in a box", drawn(box(paragraph(run("Boxed") + `<w:r><w:footnoteReference w:id="1"/></w:r>`))), "paragraph ¶1 | Text.\nbox ¶1 ref=1@5 | Boxed\nnote ¶1 note=1 | Noted.\n", 0},
		{"picture in a box", drawn(box(paragraph(run("Boxed") + `<w:r><w:drawing><a:blip/></w:drawing></w:r>`))), "paragraph ¶1 | Text.\nbox ¶1 | Boxed\n", 1},
		{"table in a box", drawn(box(paragraph(run("Boxed")) + `<w:tbl><w:tr><w:tc>` + paragraph(run("a")) + `</w:tc><w:tc>` + paragraph(run("b")) + `</w:tc></w:tr></w:tbl>`)),
			"paragraph ¶1 | Text.\nbox ¶1 | Boxed\ncell ¶1 table 1 row 1 column 1 | a\ncell ¶1 table 1 row 1 column 2 | b\n", 0},
		{"chart", drawn(`<c:chart r:id="none"/>`), "paragraph ¶1 | Text.\n", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := readDOCX(t.Context(), "", wordDocument(t, test.body, "word/diagramData1.xml", diagram, "word/footnotes.xml", notes))
			if err != nil {
				t.Fatal(err)
			}
			checkWordBlocks(t, doc)
			if diff := cmp.Diff(outlineOf(doc), test.want); diff != "" {
				t.Errorf("-got +want:\n%s", diff)
			}
			if doc.Facts.Pictures != test.pictures {
				t.Errorf("got %d pictures, want %d", doc.Facts.Pictures, test.pictures)
			}
		})
	}
}
