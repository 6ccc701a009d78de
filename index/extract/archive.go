package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// errCut says that a part breaks off: what was read before it is good.
var errCut = errors.New("breaks off")

// errNoPart says that a package has no part of this name, which many optional parts do not.
var errNoPart = errors.New("no such part")

// An archive is a zip package of XML parts (.docx, .odt), bounded by this package's limits whatever its headers claim.
type archive struct {
	ctx      context.Context
	files    map[string]*zip.File
	expanded int64 // bytes inflated so far; a part that is read twice counts twice
	nodes    int   // XML elements read so far
	repaired bool  // a part held bytes that are not text
}

func openArchive(ctx context.Context, data []byte) (*archive, error) {
	if isOLE(data) {
		// Office wraps an encrypted package in a compound file; the stream's name stands in its directory as UTF-16.
		if bytes.Contains(data, utf16le("EncryptedPackage")) {
			return nil, ErrEncrypted
		}
		return nil, fmt.Errorf("%w: a compound file, not a package", ErrUnknownFormat)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if len(z.File) > MaxEntries {
		return nil, fmt.Errorf("%w: %d entries in the package", ErrLimit, len(z.File))
	}
	a := &archive{ctx: ctx, files: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		key := partKey(f.Name)
		if _, twice := a.files[key]; !twice {
			a.files[key] = f
		}
	}
	return a, nil
}

func isOLE(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
}

func utf16le(ascii string) []byte {
	out := make([]byte, 0, 2*len(ascii))
	for i := range len(ascii) {
		out = append(out, ascii[i], 0)
	}
	return out
}

// partKey makes part names comparable: Office ignores case, and some writers use backslashes or a leading slash.
func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (a *archive) has(name string) bool { return a.files[partKey(name)] != nil }

// read inflates a part. With an error that wraps errCut the bytes are what could be inflated.
func (a *archive) read(name string) ([]byte, error) {
	f := a.files[partKey(name)]
	if f == nil {
		return nil, fmt.Errorf("%w: %q", errNoPart, name)
	}
	return a.inflate(f)
}

// inflate inflates an entry, see [archive.read].
func (a *archive) inflate(f *zip.File) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, ErrEncrypted
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %q: %w", ErrDamaged, f.Name, err)
	}
	defer r.Close()
	limit := min(MaxPart, MaxExpanded-a.expanded)
	var buf bytes.Buffer
	// Deflate cannot do better than 1:1032, so a header that claims more does not make us reserve it.
	buf.Grow(int(min(f.UncompressedSize64, f.CompressedSize64*1032+64, uint64(limit))) + bytes.MinRead)
	_, err = buf.ReadFrom(io.LimitReader(r, limit+1))
	a.expanded += int64(buf.Len())
	if int64(buf.Len()) > limit {
		return nil, fmt.Errorf("%w: %q inflates too far", ErrLimit, f.Name)
	}
	if err != nil {
		return buf.Bytes(), fmt.Errorf("%q %w: %w", f.Name, errCut, err)
	}
	return buf.Bytes(), nil
}

// stream reads an XML part element by element, see [streamXML].
func (a *archive) stream(name string, opened func(path []string) bool, visit func(path []string, n *node) error) error {
	data, cut := a.read(name)
	if cut != nil && !errors.Is(cut, errCut) {
		return cut
	}
	data, repaired := repairXML(data)
	a.repaired = a.repaired || repaired
	if err := streamXML(a.ctx, data, &a.nodes, opened, visit); err != nil {
		return err
	}
	return cut
}

// tree reads a whole XML part. With an error that wraps errCut the tree is what was read, and may be nil.
func (a *archive) tree(name string) (*node, error) {
	var root *node
	err := a.stream(name, nil, func(_ []string, n *node) error {
		if root == nil {
			root = n
		}
		return nil
	})
	return root, err
}

// optional reads a part that the text does not depend on: nil when it is missing or damaged. Only a limit is an error.
func (a *archive) optional(name string) (*node, error) {
	if name == "" || !a.has(name) {
		return nil, nil
	}
	n, err := a.tree(name)
	if err != nil && !errors.Is(err, errCut) && !errors.Is(err, ErrDamaged) {
		return nil, err
	}
	return n, nil
}

// A relation is one entry of a part's .rels file.
type relation struct {
	id, kind, target string // kind is the last element of the type's URI, the same in strict and transitional files
	external         bool
}

// relations are a part's relations in the file's order; "" is the package itself.
func (a *archive) relations(part string) ([]relation, error) {
	dir, base := path.Split(part)
	root, err := a.optional(dir + "_rels/" + base + ".rels")
	if err != nil {
		return nil, err
	}
	var out []relation
	for k := range root.kids() {
		if k.name != "Relationship" {
			continue
		}
		r := relation{id: k.attr("Id"), kind: path.Base(k.attr("Type")), target: k.attr("Target"), external: k.attr("TargetMode") == "External"}
		switch {
		case r.external:
		case strings.HasPrefix(r.target, "/"):
			r.target = strings.TrimPrefix(r.target, "/")
		default:
			r.target = path.Join(dir, r.target)
		}
		out = append(out, r)
	}
	return out, nil
}
