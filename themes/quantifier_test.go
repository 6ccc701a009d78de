package themes

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestScaleBoundsAreThePublishedOnes(t *testing.T) {
	got := DefaultScale().Bounds(40)
	want := []Bound{{"few", 1, 5}, {"less than half", 6, 19}, {"the majority", 20, 29}, {"most", 30, 36}, {"almost all", 37, 39}, {"all", 40, 40}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestScaleCoversEveryCountOnce(t *testing.T) {
	for n := 1; n <= 500; n++ {
		next := 1
		for _, b := range DefaultScale().Bounds(n) {
			if b.From != next || b.To < b.From {
				t.Fatalf("n=%d: %v does not start at %d", n, b, next)
			}
			next = b.To + 1
		}
		if next != n+1 {
			t.Fatalf("n=%d: counts end at %d", n, next-1)
		}
		if got := DefaultScale().Word(n, n); got != "all" {
			t.Errorf("Word(%d, %d) = %q, want all", n, n, got)
		}
	}
	if got := DefaultScale().Word(0, 7); got != "none" {
		t.Errorf("Word(0, 7) = %q, want none", got)
	}
}
