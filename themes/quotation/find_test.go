package quotation

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// paragraphs makes blocks of a text: one a line; "> " sets one as a block quotation.
func paragraphs(text string) []Block {
	var out []Block
	for line := range strings.SplitSeq(text, "\n") {
		words, quote := strings.CutPrefix(line, "> ")
		out = append(out, Block{Text: words, Quote: quote})
	}
	return out
}

func TestFind(t *testing.T) {
	for _, row := range []struct {
		name, text string
		want       []string
	}{
		{"curly", "They said “we agree” and left.", []string{"we agree"}},
		{"straight", `They said "we agree" and left.`, []string{"we agree"}},
		{"single curly", "They said ‘we agree’ and left.", []string{"we agree"}},
		{"single straight", "They said 'we agree' and left.", []string{"we agree"}},
		{"apostrophes are no marks", "The children’s plans don't work for the '90s or for O'Brien’s, 'tis said.", nil},
		{"apostrophe within single marks", "‘The children’s needs aren’t met’, they said.", []string{"The children’s needs aren’t met"}},
		{"possessive within single marks", "‘The members’ views were ignored’ is what it says.", []string{"The members’ views were ignored"}},
		{"possessive behind single marks", "‘We agree’ was the members’ view.", []string{"We agree"}},
		{"single within double", "“It is a ‘postcode lottery’ for all”", []string{"It is a ‘postcode lottery’ for all"}},
		{"double within single", "‘It is a “postcode lottery” for all’", []string{"It is a “postcode lottery” for all"}},
		{"single within single", "'They call it a 'cooling off' at school.'", []string{"They call it a 'cooling off' at school."}},
		{"several", "“One”, “two” and ‘three’.", []string{"One", "two", "three"}},
		{"inches are no marks", `A 6" ruler and "a word".`, []string{"a word"}},
		{"guillemets", "They said «we agree».", []string{"we agree"}},
		{"low opening mark", "They said „we agree”.", []string{"we agree"}},
		{"over paragraphs", "They said: “First part.\n“Second part.”\nAnd more.", []string{"First part.\n\nSecond part."}},
		{"block", "They said:\n> All of this is theirs.\nAnd more.", []string{"All of this is theirs."}},
		{"block in marks", "> “All of this is theirs.”", []string{"All of this is theirs."}},
		{"block with a signature", "> All of this is theirs. — Ashdown Autism Trust", []string{"All of this is theirs."}},
		{"one word", "The ‘plan’", []string{"plan"}},
		{"mark against a bracket", `("we agree") [‘or not’]`, []string{"we agree", "or not"}},
		{"dash before a mark", `They said—"we agree"—and left.`, []string{"we agree"}},
		{"minutes and feet", "It took 5' and 10' more.", nil},
		{"nothing", "", nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got []string
			for _, q := range Find(paragraphs(row.text)) {
				got = append(got, q.Text)
				if !q.Closed {
					t.Errorf("%q is not closed", q.Text)
				}
			}
			if d := cmp.Diff(got, row.want); d != "" {
				t.Errorf("-got +want:\n%s", d)
			}
		})
	}
}

func TestUnclosed(t *testing.T) {
	for _, row := range []struct {
		name, text string
		want       bool
	}{
		{"double", "They said “we agree.\nNo more.", true},
		{"straight double", "They said \"we agree.\nNo more.", true},
		{"single with words", "They said ‘we agree with all of it.", true},
		{"an apostrophe at the start", "Get ‘em all.", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			found := Find(paragraphs(row.text))
			if got := len(found) == 1 && !found[0].Closed; got != row.want {
				t.Errorf("got %v %+v, want %v", got, found, row.want)
			}
		})
	}
}

var speakers = NewSpeakers([][]string{
	{"Ashdown Autism Trust", "Ashdown"},
	{"Classroom Educators' Union", "CEU", "the CEU"},
	{"Heads and Leaders Guild", "HLG", "Heads & Leaders Guild"},
	{"Down's Education Circle", "DEC"},
	{"minds at school"},
})

func TestSpeakersIn(t *testing.T) {
	for _, row := range []struct {
		name, text string
		want       []string
	}{
		{"whole", "The Ashdown Autism Trust says so", []string{"Ashdown Autism Trust"}},
		{"possessive", "Ashdown’s view and the CEU's", []string{"Ashdown’s", "CEU's"}},
		{"apostrophe left out", "Downs Education Circle, Classroom Educators’ Union", []string{"Downs Education Circle", "Classroom Educators’ Union"}},
		{"and for its sign", "Heads and Leaders Guild; Heads & Leaders Guild", []string{"Heads and Leaders Guild", "Heads & Leaders Guild"}},
		{"an abbreviation is in capitals", "in dec we met; DEC met", []string{"DEC"}},
		{"a name begins with a capital", "the ashdown road", nil},
		{"a name in small letters", "minds at school told us", []string{"minds at school"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got []string
			for _, m := range speakers.In(row.text) {
				got = append(got, row.text[m.Start:m.End])
			}
			if d := cmp.Diff(got, row.want); d != "" {
				t.Errorf("-got +want:\n%s", d)
			}
		})
	}
}

func TestAttribute(t *testing.T) {
	const (
		ashdown = iota
		ceu
		hlg
		dec
	)
	for _, row := range []struct {
		name, text string
		want       [][]int // of each quotation
	}{
		{"told us that", "Ashdown Autism Trust told us that “A”.", [][]int{{ashdown}}},
		{"in brackets", "“A” (Ashdown Autism Trust, response.docx, para 12)", [][]int{{ashdown}}},
		{"said X", "“A”, said the CEU.", [][]int{{ceu}}},
		{"X said", "“A”, the CEU told us.", [][]int{{ceu}}},
		{"according to", "According to the CEU, “A”.", [][]int{{ceu}}},
		{"dash", "“A” — Ashdown Autism Trust", [][]int{{ashdown}}},
		{"one after another", "Ashdown said “A” while the CEU said “B”.", [][]int{{ashdown}, {ceu}}},
		{"in brackets one after another", "“A” (Ashdown) and “B” (CEU)", [][]int{{ashdown}, {ceu}}},
		{"two of one", "Ashdown said “A” and “B”.", [][]int{{ashdown}, {ashdown}}},
		{"sentence after sentence", "Ashdown said “A.” The CEU said “B.”", [][]int{{ashdown}, {ceu}}},
		{"pronoun", "The CEU is worried. It told us that “A”.", [][]int{{ceu}}},
		{"both", "Ashdown and the CEU both said “A”.", [][]int{{ashdown, ceu}}},
		{"named in between", "Ashdown, unlike the CEU, told us “A”.", [][]int{{ashdown}}},
		{"who says it, of two", "The CEU argued, with the HLG, that “A”.", [][]int{{ceu}}},
		{"block below a lead-in", "The CEU put it so:\n> A b c d.", [][]int{{ceu}}},
		{"block above a name", "> A b c d.\n— Ashdown Autism Trust", [][]int{{ashdown}}},
		{"cell beside a name", "CEU\n“A”", [][]int{{ceu}}},
		{"a name within another quotation", "“As Ashdown says” is wrong; the CEU says “A”.", [][]int{nil, {ceu}}},
		{"the government", "Ashdown is a charity. The Government said “A”.", [][]int{nil}},
		{"nobody", "It is said that “A”.", [][]int{nil}},
	} {
		t.Run(row.name, func(t *testing.T) {
			blocks := paragraphs(row.text)
			all := Find(blocks)
			var got [][]int
			for i := range all {
				got = append(got, Attribute(blocks, all, i, speakers).Speakers)
			}
			if d := cmp.Diff(got, row.want); d != "" {
				t.Errorf("-got +want:\n%s", d)
			}
		})
	}
}

func TestAttributeByNote(t *testing.T) {
	text := "It was said that “A b c”."
	blocks := []Block{{Text: text, Notes: []Note{{At: strings.Index(text, "”") + len("”"), Text: "Ashdown Autism Trust, response.docx, para 12."}}}}
	got := Attribute(blocks, Find(blocks), 0, speakers)
	if d := cmp.Diff(got.Speakers, []int{0}); d != "" || !got.Sure {
		t.Errorf("sure %v, -got +want:\n%s", got.Sure, d)
	}
}

// FuzzFind looks that whatever a draft says, quotations lie within it, in order, and apart.
func FuzzFind(f *testing.F) {
	for _, seed := range []string{"They said “we agree.\n“and more” ‘x’", `"a "b" c"`, "'a 'b' c'’s", "““““”", "> — x\n", "‘\n‘\n‘’", "“a […] b” (Ashdown (x))", "a\u00ad-\n“b"} {
		f.Add(seed)
	}
	c := NewCorpus(written)
	f.Fuzz(func(t *testing.T, text string) {
		blocks := paragraphs(text)
		all := Find(blocks)
		for i, q := range all {
			if q.Block > q.Last || q.Last >= len(blocks) || q.Start < 0 || q.Start > len(blocks[q.Block].Text) || q.End > len(blocks[q.Last].Text) || q.Block == q.Last && q.Start > q.End {
				t.Fatalf("%+v lies outside", q)
			}
			if i > 0 && (q.Block < all[i-1].Last || q.Block == all[i-1].Last && q.Start < all[i-1].End) {
				t.Fatalf("%+v overlaps %+v", q, all[i-1])
			}
			Attribute(blocks, all, i, speakers)
			for _, m := range c.Match(q.Text) {
				if m.Verdict.Stands() && m.Text < 0 {
					t.Fatalf("%+v stands nowhere", m)
				}
			}
		}
	})
}

// FuzzMatch looks that a quotation which stands has every word, in its order, in the source.
func FuzzMatch(f *testing.F) {
	for _, seed := range []string{"We support the national standards", "[t]he plan […] will", "£70m on", "a . . . b", "evidence-\nbased", "[", "…", "Funding We [x] ... [y]"} {
		f.Add(seed)
	}
	c := NewCorpus(written)
	f.Fuzz(func(t *testing.T, quote string) {
		for _, m := range c.Match(quote) {
			if m.Text < 0 {
				continue
			}
			if m.Last < m.Text || m.Last >= len(written) || m.Start > len(written[m.Text].Words) || m.End > len(written[m.Last].Words) {
				t.Fatalf("%+v lies outside", m)
			}
			if m.Verdict != Verbatim {
				continue
			}
			source := written[m.Text].Words
			for i := m.Text + 1; i <= m.Last; i++ {
				source += parting + written[i].Words
			}
			if glued(words(quote)) != glued(words(source[m.Start:len(source)-len(written[m.Last].Words)+m.End])) {
				t.Fatalf("%q is not verbatim: %+v", quote, m)
			}
		}
	})
}
