package themes

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"collate/index"
	"collate/themes/discover"
)

// A Discovery is what the themes do not cover and where they overlap, as it may be shown to staff.
type Discovery struct {
	Passages  int                `json:"passages"` // that count and are on no theme
	Of        int                `json:"of"`       // passages that count
	Members   int                `json:"members"`  // with a passage on no theme
	Phrases   []discover.Phrase  `json:"phrases"`
	Proposals []ThemeProposal    `json:"proposals"`
	Warnings  []discover.Warning `json:"warnings"`
}

// A ThemeProposal is passages on no theme that could make one.
type ThemeProposal struct {
	Name     string            `json:"name"`
	Phrases  []discover.Phrase `json:"phrases"`
	Passages []string          `json:"passages"` // ids, the most telling first
	Members  int               `json:"members"`
	Telling  []TellingPassage  `json:"telling"`
	YAML     string            `json:"yaml"` // the theme, as an entry of a themes file
}

// A TellingPassage is a passage that shows what a proposal is about. None is anonymous, confidential or withheld.
type TellingPassage struct {
	Passage string `json:"passage"`
	Member  string `json:"member"`
	Place   string `json:"place"`
	Words   string `json:"words"`
}

// ErrNoProposal says that there is no proposal of that number.
var ErrNoProposal = errors.New("there is no such proposal")

// maxExampleWords bounds an example: a passage that could not be cut can be as long as a cell of a spreadsheet.
const maxExampleWords = 150

// discoverySeed fixes the first centres of the groups, so that the same passages give the same proposals.
const discoverySeed = 1

// Discover looks at the passages on no theme, whoever said so, and at the themes themselves.
func (a *Analysis) Discover(ctx context.Context) (*Discovery, error) {
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	b := builder{Analysis: a.withoutRetired(), s: s, state: state, disclosure: disclose(s)}
	passages, on := b.discoverable()
	found, err := discover.Find(ctx, passages, discover.Options{Seed: discoverySeed, Names: b.properNames()})
	if err != nil {
		return nil, err
	}
	d := &Discovery{Passages: found.Passages, Of: len(passages), Members: found.Members, Phrases: found.Phrases, Proposals: []ThemeProposal{}, Warnings: discover.Check(on, len(passages))}
	taken := map[string]bool{}
	for _, t := range a.Codebook.Themes {
		taken[t.ID], taken[strings.ToLower(t.Name)] = true, true
	}
	for i := range found.Proposals {
		p, err := b.proposal(&found.Proposals[i], taken)
		if err != nil {
			return nil, err
		}
		d.Proposals = append(d.Proposals, p)
	}
	return d, nil
}

// ThemeWarnings are what [Analysis.Discover] says of the themes themselves, without looking for new ones. Those that only group others are not
// called empty.
func (a *Analysis) ThemeWarnings(ctx context.Context) ([]discover.Warning, error) {
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	b := builder{Analysis: a.withoutRetired(), s: s, state: state, disclosure: disclose(s)}
	passages, on := b.discoverable()
	return slices.DeleteFunc(discover.Check(on, len(passages)), func(w discover.Warning) bool {
		return w.Kind == discover.Empty && b.Codebook.groups(w.Themes[0])
	}), nil
}

// discoverable are the passages that themes may be proposed for, and the passages on each theme.
func (b *builder) discoverable() ([]discover.Passage, []discover.Theme) {
	var out []discover.Passage
	on := make([]discover.Theme, len(b.Codebook.Themes))
	for i, t := range b.Codebook.Themes {
		on[i] = discover.Theme{ID: t.ID, Name: t.Name, Description: t.Description}
	}
	for _, p := range b.s.Passages {
		if !p.Codable() {
			continue
		}
		x := discover.Passage{ID: p.ID, Member: b.s.Submission(p).Member, Text: b.s.Text(p), Private: !b.quotable(p)}
		for i := range on {
			if c := b.state.passages[codingKey{p.ID, on[i].ID}]; c != nil && c.Tagged {
				x.Tagged = true
				on[i].Passages = append(on[i].Passages, p.ID)
			}
		}
		out = append(out, x)
	}
	return out, on
}

// quotable reports whether a passage's words may go into a codebook, which is handed on: only what is attributable and names nobody who
// is not to be named.
func (b *builder) quotable(p *index.Passage) bool {
	member := b.s.Submission(p).Member
	return b.s.Consent(p).Strictness() == 0 && b.named(member) && b.withheldPassage(p) == ""
}

// properNames are what the members and the thing that they answer are called.
func (b *builder) properNames() []string {
	out := append([]string{b.Codebook.Consultation, b.s.Title}, b.Codebook.Called...)
	for _, m := range b.s.Members {
		out = append(append(out, m.Name, m.Short), m.Aliases...)
	}
	return out
}

func (b *builder) proposal(p *discover.Proposal, taken map[string]bool) (ThemeProposal, error) {
	x := ThemeProposal{Name: p.Name, Phrases: p.Phrases, Passages: p.Passages, Members: p.Members, Telling: []TellingPassage{}}
	t := Theme{Name: p.Name, Any: p.Rules()}
	for _, id := range p.Telling {
		passage := b.s.Passage(id)
		words := b.s.Text(passage)
		x.Telling = append(x.Telling, TellingPassage{id, b.label(b.s.Submission(passage).Member), b.safe(index.PlaceText(passage.Place)), words})
		fields := strings.Fields(words)
		t.Examples = append(t.Examples, strings.Join(fields[:min(len(fields), maxExampleWords)], " "))
	}
	for n := 2; taken[strings.ToLower(t.Name)]; n++ {
		t.Name = fmt.Sprintf("%s %d", p.Name, n)
	}
	t.ID = freeID(t.Name, taken)
	taken[t.ID], taken[strings.ToLower(t.Name)] = true, true
	words := make([]string, len(p.Phrases))
	for i, phrase := range p.Phrases {
		words[i] = phrase.Words
	}
	t.Description = "Proposed from passages on no theme, which speak of " + strings.Join(words, ", ") + "."
	text, err := yaml.Marshal([]proposedTheme{{t.ID, t.Name, t.Description, t.Any, t.Examples}})
	x.YAML = string(text)
	return x, err
}

// A proposedTheme is the part of a [Theme] that a proposal fills.
type proposedTheme struct {
	ID          string   `yaml:"id"`
	Name        string   `yaml:"name"`
	Description string   `yaml:"description"`
	Any         []string `yaml:"any"`
	Examples    []string `yaml:"examples"`
}

var notInID = regexp.MustCompile(`[^a-z0-9]+`)

// freeID makes an id of a name that no theme has.
func freeID(name string, taken map[string]bool) string {
	id := strings.Trim(notInID.ReplaceAllString(strings.ToLower(bare(name)), "-"), "-")
	if id == "" {
		id = "theme"
	}
	free := id
	for n := 2; taken[free]; n++ {
		free = fmt.Sprintf("%s-%d", id, n)
	}
	return free
}

// Adopt makes the n-th proposal, from 1, a theme of the codebook, under the coder's name. The error wraps [ErrNoProposal] when there is none
// of that number.
func (a *Analysis) Adopt(ctx context.Context, n int, coder string) (*ThemeProposal, error) {
	d, err := a.Discover(ctx)
	if err != nil {
		return nil, err
	}
	if n < 1 || n > len(d.Proposals) {
		return nil, fmt.Errorf("adopting proposal %d of %d: %w", n, len(d.Proposals), ErrNoProposal)
	}
	p := &d.Proposals[n-1]
	return p, index.Again(func() error { return a.adopt(ctx, p, coder) })
}

// adopt adds a proposal to the codebook that the record has now.
func (a *Analysis) adopt(ctx context.Context, p *ThemeProposal, coder string) error {
	text, source, seq, err := a.recordedCodebook(ctx)
	if err != nil {
		return err
	}
	if source == BuiltIn {
		b, err := ParseCodebook([]byte("themes:\n" + p.YAML))
		if err != nil {
			return err
		}
		return a.ChangeCodebook(ctx, coder, "", AddTheme(b.Themes[0]))
	}
	longer, err := withTheme([]byte(text), p.YAML)
	if err != nil {
		return err
	}
	return a.setCodebook(ctx, seq, strings.TrimSuffix(source, changedHere)+changedHere, longer, coder, "")
}

// themesKey is the line that begins the list of themes, and topKey one that begins another setting of the file.
var (
	themesKey  = regexp.MustCompile(`(?m)^themes:[ \t]*(#.*)?\r?$`)
	topKey     = regexp.MustCompile(`(?m)^[^\s#-]`)
	firstTheme = regexp.MustCompile(`(?m)^([ \t]*)- `)
)

// withTheme is a codebook's text with one more theme behind the last; all else stays as it was written.
func withTheme(text []byte, theme string) ([]byte, error) {
	begin := themesKey.FindIndex(text)
	if begin == nil {
		return nil, errors.New("the themes file does not list its themes a line each: add the proposal by hand")
	}
	end := len(text)
	if next := topKey.FindIndex(text[begin[1]:]); next != nil {
		end = begin[1] + next[0]
	}
	indent := ""
	if m := firstTheme.FindSubmatch(text[begin[1]:end]); m != nil {
		indent = string(m[1])
	}
	var b bytes.Buffer
	b.Write(bytes.TrimRight(text[:end], " \t\r\n"))
	b.WriteString("\n")
	for line := range strings.Lines(theme) {
		b.WriteString(indent + line)
	}
	b.Write(text[end:])
	out := b.Bytes()
	before, err := ParseCodebook(text)
	if err != nil {
		return nil, err
	}
	after, err := ParseCodebook(out)
	if err != nil {
		return nil, fmt.Errorf("adding the theme: %w", err)
	}
	if len(after.Themes) != len(before.Themes)+1 || !slices.Equal(themeIDsOf(before), themeIDsOf(after)[:len(before.Themes)]) {
		return nil, errors.New("the themes file is written in a way that nothing can be added to: add the proposal by hand")
	}
	return out, nil
}

func themeIDsOf(b *Codebook) []string {
	var out []string
	for _, t := range b.Themes {
		out = append(out, t.ID)
	}
	return out
}
