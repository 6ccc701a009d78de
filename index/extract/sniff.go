package extract

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	"github.com/richardlehane/mscfb"
)

// sniff tells the format of a file from its content. The name counts only between plain text and a table in text.
func sniff(name string, data []byte) (format string, err error) {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return "", fmt.Errorf("%w: the file is empty", ErrNoText)
	case isZip(data):
		return sniffZip(data)
	case isBareBIFF(data):
		return "xls", nil
	case isOLE(data):
		return sniffOLE(data)
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) && !isMail(headText(data)):
		return "pdf", nil
	}
	return sniffText(name, data)
}

func isZip(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")) ||
		bytes.HasPrefix(data, []byte("PK\x07\x08PK\x03\x04"))
}

func unknown(what string) error { return fmt.Errorf("%w: %s", ErrUnknownFormat, what) }

// sniffZip looks at the names in a package. One that is cut short has lost its directory, but its parts still say what
// it was, so that its reader can say that it is damaged.
func sniffZip(data []byte) (string, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if errors.Is(err, zip.ErrInsecurePath) {
		err = nil
	}
	if err != nil {
		return sniffCutZip(data)
	}
	if len(z.File) > MaxEntries {
		return "", fmt.Errorf("%w: %d files in the package", ErrLimit, len(z.File))
	}
	entries := map[string]*zip.File{}
	for _, f := range z.File {
		entries[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = f
	}
	if format, err := sniffPackage(entries); format != "" || err != nil {
		return format, err
	}
	return "zip", nil
}

func sniffPackage(entries map[string]*zip.File) (string, error) {
	types := entryHead(entries["[content_types].xml"], 1<<20)
	odf := entryHead(entries["mimetype"], 200)
	has := func(name string) bool { return entries[name] != nil }
	switch {
	case has("word/document.xml"), strings.Contains(types, "wordprocessingml.document.main"), strings.Contains(types, "wordprocessingml.template.main"), strings.Contains(types, "ms-word.document.macroenabled.main"):
		return "docx", nil
	case has("xl/workbook.bin"):
		return "", unknown("a binary Excel workbook (.xlsb); save it as .xlsx")
	case has("xl/workbook.xml"), strings.Contains(types, "spreadsheetml.sheet.main"), strings.Contains(types, "spreadsheetml.template.main"), strings.Contains(types, "ms-excel.sheet.macroenabled.main"):
		return "xlsx", nil
	case strings.Contains(odf, "opendocument.text"):
		return "odt", nil
	case strings.Contains(odf, "opendocument.spreadsheet"):
		return "ods", nil
	case strings.Contains(odf, "opendocument.presentation"):
		return "odp", nil
	case has("ppt/presentation.xml"), strings.Contains(types, "presentationml.presentation.main"), strings.Contains(types, "presentationml.slideshow.main"), strings.Contains(types, "presentationml.template.main"):
		return "pptx", nil
	case strings.Contains(odf, "epub"):
		return "", unknown("an e-book (.epub)")
	case has("index/document.iwa"), has("index.zip"):
		return "", unknown("an Apple Pages, Numbers or Keynote document; save it as Word or PDF")
	case has("visio/document.xml"):
		return "", unknown("a Visio drawing; save it as PDF")
	case strings.Contains(odf, "opendocument."):
		return "", unknown("an OpenDocument drawing, formula or chart; save it as PDF")
	case has("[content_types].xml"), has("meta-inf/manifest.mf"):
		return "", unknown("a package of a program; save the document as Word or PDF")
	}
	return "", nil
}

// entryHead gives the start of an entry in lower case, or "".
func entryHead(f *zip.File, limit int64) string {
	if f == nil {
		return ""
	}
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	head, _ := io.ReadAll(io.LimitReader(r, limit))
	return strings.ToLower(string(head))
}

func sniffCutZip(data []byte) (string, error) {
	for _, part := range []struct{ name, format string }{
		{"word/", "docx"}, {"xl/work", "xlsx"}, {"ppt/slides/", "pptx"}, {"opendocument.text", "odt"}, {"opendocument.presentation", "odp"}, {"opendocument.spreadsheet", "ods"},
	} {
		if bytes.Contains(data, []byte(part.name)) {
			return part.format, nil
		}
	}
	return "", fmt.Errorf("%w: a package (zip) that breaks off", ErrDamaged)
}

// sniffOLE names a compound file by the streams in its directory. Office wraps a document with a password in one.
func sniffOLE(data []byte) (format string, err error) {
	if isMSG(data) {
		return "msg", nil
	}
	top := topEntries(data)
	for _, kind := range []struct{ stream, what string }{
		{"EncryptedPackage", ""},
		{"WordDocument", "doc"},
		{"Workbook", "xls"},
		{"Book", "xls"},
		{"PowerPoint Document", "old PowerPoint slides (.ppt); save them as PDF"},
		{"Quill", "a Publisher document (.pub); save it as PDF"},
		{"VisioDocument", "a Visio drawing; save it as PDF"},
	} {
		if !top[strings.ToLower(kind.stream)] && (len(top) > 0 || !hasStream(data, kind.stream)) {
			continue
		}
		switch kind.what {
		case "":
			return "", ErrEncrypted
		case "doc", "xls":
			return kind.what, nil
		}
		return "", unknown(kind.what)
	}
	return "", unknown("an old Office file; save it in a present format")
}

// topEntries are the names, in lower case, at the top of a compound file: what is embedded in it lies deeper. None when it is damaged.
func topEntries(data []byte) map[string]bool {
	r, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	names := map[string]bool{}
	for _, f := range r.File {
		if len(f.Path) == 0 {
			names[strings.ToLower(f.Name)] = true
		}
	}
	return names
}

// hasStream looks for a directory entry of a compound file: 128 bytes, at a multiple of that, the name in UTF-16 and its
// length with the closing NUL at byte 64.
func hasStream(data []byte, name string) bool {
	key := append(utf16le(name), 0, 0)
	for from := 0; ; {
		at := bytes.Index(data[from:], key)
		if at < 0 {
			return false
		}
		if at += from; at%128 == 0 && at+66 <= len(data) && int(data[at+64])|int(data[at+65])<<8 == len(key) {
			return true
		}
		from = at + 2
	}
}

func headText(data []byte) string { return decodeText(data[:min(len(data), 64<<10)]) }

// sniffText tells the formats that are text.
func sniffText(name string, data []byte) (string, error) {
	head := headText(data)
	start := strings.TrimLeft(head, " \t\n\ufeff")
	switch {
	case isMail(head):
		return sniffMail(data), nil
	case strings.HasPrefix(start, `{\rtf`):
		return "rtf", nil
	case strings.HasPrefix(start, "<?xml") || strings.HasPrefix(start, "<office:document"):
		return sniffXML(start)
	case isPage(start):
		return "html", nil
	case isTNEF(data):
		return "tnef", nil
	case bytes.HasPrefix(data, []byte("\xdb\xa5\x2d\x00")):
		return "", unknown("a document of Word 2; save it as .docx")
	}
	// A kind is named only for what is no text: "BMA response" begins as a bitmap does.
	if err := notText(head); err != nil {
		if what := binaryKind(data); what != "" {
			return "", unknown(what)
		}
		return "", err
	}
	if isTable(name, head) {
		return "csv", nil
	}
	return "text", nil
}

func sniffMail(data []byte) string {
	switch {
	case isMailbox(data):
		return "mbox"
	case isWebArchive(data):
		return "html"
	}
	return "eml"
}

var mailStart = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9-]{0,60}):`)

// mailHeaders are the headers that a mail program writes; 2 for those that nobody types at the head of a letter.
var mailHeaders = map[string]int{
	"received": 2, "message-id": 2, "mime-version": 2, "return-path": 2, "delivered-to": 2, "dkim-signature": 2,
	"content-transfer-encoding": 2, "content-disposition": 2, "received-spf": 2, "authentication-results": 2, "x-mailer": 2, "arc-seal": 2,
	"thread-topic": 2, "thread-index": 2, "x-received": 2, "in-reply-to": 2, "references": 2,
	"from": 1, "to": 1, "cc": 1, "subject": 1, "date": 1, "sender": 1, "reply-to": 1, "sent": 1,
}

// isMail tells the headers of RFC 5322 at the start. A memo may begin with "To:" and "From:" too, so a header that only
// programs write is asked for, or a sender with an address.
func isMail(head string) bool {
	head = strings.TrimLeft(head, " \t\n\ufeff")
	if strings.HasPrefix(head, "From ") {
		_, head, _ = strings.Cut(head, "\n")
	}
	score, lines, typed, address := 0, 0, true, false
	for line := range strings.SplitSeq(head, "\n") {
		if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			continue
		}
		at := mailStart.FindStringSubmatch(line)
		if at == nil {
			break
		}
		lines++
		key := strings.ToLower(at[1])
		value := line[len(at[0]):]
		weight := mailHeaders[key]
		if key == "content-type" && strings.Contains(value, "/") {
			weight = 2
		}
		score += weight
		typed = typed && weight < 2
		address = address || key == "from" && strings.Contains(value, "@")
	}
	return !typed && (score >= 3 || lines == 1) || address && score >= 2
}

func sniffXML(start string) (string, error) {
	head := start[:min(len(start), 8<<10)]
	switch {
	case strings.Contains(head, "<office:document") && strings.Contains(head, "opendocument.text"):
		return "odt", nil
	case strings.Contains(head, "<office:document") && strings.Contains(head, "opendocument.presentation"):
		return "odp", nil
	case strings.Contains(head, "<office:document") && strings.Contains(head, "opendocument.spreadsheet"):
		return "ods", nil
	case strings.Contains(head, "<office:document"):
		return "", unknown("an OpenDocument presentation or drawing; save it as PDF")
	case strings.Contains(head, "wordDocument"), strings.Contains(head, "Word.Document"):
		return "", unknown("a Word document in XML; save it as .docx")
	case strings.Contains(head, "urn:schemas-microsoft-com:office:spreadsheet"):
		return "xls", nil
	case strings.Contains(strings.ToLower(head), "<html"), strings.Contains(strings.ToLower(head), "<!doctype html"):
		return "html", nil
	}
	return "", unknown("an XML file")
}

var pageStart = regexp.MustCompile(`(?is)^(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|title|meta|div|p|h[1-6]|table|ul|ol|section|article|main|span|font|center|style|script|br|a)[\s>/]`)

func isPage(start string) bool { return pageStart.MatchString(start[:min(len(start), 8<<10)]) }

// binaryKind names what is no text, or gives "".
func binaryKind(data []byte) string {
	kind := mimetype.Detect(data)
	of := func(what string) string {
		if ending := strings.TrimPrefix(kind.Extension(), "."); ending != "" {
			return what + " (" + strings.ToUpper(ending) + ")"
		}
		return what
	}
	family, _, _ := strings.Cut(kind.String(), "/")
	switch {
	case kind.Is("image/svg+xml"):
		return "a drawing (SVG)"
	case family == "image":
		return of("a picture") + "; its words cannot be read"
	case family == "audio":
		return of("a sound recording")
	case family == "video":
		return of("a film")
	case family == "text", kind.Is("application/octet-stream"), isTextKind(kind):
		return ""
	}
	return of("a file of the kind " + kind.String())
}

// isTextKind tells the kinds that are text underneath, such as JSON.
func isTextKind(kind *mimetype.MIME) bool {
	for k := kind; k != nil; k = k.Parent() {
		if k.Is("text/plain") {
			return true
		}
	}
	return false
}
