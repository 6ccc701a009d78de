package themes

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"collate/index"
)

// A SignOffState is what a member says of the joint line on a theme.
type SignOffState string

// The states, in the order in which outputs list them.
const (
	Agreed         SignOffState = "agreed"
	AgreedWithNote SignOffState = "agreed with note"
	NotYet         SignOffState = "not yet"
	Dissents       SignOffState = "dissents"
)

// SignOffStates are all states, in the order in which outputs list them.
var SignOffStates = []SignOffState{Agreed, AgreedWithNote, NotYet, Dissents}

// A SignOff is what one member said of the joint line, as it may be shown to staff.
type SignOff struct {
	Member string       `json:"member"` // its label
	State  SignOffState `json:"state"`
	Note   string       `json:"note,omitempty"`
	By     string       `json:"by,omitempty"` // who recorded it
	On     string       `json:"on,omitempty"` // the day, "2026-11-24"; "" for not yet
	Stale  bool         `json:"stale"`        // the line reads otherwise now than when the member said so
}

// SignOffCounts are members by what they say of the joint line; they add up to the members asked.
type SignOffCounts struct {
	Agreed         int `json:"agreed"`
	AgreedWithNote int `json:"agreed_with_note"`
	NotYet         int `json:"not_yet"`
	Dissents       int `json:"dissents"`
	Stale          int `json:"stale"` // of them, how many said so of an earlier wording
}

// A RedLine is what a member said that it will not agree to on a theme.
type RedLine struct {
	Member  string `json:"member"` // its label
	Words   string `json:"words"`  // "" when withheld
	By      string `json:"by"`     // who recorded it
	On      string `json:"on"`
	Opposed bool   `json:"opposed"` // the member stands against the larger side, or dissents from the line
}

// signOffDecision is what the record holds of a sign-off.
type signOffDecision struct {
	State SignOffState `json:"state"`
	Note  string       `json:"note,omitempty"`
	Line  string       `json:"line"` // digest of the line that was signed

	coder string
	at    time.Time
}

type redLineDecision struct {
	words, coder string
	at           time.Time
}

// jointDecision is what the record holds of a line that a person wrote or checked.
type jointDecision struct {
	Line    string              `json:"line,omitempty"`    // the person's own; "" for the drafted one
	Checked string              `json:"checked,omitempty"` // digest of the drafted line that was checked
	Stances map[string]Stance   `json:"stances,omitempty"` // of each member that addressed the theme
	Rests   map[string]Reliance `json:"rests,omitempty"`   // by member

	coder string
	at    time.Time
	seq   int64
}

// together is what people decided about themes for all members at once, while a record is read.
type together struct {
	joint    map[string]jointDecision // by theme
	signOffs map[positionKey]signOffDecision
	redLines map[positionKey]redLineDecision
}

func newTogether() together {
	return together{map[string]jointDecision{}, map[positionKey]signOffDecision{}, map[positionKey]redLineDecision{}}
}

func (t *together) apply(d *index.Decision) error {
	if d.Kind != index.ByPerson {
		return nil
	}
	key := positionKey{d.Subject, d.Theme}
	switch d.Act {
	case index.ActJoint:
		delete(t.joint, d.Theme)
		if d.Value == "" {
			return nil
		}
		x := jointDecision{coder: d.Coder, at: d.At, seq: d.Seq}
		if err := json.Unmarshal([]byte(d.Value), &x); err != nil {
			return fmt.Errorf("decision %d: %w", d.Seq, err)
		}
		t.joint[d.Theme] = x
	case index.ActSignOff:
		x := signOffDecision{coder: d.Coder, at: d.At}
		if err := json.Unmarshal([]byte(d.Value), &x); err != nil {
			return fmt.Errorf("decision %d: %w", d.Seq, err)
		}
		t.signOffs[key] = x
	case index.ActRedLine:
		delete(t.redLines, key)
		if d.Value != "" {
			t.redLines[key] = redLineDecision{d.Value, d.Coder, d.At}
		}
	}
	return nil
}

// merge lets the red lines on one theme hold for another as well, where the member has none there. A line and what was signed of it
// belong to the theme that they were made for.
func (t *together) merge(from, to string) {
	for key, line := range maps.Clone(t.redLines) {
		at := positionKey{key.member, to}
		if _, ok := t.redLines[at]; key.theme == from && !ok {
			t.redLines[at] = line
		}
	}
}

// maxText is the longest text that a person can write for a position, a joint line or a note, in characters: a page.
const maxText = 3000

func checkText(what, text string) error {
	if n := utf8.RuneCountInString(text); n > maxText {
		return fmt.Errorf("%s has %d characters; at most %d are kept", what, n, maxText)
	}
	return nil
}

// SignOff records what a member says of the joint line on a theme as it reads now. A note makes an agreement one with a note; with
// NotYet what was said is taken back.
func (a *Analysis) SignOff(ctx context.Context, member, theme string, state SignOffState, note string, by Who) error {
	if state == Agreed && note != "" {
		state = AgreedWithNote
	}
	switch {
	case !slices.Contains(SignOffStates, state):
		return fmt.Errorf("%q is no sign-off; write agreed, note, dissents or not-yet", state)
	case state == AgreedWithNote && note == "":
		return errors.New("an agreement with a note needs the note")
	}
	if err := checkText("the note", note); err != nil {
		return err
	}
	b, t, err := a.onTheme(ctx, theme)
	if err != nil {
		return err
	}
	if b.s.Member(member) == nil {
		return fmt.Errorf("there is no member %q", member)
	}
	x := signOffDecision{State: state, Note: note, Line: wordsDigest(t.Joint.Statement)}
	value, err := json.Marshal(x)
	if err != nil {
		return err
	}
	return a.decideOne(ctx, index.ActSignOff, member, t.ID, string(value), by)
}

// SetRedLine records what a member will not agree to on a theme; "" takes it back. A member has one on a theme at most.
func (a *Analysis) SetRedLine(ctx context.Context, member, theme, words string, by Who) error {
	if err := checkText("the red line", words); err != nil {
		return err
	}
	s, err := a.Snapshot(ctx)
	if err != nil {
		return err
	}
	switch {
	case s.Member(member) == nil:
		return fmt.Errorf("there is no member %q", member)
	case a.theme(theme) == nil:
		return fmt.Errorf("there is no theme %q; the themes are %s", theme, a.themeIDs())
	}
	return a.decideOne(ctx, index.ActRedLine, member, theme, strings.TrimSpace(words), by)
}

// signOffs are what all members say of a theme's line, and of how many each.
func (b *builder) signOffs(theme, statement string) (out []SignOff, n SignOffCounts) {
	digest := wordsDigest(statement)
	for _, m := range b.s.Members {
		x := SignOff{Member: b.label(m.Name), State: NotYet}
		if d, ok := b.state.together.signOffs[positionKey{m.Name, theme}]; ok && d.State != NotYet {
			x.State, x.By, x.On, x.Stale = d.State, d.coder, d.at.Format("2006-01-02"), d.Line != digest
			if x.Note = b.safe(d.Note); d.Note != "" && b.strict[m.Name].Strictness() == 2 {
				x.Note = "(withheld)"
			}
		}
		n.add(x)
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(x, y SignOff) int { return strings.Compare(x.Member, y.Member) })
	return out, n
}

func (n *SignOffCounts) add(x SignOff) {
	switch x.State {
	case Agreed:
		n.Agreed++
	case AgreedWithNote:
		n.AgreedWithNote++
	case Dissents:
		n.Dissents++
	default:
		n.NotYet++
	}
	if x.Stale {
		n.Stale++
	}
}

// redLines are those on a theme. side is where more members stand.
func (b *builder) redLines(theme string, side Stance) (out []RedLine, opposed int) {
	for _, m := range b.s.Members {
		key := positionKey{m.Name, theme}
		d, ok := b.state.together.redLines[key]
		if !ok {
			continue
		}
		x := RedLine{Member: b.label(m.Name), Words: b.safe(d.words), By: d.coder, On: d.at.Format("2006-01-02")}
		if b.strict[m.Name].Strictness() == 2 {
			x.Words = ""
		}
		stance := b.standings[key].stance
		x.Opposed = side == Support && stance == Oppose || side == Oppose && (stance == Support || stance == Conditions) || b.state.together.signOffs[key].State == Dissents
		if x.Opposed {
			opposed++
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(x, y RedLine) int { return strings.Compare(x.Member, y.Member) })
	return out, opposed
}

// looseTogether lists what people decided about themes for all members and what has no place any more.
func (b *builder) looseTogether() {
	t := &b.state.together
	loose := func(what string, key positionKey, coder string) {
		if b.whole.Theme(key.theme) != nil && (key.member == "" || b.s.Member(key.member) != nil) {
			return
		}
		b.r.Excluded = append(b.r.Excluded, Exclusion{What: "decision", Reason: fmt.Sprintf("%s recorded %s on the theme %q; there is no such member or theme any more.", coder, b.safe(what), key.theme)})
	}
	for _, theme := range slices.Sorted(maps.Keys(t.joint)) {
		loose("a joint line", positionKey{"", theme}, t.joint[theme].coder)
	}
	for _, key := range slices.SortedFunc(maps.Keys(t.signOffs), comparePositions) {
		loose("a sign-off of "+key.member, key, t.signOffs[key].coder)
	}
	for _, key := range slices.SortedFunc(maps.Keys(t.redLines), comparePositions) {
		loose("a red line of "+key.member, key, t.redLines[key].coder)
	}
}

func comparePositions(a, b positionKey) int {
	return cmp.Or(strings.Compare(a.member, b.member), strings.Compare(a.theme, b.theme))
}

// settled notes what a reader must know of what people set, and what to look at again.
func (b *builder) settled(note func(format string, args ...any)) {
	for _, x := range b.state.settings.Set {
		what := map[string]string{index.ActScale: "The scale of quantifier words", index.ActConsensus: "The rule for common ground", index.ActConsent: "The default consent", index.ActTemplate: "The list of circulated templates"}[x.Act]
		note("%s was set by %s on %s.", what, x.By, x.At.Format("2 January 2006"))
	}
	copies := 0
	for _, c := range b.copiers {
		copies += len(c)
	}
	if copies > 0 {
		note("%s nothing but the very file of another member: the file counts once, as from one of them. See Excluded.", plural(copies, "member sent", "members sent"))
	}
	flagged, lines := 0, 0
	for _, m := range b.r.Members {
		for _, p := range m.Positions {
			if len(p.Flags) > 0 {
				flagged++
			}
		}
	}
	for _, t := range b.r.Themes {
		if len(t.Joint.Flags) > 0 {
			lines++
		}
	}
	if flagged > 0 {
		note("%s that people set on words that changed since: look at them again (collate position).", plural(flagged, "position rests", "positions rest"))
	}
	if lines > 0 {
		note("%s that people wrote or checked on what changed since: look at them again (collate joint).", plural(lines, "joint line rests", "joint lines rest"))
	}
}
