package extract

import (
	"encoding/hex"
	"errors"
	"strings"
	"testing"
)

func TestDecompressRTF(t *testing.T) {
	stored := "\x0e\x00\x00\x00\x02\x00\x00\x00MELA\x00\x00\x00\x00{}tail"
	for _, test := range []struct {
		name string
		data string
		want string
		err  error
	}{
		// The examples of MS-OXRTFCP, section 4.
		{"compressed", unhex(t, "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c090020627705b06c647d0a800fa0"),
			"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n", nil},
		{"a reference that crosses what it writes", unhex(t, "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"), "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}", nil},
		{"stored", stored, "{}", nil},
		{"cut", unhex(t, "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232"), "{\\rtf1\\ansi\\ansicpg125", ErrDamaged},
		{"no header", "LZFu", "", ErrDamaged},
		{"another kind", strings.Repeat("x", 7) + "\x00" + strings.Repeat("x", 20), "", ErrDamaged},
		{"a size beyond reason", "\xff\xff\xff\xff\xff\xff\xff\xffLZFu\x00\x00\x00\x00", "", ErrLimit},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := decompressRTF([]byte(test.data))
			if string(got) != test.want && test.name != "cut" || !strings.HasPrefix(string(got), test.want) || !errors.Is(err, test.err) {
				t.Errorf("got %q, %v, want %q, %v", got, err, test.want, test.err)
			}
		})
	}
}

func unhex(t *testing.T, s string) string {
	t.Helper()
	data, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestRTFToHTML(t *testing.T) {
	const head = `{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fswiss\fcharset204 Arial;}}{\colortbl\red0;}\uc1\pard\plain\f0 `
	for _, test := range []struct{ name, body, want string }{
		{"tags and text", `{\*\htmltag18 <html>}{\*\htmltag64}\htmlrtf {\htmlrtf0 {\*\htmltag148 <b>}\htmlrtf {\b \htmlrtf0 Hello{\*\htmltag156 </b>}\htmlrtf }\htmlrtf0  all\htmlrtf\par}\htmlrtf0 {\*\htmltag27 </html>}`,
			`<html><b>Hello</b> all</html>`},
		{"line ends", `{\*\htmltag18 <p>\par\tab <i>}`, "<p>\n\t<i>"},
		{"escapes", `{\*\htmltag148 <a title="\{x\}\\">}`, `<a title="{x}\">`},
		{"entities", `{\*\htmltag84 &nbsp;}\htmlrtf \'a0\htmlrtf0 \lquote x\rquote\emdash\~`, `&nbsp;&lsquo;x&rsquo;&mdash;&nbsp;`},
		{"code page of the font", `{\f1 \'cf\'f0\'e8}\'e9`, "Приé"},
		{"a font named where RTF alone is addressed", `\htmlrtf{\f1 \htmlrtf0 \'cf\htmlrtf}\htmlrtf0`, "П"},
		{"unicode", `\u8364?\u-10179?\u-8704?`, "€😀"},
		{"rewritten links", `{\*\mhtmltag148 <a href="x">}y`, "y"},
		{"list text for readers of RTF", `{\pntext\'b7\tab}{\*\pn\pnlvlblt}y`, "y"},
		{"cut", `{\*\htmltag18 <p>}words`, "<p>words"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, ok := rtfToHTML([]byte(head + test.body))
			if got != test.want || !ok {
				t.Errorf("got %q, %v, want %q", got, ok, test.want)
			}
		})
	}
	for _, plain := range []string{"", "{", `{\rtf1 text \fromhtml1 }`, `{\rtf1\ansi\fromtext }`, `{\rtf1{\fonttbl}\fromhtml1}`} {
		if got, ok := rtfToHTML([]byte(plain)); ok {
			t.Errorf("%q wraps no HTML; got %q", plain, got)
		}
	}
}
