package extract

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const slideNames = `xmlns:p="urn:p" xmlns:a="urn:a" xmlns:r="urn:r" xmlns:mc="urn:mc" xmlns:dgm="urn:dgm" xmlns:a14="urn:a14"`

// slideShow makes a .pptx of slides, given as the XML of their shapes, and further name, content pairs. A slide's
// relations are those parts whose names hold "-" and the slide's number, by their kind: "ppt/notesSlide-2.xml".
func slideShow(t testing.TB, slides []string, parts ...string) []byte {
	t.Helper()
	list, rels := "", relsHead
	var all []string
	for i, shapes := range slides {
		n := fmt.Sprint(i + 1)
		list += `<p:sldId id="` + fmt.Sprint(256+i) + `" r:id="s` + n + `"/>`
		rels = strings.Replace(rels, relsHead, relsHead+`<Relationship Id="s`+n+`" Type="http://x/slide" Target="slide`+n+`.xml"/>`, 1) // not in order
		own := relsHead + `<Relationship Id="layout" Type="http://x/slideLayout" Target="layout.xml"/>`
		for p := 0; p < len(parts); p += 2 {
			if kind, of, found := strings.Cut(strings.TrimSuffix(filepath.Base(parts[p]), ".xml"), "-"); found && of == n {
				own += `<Relationship Id="` + kind + `" Type="http://x/` + kind + `" Target="` + filepath.Base(parts[p]) + `"/>`
			}
		}
		head := `<p:sld ` + slideNames
		if hidden, found := strings.CutPrefix(shapes, "hidden "); found {
			head, shapes = head+` show="0"`, hidden
		}
		all = append(all, "ppt/slide"+n+".xml", head+`><p:cSld><p:spTree>`+shapes+`</p:spTree></p:cSld></p:sld>`, "ppt/_rels/slide"+n+".xml.rels", own+relsTail)
	}
	for p := 0; p < len(parts); p += 2 {
		if kind := strings.TrimSuffix(filepath.Base(parts[p]), ".xml"); !strings.Contains(kind, "-") {
			rels += `<Relationship Id="` + kind + `" Type="http://x/` + kind + `" Target="` + filepath.Base(parts[p]) + `"/>`
		}
	}
	all = append(all, "ppt/presentation.xml", `<p:presentation `+slideNames+`><p:sldIdLst>`+list+`</p:sldIdLst></p:presentation>`, "ppt/_rels/presentation.xml.rels", rels+relsTail,
		"ppt/_rels/layout.xml.rels", relsHead+`<Relationship Id="m" Type="http://x/slideMaster" Target="master.xml"/>`+relsTail)
	return zipped(t, append(all, parts...)...)
}

// shape makes a shape; holder is "" or the attributes of a placeholder, and each paragraph is its properties, "|", its text.
func shape(holder string, paragraphs ...string) string {
	if holder != "" {
		holder = `<p:nvSpPr><p:nvPr><p:ph ` + holder + `/></p:nvPr></p:nvSpPr>`
	}
	return `<p:sp>` + holder + slideBody("p:txBody", paragraphs...) + `</p:sp>`
}

func slideBody(tag string, paragraphs ...string) string {
	s := `<` + tag + `>`
	for _, p := range paragraphs {
		properties, text, found := strings.Cut(p, "|")
		if !found {
			properties, text = "", p
		}
		s += `<a:p>` + properties + `<a:r><a:t>` + text + `</a:t></a:r></a:p>`
	}
	return s + `</` + tag + `>`
}

// slideMaster and slideLayout mark the body as PowerPoint does: bullets on every level, from the master.
var slideInherited = []string{
	"ppt/layout.xml", `<p:sldLayout ` + slideNames + `><p:cSld><p:spTree>` + shape(`type="title"`, "Click to edit") + shape(`type="body" idx="7"`, "Text") +
		`<p:sp><p:nvSpPr><p:nvPr><p:ph type="body" idx="9"/></p:nvPr></p:nvSpPr><p:txBody><a:lstStyle><a:lvl1pPr><a:buNone/><a:defRPr b="1"/></a:lvl1pPr></a:lstStyle></p:txBody></p:sp>` +
		shape("", "Riverside Play Forum") + `</p:spTree></p:cSld></p:sldLayout>`,
	"ppt/master.xml", `<p:sldMaster ` + slideNames + `><p:cSld><p:spTree>` + shape(`type="body"`, "Text") + `</p:spTree></p:cSld><p:txStyles><p:titleStyle><a:lvl1pPr><a:buNone/></a:lvl1pPr></p:titleStyle>` +
		`<p:bodyStyle><a:lvl1pPr><a:buChar char="•"/></a:lvl1pPr><a:lvl2pPr><a:buChar char="–"/></a:lvl2pPr></p:bodyStyle><p:otherStyle/></p:txStyles></p:sldMaster>`,
}

// shownSlides gives the blocks with their slides.
func shownSlides(doc *Document) []string {
	out := shown(doc)
	for i, b := range doc.Blocks {
		where := fmt.Sprint(b.Place.Page)
		if b.Place.Part != "" {
			where += " " + b.Place.Part
		}
		if b.Place.Table > 0 {
			where += fmt.Sprintf(" t%d r%d c%d", b.Place.Table, b.Place.Row, b.Place.Column)
		}
		out[i] = where + " " + out[i]
	}
	return out
}

func TestSlides(t *testing.T) {
	numbered := func(scheme, more string) string {
		return `<a:pPr` + more + `><a:buAutoNum type="` + scheme + `"/></a:pPr>|`
	}
	for _, tc := range []struct {
		name   string
		slides []string
		parts  []string
		want   []string
		warned []string
	}{
		{"title first, bullets from the master", []string{shape(`idx="7"`, "One", `<a:pPr lvl="1"/>|Two`, `<a:pPr><a:buNone/></a:pPr>|Three`) + shape(`type="title"`, "Pace")}, nil,
			[]string{"1 heading#: Pace", "1 item [•]: One", "1 item> [•]: Two", "1 paragraph: Three"}, nil},
		{"the layout takes bullets away", []string{shape(`type="body" idx="9"`, "Plain")}, nil, []string{"1 paragraph: Plain"}, nil},
		{"raised and lowered figures", []string{`<p:sp><p:txBody><a:p><a:r><a:t>10</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>6</a:t></a:r><a:r><a:t> CO</a:t></a:r><a:r><a:rPr baseline="-25000"/><a:t>2</a:t></a:r></a:p></p:txBody></p:sp>`}, nil, []string{"1 paragraph: 10⁶ CO₂"}, nil},
		{"a text box has no bullets", []string{shape("", "Plain", `<a:pPr><a:buChar char="-"/></a:pPr>|Marked`)}, nil, []string{"1 paragraph: Plain", "1 item [•]: Marked"}, nil},
		{"numbers go on past deeper levels and stop at plain text", []string{shape(`idx="7"`, numbered("arabicPeriod", "")+"a", numbered("alphaLcParenBoth", ` lvl="1"`)+"b", numbered("alphaLcParenBoth", ` lvl="1"`)+"c", numbered("arabicPeriod", "")+"d",
			numbered("arabicPeriod", "")+" ", numbered("arabicPeriod", "")+"e", `<a:pPr><a:buNone/></a:pPr>|plain`, numbered("arabicPeriod", "")+"f", `<a:pPr><a:buAutoNum type="romanUcParenR" startAt="4"/></a:pPr>|g`)}, nil,
			[]string{"1 item [1.]: a", "1 item> [(a)]: b", "1 item> [(b)]: c", "1 item [2.]: d", "1 item [3.]: e", "1 paragraph: plain", "1 item [1.]: f", "1 item [IV)]: g"}, nil},
		{"groups, formulas and either of two forms", []string{`<p:grpSp><p:grpSp>` + shape("", "Deep") + `</p:grpSp></p:grpSp><mc:AlternateContent><mc:Choice Requires="a14">` +
			`<p:sp><p:txBody><a:p><a:r><a:t>n = </a:t></a:r><a14:m><m:oMath xmlns:m="urn:m"><m:r><m:t>42</m:t></m:r></m:oMath></a14:m><a:br/><a:fld type="slidenum"><a:t>7</a:t></a:fld></a:p></p:txBody></p:sp></mc:Choice><mc:Fallback><p:pic/></mc:Fallback></mc:AlternateContent>`}, nil,
			[]string{"1 paragraph: Deep", "1 paragraph: n = 42\n7"}, nil},
		{"footers each once, and the slide's number", []string{
			shape("", "a") + shape(`type="ftr"`, "Play Forum") + shape(`type="dt"`, "4 May 2023") + shape(`type="sldNum"`, "1"),
			shape("", "b") + shape(`type="ftr"`, "Play Forum") + shape(`type="dt"`, "4 May 2023") + shape(`type="sldNum"`, "2")}, nil,
			[]string{"1 paragraph: a", "1 page footer: Play Forum", "1 date of the slides: 4 May 2023", "1 page number: 1", "2 paragraph: b", "2 page number: 2"}, nil},
		{"what stands behind every slide", []string{shape("", "a"), shape("", "b")}, slideInherited, []string{"1 paragraph: a", "2 paragraph: b", "0 page header: Riverside Play Forum"}, nil},
		{"table with merged cells", []string{`<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc gridSpan="2">` + slideBody("a:txBody", "Head") + `</a:tc><a:tc hMerge="1">` + slideBody("a:txBody", "") + `</a:tc><a:tc>` + slideBody("a:txBody", "End") + `</a:tc></a:tr>` +
			`<a:tr><a:tc>` + slideBody("a:txBody", "a", "b") + `</a:tc><a:tc>` + slideBody("a:txBody", "c") + `</a:tc><a:tc vMerge="1"/></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`}, nil,
			[]string{"1 t1 r1 c1 cell: Head", "1 t1 r1 c3 cell: End", "1 t1 r2 c1 cell: a\nb", "1 t1 r2 c2 cell: c"}, nil},
		{"notes", []string{shape(`type="title"`, "Pace") + shape("", "Slow.")},
			[]string{"ppt/notesSlide-1.xml", `<p:notes ` + slideNames + `><p:cSld><p:spTree>` + shape(`type="sldImg"`) + shape(`type="body" idx="1"`, "Pause here.") + shape(`type="sldNum"`, "1") + `</p:spTree></p:cSld></p:notes>`},
			[]string{"1 heading#: Pace", "1 paragraph: Slow.", "1 notes paragraph: Pause here."}, nil},
		{"hidden slide and a slide that is not there", []string{shape("", "a"), "hidden " + shape("", "b")}, nil, []string{"1 paragraph: a", "2 paragraph: b"}, []string{"Hidden in the show, but read: slide 2."}},
		{"pictures, charts, films, comments", []string{shape("", "a") + `<p:pic/><p:pic><p:nvPicPr><p:nvPr><a:videoFile/></p:nvPr></p:nvPicPr></p:pic><p:graphicFrame><a:graphic><a:graphicData><c:chart xmlns:c="urn:c"/></a:graphicData></a:graphic></p:graphicFrame>` +
			`<p:graphicFrame><a:graphic><a:graphicData><mc:AlternateContent><mc:Choice><p:oleObj progId="Excel.Sheet.12" r:id="package"/></mc:Choice><mc:Fallback><p:oleObj progId="Excel.Sheet.12" r:id="package"><p:pic/></p:oleObj></mc:Fallback></mc:AlternateContent></a:graphicData></a:graphic></p:graphicFrame>`},
			[]string{"ppt/commentAuthors.xml", `<p:cmAuthorLst ` + slideNames + `><p:cmAuthor id="3" name="Dee Marsh"/></p:cmAuthorLst>`, "ppt/comments-1.xml", `<p:cmLst ` + slideNames + `><p:cm authorId="3"><p:text>Sure?</p:text><p:replyLst><p:reply authorId="4"/></p:replyLst></p:cm></p:cmLst>`, "ppt/package-1.xml", "<x/>", "ppt/oleObject-1.xml", "<x/>"},
			[]string{"1 paragraph: a"}, []string{"2 margin comments by Dee Marsh were left out.", "1 picture was not read; words in pictures are not in the text.", "1 chart was not read; words and figures in charts are not in the text.",
				"2 files inside the document were not read: an Excel workbook, a file without a name.", "1 film or sound was not read."}},
		{"damaged slide", []string{shape("", "a"), shape("", "b") + "<a:p", shape("", "c")}, nil, []string{"1 paragraph: a", "2 paragraph: b", "3 paragraph: c"}, []string{"Damaged, so that words are missing: slide 2."}},
		{"diagram in the order of its branches", []string{`<p:graphicFrame><a:graphic><a:graphicData><dgm:relIds r:dm="diagramData"/></a:graphicData></a:graphic></p:graphicFrame>`},
			[]string{"ppt/diagramData-1.xml", `<dgm:dataModel ` + slideNames + `><dgm:ptLst><dgm:pt modelId="0" type="doc"/><dgm:pt modelId="1">` + slideBody("dgm:t", "Ask") + `</dgm:pt><dgm:pt modelId="2">` + slideBody("dgm:t", "Count") + `</dgm:pt>` +
				`<dgm:pt modelId="3">` + slideBody("dgm:t", "Ask families") + `</dgm:pt><dgm:pt modelId="9" type="pres">` + slideBody("dgm:t", "") + `</dgm:pt></dgm:ptLst><dgm:cxnLst><dgm:cxn srcId="0" destId="2" srcOrd="1"/><dgm:cxn srcId="0" destId="1" srcOrd="0"/><dgm:cxn srcId="1" destId="3" srcOrd="0"/><dgm:cxn type="presOf" srcId="3" destId="9"/></dgm:cxnLst></dgm:dataModel>`},
			[]string{"1 box: Ask\nAsk families\nCount"}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			parts := tc.parts
			if strings.Contains(tc.slides[0], "idx=") {
				parts = slices.Concat(parts, slideInherited)
			}
			doc := mustRead(t, "a.pptx", string(slideShow(t, tc.slides, parts...)))
			got := slices.DeleteFunc(shownSlides(doc), func(s string) bool { return len(tc.parts) == 0 && strings.HasPrefix(s, "0 page header") })
			if diff := cmp.Diff(got, tc.want); diff != "" {
				t.Error("(-got +want):", diff)
			}
			if diff := cmp.Diff(warnings(doc), tc.warned); diff != "" {
				t.Error("warnings (-got +want):", diff)
			}
			if doc.Facts.Pages != len(tc.slides) {
				t.Errorf("got %d pages", doc.Facts.Pages)
			}
		})
	}
}

func TestSlideHeadingsEndWithTheSlide(t *testing.T) {
	doc := mustRead(t, "a.pptx", string(slideShow(t, []string{shape(`type="title"`, "Question 1: Is it slow?") + shape("", "Yes."), shape("", "Thank you.")})))
	answer, thanks := doc.Blocks[1].Place, doc.Blocks[2].Place
	if answer.Question != "Question 1: Is it slow?" || len(answer.Headings) != 1 {
		t.Errorf("got %+v for the answer", answer)
	}
	if thanks.Question != "" || len(thanks.Headings) != 0 || thanks.Paragraph != 3 {
		t.Errorf("got %+v for the next slide", thanks)
	}
}

func TestSlidesWithoutText(t *testing.T) {
	for _, tc := range []struct {
		name  string
		slide string
		want  error
	}{{"pictures of slides", "<p:pic/>", ErrScanned}, {"nothing", "", ErrNoText}, {"broken", "<a:p", ErrDamaged}} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := File(t.Context(), "a.pptx", slideShow(t, []string{tc.slide})); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
	if _, err := File(t.Context(), "a.pptx", zipped(t, "ppt/presentation.xml", "<p/>")); !errors.Is(err, ErrNoText) {
		t.Errorf("no slides: got %v, want ErrNoText", err)
	}
}

// slidesOnDisk is what testdata/slides.* say, written by pandoc and by LibreOffice.
var slidesOnDisk = []string{
	"1 heading#: Play streets, and who they are for", "1 paragraph: A response by the Riverside Play Forum\n\nDilys Okafor", "1 date of the slides: 4 May 2023",
	"2 heading#: What we were asked", "3 heading#: Question 1: Do you agree with the pace?",
	"3 item [•]: We welcome the plan, but the pace is too slow.", "3 item> [•]: Two streets in a year are not enough.", "3 item> [•]: Councils say they have no officers.", "3 item [•]: Closing a street should cost families nothing.",
	"3 notes paragraph: Pause here. Say that the forum asked 31 families.", "3 notes paragraph: Mention the letter from Moss Lane.",
	"4 heading#: What should happen next", "4 item [1.]: Publish the guidance by March.", "4 item [2.]: Fund one officer a borough:", "4 item> [a)]: paid for three years,", "4 item> [b)]: with a phone number.", "4 item [3.]: Count the streets each year.",
	"5 heading#: Costs by borough", "5 t1 r1 c1 cell: Borough", "5 t1 r1 c2 cell: Streets", "5 t1 r1 c3 cell: Cost", "5 t1 r2 c1 cell: Easton", "5 t1 r2 c2 cell: 12", "5 t1 r2 c3 cell: £4,100", "5 t1 r3 c1 cell: Wick", "5 t1 r3 c2 cell: 3", "5 t1 r3 c3 cell: £900",
	"5 paragraph: Streets and their cost", "6 heading#: Two views", "6 paragraph: Left: families back it.", "6 paragraph: Right: drivers are unsure.",
}

func TestSlidesOnDisk(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "slides.pptx"))
	if err != nil {
		t.Fatal(err)
	}
	doc := mustRead(t, "slides.pptx", string(data))
	if diff := cmp.Diff(shownSlides(doc), slidesOnDisk); diff != "" {
		t.Error("(-got +want):", diff)
	}
	if f := doc.Facts; f.Title != "Play streets, and who they are for" || f.Author != "Dilys Okafor" || f.Pages != 6 {
		t.Errorf("got facts %+v", f)
	}
}

func TestAutoNumber(t *testing.T) {
	for _, tc := range []struct {
		n            int
		scheme, want string
	}{
		{3, "arabicPeriod", "3."}, {3, "arabicParenR", "3)"}, {3, "arabicParenBoth", "(3)"}, {3, "arabicPlain", "3"}, {27, "alphaLcPeriod", "aa."}, {2, "alphaUcParenR", "B)"},
		{4, "romanLcParenBoth", "(iv)"}, {9, "romanUcPeriod", "IX."}, {2, "circleNumDbPlain", "②"}, {30, "circleNumDbPlain", "30"}, {5, "ea1ChsPeriod", "5."}, {5, "hebrew2Minus", "5-"}, {5, "", "5"},
	} {
		if got := autoNumber(tc.n, tc.scheme); got != tc.want {
			t.Errorf("%d in %q: got %q, want %q", tc.n, tc.scheme, got, tc.want)
		}
	}
}

func FuzzPPTX(f *testing.F) {
	data, err := os.ReadFile(filepath.Join("testdata", "slides.pptx"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data, "")
	f.Add([]byte(nil), shape(`type="title" idx="7"`, "Q1?")+shape("", `<a:pPr lvl="2"><a:buAutoNum type="circleNum" startAt="9"/></a:pPr>|a`)+`<p:grpSp><p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc hMerge="1"/>`)
	f.Add([]byte(nil), `<p:graphicFrame><a:graphic><a:graphicData><dgm:relIds r:dm="diagramData"/></a:graphicData></a:graphic></p:graphicFrame><dgm:ptLst><dgm:pt modelId="1"/></dgm:ptLst><dgm:cxnLst><dgm:cxn srcId="1" destId="1"/>`)
	// The shapes reach the reader behind the zip, where mutated bytes seldom do.
	f.Fuzz(func(t *testing.T, data []byte, shapes string) {
		if shapes != "" {
			page := `<p:x><p:cSld><p:spTree>` + shapes + `</p:spTree></p:cSld></p:x>`
			data = slideShow(t, []string{shapes, "hidden " + shapes}, "ppt/layout.xml", page, "ppt/master.xml", page, "ppt/notesSlide-1.xml", page, "ppt/diagramData-1.xml", `<dgm:dataModel>`+shapes+`</dgm:dataModel>`)
		}
		doc, err := readPPTX(t.Context(), "", data)
		if err == nil {
			checkWordBlocks(t, doc)
		}
	})
}
