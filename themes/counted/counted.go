// Package counted reads what a text says about how many members did something: "32 of our 40 members support the standards",
// "most charities", "none of the unions raised it". It reads and does not judge: what the record counts is not its business.
//
// Money, time, ages and shares of pupils are no counts of members and are passed over: a statement needs a noun that stands for members
// or a group of them, or follows one that had it. It is a reading by rules over the words. Start at [Read].
package counted

import (
	"collate/index"
)

// A Statement is one count in a text.
type Statement struct {
	index.Span            // the words that say how many of whom: "32 of our 40 members"
	Sentence   index.Span // that it stands in
	Amount
	Group     string     // the [Group.ID] of whom it counts; "" for all members
	Files     bool       // it counts submissions or responses rather than who sent them
	Inherited bool       // it names nobody itself: the group is that of the statement before, or all members
	Base      Base       // what it is a share of, where the text says so
	Act       Act        // what they did
	Verb      index.Span // the words that say so; empty where none do
	Subject   index.Span // the words that name what they did it to, or empty
}

// A Kind is how an amount is told.
type Kind string

// The kinds of amounts.
const (
	Number Kind = "number" // Count, with Of where a denominator stands beside it
	Share  Kind = "share"  // Fraction, "two thirds", "80 per cent"
	All    Kind = "all"    // "all", "every", "both"; Count is how many are left out in "all but two", Of the number in "all three"
	NotAll Kind = "not all"
	Scaled Kind = "scaled" // Word is one of the vocabulary's
	Vague  Kind = "vague"  // Word is one that no scale has: "many", "several"
)

// A Bound says on which side of the number or share the count lies.
type Bound string

// The bounds.
const (
	Exactly   Bound = ""
	AtLeast   Bound = "at least"
	MoreThan  Bound = "more than"
	AtMost    Bound = "at most"
	FewerThan Bound = "fewer than"
	About     Bound = "about"
	Nearly    Bound = "nearly"  // a little less
	Between   Bound = "between" // Count and To, both included
)

// An Amount is how many a statement says.
type Amount struct {
	Kind     Kind
	Bound    Bound
	Count    int
	To       int     // of Between
	Of       int     // the denominator that the text gives; 0 where it gives none
	Fraction float64 // 0 to 1
	Decimals int     // of a per cent, how many it is written with; -1 for a fraction in words
	Word     string
	Rest     bool // "the other five", "a further three": of those not counted yet
}

// An Act is what members are said to have done.
type Act string

// The acts. Stances are those of a consultation: support counts those with conditions as well, unless it is said to be without.
const (
	NoAct         Act = ""              // no verb was found
	Support       Act = "support"       // with conditions or without
	Unconditional Act = "unconditional" // support without conditions
	Conditions    Act = "conditions"    // support with conditions
	Oppose        Act = "oppose"
	NotSupport    Act = "not support" // which may be more than those that oppose
	NotOppose     Act = "not oppose"
	Mixed         Act = "mixed" // are unsure
	Addressed     Act = "addressed"
	TookPosition  Act = "took a position"
	NoPosition    Act = "no position" // addressed it without one
	Silent        Act = "silent"      // did not address it
	Responded     Act = "responded"   // sent a submission
	NotResponded  Act = "did not respond"
	Belong        Act = "belong" // are members
	Other         Act = "other"  // said, asked or did something that is no stance
)

// A Base is what a share is a share of, where the text says so.
type Base string

// The bases.
const (
	Unsaid     Base = ""
	Answered   Base = "answered"        // members that sent a submission
	Addressing Base = "addressed"       // members that address the theme
	Position   Base = "took a position" // members that take a position on it
	Favour     Base = "support"         // members that support it, with conditions or without
	Against    Base = "oppose"          // members that oppose it
	Them       Base = "them"            // those that the statement before counts
)

// maxText bounds what is read, in bytes: a draft has some 20 KB and a long report 1 MB.
const maxText = 4 << 20

// Read finds the statements of count of a text, in the order of the text. What lies beyond 4 MB is not read.
func Read(text string, v Vocabulary) []Statement {
	if len(text) > maxText {
		text = text[:maxText]
	}
	r := &reader{text: text, nouns: newNouns(v), words: newQuantifiers(v.Words)}
	for _, s := range index.Sentences(text) {
		r.read(s)
	}
	return r.out
}
