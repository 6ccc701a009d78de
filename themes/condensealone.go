package themes

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a reader who sees one sentence alone stumbles over.
var (
	// dangling is a beginning that points back at something the reader does not see.
	dangling = regexp.MustCompile(`^(?i:this|these|those|that|it|they|he|she|such|the latter|the former|the same|as such|both|neither|either|another|others|one|theirs|here|there|of these|of them|in both|in one of|at ours|by that|on that basis|as described|as proposed|for this|to that|the (?:first|second|third|table|proposal|plan says)|some|in that|in this|these things|if (?:it|they|either|this|that|these|those|so|not)|given (?:this|that)(?: [\pL]+)?,|when (?:it|they|that|this)|were (?:it|they|this)|without (?:it|them|these|that)|what we do)(?:[^\pL\pN]|$)`)
	// joining is a beginning that goes on from the sentence before; the rest may be understood alone.
	joining = regexp.MustCompile(`^(?i:however|but|and|or|nor|yet|so|therefore|also|moreover|furthermore|nevertheless|nonetheless|instead|otherwise|similarly|likewise|in addition|for example|for instance|again|then|thus|equally|that said|on the other hand|first(?:ly)?|second(?:ly)?|third(?:ly)?|two|finally|even so|as for|at the moment|at present)\b`)
	// expletive is an "it" that stands for nothing before it.
	expletive = regexp.MustCompile(`^(?i:it (?:is|was|would be|must be|remains|seems|follows)(?: also| simply| our)? [\pL ,]{0,40}?\b(?:that|to|for)\b)`)
	// pointing is a pronoun near the beginning with nothing before it that it could stand for: "We support them, and gladly".
	pointing = regexp.MustCompile(`^(?:(?i:we|i|our members|it)(?:['’](?:m|d|re|ve|ll))? [\pL'’ ]{0,30}?\b(?:it|them|this|these|those|they|that[.,;]|one|neither|both))\b`)
	// announcing is what only says that something is about to be said.
	announcing = regexp.MustCompile(`(?i)\b(?:can be put|(?:add|say|need) a word|a word of|as follows|say (?:just |only )?this|another matter|sound a warning|(?:two|three|four|five|several) (?:things|matters|conditions|points|reasons)|what follows|of our response|nothing to (?:say|add))\b`)
	// hearsay is what others say.
	hearsay = regexp.MustCompile(`^(?i:it is (?:\pL+ )?(?:argued|said|claimed|implied|suggested)|(?:the )?(?:government|ministers?|department|dfe|plan|green paper)\b[^,;.]{0,40}?\b(?:argues?|says?|claims?|states?|promises?|envisages?|refers?|consulted|would have)\b)`)
)

// tooMuch is hanging of which a sentence is not shown while there is another.
const tooMuch = 4

// hanging is how much a sentence needs what stands around it to be understood, from 0.
func hanging(words string) float64 {
	score := 0.0
	if at := joining.FindString(words); at != "" {
		score++
		words = strings.TrimLeft(words[len(at):], ", ")
	}
	if !expletive.MatchString(words) && dangling.MatchString(words) {
		score += tooMuch
	}
	if pointing.MatchString(words) {
		score += 1
	}
	if hearsay.MatchString(words) {
		score += 3
	}
	if announcing.MatchString(words) {
		score += 1.5
	}
	if strings.HasSuffix(words, "?") || strings.HasSuffix(words, ":") {
		score += 2.5
	}
	if !closed(words) {
		score += 1
	}
	if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(words, `"“‘'(`)); unicode.IsLower(first) {
		score += 2
	}
	return score
}

// closed reports whether a sentence ends as one does; cells of tables and headings do not.
func closed(words string) bool {
	words = strings.TrimRight(words, `"”’')`)
	return strings.HasSuffix(words, ".") || strings.HasSuffix(words, "!") || strings.HasSuffix(words, "?") || strings.HasSuffix(words, ";")
}
