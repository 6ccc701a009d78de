package extract

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// flatSlides makes a .fodp of what stands in its presentation.
func flatSlides(body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:office" xmlns:style="urn:style" xmlns:text="urn:text" xmlns:draw="urn:draw" xmlns:presentation="urn:presentation" xmlns:table="urn:table" xmlns:dc="urn:dc" office:mimetype="application/vnd.oasis.opendocument.presentation">
<office:automatic-styles><style:style style:name="dp2" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>
<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="x"/><text:list-level-style-bullet text:level="2" text:bullet-char="x"/></text:list-style>
<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>
<text:list-style style:name="M"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>
<text:list-style style:name="O"><text:list-level-style-number text:level="1" style:num-format=""/></text:list-style></office:automatic-styles>
<office:master-styles><style:master-page style:name="Used"><draw:frame presentation:class="title"><draw:text-box><text:p>Click to edit</text:p></draw:text-box></draw:frame><draw:frame><draw:text-box><text:p>Riverside Play Forum</text:p></draw:text-box></draw:frame><draw:frame><draw:image/></draw:frame></style:master-page>
<style:master-page style:name="Unused"><draw:frame><draw:text-box><text:p>Another forum</text:p></draw:text-box></draw:frame></style:master-page></office:master-styles>
<office:body><office:presentation>` + body + `</office:presentation></office:body></office:document>`
}

func odpFrame(class, content string) string {
	if class != "" {
		class = ` presentation:class="` + class + `"`
	}
	return `<draw:frame` + class + `><draw:text-box>` + content + `</draw:text-box></draw:frame>`
}

func odpItem(style, text string) string {
	return `<text:list text:style-name="` + style + `"><text:list-item><text:p>` + text + `</text:p></text:list-item></text:list>`
}

func TestOpenDocumentSlides(t *testing.T) {
	page := func(content string) string { return `<draw:page>` + content + `</draw:page>` }
	for _, tc := range []struct {
		name, body   string
		want, warned []string
	}{
		{"title first", page(odpFrame("outline", odpItem("B", "One")) + odpFrame("title", `<text:p>Pace</text:p><text:p>of it</text:p>`)), []string{"1 heading#: Pace\nof it", "1 item [•]: One"}, nil},
		{"numbers go on from list to list", page(odpFrame("outline", odpItem("B", "x")+odpItem("N", "a")+`<text:list text:style-name="N"><text:list-item>`+odpItem("N", "b")+`</text:list-item></text:list>`+odpItem("M", "c")+`<text:p>plain</text:p>`+odpItem("N", "d")+odpItem("O", "none"))),
			[]string{"1 item [•]: x", "1 item [1.]: a", "1 item> [a)]: b", "1 item [2.]: c", "1 paragraph: plain", "1 item [1.]: d", "1 paragraph: none"}, nil},
		{"a number given", page(odpFrame("", `<text:list text:style-name="N"><text:list-item text:start-value="7"><text:p>a</text:p><text:p>more</text:p></text:list-item></text:list>`)), []string{"1 item [7.]: a", "1 paragraph: more"}, nil},
		{"groups, links and shapes with text", page(`<draw:g><draw:a><draw:custom-shape><text:p>Deep</text:p><draw:enhanced-geometry/></draw:custom-shape></draw:a></draw:g><draw:line/>`), []string{"1 paragraph: Deep"}, nil},
		{"footers and dates that slides share", `<presentation:footer-decl presentation:name="f1">Play Forum</presentation:footer-decl>` + `<draw:page presentation:use-footer-name="f1">` + odpFrame("", "<text:p>a</text:p>") + odpFrame("page-number", "<text:p>1</text:p>") + `</draw:page><draw:page presentation:use-footer-name="f1">` + odpFrame("", "<text:p>b</text:p>") + `</draw:page>`,
			[]string{"1 paragraph: a", "1 page number: 1", "1 page footer: Play Forum", "2 paragraph: b"}, nil},
		{"words of the master in use", `<draw:page draw:master-page-name="Used">` + odpFrame("", "<text:p>a</text:p>") + `</draw:page>`, []string{"1 paragraph: a", "0 page header: Riverside Play Forum"}, nil},
		{"notes and places that nobody filled in", page(odpFrame("", "<text:p>a</text:p>") + `<draw:frame presentation:class="outline" presentation:placeholder="true"><draw:text-box><text:p>Click to add</text:p></draw:text-box></draw:frame><presentation:notes>` + odpFrame("notes", "<text:p>Pause here.</text:p>") + odpFrame("page-number", "<text:p>1</text:p>") + `</presentation:notes>`),
			[]string{"1 paragraph: a", "1 notes paragraph: Pause here."}, nil},
		{"table", page(`<draw:frame><table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Head</text:p></table:table-cell><table:covered-table-cell/></table:table-row><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table><draw:image/></draw:frame>`),
			[]string{"1 t1 r1 c1 cell: Head", "1 t1 r2 c1 cell: a", "1 t1 r2 c2 cell: b"}, nil},
		{"what is left out", `<draw:page draw:style-name="dp2">` + odpFrame("", "<text:p>a</text:p>") + `<draw:frame><draw:image/></draw:frame><draw:frame><draw:object><office:document office:mimetype="application/vnd.oasis.opendocument.chart"/></draw:object><draw:image/></draw:frame><draw:frame><draw:object-ole/><draw:image/></draw:frame><draw:frame><draw:object><math><mi>n</mi></math></draw:object></draw:frame><draw:frame><draw:plugin/><draw:image/></draw:frame><office:annotation><dc:creator>Dee Marsh</dc:creator><text:p>Sure?</text:p></office:annotation></draw:page>`,
			[]string{"1 paragraph: a", "1 paragraph: n"}, []string{"1 margin comment by Dee Marsh was left out.", "1 picture was not read; words in pictures are not in the text.", "1 chart was not read; words and figures in charts are not in the text.", "1 file inside the document was not read: an object of another program.", "Hidden in the show, but read: slide 1.", "1 film or sound was not read."}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc := mustRead(t, "a.fodp", flatSlides(tc.body))
			if diff := cmp.Diff(shownSlides(doc), tc.want); diff != "" {
				t.Error("(-got +want):", diff)
			}
			if diff := cmp.Diff(warnings(doc), tc.warned); diff != "" {
				t.Error("warnings (-got +want):", diff)
			}
			if doc.Format != "odp" {
				t.Errorf("got format %q", doc.Format)
			}
		})
	}
}

func TestOpenDocumentSlidesOnDisk(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "slides.odp"))
	if err != nil {
		t.Fatal(err)
	}
	doc := mustRead(t, "slides.odp", string(data))
	if diff := cmp.Diff(shownSlides(doc), slidesOnDisk); diff != "" {
		t.Error("(-got +want):", diff)
	}
	if f := doc.Facts; f.Title != "Play streets, and who they are for" || f.Author != "Dilys Okafor" || f.Pages != 6 {
		t.Errorf("got facts %+v", f)
	}
}

func TestOpenDocumentSlidesWithoutText(t *testing.T) {
	for _, tc := range []struct {
		name, body string
		want       error
	}{{"pictures of slides", `<draw:page><draw:frame><draw:image/></draw:frame></draw:page>`, ErrScanned}, {"nothing", `<draw:page/>`, ErrNoText}, {"broken", `<draw:page><a b`, ErrDamaged}} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := File(t.Context(), "a.fodp", []byte(flatSlides(tc.body))); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}

func FuzzODP(f *testing.F) {
	data, err := os.ReadFile(filepath.Join("testdata", "slides.odp"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data, "")
	f.Add([]byte(nil), `<draw:page draw:master-page-name="Used">`+odpFrame("title", odpItem("N", "Q1?"))+odpFrame("", `<text:list text:style-name="N"><text:p>a</text:p><text:list-item text:start-value="-1"><text:list><text:list-header/>`))
	f.Add([]byte(nil), `<presentation:footer-decl presentation:name="f">x</presentation:footer-decl><draw:page presentation:use-footer-name="f"><draw:frame><table:table><table:table-row><table:table-cell table:number-columns-repeated="99999999"/><presentation:notes><draw:g>`)
	f.Fuzz(func(t *testing.T, data []byte, body string) {
		if body != "" {
			data = []byte(flatSlides(body))
		}
		doc, err := readODP(t.Context(), "", data)
		if err == nil {
			checkWordBlocks(t, doc)
		}
	})
}
