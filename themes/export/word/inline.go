package word

import (
	"net/url"
	"regexp"
	"strings"
	"time"
)

// An Inline is a piece of a paragraph: text, a note, a link, a reference or a stretch with a comment.
type Inline struct {
	kind         kind
	text         string // of text and of a link
	bold, italic bool
	colour, fill string // "RRGGBB" or ""
	target       string // of a link, where it leads; of a reference, the paragraph's name
	inner        []Inline
	comment      Comment
}

type kind int

const (
	textKind kind = iota
	linkKind
	refKind
	noteKind
	commentKind
)

// Text is text. A line break in it is a line break, a tab a tab.
func Text(s string) Inline { return Inline{text: s} }

// Bold is bold text.
func Bold(s string) Inline { return Text(s).Bold() }

// Italic is italic text.
func Italic(s string) Inline { return Text(s).Italic() }

// Link is text that leads to an address. Addresses of http, https and mailto are taken; with any other, as javascript: or file:, or one that
// is no address, it is plain text.
func Link(s, address string) Inline {
	address, ok := safe(address)
	if !ok {
		return Text(s)
	}
	return Inline{kind: linkKind, text: s, target: address}
}

// Ref is the number of the paragraph with a name, as a field that follows when paragraphs are moved in Word (select all, F9).
func Ref(name string) Inline { return Inline{kind: refKind, target: name} }

// Note is a footnote. A note in a note, and in a comment, is set in brackets.
func Note(content ...Inline) Inline { return Inline{kind: noteKind, inner: content} }

// A Comment is what somebody says of a stretch of text.
type Comment struct {
	Author, Initials string
	Date             time.Time // zero leaves it out
	Text             string    // a line break begins a paragraph
}

// Commented is content with a comment on it.
func Commented(c Comment, content ...Inline) Inline {
	return Inline{kind: commentKind, inner: content, comment: c}
}

// Bold is the piece in bold.
func (i Inline) Bold() Inline {
	i.bold = true
	return i
}

// Italic is the piece in italics.
func (i Inline) Italic() Inline {
	i.italic = true
	return i
}

// Colour is the piece in a colour, "RRGGBB" in hexadecimal digits; anything else is no colour.
func (i Inline) Colour(rgb string) Inline {
	i.colour = colour(rgb)
	return i
}

// Shade is the piece on a colour, "RRGGBB" in hexadecimal digits; anything else is no colour.
func (i Inline) Shade(rgb string) Inline {
	i.fill = colour(rgb)
	return i
}

var sixDigits = regexp.MustCompile(`^[0-9A-Fa-f]{6}$`)

func colour(rgb string) string {
	if !sixDigits.MatchString(rgb) {
		return ""
	}
	return strings.ToUpper(rgb)
}

// maxAddress is the longest address that Word opens.
const maxAddress = 2000

var (
	mailAddress = regexp.MustCompile(`^[A-Za-z0-9.!#$&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)
	uriChars    = regexp.MustCompile(`^[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+$`)
)

// safe is an address as a relationship may hold it: Word calls a document damaged that has one with a space or a bracket out of place.
func safe(address string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || len(address) > maxAddress {
		return "", false
	}
	switch u.Scheme {
	case "mailto":
		return u.String(), u.RawQuery == "" && u.Fragment == "" && mailAddress.MatchString(u.Opaque)
	case "http", "https":
		s := u.String()
		return s, u.Hostname() != "" && u.User == nil && uriChars.MatchString(s)
	}
	return "", false
}
