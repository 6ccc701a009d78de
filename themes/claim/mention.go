package claim

import (
	"bufio"
	"cmp"
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"collate/index"
)

// A Mention is an organisation or a law by name.
type Mention struct {
	index.Span             // without the article
	Kind       MentionKind `json:"kind"`
	Canonical  string      `json:"canonical"` // the full name: "Department for Education", "Children and Families Act 2014 s.42"
}

// MentionKind tells bodies from documents.
type MentionKind string

// The kinds of mentions.
const (
	Organisation MentionKind = "organisation"
	Law          MentionKind = "law" // a law, a section of one, a regulation, a code, a published paper
)

//go:embed gazetteer.txt
var gazetteerText string

// An entry is one name of the gazetteer.
type entry struct {
	canonical string
	kind      MentionKind
}

// gazetteer is the names by their first word, longest first; read once and not changed after that.
var gazetteer = sync.OnceValue(func() map[string][]name {
	kind := Organisation
	var all []name
	for lines := bufio.NewScanner(strings.NewReader(gazetteerText)); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		switch {
		case line == "" || line[0] == '#':
		case line == "organisations":
			kind = Organisation
		case line == "laws":
			kind = Law
		default:
			forms := strings.Split(line, "|")
			for i := range forms {
				all = append(all, name{form: strings.TrimPrefix(strings.TrimSpace(forms[i]), "the "), entry: entry{strings.TrimSpace(forms[0]), kind}})
			}
		}
	}
	return byFirstWord(all)
})

// A name is a form under which something is known.
type name struct {
	form string
	entry
}

func byFirstWord(all []name) map[string][]name {
	out := map[string][]name{}
	for _, n := range all {
		first := firstWord(n.form)
		out[first] = append(out[first], n)
	}
	for _, names := range out {
		slices.SortStableFunc(names, func(a, b name) int { return cmp.Compare(len(b.form), len(a.form)) })
	}
	return out
}

func firstWord(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end < 0 {
		return s
	}
	return s[:end]
}

var (
	// actForm is a law by its name and year.
	actForm = regexp.MustCompile(`\b\p{Lu}[\p{L}'’]*(?:\s+(?:\p{Lu}[\p{L}'’]*|and|of|for|the|in|to|\([^()]{1,60}\)))*\s+(?:Act|Regulations|Order|Rules|Bill|Measure)(?:\s+(?:\(\p{L}+\)\s+)?(?:19|20)\d\d)?\b`)
	// yearAct is "the 2014 Act".
	yearAct = regexp.MustCompile(`\b((?:19|20)\d\d)\s+(Act|Regulations|Code(?:\s+of\s+Practice)?|Order|Green\s+Paper|White\s+Paper)\b`)
	// section is a part of a law, with the law where it is named behind it.
	section = regexp.MustCompile(`(?:\b[Ss]ections?\s+|\b[Ss]{1,2}\.?\s?|\b[Rr]egulations?\s+|\b[Rr]eg\.?\s|\b[Ss]chedule\s+|\b[Ss]ch\.?\s|\b[Aa]rticles?\s+)(\d{1,3}[A-Z]{0,2}(?:\(\w{1,3}\))*)(?:(?:\s?(?:,|and|to|–|-|or)\s?)(\d{1,3}[A-Z]{0,2}(?:\(\w{1,3}\))*))*`)
	// partOf is a part of a law: the law must be named with it.
	partOf = regexp.MustCompile(`\bPart\s+(\d{1,2})\b`)
	// paperYear is the year behind a paper's name.
	paperYear = regexp.MustCompile(`^\s+of\s+(?:19|20)\d\d\b`)
	// ofLaw joins a section to the law behind it.
	ofLaw = regexp.MustCompile(`^,?\s+(?:of|in|to|under)\s+(?:the\s+)?$`)
	// papers are documents by a capital and a kind.
	papers = regexp.MustCompile(`\b(?:\p{Lu}[\p{L}'’&-]*\s+){1,6}(?:Code\s+of\s+Practice|Green\s+Paper|White\s+Paper|Statutory\s+Guidance|Framework\s+Agreement)(?:\s+(?:of\s+)?(?:19|20)\d\d)?\b`)
	// bodies is a capitalised name that ends in, or holds, what bodies are called.
	bodyHead = set(`Council Trust Association Alliance Network Union Department Committee Commission Commissioner Office Authority Service Board Foundation Society Institute College
		University Federation Guild Partnership Forum Centre Agency Ministry Tribunal Coalition Consortium Charity Fund Confederation Academy School Hospital Inspectorate Bureau League
		Circle Collective Group Panel Taskforce Congress Assembly Parliament Court Ombudsman Observatory Campaign Team Families Action Minds Fellowship Support Body Press News Times Guardian`)
	theBehind = set("of for in on")
	bodyOf    = set("of for and in on & with at")
)

// mentions finds the organisations and laws of a passage, each wording once. short forms are resolved by what it stands in.
func mentions(text string, in Context, sentences []sentence) []Mention {
	m := mentionReader{text: text, in: in}
	m.laws()
	m.listed(gazetteer())
	if in.Known != nil {
		m.listed(in.Known.forms)
	}
	for i := range sentences {
		m.capitalised(&sentences[i])
	}
	return m.done()
}

// Known are organisations that are known beforehand, such as the members and the coalition.
type Known struct {
	names []string
	forms map[string][]name // by their first word
}

// NewKnown prepares names, with short forms of some: short form to full name. A name of three words or more is also known by its
// initials, where no other name has the same.
func NewKnown(names []string, short map[string]string) *Known {
	k := &Known{names: slices.Clone(names)}
	slices.Sort(k.names)
	k.names = slices.Compact(k.names)
	forms := map[string]string{}
	for _, n := range k.names {
		if in := initials(n); len(in) > 2 && forms[in] == "" {
			forms[in] = n
		} else if len(in) > 2 {
			forms[in] = "several"
		}
	}
	for form, n := range short {
		forms[form] = n
	}
	for _, n := range k.names {
		forms[strings.TrimPrefix(n, "The ")] = n
	}
	var all []name
	for form, n := range forms {
		if n != "several" && utf8.RuneCountInString(form) > 2 {
			all = append(all, name{form, entry{n, Organisation}})
		}
	}
	slices.SortFunc(all, func(a, b name) int { return cmp.Compare(a.form, b.form) })
	k.forms = byFirstWord(all)
	return k
}

// initials are the first letters of the words with a capital; "" for fewer than three such words.
func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(strings.TrimPrefix(name, "The ")) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			b.WriteRune(r)
		}
	}
	if utf8.RuneCountInString(b.String()) < 3 {
		return ""
	}
	return b.String()
}

// fullBody is a body's full name: words with capitals that end in what bodies are called.
var fullBody = regexp.MustCompile(`\b\p{Lu}[\p{L}’'-]+(?:[ ](?:(?:of|for|and)[ ])?\p{Lu}[\p{L}’'-]+){0,5}[ ](?:Consortium|Coalition|Alliance|Network|Forum|Partnership|Association|Federation|Union|Council|Trust|Society)\b`)

// Bodies are the full names of bodies that a text names, each once, in the order of the text: "Inclusive Education Consortium".
func Bodies(text string) []string {
	m := mentionReader{text: text}
	var out []string
	for _, at := range fullBody.FindAllStringIndex(text, -1) {
		s := m.trimmed(at[0], at[1])
		words := strings.Fields(text[s.Start:s.End])
		if name := strings.Join(words, " "); len(words) > 2 && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// Laws are the full names of the acts that a text names, each once, in order; regulations, codes and papers are not among them.
func Laws(text string) []string {
	m := mentionReader{text: text}
	m.laws()
	var out []string
	for _, x := range m.taken {
		if actName.MatchString(x.Canonical) && !slices.Contains(out, x.Canonical) {
			out = append(out, x.Canonical)
		}
	}
	return out
}

var actName = regexp.MustCompile(`\bAct (?:19|20)\d\d$`)

type mentionReader struct {
	text  string
	in    Context
	taken []Mention
}

func (m *mentionReader) add(x Mention) bool {
	if empty(x.Span) || slices.ContainsFunc(m.taken, func(t Mention) bool { return overlap(t.Span, x.Span) }) {
		return false
	}
	m.taken = append(m.taken, x)
	return true
}

// done sorts them and keeps each wording once.
func (m *mentionReader) done() []Mention {
	slices.SortFunc(m.taken, func(a, b Mention) int { return cmp.Compare(a.Start, b.Start) })
	seen := map[string]bool{}
	return slices.DeleteFunc(m.taken, func(x Mention) bool {
		words := strings.Join(strings.Fields(m.text[x.Start:x.End]), " ")
		again := seen[words]
		seen[words] = true
		return again
	})
}

// laws finds acts by name, "the 2014 Act", and sections with the law that is named with them.
func (m *mentionReader) laws() {
	var acts []Mention
	take := func(x Mention) {
		if !slices.ContainsFunc(acts, func(a Mention) bool { return overlap(a.Span, x.Span) }) {
			acts = append(acts, x)
		}
	}
	for _, at := range actForm.FindAllStringIndex(m.text, -1) {
		if s := m.trimmed(at[0], at[1]); len(strings.Fields(m.text[s.Start:s.End])) > 1 {
			take(Mention{s, Law, m.lawCalled(s)})
		}
	}
	for _, at := range yearAct.FindAllStringSubmatchIndex(m.text, -1) {
		take(Mention{index.Span{Start: at[0], End: at[1]}, Law, m.lawOfYear(m.text[at[2]:at[3]], strings.Join(strings.Fields(m.text[at[4]:at[5]]), " "))})
	}
	for _, at := range papers.FindAllStringIndex(m.text, -1) {
		s := m.trimmed(at[0], at[1])
		take(Mention{s, Law, m.lawCalled(s)})
	}
	m.sections(acts)
	for _, a := range acts {
		m.add(a)
	}
}

// trimmed is a name without what only begins the sentence: "The", "Under the", "We support".
func (m *mentionReader) trimmed(start, end int) index.Span {
	for {
		rest := m.text[start:end]
		word := firstWord(rest)
		lower := strings.ToLower(word)
		if !leading[lower] || len(word) == len(rest) {
			return index.Span{Start: start, End: end}
		}
		start += len(word)
		for start < end && !wordStart(m.text[start:]) {
			_, n := utf8.DecodeRuneInString(m.text[start:])
			start += n
		}
	}
}

func wordStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// leading are words in capitals only because they begin a sentence.
var leading = set(`the a an under in of and for to by from with our we this that these those its their if when while both since until as at on but no not any all each every
	our your his her it they he she there where what which who how why also only even over about after before because so then thus yet`)

// lawCalled is a law's full name: the gazetteer's where it knows the form.
func (m *mentionReader) lawCalled(at index.Span) string {
	words := strings.Join(strings.Fields(m.text[at.Start:at.End]), " ")
	for _, n := range gazetteer()[firstWord(words)] {
		if n.kind == Law && strings.EqualFold(n.form, yearBehind.ReplaceAllString(words, "")) {
			return n.canonical
		}
	}
	return words
}

var yearBehind = regexp.MustCompile(`\s+of\s+(?:19|20)\d\d$`)

// lawOfYear is the one law of the gazetteer with the year that is called so; "2014 Act" as it stands where it knows several, unless
// the passage names one of them.
func (m *mentionReader) lawOfYear(year, what string) string {
	var found []string
	for _, names := range gazetteer() {
		for _, n := range names {
			if n.kind == Law && n.form == n.canonical && strings.HasSuffix(n.form, what+" "+year) {
				found = append(found, n.canonical)
			}
		}
	}
	slices.Sort(found)
	for _, f := range found {
		if strings.Contains(m.text, strings.TrimSuffix(f, " "+year)) || len(found) == 1 {
			return f
		}
	}
	if slices.Contains(found, usual) {
		return usual
	}
	return year + " " + what
}

// usual is the law that people who write on special educational needs mean by "the 2014 Act".
const usual = "Children and Families Act 2014"

// sections adds "section 42 of the Children and Families Act 2014", and "s.42" alone.
func (m *mentionReader) sections(acts []Mention) {
	for _, at := range section.FindAllStringSubmatchIndex(m.text, -1) {
		if slices.ContainsFunc(acts, func(a Mention) bool { return overlap(a.Span, index.Span{Start: at[0], End: at[1]}) }) {
			continue
		}
		if strings.HasSuffix(m.text[:at[0]], "'") || strings.HasSuffix(m.text[:at[0]], "’") { // "he's 3"
			continue
		}
		s := index.Span{Start: at[0], End: at[1]}
		law := ""
		for _, a := range acts {
			switch {
			case a.Start >= at[1] && ofLaw.MatchString(m.text[at[1]:a.Start]):
				law, s.End = a.Canonical, a.End
			case a.End <= at[0] && (m.text[a.End:at[0]] == ", " || m.text[a.End:at[0]] == " "):
				law, s.Start = a.Canonical, a.Start
			}
		}
		part := strings.TrimSpace(m.text[at[0]:at[2]])
		number := strings.Join(strings.Fields(m.text[at[2]:at[1]]), " ")
		if law == "" && ofTheAct.MatchString(m.text[at[1]:]) {
			s.End = at[1] + ofTheAct.FindStringIndex(m.text[at[1]:])[1]
		}
		if law == "" {
			law = m.theLaw(acts)
		}
		m.add(Mention{s, Law, strings.TrimSpace(law + " " + partSign(part) + number)})
	}
	m.parts(acts)
}

// parts adds "Part 3 of the Act"; a part of which no law is said to be one is no law's.
func (m *mentionReader) parts(acts []Mention) {
	for _, at := range partOf.FindAllStringIndex(m.text, -1) {
		s, law := index.Span{Start: at[0], End: at[1]}, ""
		for _, a := range acts {
			if a.Start >= at[1] && ofLaw.MatchString(m.text[at[1]:a.Start]) {
				law, s.End = a.Canonical, a.End
			}
		}
		if of := ofTheAct.FindStringIndex(m.text[at[1]:]); law == "" && of != nil {
			law, s.End = m.theLaw(acts), at[1]+of[1]
		}
		if s.End > at[1] {
			m.add(Mention{s, Law, strings.TrimSpace(law + " " + m.text[at[0]:at[1]])})
		}
	}
}

// ofTheAct is a law by its kind alone, behind a section.
var ofTheAct = regexp.MustCompile(`^\s+of\s+the\s+(?:Act|Regulations|Code)\b`)

// theLaw is the law that a section without a name is of: the only one that the passage names, or else the only one that the whole
// submission does, or else the one that most submissions name. "" where the passage names several.
func (m *mentionReader) theLaw(acts []Mention) string {
	one := ""
	for _, a := range acts {
		if one != "" && one != a.Canonical {
			return ""
		}
		one = a.Canonical
	}
	switch {
	case one == "" && len(m.in.Laws) == 1:
		return m.in.Laws[0]
	case one == "":
		return m.in.Law
	}
	return one
}

// partSign is how a part of a law is cited.
func partSign(part string) string {
	switch p := strings.ToLower(strings.TrimRight(part, ". ")); {
	case strings.HasPrefix(p, "reg"):
		return "reg."
	case strings.HasPrefix(p, "sch"):
		return "sch."
	case strings.HasPrefix(p, "art"):
		return "art."
	}
	return "s."
}

// listed finds names of a list where they stand as words of their own.
func (m *mentionReader) listed(names map[string][]name) {
	for i := 0; i < len(m.text); {
		if !wordStart(m.text[i:]) {
			_, n := utf8.DecodeRuneInString(m.text[i:])
			i += n
			continue
		}
		word := firstWord(m.text[i:])
		next := i + len(word)
		for _, n := range names[word] {
			if end, ok := standsAt(m.text, i, n.form); ok && !m.partOfName(i, end, n) && !m.anyOne(i, n) && m.add(Mention{index.Span{Start: i, End: m.withYear(end, n)}, n.kind, n.canonical}) {
				next = end
				break
			}
		}
		i = next
	}
}

// partOfName reports whether a one-word form is only part of a longer name of something else: "Contact Group", "Sense".
func (m *mentionReader) partOfName(start, end int, n name) bool {
	if strings.ContainsAny(n.form, " ") {
		return false
	}
	if ambiguous[n.form] {
		return true
	}
	rest := strings.TrimLeft(m.text[end:], " ")
	next := firstWord(rest)
	return bodyHead[next] && len(rest) > 0 && m.text[end:end+min(1, len(m.text)-end)] == " " && n.form != "NHS"
}

// anyOne reports whether an article makes a law's short form only a kind of paper: "does not need a White Paper".
func (m *mentionReader) anyOne(start int, n name) bool {
	return n.kind == Law && n.form != n.canonical && indefinite.MatchString(m.text[:start])
}

var indefinite = regexp.MustCompile(`(?i)\b(?:a|an|another|no|any|every|each)\s+$`)

// withYear is the end of a paper's name with the year behind it: "the Green Paper of 2022".
func (m *mentionReader) withYear(end int, n name) int {
	if n.kind == Law && strings.HasSuffix(n.form, "Paper") {
		if at := paperYear.FindStringIndex(m.text[end:]); at != nil {
			return end + at[1]
		}
	}
	return end
}

// ambiguous are names that are also words: they count only in a longer form.
var ambiguous = set("Contact Scope Sense Commons Lords Code Contact")

// standsAt reports whether a form stands at i, its white space of any length, and ends a word there.
func standsAt(text string, i int, form string) (end int, ok bool) {
	for j := 0; j < len(form); {
		if form[j] == ' ' {
			start := i
			for i < len(text) && (text[i] == ' ' || text[i] == '\n' || text[i] == '\t') {
				i++
			}
			if i == start {
				return 0, false
			}
			j++
			continue
		}
		switch {
		case i >= len(text):
			return 0, false
		case form[j] == '\'' && strings.HasPrefix(text[i:], "’"):
			i += len("’")
			j++
			continue
		case text[i] != form[j]:
			return 0, false
		}
		i++
		j++
	}
	return i, !wordStart(text[i:])
}

// capitalised finds names by their capitals: a run of capitalised words that ends in what bodies are called, and a short form that the
// passage itself introduces in brackets.
func (m *mentionReader) capitalised(s *sentence) {
	for i := 0; i < len(s.words); {
		if !capital(s.words[i].Word) {
			i++
			continue
		}
		j := s.run(i)
		m.body(s, i, j)
		i = j
	}
}

// run is the end of the run of capitalised words from i on, with the small words inside it.
func (s *sentence) run(i int) int {
	end := i + 1
	for j := i + 1; j < len(s.words); j++ {
		switch w := s.words[j].Word; {
		case capital(w) || (w == "'s" || w == "’s" || w == "'" || w == "’") && j+1 < len(s.words) && capital(s.words[j+1].Word):
			end = j + 1
		case w == "the" && !theBehind[s.words[j-1].Word]:
			return end // "Office of the Children's Commissioner", not "Whatever the Department"
		case bodyOf[w] && j+1 < len(s.words) && j-end < 2:
		default:
			return end
		}
	}
	return end
}

// body takes of a run of capitalised words what ends in what bodies are called, with an "of" or "for" behind it.
func (m *mentionReader) body(s *sentence, i, j int) {
	for i < j && leading[s.lower[i]] {
		i++
	}
	head := j - 1
	for head >= i && !bodyHead[s.words[head].Word] {
		head--
	}
	if head < i {
		return
	}
	end := head + 1
	if w := s.at(end); end < j && (w == "of" || w == "for") {
		end = j
	}
	if end-i == 1 && !(aloneBody[s.words[i].Word] && m.article(s, i)) {
		return
	}
	at := s.span(i, end)
	words := strings.Join(strings.Fields(m.text[at.Start:at.End]), " ")
	if end-i == 1 {
		words = m.short(words)
	}
	m.add(Mention{at, Organisation, words})
}

// short is the body that "the Department" or "the Alliance" stands for: the writer where its name holds the word, else the one known
// name that does; the Department is the one for education unless the passage names another.
func (m *mentionReader) short(word string) string {
	if holdsWord(m.in.Own, word) {
		return m.in.Own
	}
	var found []string
	if m.in.Known != nil {
		for _, n := range m.in.Known.names {
			if holdsWord(n, word) {
				found = append(found, n)
			}
		}
	}
	switch {
	case word == "Department":
		return "Department for Education"
	case len(found) == 1:
		return found[0]
	}
	return word
}

func holdsWord(name, word string) bool { return slices.Contains(strings.Fields(name), word) }

// aloneBody are short forms with a capital that stand for a body already named: "the Department".
var aloneBody = set("Department Committee Alliance Trust Association Union Council Tribunal Commission Network Consortium Coalition Board Society Forum Federation Guild Partnership Ministry Authority Charity Agency")

// article reports whether "the" stands before a word, or it is someone's: "our Association".
func (m *mentionReader) article(s *sentence, i int) bool {
	switch s.at(i - 1) {
	case "the", "our", "this":
		return true
	case "a":
		return s.at(i) == "department"
	}
	return false
}

func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// FullName is the full name of a body or law that the gazetteer knows by this form; "" for none.
func FullName(form string) string {
	for _, n := range gazetteer()[firstWord(form)] {
		if n.form == form {
			return n.canonical
		}
	}
	return ""
}
