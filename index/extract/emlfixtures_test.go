package extract

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMailFixtures compares real mails with what another parser and a reader's eye made of them, when they are there.
func TestMailFixtures(t *testing.T) {
	james := Facts{Author: "James Hillyerd", Address: "james@makita.skynet", Date: "2012-10-18T22:48:39-07:00"}
	work := Facts{Author: "James Hillyerd", Address: "jamehi03@jamehi03lx.noa.com", Date: "2012-10-19T12:22:49-07:00"}
	alice := Facts{Address: "alice@test.com", Subject: "Test", Date: "2016-01-21T10:52:31+01:00"}
	hotel := Facts{Author: "easyHotel Booking", Address: "bookings@easyHotel.com", Subject: "Confirmation of Booking with easyHotel", Date: "2015-06-12T23:24:01+01:00"}
	about := func(f Facts, subject string) Facts { f.Subject = subject; return f }
	at := func(f Facts, date string, pictures int) Facts { f.Date, f.Pictures = date, pictures; return f }
	for _, tc := range []struct {
		file  string // its number
		facts Facts
		body  string // the first words, or all of them
		end   string // the last
		parts string
	}{
		{"0900", Facts{Author: "Chris Garrett", Address: "cgarrett@stuff.com", Subject: "Text body only with disposition inline", Date: "2017-02-08T03:23:13-05:00"}, "Just some html content", "", ""},
		{"0e08", Facts{Author: "Papertrail", Address: "support@papertrailapp.com", Subject: "Welcome to Papertrail", Date: "2015-07-10T20:12:33Z"}, "What's next? Head over to the Quick Start:", "https://papertrailapp.com/chat", ""},
		{"102f", at(about(james, "MIME test 1"), "2012-10-13T15:33:07-07:00", 1), "Test of text section", "Test of text section", ""},
		{"111b", Facts{}, "Test of text/plain section with invalid content type", "type", ""},
		{"199b", Facts{}, "A text section", "section", "test.bin"},
		{"1ba6", about(james, "Attachment"), "A text section", "section", "foo_9E5D72.zip"},
		{"25f6", at(about(james, "MIME test 1"), "2012-10-13T15:33:07-07:00", 1), "Test of text section", "section", ""},
		{"2705", Facts{}, "Hello,", "Hello,", ""},
		{"27f6", Facts{}, "Section one", "Section two", ""},
		{"3201", alice, "", "", "test.csv"},
		{"351d", Facts{}, "Loggen Sie sich ein, um die Einladung", "öoöo", ""},
		{"3841", Facts{}, "Use the View Invoices function", "", ""},
		{"3e22", about(james, "plain text"), "A text section", "An HTML section", ""},
		{"3f54", about(work, "MIME Quoted Printable"), "Lorem ipsum dolor sit amet, consectetur adipiscing elit. Nullam", "", ""},
		{"45b3", about(work, "Multipart Signed"), "Section one", "Section two", ""},
		{"486e", hotel, "Thank you for booking with easyHotel.", "easyHotel", "Invoice_(302232133150612).pdf"},
		{"553b", about(work, "Multipart Mixed"), "Section one", "Section two", ""},
		{"56c0", about(work, "Multipart Mixed"), "Section one", "Section two", ""},
		{"65e9", Facts{}, "https://www.amazon.ca/gp/product/B002M8EEW8/ref=od_aui_detailpages00?ie=UTF8&psc=1", "", ""},
		{"6642", Facts{Author: "Mail Delivery Subsystem", Address: "MAILER-DAEMON@CS.UTK.EDU", Subject: "Returned mail: User unknown", Date: "1994-07-08T09:21:47-04:00"}, "[human-readable explanation goes here]", "here]", "attached mail 1.eml"},
		{"692d", about(james, "Attachment"), "A text section", "section", "7DDA4_foo_9E5D72.zip"},
		{"7015", about(work, "MIME UTF8 Test ¢ More Text"), "Lorem ipsum dolor sit amet", "", ""},
		{"7184", at(about(james, "MIME test 1"), "2012-10-13T15:33:07-07:00", 1), "Test of HTML section", "section", ""},
		{"784b", Facts{Author: "Mail Delivery Subsystem", Address: "MAILER-DAEMON@CS.UTK.EDU", Subject: "Returned mail: Cannot send message for 5 days", Date: "1994-07-07T17:16:05-04:00"}, "[human-readable explanation goes here]", "here]", "attached mail 1.eml"},
		{"8274", Facts{}, "Section one", "Section two", ""},
		{"87f8", alice, "", "", "favicon.jpg"},
		{"8926", Facts{}, "A text section", "section", "attach.txt, attach2.txt"},
		{"8aaf", Facts{Address: "postmaster@nsfnet-relay.ac.uk", Subject: `WARNING: message delayed at "nsfnet-relay.ac.uk"`, Date: "1994-07-10T00:36:51+01:00"}, "[human-readable explanation goes here]", "here]", ""},
		{"8cf4", Facts{Author: "Pedro Mendez", Address: "pem@open.ch", Subject: "Epilogue", Date: "2017-11-02T22:48:39-07:00"}, "A text section", "section", "test.html"},
		{"99dc", about(james, "Attachment"), "A text section", "section", "test.html"},
		{"a2f8", Facts{Address: "Mailer-Daemon@example.com", Subject: "Delivery Status Notification (Failure)"}, "I'm  multipart message without boundary", "", ""},
		{"ad3e", about(work, "MIME UTF8 Test ¢ More Text"), "Lorem ipsum dolor sit amet", "", ""},
		{"b091", about(james, "plain text"), "A plain text email", "email", ""},
		{"b673", Facts{Address: "bob@extern", Subject: "Test"}, "Simple text.", "Simple text.", "test.pdf, test.txt"},
		{"bfa7", hotel, "Thank you for booking with easyHotel.", "easyHotel.", "Invoice_302232133150612.pdf"},
		{"c1ad", about(james, "Quoted Printable"), "Lorem ipsum dolor sit amet, consectetur adipiscing elit. Phasellus", "", ""},
		{"d3b0", alice, "", "", "favicon.jpg"},
		{"d587", Facts{Address: "alice@intern.com", Subject: "Test"}, "Test Müller", "Müller", ""},
		{"d8d1", Facts{}, "Start=ABC=Finish", "Finish", ""},
		{"def9", Facts{Author: "Bob Dunite", Address: "bob@extern", Subject: "Test"}, "Simple text.", "Simple text.", "test.pdf, test.txt"},
		{"dfe9", Facts{Author: "James Hillyerd", Address: "james@hillyerd.com", Subject: "Test QP Subject!", Date: "2012-10-14T16:09:01-07:00"}, "This is a test mailing", "mailing", ""},
		{"ee65", Facts{}, "A text section", "An HTML section", ""},
		{"f17d", Facts{Author: "James Hillyerd", Address: "james@hillyerd.com", Subject: "test Sun, 14 Oct 2012 16:09:01 -0700", Date: "2012-10-14T16:09:01-07:00"}, "Unencoded Euro Sign:", "", ""},
		{"f64c", Facts{}, "DIE Drachenköpfe unserer Boote bogen um das gelbe Segel.", "", ""},
		{"fd1e", Facts{}, "According to RFC 822, content type defaults to text/plain at the root.", "us-ascii.", ""},
		{"test-incremental-updates", Facts{Author: "Tim Allison", Address: "tallison@apache.org", Subject: "test incremental updates", Date: "2023-05-04T10:06:11-04:00"}, "This is a container email with an embedded pdf", "incremental updates.", "testPDF_incrementalUpdates.pdf"},
		{"testGroupWiseEml", Facts{Author: "Novell GroupWise", Subject: "test333", Date: "2013-06-27T13:29:57+02:00"}, "test", "test", "test.eml, Neues Textdokument.txt"},
		{"testRFC822_dkim", Facts{Author: "Joe SixPack", Address: "joe@football.example.com", Subject: "Is dinner ready?", Date: "2003-07-11T21:00:37-07:00"}, "Hi.", "Joe.", ""},
		{"testThunderbirdEml", Facts{Author: "Vladimir L.", Address: "vladimir_l@example.com", Subject: "JUnit test message", Date: "2012-11-21T21:11:32+01:00"}, "Dear Vladimir .....", ".....", ""},
	} {
		t.Run(tc.file, func(t *testing.T) {
			doc := mustRead(t, "a.eml", mailFixture(t, tc.file))
			if diff := cmp.Diff(doc.Facts, tc.facts); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
			if !strings.HasPrefix(doc.Text, tc.body) || !strings.HasSuffix(doc.Text, tc.end) || partNames(doc) != tc.parts {
				t.Errorf("got %q, parts %q; want %q to %q, parts %q", oneLine(doc.Text, 300), partNames(doc), tc.body, tc.end, tc.parts)
			}
		})
	}
	for file, want := range map[string]error{
		"4755": ErrNoText,  // an invitation without content
		"5ff5": ErrNoText,  // an attachment without name and content
		"9493": ErrDamaged, // headers alone
		"a6f8": ErrNoText,  // one header
	} {
		if _, err := File(t.Context(), "a.eml", []byte(mailFixture(t, file))); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", file, err, want)
		}
	}
}

func mailFixture(t *testing.T, number string) string {
	t.Helper()
	files, _ := filepath.Glob("../../../shared/fixtures/eml/*_" + number + "*")
	if len(files) != 1 {
		t.Skip("no fixtures here")
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
