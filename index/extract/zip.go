package extract

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// What the files of a zip may come to together. They travel to the caller as one document, so together they may be what
// one file may be; and no honest folder packs better than 1:200, while a bomb within a bomb lives on the ratio.
const (
	maxUnpacked      = MaxBytes
	maxUnpackedRatio = 200
	minUnpacked      = 16 << 20 // for which the ratio is not asked
)

// readZip reads a zip that is no document: a folder somebody sent. Every file in it is a part, to be read on its own.
func readZip(ctx context.Context, name string, data []byte) (*Document, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // the paths are labels only
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if len(z.File) > MaxEntries {
		return nil, fmt.Errorf("%w: %d files in the archive", ErrLimit, len(z.File))
	}
	if overlaps(z.File) {
		return nil, fmt.Errorf("%w: the files of the archive lie over one another", ErrDamaged)
	}
	budget := min(maxUnpacked, max(minUnpacked, maxUnpackedRatio*int64(len(data))))
	r := zipReader{archive: archive{ctx: ctx, expanded: MaxExpanded - budget}, labels: partLabels{}}
	for _, f := range z.File {
		if err := stopped(ctx); err != nil {
			return nil, err
		}
		r.take(f)
	}
	return r.document()
}

// overlaps reports whether two entries share their packed bytes, with which a small archive can be made to unpack without end.
func overlaps(files []*zip.File) bool {
	type span struct{ start, end int64 }
	var spans []span
	for _, f := range files {
		if start, err := f.DataOffset(); err == nil && f.CompressedSize64 > 0 {
			spans = append(spans, span{start, start + int64(f.CompressedSize64)})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	for i := 1; i < len(spans); i++ {
		if spans[i].start < spans[i-1].end {
			return true
		}
	}
	return false
}

// A zipReader reads the files of one zip.
type zipReader struct {
	archive archive // counts what is inflated
	labels  partLabels
	parts   []Part

	empty, links                         int
	locked, damaged, large, incompatible []string // the labels of what could not be read
}

func (r *zipReader) take(f *zip.File) {
	entry := entryName(f)
	if strings.HasSuffix(entry, "/") || f.Mode().IsDir() || isSystemFile(entry) {
		return
	}
	label := r.labels.label(entry)
	switch {
	case f.Flags&1 != 0:
		r.locked = append(r.locked, label)
		return
	case f.Mode()&fs.ModeSymlink != 0:
		r.links++
		return
	case f.UncompressedSize64 == 0 && f.CompressedSize64 == 0:
		r.empty++
		return
	case f.UncompressedSize64 > uint64(max(0, min(MaxPart, MaxExpanded-r.archive.expanded))):
		r.large = append(r.large, label)
		return
	}
	content, err := r.archive.inflate(f)
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		r.incompatible = append(r.incompatible, label)
	case errors.Is(err, ErrLimit):
		r.large = append(r.large, label)
	case err != nil:
		// Words that may have changed are not to be quoted: what could be inflated of it is not read.
		r.damaged = append(r.damaged, label)
	case len(content) == 0:
		r.empty++
	default:
		r.parts = append(r.parts, Part{Name: label, Bytes: content})
	}
}

func (r *zipReader) document() (*Document, error) {
	if len(r.parts) == 0 {
		return nil, r.nothing()
	}
	b := &builder{}
	b.doc.Parts = r.parts
	for _, left := range []struct {
		labels []string
		why    string
	}{
		{r.locked, "Protected by a password and not read"},
		{r.damaged, "Damaged in the archive and not read; ask for it again"},
		{r.large, "Too large for the limits and not read"},
		{r.incompatible, "Packed in a way that cannot be read; ask for an ordinary zip"},
	} {
		if len(left.labels) > 0 {
			b.warn("", left.why+": "+listed(left.labels)+".")
		}
	}
	if r.empty > 0 {
		b.warn("", plural(r.empty, "empty file was", "empty files were")+" left out.")
	}
	if r.links > 0 {
		b.warn("", plural(r.links, "link to another file was", "links to other files were")+" left out.")
	}
	return b.document(), nil
}

// nothing is why no file of the zip could be read.
func (r *zipReader) nothing() error {
	switch {
	case len(r.locked) > 0:
		return fmt.Errorf("%w: a zip archive", ErrEncrypted)
	case len(r.large) > 0:
		return fmt.Errorf("%w: the files in the archive", ErrLimit)
	case len(r.damaged) > 0:
		return fmt.Errorf("%w: the files in the archive", ErrDamaged)
	case len(r.incompatible) > 0:
		return unknown("a zip archive packed in a way that cannot be read; ask for an ordinary zip")
	}
	return fmt.Errorf("%w: a zip archive without files", ErrNoText)
}

// entryName is an entry's name as its packer meant it, with slashes. A name that does not say that it is UTF-8 may have
// it in a field of its own (Info-ZIP's), is UTF-8 all the same on a Mac, and else in the code page of DOS, as the format says.
func entryName(f *zip.File) string {
	name := f.Name
	if f.Flags&0x800 == 0 {
		if unicodePath := unicodePath(f.Extra); unicodePath != "" {
			name = unicodePath
		} else if !utf8.ValidString(name) {
			name, _ = charmap.CodePage437.NewDecoder().String(name) // which has a character for every byte
		}
	}
	return strings.ReplaceAll(name, `\`, "/")
}

// unicodePath is the name in an entry's "Info-ZIP Unicode Path" field, or "".
func unicodePath(extra []byte) string {
	for len(extra) >= 4 {
		id, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		extra = extra[4:]
		if size > len(extra) {
			return ""
		}
		// A version of one byte and the checksum of the other name come first.
		if id == 0x7075 && size > 5 && utf8.Valid(extra[5:size]) {
			return string(extra[5:size])
		}
		extra = extra[size:]
	}
	return ""
}

// isSystemFile tells what a system or an office program leaves in a folder by itself.
func isSystemFile(entry string) bool {
	for element := range strings.SplitSeq(entry, "/") {
		if element == "__MACOSX" {
			return true
		}
	}
	base := strings.ToLower(path.Base(entry))
	switch base {
	case ".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".localized", "icon\r":
		return true
	}
	return strings.HasPrefix(base, "~$") || strings.HasPrefix(base, "._") || strings.HasPrefix(base, ".~lock.")
}

// partLabels makes the labels of a package's files, each only once.
type partLabels map[string]bool

// maxLabel bounds a label, so that a name made of folders stays readable: the innermost ones are kept.
const maxLabel = 400

// label makes a label of an entry's path: "folder/name", never absolute and never upwards. Two files of one name in
// different cases are two files.
func (l partLabels) label(entry string) string {
	label := ""
	elements := strings.Split(entry, "/")
	for i := len(elements) - 1; i >= 0; i-- {
		element := attachmentName(elements[i])
		if element == "" || i == 0 && isDrive(elements[i]) {
			continue
		}
		if label != "" {
			element += "/" + label
		}
		if len(element) > maxLabel {
			break
		}
		label = element
	}
	if label == "" {
		label = "file without a name"
	}
	return l.unique(label)
}

func isDrive(element string) bool { return len(element) == 2 && element[1] == ':' }

func (l partLabels) unique(label string) string {
	ending := path.Ext(label)
	if strings.Contains(ending, " ") || len(ending) > 10 {
		ending = ""
	}
	stem := strings.TrimSuffix(label, ending)
	for n := 2; l[label]; n++ {
		label = fmt.Sprintf("%s (%d)%s", stem, n, ending)
	}
	l[label] = true
	return label
}
