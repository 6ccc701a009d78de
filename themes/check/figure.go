package check

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"collate/index"
	"collate/index/extract"
	"collate/themes/claim"
	"collate/themes/counted"
)

// A knownFigure is a figure of the record with where it stands.
type knownFigure struct {
	number float64
	unit   string
	value  string // as it stands there
	when   string
	source string // who the passage says it is from, or ""
	thing  thing
	from   Source
	member bool // a member gives it; false for the document that they answer
}

// A draftFigure is a figure of a draft with the paragraph that it stands in.
type draftFigure struct {
	claim.Figure
	block *extract.Block
	text  string
	what  thing
}

// figures compares the figures of a draft with those of the record.
func figures(ctx context.Context, r *Record, d *Draft) ([]Finding, error) {
	members := newCountJudge(r.Report, r.Analysis.Codebook)
	var all []draftFigure
	var texts []string
	err := eachOwn(ctx, d, func(b *extract.Block, text string, quoted func(Span) bool) {
		tallies := counted.Read(text, members.words)
		for _, f := range claim.Read(text, claim.Context{}).Figures {
			ofMembers := slices.ContainsFunc(tallies, func(s counted.Statement) bool { return s.Start < f.End && f.Start < s.End })
			if quoted(f.Span) || ofMembers {
				continue
			}
			all = append(all, draftFigure{f, b, text, measured(text, &f)})
			texts = append(texts, sentenceAt(text, f.Start))
		}
	})
	if err != nil {
		return nil, err
	}
	near := r.nearest(texts)
	c := &claimed{r: r, read: map[int]claim.Reading{}}
	var out []Finding
	for i := range all {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f := &all[i]
		x, ok := r.ownFigure(f.text, &f.Figure)
		if !ok {
			x = judgeFigure(f, c.figures(near[i]))
		}
		x.Span = Span{Start: f.block.Start + f.Start, End: f.block.Start + f.End}
		out = append(out, x)
	}
	return out, nil
}

// measured is what a figure measures; where its own words say little, the rest of its sentence.
func measured(text string, f *claim.Figure) thing {
	what := thingOf(text[f.What.Start:f.What.End], f.Column, countedIn(f.Unit))
	if len(what) < 2 {
		return thingOf(sentenceAt(text, f.Start), countedIn(f.Unit))
	}
	return what
}

// figures are those of some passages: of members, and of what they answer.
func (c *claimed) figures(passages []int) []knownFigure {
	var out []knownFigure
	for _, p := range passages {
		text := c.r.Sources.Passages[p].Words()
		for _, f := range c.reading(p).Figures {
			out = append(out, knownFigure{number: f.Number, unit: f.Unit, value: cut(text, f.Span), when: cut(text, f.When), source: strings.Trim(cut(text, f.Source), "() "),
				thing: measured(text, &f), from: c.source(p), member: c.r.Sources.Passages[p].Speaker >= 0})
		}
	}
	return out
}

// ownFigure is about a figure of the consultation itself: how much was read, the words of its scale, its rule of consensus. False for others.
func (r *Record) ownFigure(text string, f *claim.Figure) (Finding, bool) {
	fine := func(what string) (Finding, bool) {
		return Finding{Kind: RightFigure, Severity: Fine, Why: "The record has it: " + what}, true
	}
	c := r.Report.Counts
	for unit, n := range map[string]int{"passages": c.Passages, "themes": len(r.Report.Themes), "submissions": c.Submissions, "members": c.Members} {
		if f.Unit == unit && f.Number == float64(n) {
			return fine(fmt.Sprintf("%d %s.", n, unit))
		}
	}
	if f.Unit != "%" && f.Unit != "share" {
		return Finding{}, false
	}
	after := text[f.End:]
	bound, words := f.Unit == "share", 0
	for _, q := range r.Report.Scale {
		bound = bound || f.Number == float64(q.From)
		if strings.Contains(strings.ToLower(text), strings.ToLower(q.Word)) {
			words++
		}
	}
	if bound && words > 2 { // a paragraph that prints the scale
		return fine("the scale of words is " + r.Report.Scale.String() + " per cent.")
	}
	rule := r.Report.Rule
	if (f.Number == float64(rule.Share) || f.Number == float64(rule.Stated) || f.Number == float64(rule.Conditions)) && (strings.HasPrefix(after, " of the members") || strings.HasPrefix(after, " of those")) {
		return fine(rule.String())
	}
	return Finding{}, false
}

// countedIn is a unit where it tells what is counted.
func countedIn(unit string) string {
	if kindOf(unit) == unit {
		return unit
	}
	return ""
}

// kindOf joins the units that can be compared: per cents with shares.
func kindOf(unit string) string {
	switch unit {
	case "%", "share":
		return "share"
	case "£", "$", "€":
		return "money" + unit
	}
	return unit
}

// alikeUnits reports whether two figures can be compared.
func alikeUnits(a, b string) bool {
	if kindOf(a) == kindOf(b) {
		return true
	}
	if kindOf(a) != a || kindOf(b) != b {
		return false
	}
	shared, _ := thingOf(a).likeness(thingOf(b))
	return shared > 0
}

// in is a figure's value, shares as per cents.
func in(number float64, unit string) float64 {
	if unit == "share" {
		return number * 100
	}
	return number
}

// sameThing and surelySame are the share of telling words from which two figures may be, and must be, of one thing; the second needs at
// least surelyShared of them.
const (
	sameThing    = .5
	surelySame   = .75
	surelyShared = 3
)

// judgeFigure compares a figure of a draft with figures of the record.
func judgeFigure(f *draftFigure, known []knownFigure) Finding {
	value := in(f.Number, f.Unit)
	var same, other *knownFigure
	best, nearest := 0., 0.
	elsewhere := 0
	for i := range known {
		k := &known[i]
		if !alikeUnits(f.Unit, k.unit) {
			continue
		}
		shared, of := f.what.likeness(k.thing)
		equal := math.Abs(in(k.number, k.unit)-value) <= math.Abs(value)*1e-6+1e-9
		score := of + float64(shared)/100
		switch {
		case equal && (of >= sameThing && shared >= 1) && score > best:
			same, best = k, score
		case equal:
			elsewhere++
		case of >= surelySame && shared >= surelyShared && score > nearest:
			other, nearest = k, score
		}
	}
	switch {
	case same != nil:
		return Finding{Kind: RightFigure, Severity: Fine, Why: "The record has this figure: " + same.told(), Source: &same.from, Members: same.members()}
	case other != nil:
		return otherFigure(cut(f.text, f.When), other)
	case elsewhere > 0:
		return Finding{Kind: Unsupported, Severity: LookAt, Why: "The record has this number, of something that is told in other words. See that it is the same thing, and give the source."}
	}
	return Finding{Kind: Unsupported, Severity: LookAt, Why: "No figure of the record supports this. Give its source, or leave it out."}
}

// otherFigure is about a figure for which the record has another value. Where the two tell of different times, or it is not a member's
// alone, a person has to look.
func otherFigure(when string, k *knownFigure) Finding {
	f := Finding{Kind: WrongNumber, Severity: Wrong, Why: "For what seems the same thing the record has another value: " + k.told(), Right: k.value, Source: &k.from, Members: k.members()}
	if when != k.when && when != "" && k.when != "" {
		f.Kind, f.Severity, f.Right = Unsupported, LookAt, ""
		f.Why = "The record has another value, of another time: " + k.told()
	}
	return f
}

func (k *knownFigure) members() []string {
	if !k.member {
		return nil
	}
	return []string{k.from.Member}
}

// told says where a figure stands and who it is said to be from.
func (k *knownFigure) told() string {
	out := fmt.Sprintf("%s, %s in %s%s", k.value, k.from.Member, k.from.Document, place(k.from.Place))
	if k.source != "" {
		return out + ", which gives as its source " + shortened(k.source) + "."
	}
	return out + ", with no source beside it."
}

// sentenceAt is the sentence that a byte lies in.
func sentenceAt(text string, at int) string {
	for _, s := range index.Sentences(text) {
		if at >= s.Start && at < s.End {
			return text[s.Start:s.End]
		}
	}
	return text
}
