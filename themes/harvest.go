package themes

import (
	"cmp"
	"context"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"collate/index"
)

// What an example is like: long enough to say something, short enough to be read at a glance, and not twice the same.
const (
	leastExample, mostExample = 6, 35 // words
	sameExample               = 0.7   // cosine from which on two say the same
)

// A Harvested is a sentence that could be an example of a theme.
type Harvested struct {
	Words     string  `json:"words"`     // of the member, to the byte
	Passage   string  `json:"passage"`   // its id
	Reference string  `json:"reference"` // where it stands
	Typical   float64 `json:"typical"`   // 0 to 1: how like it is to all that people confirmed on the theme
}

// Harvest proposes up to n examples for a theme from the passages that people put on it: sentences that stand alone and are most like
// everything confirmed there. A codebook travels further than a report, so words that are not attributable are never among them, nor
// such as name a member or a person or hold an address.
func (a *Analysis) Harvest(ctx context.Context, theme string, n int) ([]Harvested, error) {
	t := a.theme(theme)
	if t == nil {
		return nil, a.Codebook.noTheme(theme)
	}
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	h := &harvest{s: s, disclosure: disclose(s), private: privateWords(s)}
	for _, p := range s.Passages {
		if c := state.passages[codingKey{p.ID, theme}]; c != nil && c.Tagged && c.Confirmed {
			h.confirmed = append(h.confirmed, p)
		}
	}
	if len(h.confirmed) == 0 {
		return nil, nil
	}
	if err := h.weigh(ctx); err != nil {
		return nil, err
	}
	return h.choose(t, n), nil
}

type harvest struct {
	*disclosure
	s         *index.Snapshot
	private   *regexp.Regexp
	confirmed []*index.Passage
	rare      map[string]float64 // by stem: the logarithm of how few passages have it
	centroid  vector
}

// A vector is how much each stem weighs in a text; its length is 1, or 0 where no word counts.
type vector map[string]float64

// weigh makes the centroid of the confirmed passages.
func (h *harvest) weigh(ctx context.Context) error {
	of := make([]map[string]bool, len(h.s.Passages))
	err := spread(ctx, len(of), func(i int) {
		of[i] = map[string]bool{}
		for _, w := range index.Analyse(h.s.Text(h.s.Passages[i])).List {
			of[i][w.Stem] = true
		}
	})
	if err != nil {
		return err
	}
	in := map[string]int{}
	for _, stems := range of {
		for stem := range stems {
			in[stem]++
		}
	}
	h.rare = map[string]float64{}
	for stem, n := range in {
		h.rare[stem] = math.Log(float64(1+len(of)) / float64(n))
	}
	sum := vector{}
	for _, p := range h.confirmed {
		for stem, weight := range h.vector(h.s.Text(p)) {
			sum[stem] += weight
		}
	}
	h.centroid = sum.normalised()
	return nil
}

func (h *harvest) vector(text string) vector {
	v := vector{}
	for _, w := range index.Analyse(text).List {
		v[w.Stem] += h.rare[w.Stem]
	}
	return v.normalised()
}

func (v vector) normalised() vector {
	length := 0.0
	for _, stem := range slices.Sorted(keys(v)) { // in one order, so that the sum is the same every time
		length += v[stem] * v[stem]
	}
	if length == 0 {
		return vector{}
	}
	out := vector{}
	for stem, weight := range v {
		out[stem] = weight / math.Sqrt(length)
	}
	return out
}

func (v vector) cosine(w vector) float64 {
	sum := 0.0
	for _, stem := range slices.Sorted(keys(v)) {
		sum += v[stem] * w[stem]
	}
	return sum
}

// choose picks the most typical sentences, one a passage, that are not like one another or like an example that is there.
func (h *harvest) choose(t *Theme, n int) []Harvested {
	type found struct {
		Harvested
		v vector
	}
	var all []found
	for _, p := range h.confirmed {
		sub := h.s.Submission(p)
		if sub.Member == "" || h.strict[sub.Member].Strictness() > 0 || h.s.Consent(p).Strictness() > 0 {
			continue
		}
		text := h.s.Text(p)
		for _, at := range index.Sentences(text) {
			words := strings.TrimSpace(text[at.Start:at.End])
			if !h.standsAlone(words) || h.withheld(sub.Member, h.s.Consent(p), words) != "" {
				continue
			}
			v := h.vector(words)
			all = append(all, found{Harvested{words, p.ID, h.s.Reference(p), v.cosine(h.centroid)}, v})
		}
	}
	slices.SortStableFunc(all, func(x, y found) int {
		return cmp.Or(cmp.Compare(y.Typical, x.Typical), cmp.Compare(x.Passage, y.Passage), cmp.Compare(x.Words, y.Words))
	})
	var has []vector
	for _, example := range t.Examples {
		has = append(has, h.vector(example))
	}
	var out []Harvested
	from := map[string]bool{}
	for _, f := range all {
		if len(out) == n || from[f.Passage] || slices.ContainsFunc(has, func(v vector) bool { return f.v.cosine(v) > sameExample }) {
			continue
		}
		from[f.Passage], has, out = true, append(has, f.v), append(out, f.Harvested)
	}
	return out
}

// standsAlone reports a whole sentence that can be understood without those around it and tells nobody's name or address.
func (h *harvest) standsAlone(words string) bool {
	first, _ := utf8.DecodeRuneInString(words)
	last, _ := utf8.DecodeLastRuneInString(words)
	n := len(strings.Fields(words))
	return n >= leastExample && n <= mostExample && unicode.IsUpper(first) && strings.ContainsRune(".!?", last) &&
		!dangling.MatchString(words) && !h.private.MatchString(bare(words)) && !strings.Contains(words, "\n")
}

// privateWords finds the name of a member, of a person with a title, an address and a long number.
func privateWords(s *index.Snapshot) *regexp.Regexp {
	alternatives := []string{`\S@\S`, `https?:`, `www\.`, `\d{5}`, `\d{3}[ -]\d{3}`, `(?-i:\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady)\b\.? \p{Lu})`, `(?-i:\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b)`}
	for _, m := range s.Members {
		for _, spelling := range spellings(m) {
			alternatives = append(alternatives, `(?:^|[^\pL\pN])(?:`+spelling+`)(?:[^\pL\pN]|$)`)
		}
	}
	return regexp.MustCompile(`(?i)` + strings.Join(alternatives, "|"))
}
