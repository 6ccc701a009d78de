package themes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"collate/index"
)

// jointOn works out the joint position on a theme, with what people decided of it.
func (b *builder) jointOn(t *Theme) JointPosition {
	all := tally{names: map[Stance][]string{}, confirmed: map[Stance]int{}}
	checked := tally{names: map[Stance][]string{}, confirmed: map[Stance]int{}}
	for _, m := range b.answered() {
		st := b.standings[positionKey{m.Name, t.ID}]
		all.add(st.stance, b.label(m.Name), st.confirmed)
		if st.confirmed || st.stance == Silent {
			checked.add(st.stance, b.label(m.Name), st.confirmed)
		}
	}
	for _, names := range all.names {
		slices.Sort(names)
	}
	counts, sure := b.sharedCounts(t, false), b.sharedCounts(t, true)
	all.template, checked.template = counts.templates(), sure.templates()
	red, crossed := b.redLines(t.ID, all.sides(true).side())
	all.crossed = crossed
	_, checked.crossed = b.redLines(t.ID, checked.sides(true).side())
	j := joint(b.r.Rule, b.r.Scale, all)
	j.RedLines, j.Shared, j.Conditions = red, counts, b.conditions(t)
	j.Shared.OutcomeApart, _ = b.r.Rule.outcome(counts.sides(), crossed)
	b.decidedLine(&j, t)
	j.SignOffs, j.Signed = b.signOffs(t.ID, j.Statement)
	j.signedDissent()
	j.Outside = b.outside(&j, t, joint(b.r.Rule, b.r.Scale, checked))
	sides := checked.sides(false)
	sides.notStated = j.Addressed - j.Outside.Took // whoever addresses it is in the share that has to take a position, confirmed or not
	j.Outside.Outcome, _ = b.r.Rule.outcome(sides, checked.crossed)
	return j
}

func (t *tally) add(s Stance, label string, confirmed bool) {
	t.names[s] = append(t.names[s], label)
	if confirmed {
		t.confirmed[s]++
	}
}

// conditions are those that members in favour set, where they are named.
func (b *builder) conditions(t *Theme) []Condition {
	var out []Condition
	for _, m := range b.answered() {
		st := b.standings[positionKey{m.Name, t.ID}]
		if st.stance != Conditions {
			continue
		}
		x := Condition{Member: b.label(m.Name)}
		x.Words, x.Ref = b.condition(m.Name, t, &st)
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(x, y Condition) int { return strings.Compare(x.Member, y.Member) })
	return out
}

// decidedLine lays a person's line over the drafted one. A check holds for the words that were checked: once others are drafted, the line
// is a suggestion again, and says so.
func (b *builder) decidedLine(j *JointPosition, t *Theme) {
	d, ok := b.state.together.joint[t.ID]
	if !ok {
		return
	}
	on := d.at.Format("2006-01-02")
	switch {
	case d.Line != "":
		j.State, j.By, j.On = Edited, d.coder, on
		if d.Checked != "" {
			j.State = Checked
		}
		j.Line = b.safe(d.Line)
		j.Statement = j.Line
	case d.Checked == wordsDigest(j.Statement):
		j.State, j.By, j.On = Checked, d.coder, on
	default:
		j.Flags = append(j.Flags, Flag{Kind: FlagWording, Text: fmt.Sprintf("was checked by %s on %s in other words", d.coder, on)})
	}
	j.Flags = append(j.Flags, b.jointFlags(&d, t)...)
}

// maxJointFlags is how many changes are listed under a line one by one: more are a number.
const maxJointFlags = 20

// jointFlags says what changed under a line since a person wrote or checked it: where members stand, and the words under that.
func (b *builder) jointFlags(d *jointDecision, t *Theme) []Flag {
	var out []Flag
	for _, m := range slices.Sorted(maps.Keys(d.Stances)) {
		if b.s.Member(m) == nil {
			out = append(out, Flag{Kind: FlagWithdrawn, Text: "a member that it counted is not there any more"})
			continue
		}
		if was, now := d.Stances[m], b.standings[positionKey{m, t.ID}].stance; was != now {
			out = append(out, Flag{Kind: FlagStance, Text: fmt.Sprintf("%s was %q when it was written and is %q now", b.label(m), was.Label(), now.Label())})
		}
		r := d.Rests[m]
		for _, f := range b.flags(&r, m, t, d.seq) {
			f.Text = b.label(m) + ": " + f.Text
			out = append(out, f)
		}
	}
	for _, m := range b.answered() {
		if _, known := d.Stances[m.Name]; !known && b.standings[positionKey{m.Name, t.ID}].stance != Silent {
			out = append(out, Flag{Kind: FlagMore, Text: b.label(m.Name) + " addresses it since"})
		}
	}
	if n := len(out) - maxJointFlags; n > 0 {
		out = append(out[:maxJointFlags], Flag{Kind: FlagMore, Text: fmt.Sprintf("and %s", plural(n, "change", "changes more"))})
	}
	return out
}

// signedDissent adds to the dissent who dissents from the line itself.
func (j *JointPosition) signedDissent() {
	var who []string
	for _, x := range j.SignOffs {
		if x.State == Dissents {
			who = append(who, x.Member)
		}
	}
	if len(who) > 0 {
		j.Dissent = strings.TrimPrefix(j.Dissent+". Dissenting from the line: "+strings.Join(who, ", "), ". ")
	}
}

// outside is what may be said outside: checked is the joint position of the confirmed positions alone.
func (b *builder) outside(j *JointPosition, t *Theme, checked JointPosition) OutsideLine {
	out := OutsideLine{Line: checked.Statement, Outcome: checked.Outcome, Side: checked.Side, Quantity: checked.Quantity, Stances: map[Stance]int{}}
	for _, s := range tookStances {
		if out.Stances[s] = len(checked.Names[s]); out.Stances[s] > 0 {
			out.Took += out.Stances[s]
		}
	}
	for _, n := range checked.Confirmed {
		out.Counted += n
	}
	if checked.Took == 0 {
		out.Line = "No position on it has been confirmed yet."
	}
	against, in := len(checked.Names[Oppose]), len(checked.Names[Support])+len(checked.Names[Conditions])
	var parts []string
	if n := min(against, in); n > 0 || against == in && n > 0 {
		parts = append(parts, plural(n, "member does", "members do")+" not share this position")
	}
	if n := len(checked.Names[Mixed]); n > 0 {
		parts = append(parts, plural(n, "member is", "members are")+" mixed or unsure")
	}
	if n := j.Signed.Dissents; n > 0 {
		parts = append(parts, plural(n, "member dissents", "members dissent")+" from this line")
	}
	if len(parts) > 0 {
		out.Dissent = strings.Join(parts, "; ") + "."
	}
	out.Statement = out.Line
	own := b.state.together.joint[t.ID].Line
	if own == "" {
		return out
	}
	if b.namesDissent(own, j.Side, t) {
		out.Problem = "The line that a person wrote (last " + j.By + ") names a member that dissents, or one that is not to be named: it does not go out; the drafted one does."
		return out
	}
	out.Line, out.Own = j.Line, true
	return out
}

// namesDissent reports whether words name a member that does not share the joint position, or one that is not to be named. side is where
// more members stand; where neither has more, nobody who stands anywhere is named.
func (b *builder) namesDissent(words string, side Stance, t *Theme) bool {
	if b.safe(words) != words {
		return true
	}
	var hidden []string
	for _, m := range b.s.Members {
		key := positionKey{m.Name, t.ID}
		stance := b.standings[key].stance
		shares := stance == Silent || stance == NotStated || side == Support && (stance == Support || stance == Conditions) || side == Oppose && stance == Oppose
		if !shares || b.state.together.signOffs[key].State == Dissents {
			hidden = append(hidden, spellings(m)...)
		}
	}
	if len(hidden) == 0 {
		return false
	}
	return namesPattern(hidden).MatchString(bare(words))
}

// namesPattern finds any of the spellings as words of their own.
func namesPattern(spellings []string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^\pL\pN])(?:the[\s_-]*)?(?:` + strings.Join(spellings, "|") + `)(?:[^\pL\pN]|$)`)
}

// onTheme is the report of now, and in it the theme of an id.
func (a *Analysis) onTheme(ctx context.Context, theme string) (*builder, *ThemeReport, error) {
	b, err := a.reporting(ctx)
	if err != nil {
		return nil, nil, err
	}
	b.all()
	for i := range b.r.Themes {
		if b.r.Themes[i].ID == theme {
			return b, &b.r.Themes[i], nil
		}
	}
	return nil, nil, fmt.Errorf("there is no theme %q; the themes are %s", theme, a.themeIDs())
}

// EditJoint makes line the joint line on a theme. It keeps what it rests on, and is marked when that changes.
func (a *Analysis) EditJoint(ctx context.Context, theme, line string, by Who) error {
	if line = strings.TrimSpace(line); line == "" {
		return errors.New("a line needs words; to bring the drafted one back, reset it")
	}
	if err := checkText("the line", line); err != nil {
		return err
	}
	return a.decideJoint(ctx, theme, jointDecision{Line: line}, by)
}

// CheckJoint confirms the joint line on a theme as it reads now.
func (a *Analysis) CheckJoint(ctx context.Context, theme string, by Who) error {
	return a.decideJoint(ctx, theme, jointDecision{}, by)
}

// ResetJoint brings the drafted line of a theme back.
func (a *Analysis) ResetJoint(ctx context.Context, theme string, by Who) error {
	if a.theme(theme) == nil {
		return fmt.Errorf("there is no theme %q; the themes are %s", theme, a.themeIDs())
	}
	return a.decideOne(ctx, index.ActJoint, "", theme, "", by)
}

func (a *Analysis) decideJoint(ctx context.Context, theme string, d jointDecision, by Who) error {
	b, t, err := a.onTheme(ctx, theme)
	if err != nil {
		return err
	}
	if d.Line == "" { // a check: of a person's line as well as of a drafted one
		d.Line = b.state.together.joint[t.ID].Line
		d.Checked = wordsDigest(t.Joint.Statement)
	}
	d.Stances, d.Rests = map[string]Stance{}, map[string]Reliance{}
	for _, m := range b.answered() {
		if st := b.standings[positionKey{m.Name, t.ID}]; st.stance != Silent {
			d.Stances[m.Name] = st.stance
			d.Rests[m.Name] = b.reliance(m.Name, a.theme(t.ID))
		}
	}
	value, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return a.decideOne(ctx, index.ActJoint, "", t.ID, string(value), by)
}
