package themes

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"collate/index"
)

// A disclosure decides what may be shown of whom. It fails closed: a member that is confidential in one submission is not
// named anywhere, and words that name a member who is not to be named are withheld, whoever wrote them.
type disclosure struct {
	labels  map[string]string        // member → how it is called
	strict  map[string]index.Consent // member → the strictest consent of its submissions
	unnamed map[string]bool          // labels of members that are not to be named
	names   *regexp.Regexp           // of members who are not to be named; nil when there are none
}

// confidentialPassage is what the member is called of a passage that is confidential when its submission is not.
const confidentialPassage = "Confidential passage"

func disclose(s *index.Snapshot) *disclosure { return discloseTo(s, View{}) }

// discloseTo is [disclose] for a view: where it names nobody every member is anonymous at least, and a member that it is made for may read
// its own name and words.
func discloseTo(s *index.Snapshot, view View) *disclosure {
	d := &disclosure{labels: map[string]string{}, unnamed: map[string]bool{}, strict: map[string]index.Consent{}}
	for _, m := range s.Members {
		d.strict[m.Name] = index.Stricter(index.Attributable, m.Consent)
	}
	for _, sub := range s.Submissions {
		if sub.Member != "" {
			d.strict[sub.Member] = index.Stricter(d.strict[sub.Member], sub.Consent)
		}
	}
	members := s.Members
	if view.Anonymous {
		members = d.anonymise(s)
	}
	if _, ok := d.strict[view.Member]; ok {
		d.strict[view.Member] = index.Attributable
	}
	count := map[string]int{}
	for _, m := range members {
		count[d.kind(m)]++
	}
	number := map[string]int{}
	var hidden []string
	for _, m := range members {
		kind := d.kind(m)
		if kind == "" {
			continue
		}
		number[kind]++
		d.labels[m.Name] = kind
		if count[kind] > 1 {
			d.labels[m.Name] = fmt.Sprintf("%s %d", kind, number[kind])
		}
		d.unnamed[d.labels[m.Name]] = true
		hidden = append(hidden, spellings(m)...)
	}
	if len(hidden) > 0 {
		d.names = namesPattern(hidden)
	}
	d.unnamed[d.label("")] = d.names != nil // it could be from a member that is not to be named
	for _, m := range s.Members {
		if d.kind(m) != "" {
			continue
		}
		if d.labels[m.Name] = m.Name; d.names != nil && d.names.MatchString(bare(m.Name)) {
			number["renamed"]++
			d.labels[m.Name] = fmt.Sprintf("Member whose name is withheld %d", number["renamed"])
			d.unnamed[d.labels[m.Name]] = true
		}
	}
	return d
}

// kind is what a member that is not to be named is called; "" for one that is named.
func (d *disclosure) kind(m index.Member) string {
	switch d.strict[m.Name].Strictness() {
	case 0:
		return ""
	case 1:
		if m.Type == "" {
			return "Anonymous member"
		}
		return "Anonymous member (" + m.Type + ")"
	}
	return "Confidential member"
}

// spellings are the patterns of a member's names, any white space and either apostrophe between the words.
func spellings(m index.Member) []string {
	var out []string
	for _, d := range m.Domains {
		out = append(out, regexp.QuoteMeta(strings.TrimPrefix(d, "@")))
	}
	for _, n := range append([]string{m.Name, m.Short}, m.Aliases...) {
		words := strings.Fields(bare(strings.TrimPrefix(n, "The ")))
		if len(n) == 2 { // too short to be looked for in small letters: "AP" and "ap" are words
			out = append(out, `(?-i:`+regexp.QuoteMeta(n)+`)`)
			continue
		}
		if len(words) == 0 || len(n) < 3 || strings.HasPrefix(strings.ToLower(n), "anonymous") {
			continue
		}
		for i := range words {
			switch words[i] {
			case "&", "and":
				words[i] = "(?:&|and)"
			default:
				words[i] = strings.NewReplacer("'", "['’]?", "’", "['’]?").Replace(regexp.QuoteMeta(words[i]))
			}
		}
		out = append(out, strings.Join(words, `[\s\p{Z}_-]*`)+"s?")
	}
	return out
}

// label is how a member is called in outputs.
func (d *disclosure) label(member string) string {
	if l, ok := d.labels[member]; ok {
		return l
	}
	return "Unnamed member"
}

// named reports whether the member, its files and its type may be told.
func (d *disclosure) named(member string) bool { return d.strict[member].Strictness() == 0 }

// withheld says why words of a member are not shown, or "". Consent is what holds for the words.
func (d *disclosure) withheld(member string, consent index.Consent, words string) string {
	switch {
	case consent.Strictness() == 2 || d.strict[member].Strictness() == 2:
		return "confidential: counted, not quoted"
	case d.names != nil && d.names.MatchString(bare(words)):
		return "withheld: it names a member who is not to be named"
	}
	return ""
}

// safe is text with the names of members that are not to be named blotted out. It is for file names and reasons, never for
// a member's words: those are shown whole or not at all.
func (d *disclosure) safe(text string) string {
	if d.names == nil || !d.names.MatchString(bare(text)) {
		return text
	}
	if out := d.names.ReplaceAllString(text, " (name withheld) "); !d.names.MatchString(bare(out)) {
		return out
	}
	return "(withheld)" // the name is written in a way that only shows when the text is stripped
}

// bare is text without what hides a name from a search: accents, soft hyphens and other signs that are not seen.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(lineEnd.ReplaceAllString(text, "")))
}

// lineEnd is a hyphen that parts a word at a line's end.
var lineEnd = regexp.MustCompile(`-\r?\n`)
