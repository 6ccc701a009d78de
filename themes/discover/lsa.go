package discover

import (
	"math"
	"math/rand/v2"
)

const (
	dimensions = 50
	spare      = 10 // dimensions more while they are looked for
	passes     = 4  // over the matrix: enough for the first fifty
)

// A dense is a matrix of rows of one length.
type dense [][]float64

func newDense(rows, columns int) dense {
	out, all := make(dense, rows), make([]float64, rows*columns)
	for i := range out {
		out[i] = all[i*columns : (i+1)*columns : (i+1)*columns]
	}
	return out
}

// lsa takes vectors into fifty dimensions or fewer, the ones in which they differ most, each of length 1 again (latent semantic analysis;
// the singular vectors by randomised subspace iteration: Halko, Martinsson and Tropp 2011).
func lsa(rows []vector, terms int, r *rand.Rand) dense {
	k := min(dimensions+spare, len(rows), terms)
	if k == 0 {
		return newDense(len(rows), 1)
	}
	right := newDense(terms, k)
	for _, row := range right {
		for j := range row {
			row[j] = r.NormFloat64()
		}
	}
	var left dense
	for range passes {
		left = times(rows, right, k)
		orthonormalise(left)
		right = transposedTimes(rows, left, terms, k)
		orthonormalise(right)
	}
	left = times(rows, right, k)
	left = left.turned(min(dimensions, k))
	for _, row := range left {
		unit(row)
	}
	return left
}

func times(rows []vector, right dense, k int) dense {
	out := newDense(len(rows), k)
	for i, row := range rows {
		for _, c := range row {
			for j, x := range right[c.at] {
				out[i][j] += c.value * x
			}
		}
	}
	return out
}

func transposedTimes(rows []vector, left dense, terms, k int) dense {
	out := newDense(terms, k)
	for i, row := range rows {
		for _, c := range row {
			for j, x := range left[i] {
				out[c.at][j] += c.value * x
			}
		}
	}
	return out
}

// orthonormalise makes the columns orthogonal and of length 1, by Gram and Schmidt, twice over for exactness.
func orthonormalise(m dense) {
	if len(m) == 0 {
		return
	}
	for j := range m[0] {
		for range 2 {
			for i := range j {
				dot := 0.0
				for _, row := range m {
					dot += row[i] * row[j]
				}
				for _, row := range m {
					row[j] -= dot * row[i]
				}
			}
		}
		sum := 0.0
		for _, row := range m {
			sum += row[j] * row[j]
		}
		if sum = math.Sqrt(sum); sum < 1e-9 {
			sum = math.Inf(1) // there is no such dimension
		}
		for _, row := range m {
			row[j] /= sum
		}
	}
}

// turned is the matrix turned to its own axes, of which the k longest are kept: the eigenvectors of its Gram matrix, by Jacobi's
// rotations.
func (m dense) turned(k int) dense {
	n := len(m[0])
	gram := newDense(n, n)
	for _, row := range m {
		for i := range n {
			for j := range n {
				gram[i][j] += row[i] * row[j]
			}
		}
	}
	axes, lengths := jacobi(gram)
	order := longestFirst(lengths)
	out := newDense(len(m), k)
	for i, row := range m {
		for j := range k {
			for l, x := range row {
				out[i][j] += x * axes[l][order[j]]
			}
		}
	}
	return out
}

// jacobi finds the eigenvectors, the columns, and eigenvalues of a symmetric matrix, which it uses up.
func jacobi(a dense) (axes dense, values []float64) {
	n := len(a)
	axes = newDense(n, n)
	for i := range n {
		axes[i][i] = 1
	}
	for range 30 { // sweeps: ten are enough for sixty dimensions
		off := 0.0
		for i := range n {
			for j := range i {
				off += a[i][j] * a[i][j]
				rotate(a, axes, j, i)
			}
		}
		if off < 1e-18 {
			break
		}
	}
	for i := range n {
		values = append(values, a[i][i])
	}
	return axes, values
}

// rotate makes a[p][q] zero.
func rotate(a, axes dense, p, q int) {
	if math.Abs(a[p][q]) < 1e-15 {
		return
	}
	theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
	t := 1 / (math.Abs(theta) + math.Sqrt(theta*theta+1))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(t*t+1)
	s := t * c
	for i := range a {
		a[i][p], a[i][q] = c*a[i][p]-s*a[i][q], s*a[i][p]+c*a[i][q]
	}
	for i := range a {
		a[p][i], a[q][i] = c*a[p][i]-s*a[q][i], s*a[p][i]+c*a[q][i]
	}
	for i := range axes {
		axes[i][p], axes[i][q] = c*axes[i][p]-s*axes[i][q], s*axes[i][p]+c*axes[i][q]
	}
}

func unit(row []float64) {
	sum := 0.0
	for _, x := range row {
		sum += x * x
	}
	if sum = math.Sqrt(sum); sum > 0 {
		for j := range row {
			row[j] /= sum
		}
	}
}
