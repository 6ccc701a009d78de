package extract

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A tnefWriter makes a winmail.dat.
type tnefWriter struct{ out []byte }

func newTNEF() *tnefWriter { return &tnefWriter{[]byte(tnefStart + "\x01\x00")} }

func (w *tnefWriter) attribute(level byte, id uint32, value string) *tnefWriter {
	w.out = append(w.out, level)
	w.out = binary.LittleEndian.AppendUint32(w.out, id)
	w.out = binary.LittleEndian.AppendUint32(w.out, uint32(len(value)))
	w.out = append(append(w.out, value...), 0, 0)
	return w
}

// tnefProps is a list of properties of the types that a number of the tag names: text, binary data or an object.
func tnefProps(values ...any) string {
	var out []byte
	number := func(n int) { out = binary.LittleEndian.AppendUint32(out, uint32(n)) }
	pad := func() {
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	number(len(values) / 2)
	for i := 0; i < len(values); i += 2 {
		tag := values[i].(int)
		number(tag)
		switch v := values[i+1].(type) {
		case int:
			number(v)
		case string:
			if tag&0xFFFF == kindText16 {
				v = string(wide(v))
			}
			number(1)
			number(len(v))
			out = append(out, v...)
			pad()
		}
	}
	return string(out)
}

// theirTNEF has a body, a file by each of the two ways of naming it, a message and a picture.
func theirTNEF() []byte {
	inner := newTNEF().attribute(1, 0x00018004, "Inner\x00").attribute(1, 0x0002800C, "Words inside.\x00")
	return newTNEF().
		attribute(1, 0x00069007, "\xe3\x04\x00\x00\x00\x00\x00\x00"). // code page 1251
		attribute(1, 0x00008000, "\x04\x00\x18\x00\x04\x00\x10\x00Dee\x00SMTP:dee@x.test\x00").
		attribute(1, 0x00018004, "\xce\xe1\x00").
		attribute(1, 0x00038005, "\xe7\x07\x04\x00\x18\x00\x08\x00\x09\x00\x29\x00\x01\x00").
		attribute(1, 0x00069003, tnefProps(0x1000001F, "We back it.\r\n\r\nBest wishes,\r\nDee", 0x3FDE0003, 20127)).
		attribute(2, 0x00069002, strings.Repeat("\x00", 14)).
		attribute(2, 0x0006800F, "hello").attribute(2, 0x00018010, "\xce\xe1.txt\x00").
		attribute(2, 0x00069002, strings.Repeat("\x00", 14)).
		attribute(2, 0x0006800F, "a plan").attribute(2, 0x00018010, "PLAN~1.TXT\x00").
		attribute(2, 0x00069005, tnefProps(0x3707001F, "The plan.txt")).
		attribute(2, 0x00069002, strings.Repeat("\x00", 14)).
		attribute(2, 0x00069005, tnefProps(0x37050003, 5, 0x3701000D, tnefMessage+string(inner.out))).
		attribute(2, 0x00069002, strings.Repeat("\x00", 14)).
		attribute(2, 0x0006800F, "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR").
		attribute(2, 0x00069005, tnefProps(0x3712001F, "logo@1", 0x37140003, shownInPage)).out
}

func TestTNEF(t *testing.T) {
	doc := mustRead(t, "winmail.dat", string(theirTNEF()))
	if diff := cmp.Diff(shown(doc), []string{"paragraph: We back it.", "signature: Best wishes,\nDee"}); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
	want := Facts{Author: "Dee", Address: "dee@x.test", Subject: "Об", Date: "2023-04-24T08:09:41Z", Pictures: 1}
	if diff := cmp.Diff(doc.Facts, want); diff != "" || doc.Format != "tnef" {
		t.Errorf("facts of %q: got -, want +:\n%s", doc.Format, diff)
	}
	if got := partNames(doc); got != "Об.txt, The plan.txt, Inner.eml" || len(doc.Warnings) != 0 {
		t.Fatalf("got parts %s and warnings %v", got, doc.Warnings)
	}
	if got := mustRead(t, "", string(doc.Parts[2].Bytes)); got.Text != "Words inside." || got.Facts.Subject != "Inner" {
		t.Errorf("got %q, %+v, want the mail inside", got.Text, got.Facts)
	}
}

// TestTNEFInMail opens a winmail.dat where it is attached.
func TestTNEFInMail(t *testing.T) {
	attached := func(data []byte) string {
		return "--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString(data) + "\n--b--\n"
	}
	mail := mailHead + "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
	own := "--b\nContent-Type: text/plain\n\nMy own words.\n"
	whole := theirTNEF()
	for _, tc := range []struct {
		name, mail string
		text       string
		parts      string
		warnings   int
	}{
		{"beside a body", mail + own + attached(whole), "My own words.", "Об.txt, The plan.txt, Inner.eml", 0},
		{"for a body", mail + attached(whole), "We back it.\n\nBest wishes,\nDee", "Об.txt, The plan.txt, Inner.eml", 0},
		{"broken off", mail + own + attached(whole[:bytes.Index(whole, []byte("plan"))]), "My own words.", "Об.txt, attachment 2", 1},
		{"hardly begun", mail + own + attached(whole[:5]), "My own words.", "", 1},
		{"bytes after the end", mail + attached(append(whole, "\x00junk junk junk"...)), "We back it.\n\nBest wishes,\nDee", "Об.txt, The plan.txt, Inner.eml", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc := mustRead(t, "a.eml", tc.mail)
			if doc.Text != tc.text || partNames(doc) != tc.parts || len(doc.Warnings) != tc.warnings {
				t.Errorf("got %q, parts %q, warnings %v; want %q, parts %q, %d warnings", doc.Text, partNames(doc), doc.Warnings, tc.text, tc.parts, tc.warnings)
			}
			if doc.Facts.Author != "Ann Lee" || doc.Facts.Subject != "x" {
				t.Errorf("got %+v, want the mail's own sender and subject", doc.Facts)
			}
		})
	}
}

// TestWrappedTNEF bounds packages in packages.
func TestWrappedTNEF(t *testing.T) {
	data := theirTNEF()
	for range maxWrapped + 10 {
		data = newTNEF().attribute(2, 0x0006800F, string(data)).attribute(2, 0x00018010, "winmail.dat\x00").out
	}
	if _, err := File(t.Context(), "", data); !errors.Is(err, ErrNoText) {
		t.Errorf("got %v, want %v", err, ErrNoText)
	}
}

// TestTNEFObject takes a file out of an object that stands in the text.
func TestTNEFObject(t *testing.T) {
	native := "\x00\x00\x00\x00\x02\x00Plan.txt\x00C:\\Plan.txt\x00\x00\x00\x03\x00\x04\x00\x00\x00C:\\\x00\x06\x00\x00\x00a plan"
	object := compoundOf(&storage{streams: map[string][]byte{"\x01Ole10Native": []byte(native)}})
	data := newTNEF().attribute(2, 0x00069002, "\x02").attribute(2, 0x00069005, tnefProps(0x3701000D, tnefStorage+string(object))).out
	doc := mustRead(t, "", string(data))
	if partNames(doc) != "Plan.txt" || string(doc.Parts[0].Bytes) != "a plan" {
		t.Errorf("got parts %q, want the packed file", partNames(doc))
	}
}

func FuzzTNEF(f *testing.F) {
	f.Add(theirTNEF())
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := readTNEF(t.Context(), "", data)
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
