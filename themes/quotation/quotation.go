// Package quotation finds quotations in a text, says to whom they are attributed there, and compares them word by word with what was written.
//
// It knows words, not consultations: no members, no record, no consent. There is no threshold: one changed word makes a quotation [Altered],
// however long it is, since "insufficient" made "sufficient" leaves 98 % of a paragraph as it was. Start at [Find], [NewCorpus] and
// [Corpus.Match].
package quotation

// Verdict is how a quotation stands to what was written.
type Verdict string

// The verdicts, from the best.
const (
	Verbatim    Verdict = "verbatim"
	Typographic Verdict = "typographic only"    // quotation marks, dashes, white space, a hyphen at a line's end, case at the start, the last mark
	Elided      Verdict = "honest elision"      // "..." or "[...]" between parts of one passage, in their order
	Bracketed   Verdict = "bracketed insertion" // "[the plan]"
	Altered     Verdict = "altered"             // some word or mark is not as it was written
	Spliced     Verdict = "spliced"             // parts from different places stand as one
	NotFound    Verdict = "not found"
)

// Stands reports whether the words may stand as they are.
func (v Verdict) Stands() bool {
	return v == Verbatim || v == Typographic || v == Elided || v == Bracketed
}

// A Match is where the words of a quotation were found, or their nearest passage.
type Match struct {
	Verdict Verdict
	Text    int // the number of the text that it begins in
	Last    int // the one that it ends in
	Start   int // byte offset into Text
	End     int // and into Last

	Typography []string // what differs in marks only: "quotation marks", "dashes", ...
	Cuts       []Cut    // of elisions and brackets
	Changes    []Change
	Places     []Place // of the parts of a spliced quotation, in its order

	Lead, Tail string // what the sentences that it begins and ends in have before and behind it
	OddStart   bool   // its first word is not the source's
	OddEnd     bool   // its last word is not
	cost       int
}

// Changed is how many words differ; marks and capitals count for nothing.
func (m *Match) Changed() int {
	n := 0
	for i := range m.Changes {
		if c := &m.Changes[i]; !c.Soft() {
			n += max(len(words(c.Source)), len(words(c.Draft)))
		}
	}
	return n
}

// Kept is how many of the quotation's words are the source's, less those that are not. It is for choosing among readings of one quotation.
func (m *Match) Kept(quote string) int {
	n := Length(quote)
	for i := range m.Changes {
		if c := &m.Changes[i]; !c.Soft() {
			n -= 2 * Length(c.Draft)
		}
	}
	if m.Verdict == NotFound {
		return 0
	}
	return n
}

// A Place is where a part of a quotation stands.
type Place struct {
	Text       int
	Start, End int
	Words      string
}

// A Cut is what an elision or a bracket stands for.
type Cut struct {
	Words   string // of the source; "" where nothing was cut
	Bracket string // the draft's words in brackets; "" for an elision
	Why     string // why it changes the sense, "it cuts not"; "" where it does not
	Grave   bool   // it does so by a negation or a condition
}

// A Change is a difference between a quotation and its source.
type Change struct {
	Class         Class
	Source, Draft string // "" on one side where words were added or dropped
	Before, After string // the common words around it, a few
}

// Soft reports a change of marks or capitals alone, by which no word is another.
func (c *Change) Soft() bool { return c.Class == Punctuation || c.Class == Case || c.Class == Spacing }

// Class is what a change is one of.
type Class string

// The classes, the gravest first; a change that is several is the first of them.
const (
	Negation    Class = "negation"
	Currency    Class = "currency"
	Date        Class = "date"
	Number      Class = "number"
	Modal       Class = "modal verb"
	QuantityOf  Class = "quantifier"
	Moved       Class = "moved"
	Dropped     Class = "dropped"
	Added       Class = "added"
	Replaced    Class = "replaced"
	Case        Class = "capital letters"
	Spacing     Class = "hyphen or space"
	Punctuation Class = "punctuation"
)
