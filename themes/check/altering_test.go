package check

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// The generator of altered and honest quotations. It has lists of words and ways of comparing of its own: what it measures must not be what it
// measures with.

// An alteration makes another text of a quotation, or returns "" where there is nothing to alter.
type alteration struct {
	class string
	turns bool // it changes what is said
	do    func(g *generator, words string) string
}

var alterations = []alteration{
	{"negation", true, (*generator).negate},
	{"number", true, (*generator).renumber},
	{"currency", true, (*generator).reprice},
	{"year", true, (*generator).redate},
	{"modal", true, swapping(`must should may might can could will would shall`)},
	{"quantifier", true, swapping(`all most many some few several every each both any`)},
	{"dropped word", true, (*generator).drop},
	{"added word", true, (*generator).add},
	{"synonym", false, (*generator).synonym},
	{"sentences joined", true, (*generator).join},
	{"halves spliced", true, (*generator).splice},
	{"speaker swapped", true, nil},
	{"words moved", true, (*generator).move},
}

var honesties = []alteration{
	{"as it stands", false, func(_ *generator, words string) string { return words }},
	{"typography", false, (*generator).typography},
	{"line breaks", false, (*generator).wrap},
	{"elision", false, (*generator).elide},
	{"brackets", false, (*generator).bracket},
	{"case at the start", false, (*generator).fragment},
}

// turning are words that an honest quotation must not cut from its sentence.
var turning = regexp.MustCompile(`(?i)n['’]t\b|\b(?:no|not|never|nor|neither|none|nothing|nobody|without|cannot|unable|hardly|rarely|fail\w*|lack\w*|refus\w*|reject\w*|oppos\w*|against|seldom|scarcely|barely|only|if|unless|until|except|provided|providing|condition\w*|subject|long as|but|however|although|though|yet|whereas|while|rather|instead|whether)\b`)

func (g *generator) negate(s string) string {
	return g.oneOf(s,
		func(s string) string { return g.replaceOne(s, `(?i) (?:not|never)\b`, "") },
		func(s string) string {
			return g.replaceOne(s, `\b(is|are|was|were|must|should|will|can|has|have|does|do)\b`, "$1 not")
		},
		func(s string) string {
			return g.replaceOne(s, `\b(?:in|un)(sufficient|lawful|able|clear|adequate|consistent|fair|realistic|suitable|met)\b`, "$1")
		},
		func(s string) string { return g.replaceOne(s, `\b(?:with)\b`, "without") },
		func(s string) string { return g.replaceOne(s, `\bno (\w+)`, "some $1") },
		func(s string) string { return g.replaceOne(s, `(\w)n['’]t\b`, "$1") },
	)
}

func (g *generator) renumber(s string) string {
	return g.oneOf(s,
		func(s string) string {
			return g.replaceWith(s, `\b\d+\b`, func(n string) string {
				v, err := strconv.Atoi(n)
				if err != nil || len(n) == 4 {
					return n
				}
				return strconv.Itoa(v + 1 + g.r.IntN(9))
			})
		},
		func(s string) string {
			return g.replaceWith(s, `(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)\b`, func(n string) string {
				return g.other(strings.Fields("one two three four five six seven eight nine ten twelve twenty"), n)
			})
		})
}

func (g *generator) reprice(s string) string {
	return g.oneOf(s,
		func(s string) string {
			return g.replaceWith(s, `£\d+`, func(n string) string {
				v, _ := strconv.Atoi(strings.TrimPrefix(n, "£"))
				return "£" + strconv.Itoa(v+1+g.r.IntN(30))
			})
		},
		func(s string) string { return g.replaceOne(s, `£`, "€") },
		func(s string) string { return g.replaceOne(s, `\bmillion\b`, "billion") },
		func(s string) string { return g.replaceOne(s, `(£[\d.]+)m\b`, "${1}bn") })
}

func (g *generator) redate(s string) string {
	return g.oneOf(s,
		func(s string) string {
			return g.replaceWith(s, `\b(?:19|20)\d\d\b`, func(n string) string {
				v, _ := strconv.Atoi(n)
				return strconv.Itoa(v + 1 + g.r.IntN(4))
			})
		},
		func(s string) string {
			months := strings.Fields("January February March April June July August September October November December")
			return g.replaceWith(s, `\b(?:`+strings.Join(months, "|")+`)\b`, func(n string) string { return g.other(months, n) })
		})
}

// swapping replaces one word of a list by another of it.
func swapping(list string) func(*generator, string) string {
	choice := strings.Fields(list)
	pattern := `(?i)\b(?:` + strings.Join(choice, "|") + `)\b`
	return func(g *generator, s string) string {
		return g.replaceWith(s, pattern, func(w string) string { return g.other(choice, w) })
	}
}

func (g *generator) drop(s string) string {
	f := strings.Fields(s)
	if len(f) < 6 {
		return ""
	}
	at := 1 + g.r.IntN(len(f)-2)
	return strings.Join(slices.Delete(f, at, at+1), " ")
}

func (g *generator) add(s string) string {
	f := strings.Fields(s)
	if len(f) < 4 {
		return ""
	}
	extra := strings.Fields("very also simply strongly national local clearly fully new often only already perhaps")
	return strings.Join(slices.Insert(f, 1+g.r.IntN(len(f)-2), extra[g.r.IntN(len(extra))]), " ")
}

var synonyms = [][2]string{{"children", "pupils"}, {"help", "assist"}, {"support", "back"}, {"need", "require"}, {"schools", "settings"}, {"families", "households"}, {"parents", "guardians"}, {"wait", "linger"},
	{"plan", "scheme"}, {"because", "since"}, {"large", "big"}, {"begin", "start"}, {"teachers", "staff"}, {"money", "funds"}, {"funding", "finance"}, {"late", "tardy"}, {"reform", "change"}, {"welcome", "applaud"},
	{"members", "affiliates"}, {"the", "this"}, {"young", "youthful"}, {"education", "schooling"}, {"councils", "authorities"}, {"often", "frequently"}, {"good", "fine"}, {"quickly", "fast"}, {"worry", "fear"}, {"needs", "requirements"}}

func (g *generator) synonym(s string) string {
	for _, i := range g.r.Perm(len(synonyms)) {
		if out := g.replaceOne(s, `\b`+synonyms[i][0]+`\b`, synonyms[i][1]); out != "" {
			return out
		}
	}
	return ""
}

// join makes one sentence of this and the next.
func (g *generator) join(s string) string {
	next := g.following()
	if next == "" {
		return ""
	}
	first := strings.TrimRight(s, ".?! ")
	return first + []string{", ", " and ", "; ", " ", " – ", ", but "}[g.r.IntN(6)] + strings.ToLower(next[:1]) + next[1:]
}

// splice is the first half of this sentence and the second half of another.
func (g *generator) splice(s string) string {
	other := g.any()
	a, b := strings.Fields(s), strings.Fields(other)
	if len(a) < 8 || len(b) < 8 {
		return ""
	}
	return strings.Join(append(slices.Clone(a[:len(a)/2]), b[len(b)/2:]...), " ")
}

func (g *generator) move(s string) string {
	f := strings.Fields(s)
	if len(f) < 7 {
		return ""
	}
	from := 1 + g.r.IntN(len(f)-3)
	n := 1 + g.r.IntN(2)
	moved := slices.Clone(f[from : from+n])
	rest := slices.Delete(slices.Clone(f), from, from+n)
	to := 1 + g.r.IntN(len(rest)-1)
	return strings.Join(slices.Insert(rest, to, moved...), " ")
}

func (g *generator) typography(s string) string {
	straight := strings.NewReplacer("’", "'", "‘", "'", "“", "'", "”", "'", "—", "–", "…", "...")
	curly := strings.NewReplacer("'", "’", " – ", "—", " - ", " – ", "–", "-")
	out := s
	if g.r.IntN(2) == 0 {
		out = straight.Replace(out)
	} else {
		out = curly.Replace(out)
	}
	for range 3 {
		at := strings.IndexByte(out[g.r.IntN(len(out)):], ' ')
		if at > 0 {
			out = strings.Replace(out, " ", []string{"  ", "\u00a0", " \t"}[g.r.IntN(3)], 1)
		}
	}
	if g.r.IntN(3) == 0 {
		out = strings.TrimRight(out, ".") + []string{",", "", "."}[g.r.IntN(3)]
	}
	return out
}

func (g *generator) wrap(s string) string {
	var b strings.Builder
	line := 0
	width := 25 + g.r.IntN(30)
	for i, w := range strings.Fields(s) {
		if i > 0 {
			if line > width {
				b.WriteByte('\n')
				line = 0
			} else {
				b.WriteByte(' ')
			}
		}
		if plain(w) && len(w) > 8 && line > width-6 { // a long word is parted at the line's end
			b.WriteString(w[:4] + "-\n" + w[4:])
			line = len(w) - 4
			continue
		}
		b.WriteString(w)
		line += len(w)
	}
	return b.String()
}

func plain(w string) bool {
	return !strings.ContainsFunc(w, func(r rune) bool { return r < 'a' || r > 'z' })
}

// elide leaves out words that turn nothing, or a whole sentence.
func (g *generator) elide(s string) string {
	sign := []string{"...", "…", "[...]", "[…]", ". . .", "(...)"}[g.r.IntN(6)]
	if next, after := g.following(), g.afterNext(); after != "" && next != "" && g.r.IntN(3) == 0 {
		return s + " " + sign + " " + after
	}
	f := strings.Fields(s)
	if len(f) < 12 {
		return ""
	}
	from := 3 + g.r.IntN(len(f)-8)
	to := from + 1 + g.r.IntN(min(6, len(f)-from-3))
	if cut := strings.Join(f[from:to], " "); turning.MatchString(cut) {
		return ""
	}
	return strings.Join(f[:from], " ") + " " + sign + " " + strings.Join(f[to:], " ")
}

func (g *generator) bracket(s string) string {
	return g.oneOf(s,
		func(s string) string { return g.replaceOne(s, `\b(?:it|they|this|these|them)\b`, "[the plan]") },
		func(s string) string { return g.replaceOne(s, `\b(?:our|their|its)\b`, "[the members’]") },
		func(s string) string { return "[" + strings.ToLower(s[:1]) + "]" + s[1:] },
		func(s string) string { return g.replaceOne(s, ` (of|for|in) `, " [sic] $1 ") },
		func(s string) string {
			return g.replaceOne(s, `\b(schools|children|families|members)\b`, "$1 [in England]")
		})
}

// fragment is a part of a sentence of which the rest turns nothing, with a small letter at the start or a large one.
func (g *generator) fragment(s string) string {
	r := []rune(s)
	if !unicode.IsUpper(r[0]) || strings.HasPrefix(s, "I ") {
		return ""
	}
	if g.r.IntN(2) == 0 || turning.MatchString(s) {
		return strings.ToLower(string(r[:1])) + string(r[1:])
	}
	f := strings.Fields(s)
	if len(f) < 9 {
		return ""
	}
	from := 1 + g.r.IntN(3)
	out := strings.Join(f[from:len(f)-g.r.IntN(3)], " ")
	first, _ := strings.CutPrefix(out, " ")
	return strings.ToUpper(first[:1]) + first[1:]
}

// oneOf tries the ways in an order drawn, until one alters something.
func (g *generator) oneOf(s string, ways ...func(string) string) string {
	for _, i := range g.r.Perm(len(ways)) {
		if out := ways[i](s); out != "" && out != s {
			return out
		}
	}
	return ""
}

// replaceOne replaces one of the places that fit, drawn; "" where none does.
func (g *generator) replaceOne(s, pattern, with string) string {
	re := regexp.MustCompile(pattern)
	all := re.FindAllStringSubmatchIndex(s, -1)
	if len(all) == 0 {
		return ""
	}
	m := all[g.r.IntN(len(all))]
	return s[:m[0]] + string(re.ExpandString(nil, with, s, m)) + s[m[1]:]
}

func (g *generator) replaceWith(s, pattern string, with func(string) string) string {
	all := regexp.MustCompile(pattern).FindAllStringIndex(s, -1)
	if len(all) == 0 {
		return ""
	}
	m := all[g.r.IntN(len(all))]
	return s[:m[0]] + with(s[m[0]:m[1]]) + s[m[1]:]
}

// other is another word of a list, with a capital where the word has one.
func (g *generator) other(list []string, word string) string {
	out := word
	for strings.EqualFold(out, word) {
		out = list[g.r.IntN(len(list))]
	}
	if unicode.IsUpper([]rune(word)[0]) {
		return strings.ToUpper(out[:1]) + out[1:]
	}
	return out
}

// A generator makes quotations of sentences of a consultation.
type generator struct {
	r         *rand.Rand
	sentences []sentence
	at        int
	folded    []string // of every text, as told is compared: what stands somewhere is not altered
}

type sentence struct {
	words   string
	member  int
	text    int // in folded
	passage string
}

func (g *generator) following() string { return g.ahead(1) }
func (g *generator) afterNext() string { return g.ahead(2) }

// ahead is a sentence behind the one that is quoted, in the same passage.
func (g *generator) ahead(n int) string {
	if g.at+n < len(g.sentences) && g.sentences[g.at+n].passage == g.sentences[g.at].passage {
		return g.sentences[g.at+n].words
	}
	return ""
}

func (g *generator) any() string { return g.sentences[g.r.IntN(len(g.sentences))].words }

// told is text as it is looked for to see whether it stands somewhere by chance: letters and digits, with what says more than letters.
func told(text string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '£' && r != '€' && r != '%'
	}) {
		b.WriteString(w)
		b.WriteByte(' ')
	}
	return " " + b.String()
}

// stands reports whether words stand in a text of the consultation as they are, but for marks; that of one member where it is not negative.
func (g *generator) stands(words string, texts func(text int) bool) bool {
	needle := told(words)
	for i, text := range g.folded {
		if texts(i) && strings.Contains(text, needle) {
			return true
		}
	}
	return false
}
