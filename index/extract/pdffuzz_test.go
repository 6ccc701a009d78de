package extract

import (
	"context"
	"errors"
	"os"
	"testing"
)

// FuzzPDF reads whole files. Whatever is in one, the reader keeps its promises or says in the package's terms why not.
func FuzzPDF(f *testing.F) {
	f.Add(writtenPage("BT /F 10 Tf 50 700 Td (Do you agree?) Tj ET 50 600 m 500 600 l S 50 500 100 80 re S", "/Rotate 90",
		"/Subtype /Widget /FT /Tx /T (a) /TU (Why?) /V (Yes) /Rect [50 640 500 690]", "/Subtype /FreeText /Contents (No) /Rect [0 0 10 10]"))
	f.Add(writtenPage("q 1 0 0 1 50 50 cm BT /F 10 Tf 3 Tr 0 1 -1 0 90 90 Tm [(A) -300 (B)] TJ ET Q 0 0 200 100 re 100 0 m 100 100 l 0 50 m 200 50 l S", "",
		"/Subtype /Widget /FT /Btn /T (b) /AS /On /Rect [10 10 20 20]", "/Subtype /Widget /FT /Ch /T (c) /Opt [(x) (y)] /V [(x) (y)] /Rect [10 30 20 40]"))
	if data, err := os.ReadFile("testdata/pdf-form.pdf"); err == nil {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			return
		}
		doc, err := readPDF(context.Background(), "", data)
		if err == nil {
			checkBlocks(t, doc)
			return
		}
		for _, known := range []error{ErrDamaged, ErrEncrypted, ErrNoText, ErrLimit, ErrCrashed} {
			if errors.Is(err, known) {
				return
			}
		}
		t.Errorf("%v is none of the package's errors", err)
	})
}
