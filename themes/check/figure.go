package check

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"collate/index"
	"collate/index/extract"
	"collate/themes"
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

// figures compares the figures of a draft with those of the record.
func figures(ctx context.Context, r *Record, d *Draft) ([]Finding, error) {
	known, err := r.figures(ctx)
	if err != nil {
		return nil, err
	}
	members := newCountJudge(r.Report, r.Analysis.Codebook)
	var out []Finding
	err = eachOwn(ctx, d, func(b *extract.Block, text string, quoted func(Span) bool) {
		tallies := counted.Read(text, members.words)
		for _, f := range claim.Read(text, claim.Context{}).Figures {
			ofMembers := slices.ContainsFunc(tallies, func(s counted.Statement) bool { return s.Start < f.End && f.Start < s.End })
			if quoted(f.Span) || ofMembers {
				continue
			}
			x := judgeFigure(text, &f, known)
			x.Span = Span{Start: b.Start + f.Start, End: b.Start + f.End}
			out = append(out, x)
		}
	})
	return out, err
}

// figures are those of the record that may be shown: those that members give, and those of what they answer.
func (r *Record) figures(ctx context.Context) ([]knownFigure, error) {
	list, err := r.Analysis.Figures(ctx)
	if err != nil {
		return nil, err
	}
	var out []knownFigure
	for _, f := range list.Figures {
		x := knownFigure{number: f.Number, unit: f.Unit, value: f.Value, when: f.When, source: f.Source, thing: thingOf(f.What, f.Column, countedIn(f.Unit)), member: true,
			from: Source{Passage: f.Passage, Member: f.Member, Document: f.Document, Place: f.Place}}
		if x.source == "" && f.Reference != nil {
			x.source = f.Reference.Words
		}
		out = append(out, x)
	}
	for i := range r.Sources.Passages {
		p := &r.Sources.Passages[i]
		if p.Standing != themes.Asked || p.Speaker >= 0 || p.Withheld != "" {
			continue
		}
		text := p.Words()
		for _, f := range claim.Read(text, claim.Context{}).Figures {
			cut := func(s index.Span) string { return strings.Join(strings.Fields(text[s.Start:s.End]), " ") }
			out = append(out, knownFigure{number: f.Number, unit: f.Unit, value: cut(f.Span), when: cut(f.When), source: cut(f.Source), thing: thingOf(cut(f.What), f.Column, countedIn(f.Unit)),
				from: Source{Passage: p.Passage, Member: p.Member, Document: p.Document, Place: p.Place}})
		}
	}
	return out, nil
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

// judgeFigure compares a figure of a draft with the record's.
func judgeFigure(text string, f *claim.Figure, known []knownFigure) Finding {
	cut := func(s index.Span) string { return text[s.Start:s.End] }
	what := thingOf(cut(f.What), f.Column, countedIn(f.Unit))
	if len(what) < 2 { // what it measures stands in the rest of its sentence
		what = thingOf(sentenceAt(text, f.Start), countedIn(f.Unit))
	}
	value := in(f.Number, f.Unit)
	var same, other *knownFigure
	best, nearest := 0., 0.
	elsewhere := 0
	for i := range known {
		k := &known[i]
		if !alikeUnits(f.Unit, k.unit) {
			continue
		}
		shared, of := what.likeness(k.thing)
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
		return otherFigure(cut(f.When), other)
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
		return out + ", which gives as its source: " + shortened(k.source) + "."
	}
	return out + ", which gives no source."
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
