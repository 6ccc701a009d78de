package themes

import "testing"

// FuzzPropose reads passages in whatever script: proposing must not stop at any of them.
func FuzzPropose(f *testing.F) {
	for _, text := range []string{
		"We don't support the timetable, İ'd rather wait.", "İ’s", "ẞ'll ﬁne", "“Although” we welcome it, families can't wait\u2028until 2025.", "\xff\xfe'd", "We're 1,000.5% behind it; however, not now.",
	} {
		f.Add(text, 3)
	}
	b, err := ParseCodebook(BuiltInCodebook())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string, body int) {
		if body < 0 || body > len(text) {
			body = 0
		}
		for _, p := range b.Propose(text, body) {
			if p.Because == "" {
				t.Errorf("theme %s is proposed without a reason", p.ThemeID)
			}
		}
	})
}
