package evidence

import (
	"fmt"
	"slices"
	"strings"

	"collate/themes"
)

// An OralNote is one paragraph of speaking notes.
type OralNote struct {
	Kind string // "line", "fact", "quote", "ask" or "beside": what nobody asked
	Runs []Run
}

// notes are what to say in the time: the line, then as much of facts, quotes, an ask and what nobody asked as there is time for. The words are
// those of the page; nothing new is said.
func (b *oralMaker) notes(t *themes.ThemeReport, page *OralPage) ([]OralNote, int) {
	room := b.out.Minutes * SpeakingPace
	line := OralNote{"line", []Run{{Text: page.Line}}}
	if page.Line == "" {
		line.Runs[0].Text = fmt.Sprintf("On %s we have no joint position; this is what members say.", b.abouts[t.ID])
	}
	chosen := map[string][]OralNote{"line": {line}}
	left := room - noteWords(line)
	for _, n := range b.notesInOrder(t, page) {
		if words := noteWords(n); words <= left {
			chosen[n.Kind] = append(chosen[n.Kind], n)
			left -= words
		}
	}
	var out []OralNote
	for _, kind := range []string{"line", "fact", "quote", "ask", "beside"} {
		out = append(out, chosen[kind]...)
	}
	return out, room - left
}

// notesInOrder are all that could be said, the most worth first.
func (b *oralMaker) notesInOrder(t *themes.ThemeReport, page *OralPage) []OralNote {
	var facts, quotes []OralNote
	for _, f := range page.Facts {
		runs := append([]Run{{Text: capital(f.Speaker) + " gives this figure: "}}, quoted(f.Words, "")...)
		if source := spokenSource(f.Source); !strings.Contains(f.Words, source) { // "(DfE, 2022)" stands in the sentence
			runs = append(runs, Run{Text: " The source given: " + sentence(curly(source))})
		}
		facts = append(facts, OralNote{"fact", runs})
	}
	for _, q := range page.Quotes {
		quotes = append(quotes, OralNote{"quote", append([]Run{{Text: capital(fmt.Sprintf("%s says: ", q.Speaker))}}, quoted(q.Words, "")...)})
	}
	var out []OralNote
	for i := range oralItems {
		if i < len(facts) {
			out = append(out, facts[i])
		}
		if i < len(quotes) {
			out = append(out, quotes[i])
		}
		if i > 0 {
			continue
		}
		if ask, ok := b.spokenAsk(t); ok {
			out = append(out, ask)
		}
		for _, x := range page.Unasked[:min(1, len(page.Unasked))] {
			out = append(out, OralNote{"beside", append([]Run{{Text: "You did not ask, but it matters to our members. "}}, x.Text...)})
		}
	}
	return out
}

// spokenAsk is the first recommendation of the written evidence on a theme.
func (b *oralMaker) spokenAsk(t *themes.ThemeReport) (OralNote, bool) {
	for i := range b.asked {
		for _, s := range b.asked[i].Basis.Sources {
			if q := b.quotes[s.Ref]; q != nil && q.ThemeID == t.ID {
				var runs []Run
				for _, r := range b.asked[i].Runs {
					r.Note = ""
					runs = append(runs, r)
				}
				return OralNote{"ask", runs}, true
			}
		}
	}
	return OralNote{}, false
}

// mostSource is how many words of a source are said aloud.
const mostSource = 20

// spokenSource is a source as it is said aloud: without an address, and where it is long as far as a comma or a colon in it.
func spokenSource(source string) string {
	words := slices.DeleteFunc(strings.Fields(source), contact.MatchString)
	if len(words) > mostSource {
		words = words[:mostSource]
		for i := len(words); i > mostSource/2; i-- {
			if strings.ContainsAny(words[i-1][len(words[i-1])-1:], ",:;.") {
				words = words[:i]
				break
			}
		}
	}
	return strings.TrimRight(strings.Join(words, " "), ",:;. ")
}

func noteWords(n OralNote) int { return Words(plainRuns(n.Runs)) }

// Seconds is how long the notes take at [SpeakingPace].
func (p *OralPage) Seconds() int { return (p.Words*60 + SpeakingPace - 1) / SpeakingPace }
