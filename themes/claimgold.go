package themes

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"collate/index"
	"collate/themes/claim"
)

// GoldClaims is a passage as it was marked by hand: a line of claims.jsonl. The words are copied from the passage; "" is for what it
// does not say.
type GoldClaims struct {
	ID    string `json:"id"`
	Split string `json:"split"` // "dev" and "dev2" may be looked at while the rules are made, "test" is only measured on
	Asks  []struct {
		Words    string `json:"words"`
		Actor    string `json:"actor"`
		Action   string `json:"action"`
		Deadline string `json:"deadline"`
	} `json:"asks"`
	Figures []struct {
		Value  string `json:"value"`
		Unit   string `json:"unit"`
		What   string `json:"what"`
		When   string `json:"when"`
		Source string `json:"source"`
	} `json:"figures"`
	Dates []struct {
		Words      string `json:"words"`
		Normalised string `json:"normalised"`
		Kind       string `json:"kind"`
		Promised   string `json:"promised"`
		By         string `json:"by"`
	} `json:"dates"`
	Mentions []struct {
		Words     string `json:"words"`
		Kind      string `json:"kind"`
		Canonical string `json:"canonical"`
	} `json:"mentions"`
}

// ReadGoldClaims reads claims.jsonl: a line an object, with none but the fields of [GoldClaims].
func ReadGoldClaims(data []byte) ([]GoldClaims, error) {
	var out []GoldClaims
	n := 0
	for line := range bytes.Lines(data) {
		n++
		var g GoldClaims
		d := json.NewDecoder(bytes.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&g); err != nil || g.ID == "" || d.More() {
			return nil, fmt.Errorf("line %d is not one JSON object with the id of a passage and none but the documented fields", n)
		}
		out = append(out, g)
	}
	return out, nil
}

// A ClaimScore is how well one kind of claim is found, on one half of the marked passages. A claim is found when it and the marked one
// share half of the words that they have together. Of those, Parts counts how often each of its parts is right.
type ClaimScore struct {
	Kind, Split string
	Score
	Parts []PartScore
}

// A PartScore counts the found claims in which a part, such as the actor of an ask, is as marked: present in both and sharing half of
// the words, or absent from both.
type PartScore struct {
	Name  string
	Right int
	Of    int // found claims
	Stated,
	StatedRight int // of them, where the marking has the part
}

// EvaluateClaims compares what is found in the consultation's passages with what was marked in them.
func (a *Analysis) EvaluateClaims(ctx context.Context, gold []GoldClaims) ([]ClaimScore, error) {
	s, err := a.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	return MeasureClaims(s, gold)
}

// MeasureClaims compares the claims read from a consultation with the marked ones: asks, figures, dates and mentions, for each split.
func MeasureClaims(s *index.Snapshot, gold []GoldClaims) ([]ClaimScore, error) {
	r := NewClaimReader(s)
	var out []ClaimScore
	at := map[string]*ClaimScore{}
	for _, split := range splits(gold) {
		for _, kind := range []string{"asks", "figures", "dates", "mentions"} {
			out = append(out, ClaimScore{Kind: kind, Split: split})
		}
	}
	for i := range out {
		at[out[i].Kind+out[i].Split] = &out[i]
	}
	for _, g := range gold {
		p := s.Passage(g.ID)
		if p == nil {
			return nil, fmt.Errorf("a claim is marked in passage %s, which is not among the passages read", g.ID)
		}
		words := s.Text(p)
		x := r.Read(p)
		for kind, pair := range map[string][2][]marked{"asks": {asksFound(x), asksMarked(g)}, "figures": {figuresFound(x), figuresMarked(g)},
			"dates": {datesFound(x), datesMarked(g)}, "mentions": {mentionsFound(x), mentionsMarked(g)}} {
			if c := at[kind+g.Split]; c != nil {
				c.compare(words, pair[0], pair[1])
			}
		}
	}
	return out, nil
}

// splits are the parts of the marked passages, in order.
func splits(gold []GoldClaims) []string {
	var out []string
	for _, g := range gold {
		if !slices.Contains(out, g.Split) {
			out = append(out, g.Split)
		}
	}
	slices.Sort(out)
	return out
}

// A marked is a claim, found or marked, in a form in which two can be compared: parts that are words of the passage, and parts that are
// values.
type marked struct {
	span  index.Span // of a found one
	words string     // of a marked one
	parts []part
}

type part struct {
	name  string
	span  index.Span
	words string // of a marked part, or a value
	value bool   // compared as it is
}

func asksFound(x claim.Reading) (out []marked) {
	for _, a := range x.Asks {
		out = append(out, marked{span: a.Span, parts: []part{{name: "actor", span: a.Actor}, {name: "action", span: a.Action}, {name: "deadline", span: a.Deadline}}})
	}
	return out
}

func asksMarked(g GoldClaims) (out []marked) {
	for _, a := range g.Asks {
		out = append(out, marked{words: a.Words, parts: []part{{words: a.Actor}, {words: a.Action}, {words: a.Deadline}}})
	}
	return out
}

func figuresFound(x claim.Reading) (out []marked) {
	for _, f := range x.Figures {
		out = append(out, marked{span: f.Span, parts: []part{{name: "unit", words: f.Unit, value: true}, {name: "what", span: f.What}, {name: "when", span: f.When}, {name: "source", span: f.Source}}})
	}
	return out
}

func figuresMarked(g GoldClaims) (out []marked) {
	for _, f := range g.Figures {
		out = append(out, marked{words: f.Value, parts: []part{{words: strings.ToLower(f.Unit)}, {words: f.What}, {words: f.When}, {words: f.Source}}})
	}
	return out
}

func datesFound(x claim.Reading) (out []marked) {
	for _, d := range x.Dates {
		out = append(out, marked{span: d.Span, parts: []part{{name: "normalised", words: d.Normalised, value: true}, {name: "kind", words: string(d.Kind), value: true}, {name: "by", span: d.By}, {name: "promised", span: d.Promised}}})
	}
	return out
}

func datesMarked(g GoldClaims) (out []marked) {
	for _, d := range g.Dates {
		out = append(out, marked{words: d.Words, parts: []part{{words: d.Normalised}, {words: d.Kind}, {words: d.By}, {words: d.Promised}}})
	}
	return out
}

func mentionsFound(x claim.Reading) (out []marked) {
	for _, m := range x.Mentions {
		out = append(out, marked{span: m.Span, parts: []part{{name: "kind", words: string(m.Kind), value: true}, {name: "canonical", words: m.Canonical, value: true}}})
	}
	return out
}

func mentionsMarked(g GoldClaims) (out []marked) {
	for _, m := range g.Mentions {
		out = append(out, marked{words: m.Words, parts: []part{{words: m.Kind}, {words: m.Canonical}}})
	}
	return out
}

// compare counts one passage. Each found claim meets at most one marked claim, the first that it fits.
func (c *ClaimScore) compare(text string, found, gold []marked) {
	taken := make([]bool, len(gold))
	for _, f := range found {
		i := slices.IndexFunc(gold, func(g marked) bool { return same(text, f.span, g.words) })
		for i >= 0 && taken[i] {
			if next := slices.IndexFunc(gold[i+1:], func(g marked) bool { return same(text, f.span, g.words) }); next >= 0 {
				i += next + 1
				continue
			}
			i = -1
		}
		if i < 0 {
			c.Wrong++
			continue
		}
		taken[i] = true
		c.Right++
		c.parts(text, f, gold[i])
	}
	for _, t := range taken {
		if !t {
			c.Missed++
		}
	}
}

func (c *ClaimScore) parts(text string, found, gold marked) {
	for i, f := range found.parts {
		if len(c.Parts) <= i {
			c.Parts = append(c.Parts, PartScore{Name: f.name})
		}
		g := gold.parts[i]
		right := f.value && strings.EqualFold(straight.Replace(f.words), straight.Replace(g.words)) || !f.value && (g.words == "" && f.span.End <= f.span.Start || same(text, f.span, g.words))
		p := &c.Parts[i]
		p.Of++
		if right {
			p.Right++
		}
		if g.words != "" {
			p.Stated++
			if right {
				p.StatedRight++
			}
		}
	}
}

// straight makes apostrophes alike.
var straight = strings.NewReplacer("’", "'")

// same reports whether a range of a text and words of it, wherever they stand, share half of what they cover together.
func same(text string, at index.Span, words string) bool {
	if words == "" || at.End <= at.Start {
		return false
	}
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(words)
		both := min(end, at.End) - max(start, at.Start)
		if both > 0 && 2*both >= max(end, at.End)-min(start, at.Start) {
			return true
		}
		from = start + 1
	}
}
