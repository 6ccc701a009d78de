package extract

import (
	"os"
	"path/filepath"
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
