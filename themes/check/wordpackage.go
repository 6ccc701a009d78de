package check

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// ErrNotAnnotated is returned for a draft that comments cannot be put into.
var ErrNotAnnotated = errors.New("the draft cannot be annotated")

// The bounds of a Word file that is looked into beside its words, as those of the reader: a part that inflates further is not looked at.
const (
	maxWordPart  = 64 << 20
	maxWordFiles = 10_000
)

// A wordFile is a Word package with its main part.
type wordFile struct {
	zip  *zip.Reader
	main string // the name of the main part
	body *wordBody
}

// readWordFile opens a package and reads its main part.
func readWordFile(data []byte) (*wordFile, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotAnnotated, err)
	}
	if len(z.File) > maxWordFiles {
		return nil, fmt.Errorf("%w: it has %d parts", ErrNotAnnotated, len(z.File))
	}
	w := &wordFile{zip: z}
	list, err := w.relations("_rels/.rels")
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			w.main = strings.TrimPrefix(path.Clean("/"+r.Target), "/")
		}
	}
	text, err := w.read(w.main)
	if err != nil {
		return nil, err
	}
	w.body, err = readWordBody(text)
	return w, err
}

// find is the entry of a name; nil where there is none.
func (w *wordFile) find(name string) *zip.File {
	for _, f := range w.zip.File {
		if strings.EqualFold(strings.TrimPrefix(f.Name, "/"), name) {
			return f
		}
	}
	return nil
}

func (w *wordFile) read(name string) ([]byte, error) {
	f := w.find(name)
	if f == nil {
		return nil, fmt.Errorf("%w: it has no part %q", ErrNotAnnotated, name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotAnnotated, err)
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, maxWordPart+1))
	if err != nil || len(text) > maxWordPart {
		return nil, fmt.Errorf("%w: its part %q cannot be read whole: %v", ErrNotAnnotated, name, err)
	}
	return text, nil
}

// A relation is an entry of a part's relationships.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// relations reads a part with relationships; a missing one has none.
func (w *wordFile) relations(name string) ([]relation, error) {
	if w.find(name) == nil {
		return nil, nil
	}
	text, err := w.read(name)
	if err != nil {
		return nil, err
	}
	var list struct {
		Relationship []relation
	}
	if err := xml.Unmarshal(text, &list); err != nil {
		return nil, fmt.Errorf("%w: %q: %w", ErrNotAnnotated, name, err)
	}
	return list.Relationship, nil
}

// mainRelations is the name of the part with the main part's relationships.
func (w *wordFile) mainRelations() string {
	dir, base := path.Split(w.main)
	return dir + "_rels/" + base + ".rels"
}

// target is the name of the part that a relation of the main part points to.
func (w *wordFile) target(r relation) string {
	if strings.HasPrefix(r.Target, "/") {
		return strings.TrimPrefix(path.Clean(r.Target), "/")
	}
	return path.Join(path.Dir(w.main), r.Target)
}
