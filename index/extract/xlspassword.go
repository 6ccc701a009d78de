package extract

import (
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
)

// structurePassword is what Excel encrypts a workbook with when only its structure is protected, and tries by itself when
// it opens one ([MS-OFFCRYPTO] 2.2.6, [MS-XLS] 2.4.117 FilePass). Nobody has to know it, so that no secret is broken.
const structurePassword = "VelvetSweatshop"

// A biffKey is the key of the older encryption of workbooks, "Office binary document RC4" ([MS-OFFCRYPTO] 2.3.6).
type biffKey [5]byte

// unlockBIFF gives the stream as it is, or decrypted when Excel would open it without asking for a password.
func unlockBIFF(stream []byte) ([]byte, error) {
	for s := (biffStream{data: stream}); ; {
		r, ok := s.next()
		if !ok || r.id == biffEOF {
			return stream, nil
		}
		if r.id != biffFilePass {
			continue
		}
		key, ok := newBiffKey(r.data(), structurePassword)
		if !ok {
			return nil, ErrEncrypted
		}
		return key.decrypt(stream), nil
	}
}

// newBiffKey makes the key from a FILEPASS record; false when it asks for another password or another encryption.
func newBiffKey(filePass []byte, password string) (biffKey, bool) {
	if len(filePass) < 54 || binary.LittleEndian.Uint32(filePass) != 0x0001_0001 || binary.LittleEndian.Uint16(filePass[4:]) != 1 {
		return biffKey{}, false
	}
	salt, sealed := filePass[6:22], filePass[22:54]
	of := md5.Sum(utf16le(password))
	h := md5.New()
	for range 16 {
		h.Write(of[:5])
		h.Write(salt)
	}
	key := biffKey(h.Sum(nil)[:5])
	var opened [32]byte
	key.cipher(0).XORKeyStream(opened[:], sealed)
	check := md5.Sum(opened[:16])
	return key, check == [16]byte(opened[16:])
}

// biffCipherBlock is how many bytes of the stream have one key.
const biffCipherBlock = 1024

func (k biffKey) cipher(block int) *rc4.Cipher {
	key := md5.Sum(binary.LittleEndian.AppendUint32(k[:], uint32(block)))
	c, err := rc4.NewCipher(key[:])
	if err != nil {
		panic(err) // only for a key of a wrong length
	}
	return c
}

// decrypt reads the stream in the clear. The heads of records, some whole records, and where a sheet begins were never
// encrypted, yet count in the blocks.
func (k biffKey) decrypt(stream []byte) []byte {
	plain := make([]byte, len(stream))
	for at := 0; at < len(stream); at += biffCipherBlock {
		end := min(at+biffCipherBlock, len(stream))
		k.cipher(at/biffCipherBlock).XORKeyStream(plain[at:end], stream[at:end])
	}
	for s := (biffStream{data: stream}); ; {
		at := s.at
		id, _, ok := s.record()
		if !ok {
			return plain
		}
		copy(plain[at:s.at], stream[at:at+biffClear(id, s.at-at)])
	}
}

// biffClear is how many of the bytes of a record are never encrypted ([MS-XLS] 2.2.10).
func biffClear(id uint16, size int) int {
	const interfaceHead, changesHead, locked, exclusive, changes = 0x00E1, 0x0138, 0x0195, 0x0194, 0x0196
	switch id {
	case biffBOF, biffFilePass, interfaceHead, changesHead, locked, exclusive, changes:
		return size
	case biffSheet:
		return min(size, 8)
	}
	return 4
}
