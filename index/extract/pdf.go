package extract

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
)

// readPDF reads a PDF. PDFium gives the characters of each page and where they stand; the layout (pdfruns.go to
// pdfparagraphs.go) makes paragraphs of them, since a PDF itself has no lines, columns or paragraphs.
func readPDF(ctx context.Context, _ string, data []byte) (*Document, error) {
	b := &builder{}
	var pages []pdfPage
	var readErr error
	err := sharedPDF.use(ctx, func(instance pdfium.Pdfium) bool {
		opened, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
		if err != nil {
			readErr = openingPDF(err)
			return trapped(err)
		}
		file := pdfFile{instance: instance, document: opened.Document}
		pages, readErr = file.pages(ctx, b)
		if !file.trapped {
			file.closeForm()
		}
		return file.trapped
	})
	if err := cmp.Or(err, readErr); err != nil {
		return nil, err
	}
	if err := noteScans(b, pages); err != nil {
		return nil, err
	}
	if err := layOut(b, pages); err != nil {
		return nil, err
	}
	return b.document(), nil
}

// openingPDF says in this package's terms why a PDF did not open.
func openingPDF(err error) error {
	if errors.Is(err, pdferrors.ErrPassword) || errors.Is(err, pdferrors.ErrSecurity) {
		return ErrEncrypted
	}
	return fmt.Errorf("%w: %v", ErrDamaged, err)
}

// trapped reports whether err is the sandbox's and not PDFium's answer about the file: after it the sandbox is not to be used again.
func trapped(err error) bool {
	for _, answer := range []error{pdferrors.ErrUnknown, pdferrors.ErrFile, pdferrors.ErrFormat, pdferrors.ErrPassword, pdferrors.ErrSecurity, pdferrors.ErrPage} {
		if errors.Is(err, answer) {
			return false
		}
	}
	return err != nil
}

// failed reports whether err is one, and notes when the sandbox trapped: other errors only mean that PDFium found no such thing.
func (f *pdfFile) failed(err error) bool {
	if err != nil && strings.Contains(err.Error(), "wasm error") { // wazero has no error type for a trap
		f.trapped = true
	}
	return err != nil
}

// A pdfFile is an open PDF.
type pdfFile struct {
	instance pdfium.Pdfium
	document references.FPDF_DOCUMENT
	form     references.FPDF_FORMHANDLE // "" until a field is read
	trapped  bool                       // the sandbox is not to be used again
}

// pages reads the facts into b and every page's runs of text. A page that cannot be read is warned of and left out.
func (f *pdfFile) pages(ctx context.Context, b *builder) ([]pdfPage, error) {
	counted, err := f.instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: f.document})
	if err != nil {
		f.trapped = true
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	f.facts(&b.doc.Facts)
	f.noteXFA(b)
	count := counted.PageCount
	if count > MaxPages { // some files lie about it, and a true submission never has so many
		b.warn("", fmt.Sprintf("Only the first %d pages were read.", MaxPages))
		count = MaxPages
	}
	b.doc.Facts.Pages = count
	var pages []pdfPage
	for i := range count {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		page, err := f.page(i, &b.doc.Facts)
		if err == nil {
			pages = append(pages, page)
			if !f.trapped {
				continue
			}
			b.warn(fmt.Sprintf("page %d", i+1), "This page stopped the PDF reader; its form fields and the pages after it were not read.")
			break
		}
		if trapped(err) {
			f.trapped = true
			b.warn(fmt.Sprintf("page %d", i+1), "This page stopped the PDF reader; it and the pages after it were not read.")
			break
		}
		b.warn(fmt.Sprintf("page %d", i+1), "This page is damaged; its words were not read.")
	}
	if len(pages) == 0 {
		return nil, fmt.Errorf("%w: none of its %d pages can be read", ErrDamaged, counted.PageCount)
	}
	return pages, nil
}

// noteXFA warns of a form that only Adobe's own programs show: its pages hold nothing but a request to wait.
func (f *pdfFile) noteXFA(b *builder) {
	form, err := f.instance.FPDF_GetFormType(&requests.FPDF_GetFormType{Document: f.document})
	if err == nil && form.FormType == enums.FPDF_FORMTYPE_XFA_FULL {
		b.warn("", "This is a form made for Adobe Reader only; what was filled in may be missing. Ask the member to print it to PDF.")
	}
}

// fewLetters is the number of letters and digits under which a page with a picture counts as a scan: a stamp or a page number.
const fewLetters = 20

func (f *pdfFile) page(index int, facts *Facts) (pdfPage, error) {
	ref := requests.Page{ByIndex: &requests.PageByIndex{Document: f.document, Index: index}}
	text, err := f.instance.GetPageTextStructured(&requests.GetPageTextStructured{
		Page: ref, Mode: requests.GetPageTextStructuredModeChars, CollectFontInformation: true,
	})
	if err != nil {
		return pdfPage{}, err
	}
	if err := f.mendPairs(ref, text.Chars); err != nil {
		return pdfPage{}, err
	}
	glyphs := make([]glyph, 0, len(text.Chars))
	letters := 0
	for _, c := range text.Chars {
		g := newGlyph(c)
		if strings.ContainsFunc(g.text, wordRune) {
			letters++
		}
		glyphs = append(glyphs, g)
	}
	fields := f.annotations(ref, facts)
	var rules []pdfRule
	if letters > 0 && !f.trapped {
		rules = f.rules(ref)
	}
	page := newPDFPage(index+1, glyphs, fields, rules)
	page.scan = letters < fewLetters && !f.trapped && f.pictured(ref)
	return page, nil
}

// mendPairs puts characters beyond U+FFFF (emoji among them) together: PDFium gives their two UTF-16 halves one by one,
// and its Go side has already turned each into U+FFFD.
func (f *pdfFile) mendPairs(page requests.Page, chars []*responses.GetPageTextStructuredChar) error {
	half := func(c *responses.GetPageTextStructuredChar) bool { return c.Text == "\uFFFD" }
	if !slices.ContainsFunc(chars, half) {
		return nil
	}
	loaded, err := f.instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return err
	}
	defer f.instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage})
	var first rune
	for i, c := range chars {
		if !half(c) {
			continue
		}
		code, err := f.instance.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: loaded.TextPage, Index: i})
		if err != nil {
			return err
		}
		r := rune(code.Unicode)
		if whole := utf16.DecodeRune(first, r); whole != unicode.ReplacementChar {
			chars[i-1].Text, c.Text = string(whole), ""
		}
		first = r
	}
	return nil
}

// pictured reports whether the page shows a picture, looking at the first fifty things on it: a scan has one or a few.
func (f *pdfFile) pictured(page requests.Page) bool {
	counted, err := f.instance.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil {
		return false
	}
	for i := range min(counted.Count, 50) {
		object, err := f.instance.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
		if err == nil && f.picture(object.PageObject, 3) {
			return true
		}
	}
	return false
}

// picture looks into groups of objects, depth deep.
func (f *pdfFile) picture(object references.FPDF_PAGEOBJECT, depth int) bool {
	kind, err := f.instance.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object})
	if err != nil {
		return false
	}
	if kind.Type != enums.FPDF_PAGEOBJ_FORM || depth == 0 {
		return kind.Type == enums.FPDF_PAGEOBJ_IMAGE
	}
	counted, err := f.instance.FPDFFormObj_CountObjects(&requests.FPDFFormObj_CountObjects{PageObject: object})
	if err != nil {
		return false
	}
	for i := range min(counted.Count, 50) {
		inner, err := f.instance.FPDFFormObj_GetObject(&requests.FPDFFormObj_GetObject{PageObject: object, Index: uint64(i)})
		if err == nil && f.picture(inner.PageObject, depth-1) {
			return true
		}
	}
	return false
}

// facts reads the document information. The date is the last time it was saved, or else when it was made.
func (f *pdfFile) facts(facts *Facts) {
	meta, err := f.instance.GetMetaData(&requests.GetMetaData{Document: f.document})
	if err != nil {
		return
	}
	made := ""
	for _, tag := range meta.Tags {
		value := strings.TrimSpace(strings.ToValidUTF8(tag.Value, "\uFFFD"))
		switch tag.Tag {
		case "Title":
			facts.Title = value
		case "Author":
			facts.Author = value
		case "Subject":
			facts.Subject = value
		case "ModDate":
			facts.Date = pdfDate(value)
		case "CreationDate":
			made = pdfDate(value)
		}
	}
	if facts.Date == "" {
		facts.Date = made
	}
}

// pdfDate turns "D:20260203102030+01'00'" into RFC 3339; "" when it is not a date. Everything after the year may be
// missing (ISO 32000-1, 7.9.4); a time without a zone is taken as UTC.
func pdfDate(s string) string {
	s = strings.ReplaceAll(strings.TrimPrefix(s, "D:"), "'", "")
	for _, layout := range []string{"20060102150405Z0700", "20060102150405Z07", "20060102150405", "200601021504", "20060102", "200601", "2006"} {
		t, err := time.Parse(layout, strings.Replace(s, "Z0000", "Z", 1))
		if err == nil {
			return t.Format(time.RFC3339)
		}
	}
	return ""
}

// noteScans warns of pages that are pictures only, and fails when there is nothing else in the file.
func noteScans(b *builder, pages []pdfPage) error {
	scans, words := []int{}, false
	for _, p := range pages {
		if p.scan {
			scans = append(scans, p.number)
		}
		if !p.scan && (len(p.runs) > 0 || p.turned != "") || slices.ContainsFunc(p.fields, func(f pdfField) bool { return f.filled() }) {
			words = true
		}
	}
	b.doc.Facts.Pictures = len(scans)
	if len(scans) > 0 && !words {
		return fmt.Errorf("%w: %s", ErrScanned, pageRange(scans))
	}
	for _, n := range scans {
		b.warn(fmt.Sprintf("page %d", n), "This page is a picture without text; its words were not read.")
	}
	return nil
}

// pageRange writes ascending page numbers as "page 4" or "pages 1-3, 5".
func pageRange(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		if i == j {
			parts = append(parts, fmt.Sprint(numbers[i]))
		} else {
			parts = append(parts, fmt.Sprintf("%d-%d", numbers[i], numbers[j]))
		}
		i = j + 1
	}
	if len(numbers) == 1 {
		return "page " + parts[0]
	}
	return "pages " + strings.Join(parts, ", ")
}
