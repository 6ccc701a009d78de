package extract

import (
	"context"
	"errors"
	"fmt"
)

// What a reader can fail with. Callers tell these apart; explain has the words for them.
var (
	ErrUnknownFormat = errors.New("not a format that can be read")
	ErrEncrypted     = errors.New("protected by a password")
	ErrNoText        = errors.New("no text in the file")
	ErrScanned       = fmt.Errorf("pictures of pages without text: %w", ErrNoText)
	ErrDamaged       = errors.New("damaged, or not what it says it is")
	ErrLimit         = errors.New("larger than the limits for one file")
	ErrTimeout       = errors.New("reading took too long")
	ErrCrashed       = errors.New("the reader stopped")
)

// Limits bound what one file may cost. They are far above any real submission.
const (
	MaxBytes    = 128 << 20 // of the file itself
	MaxExpanded = 256 << 20 // of everything inflated from it
	MaxPart     = 64 << 20  // of one entry of a package, inflated
	MaxEntries  = 10_000    // of a package
	MaxNodes    = 3_000_000 // XML elements
	MaxDepth    = 256       // nesting of XML, lists, tables, mail parts
	MaxBlocks   = 400_000
	MaxPages    = 5_000
	MaxText     = 16 << 20 // of the words in one document: forty long novels
)

// File reads one file. The format is told by the content; name is only a hint where content cannot tell (.csv, .md) and
// a label in errors. [WithHints] corrects how a survey is read. The errors wrap this package's sentinels. A panic in a reader is returned as [ErrCrashed].
func File(ctx context.Context, name string, data []byte) (doc *Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fmt.Errorf("%w: %v", ErrCrashed, r)
		}
	}()
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("%w: %d MB", ErrLimit, len(data)>>20)
	}
	format, err := sniff(name, data)
	if err != nil {
		return nil, err
	}
	read, ok := readers[format]
	if !ok {
		return nil, fmt.Errorf("%w: %s", ErrUnknownFormat, format)
	}
	doc, err = read(ctx, name, data)
	if err != nil {
		return nil, err
	}
	if err := tooMuchText(len(doc.Text)); err != nil {
		return nil, err
	}
	doc.Format = format
	if len(doc.Blocks) == 0 && len(doc.Parts) == 0 {
		return nil, ErrNoText
	}
	return doc, nil
}

func tooMuchText(bytes int) error {
	if bytes > MaxText {
		return fmt.Errorf("%w: %d MB of words in one document; %d MB are read", ErrLimit, bytes>>20, MaxText>>20)
	}
	return nil
}

// readers has one reader a format.
var readers = map[string]func(ctx context.Context, name string, data []byte) (*Document, error){
	"docx": readDOCX,
	"doc":  readDOC,
	"odt":  readODT,
	"pptx": readPPTX,
	"odp":  readODP,
	"rtf":  readRTF,
	"pdf":  readPDF,
	"eml":  readEML,
	"html": readPage,
	"msg":  readMSG,
	"tnef": readTNEF,
	"text": readText,
	"xlsx": readXLSX,
	"xls":  readXLS,
	"ods":  readODS,
	"csv":  readCSV,
	"zip":  readZip,
	"mbox": readMbox,
}
