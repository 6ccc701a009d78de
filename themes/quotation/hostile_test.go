package quotation

import (
	"strings"
	"testing"
)

// TestHostileDrafts looks that what would take for ever does not: the test's own deadline is the measure.
func TestHostileDrafts(t *testing.T) {
	c := NewCorpus(written)
	const n = 100_000
	for _, row := range []struct{ name, text string }{
		{"opening marks", strings.Repeat("“", n)},
		{"closing marks", strings.Repeat("”", n)},
		{"straight marks", strings.Repeat(`"`, n)},
		{"straight marks and letters", strings.Repeat(`"a" `, n/4)},
		{"single marks", strings.Repeat("‘a ", n)},
		{"apostrophes", strings.Repeat("'", n)},
		{"apostrophes and letters", strings.Repeat(" 'a", n)},
		{"nested", strings.Repeat("“a ‘b ", n/4) + strings.Repeat("’ ”", n/4)},
		{"brackets", "“" + strings.Repeat("[", n) + strings.Repeat("]", n) + "”"},
		{"elisions", "“" + strings.Repeat("[…] plan ", n/10) + "”"},
		{"one quotation", "“" + strings.Repeat("the plan will not work ", n/5) + "”"},
		{"hyphens", "“" + strings.Repeat("-\n", n) + "a”"},
		{"parentheses", "“a” " + strings.Repeat("(", n)},
		{"opening marks in paragraphs", strings.Repeat("“a\n", n/10)},
	} {
		t.Run(row.name, func(t *testing.T) {
			blocks := paragraphs(row.text)
			all := Find(blocks)
			for i := range all[:min(len(all), 1000)] {
				c.Match(all[i].Text)
				Attribute(blocks, all, i, speakers)
			}
		})
	}
}
