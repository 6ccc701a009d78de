package learn

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"collate/index"
)

// A Signal is a kind of reason.
type Signal string

// The signals, in the words that a reason uses for them.
const (
	Rule       Signal = "rule"             // one of the theme's rules found the passage
	Codebook   Signal = "codebook"         // words of the theme's name, description or examples
	Associated Signal = "associated words" // words that stand where the codebook's words do
	Learnt     Signal = "learnt words"     // words that people's decisions gave a weight
	Context    Signal = "what is around"   // the passages before and after, and the headings above
)

// A Because is why a passage got its probability for a theme.
type Because struct {
	Probability float64
	Words       []Word         // of the passage, the weightiest first, at most six; without them the probability would be lower
	Signals     []SignalWeight // that speak for the theme, the strongest first
	Similar     int            // the passage most alike among those that people put on the theme; -1 for none
	Likeness    float64        // of the two, from 0 to 1: the cosine of their words
}

// A Word is a word of the passage that weighs.
type Word struct {
	Spans  []index.Span // where it stands in the passage's text
	Weight float64      // by how much the log-odds would fall were it not there
	Signal Signal       // Codebook or Learnt, by which of the two they would fall more
}

// A SignalWeight is how much a signal adds to the log-odds.
type SignalWeight struct {
	Signal Signal
	Weight float64
}

const (
	maxWords      = 6
	leastWeight   = 0.02 // in log-odds: less than half a per cent of probability
	leastShare    = 0.2  // of the weightiest word: what is behind it is noise, "the" and "of"
	leastLikeness = 0.1
)

// String names the words and the signals that are not words, such as "because: weeks, wait; what is around". text is the passage's.
func (b Because) String(text string) string {
	var words, parts []string
	for _, w := range b.Words {
		words = append(words, strings.ToLower(text[w.Spans[0].Start:w.Spans[0].End]))
	}
	if len(words) > 0 {
		parts = append(parts, strings.Join(words, ", "))
	}
	for _, s := range b.Signals {
		if s.Signal == Rule || s.Signal == Context {
			parts = append(parts, string(s.Signal))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "because: " + strings.Join(parts, "; ")
}

// Because explains a passage's probability for a theme: exactly, by leaving out each word in turn.
func (m *Model) Because(passage, theme int) Because {
	o := m.occlusion(passage, theme)
	out := Because{Probability: sigmoid(o.all.sum()), Similar: -1}
	type dropped struct {
		stem string
		Word
	}
	var words []dropped
	for _, stem := range o.stems {
		left := o.without(stem)
		w := Word{Weight: o.all.sum() - left.sum(), Signal: Learnt}
		if o.all.codebook-left.codebook >= o.all.learnt-left.learnt || m.reviewed == 0 {
			w.Signal = Codebook
		}
		if w.Weight >= leastWeight {
			words = append(words, dropped{stem, w})
		}
	}
	slices.SortStableFunc(words, func(a, b dropped) int { return cmp.Compare(b.Weight, a.Weight) })
	if i := slices.IndexFunc(words, func(w dropped) bool { return w.Weight < leastShare*words[0].Weight }); i > 0 {
		words = words[:i]
	}
	words = words[:min(len(words), maxWords)]
	for len(words) > 1 {
		var stems []string
		for _, w := range words {
			stems = append(stems, w.stem)
		}
		if o.without(stems...).sum() < o.all.sum() {
			break
		}
		words = words[:len(words)-1] // together they weigh less than nothing when what is left speaks louder
	}
	for _, w := range words {
		w.Spans = o.spans(w.stem)
		out.Words = append(out.Words, w.Word)
	}
	out.Signals = o.all.signals(m.reviewed == 0)
	out.Similar, out.Likeness = m.similar(passage, theme)
	return out
}

// parts are the log-odds of a passage on a theme, by what they come from.
type parts struct{ constant, rule, codebook, associated, learnt, context float64 }

func (p parts) sum() float64 {
	return p.constant + p.rule + p.codebook + p.associated + p.learnt + p.context
}

func (p parts) signals(onlyCodebook bool) []SignalWeight {
	if onlyCodebook { // the weights come from its examples
		p.codebook, p.learnt = p.codebook+p.learnt, 0
	}
	var out []SignalWeight
	for _, s := range []SignalWeight{{Rule, p.rule}, {Codebook, p.codebook}, {Associated, p.associated}, {Learnt, p.learnt}, {Context, p.context}} {
		if s.Weight >= leastWeight {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b SignalWeight) int { return cmp.Compare(b.Weight, a.Weight) })
	return out
}

// An occlusion rates a passage with some of its words left out.
type occlusion struct {
	m              *Model
	r              *row
	passage, theme int
	words          []textWord
	stems          []string // of the passage, each once, in reading order
	around         vector   // the context
	aroundSquare   float64
	aroundDot      float64
	all            parts
}

func (m *Model) occlusion(passage, theme int) *occlusion {
	c := m.corpus
	o := &occlusion{m: m, r: &c.rows[passage], passage: passage, theme: theme, words: readWords(c.passages[passage].Text)}
	seen := map[string]bool{}
	for _, w := range o.words {
		if !seen[w.stem] {
			seen[w.stem] = true
			o.stems = append(o.stems, w.stem)
		}
	}
	o.around = c.around(o.r, vector{})
	o.aroundSquare = o.around.dot(o.around)
	o.aroundDot = m.dot(o.around, theme)
	o.all = o.without()
	return o
}

// dot is what a theme's learnt words say of a vector.
func (m *Model) dot(v vector, theme int) float64 {
	sum := 0.0
	for i, f := range v.ids {
		sum += float64(float64(v.values[i]) * m.weights.of(f, theme))
	}
	return sum
}

func (o *occlusion) spans(stem string) []index.Span {
	var out []index.Span
	for _, w := range o.words {
		if w.stem == stem {
			out = append(out, index.Span{Start: w.start, End: w.end})
		}
	}
	return out
}

// without rates the passage with some stems, and the pairs that they are part of, left out.
func (o *occlusion) without(stems ...string) parts {
	m, c := o.m, o.m.corpus
	gone := make([]int32, 0, len(stems))
	for _, s := range stems {
		gone = append(gone, c.words.words[s])
	}
	left := vector{}
	query := m.seed.queries[o.theme]
	words := o.r.words
	var tfs, values []float64
	for i, f := range o.r.own.ids {
		of := c.words.parts[f]
		if slices.Contains(gone, of[0]) || of[1] >= 0 && slices.Contains(gone, of[1]) {
			if of[1] < 0 {
				words -= int(o.r.tf[i])
			}
			continue
		}
		left.ids, left.values = append(left.ids, f), append(left.values, o.r.own.values[i])
		if j, ok := slices.BinarySearch(query.words, f); ok {
			tfs, values = append(tfs, float64(o.r.tf[i])), append(values, query.value[j])
		}
	}
	left = left.unit()
	length := saturation * (1 - lengthPart + lengthPart*float64(words)/max(1, c.length))
	like := 0.0
	for i, tf := range tfs {
		like += float64(values[i] * (tf * (saturation + 1) / (tf + length)))
	}
	norm := math.Sqrt(max(0, left.dot(left)+2*left.dot(o.around)+o.aroundSquare))
	if norm == 0 {
		norm = 1
	}
	goes := make([]float64, len(m.themes))
	m.seed.associated.add(left, 1, goes)
	x := m.evidence(o.passage, o.theme, 0, like, goes[o.theme])
	w := m.fusion
	return parts{
		constant:   w[ofPrior]*x[ofPrior] + w[ofAll] + w[ofLearnt]*m.learners[o.theme].bias,
		associated: w[ofAssociated] * x[ofAssociated],
		rule:       (w[ofRule] + w[ofLearnt]*m.learners[o.theme].rule) * x[ofRule],
		codebook:   w[ofCodebook] * x[ofCodebook],
		learnt:     w[ofLearnt] * m.dot(left, o.theme) / norm,
		context:    w[ofLearnt] * o.aroundDot / norm,
	}
}

// similar finds the passage that people put on the theme and that is most like this one.
func (m *Model) similar(passage, theme int) (int, float64) {
	best, likeness := -1, leastLikeness
	own := m.corpus.rows[passage].own
	for _, l := range m.labels {
		if l.Theme != theme || !l.Yes || l.Passage == passage {
			continue
		}
		if x := own.dot(m.corpus.rows[l.Passage].own); x > likeness {
			best, likeness = l.Passage, x
		}
	}
	if best < 0 {
		return -1, 0
	}
	return best, min(1, likeness)
}
