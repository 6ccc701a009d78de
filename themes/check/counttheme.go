package check

import (
	"strings"

	"collate/index"
	"collate/themes"
	"collate/themes/counted"
)

// A subject is what a statement is about.
type subject struct {
	theme string // its id; "" where it cannot be told
	from  string // where the theme was found, for the reason: "the heading"
	more  int    // words of the subject beside the theme's own: the more, the narrower what is said
}

// pointers are words that point at something said before, and words that add nothing to it.
var pointers = wordSet(`it this that these those them they both such a an the of for to in on about with and or by its their our any all more less than
	proposal proposals plan plans idea ideas approach reform reforms measure measures change changes question questions matter point points issue issues
	government government's department department's dfe new proposed mandatory national current present present planned recommendation such framework system position line principle too also same
	send ap sen theme topic condition conditions wholly fully strongly overall outright reject entirely particular as at all here`)

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

// themesOf finds the themes that words speak of, by name or by the codebook's rules. A name outweighs rules.
func themesOf(book *themes.Codebook, words string) (found []string, marks map[string][]index.Span) {
	marks = map[string][]index.Span{}
	var byRule []string
	for _, p := range book.About(words) {
		byRule = append(byRule, p.ThemeID)
		marks[p.ThemeID] = p.Marks
	}
	lower := strings.ToLower(words)
	for i := range book.Themes {
		t := &book.Themes[i]
		if t.State == themes.ThemeRetired {
			continue
		}
		if at := strings.Index(lower, strings.ToLower(t.Name)); at >= 0 && len(lower) == len(words) && t.Name != "" {
			found = append(found, t.ID)
			marks[t.ID] = append(marks[t.ID], index.Span{Start: at, End: at + len(t.Name)})
		}
	}
	if len(found) > 0 {
		return found, marks
	}
	return byRule, marks
}

// themeIn is the one theme that words speak of; of several, the one whose words cover most of it alone. False where none does.
func themeIn(book *themes.Codebook, words string) (id string, more int, ok bool) {
	found, marks := themesOf(book, words)
	best := -1
	for _, f := range found {
		n := 0
		for _, m := range marks[f] {
			n += m.End - m.Start
		}
		switch {
		case n > best:
			id, best, ok = f, n, true
		case n == best:
			ok = false
		}
	}
	if !ok {
		return "", 0, false
	}
	return id, beside(words, marks[id]), true
}

// beside counts the words outside the marks that say more.
func beside(words string, marks []index.Span) int {
	n, at := 0, 0
	for w := range strings.FieldsSeq(words) {
		start := at + strings.Index(words[at:], w)
		at = start + len(w)
		bare := strings.ToLower(strings.Trim(w, ".,;:()'\"“”‘’–—-"))
		inside := false
		for _, m := range marks {
			inside = inside || start < m.End && at > m.Start
		}
		if bare != "" && !inside && !pointers[bare] {
			n++
		}
	}
	return n
}

// subjectOf finds what a statement is about: its own words, else what was said just before it, else the headings above it.
func (j *countJudge) subjectOf(text string, headings []string, st *counted.Statement, before []judgedCount) subject {
	own := text[st.Subject.Start:st.Subject.End]
	if id, more, ok := themeIn(j.book, own); ok {
		return subject{id, "its words", more}
	}
	found, _ := themesOf(j.book, own)
	if len(found) > 1 || beside(own, nil) > 0 {
		return subject{} // it names something that is no theme, or several
	}
	for i := len(before) - 1; i >= 0; i-- {
		if before[i].Sentence == st.Sentence && before[i].theme != nil {
			return subject{before[i].theme.ID, "the sentence", 0}
		}
	}
	if id, _, ok := themeIn(j.book, text[st.Sentence.Start:st.End]); ok {
		return subject{id, "the sentence", 0}
	}
	if id, _, ok := themeIn(j.book, text[st.Sentence.Start:st.Sentence.End]); ok && own == "" {
		return subject{id, "the sentence", 0}
	}
	if last := lastSentence(text, st.Sentence.Start); last != "" {
		if id, _, ok := themeIn(j.book, last); ok {
			return subject{id, "the sentence before", 0}
		}
	}
	for i := len(before) - 1; i >= 0; i-- {
		if before[i].theme != nil {
			return subject{before[i].theme.ID, "the count before", 0}
		}
	}
	for i := len(headings) - 1; i >= 0; i-- {
		if id, _, ok := themeIn(j.book, headings[i]); ok {
			return subject{id, "the heading", 0}
		}
	}
	return subject{}
}

// lastSentence is the one that ends before an offset, of the same paragraph.
func lastSentence(text string, at int) string {
	out := ""
	for _, s := range index.Sentences(text[:at]) {
		out = text[s.Start:s.End]
	}
	return out
}
