package themes

import "testing"

func TestCombine(t *testing.T) {
	of := func(stances ...Stance) []*Coding {
		var out []*Coding
		for _, s := range stances {
			out = append(out, &Coding{Stance: s})
		}
		return out
	}
	tests := []struct {
		name   string
		stance []Stance
		want   Stance
	}{
		{"nothing stated", []Stance{NotStated, NotStated}, NotStated},
		{"one states", []Stance{NotStated, Support}, Support},
		{"any condition", []Stance{Support, Support, Conditions}, Conditions},
		{"both ways", []Stance{Support, Oppose}, Mixed},
		{"three times as many against", []Stance{Oppose, Oppose, Oppose, Support}, Oppose},
		{"three times as many for", []Stance{Support, Support, Support, Oppose}, Conditions},
	}
	for _, tt := range tests {
		if got, _ := combine(of(tt.stance...)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
