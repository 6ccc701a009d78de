package evidence

import (
	"fmt"
	"slices"
	"strings"

	"collate/themes"
)

// said are the paragraphs of the written evidence that are about a theme.
func (b *oralMaker) said(t *themes.ThemeReport) []OralSaid {
	var out []OralSaid
	for i := range b.drafter.out.Sections {
		for j := range b.drafter.out.Sections[i].Paragraphs {
			p := &b.drafter.out.Sections[i].Paragraphs[j]
			if b.isAbout(p, t) {
				out = append(out, OralSaid{p.Number, b.what(p)})
			}
		}
	}
	return out
}

func (b *oralMaker) isAbout(p *Said, t *themes.ThemeReport) bool {
	if p.Basis.Theme == t.Name {
		return true
	}
	return p.Basis.Kind == "ask" && slices.ContainsFunc(p.Basis.Sources, func(x Source) bool { q := b.quotes[x.Ref]; return q != nil && q.ThemeID == t.ID })
}

// what a paragraph of the written evidence is, in a few words.
func (b *oralMaker) what(p *Said) string {
	who := ""
	if len(p.Basis.Sources) > 0 {
		if q := b.quotes[p.Basis.Sources[0].Ref]; q != nil {
			who = b.speaker(q)
		}
	}
	switch p.Basis.Kind {
	case "line":
		return "our line"
	case "quote":
		return "a quote of " + who
	case "figure":
		return "a figure of " + who
	case "ask":
		return "a recommendation (" + begins(strings.TrimPrefix(p.Text(), "We recommend ")) + ")"
	}
	return begins(p.Text())
}

// unasked are red lines and asks on a theme of which no term of reference speaks.
func (b *oralMaker) unasked(t *themes.ThemeReport, terms []OralTerm) []OralUnasked {
	var out []OralUnasked
	for _, x := range t.Joint.RedLines {
		if x.Words != "" && b.attributable(x.Member) {
			out = append(out, OralUnasked{[]Run{{Text: "A red line of " + called(x.Member) + ", as recorded: " + sentence(curly(oneLine(x.Words)))}}, ""})
		}
	}
	p := &proposer{Material: b.Material, cited: map[string]bool{}}
	for _, a := range p.wantedOn(t) {
		if len(out) == 2 {
			break
		}
		if slices.ContainsFunc(terms, func(x OralTerm) bool { return len(sharedWords(a.best.Action, x.Text)) > 1 }) || b.recommended(a.best.Action) {
			continue
		}
		who := []string{called(a.best.Member)}
		for _, m := range a.members {
			if m != a.best.Member {
				who = append(who, called(m))
			}
		}
		lead := fmt.Sprintf("%s %s that %s should ", capital(list(who)), choose(len(who), "says", "say"), curly(a.actor))
		out = append(out, OralUnasked{append([]Run{{Text: lead}}, quoted(a.best.Action, "")...), a.refs[0]})
	}
	return out
}

// recommended reports an action that the written evidence recommends already.
func (b *oralMaker) recommended(action string) bool {
	for i := range b.asked {
		if strings.Contains(strings.ToLower(b.asked[i].Text()), strings.ToLower(curly(action))) {
			return true
		}
	}
	return false
}
