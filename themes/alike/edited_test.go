package alike

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"collate/samples/invent"
)

// stock are sentences that members write without copying from one another. They stand in copies and in what is nobody's copy alike.
var stock = []string{
	"Thank you for the opportunity to respond.",
	"We welcome the opportunity to respond to this consultation on the special educational needs and alternative provision improvement plan.",
	"We are grateful for the opportunity to contribute and would be happy to discuss any of the points made here.",
	"We broadly support the ambition of the plan but have concerns about how it will be put into practice.",
	"Every child deserves to be supported to reach their full potential.",
	"Children and young people with special educational needs and disabilities must be at the heart of the reforms.",
	"The current system is not working for too many children, young people and their families.",
	"We would urge the government to consult further with the sector before any change is made.",
	"Parents and carers tell us that they have to fight for the support to which their children are entitled.",
	"There must be sufficient funding and a workforce with the right skills in place.",
	"Please do not hesitate to contact us if you need any further information.",
	"As we said in our response to the Green Paper, local authorities need clear duties and the money to meet them.",
}

// kinds are the ways in which a copy is edited; see edit.
var kinds = []string{"5 % words", "15 % words", "30 % words", "in a longer letter", "own opening and close", "shuffled", "half copied"}

// An edited is a made-up consultation of which it is known what was copied from what.
type edited struct {
	passages []Passage
	family   []int    // passage → the text it is copied from, or -1
	kind     []string // how it was edited, "original" or ""
	from, to []int    // the part of that text's sentences which it has
}

// An editor makes passages.
type editor struct {
	*invent.Inventor
	r    *rand.Rand
	next int
	out  edited
}

// newEdited makes n passages or two more: two fifths are in families, half of them of ten: an original and copies of every kind, three more of one
// of them; in every fifth family nobody sent the original. The others are on the same subjects, in the same words and with the
// same stock phrases.
func newEdited(t testing.TB, n int, seed uint64) edited {
	e := &editor{Inventor: newInventor(t), r: rand.New(rand.NewPCG(seed, 1)), next: int(seed) << 24}
	for family := 0; len(e.out.passages) < n*2/5; family++ {
		e.addFamily(family)
	}
	for len(e.out.passages) < n {
		e.addUnrelated()
	}
	n = len(e.out.passages)
	e.r.Shuffle(n, func(i, j int) {
		o := &e.out
		o.passages[i], o.passages[j] = o.passages[j], o.passages[i]
		o.family[i], o.family[j] = o.family[j], o.family[i]
		o.kind[i], o.kind[j] = o.kind[j], o.kind[i]
		o.from[i], o.from[j] = o.from[j], o.from[i]
		o.to[i], o.to[j] = o.to[j], o.to[i]
	})
	for i := range e.out.passages {
		e.out.passages[i].ID, e.out.passages[i].Member = fmt.Sprintf("P%d", i), fmt.Sprintf("M%d", i%997)
	}
	return e.out
}

func newInventor(t testing.TB) *invent.Inventor {
	t.Helper()
	v, err := invent.FromFolder(os.DirFS("../../samples/source"))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// fresh is a new passage's sentences: of five to thirty words, as the marks in the invented text fall.
func (e *editor) fresh() []string {
	e.next++
	var out []string
	start := 0
	words := strings.Fields(e.Passage(e.next))
	for i, w := range words {
		if n := i + 1 - start; i == len(words)-1 || n >= 30 || n >= 5 && strings.ContainsAny(w[len(w)-1:], ".?!;:") {
			out = append(out, strings.Join(words[start:i+1], " "))
			start = i + 1
		}
	}
	return out
}

// addUnrelated adds what is nobody's copy. Some are short and half stock phrases; some are
// threes that quote one sentence of the law.
func (e *editor) addUnrelated() {
	switch e.r.IntN(10) {
	case 0, 1:
		e.add(e.stocked(e.stocked(e.fresh()[:1])), -1, "", 0, 0)
	case 2:
		e.next++
		law := strings.Join(strings.Fields(e.Passage(e.next))[:14+e.r.IntN(10)], " ") + "."
		for range 3 {
			own := e.stocked(e.fresh())
			e.add(slices.Insert(own, e.r.IntN(len(own)+1), law), -1, "", 0, 0)
		}
	default:
		e.add(e.stocked(e.fresh()), -1, "", 0, 0)
	}
}

// stocked puts a stock sentence into half of the passages, and two into a tenth.
func (e *editor) stocked(sentences []string) []string {
	out := slices.Clone(sentences)
	for n := e.r.IntN(10); n < 6; n += 5 {
		out = slices.Insert(out, e.r.IntN(len(out)+1), stock[e.r.IntN(len(stock))])
	}
	return out
}

func (e *editor) add(sentences []string, family int, kind string, from, to int) {
	o := &e.out
	o.passages = append(o.passages, Passage{Text: strings.Join(sentences, " ")})
	o.family, o.kind, o.from, o.to = append(o.family, family), append(o.kind, kind), append(o.from, from), append(o.to, to)
}

func (e *editor) addFamily(family int) {
	original := e.fresh()
	for len(original) < 3 {
		original = e.fresh()
	}
	if family%5 > 0 {
		e.add(original, family, "original", 0, len(original))
	}
	for _, kind := range kinds {
		e.addCopy(original, family, kind)
	}
	if family%2 == 0 {
		for range 3 {
			e.addCopy(original, family, kinds[family/2%len(kinds)])
		}
	}
}

// addCopy edits an original as the kind says. What the copy adds has stock sentences like any passage.
func (e *editor) addCopy(original []string, family int, kind string) {
	n := len(original)
	switch kind {
	case "5 % words", "15 % words", "30 % words":
		var share int
		fmt.Sscan(kind, &share)
		e.add(e.changed(original, share), family, kind, 0, n)
	case "in a longer letter":
		own := e.stocked(e.fresh())
		at := e.r.IntN(len(own) + 1)
		e.add(slices.Concat(own[:at], original, own[at:]), family, kind, 0, n)
	case "own opening and close":
		a, b := e.stocked(e.fresh()), e.stocked(e.fresh())
		e.add(slices.Concat(a[:1], original[1:n-1], b[len(b)-1:]), family, kind, 1, n-1)
	case "shuffled":
		mixed := slices.Clone(original)
		e.r.Shuffle(n, func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		e.add(mixed, family, kind, 0, n)
	case "half copied":
		own := e.stocked(e.fresh())
		own = own[:(len(own)+1)/2]
		if e.r.IntN(2) == 0 {
			e.add(slices.Concat(original[:(n+1)/2], own), family, kind, 0, (n+1)/2)
		} else {
			e.add(slices.Concat(own, original[n/2:]), family, kind, n/2, n)
		}
	}
}

// changed puts other words of the subject in the place of so many in a hundred.
func (e *editor) changed(sentences []string, share int) []string {
	e.next++
	other := strings.Fields(e.Passage(e.next))
	var out []string
	for _, s := range sentences {
		words := strings.Fields(s)
		for i := range words {
			if e.r.IntN(100) < share {
				words[i] = other[e.r.IntN(len(other))]
			}
		}
		out = append(out, strings.Join(words, " "))
	}
	return out
}

// A tally counts pairs of one kind.
type tally struct{ found, all int }

func (t tally) share() float64 { return float64(t.found) / float64(max(1, t.all)) }

// measure counts the pairs that are and should be together: two passages that have a sentence of one text at the same time. By kind it is
// the pairs of a copy with its original; where nobody sent the original, those of a copy with any other copy that it shares a
// sentence with.
func (e *edited) measure(clusters []Cluster) (recall, precision tally, byKind map[string]tally) {
	at := map[string]int{}
	for i, p := range e.passages {
		at[p.ID] = i
	}
	together := map[[2]int]bool{}
	for _, c := range clusters {
		for i, a := range c.Copies {
			for _, b := range c.Copies[:i] {
				x, y := at[a.Passage], at[b.Passage]
				together[[2]int{min(x, y), max(x, y)}] = true
			}
		}
	}
	for pair := range together {
		precision.all++
		if f := e.family[pair[0]]; f >= 0 && f == e.family[pair[1]] {
			precision.found++
		}
	}
	families := map[int][]int{}
	original := map[int]bool{}
	for i, f := range e.family {
		if f >= 0 {
			families[f] = append(families[f], i)
			original[f] = original[f] || e.kind[i] == "original"
		}
	}
	byKind = map[string]tally{}
	count := func(kind string, found bool) {
		t := byKind[kind]
		t.all++
		if found {
			t.found++
		}
		byKind[kind] = t
	}
	for f, of := range families {
		for i, x := range of {
			for _, y := range of[i+1:] {
				if e.from[x] >= e.to[y] || e.from[y] >= e.to[x] {
					continue // the two halves of one text share nothing
				}
				found := together[[2]int{min(x, y), max(x, y)}]
				recall.all++
				if found {
					recall.found++
				}
				switch {
				case !original[f]:
					count("nobody sent the original", found)
				case e.kind[x] == "original":
					count(e.kind[y], found)
				case e.kind[y] == "original":
					count(e.kind[x], found)
				}
			}
		}
	}
	return recall, precision, byKind
}

// TestEditedCopies measures on copies that were edited in known ways.
func TestEditedCopies(t *testing.T) {
	n := 20_000
	if testing.Short() {
		n = 4000
	}
	e := newEdited(t, n, 21) // what the bounds were chosen on is seed 8
	clusters, err := Find(t.Context(), e.passages, nil)
	if err != nil {
		t.Fatal(err)
	}
	recall, precision, byKind := e.measure(clusters)
	t.Logf("%d passages, %d clusters: recall %.3f of %d pairs, precision %.3f of %d", n, len(clusters), recall.share(), recall.all, precision.share(), precision.all)
	for _, kind := range append(slices.Clone(kinds), "nobody sent the original") {
		t.Logf("  %-24s recall %.3f of %d", kind, byKind[kind].share(), byKind[kind].all)
	}
	if recall.share() < .98 || precision.share() < .96 {
		t.Errorf("recall %.3f and precision %.3f, want .98 and .96", recall.share(), precision.share())
	}
}

func BenchmarkFind(b *testing.B) {
	e := newEdited(b, 20_000, 7)
	for b.Loop() {
		if _, err := Find(b.Context(), e.passages, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/20_000, "µs/passage")
}
