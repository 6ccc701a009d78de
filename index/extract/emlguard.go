package extract

import (
	"bytes"
	"fmt"
	"regexp"
)

// What a mail may have before it is parsed: 58 KB with 1,000 nested parts keep a MIME parser busy for half a minute.
const (
	maxMailDepth      = 50
	maxMailBoundaries = 2000
	// A boundary may be declared in pieces (RFC 2231), which the guard does not put together; no mail program does so.
	maxMailSplit = 20
)

var (
	boundaryDeclared = regexp.MustCompile(`(?i)\bboundary[ \t]*=[ \t]*(?:\r?\n[ \t]+)?(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))`)
	boundarySplit    = regexp.MustCompile(`(?i)\bboundary\*`)
)

// guardMail refuses a mail whose parts nest too deep or are too many.
func guardMail(data []byte) error {
	if len(boundarySplit.FindAllIndex(data, maxMailSplit+1)) > maxMailSplit {
		return fmt.Errorf("%w: the boundaries of the mail's parts are hidden", ErrLimit)
	}
	declared := map[string]bool{}
	for _, at := range boundaryDeclared.FindAllSubmatch(data, maxMailBoundaries+1) {
		declared[string(at[1])+string(at[2])] = true
	}
	if len(declared) == 0 {
		return nil
	}
	if len(declared) > maxMailBoundaries {
		return fmt.Errorf("%w: more than %d mail parts", ErrLimit, maxMailBoundaries)
	}
	return countBoundaries(data, declared)
}

// countBoundaries follows the lines that begin and end parts.
func countBoundaries(data []byte, declared map[string]bool) error {
	var open []string
	seen := 0
	for line := range bytes.Lines(data) {
		if !bytes.HasPrefix(line, []byte("--")) {
			continue
		}
		name := string(bytes.TrimRight(line[2:], " \t\r\n"))
		end := false
		if !declared[name] && len(name) > 2 && name[len(name)-2:] == "--" {
			name, end = name[:len(name)-2], true
		}
		if !declared[name] {
			continue
		}
		if seen++; seen > maxMailBoundaries {
			return fmt.Errorf("%w: more than %d boundaries between mail parts", ErrLimit, maxMailBoundaries)
		}
		open = enter(open, name, end)
		if len(open) > maxMailDepth {
			return fmt.Errorf("%w: mail parts nested more than %d deep", ErrLimit, maxMailDepth)
		}
	}
	return nil
}

// enter keeps the path of boundaries: one that is open ends everything inside it, a new one goes deeper.
func enter(open []string, name string, end bool) []string {
	for i, b := range open {
		if b == name {
			if end {
				return open[:i]
			}
			return open[:i+1]
		}
	}
	if end {
		return open
	}
	return append(open, name)
}
