package themes

import (
	"fmt"
	"math"
	"strconv"
	"testing"
)

// TestPaletteIsToldApart sees the palette as people with each colour blindness do, by the matrices of Machado, Oliveira and Fernandes
// (2009) for the whole lack of one kind of cone, and measures distances in CIELAB.
func TestPaletteIsToldApart(t *testing.T) {
	sights := map[string][9]float64{
		"full sight":   {1, 0, 0, 0, 1, 0, 0, 0, 1},
		"protanopia":   {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
		"deuteranopia": {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
		"tritanopia":   {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
	}
	for name, m := range sights {
		least, pair := math.Inf(1), ""
		for i, a := range palette() {
			for _, b := range palette()[:i] {
				if d := distance(lab(a, m), lab(b, m)); d < least {
					least, pair = d, fmt.Sprint(a, " and ", b)
				}
			}
		}
		if least < 10 { // about four times the difference that is just seen
			t.Errorf("with %s %s are %.1f apart", name, pair, least)
		}
	}
}

func distance(a, b [3]float64) float64 {
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}

// lab is a colour as it is seen, in CIELAB.
func lab(colour string, m [9]float64) [3]float64 {
	n, err := strconv.ParseUint(colour[1:], 16, 32)
	if err != nil {
		panic(err)
	}
	var c [3]float64
	for i := range c {
		v := float64(n>>(16-8*i)&255) / 255
		if c[i] = v / 12.92; v > 0.04045 {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	var r [3]float64
	for i := range r {
		r[i] = min(1, max(0, m[3*i]*c[0]+m[3*i+1]*c[1]+m[3*i+2]*c[2]))
	}
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((0.4124*r[0] + 0.3576*r[1] + 0.1805*r[2]) / 0.95047)
	y := f(0.2126*r[0] + 0.7152*r[1] + 0.0722*r[2])
	z := f((0.0193*r[0] + 0.1192*r[1] + 0.9505*r[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func TestColoursAreGivenInTurn(t *testing.T) {
	b := parsed(t, "themes:\n  - {id: a}\n  - {id: b, colour: \"#3F90DA\"}\n  - {id: c}\n")
	got := b.Colours()
	if got["a"] != palette()[1] || got["b"] != palette()[0] || got["c"] != palette()[2] {
		t.Errorf("%v", got)
	}
}
