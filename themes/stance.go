package themes

// Stance is where a member stands on a theme's proposal. It is about the proposal, not the tone of the words.
type Stance string

// The stances, in the order in which outputs list them.
const (
	Oppose     Stance = "oppose"
	Mixed      Stance = "mixed"      // mixed or unsure: one member, both ways
	Conditions Stance = "conditions" // support with conditions
	Support    Stance = "support"
	NotStated  Stance = "not stated" // the theme is addressed; the stance is not plain enough to propose one
	Silent     Stance = "silent"     // the theme is not addressed; never counted as agreement
)

// Unconfirmed stands in a report of confirmed positions where a member seems to address the theme and nobody has confirmed where it stands:
// it is on no side there. It is no stance, so no list of stances has it.
const Unconfirmed Stance = "not confirmed"

// Stances are all stances, in the order in which outputs list them.
var Stances = []Stance{Oppose, Mixed, Conditions, Support, NotStated, Silent}

// Label is the stance in the words of the outputs.
func (s Stance) Label() string {
	switch s {
	case Oppose:
		return "Oppose"
	case Mixed:
		return "Mixed or unsure"
	case Conditions:
		return "With conditions"
	case Support:
		return "Support"
	case NotStated:
		return "Not stated"
	case Silent:
		return "Not addressed"
	case Unconfirmed:
		return "Not confirmed"
	}
	return ""
}

// Sign is one character that tells the stance without colour.
func (s Stance) Sign() string {
	switch s {
	case Oppose:
		return "✕"
	case Mixed:
		return "≈"
	case Conditions:
		return "◐"
	case Support:
		return "✓"
	case NotStated:
		return "?"
	case Unconfirmed:
		return "…"
	}
	return "–"
}

// Told reports whether a member says something of a theme that outputs may tell: all but [Silent] and [Unconfirmed].
func (s Stance) Told() bool { return s != Silent && s != Unconfirmed }
