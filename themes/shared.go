package themes

import (
	"cmp"
	"context"
	"strings"

	"collate/index"
	"collate/themes/alike"
)

// A SharedText is text that several members share, or that was made from a template, as it may be shown to staff.
type SharedText struct {
	Template string       `json:"template,omitempty"` // the template's name; "" where members share the text by themselves
	Text     string       `json:"text"`               // the longest piece in which the copies agree; "" when no copy of it may be shown
	Members  int          `json:"members"`            // that have a copy
	Copies   []SharedCopy `json:"copies"`
}

// A SharedCopy is one passage with the text.
type SharedCopy struct {
	Passage  string     `json:"passage"`
	Member   string     `json:"member"` // its label, see [MemberReport]
	Document string     `json:"document"`
	Place    string     `json:"place,omitempty"`
	Exact    bool       `json:"exact"`              // word for word
	Common   float64    `json:"common"`             // the share of its words that are the common text, 0 to 1
	Own      []OwnWords `json:"own"`                // what it adds, or says in the place of common words; empty when withheld
	Themes   []string   `json:"themes"`             // that the passage is tagged with, by name in the order of the codebook; none when withheld
	Ref      string     `json:"-"`                  // see [ClaimPlace]
	Withheld string     `json:"withheld,omitempty"` // why its words are not shown; then nothing else is told of how alike it is
}

// OwnWords are words that one copy has and the common text has not.
type OwnWords struct {
	index.Span        // in the passage's words
	Words      string `json:"words"`
}

// Shared finds what several members say in the same words or nearly so, in the passages that count, and what is made from a template: those
// that were recorded, see [Analysis.AddTemplate], and templates. What the members only repeat from the document that they answer is not among those passages.
func (a *Analysis) Shared(ctx context.Context, templates []alike.Template) ([]SharedText, error) {
	b, err := a.claiming(ctx)
	if err != nil {
		return nil, err
	}
	return b.sharedTexts(ctx, append(b.state.settings.Templates, templates...))
}

func (b *builder) sharedTexts(ctx context.Context, templates []alike.Template) ([]SharedText, error) {
	passages := make([]alike.Passage, len(b.s.Passages))
	for i, p := range b.s.Passages {
		sub := b.s.Submission(p)
		passages[i] = alike.Passage{ID: p.ID, Member: cmp.Or(sub.Member, "file "+sub.Name), Text: b.s.Text(p)}
	}
	clusters, err := alike.Find(ctx, passages, templates)
	if err != nil {
		return nil, err
	}
	out := make([]SharedText, len(clusters))
	for i := range clusters {
		out[i] = b.shared(&clusters[i])
	}
	return out, nil
}

func (b *builder) shared(c *alike.Cluster) SharedText {
	x := SharedText{Template: c.Template, Members: c.Members, Copies: make([]SharedCopy, len(c.Copies))}
	for i := range c.Copies {
		p := b.s.Passage(c.Copies[i].Passage)
		x.Copies[i] = b.sharedCopy(p, &c.Copies[i])
		if x.Copies[i].Withheld != "" {
			continue
		}
		if piece := longestCommon(b.s.Text(p), c.Copies[i].Own); len(piece) > len(x.Text) {
			x.Text = piece
		}
	}
	return x
}

func (b *builder) sharedCopy(p *index.Passage, c *alike.Copy) SharedCopy {
	at := b.claimPlace(p)
	x := SharedCopy{Passage: p.ID, Member: at.Member, Document: at.Document, Own: []OwnWords{}, Themes: []string{}}
	if x.Withheld = b.withheldPassage(p); x.Withheld != "" {
		if b.inConfidence(p) {
			x.Member, x.Document = confidentialPassage, "(document withheld)"
		}
		return x
	}
	x.Exact, x.Common, x.Place, x.Themes, x.Ref = c.Exact, c.Shared, at.Place, at.Themes, at.Ref
	text := b.s.Text(p)
	for _, o := range c.Own {
		x.Own = append(x.Own, OwnWords{o, text[o.Start:o.End]})
	}
	return x
}

// longestCommon is the longest piece of a copy's text between its own words. It comes from a copy that may be shown, never from
// another one's.
func longestCommon(text string, own []index.Span) string {
	best, from := "", 0
	for _, o := range append(own[:len(own):len(own)], index.Span{Start: len(text)}) {
		if piece := strings.TrimSpace(strings.TrimLeft(text[from:o.Start], " .,;:!?)\n")); len(piece) > len(best) {
			best = piece
		}
		from = o.End
	}
	return best
}
