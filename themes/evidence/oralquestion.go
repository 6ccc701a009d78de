package evidence

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"collate/themes"
)

// maxQuestions is how many questions a page has room for beside those of the terms of reference.
const maxQuestions = 4

// questions are those that a member of the committee who has read the evidence is likely to ask: about the dissent, the conditions, the silent, and
// numbers that do not stand. What answers them is from the record.
func (b *oralMaker) questions(t *themes.ThemeReport, v jointView, terms []OralTerm) []OralQuestion {
	var out []OralQuestion
	for _, x := range terms {
		out = append(out, OralQuestion{Text: x.Text, Why: fmt.Sprintf("term of reference %d", x.Number)})
	}
	var more []OralQuestion
	for _, make := range []func(*themes.ThemeReport, jointView) (OralQuestion, bool){b.whyNone, b.whoDissents, b.whatConditions, b.whichFigure, b.howMany, b.whatSource, b.oneText} {
		if q, ok := make(t, v); ok && len(more) < maxQuestions {
			more = append(more, q)
		}
	}
	return append(out, more...)
}

func (b *oralMaker) whyNone(t *themes.ThemeReport, v jointView) (OralQuestion, bool) {
	if v.outcome != themes.ThinEvidence || v.took == 0 {
		return OralQuestion{}, false
	}
	return OralQuestion{"Why has " + b.drafter.out.Short + " no position on this?", "thin evidence",
		[]Run{{Text: fmt.Sprintf("%d of the %s that address it took a position, and we claim none for the others.", v.took, plural(t.Joint.Addressed, "member", "members"))}}}, true
}

// whoDissents asks about the smaller side; of an even split about both.
func (b *oralMaker) whoDissents(t *themes.ThemeReport, v jointView) (OralQuestion, bool) {
	against := b.on(t, themes.Oppose)
	ask, verb := "Which of your members oppose this, and why?", "oppose"
	if v.side == themes.Oppose {
		against = b.on(t, themes.Support, themes.Conditions)
		ask, verb = "Which of your members support this, and why?", "support"
	}
	if len(against) == 0 || v.took == 0 {
		return OralQuestion{}, false
	}
	if len(against) == 1 {
		verb += "s"
	}
	answer := []Run{{Text: fmt.Sprintf("%d of the %d that take a position %s it; they are named under Dissent.", len(against), v.took, verb)}}
	for _, p := range against {
		if s, ok := b.free(p); ok {
			answer = append(answer, Run{Text: " " + capital(called(p.Member)) + ": "})
			answer = append(answer, quoted(oneLine(s.Words), "")...)
			break
		}
	}
	why := "dissent"
	if v.outcome == themes.Divided {
		why = "divided"
	}
	return OralQuestion{ask, why, answer}, true
}

// conditional begins words that name a condition by themselves.
var conditional = regexp.MustCompile(`^(?i:only|if|provided|providing|as long as|so long as|on condition|subject to|unless|where|when)\b`)

// whatConditions asks for the conditions; two are given in words, of members that may be named.
func (b *oralMaker) whatConditions(t *themes.ThemeReport, _ jointView) (OralQuestion, bool) {
	with := b.on(t, themes.Conditions)
	if len(with) == 0 {
		return OralQuestion{}, false
	}
	var answer []Run
	given := 0
	for _, c := range t.Joint.Conditions {
		if given == 2 || c.Words == "" || !b.attributable(c.Member) || !slices.ContainsFunc(with, func(p *themes.Position) bool { return p.Member == c.Member }) {
			continue
		}
		q := b.quotes[c.Ref]
		if q == nil { // a person's wording: it is no quote
			answer = append(answer, Run{Text: capital(called(c.Member)) + ": " + sentence(curly(oneLine(c.Words))) + " "})
			given++
			continue
		}
		words := strings.TrimRight(oneLine(c.Words), "…")
		if _, ok := find(words, q.Words); !ok || !conditional.MatchString(words) || Words(words) > mostSpoken || !b.attributable(q.Member) {
			continue
		}
		answer = append(answer, Run{Text: capital(called(c.Member)) + ": "})
		answer = append(append(answer, quoted(words, "")...), Run{Text: " "})
		given++
	}
	total := plural(len(with), "member sets a condition", "members set conditions") + " on " + b.abouts[t.ID]
	if given == 0 {
		total += "; none is in words that can be said under a name"
	}
	total += "."
	answer = append(answer, Run{Text: total})
	return OralQuestion{"What are your conditions, and what if they are not met?", "support with conditions", answer}, true
}

// howMany asks for whom we speak, where a quarter or more of those that answered take no position.
func (b *oralMaker) howMany(t *themes.ThemeReport, v jointView) (OralQuestion, bool) {
	rest := b.out.Answered - v.took
	if v.took == 0 || v.outcome == themes.ThinEvidence || rest*4 < b.out.Answered {
		return OralQuestion{}, false
	}
	text := fmt.Sprintf("%s answered; %d address %s and %d of them take a position.", plural(b.out.Answered, "member", "members"), t.Joint.Addressed, b.abouts[t.ID], v.took)
	return OralQuestion{"For how many of your members do you speak on this?", fmt.Sprintf("%d take no position", rest), []Run{{Text: text + " We do not count silence as agreement."}}}, true
}

// whichFigure warns of figures for one thing that members give otherwise.
func (b *oralMaker) whichFigure(t *themes.ThemeReport, _ jointView) (OralQuestion, bool) {
	groups := map[int][]*themes.ListedFigure{}
	first := 0
	for i := range b.Figures.Figures {
		f := &b.Figures.Figures[i]
		if f.Disagrees == 0 || !slices.Contains(f.Themes, t.Name) || !b.attributable(f.Member) {
			continue
		}
		if first == 0 {
			first = f.Disagrees
		}
		groups[f.Disagrees] = append(groups[f.Disagrees], f)
	}
	var said, values []string
	for _, f := range groups[first] {
		if !slices.Contains(values, f.Value) {
			values = append(values, f.Value)
			said = append(said, called(f.Member)+" says "+curly(oneLine(f.Value)))
		}
	}
	if len(said) < 2 {
		return OralQuestion{}, false
	}
	return OralQuestion{"Which of your members’ figures is right?", "figures disagree", []Run{{Text: capital(list(said)) + "."}}}, true
}

// whatSource warns of a figure that has no source and stands in a quote on the page's theme.
func (b *oralMaker) whatSource(t *themes.ThemeReport, _ jointView) (OralQuestion, bool) {
	for i := range b.Figures.Figures {
		f := &b.Figures.Figures[i]
		if !f.Unsourced || f.What == "" || !slices.Contains(f.Themes, t.Name) || !b.attributable(f.Member) {
			continue
		}
		q := b.quotes[fmt.Sprintf("%s.%d", f.Passage, t.Number)]
		if q == nil || q.Withheld || b.speaker(q) == "" || !strings.Contains(f.Value, "per cent") && !strings.Contains(f.Value, "%") {
			continue
		}
		return OralQuestion{"Where does the figure of " + curly(oneLine(f.Value)) + " come from?", "no source",
			[]Run{{Text: capital(b.speaker(q)) + " gives it without a source: do not rely on it."}}}, true
	}
	return OralQuestion{}, false
}

// oneText asks about text that several members sent, where it changes how many texts stand behind a side.
func (b *oralMaker) oneText(t *themes.ThemeReport, v jointView) (OralQuestion, bool) {
	responses, texts := 0, 0
	for _, r := range t.Joint.Shared.Rows {
		if r.Texts < r.Responses {
			responses, texts = responses+r.Responses, texts+r.Texts
		}
	}
	if responses == 0 || v.took == 0 {
		return OralQuestion{}, false
	}
	return OralQuestion{"How much of this is one text that members passed round?", "shared text",
		[]Run{{Text: fmt.Sprintf("Behind %s %s %s; with a shared text counted once the outcome is: %s.", plural(responses, "position", "positions"), choose(texts, "stands", "stand"),
			plural(texts, "text", "texts"), strings.ToLower(string(t.Joint.Shared.OutcomeApart)))}}}, true
}
