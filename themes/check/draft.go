package check

import (
	"collate/index/extract"
)

// NewDraft is a file that was read, with what its format says beside the words. What cannot be told is left out: the words were read.
func NewDraft(name string, data []byte, doc *extract.Document) *Draft {
	d := &Draft{Name: name, Data: data, Document: doc, Styles: make([]Style, len(doc.Blocks))}
	if doc.Format == "docx" {
		if w, err := readWordFile(data); err == nil {
			w.styles(d)
		}
	}
	return d
}
