package extract

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const envelope = "From ann@forum.example Mon Apr 24 09:08:41 2023\n"

func TestMbox(t *testing.T) {
	mailbox := envelope + plainMail("Our views", "We back it.\n\n>From the start we did.\n>>From others:\n> quoted\n\nFrom here on it is slow.\n\n") +
		envelope + plainMail("Re: ../views", "Agreed.\n\n") +
		"From - Tue Apr 25 10:00:00 2023\nX-Mozilla-Status: 0009\n" + plainMail("Spam", "Buy.\n\n") +
		"From 1234@xxx Wed Apr 26 10:00:00 +0000 2023\r\n" + strings.ReplaceAll(mailHead+"\nNo subject.\n", "\n", "\r\n")
	doc, err := File(t.Context(), "export", []byte(mailbox))
	if err != nil {
		t.Fatal(err)
	}
	if doc.Format != "mbox" {
		t.Errorf("got format %q", doc.Format)
	}
	if diff := cmp.Diff(zipPartNames(doc), []string{"0001 Our views.eml", "0002 Re_ ..-views.eml", "0003.eml"}); diff != "" {
		t.Error("parts (-got +want):", diff)
	}
	if diff := cmp.Diff(warnings(doc), []string{"1 deleted mail was still in the mailbox and left out."}); diff != "" {
		t.Error("warnings (-got +want):", diff)
	}
	first := mustRead(t, doc.Parts[0].Name, string(doc.Parts[0].Bytes))
	want := []string{"paragraph: We back it.", "paragraph: From the start we did.", "quoted reply: >From others:\n> quoted", "paragraph: From here on it is slow."}
	if diff := cmp.Diff(shown(first), want); diff != "" {
		t.Error("first mail (-got +want):", diff)
	}
	if got := mustRead(t, "x", string(doc.Parts[2].Bytes)); got.Format != "eml" || got.Text != "No subject." {
		t.Errorf("last mail: got %q as %s", got.Text, got.Format)
	}
}

func TestMailboxOrMail(t *testing.T) {
	one := envelope + plainMail("x", "We back it.\n\n")
	for _, tc := range []struct{ name, data, want string }{
		{"one mail", one, "eml"},
		{"two mails", one + one, "mbox"},
		{"two without an envelope first", plainMail("x", "Hi\n\n") + one, "eml"},
		{"a sentence", one + "From our view at 10:30 in May 2023 on:\n\nit got slower.", "eml"},
		{"no blank line before", strings.TrimRight(one, "\n") + "\n" + one, "eml"},
		{"no headers after", one + envelope + "\nHello", "eml"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := sniff("", []byte(tc.data))
			if err != nil || got != tc.want {
				t.Errorf("got %q, %v; want %q", got, err, tc.want)
			}
		})
	}
}

func FuzzMbox(f *testing.F) {
	f.Add([]byte(envelope + plainMail("a", ">From b\n\n") + envelope + plainMail("/../c", "d")))
	f.Add([]byte("From x 10:00 2023\nA: b\n\nFrom y 10:00 2023\r\nX-Mozilla-Status: 8\n\r\nFrom z 1:00 1999\nSubject: =?utf-8?q?=2F?=\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := readMbox(t.Context(), "", data)
		if err != nil {
			return
		}
		size := 0
		for i, p := range doc.Parts {
			if !strings.HasPrefix(p.Name, fmt.Sprintf("%04d", i+1)) || strings.ContainsAny(p.Name, "/\\\n\x00") {
				t.Errorf("%q is no safe label of mail %d", p.Name, i+1)
			}
			size += len(p.Bytes)
		}
		if size > len(data) {
			t.Errorf("%d bytes of mails in %d", size, len(data))
		}
	})
}
