package extract

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// packedPage is a page as Word saves it, "single file web page", with these headers before it.
func packedPage(headers string) string {
	return headers + `MIME-Version: 1.0
Content-Type: multipart/related; boundary="----=_Next"

A note for old mail programs.

------=_Next
Content-Location: file:///C:/1/response.htm
Content-Transfer-Encoding: quoted-printable
Content-Type: text/html; charset="windows-1252"

<html><head><title>Our response</title></head><body>
<h1>Pace</h1><p>We back it =96 but it is too slow for Caf=E9 owners.</p>
<p><img width=3D100 src=3D"response_files/image001.png"></p></body></html>

------=_Next
Content-Location: file:///C:/1/response_files/image001.png
Content-Transfer-Encoding: base64
Content-Type: image/png

iVBORw0KGgo=

------=_Next
Content-Location: file:///C:/1/response_files/header.htm
Content-Transfer-Encoding: quoted-printable
Content-Type: text/html; charset="us-ascii"

<html><body><div style=3D'mso-element:header'><p>Playwork Forum</p></div></body></html>

------=_Next
Content-Location: file:///C:/1/response_files/filelist.xml
Content-Type: text/xml

<xml/>

------=_Next--
`
}

func TestPackedPage(t *testing.T) {
	for _, tc := range []struct{ name, headers string }{
		{"by Word", ""},
		{"by a browser", "From: <Saved by Blink>\nSnapshot-Content-Location: https://forum.example/\nSubject: =?utf-8?Q?Our=20response?=\n"},
		{"by an old browser", "From: \"Saved by Windows Internet Explorer 8\"\nSubject: x\nDate: Mon, 24 Apr 2023 09:08:41 +0100\n"},
		{"by a wiki", "Date: Mon, 24 Apr 2023 09:08:41 +0100\nMessage-ID: <1@wiki>\nSubject: Exported From A Wiki\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc := mustRead(t, "response.doc", packedPage(tc.headers))
			want := []string{"heading#: Pace", "paragraph: We back it – but it is too slow for Café owners.", "page header: Playwork Forum"}
			if diff := cmp.Diff(shown(doc), want); diff != "" {
				t.Error("(-got +want):", diff)
			}
			if doc.Format != "html" || doc.Facts.Title != "Our response" || doc.Facts.Pictures != 1 || len(doc.Parts) != 0 {
				t.Errorf("got %s with %+v and %d parts", doc.Format, doc.Facts, len(doc.Parts))
			}
		})
	}
}

func TestMailWithPicturesIsNoPage(t *testing.T) {
	for _, headers := range []string{mailHead, "To: a@b.example\n", "Received: from x\n"} {
		doc := mustRead(t, "a.eml", packedPage(headers))
		if doc.Format != "eml" {
			t.Errorf("%q: got %s, want a mail", headers, doc.Format)
		}
	}
}

func TestPackedPageWithoutPage(t *testing.T) {
	data := "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b--\n"
	if _, err := File(t.Context(), "a.mht", []byte(data)); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v, want ErrDamaged", err)
	}
}

func TestFrameSet(t *testing.T) {
	page := func(body string) string { return "--b\nContent-Type: text/html\n\n" + body + "\n" }
	doc := mustRead(t, "a.mht", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"+
		page(`<frameset><frame src="a"></frameset>`)+page("<p>The words.")+page("<p>An advertisement.")+"--b--\n")
	if diff := cmp.Diff(shown(doc), []string{"paragraph: The words."}); diff != "" {
		t.Error("(-got +want):", diff)
	}
	if diff := cmp.Diff(warnings(doc), []string{"1 page inside the page was not read."}); diff != "" {
		t.Error("warnings (-got +want):", diff)
	}
}

func FuzzMHT(f *testing.F) {
	f.Add([]byte(packedPage("")))
	f.Add([]byte("Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<frameset>\n--b\nContent-Type: text/html\n\n<p>x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if doc, err := readMHT(t.Context(), data); err == nil {
			checkDocument(t, doc)
		}
	})
}

func TestListsByWord(t *testing.T) {
	item := func(tag, level, mark, text string) string {
		return `<` + tag + ` class=MsoListParagraph style='text-indent:-18.0pt;
mso-list:l0 level` + level + ` lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>` + mark + `<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>` + text + `<o:p></o:p></` + tag + `>`
	}
	doc := mustRead(t, "a.htm", `<html><body>`+item("h1", "1", "2.", "Pace")+item("p", "1", "·", "Fund an <b>officer</b>.")+item("p", "2", "o", "For three years.")+item("p", "2", "a)", "With a telephone.")+
		item("p", "1", "", "No mark")+`<p>Plain <span style='mso-list:Ignore'>1.</span> text</p><table><tr><td>`+item("p", "1", "1.", "x")+`</td><td>y</td></tr></table><ol><li>`+item("p", "1", "§", "Within")+`</li></ol></body></html>`)
	want := []string{"heading# [2.]: Pace", "item [•]: Fund an officer.", "item> [•]: For three years.", "item> [a)]: With a telephone.",
		"item: No mark", "paragraph: Plain 1. text", "cell: 1.\u00a0\u00a0 x", "cell: y", "item [•]: Within"}
	if diff := cmp.Diff(shown(doc), want); diff != "" {
		t.Error("(-got +want):", diff)
	}
}
