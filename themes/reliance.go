package themes

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"collate/index"
)

// A Reliance is what a person's text rested on when it was decided: the passages with their words and stances, and the submissions of
// the member that counted then.
type Reliance struct {
	Passages    []RestedPassage `json:"passages,omitempty"`
	Submissions []string        `json:"submissions,omitempty"` // the first 16 hexadecimal digits of their SHA-256, sorted
}

// A RestedPassage is a passage as it was when a person's text rested on it.
type RestedPassage struct {
	Passage string `json:"passage"`          // its id
	Words   string `json:"words"`            // the first 16 hexadecimal digits of the SHA-256 of its words
	Stance  Stance `json:"stance,omitempty"` // of the passage on the theme
}

// A Flag says that something changed which a person's text rested on. The text stays as it is: somebody has to look.
type Flag struct {
	Kind    FlagKind `json:"kind"`
	Passage string   `json:"passage,omitempty"` // its id then; "" where it is about no single one
	Ref     string   `json:"ref,omitempty"`     // the Quote.Ref of the words where they still count
	Text    string   `json:"text"`              // "rests on a superseded version: a.docx: A later version replaces it: ..."
}

// FlagKind is what changed.
type FlagKind string

// What can change.
const (
	FlagSuperseded FlagKind = "superseded" // a later version or a newer file takes the place of the submission
	FlagWithdrawn  FlagKind = "withdrawn"  // the words are not there any more, or do not count
	FlagRecoded    FlagKind = "recoded"    // the passage is not on the theme any more
	FlagStance     FlagKind = "stance"     // a person gave the passage, or the member, another stance
	FlagMore       FlagKind = "more"       // the member said more on the theme since
	FlagWording    FlagKind = "wording"    // of a joint line: it was checked or signed in other words
)

func wordsDigest(words string) string {
	sum := sha256.Sum256([]byte(words))
	return hex.EncodeToString(sum[:8])
}

// reliance is what a member's position on a theme rests on now.
func (b *builder) reliance(member string, theme *Theme) Reliance {
	var r Reliance
	for _, p := range b.byMember[member] {
		if c := b.state.passages[codingKey{p.ID, theme.ID}]; c != nil && c.Tagged {
			r.Passages = append(r.Passages, RestedPassage{p.ID, wordsDigest(b.s.Text(p)), c.Stance})
		}
		r.Submissions = append(r.Submissions, p.Sha[:min(16, len(p.Sha))])
	}
	slices.Sort(r.Submissions)
	r.Submissions = slices.Compact(r.Submissions)
	return r
}

// flags says what of a reliance does not hold any more. seq is the number of the decision that it belongs to. What an earlier version
// of collate recorded says nothing of what it rested on, and gets none.
func (b *builder) flags(r *Reliance, member string, theme *Theme, seq int64) []Flag {
	var out []Flag
	now := map[string]bool{}
	for _, x := range r.Passages {
		p := b.s.Found(x.Passage, seq)
		if p == nil || wordsDigest(b.s.Text(p)) != x.Words || b.s.Submission(p).Member != member {
			out = append(out, b.gone(x.Passage, member))
			continue
		}
		now[p.ID] = true
		if f, ok := b.recoded(x, p, theme); ok {
			out = append(out, b.unlinked(f, p))
		}
	}
	if len(r.Submissions) == 0 {
		return out
	}
	return append(out, b.more(r, member, theme, now, seq)...)
}

// unlinked is a flag that does not lead from a member's name to what it said in confidence.
func (b *builder) unlinked(f Flag, p *index.Passage) Flag {
	if b.inConfidence(p) {
		return Flag{f.Kind, "", "", "words said in confidence were added or coded anew since"}
	}
	return f
}

// gone is the flag of words that do not count any more as the member's.
func (b *builder) gone(passage, member string) Flag {
	left := cmp.Or(b.s.Left(passage), b.s.Passage(passage))
	if left == nil {
		return Flag{FlagWithdrawn, passage, "", "rests on words that are not in the record any more"}
	}
	sub := b.s.Submission(left)
	if b.inConfidence(left) {
		return Flag{FlagWithdrawn, "", "", "rests on words said in confidence that do not count any more"}
	}
	why := b.safe(strings.TrimSuffix(sub.Excluded, "."))
	switch {
	case sub.Excluded == "" && sub.Member != member:
		return Flag{FlagWithdrawn, passage, "", "rests on words that are another member's now: " + b.document(sub)}
	case sub.Excluded == "":
		return Flag{FlagWithdrawn, passage, "", "rests on words that do not count any more: " + b.document(sub)}
	case b.names != nil: // the name of the file that is counted may be a secret
		why = "a later version, a copy or a decision takes its place"
	}
	kind, what := FlagSuperseded, "a superseded version"
	if b.s.LeftOut(sub) {
		kind, what = FlagWithdrawn, "a submission that was left out"
	}
	return Flag{kind, passage, "", fmt.Sprintf("rests on %s: %s: %s", what, b.document(sub), why)}
}

// recoded is the flag of a passage that is on the theme no more, or to which a person gave another stance since.
func (b *builder) recoded(x RestedPassage, p *index.Passage, theme *Theme) (Flag, bool) {
	c := b.state.passages[codingKey{p.ID, theme.ID}]
	place := b.safe(index.PlaceText(p.Place))
	if b.withheldPassage(p) != "" {
		place = "place withheld"
	}
	switch {
	case c == nil || !c.Tagged:
		by := "no rule finds it any more"
		if c != nil && c.Confirmed {
			by = "decided by " + c.Coder
		}
		return Flag{FlagRecoded, x.Passage, "", fmt.Sprintf("rests on a passage that is not on the theme any more (%s; %s)", place, by)}, true
	case c.StanceConfirmed && c.Stance != x.Stance:
		return Flag{FlagStance, x.Passage, ref(p, theme), fmt.Sprintf("rests on a passage whose stance was %q and is %q now (%s; decided by %s)", x.Stance, c.Stance, place, c.StanceCoder)}, true
	}
	return Flag{}, false
}

// more flags what the member says on the theme in submissions that came later, or what a person put there since.
func (b *builder) more(r *Reliance, member string, theme *Theme, known map[string]bool, seq int64) []Flag {
	var out []Flag
	for _, p := range b.byMember[member] {
		c := b.state.passages[codingKey{p.ID, theme.ID}]
		if c == nil || !c.Tagged || known[p.ID] {
			continue
		}
		_, read := slices.BinarySearch(r.Submissions, p.Sha[:min(16, len(p.Sha))])
		switch {
		case !read:
			out = append(out, b.unlinked(Flag{FlagMore, p.ID, ref(p, theme), "the member says more on it in a submission that came later: " + b.document(b.s.Submission(p))}, p))
		case c.Confirmed && c.decided > seq:
			out = append(out, b.unlinked(Flag{FlagMore, p.ID, ref(p, theme), fmt.Sprintf("%s put another passage on the theme since", c.Coder)}, p))
		}
	}
	return out
}
