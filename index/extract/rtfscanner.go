package extract

import "bytes"

const (
	maxRTFGroups = 10_000 // inside each other: programs that leave groups open go deep, and a group costs little
	maxStandIns  = 32     // of \uc; no code page has longer characters
)

// rtfKind is the kind of a token of RTF.
type rtfKind int

const (
	rtfEnd    rtfKind = iota
	rtfOpen           // {
	rtfClose          // }
	rtfWord           // \word with perhaps a number
	rtfSymbol         // a backslash and one other character
	rtfHex            // \'hh
	rtfBytes          // text, in some code page
)

// An rtfToken is one token. bytes is set for rtfBytes only.
type rtfToken struct {
	kind   rtfKind
	word   string // of rtfWord, or the character of rtfSymbol
	number int    // of rtfWord, or the byte of rtfHex
	given  bool   // the word came with a number
	bytes  []byte
}

// isOn is the value of a toggle such as \b: on unless it says 0.
func (t *rtfToken) isOn() bool { return !t.given || t.number != 0 }

// An rtfScanner splits RTF into tokens. The bytes of \bin are skipped; line ends are no text.
type rtfScanner struct {
	data []byte
	at   int
}

// startOfRTF is the offset of the opening brace, or -1.
func startOfRTF(data []byte) int {
	rest := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(rest, []byte(`{\rtf`)) {
		return -1
	}
	return len(data) - len(rest)
}

func (s *rtfScanner) next() rtfToken {
	for s.at < len(s.data) {
		switch s.data[s.at] {
		case '\r', '\n', 0:
			s.at++
		case '{':
			s.at++
			return rtfToken{kind: rtfOpen}
		case '}':
			s.at++
			return rtfToken{kind: rtfClose}
		case '\\':
			s.at++
			if s.at < len(s.data) {
				return s.control()
			}
		default:
			return s.text()
		}
	}
	return rtfToken{}
}

func (s *rtfScanner) text() rtfToken {
	start := s.at
	n := bytes.IndexAny(s.data[start:], "{}\\\r\n\x00")
	if n < 0 {
		n = len(s.data) - start
	}
	s.at += n
	return rtfToken{kind: rtfBytes, bytes: s.data[start:s.at]}
}

func (s *rtfScanner) control() rtfToken {
	c := s.data[s.at]
	if isLetter(c) {
		return s.word()
	}
	s.at++
	switch {
	case c == '\r' && s.at < len(s.data) && s.data[s.at] == '\n':
		s.at++
	case c == '\'' && s.at+2 <= len(s.data):
		high, low := hexDigit(s.data[s.at]), hexDigit(s.data[s.at+1])
		if high >= 0 && low >= 0 {
			s.at += 2
			return rtfToken{kind: rtfHex, number: high<<4 | low}
		}
	}
	return rtfToken{kind: rtfSymbol, word: string(rune(c))}
}

func (s *rtfScanner) word() rtfToken {
	start := s.at
	for s.at < len(s.data) && isLetter(s.data[s.at]) {
		s.at++
	}
	t := rtfToken{kind: rtfWord, word: string(s.data[start:s.at])}
	t.number, t.given = s.number()
	if s.at < len(s.data) && s.data[s.at] == ' ' {
		s.at++
	}
	if t.word == "bin" {
		s.at += min(max(t.number, 0), len(s.data)-s.at)
	}
	return t
}

// maxRTFNumber keeps a stranger's number from overflowing; RTF's own are of 32 bits at most.
const maxRTFNumber = 1 << 31

func (s *rtfScanner) number() (n int, given bool) {
	at, negative := s.at, false
	if at < len(s.data) && s.data[at] == '-' {
		negative = true
		at++
	}
	for ; at < len(s.data) && s.data[at] >= '0' && s.data[at] <= '9'; at++ {
		n = min(n*10+int(s.data[at]-'0'), maxRTFNumber)
		given = true
	}
	if !given {
		return 0, false
	}
	s.at = at
	if negative {
		n = -n
	}
	return n, true
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// hexDigit is the value of a hexadecimal digit, or -1.
func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
