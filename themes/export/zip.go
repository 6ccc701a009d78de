package export

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"regexp"
	"slices"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
)

// A sortedZip compresses the parts of a workbook as they come, keeps them until it is closed and writes them in the order of their names,
// without dates: excelize hands them over in the order of a map, and the same report must give the same bytes. klauspost's deflate takes
// about half the time of the standard library's.
type sortedZip struct {
	w       io.Writer
	parts   []*part
	deflate *flate.Writer // of the part that is being written
}

// types is the part that lists the content types.
const types = "[Content_Types].xml"

// pictures are the content types that excelize adds with a chart, in the order of a map; the workbook has no pictures.
var pictures = regexp.MustCompile(`<Default Extension="\w+" ContentType="image/[\w+-]+"></Default>`)

// A part is one of the archive: its head, and what it holds, compressed unless it is the list of content types.
type part struct {
	zip.FileHeader
	data    bytes.Buffer
	deflate *flate.Writer // nil for the list of content types, and once the part is whole
}

// Write adds to the part.
func (p *part) Write(b []byte) (int, error) {
	if p.deflate == nil {
		return p.data.Write(b)
	}
	p.CRC32 = crc32.Update(p.CRC32, crc32.IEEETable, b)
	p.UncompressedSize64 += uint64(len(b))
	return p.deflate.Write(b)
}

// end makes the part whole.
func (p *part) end() error {
	if p.deflate == nil {
		return nil
	}
	err := p.deflate.Close()
	p.deflate, p.CompressedSize64 = nil, uint64(p.data.Len())
	return err
}

func newZip(w io.Writer) excelize.ZipWriter { return &sortedZip{w: w} }

// Create adds a part. The one before it is whole then.
func (z *sortedZip) Create(name string) (io.Writer, error) {
	if err := z.end(); err != nil {
		return nil, err
	}
	p := &part{FileHeader: zip.FileHeader{Name: name, Method: zip.Deflate}}
	z.parts = append(z.parts, p)
	if name == types {
		return p, nil
	}
	if z.deflate == nil {
		var err error
		if z.deflate, err = flate.NewWriter(nil, flate.DefaultCompression); err != nil {
			return nil, err
		}
	}
	z.deflate.Reset(&p.data)
	p.deflate = z.deflate
	return p, nil
}

func (z *sortedZip) end() error {
	if len(z.parts) == 0 {
		return nil
	}
	return z.parts[len(z.parts)-1].end()
}

// AddFS is part of the interface; a workbook is never made from a file system.
func (z *sortedZip) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the archive. The list of content types comes first, where readers that look at a file's beginning for its
// type expect it.
func (z *sortedZip) Close() error {
	if err := z.end(); err != nil {
		return err
	}
	slices.SortFunc(z.parts, func(a, b *part) int {
		switch {
		case a.Name == types:
			return -1
		case b.Name == types:
			return 1
		}
		return cmp.Compare(a.Name, b.Name)
	})
	zw := zip.NewWriter(z.w)
	for _, p := range z.parts {
		if err := p.copyTo(zw); err != nil {
			return err
		}
	}
	return zw.Close()
}

// copyTo writes the part as it is compressed, and the list of content types without those of pictures.
func (p *part) copyTo(zw *zip.Writer) error {
	var w io.Writer
	var err error
	data := p.data.Bytes()
	if p.Name == types {
		data = pictures.ReplaceAll(data, nil)
		w, err = zw.Create(p.Name)
	} else {
		w, err = zw.CreateRaw(&p.FileHeader)
	}
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}
