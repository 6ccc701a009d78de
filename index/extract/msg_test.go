package extract

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var sentAt = time.Date(2023, 4, 24, 8, 8, 41, 500, time.UTC)

// annsMail is a mail of Ann's with what is given besides.
func annsMail(more properties) properties {
	p := properties{"001A001F": "IPM.Note", "0042001F": "Ann Lee", "0064001F": "SMTP", "0065001F": "ann@forum.example", "0037001F": "Our view", "00390040": sentAt}
	for key, value := range more {
		p[key] = value
	}
	return p
}

func attachment(n int) string { return fmt.Sprintf("%s#%08X", msgAttachment, n) }

func TestMSGBody(t *testing.T) {
	const compressed = "\x9e\x00\x00\x00\x92\x00\x00\x00MELA\x00\x00\x00\x00"
	rich := func(rtf string) string {
		head := []byte(compressed)
		binary.LittleEndian.PutUint32(head, uint32(len(rtf)+12))
		binary.LittleEndian.PutUint32(head[4:], uint32(len(rtf)))
		return string(head) + rtf
	}
	for _, tc := range []struct {
		name string
		mail properties
		want []string
	}{
		{"plain", properties{"1000001F": "We back it.\r\n\r\nKind regards,\r\nAnn\r\n\r\n-----Original Message-----\r\nFrom: R\r\n\r\nDear Ann"}, []string{
			"paragraph: We back it.", "signature: Kind regards,\nAnn", "quoted reply: -----Original Message-----", "quoted reply: From: R", "quoted reply: Dear Ann"}},
		{"page alone", properties{"10130102": "<p>We <b>back</b> it.<ul><li>one", "3FDE0003": 65001}, []string{"paragraph: We back it.", "item [•]: one"}},
		{"page in another set", properties{"10130102": "<p>\xcf\xee\xeb\xfc\xe7\xe0", "3FDE0003": 1251}, []string{"paragraph: Польза"}},
		{"stub beside a page", properties{"1000001F": "Open this in a browser.", "10130102": "<p>" + strings.Repeat("We back it. ", 20)}, []string{
			"paragraph: " + strings.TrimSpace(strings.Repeat("We back it. ", 20))}},
		{"page in rich text", properties{"10090102": rich(`{\rtf1\ansi\fromhtml1 {\*\htmltag <p>}We back it.{\*\htmltag </p>}}`)}, []string{"paragraph: We back it."}},
		{"rich text", properties{"10090102": rich(`{\rtf1\ansi We back it.\par Strongly.\par}`)}, []string{"paragraph: We back it.", "paragraph: Strongly."}},
		{"language of Western Europe", properties{"1000001E": "Caf\xe9 \x80 5", "3FDE0003": 65001, "3FF10003": 0x809}, []string{"paragraph: Café € 5"}},
		{"language of Eastern Europe", properties{"1000001E": "\xb3\xf3d\xbc", "3FF10003": 0x415}, []string{"paragraph: łódĽ"}},
		{"code page of the message", properties{"1000001E": "\xce\xe1", "3FFD0003": 1251, "3FDE0003": 20127}, []string{"paragraph: Об"}},
		{"hidden in ASCII", properties{"1000001E": "\x1b$B$3\x1b(B", "3FDE0003": 50220}, []string{"paragraph: こ"}},
		{"UTF-8 all the same", properties{"1000001E": "Café", "3FFD0003": 1252}, []string{"paragraph: Café"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc := mustRead(t, "a.msg", msgOf(t, annsMail(tc.mail)))
			if diff := cmp.Diff(shown(doc), tc.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
			want := Facts{Author: "Ann Lee", Address: "ann@forum.example", Subject: "Our view", Date: "2023-04-24T08:08:41Z"}
			if diff := cmp.Diff(doc.Facts, want); diff != "" || doc.Format != "msg" {
				t.Errorf("facts of %q: got -, want +:\n%s", doc.Format, diff)
			}
		})
	}
}

func TestMSGFacts(t *testing.T) {
	const exchange = "/O=FORUM/CN=RECIPIENTS/CN=ANN"
	account := make([]byte, 16)
	copy(account, "\x80\x85\x00\x00\x04\x00\x00\x00\x81\x85\x00\x00\x04\x00\x01\x00")
	for _, tc := range []struct {
		name string
		mail properties
		want Facts
	}{
		{"its own property", properties{"0042001F": "Ann", "0065001F": exchange, "5D02001F": "ann@forum.example"}, Facts{Author: "Ann", Address: "ann@forum.example"}},
		{"a secretary sent it", properties{"0042001F": "Ann", "0065001F": "ann@forum.example", "0C1A001F": "Bob", "0C1F001F": "bob@forum.example"}, Facts{Author: "Ann", Address: "ann@forum.example"}},
		{"sender only", properties{"0C1A001F": "Bob", "0C1F001F": "bob@forum.example"}, Facts{Author: "Bob", Address: "bob@forum.example"}},
		{"Exchange's address among the recipients", properties{"0042001F": "Ann", "0065001F": exchange,
			msgRecipient + "#00000000": properties{"3003001F": strings.ToLower(exchange), "39FE001F": "ann@forum.example"}}, Facts{Author: "Ann", Address: "ann@forum.example"}},
		{"Exchange's address in the account", properties{"0042001F": "Ann", "0065001F": exchange, msgNames: string(account),
			"8000001F": "ann@forum.example", "8001001F": "00000002\x01" + exchange}, Facts{Author: "Ann", Address: "ann@forum.example"}},
		{"headers", properties{"0042001F": "Ann", "0065001F": exchange,
			"007D001F": "Microsoft Mail Internet Headers Version 2.0\r\nFrom: Ann\r\n <ann@forum.example>\r\nDate: Mon, 24 Apr 2023 09:08:41 +0100\r\n"},
			Facts{Author: "Ann", Address: "ann@forum.example", Date: "2023-04-24T09:08:41+01:00"}},
		{"headers alone", properties{"007D001E": "From: =?utf-8?q?Zo=C3=AB?= <zoe@forum.example>\nSubject: x\n"}, Facts{Author: "Zoë", Address: "zoe@forum.example", Subject: "x"}},
		{"an address for a name", properties{"0042001F": "'ann@forum.example'"}, Facts{Address: "ann@forum.example"}},
		{"nobody's address", properties{"0042001F": "Ann", "0065001F": exchange}, Facts{Author: "Ann"}},
		{"subject with the length of its prefix", properties{"0037001F": "\x01\x05RE: Plan"}, Facts{Subject: "RE: Plan"}},
		{"subject in two", properties{"003D001F": "RE: ", "0E1D001F": "Plan"}, Facts{Subject: "RE: Plan"}},
		{"delivered", properties{"0E060040": sentAt}, Facts{Date: "2023-04-24T08:08:41Z"}},
		{"a draft", properties{"30080040": sentAt, "30070040": sentAt.Add(-time.Hour)}, Facts{Date: "2023-04-24T08:08:41Z"}},
		{"no time", properties{"00390040": 0}, Facts{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.mail["1000001F"] = "Words."
			if diff := cmp.Diff(mustRead(t, "", msgOf(t, tc.mail)).Facts, tc.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
		})
	}
}

func TestMSGParts(t *testing.T) {
	const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
	inner := properties{"001A001F": "IPM.Note", "0042001F": "Zoë Dee", "0065001F": "zoe@pcf.example", "0037001F": "Re: views/2", "00390040": sentAt,
		"1000001F": "Far too slow. Café.", "10130102": "<p>Far too slow. Café.<img src=cid:Logo@1>",
		attachment(0): properties{"3707001F": "réponse.txt", "37010102": "Inside.\n"},
		attachment(1): properties{"3707001F": "logo.png", "370E001F": "image/png", "3712001F": "logo@1", "37010102": png},
		attachment(2): properties{msgStream + "3701000D": properties{"0037001F": "Innermost", "1000001F": "Deep."}}}
	doc := mustRead(t, "a.msg", msgOf(t, annsMail(properties{
		"1000001F":    "See the files.",
		attachment(0): properties{"3707001F": `..\..\evil` + "\x07" + `.docx`, "3704001F": "EVIL~1.DOC", "37010102": "hello"},
		attachment(1): properties{"3704001F": "LONG~1.TXT", "37010102": strings.Repeat("Many words. ", 1000)},
		attachment(2): properties{"3001001F": "Re: views", "37050003": 5, msgStream + "3701000D": inner},
		attachment(3): properties{"3707001F": "photo.bin", "7FFE000B": 1, "37010102": png},
		attachment(4): properties{"3707001F": "plan.docx", "37050003": 7},
		attachment(5): properties{"3707001F": "empty.docx", "37050003": 1},
		attachment(6): properties{"3707001F": "photo.png", "37010102": png},
	})))
	var names []string
	for _, p := range doc.Parts {
		names = append(names, p.Name)
	}
	if diff := cmp.Diff(names, []string{"evil .docx", "LONG~1.TXT", "Re_ views-2.eml", "photo.png"}); diff != "" {
		t.Errorf("parts: got -, want +:\n%s", diff)
	}
	if got := doc.Blocks[0].Place; got.Part != "body" || doc.Facts.Pictures != 1 {
		t.Errorf("got part %q and %d pictures, want \"body\" and 1", got.Part, doc.Facts.Pictures)
	}
	if diff := cmp.Diff(doc.Warnings, []Warning{
		{"plan.docx", "The attachment is only a link to a file kept elsewhere; it was not read."}, {"empty.docx", "The attachment is empty."},
	}); diff != "" {
		t.Errorf("warnings: got -, want +:\n%s", diff)
	}
	if got := len(doc.Parts[1].Bytes); got != 12000 {
		t.Errorf("got %d bytes of a long attachment, want 12000", got)
	}

	nested := mustRead(t, doc.Parts[2].Name, string(doc.Parts[2].Bytes))
	want := Facts{Author: "Zoë Dee", Address: "zoe@pcf.example", Subject: "Re: views/2", Date: "2023-04-24T08:08:41Z", Pictures: 1}
	if diff := cmp.Diff(nested.Facts, want); diff != "" || nested.Format != "eml" {
		t.Errorf("nested facts of %q: got -, want +:\n%s", nested.Format, diff)
	}
	if len(nested.Parts) != 2 || nested.Text != "Far too slow. Café." || nested.Parts[0].Name != "réponse.txt" || string(nested.Parts[0].Bytes) != "Inside.\n" {
		t.Fatalf("got %.100q with parts %s, want the mail and two parts", nested.Text, partNames(nested))
	}
	innermost := mustRead(t, nested.Parts[1].Name, string(nested.Parts[1].Bytes))
	if innermost.Text != "Deep." || nested.Parts[1].Name != "Innermost.eml" {
		t.Errorf("got %q in %q, want the innermost mail", innermost.Text, nested.Parts[1].Name)
	}
}

const signedMail = "Content-Type: multipart/signed; boundary=s\r\n\r\n--s\r\nContent-Type: text/plain\r\n\r\nWe back it.\r\n--s\r\nContent-Type: application/x-pkcs7-signature; name=smime.p7s\r\n\r\nxx\r\n--s--\r\n"

func TestMSGSecured(t *testing.T) {
	signed := properties{"001A001F": "IPM.Note.SMIME.MultipartSigned", attachment(0): properties{"3707001F": "smime.p7m", "37010102": signedMail}}
	sealed := properties{"001A001F": "IPM.Note.SMIME", attachment(0): properties{"3707001F": "smime.p7m", "37010102": "\x30\x80x"}}
	rights := properties{"1000001F": "You have been sent a protected message.", attachment(0): properties{"3707001F": "message.rpmsg", "37010102": "\x76\xe8\x04\x60"}}
	for _, tc := range []struct {
		name string
		mail properties
		want string
		err  error
	}{
		{"signature beside the words", signed, "We back it.", nil},
		{"encrypted", sealed, "", ErrEncrypted},
		{"for the recipient's eyes", rights, "", ErrEncrypted},
		{"visiting card", properties{"001A001F": "IPM.Contact"}, "", ErrNoText},
		{"visiting card with a note", properties{"001A001F": "IPM.Contact", "1000001F": "Met at the forum."}, "Met at the forum.", nil},
		{"no words", properties{}, "", ErrNoText},
		{"a secured mail in a mail", properties{attachment(0): properties{msgStream + "3701000D": signed}}, "", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc, err := File(t.Context(), "", []byte(msgOf(t, annsMail(tc.mail))))
			if !errors.Is(err, tc.err) {
				t.Fatalf("got %v, want %v", err, tc.err)
			}
			if err != nil {
				return
			}
			if doc.Text != tc.want {
				t.Errorf("got %q, want %q", doc.Text, tc.want)
			}
			for _, p := range doc.Parts {
				if inner := mustRead(t, p.Name, string(p.Bytes)); inner.Text != "We back it." || len(inner.Parts) != 0 {
					t.Errorf("got %q with %d parts in %s, want the signed words", inner.Text, len(inner.Parts), p.Name)
				}
			}
		})
	}
}

// TestNestedMessages bounds messages within messages.
func TestNestedMessages(t *testing.T) {
	mail := annsMail(properties{"1000001F": "Innermost."})
	for range maxNestedMessages + 5 {
		mail = annsMail(properties{attachment(0): properties{msgStream + "3701000D": mail}})
	}
	doc := mustRead(t, "", msgOf(t, mail))
	if len(doc.Parts) != 1 || len(doc.Warnings) == 0 {
		t.Errorf("got %d parts and warnings %v, want a part and a warning", len(doc.Parts), doc.Warnings)
	}
}

// TestMSGFixtures compares real messages with what was read in their properties by eye, when they are there.
func TestMSGFixtures(t *testing.T) {
	for _, tc := range []struct {
		file     string
		facts    Facts
		body     string // the first words
		parts    string
		warnings int
	}{
		{"poi__51873", Facts{Subject: "Test with Olk10SideProps_ Chunk", Date: "2011-10-21T13:39:44Z"}, "This is a hacked Outlook 2010 message", "", 0},
		{"poi__58214_extracted_attachment", Facts{Author: "Bertrand Beyssac", Address: "bertrand.beyssac@c6.eu", Subject: "Test mail attachment", Date: "2015-08-05T14:01:48+02:00"}, "Lorem ipsum dolor sit amet", "", 0},
		{"poi__58214_with_attachment", Facts{Author: "Bertrand Beyssac", Address: "bertrand.beyssac@c6.eu", Subject: "Master mail", Date: "2015-08-05T14:02:22+02:00"}, "Vestibulum orci purus, malesuada", "Test mail attachment.eml", 0},
		{"poi__ASCII_UTF-8_CP1252_LCID1031", Facts{Subject: "Subject öäü Subject"}, "Body öäü Body", "", 0},
		{"poi__HTMLBodyBinary_UTF-8", Facts{Subject: "Subject öäü Subject"}, "HTML öäü", "", 0},
		{"poi__attachment_msg_inlineImg", Facts{Author: "Angela Deng", Address: "adeng@blackberry.com", Subject: "How to use and check database files from device", Date: "2015-06-12T19:44:48Z", Pictures: 4}, "1.       Download and install SQLite Manager", "", 0},
		{"poi__example_sent_unicode", Facts{Author: "Mike Farman", Address: "mike.farman@alfresco.com", Subject: "This is a test message please ignore", Date: "2010-01-11T16:25:07Z", Pictures: 1}, "..less you are Nick.....", "", 0},
		{"poi__message_extra_hyphen_submission_chunk", Facts{Author: "Amanda Bloomfield", Subject: "Reseller Irradiant - MM Build", Date: "2007-05-31T16:06:38Z"}, "Please complete build of 100 x Mail Manager", "", 0},
		{"poi__quick", Facts{Author: "Kevin Roast", Address: "kevin.roast@alfresco.org", Subject: "Test the content transformer", Date: "2007-06-14T09:42:53Z"}, "The quick brown fox jumps over the lazy dog", "", 0},
		{"tika__test-outlook2003", Facts{Author: "Microsoft Outlook 2003 Team", Address: "olteam@microsoft.com", Subject: "Welcome to Microsoft Office Outlook 2003", Date: "2010-03-28T22:27:38Z", Pictures: 11}, "Thank you for using Microsoft® Office Outlook® 2003!", "", 0},
		{"tika__testMSG_Appointment", Facts{Author: "Allison, Timothy B.", Address: "tallison@mitre.org", Subject: "Quick brown fox", Date: "2017-02-28T18:42:23Z"}, "This is a meeting to discuss jumping", "", 1},
		{"tika__testMSG_Contact", Facts{Author: "Allison, Timothy B.", Address: "tallison@mitre.org", Subject: "Quick Brown Fox Jr", Date: "2017-02-28T18:41:37Z"}, "This was one quick brown fox.", "", 1},
		{"tika__testMSG_att_doc", Facts{Author: "Nicolas1 23456", Address: "nicolas1.23456@free.fr", Subject: "test pièce jointe 1", Date: "2009-04-22T14:36:33Z"}, "contenu", "test-unicode.doc, pj1.txt", 0},
	} {
		t.Run(tc.file, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("../../../shared/fixtures/msg", tc.file+".msg"))
			if err != nil {
				t.Skip("no fixtures here")
			}
			doc := mustRead(t, tc.file, string(data))
			if diff := cmp.Diff(doc.Facts, tc.facts); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
			if parts := partNames(doc); !strings.HasPrefix(doc.Text, tc.body) || parts != tc.parts || len(doc.Warnings) != tc.warnings {
				t.Errorf("got %.60q, parts %q, warnings %v; want %q, parts %q, %d warnings", doc.Text, parts, doc.Warnings, tc.body, tc.parts, tc.warnings)
			}
		})
	}
	for file, want := range map[string]error{
		"poi__keywords": ErrNoText, // its body is a space
		"poi__clusterfuzz-testcase-minimized-POIHSMFFuzzer-5336473854148608": ErrDamaged,
	} {
		data, err := os.ReadFile(filepath.Join("../../../shared/fixtures/msg", file+".msg"))
		if err != nil {
			continue
		}
		if _, err := File(t.Context(), file, data); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", file, err, want)
		}
	}
}

func partNames(doc *Document) string {
	var names []string
	for _, p := range doc.Parts {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

// FuzzMSG damages the properties of a message, since random bytes hardly ever are a compound file.
func FuzzMSG(f *testing.F) {
	whole := annsMail(properties{"1000001F": "We back it.", attachment(0): properties{"3707001F": "a.txt", "37010102": "x"}}).stored(f, "", msgRootHeader)
	f.Add(whole.streams[msgProperties], "001F", []byte("W\x00e"), "0102", []byte("<p>We back it."), []byte(signedMail))
	f.Add(make([]byte, msgRootHeader), "001E", []byte("caf\xe9"), "001F", []byte("<\x00p\x00>\x00"), []byte(tnefStart+"\x00\x00"))
	f.Fuzz(func(t *testing.T, fixed []byte, bodyKind string, body []byte, pageKind string, page, content []byte) {
		inner := &storage{name: msgStream + "3701000D", streams: map[string][]byte{msgProperties: fixed, msgStream + "1000" + bodyKind: body, msgStream + "1009" + pageKind: page}}
		file := &storage{name: attachment(0), streams: map[string][]byte{msgProperties: fixed, msgStream + "37010102": content, msgStream + "370E" + bodyKind: body}}
		root := &storage{
			streams: map[string][]byte{msgProperties: fixed, msgStream + "1000" + bodyKind: body, msgStream + "1013" + pageKind: page, msgStream + "1009" + pageKind: page, msgStream + "007D" + bodyKind: body},
			children: []*storage{file, {name: attachment(1), streams: map[string][]byte{}, children: []*storage{inner}},
				{name: msgNames, streams: map[string][]byte{msgStream + "00030102": content}}},
		}
		doc, err := outlookDocument(t.Context(), readStoredMessage(root, msgRootHeader, storedNames(root)))
		checkFuzzed(t, doc, err)
		if doc == nil {
			return
		}
		for _, p := range doc.Parts {
			if strings.HasSuffix(p.Name, ".eml") {
				nested, err := readEML(t.Context(), p.Name, p.Bytes)
				checkFuzzed(t, nested, err)
			}
		}
	})
}

// TestMessageInMessage reads a message that came inside another one as it would read the message alone.
func TestMessageInMessage(t *testing.T) {
	read := func(file string) *Document {
		data, err := os.ReadFile(filepath.Join("../../../shared/fixtures/msg", file))
		if err != nil {
			t.Skip("no fixtures here")
		}
		return mustRead(t, file, string(data))
	}
	alone, outer := read("poi__58214_extracted_attachment.msg"), read("poi__58214_with_attachment.msg")
	inside := mustRead(t, "", string(outer.Parts[0].Bytes))
	alone.Format = inside.Format
	if diff := cmp.Diff(inside, alone); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

// TestMSGWithObject tells a message that holds a Word document from a Word document.
func TestMSGWithObject(t *testing.T) {
	object := &storage{name: msgStream + "3701000D", streams: map[string][]byte{"WordDocument": {1}}}
	root := annsMail(properties{"1000001F": "We back it."}).stored(t, "", msgRootHeader)
	root.children = append(root.children, &storage{name: attachment(0), streams: map[string][]byte{msgProperties: make([]byte, msgElementHeader)}, children: []*storage{object}})
	doc := mustRead(t, "", string(compoundOf(root)))
	if doc.Format != "msg" || doc.Text != "We back it." || len(doc.Warnings) != 1 {
		t.Errorf("got %q of %q with warnings %v, want the message and a warning", doc.Text, doc.Format, doc.Warnings)
	}
}
