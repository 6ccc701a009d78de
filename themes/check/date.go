package check

import (
	"context"
	"fmt"
	"strings"

	"collate/index/extract"
	"collate/themes"
	"collate/themes/claim"
)

// A knownDate is a date of the record that something is promised or asked for.
type knownDate struct {
	day   string // normalised
	said  *themes.ListedDate
	thing thing
}

// surelyDated is how many telling words a draft and the record must share before a date of one is held against the other, and the share of
// them. Most sentences with dates speak of different things, and a check that cries at each is not read.
const surelyDated = 4

// dates compares what a draft says is to happen at a date with what the record says of it. It is quiet where they do not plainly speak of
// one thing.
func dates(ctx context.Context, r *Record, d *Draft) ([]Finding, error) {
	list, err := r.Analysis.Dates(ctx)
	if err != nil {
		return nil, err
	}
	var known []knownDate
	for i := range list.Dates {
		for k := range list.Dates[i].Said {
			s := &list.Dates[i].Said[k]
			if s.Promised == "" && s.Asked == "" {
				continue
			}
			known = append(known, knownDate{list.Dates[i].Date, s, thingOf(s.Promised, s.Asked)})
		}
	}
	var out []Finding
	err = eachOwn(ctx, d, func(b *extract.Block, text string, quoted func(Span) bool) {
		for _, x := range claim.Read(text, claim.Context{}).Dates {
			if quoted(x.Span) {
				continue
			}
			if f, ok := judgeDate(sentenceAt(text, x.Start), &x, known); ok {
				f.Span = Span{Start: b.Start + x.Start, End: b.Start + x.End}
				out = append(out, f)
			}
		}
	})
	return out, err
}

// judgeDate is false where the record says nothing of the same thing.
func judgeDate(sentence string, d *claim.Date, known []knownDate) (Finding, bool) {
	what := thingOf(sentence)
	var other *knownDate
	best := 0.
	for i := range known {
		k := &known[i]
		shared, of := what.likeness(k.thing)
		if shared < surelyDated || of < surelySame {
			continue
		}
		if sameDate(d.Normalised, k.day) {
			return Finding{Kind: RightDate, Severity: Fine, Why: "The record has this date: " + k.told(), Source: k.source(), Members: []string{k.said.Member}}, true
		}
		if score := of + float64(shared)/100; score > best {
			other, best = k, score
		}
	}
	if other == nil {
		return Finding{}, false
	}
	f := Finding{Kind: WrongDate, Severity: LookAt, Why: "For what seems the same thing the record has another date: " + other.told(), Right: other.said.Words, Source: other.source(), Members: []string{other.said.Member}}
	if d.Kind == claim.Commitment && other.said.Kind == string(claim.Commitment) {
		f.Severity = Wrong
	}
	return f, true
}

// sameDate reports whether one date is the other or lies in it: "2025-12" in "2025".
func sameDate(a, b string) bool {
	from := func(d string) (string, string) {
		if first, last, ok := strings.Cut(d, "/"); ok {
			return first, last
		}
		return d, d
	}
	aFrom, aTo := from(a)
	bFrom, bTo := from(b)
	n, m := min(len(aFrom), len(bTo)), min(len(bFrom), len(aTo))
	return aFrom[:n] <= bTo[:n] && bFrom[:m] <= aTo[:m]
}

func (k *knownDate) told() string {
	return fmt.Sprintf("%s, %s in %s%s.", k.said.Words, k.said.Member, k.said.Document, place(k.said.Place))
}

func (k *knownDate) source() *Source {
	return &Source{Passage: k.said.Passage, Member: k.said.Member, Document: k.said.Document, Place: k.said.Place}
}
