package learn

import "math"

// Solve finds x with h·x = g for a symmetric positive definite h, of which the lower half is given, by Cholesky's decomposition. It works in
// h and g: g is x afterwards, and is returned. It is the step of Newton's method on a few weights; sums are made in a fixed order.
func Solve(h [][]float64, g []float64) []float64 {
	n := len(g)
	for j := range n {
		for k := range j {
			h[j][j] -= float64(h[j][k] * h[j][k])
		}
		h[j][j] = math.Sqrt(max(h[j][j], 1e-12))
		for i := j + 1; i < n; i++ {
			for k := range j {
				h[i][j] -= float64(h[i][k] * h[j][k])
			}
			h[i][j] /= h[j][j]
		}
	}
	for i := range n {
		for k := range i {
			g[i] -= float64(h[i][k] * g[k])
		}
		g[i] /= h[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			g[i] -= float64(h[k][i] * g[k])
		}
		g[i] /= h[i][i]
	}
	return g
}

// Square is an n by n matrix of zeros.
func Square(n int) [][]float64 {
	cells := make([]float64, n*n)
	out := make([][]float64, n)
	for i := range out {
		out[i] = cells[i*n : (i+1)*n]
	}
	return out
}
