package learn

import (
	"math"
	"testing"
)

func TestSolve(t *testing.T) {
	h := [][]float64{{4, 0, 0}, {2, 5, 0}, {1, 3, 6}} // of the symmetric 4 2 1, 2 5 3, 1 3 6
	want := []float64{1, -2, 3}
	x := Solve(h, []float64{4 - 4 + 3, 2 - 10 + 9, 1 - 6 + 18})
	for i := range want {
		if math.Abs(x[i]-want[i]) > 1e-12 {
			t.Errorf("x[%d] is %v, want %v", i, x[i], want[i])
		}
	}
}
