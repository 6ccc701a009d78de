// Package lean says where the writer of a passage stands on a theme's proposal, and why.
//
// It has two parts. A lexicon with rules ([Read], [Leaning]) needs nothing to learn from, and says little. A model ([Train]) learns
// from the stances that people decided, theme by theme with what the themes have in common, and says how sure it is. Both rather
// say nothing than guess. The package holds no decisions, reads no files and decides nothing.
package lean

// Stance is where a writer stands on a proposal, not the tone of the words.
type Stance string

// The stances. NotStated is also the answer of whoever is not sure enough.
const (
	Oppose     Stance = "oppose"
	Mixed      Stance = "mixed"      // mixed or unsure: one writer, both ways
	Conditions Stance = "conditions" // support with conditions
	Support    Stance = "support"
	NotStated  Stance = "not stated"
)

// Stances are all stances, in the order in which probabilities list them.
var Stances = [...]Stance{Oppose, Mixed, Conditions, Support, NotStated}
