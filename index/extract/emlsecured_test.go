package extract

import (
	"encoding/base64"
	"errors"
	"testing"
)

// ber writes an element of BER; a long one leaves its length open, as mail programs do that write piece by piece.
func ber(tag byte, open bool, content string) string {
	if open {
		return string([]byte{tag, 0x80}) + content + "\x00\x00"
	}
	if len(content) < 0x80 {
		return string([]byte{tag, byte(len(content))}) + content
	}
	return string([]byte{tag, 0x82, byte(len(content) >> 8), byte(len(content))}) + content
}

// cmsOf wraps a mail as S/MIME does, without certificates and signatures.
func cmsOf(kind string, open bool, octets string) string {
	inner := ber(berSequence, open, ber(berOID, false, oidData)+ber(berFirst, open, octets))
	signed := ber(0x02, false, "\x01") + ber(0x31, false, "") + inner + ber(0x31, false, "")
	return ber(berSequence, open, ber(berOID, false, kind)+ber(berFirst, open, ber(berSequence, open, signed)))
}

func TestSecuredMail(t *testing.T) {
	words := "Content-Type: text/plain\r\n\r\nWe back it.\r\n"
	pieces := ber(berOctets|berNested, true, ber(berOctets, false, words[:9])+ber(berOctets, false, words[9:]))
	enveloped := "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"
	nested := ber(berSequence, true, "")
	for range 2 * maxBERDepth {
		nested = ber(berSequence, true, nested)
	}
	for _, tc := range []struct {
		name, wrapped string
		err           error
	}{
		{"signed", cmsOf(oidSignedData, false, ber(berOctets, false, words)), nil},
		{"signed piece by piece", cmsOf(oidSignedData, true, pieces), nil},
		{"encrypted", cmsOf(enveloped, true, pieces), ErrEncrypted},
		{"breaks off", cmsOf(oidSignedData, true, pieces)[:30], ErrEncrypted},
		{"nested", nested, ErrEncrypted},
		{"no wrapping", "hello", ErrEncrypted},
	} {
		t.Run(tc.name, func(t *testing.T) {
			mail := mailHead + "Content-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n" +
				base64.StdEncoding.EncodeToString([]byte(tc.wrapped)) + "\n"
			doc, err := File(t.Context(), "", []byte(mail))
			if !errors.Is(err, tc.err) {
				t.Fatalf("got %v, want %v", err, tc.err)
			}
			if err == nil && (doc.Text != "We back it." || doc.Facts.Author != "Ann Lee") {
				t.Errorf("got %q from %q, want the signed words from Ann Lee", doc.Text, doc.Facts.Author)
			}
		})
	}
}

// TestSignedFile takes a file out of its signature.
func TestSignedFile(t *testing.T) {
	doc := mustRead(t, "", mailHead+"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/octet-stream; name=plan.pdf.p7m\nContent-Transfer-Encoding: base64\n\n"+
		base64.StdEncoding.EncodeToString([]byte(cmsOf(oidSignedData, false, ber(berOctets, false, "%PDF-1.4"))))+"\n--b--\n")
	if partNames(doc) != "plan.pdf" || string(doc.Parts[0].Bytes) != "%PDF-1.4" {
		t.Errorf("got parts %q, want the file that was signed", partNames(doc))
	}
}

func TestEncryptedMail(t *testing.T) {
	for name, rest := range map[string]string{
		"PGP":             "Content-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----\n--b--\n",
		"PGP in the text": "Content-Type: text/plain\n\n-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n",
	} {
		if _, err := File(t.Context(), "", []byte(mailHead+rest)); !errors.Is(err, ErrEncrypted) {
			t.Errorf("%s: got %v, want %v", name, err, ErrEncrypted)
		}
	}
}

func FuzzSigned(f *testing.F) {
	f.Add([]byte(cmsOf(oidSignedData, true, ber(berOctets|berNested, true, ber(berOctets, false, "x")))))
	f.Fuzz(func(t *testing.T, data []byte) {
		if content, ok := signedContent(data); ok && len(content) > len(data) {
			t.Errorf("got %d bytes out of %d", len(content), len(data))
		}
	})
}
