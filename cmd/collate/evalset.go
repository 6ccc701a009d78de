package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"

	"collate/themes"
	"collate/themes/learn"
)

// An evalSet is a folder of texts that people coded: codebook.yaml, texts.jsonl and gold.jsonl.
type evalSet struct {
	book        *themes.Codebook
	themes      []learn.Theme
	passages    []learn.Passage
	gold        [][]bool // passage, theme
	train, test []int
	hits        []learn.Hit // of the codebook's rules
}

// A setText is a line of texts.jsonl. Texts of one submission that follow one another are neighbours.
type setText struct {
	ID         string `json:"id"`
	Text       string `json:"text"`
	Split      string `json:"split"` // train or test
	Member     string `json:"member"`
	Question   string `json:"question"`
	Heading    string `json:"heading"`
	Submission string `json:"submission"`
	Doc        string `json:"doc"` // another word for submission
}

// maxSetLine is the longest line of a set: a text of a million bytes is no passage.
const maxSetLine = 1 << 20

// isSet reports whether a folder holds texts by themselves and not submissions.
func isSet(folder fs.FS) bool {
	_, err := fs.Stat(folder, "texts.jsonl")
	return err == nil
}

// readSet reads a folder. Rules of the codebook are tried on each text.
func readSet(folder fs.FS) (*evalSet, error) {
	s := &evalSet{}
	data, err := fs.ReadFile(folder, "codebook.yaml")
	if err != nil {
		return nil, err
	}
	if s.book, err = themes.ParseCodebook(data); err != nil {
		return nil, err
	}
	for _, t := range s.book.Themes {
		s.themes = append(s.themes, learn.Theme{ID: t.ID, Name: t.Name, Description: t.Description, Examples: t.Examples})
	}
	if data, err = fs.ReadFile(folder, "texts.jsonl"); err != nil {
		return nil, err
	}
	at, err := s.readTexts(data)
	if err != nil {
		return nil, err
	}
	if data, err = fs.ReadFile(folder, "gold.jsonl"); err != nil {
		return nil, err
	}
	if err := s.readGold(data, at); err != nil {
		return nil, err
	}
	s.match()
	return s, nil
}

// readTexts reads texts.jsonl and returns where each id stands.
func (s *evalSet) readTexts(data []byte) (map[string]int, error) {
	at := map[string]int{}
	err := eachLine(data, func(n int, line []byte) error {
		var x setText
		if err := json.Unmarshal(line, &x); err != nil || x.ID == "" {
			return fmt.Errorf("texts.jsonl, line %d: not a JSON object with id and text", n)
		}
		if _, ok := at[x.ID]; ok {
			return fmt.Errorf("texts.jsonl, line %d: a second text with the id %q", n, x.ID)
		}
		at[x.ID] = len(s.passages)
		switch x.Split {
		case "train":
			s.train = append(s.train, len(s.passages))
		case "test":
			s.test = append(s.test, len(s.passages))
		default:
			return fmt.Errorf("texts.jsonl, line %d: split is %q, and should be train or test", n, x.Split)
		}
		p := learn.Passage{ID: x.ID, Text: strings.ToValidUTF8(x.Text, "\uFFFD"), Question: x.Question, Member: x.Member, Submission: x.Submission}
		if p.Submission == "" {
			p.Submission = x.Doc
		}
		if x.Heading != "" {
			p.Headings = []string{x.Heading}
		}
		s.passages = append(s.passages, p)
		return nil
	})
	return at, err
}

// readGold reads gold.jsonl. Where several people coded, the lines of "gold" count.
func (s *evalSet) readGold(data []byte, at map[string]int) error {
	codings, err := themes.ReadGold(data)
	if err != nil {
		return err
	}
	coders := map[string]bool{}
	for _, g := range codings {
		coders[g.Coder] = true
	}
	if len(coders) > 1 && !coders["gold"] {
		return errors.New(`gold.jsonl has several coders and none is called "gold"`)
	}
	theme := map[string]int{}
	for i, t := range s.themes {
		theme[t.ID] = i
	}
	s.gold = make([][]bool, len(s.passages))
	for i := range s.gold {
		s.gold[i] = make([]bool, len(s.themes))
	}
	for _, g := range codings {
		if len(coders) > 1 && g.Coder != "gold" {
			continue
		}
		p, ok := at[g.ID]
		if !ok {
			return fmt.Errorf("gold.jsonl codes the text %q, which texts.jsonl does not have", g.ID)
		}
		for _, id := range g.Themes {
			t, ok := theme[id]
			if !ok {
				return fmt.Errorf("gold.jsonl codes the text %q with the theme %q, which the codebook does not have", g.ID, id)
			}
			s.gold[p][t] = true
		}
	}
	return nil
}

func (s *evalSet) match() {
	if !slices.ContainsFunc(s.book.Themes, func(t themes.Theme) bool { return len(t.Any) > 0 }) {
		return
	}
	theme := map[string]int{}
	for i, t := range s.themes {
		theme[t.ID] = i
	}
	for i, p := range s.passages {
		head := ""
		if len(p.Headings) > 0 {
			head = p.Headings[0] + "\n"
		}
		for _, x := range s.book.Propose(head+p.Text, len(head)) {
			s.hits = append(s.hits, learn.Hit{Passage: i, Theme: theme[x.ThemeID]})
		}
	}
}

// labels are what people say of some passages: of each theme, yes or no.
func (s *evalSet) labels(passages []int) []learn.Label {
	var out []learn.Label
	for _, p := range passages {
		for t := range s.themes {
			out = append(out, learn.Label{Passage: p, Theme: t, Yes: s.gold[p][t]})
		}
	}
	return out
}

// draw is n of the passages, chosen by a seed; all of them where n is negative or larger.
func draw(passages []int, n int, seed uint64) []int {
	if n < 0 || n >= len(passages) {
		return passages
	}
	out := slices.Clone(passages)
	rand.New(rand.NewPCG(seed, 1)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out[:n]
}

// eachLine calls f with each line that is not empty.
func eachLine(data []byte, f func(n int, line []byte) error) error {
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, maxSetLine)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		if err := f(n, lines.Bytes()); err != nil {
			return err
		}
	}
	return lines.Err()
}
