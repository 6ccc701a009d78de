package themes

import (
	"strings"

	"collate/index"
)

// The headings under which a theme's lists stand in a text that other programs keep for a code.
const (
	memoRules       = "Rules:"
	memoNone        = "Rules that keep off:"
	memoExamples    = "Examples:"
	memoNonExamples = "Non-examples:"
	memoMark        = "collate: "
	memoRetired     = ", retired"
	entryMark       = "- "
	entryMore       = "  "
)

// Memo is what the theme covers with its rules and examples as one text, for programs that keep only a description of a code. It is for
// people to read, and [ReadCodebook] takes it apart again.
func (t *Theme) Memo() string {
	var b strings.Builder
	for line := range strings.SplitSeq(t.Description, "\n") {
		if isMemoHead(strings.TrimLeft(line, " ")) {
			b.WriteByte(' ') // a heading of its own begins further in
		}
		b.WriteString(line + "\n")
	}
	for _, part := range []struct {
		head    string
		entries []string
	}{{memoRules, t.Any}, {memoNone, t.None}, {memoExamples, t.Examples}, {memoNonExamples, t.NonExamples}} {
		if len(part.entries) == 0 {
			continue
		}
		b.WriteString("\n" + part.head + "\n")
		for _, e := range part.entries {
			b.WriteString(entryMark + strings.ReplaceAll(e, "\n", "\n"+entryMore) + "\n")
		}
	}
	b.WriteString("\n" + memoMark + t.ID)
	if t.State == ThemeRetired {
		b.WriteString(memoRetired)
	}
	return b.String()
}

func isMemoHead(line string) bool {
	switch line = strings.TrimRight(line, " "); line {
	case memoRules, memoNone, memoExamples, memoNonExamples:
		return true
	}
	return strings.HasPrefix(line, memoMark)
}

// readMemo takes a memo apart, and any other description for one: headings under which something else than a list stands are part of
// the description. Rules that cannot be understood are left out and returned.
func (t *Theme) readMemo(memo string) (broken []string) {
	lines := strings.Split(lineFeeds.Replace(memo), "\n")
	var text []string
	for i := 0; i < len(lines); {
		line := strings.TrimRight(lines[i], " ")
		rest, isMark := strings.CutPrefix(line, memoMark)
		list, end := memoList(lines, i)
		switch id, retired := strings.CutSuffix(rest, memoRetired); {
		case isMark && themeID.MatchString(id):
			if t.ID = id; retired {
				t.State = ThemeRetired
			}
			i++
		case list != nil:
			broken = append(broken, t.addMemo(line, list)...)
			i = end
		default:
			if inner := strings.TrimLeft(lines[i], " "); inner != lines[i] && isMemoHead(inner) {
				lines[i] = lines[i][1:]
			}
			text = append(text, lines[i])
			i++
		}
	}
	for len(text) > 0 && strings.TrimSpace(text[len(text)-1]) == "" {
		text = text[:len(text)-1]
	}
	t.Description = strings.Join(text, "\n")
	return broken
}

// memoList is the list under a heading and the line behind it; nil where there is no heading or no list under it.
func memoList(lines []string, at int) (entries []string, end int) {
	if head := strings.TrimRight(lines[at], " "); !isMemoHead(head) || strings.HasPrefix(head, memoMark) {
		return nil, at
	}
	i := at + 1
	for ; i < len(lines); i++ {
		entry, is := strings.CutPrefix(lines[i], entryMark)
		more, goesOn := strings.CutPrefix(lines[i], entryMore)
		switch {
		case is:
			entries = append(entries, entry)
		case goesOn && len(entries) > 0:
			entries[len(entries)-1] += "\n" + more
		case strings.TrimSpace(lines[i]) == "":
			if len(entries) > 0 {
				return entries, i + 1
			}
		default:
			return entries, i
		}
	}
	return entries, i
}

func (t *Theme) addMemo(head string, entries []string) (broken []string) {
	switch head {
	case memoExamples:
		t.Examples = append(t.Examples, entries...)
		return nil
	case memoNonExamples:
		t.NonExamples = append(t.NonExamples, entries...)
		return nil
	}
	for _, e := range entries {
		_, err := index.ParseQuery(e)
		switch {
		case err != nil:
			broken = append(broken, e)
		case head == memoRules:
			t.Any = append(t.Any, e)
		default:
			t.None = append(t.None, e)
		}
	}
	return broken
}
