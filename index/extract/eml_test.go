package extract

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const mailHead = "From: Ann Lee <ann@forum.example>\nDate: Mon, 24 Apr 2023 09:08:41 +0100\nMIME-Version: 1.0\n"

// plainMail makes a mail with a plain body.
func plainMail(subject, body string) string {
	return mailHead + "Subject: " + subject + "\nContent-Type: text/plain; charset=utf-8\n\n" + body
}

func TestMailBody(t *testing.T) {
	for _, tc := range []struct {
		name, subject, body string
		want                []string
	}{
		{"signature after two dashes", "x", "We back it.\nStrongly.\n\nBest wishes,\n\nAnn\n\n-- \nAnn Lee\nChair", []string{
			"paragraph: We back it.\nStrongly.", "signature: Best wishes,", "signature: Ann", "signature: -- \nAnn Lee\nChair"}},
		{"closing in the last paragraph", "x", "We back it.\nKind regards,\nAnn Lee\n01632 960417\n\nPS We also back the standards, as said.", []string{
			"paragraph: We back it.", "signature: Kind regards,\nAnn Lee\n01632 960417", "paragraph: PS We also back the standards, as said."}},
		{"last short answer is no signature", "x", "Q1 Yes, we back it.\n\nNo view", []string{"paragraph: Q1 Yes, we back it.", "paragraph: No view"}},
		{"thanks in the middle", "x", "Thanks\n\nWe back the standards as long as they are funded and kept to by all councils.", []string{
			"paragraph: Thanks", "paragraph: We back the standards as long as they are funded and kept to by all councils."}},
		{"disclaimer", "x", "We back it.\n\nThis email and any attachments are confidential and intended solely for the use of the individual to whom they are addressed.", []string{
			"paragraph: We back it.", "disclaimer: This email and any attachments are confidential and intended solely for the use of the individual to whom they are addressed."}},
		{"a statement of the sender is none", "x", "This response is confidential. Please do not quote it.\n\nWe back it.", []string{
			"paragraph: This response is confidential. Please do not quote it.", "paragraph: We back it."}},
		{"answers between quoted lines", "x", "On Mon, 3 Apr 2023 at 10:15, Rhian <r@iec.example>\nwrote:\n> What of the pace?\nToo slow.\n> And standards?\nYes.", []string{
			"quoted reply: On Mon, 3 Apr 2023 at 10:15, Rhian <r@iec.example>\nwrote:", "quoted reply: > What of the pace?", "paragraph: Too slow.", "quoted reply: > And standards?", "paragraph: Yes."}},
		{"reply as Outlook writes it", "RE: x", "We back it.\n\n________________________________\nFrom: Rhian <r@iec.example>\nSent: 03 April 2023 10:15\nTo: Ann\nSubject: x\n\nDear Ann", []string{
			"paragraph: We back it.", "quoted reply: ________________________________", "quoted reply: From: Rhian <r@iec.example>\nSent: 03 April 2023 10:15\nTo: Ann\nSubject: x", "quoted reply: Dear Ann"}},
		{"original message", "x", "We back it.\n-----Original Message-----\nFrom: R\n\nDear Ann", []string{
			"paragraph: We back it.", "quoted reply: -----Original Message-----", "quoted reply: From: R", "quoted reply: Dear Ann"}},
		{"an own long mail with another below", "Our answer", strings.Repeat("We back it. ", 20) + "\n\n---------- Forwarded message ---------\nFrom: Bob <bob@council.example>\nDate: Mon, 3 Apr 2023\nSubject: news\nTo: Ann\n\nNo news.", []string{
			"paragraph: " + strings.TrimSpace(strings.Repeat("We back it. ", 20)), "quoted reply: ---------- Forwarded message ---------",
			"quoted reply: From: Bob <bob@council.example>\nDate: Mon, 3 Apr 2023\nSubject: news\nTo: Ann", "quoted reply: No news."}},
		{"sent from a telephone", "x", "We back it.\n\nAnn\n\nSent from my iPhone", []string{"paragraph: We back it.", "signature: Ann", "signature: Sent from my iPhone"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc := mustRead(t, "a.eml", plainMail(tc.subject, tc.body))
			if diff := cmp.Diff(shown(doc), tc.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
			want := Facts{Author: "Ann Lee", Address: "ann@forum.example", Subject: tc.subject, Date: "2023-04-24T09:08:41+01:00"}
			if diff := cmp.Diff(doc.Facts, want); diff != "" {
				t.Errorf("facts: got -, want +:\n%s", diff)
			}
		})
	}
}

func TestForwardedMail(t *testing.T) {
	gmail := "---------- Forwarded message ---------\nFrom: Dee Marsh (PCF) <dee@pcf.example>\nDate: Thu, 20 Apr 2023 at 22:47\nSubject: Re: views\nTo: Ann\n\n\nFar too slow.\n\nDee\n"
	dee := Facts{Author: "Dee Marsh (PCF)", Address: "dee@pcf.example", Subject: "Re: views", Date: "2023-04-20"}
	note := strings.TrimSpace(strings.Repeat("I would add that ", 14))
	head := "forwarded header: From: Dee Marsh (PCF) <dee@pcf.example>\nDate: Thu, 20 Apr 2023 at 22:47\nSubject: Re: views\nTo: Ann"
	for _, tc := range []struct {
		name, subject, body string
		want                []string
		facts               Facts
	}{
		{"short note", "Fwd: views", "One for the folder.\n\nAnn\n\n" + gmail, []string{
			"covering note: One for the folder.", "signature: Ann", "forwarded header: ---------- Forwarded message ---------",
			head, "paragraph: Far too slow.", "signature: Dee"}, dee},
		{"long note", "Fwd: views", note + "\n\n" + gmail, []string{
			"covering note: " + note, "forwarded header: ---------- Forwarded message ---------", head, "paragraph: Far too slow.", "signature: Dee"}, dee},
		{"as Apple writes it", "Fwd: views", "Begin forwarded message:\n\n> From: Dee Marsh <dee@pcf.example>\n> Subject: views\n> Date: 20 April 2023 at 22:47:00 BST\n> To: Ann\n> \n> Far too slow.\n> \n> > Dear Dee", []string{
			"forwarded header: Begin forwarded message:", "forwarded header: From: Dee Marsh <dee@pcf.example>\nSubject: views\nDate: 20 April 2023 at 22:47:00 BST\nTo: Ann",
			"paragraph: Far too slow.", "quoted reply: > Dear Dee"}, Facts{Author: "Dee Marsh", Address: "dee@pcf.example", Subject: "views", Date: "2023-04-20"}},
		{"as Outlook writes it", "FW: views", "FYI\n\nFrom: Dee Marsh [mailto:dee@pcf.example]\nSent: 20 April 2023 22:47\nTo: Ann\nSubject: views\n\nFar too slow.", []string{
			"covering note: FYI", "forwarded header: From: Dee Marsh [mailto:dee@pcf.example]\nSent: 20 April 2023 22:47\nTo: Ann\nSubject: views", "paragraph: Far too slow."},
			Facts{Author: "Dee Marsh", Address: "dee@pcf.example", Subject: "views", Date: "2023-04-20"}},
		{"forwarded twice", "Fwd: Fwd: views", "-----Forwarded Message-----\nFrom: Bob <bob@x.example>\nDate: 21 April 2023\nSubject: Fwd: views\n\nSee below\n\n" + gmail, []string{
			"forwarded header: -----Forwarded Message-----", "forwarded header: From: Bob <bob@x.example>\nDate: 21 April 2023\nSubject: Fwd: views",
			"covering note: See below", "forwarded header: ---------- Forwarded message ---------", head, "paragraph: Far too slow.", "signature: Dee"}, dee},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc := mustRead(t, "a.eml", plainMail(tc.subject, tc.body))
			if diff := cmp.Diff(shown(doc), tc.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
			if diff := cmp.Diff(doc.Facts, tc.facts); diff != "" {
				t.Errorf("facts: got -, want +:\n%s", diff)
			}
		})
	}
}

// TestLongCoveringNote keeps the forwarder's words apart from the sender's.
func TestLongCoveringNote(t *testing.T) {
	doc := mustRead(t, "a.eml", plainMail("Fwd: x", strings.Repeat("word ", 50)+"\n\n---------- Forwarded message ---------\nFrom: Dee <d@x.example>\nDate: 1 May 2023\nSubject: x\n\nHers."))
	first, last := doc.Blocks[0], doc.Blocks[len(doc.Blocks)-1]
	if first.Place.Part != "covering note" || last.Place.Part != "" || len(doc.Warnings) != 1 {
		t.Errorf("got parts %q and %q and %d warnings, want \"covering note\", none and 1", first.Place.Part, last.Place.Part, len(doc.Warnings))
	}
}

func TestMailParts(t *testing.T) {
	mail := mailHead + `Subject: =?utf-8?q?Caf=C3=A9?=
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Caf=E9 is attached.
--c
Content-Type: text/html

<p>Caf&eacute; is attached.</p>
--c--
--b
Content-Type: application/octet-stream; name="..\\..\\evil` + "\x07" + `.docx"
Content-Disposition: attachment
Content-Transfer-Encoding: base64

aGVsbG8=
--b
Content-Type: message/rfc822

From: Dee <d@x.example>
Subject: Inner

Words.
--b
Content-Type: image/png; name=logo.png
Content-Disposition: inline

x
--b
Content-Type: text/calendar

BEGIN:VCALENDAR
--b--
`
	doc := mustRead(t, "a.eml", mail)
	var names []string
	for _, p := range doc.Parts {
		names = append(names, p.Name+" "+fmt.Sprint(len(p.Bytes)))
	}
	if diff := cmp.Diff(names, []string{"evil .docx 5", "Inner.eml 46"}); diff != "" {
		t.Errorf("parts: got -, want +:\n%s", diff)
	}
	if got := doc.Blocks[0].Place; got.Part != "body" || got.Paragraph != 1 || doc.Text != "Café is attached." {
		t.Errorf("got %+v %q", got, doc.Text)
	}
	if len(doc.Warnings) != 1 || doc.Facts.Pictures != 1 || doc.Facts.Subject != "Café" {
		t.Errorf("got warnings %v, %+v; want one warning, one picture", doc.Warnings, doc.Facts)
	}
}

func TestMailForms(t *testing.T) {
	for _, tc := range []struct{ name, head, body, want string }{
		{"flowed", "text/plain; format=flowed", "We back \nit.\n\n-- \nAnn", "We back it.\n\n-- \nAnn"},
		{"flowed without spaces", "text/plain; format=flowed; delsp=yes", "We ba \nck it.\n  two", "We back it.\n two"},
		{"declared wrongly", "text/plain; charset=us-ascii", "£5 – no", "£5 – no"},
		{"declared not at all", "text/plain", "\xa35 \x96 no", "£5 – no"},
		{"hidden in ascii", "text/plain; charset=iso-2022-jp", "\x1b$B$3\x1b(B", "こ"},
		{"page", "text/html", "<p>We <b>back</b> it.<blockquote type=cite>Dear Ann</blockquote>", "We back it.\n\nDear Ann"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := mustRead(t, "", mailHead+"Content-Type: "+tc.head+"\n\n"+tc.body).Text; got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// TestMailAlternatives takes one of the forms of a mail's words, and counts only the pictures that it shows.
func TestMailAlternatives(t *testing.T) {
	part := func(head, body string) string { return "--b\nContent-Type: " + head + "\n\n" + body + "\n" }
	photo := func(disposition string) string {
		return part("image/jpeg; name=scan.jpg\nContent-ID: <f_1>\nContent-Disposition: "+disposition, "x")
	}
	page := part("text/html", "<p>We back it.<img src=\"cid:F_1\">")
	for _, tc := range []struct {
		name, kind, parts string
		want, files       string
		pictures          int
	}{
		{"in other forms", "alternative", part("text/plain", "We back it.") + part("text/x-amp-html", "<p>It") + page + part("text/rtf", "{\\rtf1 It}"), "We back it.", "", 0},
		{"in order", "alternative", part("text/plain", "One.") + part("text/plain", "Two."), "One.\n\nTwo.", "", 0},
		{"rich text alone", "alternative", part("text/rtf", "{\\rtf1 It}"), "", "attachment 1", 0},
		{"photo of a letter", "mixed", part("text/plain", "See the scan.") + photo("attachment"), "See the scan.", "scan.jpg", 0},
		{"photo in the page", "mixed", page + photo("attachment"), "We back it.", "", 1},
		{"photo in the text", "mixed", part("text/plain", "See here.") + photo("inline"), "See here.", "", 1},
		{"receipt", "report", part("text/plain", "It was read.") + part("message/disposition-notification", "Disposition: displayed"), "It was read.", "", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc := mustRead(t, "", mailHead+"Content-Type: multipart/"+tc.kind+"; boundary=b\n\n"+tc.parts+"--b--\n")
			if doc.Text != tc.want || partNames(doc) != tc.files || doc.Facts.Pictures != tc.pictures {
				t.Errorf("got %q, parts %q, %d pictures; want %q, %q, %d", doc.Text, partNames(doc), doc.Facts.Pictures, tc.want, tc.files, tc.pictures)
			}
		})
	}
}

// TestMailWithoutBlankLine reads headers that run into the first part.
func TestMailWithoutBlankLine(t *testing.T) {
	doc := mustRead(t, "", mailHead+"Subject: x\nContent-Type: multipart/mixed;\n boundary=b\nThis is a message of several parts.\n--b\nContent-Type: text/plain\n\nWe back it.\n--b--\n")
	if doc.Text != "We back it." || doc.Facts.Subject != "x" {
		t.Errorf("got %q about %q", doc.Text, doc.Facts.Subject)
	}
}

// TestForwardedTable reads a forward as Thunderbird writes it, with its head in a table.
func TestForwardedTable(t *testing.T) {
	doc := mustRead(t, "", mailHead+"Subject: Fwd: x\nContent-Type: text/html\n\n<p>FYI<div>-------- Forwarded Message --------<table><tr><th>Subject: <td>x<tr><th>Date: <td>Thu, 20 Apr 2023 22:47:00 +0100<tr><th>From: <td>Dee Marsh &lt;dee@pcf.example&gt;</table><p>Far too slow.")
	want := []string{"covering note: FYI", "forwarded header: -------- Forwarded Message --------",
		"forwarded header: Subject: x\nDate: Thu, 20 Apr 2023 22:47:00 +0100\nFrom: Dee Marsh <dee@pcf.example>", "paragraph: Far too slow."}
	if diff := cmp.Diff(shown(doc), want); diff != "" || doc.Facts.Address != "dee@pcf.example" {
		t.Errorf("from %q: got -, want +:\n%s", doc.Facts.Address, diff)
	}
}

// TestForwardedPage reads a forward as Gmail writes it in HTML, where the head and the words are in one quotation.
func TestForwardedPage(t *testing.T) {
	doc := mustRead(t, "", mailHead+"Subject: Fwd: x\nContent-Type: text/html\n\n"+
		`<div>FYI</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: <b>Dee</b> &lt;<a>d@x.example</a>&gt;<br>Date: Thu, 20 Apr 2023 at 22:47<br>Subject: x<br>To: Ann<br></div><br><div>Far too slow.</div><ul><li>one</ul></div>`)
	want := []string{"covering note: FYI", "forwarded header: ---------- Forwarded message ---------",
		"forwarded header: From: Dee <d@x.example>\nDate: Thu, 20 Apr 2023 at 22:47\nSubject: x\nTo: Ann", "paragraph: Far too slow.", "item [•]: one"}
	if diff := cmp.Diff(shown(doc), want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

func TestMailGuard(t *testing.T) {
	nested := mailHead
	for i := range 60 {
		nested += fmt.Sprintf("Content-Type: multipart/mixed; boundary=\"b%d\"\n\n--b%d\n", i, i)
	}
	many := mailHead + "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nx\n", 2100)
	siblings := mailHead + "Content-Type: multipart/mixed; boundary=b\n\n"
	for i := range 100 {
		siblings += fmt.Sprintf("--b\nContent-Type: multipart/mixed; boundary=c%d\n\n--c%d\n\nx\n--c%d--\n", i, i, i)
	}
	for _, tc := range []struct {
		name, mail string
		want       error
	}{{"nested", nested, ErrLimit}, {"many", many, ErrLimit}, {"side by side", siblings, nil}} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := File(t.Context(), "", []byte(tc.mail)); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}

// TestSampleMails reads the example's mails, when they are there.
func TestSampleMails(t *testing.T) {
	files, _ := filepath.Glob("../../samples/send-ap-plan/submissions/*.eml")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc := mustRead(t, file, string(data))
		for _, line := range shown(doc) {
			if strings.HasPrefix(line, "paragraph") && (strings.Contains(line, "regarded as binding") || strings.Contains(line, "\n> ")) {
				t.Errorf("%s: got a server's words as the sender's: %s", filepath.Base(file), line)
			}
		}
	}
}

func FuzzEML(f *testing.F) {
	f.Add([]byte(plainMail("Fwd: x", "FYI\n\n---------- Forwarded message ---------\nFrom: D <d@x>\nDate: 1 May 2023\nTo: A\n\nWords\n--\nD")))
	f.Add([]byte(mailHead + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>On x <a@b> wrote:<blockquote type=cite>y\n--b\nContent-Transfer-Encoding: base64\n\nAA=\n--b--"))
	f.Add([]byte("Content-Type: text/plain; format=flowed; delsp=yes\n\n> a \n> b \nc\n\nBegin forwarded message:\n> From: x\n> > y"))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := readEML(t.Context(), "", data)
		checkFuzzed(t, doc, err)
	})
}

// TestMailOfUnknownLetters warns where letters that a mail does not name read as no language does.
func TestMailOfUnknownLetters(t *testing.T) {
	const unsure = "The letters of this mail could not be told for certain; check it against the original."
	head := mailHead + "Subject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: 8bit\n\n"
	for _, test := range []struct {
		name, mail string
		want       []string
	}{
		{"Big5", head + strings.Repeat("\xa5\x40\xac\xc9\xa4\xa4\xb0\xea\xa1\x43", 4), []string{unsure}},
		{"French", head + strings.Repeat("Les \xe9l\xe8ves ont \xe9t\xe9 tr\xe8s bien pr\xe9par\xe9s, d\xe9j\xe0 cr\xe9\xe9e. ", 5), nil},
		{"said", strings.Replace(head, "text/plain", "text/plain; charset=windows-1251", 1) + strings.Repeat("\xcf\xf0\xe8\xe2\xe5\xf2 ", 5), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(warnings(mustRead(t, "a.eml", test.mail)), test.want); diff != "" {
				t.Error("-got +want:", diff)
			}
		})
	}
}
