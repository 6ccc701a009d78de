package check

import (
	"strings"

	"collate/index"
)

// A thing is what a figure measures or a date is for, as the stems of its telling words.
type thing map[string]bool

// plainWords say nothing of what is measured.
var plainWords = wordSet(`a an the of for to in on at by with from and or but that this these those it its they them their there is are was were be been being has have had will would should must can could may might do does did
	as than more less over under about around only just some all each every any no not nor so such very most least year years per cent percent number numbers rate average total figure figures said says say reported according now still also since
	who which what when where while after before during between within up out into we our us you your he she his her one two three four five six seven eight nine ten`)

// thingOf are the telling words of texts.
func thingOf(texts ...string) thing {
	out := thing{}
	for _, t := range texts {
		for _, w := range index.Analyse(t).List {
			if fold := strings.TrimLeft(w.Fold, "£$€"); len(fold) > 1 && !plainWords[fold] && !(fold[0] >= '0' && fold[0] <= '9') {
				out[w.Stem] = true
			}
		}
	}
	return out
}

// likeness is how many telling words two things share, and what share that is of the one with fewer.
func (t thing) likeness(o thing) (shared int, of float64) {
	for w := range t {
		if o[w] {
			shared++
		}
	}
	if n := min(len(t), len(o)); n > 0 {
		of = float64(shared) / float64(n)
	}
	return shared, of
}
