package index

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	process "os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A sphinx is a connection to Sphinx, another search engine (Debian's package sphinxsearch), in MySQL's protocol, which it speaks: no more
// of it than a question and its answer as text.
type sphinx struct {
	conn net.Conn
	in   *bufio.Reader
}

// sphinxConfig has every passage as one field, English stems, words of one letter and no word left out. The table of characters has the
// letters that the passages have; é is e, as for [Words].
const sphinxConfig = `
source passages
{
	type = xmlpipe2
	xmlpipe_command = cat passages.xml
}
index passages
{
	source = passages
	path = passages
	dict = keywords
	morphology = stem_en
	min_prefix_len = 2
	index_exact_words = 1
	charset_table = 0..9, A..Z->a..z, a..z, U+E9->e
}
searchd
{
	listen = %s:mysql41
	log = searchd.log
	pid_file = searchd.pid
	binlog_path =
	workers = threads
}
`

// startSphinx indexes passages, whose ids are their places in the list, and answers on loopback until the test ends. It skips the test
// where Sphinx is not installed.
func startSphinx(t *testing.T, passages []string) *sphinx {
	t.Helper()
	for _, program := range []string{"indexer", "searchd"} {
		if _, err := process.LookPath(program); err != nil {
			t.Skipf("%s is not installed: it comes with Debian's package sphinxsearch", program)
		}
	}
	dir := t.TempDir()
	address := freeAddress(t)
	for name, content := range map[string][]byte{"sphinx.conf": fmt.Appendf(nil, sphinxConfig, address), "passages.xml": sphinxPassages(t, passages)} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	indexer := process.CommandContext(t.Context(), "indexer", "--config", "sphinx.conf", "passages")
	indexer.Dir = dir
	if out, err := indexer.CombinedOutput(); err != nil {
		t.Fatalf("indexer: %v\n%s", err, out)
	}
	var out bytes.Buffer
	searchd := process.CommandContext(t.Context(), "searchd", "--config", "sphinx.conf", "--nodetach")
	searchd.Dir, searchd.Stdout, searchd.Stderr = dir, &out, &out
	if err := searchd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- searchd.Wait() }()
	t.Cleanup(func() { _ = searchd.Process.Kill(); <-ended })
	for {
		s, err := dialSphinx(address)
		if err == nil {
			t.Cleanup(func() { _ = s.conn.Close() })
			return s
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("searchd: %v\n%s", err, out.String())
		case <-time.After(20 * time.Millisecond): // until it listens
		case <-t.Context().Done():
			t.Fatal(err)
		}
	}
}

// freeAddress is one that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func sphinxPassages(t *testing.T, passages []string) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?><sphinx:docset><sphinx:schema><sphinx:field name="text"/></sphinx:schema>`)
	for i, p := range passages {
		fmt.Fprintf(&b, `<sphinx:document id="%d"><text>`, i+1) // there is no document 0
		if err := xml.EscapeText(&b, []byte(p)); err != nil {
			t.Fatal(err)
		}
		b.WriteString("</text></sphinx:document>\n")
	}
	b.WriteString("</sphinx:docset>")
	return b.Bytes()
}

func dialSphinx(address string) (*sphinx, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	s := &sphinx{conn, bufio.NewReader(conn)}
	if err := s.login(); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return s, nil
}

// login answers the greeting. Sphinx knows no names and passwords.
func (s *sphinx) login() error {
	if _, err := s.packet(); err != nil {
		return err
	}
	const protocol41, secureConnection, utf8General = 0x200, 0x8000, 33
	answer := make([]byte, 34) // 32 bytes, an empty name and an empty password
	binary.LittleEndian.PutUint32(answer, protocol41|secureConnection)
	binary.LittleEndian.PutUint32(answer[4:], 1<<24)
	answer[8] = utf8General
	if err := s.send(1, answer); err != nil {
		return err
	}
	_, err := s.packet()
	return err
}

// send writes one packet: three bytes of length, its number, and what it says.
func (s *sphinx) send(number byte, b []byte) error {
	_, err := s.conn.Write(append([]byte{byte(len(b)), byte(len(b) >> 8), byte(len(b) >> 16), number}, b...))
	return err
}

// What packets begin with.
const (
	sphinxQuery = 3
	sphinxOK    = 0
	sphinxEnd   = 0xfe
	sphinxError = 0xff
)

func (s *sphinx) packet() ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(s.in, head[:]); err != nil {
		return nil, err
	}
	b := make([]byte, little(head[:3]))
	if _, err := io.ReadFull(s.in, b); err != nil {
		return nil, err
	}
	if len(b) == 0 {
		return nil, errors.New("sphinx: an empty packet")
	}
	if b[0] == sphinxError {
		return nil, fmt.Errorf("sphinx: %q", b[1:])
	}
	return b, nil
}

// ask is the rows of an answer.
func (s *sphinx) ask(query string) (rows [][]string, err error) {
	if err := s.send(0, append([]byte{sphinxQuery}, query...)); err != nil {
		return nil, err
	}
	head, err := s.packet()
	if err != nil || head[0] == sphinxOK {
		return nil, err
	}
	for b := head; b[0] != sphinxEnd; { // the names of the columns
		if b, err = s.packet(); err != nil {
			return nil, err
		}
	}
	for {
		b, err := s.packet()
		if err != nil {
			return nil, err
		}
		if b[0] == sphinxEnd && len(b) < 9 {
			return rows, nil
		}
		var row []string
		for len(b) > 0 {
			var value string
			value, b = sphinxString(b)
			row = append(row, value)
		}
		rows = append(rows, row)
	}
}

// sphinxString is the first string of b, whose length stands before it in one byte or in two or three behind a mark.
func sphinxString(b []byte) (value string, rest []byte) {
	const none, two, three = 0xfb, 0xfc, 0xfd
	n, skip := int(b[0]), 1
	switch b[0] {
	case none:
		n = 0
	case two:
		n, skip = little(b[1:3]), 3
	case three:
		n, skip = little(b[1:4]), 4
	}
	return string(b[skip : skip+n]), b[skip+n:]
}

func little(b []byte) (n int) {
	for i, x := range b {
		n |= int(x) << (8 * i)
	}
	return n
}

// sphinxQuoted is a string in a question.
func sphinxQuoted(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}
