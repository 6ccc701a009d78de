package quotation

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// An Attribution is who is said, near a quotation, to have said it.
type Attribution struct {
	Speakers []int // in the draft's order; several where it is given to several together; empty where it names none of them
	Others   []int // also named in the same sentence
	Sure     bool  // it says so of this quotation, and not only near it
	Outside  string
	Block    int // where it is said
	Start    int
	End      int
}

// The turns by which a draft says who said something. They stand next to a name or next to a quotation.
const (
	sayingWords = `said|says|say|saying|told|tells|stated|states|state|stating|wrote|writes|write|writing|argued|argues|argue|arguing|noted|notes|note|added|adds|warned|warns|warn|warning|reported|reports|report|explained|explains|explain|` +
		`described|describes|describe|describing|called|calls|call|calling|asked|asks|ask|asking|urged|urges|urge|concluded|concludes|conclude|commented|comments|observed|observes|observe|believes|believe|believed|claimed|claims|claim|insisted|insists|` +
		`stressed|stresses|emphasised|emphasises|highlighted|highlights|suggested|suggests|recommended|recommends|recommend|responded|responds|replied|replies|submitted|submits|put it|puts it|agreed|agrees|agree|welcomed|welcomes|` +
		`summarised|summarises|summed up|sums up|characterised|characterises|points? out|pointed out|point to|made clear|makes clear|is clear|was clear|were clear|are clear|sets? out|quotes?|quoted|maintains?|maintained|cautions?|cautioned|considers?|considered|found|finds|thinks?|thought|feels?|felt|demands?|demanded`
	fromWords = `according to|in the words of|as put by|words of|evidence (?:from|of|by)|submission (?:from|of|by)|response (?:from|of|by)|letter (?:from|of|by)|comments? (?:from|of|by)|statement (?:from|of|by)|quoting|from|by`
)

var (
	citation  = regexp.MustCompile(`^[\s\x{a0},.;:]*[(\[]((?:[^()\[\]]|[(\[][^()\[\]]*[)\]])+?)[)\]]`)
	dashed    = regexp.MustCompile(`^[\s\x{a0}.]*[—–―-]+\s*`)
	inverted  = regexp.MustCompile(`(?i)^[\s\x{a0},.;]*(?:as )?(?:` + sayingWords + `|according to|in the words of)\b[\s,]*`)
	saying    = regexp.MustCompile(`(?i)\b(?:` + sayingWords + `)\b`)
	from      = regexp.MustCompile(`(?i)\b(?:` + fromWords + `)\s+(?:the\s+)?$`)
	pronoun   = regexp.MustCompile(`(?i)^\W*(?:(?:and|but|indeed|in particular|as|then|instead|moreover|similarly|furthermore|in addition|here|yet|so)\b[\s,]*)?(?:it|they|she|he|its|their|the (?:trust|union|charity|alliance|network|forum|group|association|guild|federation|centre|partnership|society|provider|same|submission|response|letter|organisation|members?))\b`)
	outsiders = regexp.MustCompile(`(?i)\b(?:government|ministers?|department|df?e|secretary of state|prime minister|white paper|green paper|improvement plan|the plan|plan (?:says|states|promises|itself)|act|regulations?|code of practice|guidance|ofsted|committee|review|tribunal|court|commission|statute|parliament|bill|press release|manifesto|professor|dr|report)\b`)
)

// Attribute says to whom a quotation is attributed: by a name in brackets or a note behind it, by "said X" behind it, by the name that says it
// before it, or else by who was named last in its paragraph, or in the one before where that ends with a colon. All are the quotations of the
// blocks: what stands within another is no attribution.
func Attribute(blocks []Block, all []Quotation, n int, speakers *Speakers) Attribution {
	a := newAttributing(blocks, all, n, speakers)
	for _, look := range []func() (Attribution, bool){a.note, a.cited, a.behind, a.sentence, a.paragraph, a.above, a.below} {
		if found, ok := look(); ok {
			return found
		}
	}
	return Attribution{Outside: a.outside()}
}

// nearBytes is how far from a quotation its paragraph is looked at, on each side.
const nearBytes = 1500

// attributing looks at the surroundings of one quotation.
type attributing struct {
	blocks        []Block
	q             *Quotation
	speakers      *Speakers
	before, after string // of its block, with other quotations blotted out
	shift         int    // the byte of the block at which before begins
}

func newAttributing(blocks []Block, all []Quotation, n int, speakers *Speakers) *attributing {
	a := &attributing{blocks: blocks, q: &all[n], speakers: speakers}
	first, last := blocks[a.q.Block].Text, blocks[a.q.Last].Text
	a.shift = max(0, a.q.Start-nearBytes)
	for a.shift < a.q.Start && !utf8.RuneStart(first[a.shift]) {
		a.shift++
	}
	before := []byte(first[a.shift:a.q.Start])
	a.after = last[a.q.End:min(len(last), a.q.End+nearBytes)]
	for i := n - 1; i >= 0 && all[i].Last == a.q.Block && all[i].End > a.shift; i-- {
		from := 0
		if all[i].Block == all[i].Last {
			from = max(0, all[i].Start-a.shift)
		}
		to := all[i].End - a.shift
		blot(before[from:to])
	}
	a.before = string(before)
	if n+1 < len(all) && all[n+1].Block == a.q.Last { // what is behind the next quotation is about that
		a.after = a.after[:min(len(a.after), max(0, all[n+1].Start-a.q.End))]
	}
	return a
}

// blot makes of a quotation something that no name is in; a sentence that ends in it still ends.
func blot(text []byte) {
	inner := bytes.TrimRightFunc(text, isQuote)
	ends := len(inner) > 0 && len(inner) < len(text) && bytes.ContainsAny(inner[len(inner)-1:], ".?!")
	for i := range text {
		text[i] = '_'
	}
	if ends {
		text[len(text)-1] = '.'
	}
}

func (a *attributing) found(block, shift int, ms []Mention, sure bool) Attribution {
	out := Attribution{Sure: sure, Block: block, Start: shift + ms[0].Start, End: shift + ms[len(ms)-1].End}
	for _, m := range ms {
		for _, s := range m.Speakers {
			if !slices.Contains(out.Speakers, s) {
				out.Speakers = append(out.Speakers, s)
			}
		}
	}
	return out
}

// nearNote is how far behind a quotation the mark of its note may stand, in bytes.
const nearNote = 4

// note is a note whose mark stands at the quotation's end.
func (a *attributing) note() (Attribution, bool) {
	for _, n := range a.blocks[a.q.Last].Notes {
		if n.At < a.q.End-nearNote || n.At > a.q.End+nearNote {
			continue
		}
		if ms := a.speakers.In(n.Text); len(ms) > 0 {
			return Attribution{Speakers: a.found(0, 0, ms, true).Speakers, Sure: true, Block: a.q.Last, Start: a.q.Start, End: a.q.End}, true
		}
	}
	return Attribution{}, false
}

// cited is a name in brackets right behind the quotation.
func (a *attributing) cited() (Attribution, bool) {
	m := citation.FindStringSubmatchIndex(a.after)
	if m == nil {
		return Attribution{}, false
	}
	if ms := a.speakers.In(a.after[m[2]:m[3]]); len(ms) > 0 {
		return a.found(a.q.Last, a.q.End+m[2], ms, true), true
	}
	return Attribution{}, false
}

// maxTitle is how many words may stand between "said" and the name: "said Jane Smith, the chief executive of".
const maxTitle = 10

// behind is "said X" or "— X" right behind the quotation, or "X said" where nobody is named before it.
func (a *attributing) behind() (Attribution, bool) {
	clause := firstClause(a.after)
	for _, begins := range []*regexp.Regexp{inverted, dashed} {
		m := begins.FindStringIndex(clause)
		if m == nil {
			continue
		}
		ms := a.speakers.In(clause[m[1]:])
		if len(ms) > 0 && wordsBefore(clause[m[1]:], ms[0].Start) <= maxTitle {
			return a.found(a.q.Last, a.q.End+m[1], group(clause[m[1]:], ms, 0), true), true
		}
	}
	if len(a.speakers.In(lastSentence(a.before))) > 0 {
		return Attribution{}, false
	}
	ms := a.speakers.In(clause)
	if len(ms) > 0 && wordsBefore(clause, ms[0].Start) <= 1 && saying.MatchString(clause[ms[0].End:min(len(clause), ms[0].End+60)]) {
		return a.found(a.q.Last, a.q.End, group(clause, ms, 0), true), true
	}
	return Attribution{}, false
}

// sentence is who says it in the sentence before the quotation.
func (a *attributing) sentence() (Attribution, bool) {
	said := lastSentence(a.before)
	shift := a.shift + len(a.before) - len(said)
	ms := a.speakers.In(said)
	if len(ms) == 0 {
		return Attribution{}, false
	}
	chosen, sure := sayer(said, ms)
	list := group(said, ms, chosen)
	out := a.found(a.q.Block, shift, list, sure)
	for _, m := range ms {
		for _, s := range m.Speakers {
			if !slices.Contains(out.Speakers, s) && !slices.Contains(out.Others, s) {
				out.Others = append(out.Others, s)
			}
		}
	}
	return out, true
}

// aside is what stands before a name that is spoken to or spoken of, and does not say it.
var aside = regexp.MustCompile(`(?i)\b(?:unlike|like|with|than|to|told|asked|against|alongside|about|contrast (?:to|with))\s+(?:the\s+)?$`)

// sayer chooses among those who are named before a quotation: the last that a verb of saying stands behind, or a word such as "according to"
// before; else the last. It is sure where there is such a word, or nobody else.
func sayer(text string, ms []Mention) (chosen int, sure bool) {
	for i := len(ms) - 1; i >= 0; i-- {
		if aside.MatchString(text[:ms[i].Start]) {
			continue
		}
		to := len(text)
		for _, m := range ms[i+1:] {
			if !aside.MatchString(text[:m.Start]) {
				to = m.Start
				break
			}
		}
		if saying.MatchString(text[ms[i].End:to]) || from.MatchString(text[:ms[i].Start]) {
			return i, true
		}
	}
	return len(ms) - 1, len(ms) == 1 && !aside.MatchString(text[:ms[0].Start])
}

// together is what stands between two names that say something with one another.
var together = regexp.MustCompile(`(?i)^['’s]*\s*(?:,|,?\s*and|,?\s*as well as|&)\s*(?:the\s+)?$`)

// group is the chosen mention with those that it is listed with.
func group(text string, ms []Mention, chosen int) []Mention {
	first, last := chosen, chosen
	for first > 0 && together.MatchString(text[ms[first-1].End:ms[first].Start]) {
		first--
	}
	for last+1 < len(ms) && together.MatchString(text[ms[last].End:ms[last+1].Start]) {
		last++
	}
	return ms[first : last+1]
}

// paragraph is who was named last in the sentences before, where this one names nobody else.
func (a *attributing) paragraph() (Attribution, bool) {
	said := lastSentence(a.before)
	earlier := a.before[:len(a.before)-len(said)]
	ms := a.speakers.In(earlier)
	if len(ms) == 0 || outsiders.MatchString(said) || inverted.MatchString(a.after) { // somebody else says it
		return Attribution{}, false
	}
	last := ms[len(ms)-1]
	out := a.found(a.q.Block, a.shift, []Mention{last}, pronoun.MatchString(said) || strings.TrimSpace(said) == "")
	only := true
	for _, m := range ms {
		only = only && slices.Equal(m.Speakers, last.Speakers)
	}
	out.Sure = out.Sure && only || only && len(words(said)) <= 6
	return out, true
}

// above is who is named at the end of the block before, where that leads in; or that is a name and nothing else.
func (a *attributing) above() (Attribution, bool) {
	if len(words(a.before)) > 0 {
		return Attribution{}, false
	}
	for back := 1; back <= 3 && a.q.Block-back >= 0; back++ {
		b := &a.blocks[a.q.Block-back]
		text := strings.TrimSpace(b.Text)
		ms := a.speakers.In(text)
		switch {
		case len(ms) == 1 && len(words(text)) <= len(words(text[ms[0].Start:ms[0].End]))+1:
			return a.found(a.q.Block-back, 0, ms, true), true
		case back == 1 && strings.HasSuffix(text, ":") && len(ms) > 0:
			said := lastSentence(text)
			shift := len(text) - len(said)
			if in := a.speakers.In(said); len(in) > 0 {
				chosen, sure := sayer(said, in)
				return a.found(a.q.Block-1, shift, group(said, in, chosen), sure), true
			}
			return a.found(a.q.Block-1, 0, ms[len(ms)-1:], len(ms) == 1), true
		case !b.Quote && back == 1:
			return Attribution{}, false
		}
	}
	return Attribution{}, false
}

// below is a line behind a block quotation that says whose it is.
func (a *attributing) below() (Attribution, bool) {
	if m := dashed.FindStringIndex(a.after); a.q.Set && m != nil {
		if ms := a.speakers.In(a.after[m[1]:]); len(ms) > 0 {
			return a.found(a.q.Last, a.q.End+m[1], ms, true), true
		}
	}
	if a.q.Last+1 >= len(a.blocks) || len(words(a.after)) > 0 {
		return Attribution{}, false
	}
	text := a.blocks[a.q.Last+1].Text
	if m := dashed.FindStringIndex(text); m != nil {
		if ms := a.speakers.In(text[m[1]:]); len(ms) > 0 && wordsBefore(text[m[1]:], ms[0].Start) <= 3 {
			return a.found(a.q.Last+1, m[1], ms, true), true
		}
	}
	return Attribution{}, false
}

// outside is who says it where that is nobody of the speakers: a government, a law, a report.
func (a *attributing) outside() string {
	for _, text := range []string{lastSentence(a.before), firstClause(a.after)} {
		if said := outsiders.FindString(text); said != "" {
			return said
		}
	}
	if len(words(a.before)) == 0 && a.q.Block > 0 {
		if text := strings.TrimSpace(a.blocks[a.q.Block-1].Text); strings.HasSuffix(text, ":") {
			return outsiders.FindString(lastSentence(text))
		}
	}
	return ""
}

// lastSentence is the sentence at the end of a text, which may not be over.
func lastSentence(text string) string {
	list := words(text)
	if len(list) > 0 && endsSentence(text[list[len(list)-1].end:]) {
		return "" // the quotation begins a sentence
	}
	for i := len(list) - 1; i > 0; i-- {
		if sentenceEnds(text, list[i-1:i+1]) > 0 {
			return text[list[i].start:]
		}
	}
	return text
}

// firstClause is what stands before the first mark that ends a sentence, or a semicolon.
func firstClause(text string) string {
	list := words(text)
	for i := 1; i < len(list); i++ {
		between := text[list[i-1].end:list[i].start]
		if sentenceEnds(text, list[i-1:i+1]) > 0 || strings.Contains(between, ";") {
			return text[:list[i-1].end]
		}
	}
	return text
}

// wordsBefore is how many words a text has before a byte.
func wordsBefore(text string, at int) int { return len(words(text[:at])) }
