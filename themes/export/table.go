package export

import (
	"bufio"
	"io"
)

// TableCSV writes records as a table for other programs, as [QuotesCSV] does: the first one is the head.
func TableCSV(w io.Writer, records [][]string) error {
	out := bufio.NewWriter(w)
	out.WriteString("\uFEFF")
	for _, r := range records {
		writeRecord(out, r)
	}
	return out.Flush()
}
