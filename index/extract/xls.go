package extract

import (
	"bytes"
	"context"
	"fmt"
)

// readXLS reads an old Excel workbook: Excel 97 to 2003 (BIFF8), Excel 3 to 95 (BIFF3 to BIFF5), or Excel 2003's XML.
func readXLS(ctx context.Context, name string, data []byte) (*Document, error) {
	var f flow
	sheets, err := readOldWorkbook(ctx, &f, data)
	if err != nil {
		return nil, err
	}
	if err := writeSheets(ctx, &f.builder, sheets); err != nil {
		return nil, err
	}
	return finishSheets(&f.builder)
}

func readOldWorkbook(ctx context.Context, f *flow, data []byte) ([]sheetGrid, error) {
	switch {
	case isBareBIFF(data):
		return readBIFF(ctx, f, data)
	case !isOLE(data):
		return readXML2003(ctx, f, data)
	}
	root, err := openCompound(data)
	if err != nil {
		return nil, err
	}
	stream := root.stream("Workbook")
	if stream == nil {
		stream = root.stream("Book") // of Excel 5 and 95; a file for both has both
	}
	if stream == nil {
		return nil, fmt.Errorf("%w: no workbook in the compound file", ErrDamaged)
	}
	f.doc.Facts = summaryFacts(root)
	return readBIFF(ctx, f, stream)
}

// isBareBIFF tells a workbook stream without a compound file around it, as Excel 3 and 4 and some programs write.
func isBareBIFF(data []byte) bool {
	for _, start := range []string{"\x09\x08\x08\x00\x00\x05", "\x09\x08\x10\x00\x00\x06", "\x09\x08\x08\x00\x00\x06", "\x09\x02\x06\x00", "\x09\x04\x06\x00"} {
		if bytes.HasPrefix(data, []byte(start)) {
			return true
		}
	}
	return false
}
