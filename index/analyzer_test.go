package index

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

func TestAnalyse(t *testing.T) {
	tests := []struct {
		name, text string
		want       string // fold/stem, a space between words
		forms      string // the same for other forms
	}{
		{"words", "Families are waiting.", "families/famili are/ar waiting/wait", ""},
		{"possessive and apostrophe", "SENCo’s don’t parents' 'quoted'", "senco/senco don't/don't parents/parent quoted/quot", ""},
		{"compound", "co-production", "co/co production/product", "coproduction/coproduct"},
		{"long compound", "state-of-the-art", "state/state of/of the/the art/art", "stateoftheart/stateoftheart"},
		{"dash", "2019–20 plan – delay", "2019/2019 20/20 plan/plan delay/delai", ""},
		{"numbers", "2023-24 1,000 3.4 3,4 1.2.3", "2023/2023 24/24 1000/1000 3.4/3.4 3/3 4/4 1.2.3/1.2.3", ""},
		{"figures", "£70m 46% 46 % £1.5bn", "£70m/£70m 46%/46% 46%/46% £1.5bn/£1.5bn", "70m/70m 46/46 46/46 1.5bn/1.5bn"},
		{"signs by themselves", "£ 70 % or 5 of %", "£", ""},
		{"full stops", "U.K. e.g. plan.We J.K.Rowling www.ipsea.org.uk", "uk/uk eg/eg plan/plan we/we jk/jk rowling/rowl www/www ipsea/ipsea org/org uk/uk", ""},
		{"underscores", "_not_ ____ a_b", "not/not a/a b/b", ""},
		{"accents", "CAFÉ cafe\u0301 ﬁnal naïve", "cafe/cafe cafe/cafe final/final naive/naiv", ""},
		{"invisible marks", "re\u00adform \ufeffplan\u200b", "reform/reform plan/plan", ""},
		{"low figures", "CO₂, H₂O and CO₂-free", "co2/co2 h2o/h2o and/and co2/co2 free/free", "co2free/co2free"},
		{"squared", "5m² or 12 km² of m³", "5m2/5m2 or/or 12/12 km2/km2 of/of m3/m3", ""},
		{"notes", "the plan¹² must, children’s¹ plan.² And", "the/the plan/plan must/must children/children plan/plan and/and", ""},
		{"powers", "10⁶ 2²", "10/10 ⁶/⁶ 2/2 ²/²", ""},
		{"other scripts", "Отчёт 漢字", "отчет/отчет 漢/漢 字/字", ""},
		{"not UTF-8", "plan\xff\xfewait", "plan/plan wait/wait", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.want == "£" { // no sign without its figure
				tt.want, tt.forms = "70%/70% or/or 5/5 of/of", "70/70"
			}
			w := Analyse(tt.text)
			var got, forms []string
			for _, x := range w.List {
				got = append(got, x.Fold+"/"+x.Stem)
			}
			for _, f := range w.forms {
				forms = append(forms, f.fold+"/"+f.stem)
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("words (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.forms, strings.Join(forms, " ")); diff != "" {
				t.Errorf("forms (-want +got):\n%s", diff)
			}
		})
	}
}

// checkWords checks what must be true of the words of any text.
func checkWords(t *testing.T, text string) {
	t.Helper()
	w := Analyse(text)
	end := 0
	for _, x := range w.List {
		if x.Start < end || x.End <= x.Start || x.End > len(text) || x.Fold == "" || x.Stem == "" {
			t.Fatalf("text %q: word %+v behind byte %d", text, x, end)
		}
		end = x.End
	}
	for _, f := range w.forms {
		if f.first < 0 || f.last < f.first || f.last >= len(w.List) || f.fold == "" || f.stem == "" {
			t.Fatalf("text %q: form %+v of %d words", text, f, len(w.List))
		}
	}
	if diff := cmp.Diff(plainly(text), starts(w)); diff != "" {
		t.Fatalf("text %q: words in chunks start elsewhere than in the whole (-want +got):\n%s", text, diff)
	}
}

func starts(w *Words) []int {
	var out []int
	for _, x := range w.List {
		out = append(out, x.Start)
	}
	return out
}

// plainly finds where words start without cutting the text into chunks.
func plainly(text string) []int {
	a := &analyser{memo: make(map[string]folded), text: text}
	a.cut(0, len(text))
	return starts(&Words{List: a.list})
}

func FuzzAnalyse(f *testing.F) {
	for _, s := range append(vocabulary, passage, norm.NFD.String("Élan naïve"), "1 %2%-3% £-£5", "a\u0301 \u0301b '’a'b’c", "yyyyyyyyyyyyyyyy", "x\r\n\x01y", "CO₂x² ²₂a") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkWords(t, s) })
}

func TestAnalyseConcurrently(t *testing.T) {
	want := Analyse(passage)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				Analyse("Something else: co-production, £5.")
				if diff := cmp.Diff(want.List, Analyse(passage).List); diff != "" {
					t.Errorf("words (-want +got):\n%s", diff)
				}
			}
		})
	}
	wg.Wait()
}

func TestAnalyseLongWord(t *testing.T) {
	long := strings.Repeat("y", 1<<20)
	w := Analyse(long + " " + strings.Repeat("a-", 1<<16))
	if got := w.List[0].Stem; got != long {
		t.Errorf("a stem of %d bytes, want %d", len(got), len(long))
	}
	if len(w.forms) != 0 {
		t.Errorf("%d joined forms, want none", len(w.forms))
	}
}

func BenchmarkAnalyse(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(passage)))
	for b.Loop() {
		Analyse(passage)
	}
}

func BenchmarkPassageWords(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(passage)))
	for b.Loop() {
		newPassageWords(passage).read()
	}
}
