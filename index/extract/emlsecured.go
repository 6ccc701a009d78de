package extract

import (
	"bytes"
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

// seal says that a part needs its recipient's key.
func (m *mailParts) seal() {
	m.encrypted = true
	m.b.warn("", "A part of the mail is encrypted and was not read.")
}

// openSecured reads what S/MIME wrapped (RFC 8551): what is only signed can be read, what is encrypted cannot. The
// signature is not checked.
func (m *mailParts) openSecured(p *enmime.Part) {
	content, ok := signedContent(p.Content)
	switch {
	case !ok:
		m.seal()
	case !m.mayOpen():
	case bytes.Contains(bytes.ToLower(content[:min(len(content), 1000)]), []byte("content-type:")):
		m.addSigned(content)
	default: // a file that was signed by itself, "contract.pdf.p7m"
		m.attach(&enmime.Part{FileName: strings.TrimSuffix(p.FileName, ".p7m"), Content: content})
	}
}

// Tags of ASN.1, and how deep a signed mail's elements are followed.
const (
	berOctets   = 0x04
	berOID      = 0x06
	berSequence = 0x30
	berFirst    = 0xA0 // [0]
	berNested   = 0x20 // the element holds elements
	maxBERDepth = 16
)

const (
	oidData       = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
	oidSignedData = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
)

// signedContent takes the content out of CMS signed data (RFC 5652, 5.1): a sequence of its kind and [0], in which a
// sequence holds version, algorithms and the content, again a sequence of its kind and [0].
func signedContent(data []byte) ([]byte, bool) {
	kind, inner := berContentInfo(data)
	if kind != oidSignedData {
		return nil, false
	}
	e, _, ok := berNext(inner, 0)
	if !ok || e.tag != berSequence {
		return nil, false
	}
	rest := e.content
	for range 2 { // version and algorithms
		if _, rest, ok = berNext(rest, 0); !ok {
			return nil, false
		}
	}
	kind, inner = berContentInfo(rest)
	if kind != oidData {
		return nil, false
	}
	octets, _, ok := berNext(inner, 0)
	if !ok {
		return nil, false
	}
	content := octets.octets(0)
	return content, len(content) > 0
}

// berContentInfo gives the kind of content and what [0] holds.
func berContentInfo(data []byte) (kind string, content []byte) {
	outer, _, ok := berNext(data, 0)
	if !ok || outer.tag != berSequence {
		return "", nil
	}
	oid, rest, ok := berNext(outer.content, 0)
	if !ok || oid.tag != berOID {
		return "", nil
	}
	first, _, ok := berNext(rest, 0)
	if !ok || first.tag != berFirst {
		return "", nil
	}
	return string(oid.content), first.content
}

type berElement struct {
	tag     byte
	content []byte
}

// octets joins the pieces of a string of bytes that was written piece by piece.
func (e berElement) octets(depth int) []byte {
	if e.tag == berOctets {
		return e.content
	}
	if e.tag != berOctets|berNested || depth > maxBERDepth {
		return nil
	}
	var all bytes.Buffer
	for rest := e.content; len(rest) > 0; {
		piece, after, ok := berNext(rest, 0)
		if !ok {
			break
		}
		all.Write(piece.octets(depth + 1))
		rest = after
	}
	return all.Bytes()
}

// berNext reads an element of BER, whose length may be left open until two zero bytes. Tags of several bytes do not occur.
func berNext(data []byte, depth int) (e berElement, rest []byte, ok bool) {
	if len(data) < 2 || depth > maxBERDepth {
		return e, nil, false
	}
	e.tag = data[0]
	length, data := int(data[1]), data[2:]
	switch {
	case length == 0x80:
		return berOpen(e.tag, data, depth)
	case length > 0x80:
		n := length - 0x80
		if n > 4 || n > len(data) {
			return e, nil, false
		}
		length = 0
		for _, c := range data[:n] {
			length = length<<8 | int(c)
		}
		data = data[n:]
	}
	if length > len(data) {
		return e, nil, false
	}
	e.content = data[:length]
	return e, data[length:], true
}

// berOpen reads an element up to the zero bytes that end it.
func berOpen(tag byte, data []byte, depth int) (e berElement, rest []byte, ok bool) {
	for rest = data; len(rest) >= 2; {
		if rest[0] == 0 && rest[1] == 0 {
			return berElement{tag, data[:len(data)-len(rest)]}, rest[2:], true
		}
		if _, rest, ok = berNext(rest, depth+1); !ok {
			break
		}
	}
	return e, nil, false
}
