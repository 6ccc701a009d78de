package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// zipPartNames are the names of a document's parts.
func zipPartNames(doc *Document) []string {
	var names []string
	for _, p := range doc.Parts {
		names = append(names, p.Name)
	}
	return names
}

// warnings are the words of a document's warnings.
func warnings(doc *Document) []string {
	var out []string
	for _, w := range doc.Warnings {
		out = append(out, w.What)
	}
	return out
}

func TestZip(t *testing.T) {
	inner := string(zipOf(t, "deep.txt", "deep"))
	data := zipOf(t, "responses/", "", "responses/union.txt", "We agree.", "responses/Charity letter.docx", "x",
		"empty.txt", "", "__MACOSX/._union.txt", "m", "responses/.DS_Store", "d", "responses/Thumbs.db", "t", "~$letter.docx", "l", "more.zip", inner)
	doc, err := File(t.Context(), "all.zip", data)
	if err != nil {
		t.Fatal(err)
	}
	if doc.Format != "zip" || len(doc.Blocks) != 0 {
		t.Errorf("got format %q with %d blocks, want a zip without any", doc.Format, len(doc.Blocks))
	}
	want := []string{"responses/union.txt", "responses/Charity letter.docx", "more.zip"}
	if diff := cmp.Diff(zipPartNames(doc), want); diff != "" {
		t.Error("parts (-got +want):", diff)
	}
	if got := string(doc.Parts[0].Bytes); got != "We agree." {
		t.Errorf("got %q as the first file", got)
	}
	if diff := cmp.Diff(warnings(doc), []string{"1 empty file was left out."}); diff != "" {
		t.Error("warnings (-got +want):", diff)
	}
}

func TestZipOfSystemFilesOnly(t *testing.T) {
	doc, err := File(t.Context(), "a.zip", zipOf(t, "a.txt", "words", "desktop.ini", "x", "__MACOSX/a", "x"))
	if err != nil || len(doc.Warnings) != 0 {
		t.Errorf("got %v, %v; want no warnings about a system's own files", doc, err)
	}
	if _, err := File(t.Context(), "a.zip", zipOf(t, "Thumbs.db", "x", "folder/", "")); !errors.Is(err, ErrNoText) {
		t.Errorf("got %v, want ErrNoText", err)
	}
}

func TestZipLabels(t *testing.T) {
	for _, tc := range []struct{ name, entry, want string }{
		{"plain", "a.txt", "a.txt"},
		{"folders", "a/b/c.txt", "a/b/c.txt"},
		{"upwards", "../../etc/passwd", "etc/passwd"},
		{"upwards with backslashes", `..\..\a.txt`, "a.txt"},
		{"upwards inside", "a/../../b.txt", "a/b.txt"},
		{"absolute", "/etc/passwd", "etc/passwd"},
		{"drive", `C:\Users\Dee\a.docx`, "Users/Dee/a.docx"},
		{"share", `\\server\share\a.docx`, "server/share/a.docx"},
		{"signs that no file system takes", "a/what?.txt", "a/what_.txt"},
		{"control characters", "a\x00b\n.txt", "a b .txt"},
		{"direction of writing", "a\u202etxt.exe", "a txt.exe"},
		{"dots only", "...", "file without a name"},
		{"long folders", strings.Repeat("folder/", 100) + "a.txt", strings.Repeat("folder/", 56) + "a.txt"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := (partLabels{}).label(strings.ReplaceAll(tc.entry, `\`, "/")); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestZipLabelsOnce(t *testing.T) {
	doc, err := File(t.Context(), "a.zip", zipOf(t, "a.txt", "1", "./a.txt", "2", "A.txt", "3", "a.txt", "4"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(zipPartNames(doc), []string{"a.txt", "a (2).txt", "A.txt", "a (3).txt"}); diff != "" {
		t.Error("(-got +want):", diff)
	}
}

func TestZipNames(t *testing.T) {
	unicodePath := binary.LittleEndian.AppendUint16(nil, 0x7075)
	unicodePath = binary.LittleEndian.AppendUint16(unicodePath, uint16(5+len("Société.txt")))
	unicodePath = append(unicodePath, "\x01\x00\x00\x00\x00Société.txt"...)
	for _, tc := range []struct {
		name string
		head zip.FileHeader
		want string
	}{
		{"flagged as UTF-8", zip.FileHeader{Name: "Café.txt"}, "Café.txt"},
		{"UTF-8 without the flag", zip.FileHeader{Name: "Café.txt", NonUTF8: true}, "Café.txt"},
		{"code page 437", zip.FileHeader{Name: "Caf\x82 \x9c5.txt", NonUTF8: true}, "Café £5.txt"},
		{"a field of its own", zip.FileHeader{Name: "Soci_t_.txt", NonUTF8: true, Extra: unicodePath}, "Société.txt"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var out bytes.Buffer
			w := zip.NewWriter(&out)
			f, err := w.CreateHeader(&tc.head)
			if err != nil {
				t.Fatal(err)
			}
			f.Write([]byte("words"))
			w.Close()
			doc, err := File(t.Context(), "a.zip", out.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(zipPartNames(doc), []string{tc.want}); diff != "" {
				t.Error("(-got +want):", diff)
			}
		})
	}
}

// rawZip packs entries with the headers as given, however wrong.
func rawZip(t testing.TB, entries ...zip.FileHeader) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := range entries {
		content := []byte("the words of " + entries[i].Name)
		entries[i].CompressedSize64, entries[i].UncompressedSize64 = uint64(len(content)), uint64(len(content))
		if entries[i].CRC32 == 0 {
			entries[i].CRC32 = crc32.ChecksumIEEE(content)
		}
		f, err := w.CreateRaw(&entries[i])
		if err != nil {
			t.Fatal(err)
		}
		f.Write(content)
	}
	w.Close()
	return out.Bytes()
}

func TestZipOfUnreadableFiles(t *testing.T) {
	locked := zip.FileHeader{Name: "locked.docx", Flags: 1}
	damaged := zip.FileHeader{Name: "damaged.docx", CRC32: 1}
	packed := zip.FileHeader{Name: "packed.docx", Method: 9}
	doc, err := File(t.Context(), "a.zip", rawZip(t, locked, zip.FileHeader{Name: "a.txt"}, damaged, packed, zip.FileHeader{Name: "b.txt"}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(zipPartNames(doc), []string{"a.txt", "b.txt"}); diff != "" {
		t.Error("parts (-got +want):", diff)
	}
	want := []string{
		"Protected by a password and not read: locked.docx.",
		"Damaged in the archive and not read; ask for it again: damaged.docx.",
		"Packed in a way that cannot be read; ask for an ordinary zip: packed.docx.",
	}
	if diff := cmp.Diff(warnings(doc), want); diff != "" {
		t.Error("warnings (-got +want):", diff)
	}
	for _, tc := range []struct {
		name  string
		entry zip.FileHeader
		want  error
	}{{"all locked", locked, ErrEncrypted}, {"all damaged", damaged, ErrDamaged}, {"all packed strangely", packed, ErrUnknownFormat}} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := File(t.Context(), "a.zip", rawZip(t, tc.entry)); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}

func TestZipBombs(t *testing.T) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	zeros := make([]byte, 10<<20)
	for i := range 4 {
		f, err := w.Create(fmt.Sprintf("%d.txt", i))
		if err != nil {
			t.Fatal(err)
		}
		f.Write(zeros)
	}
	w.Close()
	doc, err := File(t.Context(), "bomb.zip", out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(zipPartNames(doc), []string{"0.txt"}); diff != "" {
		t.Error("parts (-got +want):", diff)
	}
	if diff := cmp.Diff(warnings(doc), []string{"Too large for the limits and not read: 1.txt, 2.txt, 3.txt."}); diff != "" {
		t.Error("warnings (-got +want):", diff)
	}
}

func TestZipStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := readZip(ctx, "", zipOf(t, "a.txt", "x")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want it to stop", err)
	}
}

func FuzzZip(f *testing.F) {
	f.Add(zipOf(f, "a/b.txt", "words", "../c.docx", "x", "empty", "", "__MACOSX/x", "y"))
	f.Add(rawZip(f, zip.FileHeader{Name: "a", Flags: 1}, zip.FileHeader{Name: "b", CRC32: 1}, zip.FileHeader{Name: "Caf\x82", NonUTF8: true, Method: zip.Deflate}))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := readZip(t.Context(), "", data)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		size := 0
		for _, p := range doc.Parts {
			for _, element := range strings.Split(p.Name, "/") {
				if element == "" || element == ".." || element == "." || strings.ContainsAny(element, "\\:\x00\n") {
					t.Errorf("%q is no safe label", p.Name)
				}
			}
			if seen[p.Name] {
				t.Errorf("%q is there twice", p.Name)
			}
			seen[p.Name] = true
			size += len(p.Bytes)
		}
		if size > max(minUnpacked, maxUnpackedRatio*len(data)) {
			t.Errorf("%d bytes out of %d", size, len(data))
		}
	})
}

func TestZipThatLiesOverItself(t *testing.T) {
	data := zipOf(t, "a.txt", strings.Repeat("We wait. ", 50), "b.txt", strings.Repeat("We wait. ", 50))
	// The directory's second entry is pointed at the first one's bytes.
	second := bytes.LastIndex(data, []byte("PK\x01\x02"))
	copy(data[second+42:second+46], []byte{0, 0, 0, 0})
	if _, err := readZip(t.Context(), "a.zip", data); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v, want %v", err, ErrDamaged)
	}
}
