package agreement

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// coders are two who agree on 85 of 100 of many items, in so many clusters.
func coders(clusters, each int) []Item {
	r := rand.New(rand.NewPCG(3, 4))
	var out []Item
	for c := range clusters {
		for range each {
			a := r.IntN(2)
			b := a
			if r.IntN(100) < 15 {
				b = 1 - a
			}
			out = append(out, Item{Cluster: fmt.Sprint(c), Codes: []int{a, b}})
		}
	}
	return out
}

func TestIntervalHoldsTheValue(t *testing.T) {
	items := coders(20, 10)
	f := Coefficient(items, 1, Cohen)
	if !f.Defined() || f.WhyInterval != "" || !(f.Low < f.Value && f.Value < f.High) {
		t.Fatalf("%+v", f)
	}
	// With clusters that are alike inside only by chance, the interval is near the one of the large-sample formula for kappa.
	m := Of(items, Cohen)
	se := math.Sqrt(m.Observed*(1-m.Observed)/float64(m.Items)) / (1 - m.Chance)
	if width, want := f.High-f.Low, 2*1.96*se; width < 0.6*want || width > 1.5*want {
		t.Errorf("the interval is %.3f wide, the formula's %.3f", width, want)
	}
	if d := cmp.Diff(f, Coefficient(items, 1, Cohen)); d != "" {
		t.Errorf("the same seed gives another figure: %s", d)
	}
	if other := Coefficient(items, 2, Cohen); other.Value != f.Value || other.Low == f.Low && other.High == f.High {
		t.Errorf("another seed gives %+v, the first %+v", other, f)
	}
}

// TestClustersWiden has members whose passages are all coded alike or all apart: as many passages say far less than they seem to.
func TestClustersWiden(t *testing.T) {
	var clustered, free []Item
	for c := range 10 {
		for i := range 20 {
			a := i % 2
			b := a
			if c%5 == 0 {
				b = 1 - a
			}
			clustered = append(clustered, Item{Cluster: fmt.Sprint(c), Codes: []int{a, b}})
			free = append(free, Item{Cluster: fmt.Sprint(c, i), Codes: []int{a, b}})
		}
	}
	wide, narrow := Coefficient(clustered, 1, Cohen), Coefficient(free, 1, Cohen)
	if wide.Value != narrow.Value || wide.High-wide.Low < 2*(narrow.High-narrow.Low) {
		t.Errorf("by member %+v, by passage %+v", wide, narrow)
	}
}

func TestNoIntervalWithFewMembers(t *testing.T) {
	f := Coefficient(coders(4, 30), 1, Cohen)
	if !f.Defined() || f.WhyInterval == "" || f.Low != 0 || f.High != 0 {
		t.Errorf("%+v", f)
	}
	rare := make([]Item, 60) // one yes among sixty: most draws have none
	for i := range rare {
		rare[i] = Item{Cluster: fmt.Sprint(i / 10), Codes: []int{0, 0}}
	}
	rare[0].Codes = []int{1, 1}
	if f := Coefficient(rare, 1, Cohen); !f.Defined() || f.WhyInterval != "too rare" {
		t.Errorf("%+v", f)
	}
}

func TestWordsAreTheTables(t *testing.T) {
	for _, test := range []struct {
		coefficient float64
		want        string
	}{{-0.01, "poor"}, {0, "slight"}, {0.2, "slight"}, {0.204, "slight"}, {0.206, "fair"}, {0.4, "fair"}, {0.41, "moderate"}, {0.6, "moderate"}, {0.61, "substantial"}, {0.8, "substantial"}, {0.81, "almost perfect"}, {1, "almost perfect"}} {
		if got := Word(test.coefficient); got != test.want {
			t.Errorf("%v is %q, want %q", test.coefficient, got, test.want)
		}
	}
}

// BenchmarkInterval is one figure of 300 passages of 40 members, as a table has some hundred.
func BenchmarkInterval(b *testing.B) {
	items := coders(40, 8)
	for b.Loop() {
		Coefficient(items, 1, Cohen)
	}
}
