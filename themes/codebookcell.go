package themes

import "strings"

// Entries in one cell stand each on a line of its own. One that a line cannot hold, because it has several lines itself, is empty, or
// begins or ends with a blank, has a mark before each line: |> before the first, | before the others.
const (
	firstMark = "|>"
	nextMark  = "| "
)

// JoinEntries writes the entries of a list into one cell, for people to read and change; [SplitEntries] reads them back.
func JoinEntries(entries []string) string {
	var out []string
	for _, e := range entries {
		if e == strings.TrimSpace(e) && e != "" && !strings.ContainsAny(e, "\n\r") && !strings.HasPrefix(e, "|") {
			out = append(out, e)
			continue
		}
		for i, line := range strings.Split(e, "\n") {
			if i == 0 {
				out = append(out, firstMark+line)
			} else {
				out = append(out, nextMark+line)
			}
		}
	}
	return strings.Join(out, "\n")
}

// SplitEntries reads the entries of a cell that [JoinEntries] wrote or a person did: one a line, blank lines between them left out.
func SplitEntries(cell string) []string {
	var out []string
	open := false // the last entry may go on
	for line := range strings.SplitSeq(cell, "\n") {
		if rest, ok := strings.CutPrefix(line, firstMark); ok {
			out, open = append(out, rest), true
			continue
		}
		if rest, ok := strings.CutPrefix(line, nextMark); ok && open {
			out[len(out)-1] += "\n" + rest
			continue
		}
		if line = strings.TrimSpace(line); line == strings.TrimSpace(nextMark) && open { // a program took the blank off
			out[len(out)-1] += "\n"
			continue
		}
		open = false
		if line != "" {
			out = append(out, line)
		}
	}
	return out
}
