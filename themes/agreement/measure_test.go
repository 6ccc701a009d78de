package agreement

import (
	"math"
	"testing"
)

// pairs are items from a table: how often the first coder gave the row's code and the second the column's.
func pairs(table [][]int) []Item {
	var out []Item
	for a, row := range table {
		for b, n := range row {
			for range n {
				out = append(out, Item{Codes: []int{a, b}})
			}
		}
	}
	return out
}

// across are items from a row of codes a coder, a dot for none.
func across(coders ...string) []Item {
	out := make([]Item, len(coders[0]))
	for _, row := range coders {
		for i, r := range row {
			code := Missing
			if r != '.' {
				code = int(r - '0')
			}
			out[i].Codes = append(out[i].Codes, code)
		}
	}
	return out
}

// spread are items of codes given so often: a row an item, a column a code.
func spread(rows [][]int) []Item {
	var out []Item
	for _, row := range rows {
		var x Item
		for code, n := range row {
			for range n {
				x.Codes = append(x.Codes, code)
			}
		}
		out = append(out, x)
	}
	return out
}

// The 30 patients that six psychiatrists gave one of five diagnoses each, in Fleiss (1971), table 1.
func diagnoses() []Item {
	rows := []string{"444444", "222555", "233335", "555555", "222444", "113333", "333355", "113334", "114444", "555555", "144444", "124444", "222333", "144444", "224445",
		"333335", "111455", "111112", "224444", "133555", "555555", "244444", "224555", "114444", "144445", "222224", "111155", "224444", "133333", "555555"}
	var out []Item
	for _, row := range rows {
		var x Item
		for _, r := range row {
			x.Codes = append(x.Codes, int(r-'0'))
		}
		out = append(out, x)
	}
	return out
}

// TestPublishedExamples holds each coefficient to the example of the paper that it comes from. The values to six places were worked out
// by other means than this package.
func TestPublishedExamples(t *testing.T) {
	four := across("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
	for _, test := range []struct {
		name    string
		items   []Item
		measure Measuring
		want    float64
		count   int
	}{
		{"Cohen 1960, table 2: .49", pairs([][]int{{88, 14, 18}, {10, 40, 10}, {2, 6, 12}}), Cohen, 0.491525, 200},
		{"Fleiss 1971, table 1: .430", diagnoses(), Fleiss, 0.430245, 30},
		{"fourteen coders, five codes: .210", spread([][]int{{0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1}, {7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}}), Fleiss, 0.209931, 10},
		{"Krippendorff 2011, A, two observers, two codes: .095", across("0100000010", "1110010000"), Nominal, 0.095238, 10},
		{"Krippendorff 2011, B, two observers, five codes: .692", across("001132224330", "101112224333"), Nominal, 0.691964, 12},
		{"Krippendorff 2011, C, four observers with some missing: .743", four, Nominal, 0.743421, 11},
		{"Krippendorff 2011, D, the same in order: .815", four, Ordinal, 0.815388, 11},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := Of(test.items, test.measure)
			if got, ok := m.Value(); !ok || math.Abs(got-test.want) > 1e-6 || m.Items != test.count {
				t.Errorf("got %.6f, %v of %d items, want %.6f of %d", got, ok, m.Items, test.want, test.count)
			}
		})
	}
}

func TestWhereThereIsNoCoefficient(t *testing.T) {
	for _, test := range []struct {
		name  string
		items []Item
		want  string
	}{
		{"no items", nil, NoOverlap},
		{"each coded other things", across("01..", "..01"), NoOverlap},
		{"nobody said yes", across("000", "000"), Nobody},
		{"both always said yes", across("111", "111"), Everybody},
	} {
		t.Run(test.name, func(t *testing.T) {
			for name, measure := range map[string]Measuring{"Cohen": Cohen, "Fleiss": Fleiss, "alpha": Nominal, "ordinal": Ordinal} {
				m := Of(test.items, measure)
				if v, ok := m.Value(); ok || v != 0 || m.Why != test.want {
					t.Errorf("%s: %v, %v, %q, want %q", name, v, ok, m.Why, test.want)
				}
				if math.IsNaN(m.Observed) || math.IsNaN(m.Chance) {
					t.Errorf("%s: %+v", name, m)
				}
				f := Coefficient(test.items, 1, measure)
				if f.Defined() || f.Why != test.want || f.Value != 0 {
					t.Errorf("%s: %+v", name, f)
				}
			}
		})
	}
}

// TestSmallTables are worked out by hand: 2 of 4 the same with both at half gives 0; one who always says yes agrees by chance alone.
func TestSmallTables(t *testing.T) {
	for _, test := range []struct {
		name string
		a, b string
		want float64
	}{
		{"as chance", "0011", "0101", 0},
		{"each the other's opposite", "0101", "1010", -1},
		{"all the same", "0110", "0110", 1},
		{"one says yes to all", "1111", "0011", 0},
		{"what one left out does not count", "011.0", "01110", 1},
	} {
		if got, ok := Of(across(test.a, test.b), Cohen).Value(); !ok || math.Abs(got-test.want) > 1e-12 {
			t.Errorf("%s: %v, %v, want %v", test.name, got, ok, test.want)
		}
	}
	if got, ok := Both(Tallies(across("0111", "0011"))); !ok || math.Abs(got-0.8) > 1e-12 {
		t.Errorf("both yes to two of three and two: %v, %v, want 0.8", got, ok)
	}
	if got, ok := Both(Tallies(across("00", "00"))); ok {
		t.Errorf("nobody says yes: %v is no agreement on yes", got)
	}
	if got, ok := Prevalence(Tallies(across("01.", "111"))); !ok || got != 0.8 {
		t.Errorf("four of five codes are yes: %v, %v", got, ok)
	}
}

// TestPooledIsOverThemes compares pooling with what it is there to avoid: one theme on nearly everything and one on nearly nothing, on
// each of which two coders do no better than chance, look like agreement when all items are measured at once.
func TestPooledIsOverThemes(t *testing.T) {
	items := append(pairs([][]int{{81, 9}, {9, 1}}), pairs([][]int{{1, 9}, {9, 81}})...)
	if got, _ := Of(items, Cohen).Value(); got < 0.6 {
		t.Errorf("all at once %.3f: the example shows nothing", got)
	}
	for i := range items {
		items[i].Theme = []string{"rare", "common"}[i/100]
	}
	for name, measure := range map[string]Measuring{"Cohen": Cohen, "Fleiss": Fleiss} {
		if got, ok := Of(items, measure).Value(); !ok || math.Abs(got) > 1e-12 {
			t.Errorf("%s pooled %v, %v, want 0", name, got, ok)
		}
	}
}

func TestKappaKeepsItsConventions(t *testing.T) {
	yes, no := []bool{true, true}, []bool{false, false}
	if got := Kappa(no, no); got != 1 {
		t.Errorf("both no to all: %v, want 1", got)
	}
	if got := Kappa(yes, no[:1]); got != 0 {
		t.Errorf("of different lengths: %v, want 0", got)
	}
}
