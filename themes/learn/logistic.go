package learn

import (
	"math"
	"math/rand/v2"
)

// An example is one row to learn from.
type example struct {
	x      vector // with compact features
	square float64
	yes    bool
	weight float64 // C, how much it counts
	start  float64 // where the search for its dual variable begins, as a share of C; 0 for nowhere near
}

const (
	maxEpochs = 60
	// tolerance of the dual gradient; ten times smaller ones change no probability by .005.
	tolerance = 0.05
)

// A linear is what logistic regression learnt: a weight a feature, and one for all.
type linear struct {
	weights []float64
	bias    float64
	ends    []float64 // row → where the search for its dual variable ended, as a share of C
}

func (l linear) logit(x vector) float64 {
	sum := l.bias
	for i, f := range x.ids {
		sum += float64(float64(x.values[i]) * l.weights[f])
	}
	return sum
}

// fit learns a logistic regression with an L2 penalty by dual coordinate descent, visiting the rows in an order that depends on their
// number alone. Source: Yu, Huang and Lin (2011), Dual coordinate descent methods for logistic regression and maximum entropy models,
// algorithm 5.
func fit(rows []example, features int) linear {
	d := &descent{rows: rows, alpha: make([][2]float64, len(rows)), linear: linear{weights: make([]float64, features)}, inner: 1e-2}
	order := make([]int, len(rows))
	for i := range rows {
		order[i] = i
		c := rows[i].weight
		d.alpha[i][0] = max(min(0.001*c, 1e-8), min(rows[i].start, 1-1e-6)*c)
		d.alpha[i][1] = c - d.alpha[i][0]
		d.add(i, d.alpha[i][0])
	}
	random := rand.New(rand.NewPCG(1, uint64(len(rows))))
	for range maxEpochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		worst, steps := 0.0, 0
		for _, i := range order {
			g, n := d.step(i)
			worst, steps = max(worst, g), steps+n
		}
		if worst < tolerance {
			break
		}
		if steps <= len(rows)/10 {
			d.inner = max(1e-8, 0.1*d.inner)
		}
	}
	for i := range rows {
		d.ends = append(d.ends, d.alpha[i][0]/rows[i].weight)
	}
	return d.linear
}

type descent struct {
	linear
	rows  []example
	alpha [][2]float64 // dual variables of a row: alpha and C - alpha
	inner float64      // tolerance of one row's own problem
}

func sign(yes bool) float64 {
	if yes {
		return 1
	}
	return -1
}

// add moves the weights by a row.
func (d *descent) add(i int, by float64) {
	r := &d.rows[i]
	by *= sign(r.yes)
	d.bias += by
	for j, f := range r.x.ids {
		d.weights[f] += float64(by * float64(r.x.values[j]))
	}
}

// step solves one row's problem by Newton's method, and returns how far from solved it was and in how many steps.
func (d *descent) step(i int) (gradient float64, steps int) {
	r := &d.rows[i]
	c, a := r.weight, r.square+1 // 1 for the bias
	b := sign(r.yes) * d.logit(r.x)
	this, side := 0, 1.0
	if 0.5*a*(d.alpha[i][1]-d.alpha[i][0])+b < 0 {
		this, side = 1, -1.0
	}
	old := d.alpha[i][this]
	z := old
	if c-z < 0.5*c {
		z *= 0.1
	}
	g := a*(z-old) + side*b + math.Log(z/(c-z))
	gradient = math.Abs(g)
	for ; steps <= 100 && math.Abs(g) >= d.inner; steps++ {
		next := z - g/(a+c/(c-z)/z)
		if next <= 0 {
			next = z * 0.1
		}
		z = next
		g = a*(z-old) + side*b + math.Log(z/(c-z))
	}
	if steps > 0 {
		d.alpha[i][this], d.alpha[i][1-this] = z, c-z
		d.add(i, side*(z-old))
	}
	return gradient, steps
}
