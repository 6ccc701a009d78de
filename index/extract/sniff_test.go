package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func zipOf(t testing.TB, entries ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(entries); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: entries[i]}) // stored, as the mimetype of ODF is
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(entries[i+1]))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// oleOf makes the head of a compound file with one directory entry.
func oleOf(stream string) []byte {
	data := make([]byte, 1536)
	copy(data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	name := append(utf16le(stream), 0, 0)
	copy(data[1024:], name)
	data[1024+64] = byte(len(name))
	return data
}

func TestSniff(t *testing.T) {
	docx := zipOf(t, "[Content_Types].xml", "<Types/>", "word/document.xml", "<w:document/>")
	for _, tc := range []struct {
		name, file string
		data       string
		want       string
		err        error
		words      string
	}{
		{name: "word", file: "a.txt", data: string(docx), want: "docx"},
		{name: "word by content type", data: string(zipOf(t, "[Content_Types].xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "doc.xml", "")), want: "docx"},
		{name: "word cut short", data: string(docx[:len(docx)*6/10]), want: "docx"},
		{name: "excel", data: string(zipOf(t, "xl/workbook.xml", "<workbook/>")), want: "xlsx"},
		{name: "open document", data: string(zipOf(t, "mimetype", "application/vnd.oasis.opendocument.text")), want: "odt"},
		{name: "flat open document", data: `<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.text">`, want: "odt"},
		{name: "slides", data: string(zipOf(t, "ppt/presentation.xml", "<p/>")), want: "pptx"},
		{name: "archive", data: string(zipOf(t, "a.docx", "x")), want: "zip"},
		{name: "package of a program", data: string(zipOf(t, "META-INF/MANIFEST.MF", "x", "A.class", "y")), err: ErrUnknownFormat, words: "package of a program"},
		{name: "pdf after junk", file: "a.html", data: "\n\njunk %PDF-1.4\n", want: "pdf"},
		{name: "password", data: string(oleOf("EncryptedPackage")), err: ErrEncrypted},
		{name: "old word", file: "a.docx", data: string(oleOf("WordDocument")), want: "doc"},
		{name: "word 2", data: "\xdb\xa5\x2d\x00\x00\x00", err: ErrUnknownFormat, words: "Word 2"},
		{name: "outlook", data: string(oleOf("__properties_version1.0")), want: "msg"},
		{name: "outlook's package of attachments", file: "winmail.dat", data: "\x78\x9f\x3e\x22\x01\x00\x01", want: "tnef"},
		{name: "old excel", data: string(oleOf("Workbook")), want: "xls"},
		{name: "old excel without a container", data: "\x09\x04\x06\x00\x00\x00\x10\x00", want: "xls"},
		{name: "excel in XML", data: `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, want: "xls"},
		{name: "a web page called a workbook", file: "a.xls", data: `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>x`, want: "html"},
		{name: "a table called a workbook", file: "a.xls", data: "ID\tView\n1\tslow\n", want: "csv"},
		{name: "open spreadsheet", data: string(zipOf(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet")), want: "ods"},
		{name: "flat open spreadsheet", data: `<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet">`, want: "ods"},
		{name: "mail", file: "a.txt", data: "Received: from x\r\nFrom: A <a@b.example>\r\n\r\nHi", want: "eml"},
		{name: "mail from a mailbox", data: "From a@b Mon Jan 1\nFrom: A <a@b.example>\nSubject: x\n\nHi", want: "eml"},
		{name: "memo is no mail", data: "To: the committee\nFrom: the officers\nSubject: reform\n\nWe met.", want: "text"},
		{name: "page", data: "\ufeff<!-- saved -->\n<!DOCTYPE html><p>Hi", want: "html"},
		{name: "xhtml", data: `<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="x">`, want: "html"},
		{name: "rich text", data: `{\rtf1\ansi hello}`, want: "rtf"},
		{name: "picture", file: "a.docx", data: "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", err: ErrUnknownFormat, words: "picture (PNG)"},
		{name: "a union's letters are a bitmap's", data: "BMA response to the plan", want: "text"},
		{name: "empty", data: " \n", err: ErrNoText},
		{name: "table by name", file: "a.CSV", data: "a,b\n1,2\n", want: "csv"},
		{name: "table by content", file: "export", data: "ID;Your view;Region\n1;slow;East\n2;fine;West\n3;ok;North\n", want: "csv"},
		{name: "commas in prose", file: "letter", data: "Dear all, hello\nWe like it, mostly\nBut not that, no\nBest, A\n", want: "text"},
		{name: "table called a text", file: "a.txt", data: "ID;Your view;Region\n1;slow;East\n2;fine;West\n3;ok;North\n", want: "text"},
		{name: "windows text", data: "It costs \xa35 \x96 too much", want: "text"},
		{name: "binary", data: "abc\x00\x01\x02\x03def", err: ErrUnknownFormat, words: "binary"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := sniff(tc.file, []byte(tc.data))
			if got != tc.want || !errors.Is(err, tc.err) {
				t.Fatalf("got %q, %v; want %q, %v", got, err, tc.want, tc.err)
			}
			if err != nil && !strings.Contains(err.Error(), tc.words) {
				t.Errorf("got %q, want it to name %q", err, tc.words)
			}
		})
	}
}

// TestTextFixtures reads real files, when they are there, and logs how many could be read.
func TestTextFixtures(t *testing.T) {
	for _, format := range []string{"eml", "html", "csv", "xlsx"} {
		files, _ := filepath.Glob("../../../shared/fixtures/" + format + "/*." + format)
		if len(files) == 0 {
			t.Skip("no fixtures")
		}
		read, blocks, parts := 0, 0, 0
		var refused []string
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			doc, err := File(ctx, filepath.Base(file), data)
			cancel()
			if errors.Is(err, ErrCrashed) {
				t.Errorf("%s: %v", file, err)
			}
			if err != nil {
				refused = append(refused, filepath.Base(file)+": "+err.Error())
				continue
			}
			read++
			blocks += len(doc.Blocks)
			parts += len(doc.Parts)
			checkDocument(t, doc)
		}
		t.Logf("%s: %d of %d read, %d blocks, %d parts", format, read, len(files), blocks, parts)
		for _, r := range refused {
			t.Log("  refused ", r)
		}
	}
}

// checkDocument fails when the offsets of a document do not hold.
func checkDocument(t *testing.T, doc *Document) {
	t.Helper()
	end := 0
	for i, b := range doc.Blocks {
		want := end
		if i > 0 {
			want += len(BlockSeparator)
		}
		if b.Start != want || b.End <= b.Start || b.End > len(doc.Text) {
			t.Fatalf("block %d: got %d-%d, want it to start at %d within %d bytes", i, b.Start, b.End, want, len(doc.Text))
		}
		end = b.End
	}
	if end != len(doc.Text) {
		t.Fatalf("got text after the last block: %d of %d bytes", end, len(doc.Text))
	}
}

// shown gives the blocks as a reader of the test sees them: kind, place and words.
func shown(doc *Document) []string {
	var out []string
	for _, b := range doc.Blocks {
		kind := string(b.Kind)
		if b.Why != "" {
			kind = b.Why
		}
		if b.Kind == Heading {
			kind += strings.Repeat("#", b.Level)
		}
		if b.Kind == Item && b.Level > 1 {
			kind += strings.Repeat(">", b.Level-1)
		}
		label := ""
		if b.Place.Label != "" {
			label = " [" + b.Place.Label + "]"
		}
		out = append(out, kind+label+": "+doc.Text[b.Start:b.End])
	}
	return out
}

func mustRead(t *testing.T, name, data string) *Document {
	t.Helper()
	doc, err := File(t.Context(), name, []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	checkDocument(t, doc)
	return doc
}
