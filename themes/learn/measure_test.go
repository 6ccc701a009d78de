package learn

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestMeasure(t *testing.T) {
	a := func(p float64, suggested, gold bool) Answer { return Answer{p, suggested, gold} }
	q := Measure([][]Answer{
		{a(.9, true, true), a(.6, true, false)},
		{a(.8, true, true), a(.1, false, false)},
		{a(.2, false, true), a(.7, true, true)},
		{a(.1, false, false), a(.3, false, true)},
	}, 1)
	about := cmpopts.EquateApprox(0, 1e-9)
	got := []Share{q.Micro, q.Macro, q.Sampled}
	want := []Share{{.75, .6, 2. / 3}, {.75, (2./3 + .5) / 2, (.8 + .5) / 2}, {.625, .625, (2./3 + 1 + 2./3) / 4}}
	if d := cmp.Diff(got, want, about); d != "" {
		t.Errorf("micro, macro, sampled (-got +want):\n%s", d)
	}
	if got, want := q.MAP, (1+(1+2./3)/2)/2; math.Abs(got-want) > 1e-9 {
		t.Errorf("MAP %v, want %v", got, want)
	}
	if got, want := q.Each[0].Kappa, .5; math.Abs(got-want) > 1e-9 {
		t.Errorf("kappa of the first theme %v, want %v", got, want)
	}
	if got, want := q.ECE, (math.Abs(.1+.1-0)+math.Abs(.2-1)+math.Abs(.3-1)+.6+.3+.2+.1)/8; math.Abs(got-want) > 1e-9 {
		t.Errorf("ECE %v, want %v", got, want)
	}
	if q.MicroRange.From > q.Micro.F1 || q.MicroRange.To < q.Micro.F1 {
		t.Errorf("F1 %v is not within its range %v", q.Micro.F1, q.MicroRange)
	}
}
