package index

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"collate/index/extract"
)

// A Member is one organisation of the consortium: who is counted.
type Member struct {
	Name    string   `json:"name"`
	Short   string   `json:"short,omitempty"`
	Type    string   `json:"type,omitempty"`
	Aliases []string `json:"aliases,omitempty"`
	Domains []string `json:"domains,omitempty"` // of its e-mail addresses
	Consent Consent  `json:"consent"`
	Listed  bool     `json:"listed"` // in members.csv, or entered by a person; otherwise guessed from a submission
}

// Consent says how a member's words may be used. The stricter of a member's and a submission's holds.
type Consent string

// The kinds of consent, from the freest to the strictest.
const (
	Attributable Consent = "attributable"
	Anonymous    Consent = "anonymous"    // quoted, described by its type, never named
	Confidential Consent = "confidential" // counted, never quoted, never named
)

// Strictness orders consents; what is not a known consent is the strictest, so that a misspelling never lets a name out.
func (c Consent) Strictness() int {
	switch c {
	case Attributable, "":
		return 0
	case Anonymous:
		return 1
	}
	return 2
}

// Stricter is the stricter of two consents.
func Stricter(a, b Consent) Consent {
	if b.Strictness() > a.Strictness() {
		return b
	}
	if a == "" {
		return Attributable
	}
	return a
}

// Caution is what has to stand beside a member's name where its words are shown; "" where they are free to use.
func (c Consent) Caution() string {
	switch c.Strictness() {
	case 0:
		return ""
	case 1:
		return "ANONYMOUS: not to be named"
	}
	return "CONFIDENTIAL: not to be quoted or named"
}

// ErrMembersFile wraps what is wrong with a members.csv.
var ErrMembersFile = errors.New("members file")

// ReadMembers reads members.csv: a header row with name, and any of short, type, aliases, domains, consent; aliases and
// domains are separated by semicolons. The errors wrap [ErrMembersFile] and say the line.
func ReadMembers(data []byte) ([]Member, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) { // Excel's plain CSV
		data, _ = charmap.Windows1252.NewDecoder().Bytes(data) // every byte is a character of it
	}
	r := csv.NewReader(bytes.NewReader(data))
	if head, _, _ := bytes.Cut(data, []byte("\n")); bytes.Count(head, []byte(";")) > bytes.Count(head, []byte(",")) {
		r.Comma = ';' // Excel's where the comma is a decimal mark
	}
	r.FieldsPerRecord, r.TrimLeadingSpace = -1, true
	header, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%w: line 1: no header row", ErrMembersFile)
	}
	column := map[string]int{}
	for i, h := range header {
		column[strings.ToLower(strings.TrimSpace(h))] = i
	}
	if _, ok := column["name"]; !ok {
		return nil, fmt.Errorf("%w: line 1: no column called name", ErrMembersFile)
	}
	var out []Member
	seen := map[string]bool{}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %v", ErrMembersFile, err)
		}
		line, _ := r.FieldPos(0)
		cell := func(name string) string {
			if i, ok := column[name]; ok && i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		m := Member{Name: cell("name"), Short: cell("short"), Type: cell("type"), Aliases: list(cell("aliases")), Domains: list(strings.ToLower(cell("domains"))), Listed: true}
		m.Consent = Stricter(Attributable, Consent(strings.ToLower(cell("consent"))))
		switch {
		case m.Name == "":
			continue
		case m.Consent.Strictness() == 2 && m.Consent != Confidential:
			return nil, fmt.Errorf("%w: line %d: consent is %q; write attributable, anonymous or confidential", ErrMembersFile, line, cell("consent"))
		case seen[foldName(m.Name)]:
			return nil, fmt.Errorf("%w: line %d: %q is listed twice", ErrMembersFile, line, m.Name)
		}
		seen[foldName(m.Name)] = true
		out = append(out, m)
	}
}

func list(cell string) []string {
	var out []string
	for _, s := range strings.Split(cell, ";") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// A Guess is who a submission is taken to be from, and why.
type Guess struct {
	Name   string
	Reason string
}

// unlisted ends the reason of a guess that no list bears out.
const unlisted = "it is not in members.csv"

// plainFolders say where a file is kept, not who sent it.
var plainFolders = map[string]bool{"submissions": true, "responses": true, "evidence": true, "inbox": true, "attachments": true, "documents": true, "files": true, "word": true, "pdf": true, "emails": true, "received": true, "new": true, "late": true,
	"misc": true, "miscellaneous": true, "other": true, "others": true, "various": true, "letters": true, "surveys": true, "forms": true, "mail": true, "mails": true, "outlook": true, "all": true, "batch": true, "reference": true,
	"doc": true, "docx": true, "msg": true, "eml": true, "xls": true, "xlsx": true, "odt": true, "rtf": true, "html": true, "csv": true, "txt": true, "slides": true, "pptx": true}

// freeMail are domains that say nothing of the sender's organisation.
var freeMail = map[string]bool{"gmail.com": true, "googlemail.com": true, "outlook.com": true, "hotmail.com": true, "hotmail.co.uk": true, "yahoo.com": true, "yahoo.co.uk": true, "icloud.com": true, "live.co.uk": true, "btinternet.com": true, "aol.com": true, "sky.com": true, "mail.com": true, "proton.me": true}

// GuessMember says who sent a document. It looks, in this order, in the folder it lies in, the sender's address, the head of
// the text, the properties and the file name: first for a listed member by name, short name or alias, and when none
// is found for a name that can stand by itself. A file that says nothing is a member named after the file.
func GuessMember(name string, doc *extract.Document, members []Member) Guess {
	folder, packages, file := splitName(name)
	file = fileTitle(file)
	head := heads(doc)
	clues := []struct{ text, reason string }{
		{folder, "the folder's name"},
		{doc.Facts.Author + " " + strings.ReplaceAll(doc.Facts.Address, "@", " "), "the sender"},
		{head, "the head of the document"},
		{doc.Facts.Company + " " + doc.Facts.Title, "the document's properties"},
		{file, "the file's name"},
		{packages, "the package's name"}, // last: one package often holds what many sent
	}
	if !doc.IsMail() { // a document's author is a person as often as an organisation: after its head
		clues[1].text, clues[3].text = "", clues[3].text+" "+doc.Facts.Author
	}
	for _, clue := range clues {
		if clue.reason == "the sender" {
			if m := byDomain(doc.Facts.Address, members); m != "" {
				return Guess{m, "the sender's e-mail address, " + domain(doc.Facts.Address)}
			}
		}
		if m, said := earliest(clue.text, members); m != "" {
			return Guess{m, fmt.Sprintf("%s says %q", clue.reason, said)}
		}
	}
	return guessUnlisted(folder, file, doc)
}

var packageName = regexp.MustCompile(`(?i)^(.*)\.(?:zip|mbox|mbx)$`)

// splitName parts a submission's name into the folders that it lies in, the packages, and the file. The folders in a package
// count as those that it lies in do.
func splitName(name string) (folder, packages, file string) {
	steps := strings.Split(name, Inside)
	for len(steps) > 1 {
		m := packageName.FindStringSubmatch(steps[0])
		if m == nil {
			break
		}
		dir, stem := path.Split(m[1])
		folder, packages, steps = path.Join(folder, dir), strings.TrimSpace(packages+" "+stem), steps[1:]
	}
	dir, file := path.Split(strings.Join(steps, Inside))
	return path.Join(folder, dir), packages, file
}

func guessUnlisted(folder, file string, doc *extract.Document) Guess {
	if base := path.Base(folder); folder != "" && !plainFolders[strings.ToLower(base)] {
		return Guess{consentWords.ReplaceAllString(base, ""), "the folder's name; " + unlisted}
	}
	if m := signed(doc); m != "" {
		return Guess{m, "the head of the document; " + unlisted}
	}
	if d := domain(doc.Facts.Address); doc.Facts.Author != "" && doc.IsMail() {
		if freeMail[d] || d == "" || organisation.MatchString(doc.Facts.Author) {
			return Guess{doc.Facts.Author, "the sender's name; " + unlisted}
		}
		return Guess{doc.Facts.Author + " (" + d + ")", "the sender's name and address; " + unlisted}
	}
	if d := domain(doc.Facts.Address); d != "" && doc.IsMail() {
		if freeMail[d] {
			return Guess{doc.Facts.Address, "the sender's address; " + unlisted}
		}
		return Guess{d, "the sender's address; " + unlisted}
	}
	if organisation.MatchString(doc.Facts.Company) {
		return Guess{doc.Facts.Company, "the document's properties; " + unlisted}
	}
	if organisation.MatchString(doc.Facts.Author) {
		return Guess{doc.Facts.Author, "the document's properties; " + unlisted}
	}
	return Guess{file, "the file's name; nothing that is surer says who sent it"}
}

// maxHead bounds the beginning of a text that is looked at, in bytes, and each signature and page header.
const maxHead = 1500

// heads is the beginning of the text, where a sender says who it is.
func heads(doc *extract.Document) string {
	var b strings.Builder
	n := 0
	beginning := func(x extract.Block) string {
		return strings.ToValidUTF8(doc.Text[x.Start:min(x.End, x.Start+maxHead)], "")
	}
	for _, x := range doc.Blocks {
		if x.Kind == extract.Furniture && x.Why != "page header" && x.Why != "signature" {
			continue
		}
		b.WriteString(beginning(x))
		b.WriteString("\n")
		if n++; n >= 8 || b.Len() > maxHead {
			break
		}
	}
	for _, x := range doc.Blocks {
		if x.Kind == extract.Furniture && (x.Why == "signature" || x.Why == "page header") {
			b.WriteString(beginning(x))
			b.WriteString("\n")
		}
	}
	return b.String()
}

// organisation is a name that an organisation might have.
var organisation = regexp.MustCompile(`(?i)\b(association|alliance|trust|union|guild|network|forum|council|federation|partnership|society|charity|foundation|centre|group|institute|college|academy|coalition|consortium|together|action|support|service|services|families|parents|carers)\b`)

var submittedBy = regexp.MustCompile(`(?i)^(?:(?:(?:written )?(?:evidence|response|submission|letter|statement|comments)(?: (?:submitted|made|given))?|submitted) (?:by|from|of|on behalf of)|from|organisation|name of organisation|on behalf of)\s*:?\s*(?:the )?(.{4,80})$`)

// onBehalf is a sentence that says for whom its writer writes.
var onBehalf = regexp.MustCompile(`\b(?:answering|writing|responding|replying|speaking|respond|write) (?:for|from|on behalf of) (?:the )?((?:[A-Z][\pL'’&-]*|and|of|for|the|with|in)(?: (?:[A-Z][\pL'’&-]*|and|of|for|the|with|in)){1,7})`)

// signed looks in the head of a document for a line that names an organisation and nothing else.
func signed(doc *extract.Document) string {
	for _, line := range strings.Split(heads(doc), "\n") {
		line = answerOf.ReplaceAllString(strings.TrimSpace(line), "")
		if m := onBehalf.FindStringSubmatch(line); m != nil && organisation.MatchString(m[1]) {
			return smallWords.ReplaceAllString(m[1], "")
		}
		if m := submittedBy.FindStringSubmatch(line); m != nil && organisation.MatchString(m[1]) {
			return strings.TrimRight(m[1], " .:")
		}
		if n := len(strings.Fields(line)); n >= 2 && n <= 8 && organisation.MatchString(line) && titled(line) && !strings.ContainsAny(line, ".?!:;") {
			return line
		}
	}
	return ""
}

// answerOf is what a title adds to the name of who answers: "Teasel Park Alliance response to the plan".
var answerOf = regexp.MustCompile(`(?i)(?:['’]s?)?\s*[:–-]?\s*(?:consultation |our |written )?(?:response|submission|evidence|reply|answers?|comments)(?:\s+(?:to|on|for)\b.*)?$`)

// smallWords at the end of a name belong to the sentence, not to it.
var smallWords = regexp.MustCompile(`(?: (?:and|of|for|the|with|in))+$`)

// titled reports whether every word but the small ones begins with a capital.
func titled(line string) bool {
	for _, w := range strings.Fields(line) {
		switch strings.ToLower(w) {
		case "of", "and", "for", "the", "in", "with", "&", "on", "to":
			continue
		}
		if r := []rune(strings.TrimLeft(w, "'’\"“(")); len(r) == 0 || !unicode.IsUpper(r[0]) && !unicode.IsDigit(r[0]) {
			return false
		}
	}
	return true
}

var (
	consentWords = regexp.MustCompile(`(?i)\s*[([]\s*(?:confidential|anonymous|please keep anonymous|in confidence|not for publication)\s*[)\]]`)
	fileNoise    = regexp.MustCompile(`(?i)\b(?:final|draft|v\d+|version \d+|revised|response|submission|evidence|letter|to|the|send|ap|plan|copy(?: of)?|signed)\b|\(\d+\)`)
)

// fileTitle is a file's name without its ending and without the words that every file name has.
func fileTitle(file string) string {
	stem := strings.TrimSuffix(file, path.Ext(file))
	stem = strings.NewReplacer("_", " ", "-", " ", "›", " ").Replace(stem)
	if title := strings.Join(strings.Fields(fileNoise.ReplaceAllString(stem, " ")), " "); len(title) > 3 {
		return title
	}
	return strings.Join(strings.Fields(stem), " ")
}

func domain(address string) string {
	_, d, _ := strings.Cut(strings.ToLower(address), "@")
	return d
}

func byDomain(address string, members []Member) string {
	d := domain(address)
	for _, m := range members {
		for _, own := range m.Domains {
			if own = strings.TrimPrefix(own, "@"); d != "" && (d == own || strings.HasSuffix(d, "."+own)) {
				return m.Name
			}
		}
	}
	return ""
}

// earliest is the listed member whose name, short name or alias comes first in text; of two at one place, the longer.
// Folding makes "Down’s Education circle" and "DOWN'S EDUCATION CIRCLE" the same.
func earliest(text string, members []Member) (name, said string) {
	at, length := len(text)+1, 0
	hay := " " + foldName(text) + " "
	for _, m := range members {
		for _, n := range append([]string{m.Name, m.Short}, m.Aliases...) {
			needle := foldName(n)
			if len(needle) < 3 {
				continue
			}
			if i := strings.Index(hay, " "+needle+" "); i >= 0 && (i < at || i == at && len(needle) > length) {
				at, length, name, said = i, len(needle), m.Name, n
			}
		}
	}
	return name, said
}

// foldName is text as names are compared: lower case, letters and digits, single spaces.
func foldName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\'' || r == '’':
			return -1
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// statements are the words with which a submission asks not to be quoted or named. Only the body counts: the footer that
// every e-mail carries asks for nothing. Each has one of its needs in it, which are quick to look for.
var statements = []statementKind{
	{Confidential, []need{{"confidence", []string{"in", "in strict", "in the strictest", "in complete"}, ""}, {word: "confidential"}, {"quot", denied, "without"}, {"reproduc", denied, ""}, {"publish", denied, ""}, {"publication", denied, ""}, {"bit", []string{"the"}, ""}}, statement(`(?:submitted|given|sent|provided|offered|shared|made|written|is) (?:to you |to the consortium |strictly |entirely )*in (?:strict |the strictest |complete )?confidence|(?:treat|keep|hold|regard)\w* (?:\w+ ){0,5}(?:as )?(?:strictly )?confidential|(?:submission|response|letter|evidence|document|statement|paragraph|section|case|answers|comments|responses|this) (?:is|are) (?:strictly )?confidential|confidential (?:submission|response|letter|evidence|document|statement)|private and confidential|(?:do not|don't|must not|should not|may not|not to|not) (?:be )?(?:quote|reproduce|publish)(?:d|ed)?\b|not for (?:publication|quotation|quoting)|(?:being|be) quoted\b.{0,40}\bwithout|not consent to (?:being )?(?:quote|publish|publication)|but not the bit`)},
	{Anonymous, []need{{word: "anonym"}, {"name", denied, ""}, {"naming", []string{"without"}, ""}, {"identif", denied, ""}, {"attribut", denied, ""}}, statement(`(?:do not|don't|must not|should not|may not) (?:be )?(?:name|identif|attribut)|(?:not|none of (?:this|it)) (?:\w+ ){0,3}be (?:named|identified|attributed)|(?:keep|remain|stay|be kept|be treated as|to be) (?:\w+ ){0,4}anonymous|(?:wish|prefer|ask|want)\w* (?:not to be (?:named|identified)|to remain anonymous|anonymity)|not consent to being (?:named|identified)|without naming us`)},
}

// marking is a first line that says nothing else.
var marking = regexp.MustCompile(`^[\W\d]*(?:strictly |private and )?confidential[\W\d]*$`)

// part is a statement about some of the text only, and onward one about what comes after it.
var (
	part   = statement(`(?:next|following|this|that|last|above|below)\s+(?:paragraph|section|part|passage|point|example|case|story|answer|table)|not the bit|this bit`)
	onward = statement(`next|following|below`)
)

// maxMarking is more than a marking has, in bytes.
const maxMarking = 200

// statement compiles words that may stand on two lines.
func statement(words string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:` + strings.ReplaceAll(words, " ", `\s+`) + `)`)
}

// GuessConsent looks for a statement in the body that the submission is confidential or not to be attributed. The reason
// quotes it. A folder or file that is called confidential counts as such a statement. It returns "" when there is none; a
// statement about one paragraph or one answer is that passage's own, see [Passage.Consent].
func GuessConsent(name string, doc *extract.Document) (consent Consent, reason string) {
	return guessConsent(name, doc, asking{})
}

func guessConsent(name string, doc *extract.Document, known asking) (consent Consent, reason string) {
	if consent, reason = rowsConsent(doc); consent != "" {
		return consent, reason
	}
	for _, b := range doc.Blocks {
		if b.Kind == extract.Furniture || b.Kind == extract.Answer {
			continue
		}
		text := doc.Text[b.Start:b.End]
		if a := known.asks(text); a.consent.Strictness() > consent.Strictness() && !a.partly {
			consent, reason = a.consent, fmt.Sprintf("it says %q", a.said)
		}
	}
	if m := consentWords.FindString(name); m != "" && consent == "" {
		consent, reason = Confidential, "its name says "+strings.ToLower(strings.Trim(m, " ()[]"))
		if strings.Contains(strings.ToLower(m), "anonymous") {
			consent = Anonymous
		}
	}
	return consent, reason
}

// rowsConsent is the strictest that an organisation's rows of a survey ask for. Rows that name no organisation ask for themselves.
func rowsConsent(doc *extract.Document) (consent Consent, reason string) {
	for _, b := range doc.Blocks {
		if b.Place.Member == "" {
			return "", ""
		}
		if c := Consent(b.Place.Consent); c.Strictness() > consent.Strictness() {
			consent, reason = c, fmt.Sprintf("the survey says %q", b.Place.Asked)
		}
	}
	return consent, reason
}

// An asking is what was found in the texts of a document, so that what is a paragraph and a passage is looked at once.
type asking map[string]statementFound

// A statementFound is what [asks] finds.
type statementFound struct {
	consent Consent
	said    string
	partly  bool
}

// maxAsked bounds the memory for what was found: a larger document is one whose rows are each looked at once in any case.
const maxAsked = 50_000

func (known asking) asks(text string) statementFound {
	a, ok := known[text]
	if !ok {
		a.consent, a.said, a.partly = asks(text)
		if len(known) < maxAsked {
			known[text] = a
		}
	}
	return a
}

// asks finds the strictest statement of a text, the sentence that makes it, and whether that sentence or the one before it
// speaks of a part of the text only. When in doubt it is about all of it.
func asks(text string) (consent Consent, said string, partly bool) {
	if !mayNeed(text) {
		return "", "", false
	}
	text = legible(text)
	lower := strings.ToLower(text)
	if len(text) <= maxMarking && strings.Contains(lower, "confidential") && marking.MatchString(lower) {
		return Confidential, strings.TrimSpace(text), false
	}
	if !mayAsk(lower) {
		return "", "", false
	}
	before := ""
	for _, at := range Sentences(text) {
		sentence := strings.ToLower(text[at.Start:at.End])
		for _, s := range statements {
			if s.consent.Strictness() > consent.Strictness() && mayAsk(sentence) && s.words.MatchString(sentence) {
				consent, said, partly = s.consent, shortened(text[at.Start:at.End]), part.MatchString(before+" "+sentence)
			}
		}
		before = sentence
	}
	return consent, said, partly
}

// mayNeed reports whether a text, as it stands, may hold a word that a statement needs: it does in few, and all others are quickly done with. In
// whatever [legible] takes away or makes other letters of there may be one.
func mayNeed(text string) bool {
	if strings.Contains(text, "-\n") || strings.Contains(text, "-\r\n") {
		return true
	}
	before := ' '
	for i, r := range text {
		switch {
		case r < utf8.RuneSelf:
			if !asciiLetter(before) && startsNeed(text[i:]) {
				return true
			}
		case r == '£' || r >= 'À' && r <= 'ÿ' || r >= '‐' && r <= '‧': // these stay, or become marks
		default:
			return true
		}
		before = r
	}
	return false
}

func asciiLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// neededWords are the words of the needs by their first letter, small and capital.
var neededWords = func() (out [utf8.RuneSelf][]string) {
	for _, s := range statements {
		for _, n := range s.needs {
			for _, first := range []byte{n.word[0], n.word[0] - 'a' + 'A'} {
				out[first] = append(out[first], n.word)
			}
		}
	}
	return out
}()

// startsNeed reports whether a text begins with a word that a statement needs.
func startsNeed(text string) bool {
	for _, w := range neededWords[text[0]] {
		if len(text) >= len(w) && strings.EqualFold(text[:len(w)], w) {
			return true
		}
	}
	return false
}

// mayAsk reports whether a text in small letters holds a statement, in one sentence or across two.
func mayAsk(lower string) bool {
	for _, s := range statements {
		if slices.ContainsFunc(s.needs, func(n need) bool { return n.in(lower) }) && s.words.MatchString(lower) {
			return true
		}
	}
	return false
}

// A statementKind is the words that ask for one consent.
type statementKind struct {
	consent Consent
	needs   []need
	words   *regexp.Regexp
}

// A need is the beginning of a word, and what can end directly before it; nil when anything can. Where that is a form of "be" without
// its "not", this stands some words before, or later anywhere behind.
type need struct {
	word  string
	after []string
	later string // "" for nothing
}

// denied is what stands directly before the word for what is not to be done.
var denied = []string{"not", "don't", "be", "being", "not to", "consent to", "not for"}

// farthestNot is more words than any statement has from its "not" to the word that needs it: "none of this may ever also be named".
const farthestNot = 8

func (n need) in(lower string) bool {
	for at := 0; ; at += len(n.word) {
		i := strings.Index(lower[at:], n.word)
		if i < 0 {
			return false
		}
		at += i
		if n.after == nil {
			return true
		}
		before := lower[:at]
		if !slices.ContainsFunc(n.after, func(words string) bool { return endsWith(before, words) }) {
			continue
		}
		if !endsWith(before, "be") && !endsWith(before, "being") || deniedBefore(before) || n.later != "" && strings.Contains(lower[at:], n.later) {
			return true
		}
	}
}

// deniedBefore reports whether one of the last words of a text is a "not", a "don't" or a "none".
func deniedBefore(text string) bool {
	for range farthestNot {
		text = strings.TrimRight(text, "\t\n\f\r ")
		i := strings.LastIndexAny(text, "\t\n\f\r ") + 1
		if word := text[i:]; strings.Contains(word, "not") || strings.Contains(word, "n't") || strings.Contains(word, "none") {
			return true
		}
		text = text[:i]
	}
	return false
}

// endsWith reports whether text ends with words, whatever spaces and lines are between and after them.
func endsWith(text, words string) bool {
	for words != "" {
		i := strings.LastIndexByte(words, ' ') + 1
		var ok bool
		if text, ok = strings.CutSuffix(strings.TrimRight(text, "\t\n\f\r "), words[i:]); !ok {
			return false
		}
		words = words[:max(0, i-1)]
	}
	return true
}

// legible is text as a reader sees it: without the signs that are not seen, ligatures and odd spaces resolved, words joined
// that a line's end broke.
func legible(text string) string {
	if isASCII(text) {
		if !strings.Contains(text, "-\n") && !strings.Contains(text, "-\r\n") {
			return text
		}
		return brokenWord.ReplaceAllString(text, "")
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case r == '’' || r == '‘':
			return '\''
		}
		return r
	}, norm.NFKC.String(text))
	return brokenWord.ReplaceAllString(text, "")
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

var brokenWord = regexp.MustCompile(`-\r?\n`)

// askConsent marks the passages that ask for confidence themselves: those that hold a statement about a part of the text and, where it
// speaks of what follows, the one after; and a survey's answers, each for itself.
func askConsent(doc *extract.Document, passages []Passage, known asking) {
	for i := range passages {
		p := &passages[i]
		if p.Place.Consent != "" {
			p.Consent, p.Asked = Stricter(p.Consent, Consent(p.Place.Consent)), p.Place.Asked
		}
		text := doc.Text[p.Body:p.End]
		a := known.asks(text)
		if a.consent == "" || !a.partly && p.Kind != extract.Answer {
			continue
		}
		p.Consent, p.Asked = Stricter(p.Consent, a.consent), a.said
		if p.Kind != extract.Answer && onward.MatchString(text) && i+1 < len(passages) {
			next := &passages[i+1]
			next.Consent, next.Asked = Stricter(next.Consent, a.consent), a.said
		}
	}
}

// shortened is a sentence for a reason.
func shortened(sentence string) string {
	sentence = strings.Join(strings.Fields(sentence), " ")
	if r := []rune(sentence); len(r) > 160 {
		return string(r[:157]) + "..."
	}
	return sentence
}
