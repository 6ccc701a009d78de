package check

import (
	"context"
	"fmt"
	"strings"

	"collate/index/extract"
	"collate/themes/claim"
)

// A knownDate is a date of the record that something is promised or asked for.
type knownDate struct {
	day      string // normalised
	words    string
	promised bool // and not only asked
	thing    thing
	from     Source
}

// atLeastDated is how many telling words a draft and the record must share, beside a share of [surelySame] of them, before a date of one is
// held against the other, and surelyDated how many before it is called wrong. Most sentences with dates speak of different things, and a check
// that cries at each is not read.
const (
	atLeastDated = 3
	surelyDated  = 4
)

// dates compares what a draft says is to happen at a date with what the record says of it. It is quiet where they do not plainly speak of
// one thing.
func dates(ctx context.Context, r *Record, d *Draft) ([]Finding, error) {
	type draftDate struct {
		claim.Date
		from     int
		sentence string
	}
	var all []draftDate
	var texts []string
	err := eachOwn(ctx, d, func(b *extract.Block, text string, quoted func(Span) bool) {
		for _, x := range claim.Read(text, claim.Context{}).Dates {
			if !quoted(x.Span) {
				all = append(all, draftDate{x, b.Start, sentenceAt(text, x.Start)})
				texts = append(texts, sentenceAt(text, x.Start))
			}
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
		if f, ok := judgeDate(all[i].sentence, &all[i].Date, c.dates(near[i])); ok {
			f.Span = Span{Start: all[i].from + all[i].Start, End: all[i].from + all[i].End}
			out = append(out, f)
		}
	}
	return out, nil
}

// dates are those of some passages for which something is promised or asked.
func (c *claimed) dates(passages []int) []knownDate {
	var out []knownDate
	for _, p := range passages {
		text := c.r.Sources.Passages[p].Words()
		reading := c.reading(p)
		for _, d := range reading.Dates {
			what, promised := cut(text, d.Promised), d.Promised.End > d.Promised.Start
			for _, ask := range reading.Asks {
				if ask.Deadline.Start < d.End && d.Start < ask.Deadline.End {
					what += " " + cut(text, ask.Span)
				}
			}
			if strings.TrimSpace(what) != "" {
				out = append(out, knownDate{d.Normalised, cut(text, d.Span), promised, thingOf(what), c.source(p)})
			}
		}
	}
	return out
}

// judgeDate is false where the record says nothing of the same thing.
func judgeDate(sentence string, d *claim.Date, known []knownDate) (Finding, bool) {
	what := thingOf(sentence)
	var other *knownDate
	best, words := 0., 0
	for i := range known {
		k := &known[i]
		shared, of := what.likeness(k.thing)
		if shared < atLeastDated || of < surelySame {
			continue
		}
		if sameDate(d.Normalised, k.day) {
			return Finding{Kind: RightDate, Severity: Fine, Why: "The record has this date: " + k.told(), Source: &k.from, Members: []string{k.from.Member}}, true
		}
		if score := of + float64(shared)/100; score > best {
			other, best, words = k, score, shared
		}
	}
	if other == nil {
		return Finding{}, false
	}
	f := Finding{Kind: WrongDate, Severity: LookAt, Why: "For what seems the same thing the record has another date: " + other.told(), Right: other.words, Source: &other.from, Members: []string{other.from.Member}}
	if d.Kind == claim.Commitment && other.promised && words >= surelyDated {
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
	return fmt.Sprintf("%s, %s in %s%s.", k.words, k.from.Member, k.from.Document, place(k.from.Place))
}
