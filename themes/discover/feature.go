package discover

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"collate/index"
)

// A component is one coordinate of a sparse vector.
type component struct {
	at    int32
	value float64
}

// A vector is sparse, sorted by coordinate.
type vector []component

// functionWords say nothing of the subject; nor do dates and what stands in any letter. They are stems as [index.Analyse] makes them and words that stem to themselves.
var functionWords = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range index.Analyse(`a about above after again against all almost along already also although always am among an and another any anybody anyone
		anything are around as ask at away back be became because become been before being below between both but by came can cannot can't
		come could couldn't did didn't do does doesn't doing done don't down during each either else enough etc even ever every everyone
		everything far few first for from full further gave get gets getting give given gives go goes going got had hadn't has hasn't have haven't
		having he her here hers him himself his how however i i'm i've if in indeed into is isn't it its it's itself just keep know last least less
		let like likely long made make makes making many may maybe me might more most much must my myself need needed needs neither never
		next no nobody none nor not nothing now of off often on once one ones only or other others otherwise our ours out over own per
		perhaps please put quite rather really said same saw say says see seem seen several shall she should shouldn't since so some
		someone something sometimes soon still such sure take taken takes tell than that that's the their theirs them themselves then there therefore these
		they they're thing things think this those though three through thus to together too took toward towards two under until up upon us use used
		using very via want wants was wasn't way ways we we're we've well went were weren't what whatever when where whether which while who whole
		whom whose why will with within without won't would wouldn't yes yet you your yours
		january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday
		dear sir madam sincerely faithfully regards thank thanks sorry page paragraph email telephone name
		response respond submission consultation behalf view question answer`).List {
		out[w.Stem] = true
	}
	return out
}()

// content are the stems of a text that can say what it is about, in reading order. "" stands where another word is, so that no pair is
// made over it.
func content(text string) []string { return contentOf(index.Analyse(text).List) }

func contentOf(list []index.Word) []string {
	out := make([]string, 0, len(list))
	for _, w := range list {
		if functionWords[w.Stem] || len(w.Stem) < 2 || strings.ContainsAny(w.Fold[:1], "0123456789£$€") {
			out = append(out, "")
			continue
		}
		out = append(out, w.Stem)
	}
	return out
}

// names are what members and what they answer are called, as stems: they say nothing of the subject.
type names [][]string

func newNames(all []string) names {
	var out names
	for _, s := range all {
		var stems []string
		for _, w := range index.Analyse(s).List {
			stems = append(stems, w.Stem)
		}
		if len(stems) > 0 {
			out = append(out, stems)
		}
	}
	slices.SortStableFunc(out, func(a, b []string) int { return len(b) - len(a) })
	return out
}

// content is what [content] finds, without names.
func (n names) content(text string) []string {
	list := index.Analyse(text).List
	out := contentOf(list)
	for _, name := range n {
		for i := 0; i+len(name) <= len(list); i++ {
			if begins(list[i:], name) {
				clear(out[i : i+len(name)])
			}
		}
	}
	return out
}

func begins(list []index.Word, stems []string) bool {
	for i, s := range stems {
		if list[i].Stem != s {
			return false
		}
	}
	return true
}

// rareOneIn keeps the matrix in memory: of 20,000 texts, a term that eight or fewer have is left out.
const rareOneIn = 2500

// vectors are the texts as tf-idf over stems and pairs of stems that at least two members have, each of length 1:
// (1 + ln tf) (ln((1+n)/(1+df)) + 1). What one member alone says again and again, its name first, is its manner and no subject of the others.
func (n names) vectors(texts, members []string) (out []vector, terms int) {
	counts := make([]map[string]int, len(texts))
	df := map[string]int{}
	first, shared := map[string]string{}, map[string]bool{} // term → the first member that has it; those that another has too
	for i, t := range texts {
		counts[i] = map[string]int{}
		last := ""
		for _, w := range n.content(t) {
			if w != "" {
				counts[i][w]++
				if last != "" {
					counts[i][last+" "+w]++
				}
			}
			last = w
		}
		for w := range counts[i] {
			if df[w]++; df[w] == 1 {
				first[w] = members[i]
			}
			shared[w] = shared[w] || first[w] != members[i]
		}
	}
	id := map[string]int32{}
	for _, w := range slices.Sorted(maps.Keys(df)) {
		if shared[w] && df[w] >= len(texts)/rareOneIn {
			id[w] = int32(len(id))
		}
	}
	out = make([]vector, len(texts))
	for i, count := range counts {
		for w, n := range count {
			if at, ok := id[w]; ok {
				out[i] = append(out[i], component{at, (1 + math.Log(float64(n))) * (math.Log(float64(1+len(texts))/float64(1+df[w])) + 1)})
			}
		}
		slices.SortFunc(out[i], func(a, b component) int { return cmp.Compare(a.at, b.at) })
		out[i].normalise()
	}
	return out, len(id)
}

func (v vector) normalise() {
	sum := 0.0
	for _, c := range v {
		sum += c.value * c.value
	}
	if sum = math.Sqrt(sum); sum > 0 {
		for i := range v {
			v[i].value /= sum
		}
	}
}
