package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A SynonymGroup is one line of [Synonyms].
type SynonymGroup struct {
	Line   int      `json:"line"`    // from 1
	Words  []string `json:"words"`   // two or more ways to say the same thing
	OneWay bool     `json:"one_way"` // only the first is widened
}

// String is the group as a line.
func (g SynonymGroup) String() string {
	rest := strings.Join(g.Words[1:], " = ")
	if g.OneWay {
		return g.Words[0] + " => " + rest
	}
	return g.Words[0] + " = " + rest
}

func (s synonymSet) group() SynonymGroup {
	g := SynonymGroup{Line: s.line, OneWay: s.oneWay}
	for _, f := range s.forms {
		g.Words = append(g.Words, f.words)
	}
	return g
}

// ParseSynonymGroup reads one line. The error is a [*SynonymError] without a line's number.
func ParseSynonymGroup(line string) (SynonymGroup, error) {
	line = strings.TrimSpace(line)
	set, message := newSynonymSet(line)
	if strings.HasPrefix(line, "#") {
		message = "A line that starts with # is an explanation. Leave the # out."
	}
	if message != "" {
		return SynonymGroup{}, &SynonymError{Text: line, Message: message}
	}
	return set.group(), nil
}

// Groups are the groups, line by line.
func (s *Synonyms) Groups() []SynonymGroup {
	var out []SynonymGroup
	for _, set := range s.sets {
		out = append(out, set.group())
	}
	return out
}

// Having are the groups that have any of these words as one of their ways to say it, in whatever form a search would find.
func (s *Synonyms) Having(words ...string) []SynonymGroup {
	wanted := map[int]bool{}
	for _, w := range words {
		if key := newSequence(w).key(); key != "" {
			for _, at := range s.at[key] {
				wanted[at.set] = true
			}
		}
	}
	var out []SynonymGroup
	for i, set := range s.sets {
		if wanted[i] {
			out = append(out, set.group())
		}
	}
	return out
}

// noSynonyms is the text of a list with nothing in it: an empty one stands for the built-in.
const noSynonyms = "# Nothing is widened."

// Add is the synonyms with one more group, as the last line.
func (s *Synonyms) Add(g SynonymGroup) (*Synonyms, error) {
	text := strings.TrimRight(s.text, " \t\r\n")
	if text != "" && text != noSynonyms {
		return ParseSynonyms(text + "\n" + g.String())
	}
	return ParseSynonyms(g.String())
}

// Replace is the synonyms with another group on the line of old.
func (s *Synonyms) Replace(old, g SynonymGroup) (*Synonyms, error) {
	return s.change(old, g.String())
}

// Remove is the synonyms without a group. Lines of explanation stay.
func (s *Synonyms) Remove(old SynonymGroup) (*Synonyms, error) {
	return s.change(old)
}

func (s *Synonyms) change(old SynonymGroup, by ...string) (*Synonyms, error) {
	lines := strings.Split(s.text, "\n")
	if old.Line < 1 || old.Line > len(lines) {
		return nil, fmt.Errorf("changing synonyms: there is no line %d", old.Line)
	}
	text := strings.Join(slices.Replace(lines, old.Line-1, old.Line, by...), "\n")
	if strings.TrimSpace(text) == "" {
		text = noSynonyms
	}
	return ParseSynonyms(text)
}

// A SynonymChange is a state of a consultation's synonyms that a person made.
type SynonymChange struct {
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Because string    `json:"because,omitempty"`
	Text    string    `json:"text"` // of the whole list from then on; "" for the built-in one
}

// synonyms are those that hold from the change on.
func (h SynonymChange) synonyms() (*Synonyms, error) {
	if h.Text == "" {
		return BuiltinSynonyms(), nil
	}
	return ParseSynonyms(h.Text)
}

// ErrNoChange is returned for taking back what was never done.
var ErrNoChange = errors.New("there is no change to take back")

// SynonymChanges are all states of the consultation's synonyms, oldest first; none while the built-in ones were never touched.
func (c *Consultation) SynonymChanges(ctx context.Context) ([]SynonymChange, error) {
	rows, err := c.record.read.QueryContext(ctx, `SELECT coder, at, because, value FROM decision WHERE act = ? AND kind = ? ORDER BY seq`, ActSynonyms, ByPerson)
	if err != nil {
		return nil, fmt.Errorf("reading synonyms: %w", err)
	}
	defer rows.Close()
	var out []SynonymChange
	for rows.Next() {
		var h SynonymChange
		var at string
		if err := rows.Scan(&h.By, &at, &h.Because, &h.Text); err != nil {
			return nil, fmt.Errorf("reading synonyms: %w", err)
		}
		if h.At, err = time.Parse(time.RFC3339, at); err != nil {
			return nil, fmt.Errorf("reading synonyms: %w", err)
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// ReadSynonyms are the consultation's synonyms: those that somebody wrote for it, or else [BuiltinSynonyms].
func (c *Consultation) ReadSynonyms(ctx context.Context) (*Synonyms, error) {
	changes, err := c.SynonymChanges(ctx)
	if err != nil || len(changes) == 0 {
		return BuiltinSynonyms(), err
	}
	s, err := changes[len(changes)-1].synonyms()
	if err != nil {
		return nil, fmt.Errorf("reading synonyms: %w", err)
	}
	return s, nil
}

// WriteSynonyms decides on the consultation's own synonyms in the place of those it has, under a person's name. Nothing but spaces brings
// the built-in ones back; for none at all, write a line that starts with #. The same again records nothing. The error may be a
// [*SynonymError].
func (c *Consultation) WriteSynonyms(ctx context.Context, text, because, coder string) error {
	return Again(func() error {
		seq, err := c.Newest(ctx, ActSynonyms)
		if err != nil {
			return err
		}
		return c.writeSynonyms(ctx, seq, text, because, coder)
	})
}

// ChangeSynonyms is [Consultation.WriteSynonyms] of what change makes of those that there are. Change is called again where somebody else
// was quicker.
func (c *Consultation) ChangeSynonyms(ctx context.Context, because, coder string, change func(*Synonyms) (*Synonyms, error)) error {
	return Again(func() error {
		seq, err := c.Newest(ctx, ActSynonyms)
		if err != nil {
			return err
		}
		s, err := c.ReadSynonyms(ctx)
		if err != nil {
			return err
		}
		s, err = change(s)
		if err != nil {
			return err
		}
		return c.writeSynonyms(ctx, seq, s.String(), because, coder)
	})
}

func (c *Consultation) writeSynonyms(ctx context.Context, seq int64, text, because, coder string) error {
	if _, err := ParseSynonyms(text); err != nil {
		return err
	}
	text = strings.TrimSpace(text)
	changes, err := c.SynonymChanges(ctx)
	if err != nil {
		return err
	}
	last := SynonymChange{}
	if len(changes) > 0 {
		last = changes[len(changes)-1]
	}
	if last.Text == text {
		return nil
	}
	return c.DecideAfter(ctx, ActSynonyms, seq, []Decision{{Kind: ByPerson, Coder: coder, Act: ActSynonyms, Value: text, Because: because}})
}

// UndoSynonyms takes the last change back, under a person's name: once more brings it back. It returns [ErrNoChange] where there was none.
func (c *Consultation) UndoSynonyms(ctx context.Context, coder string) error {
	changes, err := c.SynonymChanges(ctx)
	if err != nil {
		return err
	}
	before := ""
	switch n := len(changes); n {
	case 0:
		return ErrNoChange
	case 1:
	default:
		before = changes[n-2].Text
	}
	return c.WriteSynonyms(ctx, before, "the last change was taken back", coder)
}
