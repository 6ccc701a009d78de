package export

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// writeAsks writes a row per ask: as one member puts it, and who else asks the same in what words.
func writeAsks(b *book) error {
	s := b.styles
	p := b.open(layout{
		sheet: "Asks", table: "AsksTable", frozen: 1, paper: a3,
		title: "Asks: what members ask for, of whom, and by when",
		help: "Found by rules: read each before you count on it. The same ask of several members is one row, where they ask it of the same body with the same verb, things and numbers; all words are the members' own." +
			notListed(b.r.Asks.Withheld),
		columns: []column{{"Who is asked", 26, s.strong}, {"What is asked", 62, s.text}, {"By when", 21, s.text}, {"Members", 11.5, s.number}, {"Who asks", 36, s.text},
			{"Themes", 30, s.text}, {"Where it stands", 50, s.text}, {"Quote", 19, s.link}, {"Why it is an ask", 22, s.text}},
	})
	n := 0
	for i := range b.r.Asks.Actors {
		actor := &b.r.Asks.Actors[i]
		for _, m := range actor.Merged {
			p.add(b.askRow(actor, m)...)
			n++
		}
	}
	if n == 0 {
		p.add("nobody", "No ask was found.", nil, nil, nil, nil, nil, nil, nil)
	}
	return p.close()
}

func (b *book) askRow(actor *themes.AskActor, m themes.MergedAsk) []any {
	var asks []themes.ListedAsk
	for _, i := range m.Asks {
		asks = append(asks, actor.Asks[i])
	}
	who := actor.Actor
	if who == "" {
		who = "nobody by name"
	}
	var members, places, reasons, refs []string
	for i := range asks {
		members, refs = append(members, asks[i].Member), append(refs, asks[i].Ref)
		reasons = append(reasons, "because: "+asks[i].Because)
		places = append(places, placed(&asks[i].ClaimPlace, len(asks) > 1))
	}
	return []any{who, asked(actor.Actor, asks), deadlines(asks), m.Members, strings.Join(once(members), "\n"), strings.Join(m.Themes, "; "), strings.Join(places, "\n"), b.firstOf(refs), strings.Join(once(reasons), "\n")}
}

// asked is what is asked as the first member puts it, and each other wording with whose it is.
func asked(actor string, asks []themes.ListedAsk) string {
	words := func(x *themes.ListedAsk) string {
		if actor == "" {
			return x.Words // it says what it is about
		}
		return x.Action
	}
	out := []string{words(&asks[0])}
	for i := range asks[1:] {
		if x := &asks[i+1]; words(x) != out[0] {
			out = append(out, fmt.Sprintf("%s: %s", x.Member, words(x)))
		}
	}
	return strings.Join(once(out), "\n")
}

// deadlines are the days that are named: whose they are where not all name the same.
func deadlines(asks []themes.ListedAsk) string {
	var named, whose []string
	for i := range asks {
		if asks[i].Deadline != "" {
			named, whose = append(named, asks[i].Deadline), append(whose, fmt.Sprintf("%s: %s", asks[i].Member, asks[i].Deadline))
		}
	}
	if len(once(named)) <= 1 && len(named) == len(asks) {
		return strings.Join(once(named), "")
	}
	return strings.Join(once(whose), "\n")
}

// placed is where a claim stands.
func placed(at *themes.ClaimPlace, named bool) string {
	out := at.Document
	if at.Place != "" {
		out += ", " + at.Place
	}
	if named {
		out = at.Member + ": " + out
	}
	return out
}

// firstOf links to the first of the refs that is on the Quotes sheet, or is empty.
func (b *book) firstOf(refs []string) any {
	i := slices.IndexFunc(refs, func(ref string) bool { return b.quoted[ref] })
	if i < 0 {
		return nil
	}
	return excelize.Cell{Value: refs[i], Formula: fmt.Sprintf("HYPERLINK(%s,%s)", toQuote(refs[i]), literal(refs[i]))}
}

// once is a list without what stands in it before.
func once(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// notListed says what a list leaves out, or "".
func notListed(n themes.ClaimsWithheld) string {
	if n.Passages == 0 {
		return ""
	}
	return fmt.Sprintf(" Not listed, because they may not be shown: those in %s of %s.", counts(n.Passages, "passage"), counts(n.Members, "member"))
}

// counts is a number with its noun.
func counts(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
