// Package learn says how likely each passage is to be on each theme, and why.
//
// It reads passages and themes as texts, what people decided of some of them, and where the codebook's rules matched; it gives one
// probability for each passage and theme, and a reason in the passage's own words. It holds no decisions, reads no files and
// decides nothing. Start at [NewCorpus], then [Train], [Model.Score] and [Model.Because].
//
// Three things are learnt from: the codebook's words (how like a passage is to them, BM25, and which words of the consultation stand where
// they do), what people decided (a logistic regression a theme over words, pairs of words and runs of letters, with what stands around
// the passage), and which of the codebook's rules matched. One more regression over all themes, fitted to what each fifth of the decisions
// looks like to a model that was not given it, says how far to believe which, and so makes probabilities mean what they say.
//
// Every setting was chosen by cross-validation on the training texts of comments coded by people, and on topics of arguments that are not
// measured on; how much counts as little knowledge of a theme's share was also looked at on the example. cmd/collate/testdata/sets.golden
// has what is reached.
//
// The same input gives the same numbers, to the last bit: training has a fixed order, sums are made in it, and how many processors
// work makes no difference. A model that was trained before only saves work.
package learn

// A Theme is a subject that passages are coded against, as the codebook describes it. Any part may be empty.
type Theme struct {
	ID          string
	Name        string
	Description string
	Examples    []string // passages that would belong here
	NonExamples []string // passages that one might take for it and that do not belong
}

// A Passage is a stretch of a submission and what stands around it.
//
// Passages that follow one another in the slice given to [NewCorpus] and have the same Submission are neighbours: what stands before and
// after helps to tell what a passage is about. Passages without a Submission have no neighbours.
type Passage struct {
	ID         string
	Text       string
	Headings   []string // above it, outermost first
	Question   string   // that it answers; "" for none
	Member     string   // who says it; "" for unknown, which counts as a member of its own
	Submission string
}

// A Label is what a person decided: whether a passage is on a theme. Both are positions in the slices given to [NewCorpus] and [Train].
// A passage without a label for a theme is not known to be on it or not.
type Label struct {
	Passage, Theme int
	Yes            bool
}

// A Hit says that one of a theme's rules found a passage.
type Hit struct{ Passage, Theme int }
