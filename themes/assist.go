package themes

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"collate/index"
	"collate/themes/assistant"
)

// ErrNoAnswers is returned when a model gave nothing that can be used, several times in a row or for all passages.
var ErrNoAnswers = errors.New("the language model gives no answers that can be used")

// mostUnanswered is how many passages in a row may stay without an answer before asking stops.
const mostUnanswered = 3

// suggestedBy is the coder's name of a language model.
func suggestedBy(model string) string { return modelMark + model + ")" }

const modelMark = "suggested ("

// isModel reports a coder that is a language model.
func isModel(coder string) bool { return strings.HasPrefix(coder, modelMark) }

// origin says whether a person stands behind a coding, or which language model suggested its theme or its stance.
func origin(c *Coding) string {
	switch {
	case isModel(c.Coder):
		return c.Coder
	case isModel(c.StanceCoder) && c.Stance != NotStated:
		return c.StanceCoder
	}
	return "suggested"
}

// modelQuote is what a model quoted for its suggestion.
func modelQuote(c *Coding) string {
	return strings.TrimSuffix(strings.TrimPrefix(c.Because, modelBecause), "”")
}

// modelBecause is how a model's reason begins; the quote and a closing quotation mark follow.
const modelBecause = "because: “"

// makers are who makes suggestions, in words.
func (b *builder) makers() string {
	out := "rules"
	if b.state.machine[ownModel] != nil {
		out += ", by what was learnt from the codebook's words and from people's decisions"
	}
	for _, coder := range slices.Sorted(keys(b.state.machine)) {
		if isModel(coder) {
			out += " and by the language model " + strings.TrimSuffix(strings.TrimPrefix(coder, modelMark), ")")
		}
	}
	return out
}

// An AssistPlan is what would be sent to a language model: the words of these passages with the headings above them, and the names,
// descriptions and examples of the themes. What is confidential or anonymous, or may be, is never among them.
type AssistPlan struct {
	Passages []AssistPassage `json:"passages"`
	Words    int             `json:"words"` // of the passages
	Members  int             `json:"members"`
	Themes   int             `json:"themes"`
	LeftOut  int             `json:"left_out"` // confidential or anonymous, or they name somebody who is
	Asked    int             `json:"asked"`    // passages about which the same was asked before
}

// An AssistPassage is one passage that would be sent.
type AssistPassage struct {
	ID       string `json:"id"`
	Member   string `json:"member"`
	Document string `json:"document"`
	Words    int    `json:"words"`

	sent assistant.Passage
}

// PlanAssist says what a model has not been asked about yet, at most limit passages (0 for all). Again asks about all once more.
func (a *Analysis) PlanAssist(ctx context.Context, model string, limit int, again bool) (*AssistPlan, error) {
	b, err := a.showing(ctx)
	if err != nil {
		return nil, err
	}
	asked, err := a.asked(ctx, model)
	if err != nil {
		return nil, err
	}
	plan := &AssistPlan{Themes: len(b.Codebook.Themes)}
	key := promptKey(b.assistThemes())
	members := map[string]bool{}
	for _, p := range b.s.Passages {
		switch {
		case !p.Codable():
			continue
		case !b.open(p):
			plan.LeftOut++
			continue
		case !again && asked.Of == key && asked.has(p.ID):
			plan.Asked++
			continue
		case limit > 0 && len(plan.Passages) == limit:
			continue
		}
		sub := b.s.Submission(p)
		whole := b.s.Whole(p)
		words := p.Words + len(strings.Fields(whole[:p.Body-p.Start]))
		plan.Passages = append(plan.Passages, AssistPassage{ID: p.ID, Member: b.label(sub.Member), Document: b.document(sub), Words: words,
			sent: assistant.Passage{ID: p.ID, Headings: strings.TrimSpace(whole[:p.Body-p.Start]), Words: b.s.Text(p)}})
		plan.Words += words
		members[b.clusterOf(p)] = true
	}
	plan.Members = len(members)
	return plan, nil
}

// open reports whether a passage is anybody's to read: said by a member that may be named, to be quoted, and naming nobody who is not to be
// named. Where somebody is not to be named, what came from nobody knows whom could be theirs.
func (b *builder) open(p *index.Passage) bool {
	member := b.s.Submission(p).Member
	return b.withheldPassage(p) == "" && b.s.Consent(p).Strictness() == 0 && b.named(member) && (member != "" || b.names == nil)
}

// Assisted is what came of asking a language model.
type Assisted struct {
	Model      string            `json:"model"`
	Answered   int               `json:"answered"` // passages
	Unanswered int               `json:"unanswered"`
	Proposals  int               `json:"proposals"` // passages times themes
	Stances    int               `json:"stances"`
	Changed    int               `json:"changed"` // suggestions that are new, or no longer made, or made for another reason
	Dropped    assistant.Dropped `json:"dropped"` // claims that do not hold, by why
	LeftOut    int               `json:"left_out"`
	Asked      int               `json:"asked"` // passages about which the same was asked before
}

// Assist asks a language model about the passages of a plan, one after the other, and records what holds as its suggestions, with the words
// quoted as the reason. No person's decision is touched, and no rule's. Each answer is recorded at once: stopped, it goes on from there when
// it is called with a new plan. It returns [ErrNoAnswers], assistant's errors where the server refuses, and ctx's own, each with what was done.
func (a *Analysis) Assist(ctx context.Context, c *assistant.Client, plan *AssistPlan) (*Assisted, error) {
	out := &Assisted{Model: c.Model(), Dropped: assistant.Dropped{}, LeftOut: plan.LeftOut, Asked: plan.Asked}
	s, state, err := a.current(ctx)
	if err != nil {
		return out, err
	}
	asked, err := a.asked(ctx, c.Model())
	if err != nil {
		return out, err
	}
	b := builder{Analysis: a.withoutRetired(), s: s, disclosure: disclose(s)}
	themes := b.assistThemes()
	if key := promptKey(themes); asked.Of != key {
		asked = askedPassages{Of: key}
	}
	row := 0
	var last error
	for i := range plan.Passages {
		p := &plan.Passages[i].sent
		found, dropped, err := c.Code(ctx, *p, themes)
		switch {
		case ctx.Err() != nil:
			return out, ctx.Err()
		case errors.Is(err, assistant.ErrRefused) || errors.Is(err, assistant.ErrRedirect):
			return out, err
		case err != nil:
			out.Unanswered++
			last = err
			if row++; row == mostUnanswered {
				return out, fmt.Errorf("%w: %w", ErrNoAnswers, err)
			}
			continue
		}
		row = 0
		out.add(found, dropped)
		changes := a.modelChanges(state, suggestedBy(c.Model()), p.ID, found)
		out.Changed += len(changes)
		if err := a.Decide(ctx, changes); err != nil {
			return out, err
		}
		asked = asked.with(p.ID)
		if err := a.setAsked(ctx, c.Model(), asked); err != nil {
			return out, err
		}
		if a.opt.Progress != nil {
			a.opt.Progress(i+1, len(plan.Passages), "asking the language model")
		}
	}
	if out.Answered == 0 && last != nil {
		return out, fmt.Errorf("%w: %w", ErrNoAnswers, last)
	}
	return out, nil
}

func (out *Assisted) add(found []assistant.Proposal, dropped assistant.Dropped) {
	out.Answered++
	out.Proposals += len(found)
	for _, x := range found {
		if x.Stance != "" {
			out.Stances++
		}
	}
	for why, n := range dropped {
		out.Dropped[why] += n
	}
}

// What is sent of a theme's examples.
const (
	maxExamples     = 3
	maxExampleRunes = 300
)

// assistThemes are the themes as a model is told of them. The rules are left out: it is to read and not to repeat them; and so is what may
// not leave.
func (b *builder) assistThemes() []assistant.Theme {
	guard := themeGuard{b: b}
	var out []assistant.Theme
	for _, t := range b.Codebook.Themes {
		t = guard.shown(t)
		t.Examples = slices.DeleteFunc(t.Examples, func(e string) bool { return e == withheldEntry })
		x := assistant.Theme{ID: t.ID, Name: b.safe(t.Name), Description: t.Description}
		for _, e := range t.Examples[:min(len(t.Examples), maxExamples)] {
			if r := []rune(e); len(r) > maxExampleRunes {
				e = string(r[:maxExampleRunes])
			}
			x.Examples = append(x.Examples, e)
		}
		out = append(out, x)
	}
	return out
}

// modelChanges are the decisions that bring a model's suggestions for one passage up to its answer.
func (a *Analysis) modelChanges(state *codings, coder, passage string, found []assistant.Proposal) []index.Decision {
	var out []index.Decision
	for _, t := range a.Codebook.Active().Themes {
		at := slices.IndexFunc(found, func(x assistant.Proposal) bool { return x.Theme == t.ID })
		x := Proposal{Stance: NotStated}
		if at >= 0 {
			x.Because = modelBecause + found[at].Quote + "”"
			if found[at].Stance != "" {
				x.Stance, x.StanceWhy = Stance(found[at].Stance), "because: “"+found[at].StanceQuote+"”"
			}
		}
		changes := difference(passage, t.ID, state.machine[coder][codingKey{passage, t.ID}], x, at >= 0)
		out = append(out, by(changes, index.ByModel, coder, "the model does not find it any more")...)
	}
	return out
}

// OpenPassages are the passages of these ids as they may be sent. A passage that is confidential or anonymous, or not there, is an error.
func (a *Analysis) OpenPassages(ctx context.Context, ids []string) ([]assistant.Passage, error) {
	b, err := a.showing(ctx)
	if err != nil {
		return nil, err
	}
	var out []assistant.Passage
	for _, id := range ids {
		p := b.s.Passage(id)
		switch {
		case p == nil:
			return nil, fmt.Errorf("%w: %s", index.ErrNoPassage, id)
		case !b.open(p):
			return nil, fmt.Errorf("passage %s is confidential or anonymous and is not sent", id)
		}
		out = append(out, assistant.Passage{ID: p.ID, Words: b.s.Text(p)})
	}
	return out, nil
}

// askedPassages are the passages about which a model has answered, and what was asked: with other themes, other answers.
type askedPassages struct {
	Of       string   `json:"of"`
	Passages []string `json:"passages"` // sorted
}

func (x *askedPassages) has(id string) bool {
	_, found := slices.BinarySearch(x.Passages, id)
	return found
}

// with is x and one passage more.
func (x *askedPassages) with(id string) askedPassages {
	at, found := slices.BinarySearch(x.Passages, id)
	if found {
		return *x
	}
	return askedPassages{x.Of, slices.Insert(x.Passages, at, id)}
}

// askedSetting is the key under which it is kept which passages a model has been asked about.
func askedSetting(model string) string { return "assistant:" + model }

func (a *Analysis) asked(ctx context.Context, model string) (askedPassages, error) {
	var out askedPassages
	value, err := a.Setting(ctx, askedSetting(model))
	if err != nil || value == "" {
		return out, err
	}
	if err := json.Unmarshal([]byte(value), &out); err != nil {
		return out, fmt.Errorf("%w: what %q was asked: %v", index.ErrDamaged, model, err)
	}
	return out, nil
}

func (a *Analysis) setAsked(ctx context.Context, model string, x askedPassages) error {
	value, err := json.Marshal(x)
	if err != nil {
		return err
	}
	return a.Set(ctx, askedSetting(model), string(value))
}

// promptKey tells apart what is asked of a model.
func promptKey(themes []assistant.Theme) string {
	data, err := json.Marshal(themes)
	if err != nil {
		panic(err) // strings always marshal
	}
	sum := sha256.Sum256(append([]byte(assistant.Prompt+"\n"), data...))
	return hex.EncodeToString(sum[:8])
}
