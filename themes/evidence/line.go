package evidence

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"collate/themes"
)

// A jointView is a theme's joint position as a draft may count it: confirmed positions, or in a working draft suggested ones too.
type jointView struct {
	outcome  themes.Outcome
	side     themes.Stance
	quantity themes.Quantity
	took     int
	stances  map[themes.Stance]int
	line     string // a person's own, or ""
	counts   string // the record's sentence of who stands where
	dissent  string // beside a person's line: how many do not share it, never who
}

// view is the joint position on a theme. A person's line that may not go out is not in it.
func (d *drafter) view(t *themes.ThemeReport) jointView {
	out := t.Joint.Outside
	v := jointView{outcome: out.Outcome, side: out.Side, quantity: out.Quantity, took: out.Took, stances: out.Stances, counts: out.Statement}
	if d.opt.Suggested {
		j := t.Joint
		v = jointView{outcome: j.Outcome, side: j.Side, quantity: j.Quantity, took: j.Took, stances: map[themes.Stance]int{}, counts: j.Statement}
		for _, s := range []themes.Stance{themes.Oppose, themes.Mixed, themes.Conditions, themes.Support} {
			v.stances[s] = len(j.Names[s])
		}
		if j.State != themes.Suggested && j.Line == j.Statement && j.Line != j.Drafted { // a person's own took its place
			v.counts = withoutConfirmed(j.Drafted)
		}
	}
	if !d.opt.Suggested {
		v.counts += uncounted(&t.Joint)
	}
	if out.Own {
		v.line, v.dissent = out.Line, out.Dissent
	}
	return v
}

// uncounted says of those that address a theme who is in no count outside: those without a plain position, and those whose position nobody has
// confirmed.
func uncounted(j *themes.JointPosition) string {
	out := ""
	if n := len(j.Names[themes.NotStated]) - j.Confirmed[themes.NotStated]; n > 0 {
		out = fmt.Sprintf(" %s it without a plain position.", plural(n, "more member addresses", "more members address"))
	}
	if n := j.Took - j.Outside.Took; n > 0 {
		out += fmt.Sprintf(" %s not counted.", plural(n, "further position is", "further positions are"))
	}
	return out
}

// withoutConfirmed is a drafted line without the sentence of how many are confirmed, which ends it.
func withoutConfirmed(drafted string) string {
	for _, mark := range []string{" Suggested: none is confirmed yet.", " All are confirmed."} {
		drafted = strings.TrimSuffix(drafted, mark)
	}
	if strings.HasSuffix(drafted, " are confirmed, the rest suggested.") {
		drafted = drafted[:strings.LastIndex(strings.TrimSuffix(drafted, "."), ".")+1]
	}
	return drafted
}

// stand is what the submitter says of a theme, in the words of the house: "welcomes", "is not persuaded".
func (d *drafter) stand(t *themes.ThemeReport, v jointView) string {
	about := d.abouts[t.ID]
	switch {
	case v.outcome == themes.CommonGroundConditions:
		return d.Upper() + " welcomes, with conditions, what is proposed on " + about
	case v.outcome == themes.CommonGround && v.side == themes.Support:
		return d.Upper() + " welcomes what is proposed on " + about
	case v.outcome == themes.CommonGround:
		return d.Upper() + " is not persuaded by what is proposed on " + about
	case v.outcome == themes.Divided:
		return "The members are divided on what is proposed on " + about
	}
	return d.Upper() + " has no joint position on what is proposed on " + about + ", because too small a part of the membership has taken one"
}

// Upper is the submitter's short name as a sentence begins with it.
func (d *drafter) Upper() string { return capital(d.out.Short) }

// say is the paragraph of a joint line. The record's sentences say "it"; the one that stands furthest from the theme's name gets the name again.
func (d *drafter) say(t *themes.ThemeReport, v jointView) string {
	v.counts = strings.Replace(v.counts, " not address it.", " not address "+d.abouts[t.ID]+".", 1)
	if strings.ContainsFunc(v.line, unicode.IsDigit) { // a person's line that counts is not counted again
		return curly(strings.TrimSpace(sentence(v.line) + " " + v.dissent))
	}
	out := d.stand(t, v) + "."
	if v.line != "" {
		out = sentence(v.line)
	}
	out += " " + v.counts
	if n := t.Joint.Signed.Dissents; n > 0 {
		out += " " + plural(n, "member dissents", "members dissent") + " from this position."
	}
	return curly(out)
}

// point is the joint line as a bullet of the summary.
func (d *drafter) point(t *themes.ThemeReport, v jointView) string {
	switch {
	case v.line != "":
		return curly(strings.TrimSuffix(strings.TrimSpace(v.line), "."))
	case v.outcome == themes.ThinEvidence:
		return curly(d.Upper() + " has no joint position on " + d.abouts[t.ID] + "; what members say is set out")
	case v.side == "":
		return curly(d.stand(t, v))
	}
	verb := "support"
	if v.side == themes.Oppose {
		verb = "oppose"
	}
	if v.quantity.Count == 1 {
		verb += "s"
	}
	return curly(d.stand(t, v) + ": of the members that take a position, " + v.quantity.String() + " " + verb + " it")
}

// about is a theme's name within a sentence. Its first letter is made small only where the record writes that word so: Ofsted stays Ofsted.
func (m *Material) about(t *themes.ThemeReport) string {
	first, _, _ := strings.Cut(t.Name, " ")
	small := strings.TrimRight(strings.ToLower(first), ",;:")
	if strings.HasPrefix(t.Name, small) {
		return t.Name
	}
	if m.writes(t, small) {
		_, n := utf8.DecodeRuneInString(t.Name)
		return strings.ToLower(t.Name[:n]) + t.Name[n:]
	}
	return t.Name
}

// writes reports whether the description or the rules of a theme, or what is quoted on it, have a word in small letters, in one number or the other.
func (m *Material) writes(t *themes.ThemeReport, word string) bool {
	word = strings.TrimSuffix(word, "s")
	has := func(text string) bool {
		return slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' }), func(w string) bool {
			return strings.TrimSuffix(w, "s") == word
		})
	}
	if has(t.Description) || slices.ContainsFunc(t.Rules, has) {
		return true
	}
	for i := range m.Report.Quotes {
		if q := &m.Report.Quotes[i]; q.ThemeID == t.ID && has(q.Words) {
			return true
		}
	}
	return false
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
