package learn

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// An Answer is what was said of a passage and theme, and what people say.
type Answer struct {
	Probability float64
	Suggested   bool
	Gold        bool
}

// A Share is how well suggestions meet the gold.
type Share struct{ Precision, Recall, F1 float64 }

// A Range is a 95 % interval, by drawing the passages again with replacement a thousand times.
type Range struct{ From, To float64 }

// A Quality is how good answers are. A theme that the gold never has counts for Micro and Sampled alone.
type Quality struct {
	Passages     int
	Themes       int // that the gold has
	Micro        Share
	Macro        Share // mean over the themes that the gold has
	Sampled      Share // mean over passages; one on which both sides see nothing counts as right
	MicroRange   Range // of F1
	MacroRange   Range
	SampledRange Range
	MAP          float64 // mean over themes of the average precision of passages sorted by probability
	Kappa        float64 // Cohen's, mean over themes
	ECE          float64 // mean distance between what was said and what was right, over ten bands of probability
	Reliability  []Reliability
	Each         []ThemeQuality
}

// A Reliability is what became of the answers of one band of probability.
type Reliability struct {
	From  float64 // the band begins here and is .1 wide
	Count int
	Said  float64 // mean probability
	Right float64 // share that the gold has
}

// A ThemeQuality is one theme's part.
type ThemeQuality struct {
	Gold, Suggested int
	Share
	AveragePrecision float64
	Kappa            float64
}

const (
	redraws = 1000
	bands   = 10
)

// Measure compares answers with the gold: a row a passage, and in it one a theme. seed is for drawing again.
func Measure(answers [][]Answer, seed uint64) Quality {
	q := Quality{Passages: len(answers)}
	if len(answers) == 0 {
		return q
	}
	themes := len(answers[0])
	all := newTally(themes)
	for _, a := range answers {
		all.add(a)
	}
	q.Micro, q.Macro, q.Sampled = all.micro(), all.macro(), all.mean(len(answers))
	for t := range themes {
		x := ThemeQuality{Gold: all.right[t] + all.missed[t], Suggested: all.right[t] + all.wrong[t], Share: all.share(t)}
		x.AveragePrecision, x.Kappa = averagePrecision(answers, t), kappa(all.right[t], all.wrong[t], all.missed[t], len(answers))
		if x.Gold > 0 {
			q.Themes++
			q.MAP += x.AveragePrecision
			q.Kappa += x.Kappa
		}
		q.Each = append(q.Each, x)
	}
	q.MAP /= float64(max(1, q.Themes))
	q.Kappa /= float64(max(1, q.Themes))
	q.calibration(answers)
	q.redraw(answers, seed)
	return q
}

// A tally counts answers.
type tally struct {
	right, wrong, missed []int // theme
	sampled              Share // sums over passages
}

func newTally(themes int) *tally {
	return &tally{right: make([]int, themes), wrong: make([]int, themes), missed: make([]int, themes)}
}

func (y *tally) add(row []Answer) {
	right, wrong, missed := 0, 0, 0
	for t, a := range row {
		switch {
		case a.Suggested && a.Gold:
			right++
			y.right[t]++
		case a.Suggested:
			wrong++
			y.wrong[t]++
		case a.Gold:
			missed++
			y.missed[t]++
		}
	}
	s := Share{1, 1, 1}
	if right+wrong+missed > 0 {
		s = share(right, wrong, missed)
	}
	y.sampled.Precision += s.Precision
	y.sampled.Recall += s.Recall
	y.sampled.F1 += s.F1
}

func share(right, wrong, missed int) Share {
	over := func(n, of int) float64 { return float64(n) / float64(max(1, of)) }
	return Share{over(right, right+wrong), over(right, right+missed), over(2*right, 2*right+wrong+missed)}
}

func (y *tally) share(t int) Share { return share(y.right[t], y.wrong[t], y.missed[t]) }

func (y *tally) micro() Share {
	right, wrong, missed := 0, 0, 0
	for t := range y.right {
		right, wrong, missed = right+y.right[t], wrong+y.wrong[t], missed+y.missed[t]
	}
	return share(right, wrong, missed)
}

func (y *tally) macro() Share {
	var sum Share
	n := 0
	for t := range y.right {
		if y.right[t]+y.missed[t] == 0 {
			continue
		}
		s := y.share(t)
		sum.Precision, sum.Recall, sum.F1 = sum.Precision+s.Precision, sum.Recall+s.Recall, sum.F1+s.F1
		n++
	}
	return sum.over(n)
}

func (y *tally) mean(passages int) Share { return y.sampled.over(passages) }

func (s Share) over(n int) Share {
	by := float64(max(1, n))
	return Share{s.Precision / by, s.Recall / by, s.F1 / by}
}

// averagePrecision is the mean of the precision at each passage that the gold has, passages sorted by probability. Equal ones keep their
// order, so that an order of the file is not taken for knowledge only where probabilities differ.
func averagePrecision(answers [][]Answer, t int) float64 {
	order := make([]Answer, len(answers))
	for i := range answers {
		order[i] = answers[i][t]
	}
	slices.SortStableFunc(order, func(a, b Answer) int { return cmp.Compare(b.Probability, a.Probability) })
	right, sum := 0, 0.0
	for i, a := range order {
		if a.Gold {
			right++
			sum += float64(right) / float64(i+1)
		}
	}
	return sum / float64(max(1, right))
}

// kappa is Cohen's: the agreement beyond chance.
func kappa(right, wrong, missed, n int) float64 {
	all := float64(n)
	said, gold := float64(right+wrong)/all, float64(right+missed)/all
	chance := said*gold + (1-said)*(1-gold)
	if chance == 1 {
		return 1
	}
	return ((all-float64(wrong+missed))/all - chance) / (1 - chance)
}

func (q *Quality) calibration(answers [][]Answer) {
	var rows [bands]Reliability
	n := 0
	for _, row := range answers {
		for _, a := range row {
			r := &rows[min(bands-1, int(a.Probability*bands))]
			r.Count++
			n++
			r.Said += a.Probability
			if a.Gold {
				r.Right++
			}
		}
	}
	for i := range rows {
		r := &rows[i]
		r.From = float64(i) / bands
		if r.Count > 0 {
			q.ECE += math.Abs(r.Said-r.Right) / float64(n)
			r.Said /= float64(r.Count)
			r.Right /= float64(r.Count)
		}
		q.Reliability = append(q.Reliability, *r)
	}
}

func (q *Quality) redraw(answers [][]Answer, seed uint64) {
	random := rand.New(rand.NewPCG(seed, redraws))
	var micro, macro, sampled []float64
	y := newTally(len(answers[0]))
	for range redraws {
		clear(y.right)
		clear(y.wrong)
		clear(y.missed)
		y.sampled = Share{}
		for range answers {
			y.add(answers[random.IntN(len(answers))])
		}
		micro, macro, sampled = append(micro, y.micro().F1), append(macro, y.macro().F1), append(sampled, y.mean(len(answers)).F1)
	}
	q.MicroRange, q.MacroRange, q.SampledRange = middle(micro), middle(macro), middle(sampled)
}

func middle(x []float64) Range {
	slices.Sort(x)
	return Range{x[len(x)*25/1000], x[len(x)*975/1000]}
}
