package extract

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// decodeText gives the characters of a text file. A byte order mark decides; then the parity of NUL bytes tells UTF-16;
// then valid UTF-8 is UTF-8; everything else is read as Windows-1252, where every byte is a character. Guessing by
// letter statistics was tried and is wrong more often. Line ends become "\n", since they are the sending system's, not
// the writer's.
func decodeText(data []byte) string {
	return unixLines(decodeCharacters(data))
}

func decodeCharacters(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(data[3:]), "\uFFFD")
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decodeUTF16(data[2:], false)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeUTF16(data[2:], true)
	}
	if bigEndian, ok := utf16Parity(data); ok {
		return decodeUTF16(data, bigEndian)
	}
	if utf8.Valid(data) {
		return string(data)
	}
	if cut := validBeforeCut(data); cut > 0 {
		return string(data[:cut])
	}
	return decodeWindows1252(data)
}

// validBeforeCut is the length of valid UTF-8 in data that merely ends in the middle of a character, or 0.
func validBeforeCut(data []byte) int {
	for back := 1; back < utf8.UTFMax && back < len(data); back++ {
		head, tail := data[:len(data)-back], data[len(data)-back:]
		if utf8.RuneStart(tail[0]) && !utf8.FullRune(tail) && utf8.Valid(head) && !isASCII(head) {
			return len(head)
		}
	}
	return 0
}

func isASCII(data []byte) bool {
	for _, c := range data {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// decodeWindows1252 never fails: the five bytes without a character become U+FFFD.
func decodeWindows1252(data []byte) string {
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	return string(out)
}

// utf16Parity tells UTF-16 without a mark: in Latin text nearly every second byte is NUL, and hardly any other.
func utf16Parity(data []byte) (bigEndian, ok bool) {
	head := data[:min(len(data), 4096)&^1]
	if len(head) < 4 {
		return false, false
	}
	var nul [2]int
	for i, c := range head {
		if c == 0 {
			nul[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case nul[1]*10 >= half*6 && nul[0]*10 <= half:
		return false, true
	case nul[0]*10 >= half*6 && nul[1]*10 <= half:
		return true, true
	}
	return false, false
}

func decodeUTF16(data []byte, bigEndian bool) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		a, b := uint16(data[2*i]), uint16(data[2*i+1])
		if bigEndian {
			a, b = b, a
		}
		units[i] = b<<8 | a
	}
	return string(utf16.Decode(units))
}

func unixLines(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// notText says why the characters cannot be a text: control characters other than those that lay out a page. A stray
// one in a long text is let pass, since old word processors left them.
func notText(s string) error {
	controls := 0
	for _, r := range s {
		switch {
		case r == 0:
			return fmt.Errorf("%w: a binary file", ErrUnknownFormat)
		case r < ' ' && r != '\n' && r != '\t' && r != '\f' && r != '\v' && r != '\r' && r != 0x1b, r == 0x7f:
			controls++
		}
	}
	if controls > 0 && controls*2000 > len(s) {
		return fmt.Errorf("%w: a binary file", ErrUnknownFormat)
	}
	return nil
}
