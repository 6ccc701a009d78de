package extract

import (
	"cmp"
	"slices"
	"strings"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
)

// maxPageFields bounds the form fields and comments of one page that are looked at.
const maxPageFields = 2_000

// A pdfField is one place of a form to be filled in, or words that someone typed onto the page. PDFium's text of a page
// has neither. Lengths are as of a [glyph].
type pdfField struct {
	left, right, bottom, top float64
	name                     string // the form's own, the same for the buttons of one group
	tip                      string // what the form shows beside the pointer: usually the question
	value                    string // what was typed or chosen; for a box what it stands for
	box                      bool   // a tick box or round button
	ticked                   bool
	typed                    bool // words typed onto the page, without a form
}

// filled reports whether the field says something.
func (f *pdfField) filled() bool {
	return f.box && f.ticked || !f.box && strings.TrimSpace(f.value) != ""
}

// annotations reads a page's form fields, and counts its comments in facts.
func (f *pdfFile) annotations(page requests.Page, facts *Facts) []pdfField {
	counted, err := f.instance.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: page})
	if f.failed(err) {
		return nil
	}
	var fields []pdfField
	for i := range min(counted.Count, maxPageFields) {
		got, err := f.instance.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: page, Index: i})
		if f.failed(err) {
			continue
		}
		if field := f.annotation(got.Annotation, facts); field != nil {
			fields = append(fields, *field)
		}
		_, err = f.instance.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: got.Annotation})
		if f.failed(err) || f.trapped {
			break
		}
	}
	return fields
}

// annotation reads one annotation; nil when it is neither a field nor words on the page, or cannot be read or seen.
func (f *pdfFile) annotation(a references.FPDF_ANNOTATION, facts *Facts) *pdfField {
	kind, err := f.instance.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a})
	if f.failed(err) || kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_LINK || kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_POPUP {
		return nil
	}
	flags, err := f.instance.FPDFAnnot_GetFlags(&requests.FPDFAnnot_GetFlags{Annotation: a})
	if f.failed(err) || flags.Flags&(enums.FPDF_ANNOT_FLAG_HIDDEN|enums.FPDF_ANNOT_FLAG_NOVIEW) != 0 {
		return nil
	}
	rect, err := f.instance.FPDFAnnot_GetRect(&requests.FPDFAnnot_GetRect{Annotation: a})
	if f.failed(err) {
		return nil
	}
	r := rect.Rect
	field := &pdfField{
		left: float64(min(r.Left, r.Right)), right: float64(max(r.Left, r.Right)),
		bottom: float64(min(r.Bottom, r.Top)), top: float64(max(r.Bottom, r.Top)),
	}
	if kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_WIDGET {
		return f.widget(a, field)
	}
	contents, err := f.instance.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: a, Key: "Contents"})
	if f.failed(err) || strings.TrimSpace(contents.Value) == "" {
		return nil
	}
	if kind.Subtype != enums.FPDF_ANNOT_SUBTYPE_FREETEXT {
		facts.Comments++
		return nil
	}
	field.typed, field.value = true, typedText(contents.Value)
	return field
}

// widget reads what stands in a form field; nil when nothing can be typed or chosen there.
func (f *pdfFile) widget(a references.FPDF_ANNOTATION, field *pdfField) *pdfField {
	form, err := f.formHandle()
	if f.failed(err) {
		return nil
	}
	kind, err := f.instance.FPDFAnnot_GetFormFieldType(&requests.FPDFAnnot_GetFormFieldType{FormHandle: form, Annotation: a})
	if f.failed(err) {
		return nil
	}
	if name, err := f.instance.FPDFAnnot_GetFormFieldName(&requests.FPDFAnnot_GetFormFieldName{FormHandle: form, Annotation: a}); !f.failed(err) {
		field.name = oneLine(name.FormFieldName, maxQuestion)
	}
	if tip, err := f.instance.FPDFAnnot_GetFormFieldAlternateName(&requests.FPDFAnnot_GetFormFieldAlternateName{FormHandle: form, Annotation: a}); !f.failed(err) {
		field.tip = oneLine(tip.FormFieldAlternateName, maxQuestion)
	}
	switch kind.FormFieldType {
	case enums.FPDF_FORMFIELD_TYPE_TEXTFIELD:
		const password = 1 << 13 // PDF 1.7, table 228
		flags, err := f.instance.FPDFAnnot_GetFormFieldFlags(&requests.FPDFAnnot_GetFormFieldFlags{FormHandle: form, Annotation: a})
		if f.failed(err) || int(flags.Flags)&password != 0 {
			return nil
		}
		field.value = f.fieldValue(form, a)
	case enums.FPDF_FORMFIELD_TYPE_COMBOBOX, enums.FPDF_FORMFIELD_TYPE_LISTBOX:
		if field.value = f.selected(form, a); field.value == "" {
			field.value = f.fieldValue(form, a)
		}
	case enums.FPDF_FORMFIELD_TYPE_CHECKBOX, enums.FPDF_FORMFIELD_TYPE_RADIOBUTTON:
		field.box = true
		state, err := f.instance.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: a, Key: "AS"})
		field.ticked = !f.failed(err) && state.Value != "" && state.Value != "Off"
		value, err := f.instance.FPDFAnnot_GetFormFieldExportValue(&requests.FPDFAnnot_GetFormFieldExportValue{FormHandle: form, Annotation: a})
		if !f.failed(err) {
			field.value = oneLine(value.Value, maxQuestion)
		}
	default:
		return nil
	}
	return field
}

func (f *pdfFile) fieldValue(form references.FPDF_FORMHANDLE, a references.FPDF_ANNOTATION) string {
	value, err := f.instance.FPDFAnnot_GetFormFieldValue(&requests.FPDFAnnot_GetFormFieldValue{FormHandle: form, Annotation: a})
	if f.failed(err) {
		return ""
	}
	return typedText(value.FormFieldValue)
}

// selected gives the chosen options of a list, one a line.
func (f *pdfFile) selected(form references.FPDF_FORMHANDLE, a references.FPDF_ANNOTATION) string {
	const most = 1_000 // countries, authorities: no list of a form is longer
	counted, err := f.instance.FPDFAnnot_GetOptionCount(&requests.FPDFAnnot_GetOptionCount{FormHandle: form, Annotation: a})
	if f.failed(err) {
		return ""
	}
	var chosen []string
	for i := range min(counted.OptionCount, most) {
		is, err := f.instance.FPDFAnnot_IsOptionSelected(&requests.FPDFAnnot_IsOptionSelected{FormHandle: form, Annotation: a, Index: i})
		if f.failed(err) || !is.IsOptionSelected {
			continue
		}
		label, err := f.instance.FPDFAnnot_GetOptionLabel(&requests.FPDFAnnot_GetOptionLabel{FormHandle: form, Annotation: a, Index: i})
		if !f.failed(err) {
			chosen = append(chosen, typedText(label.OptionLabel))
		}
	}
	return strings.Join(chosen, "\n")
}

// formHandle opens the document's form at the first field. This PDFium holds no JavaScript, so that no script runs.
func (f *pdfFile) formHandle() (references.FPDF_FORMHANDLE, error) {
	if f.form != "" {
		return f.form, nil
	}
	opened, err := f.instance.FPDFDOC_InitFormFillEnvironment(&requests.FPDFDOC_InitFormFillEnvironment{
		Document: f.document, FormFillInfo: unanswered(),
	})
	if f.failed(err) {
		return "", err
	}
	f.form = opened.FormHandle
	return f.form, nil
}

// unanswered answers nothing of what a form may ask of the program that shows it.
func unanswered() structs.FPDF_FORMFILLINFO {
	return structs.FPDF_FORMFILLINFO{
		FFI_Invalidate:         func(references.FPDF_PAGE, float64, float64, float64, float64) {},
		FFI_SetCursor:          func(enums.FXCT) {},
		FFI_SetTimer:           func(int, func(int)) int { return 0 },
		FFI_KillTimer:          func(int) {},
		FFI_GetLocalTime:       func() structs.FPDF_SYSTEMTIME { return structs.FPDF_SYSTEMTIME{} },
		FFI_GetPage:            func(references.FPDF_DOCUMENT, int) *references.FPDF_PAGE { return nil },
		FFI_GetRotation:        func(references.FPDF_PAGE) enums.FPDF_PAGE_ROTATION { return enums.FPDF_PAGE_ROTATION_NONE },
		FFI_ExecuteNamedAction: func(string) {},
	}
}

// closeForm has to come before the document is closed.
func (f *pdfFile) closeForm() {
	if f.form == "" {
		return
	}
	// The sandbox is thrown away after the file; nothing depends on how this ends.
	_, _ = f.instance.FPDFDOC_ExitFormFillEnvironment(&requests.FPDFDOC_ExitFormFillEnvironment{FormHandle: f.form})
	f.form = ""
}

// typedText is what was typed, with the line breaks of this package.
func typedText(s string) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), "\uFFFD")
	return strings.TrimRight(strings.ReplaceAll(s, "\x00", ""), " \n")
}

// turned moves a field as glyphs are moved when the page is turned back.
func (f pdfField) turned(quarters int) pdfField {
	for range quarters {
		f.left, f.right, f.bottom, f.top = f.bottom, f.top, -f.right, -f.left
	}
	return f
}

// sortFields puts fields in reading order: from the top down, those of one row from left to right.
func sortFields(fields []pdfField) {
	slices.SortStableFunc(fields, func(a, b pdfField) int { return cmp.Compare(b.top, a.top) })
	for from := 0; from < len(fields); {
		to := from + 1
		for to < len(fields) && fields[to].top > (fields[from].bottom+fields[from].top)/2 {
			to++
		}
		slices.SortStableFunc(fields[from:to], func(a, b pdfField) int { return cmp.Compare(a.left, b.left) })
		from = to
	}
}
