package learn

import "math"

// A vector is the features of a text with their weights, sorted by feature.
type vector struct {
	ids    []int32
	values []float32
}

// dot is the inner product. The conversion keeps processors that multiply and add in one step from rounding otherwise than others.
func (v vector) dot(w vector) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(v.ids) && j < len(w.ids); {
		switch a, b := v.ids[i], w.ids[j]; {
		case a == b:
			sum += float64(float64(v.values[i]) * float64(w.values[j]))
			i++
			j++
		case a < b:
			i++
		default:
			j++
		}
	}
	return sum
}

func (v vector) norm() float64 {
	sum := 0.0
	for _, x := range v.values {
		sum += float64(float64(x) * float64(x))
	}
	return math.Sqrt(sum)
}

// scaled is the vector times a number.
func (v vector) scaled(by float64) vector {
	out := vector{ids: v.ids, values: make([]float32, len(v.values))}
	for i, x := range v.values {
		out.values[i] = float32(float64(x) * by)
	}
	return out
}

// unit is the vector with length 1; one of nothing stays so.
func (v vector) unit() vector {
	if n := v.norm(); n > 0 {
		return v.scaled(1 / n)
	}
	return v
}

// plus is v + by·w.
func (v vector) plus(w vector, by float64) vector {
	out := vector{ids: make([]int32, 0, len(v.ids)+len(w.ids)), values: make([]float32, 0, len(v.ids)+len(w.ids))}
	i, j := 0, 0
	for i < len(v.ids) || j < len(w.ids) {
		switch {
		case j == len(w.ids) || i < len(v.ids) && v.ids[i] < w.ids[j]:
			out.ids, out.values = append(out.ids, v.ids[i]), append(out.values, v.values[i])
			i++
		case i == len(v.ids) || w.ids[j] < v.ids[i]:
			out.ids, out.values = append(out.ids, w.ids[j]), append(out.values, float32(by*float64(w.values[j])))
			j++
		default:
			out.ids, out.values = append(out.ids, v.ids[i]), append(out.values, float32(float64(v.values[i])+float64(by*float64(w.values[j]))))
			i++
			j++
		}
	}
	return out
}
