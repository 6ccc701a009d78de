// Package check judges a draft against the record: its quotations and who is said to have said them here, and by the same shape its counts,
// figures, dates, personal data and form.
//
// It decides nothing and changes nothing. Start at [Open], which reads a consultation once, and [Record.Check], which judges one draft. A
// finding never says more of a confidential passage than the draft says itself.
package check

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"collate/index"
	"collate/index/extract"
	"collate/themes"
	"collate/themes/quotation"
)

// A Draft is a text that is to be judged.
type Draft struct {
	Name     string            // the file's, without folders
	Data     []byte            // the file, for what is not in its text
	Document *extract.Document // as it was read; Spans are of its Text
	Styles   []Style           // one a block of Document; empty where the format does not tell
}

// A Style is what a format says of a block beside its words.
type Style struct {
	Quote bool // it is set as a block quotation
}

// A Span is a byte range of the draft's text.
type Span = index.Span

// Words are the draft's words at a span.
func (d *Draft) Words(at Span) string { return d.Document.Text[at.Start:at.End] }

// Block is the number of the block that a byte of the text lies in, the one before it where it lies between two; -1 where there is none.
func (d *Draft) Block(at int) int {
	i, _ := slices.BinarySearchFunc(d.Document.Blocks, at, func(b extract.Block, at int) int {
		if b.Start <= at {
			return -1
		}
		return 1
	})
	return i - 1
}

// Place says where a byte of the text stands, in a reader's words.
func (d *Draft) Place(at int) string {
	if i := d.Block(at); i >= 0 {
		return index.PlaceText(d.Document.Blocks[i].Place)
	}
	return ""
}

// Severity is how much a finding matters.
type Severity string

// The severities, from the gravest.
const (
	Wrong  Severity = "wrong"   // it must not go out so
	LookAt Severity = "look at" // a person has to judge it
	Fine   Severity = "fine"    // it was judged and stands
)

// rank orders severities, the gravest first.
func (s Severity) rank() int { return slices.Index([]Severity{Wrong, LookAt, Fine}, s) }

// Kind says what a finding is about, in the words that a reader sees.
type Kind string

// The kinds that the judges of this package find. Those of quotations are named as [quotation.Verdict] is.
const (
	Verbatim     = Kind(quotation.Verbatim)
	Typographic  = Kind(quotation.Typographic)
	Elision      = Kind(quotation.Elided)
	Bracketed    = Kind(quotation.Bracketed)
	Altered      = Kind(quotation.Altered)
	Spliced      = Kind(quotation.Spliced)
	NotFound     = Kind(quotation.NotFound)
	OutOfContext = Kind("out of context") // verbatim, and the words around it turn its sense
	WrongSpeaker = Kind("wrong speaker")
	Unclosed     = Kind("unclosed quotation")
	Confidential = Kind("confidential")
	Uncounted    = Kind("superseded") // verbatim, in a version that does not count any more
	WrongNumber  = Kind("wrong number")
	WrongWord    = Kind("wrong word")
	Unconfirmed  = Kind("not confirmed")
	CannotTell   = Kind("cannot tell")
	RightNumber  = Kind("right number")
	RightFigure  = Kind("right figure")
	RightDate    = Kind("right date")
	Unsupported  = Kind("unsupported")
	WrongDate    = Kind("wrong date")
	PersonalData = Kind("personal data")
	Form         = Kind("form")
)

// A Finding is one thing that was judged, with the place and the reason.
type Finding struct {
	Span
	Quotation bool     `json:"quotation,omitempty"` // it is about a quotation: there is one such finding for each
	Kind      Kind     `json:"kind"`
	Severity  Severity `json:"severity"`
	Place     string   `json:"place"`           // "page 2, para 14"; "" for the whole draft
	Words     string   `json:"words"`           // the draft's own, shortened where they are long
	Why       string   `json:"why"`             // one or two plain sentences
	Right     string   `json:"right,omitempty"` // what it should say, where that is known and may be shown
	Members   []string `json:"members,omitempty"`

	Changes []Change `json:"changes,omitempty"` // of an altered quotation, word by word
	Source  *Source  `json:"source,omitempty"`  // the passage that it is from, or the nearest
}

// A Change is one difference between a quotation and its source.
type Change struct {
	Class  string `json:"class"` // "negation", "number", ...
	Source string `json:"source"`
	Draft  string `json:"draft"`
	Before string `json:"before"` // the words they have in common before it
	After  string `json:"after"`
}

// A Source is a passage of the record, as it may be shown.
type Source struct {
	Passage  string `json:"passage"`
	Member   string `json:"member"` // its label
	Document string `json:"document"`
	Place    string `json:"place"`
	Words    string `json:"words,omitempty"` // "" where they are withheld
}

// A Report is what was found in one draft, in the order of its text; what is about the whole draft comes first.
type Report struct {
	Draft        string    `json:"draft"`
	Consultation string    `json:"consultation"`
	Asof         string    `json:"asof"`
	Words        int       `json:"words"`
	Quotations   int       `json:"quotations"`
	Wrong        int       `json:"wrong"`
	LookAt       int       `json:"look_at"`
	Fine         int       `json:"fine"`
	Findings     []Finding `json:"findings"`
	Notes        []string  `json:"notes"` // what a reader must know of how the draft was read
}

// A Judge looks at a draft for one kind of thing. Its findings need not be sorted; where Place or Words is empty they are filled in from the
// span. It must not show what [Record.Report] and [Record.Sources] do not show.
type Judge func(ctx context.Context, r *Record, d *Draft) ([]Finding, error)

// judges are all that look at a draft.
var judges = []Judge{quotations, counts, figures, dates, personalData, form}

// A Record is a consultation as drafts are judged against it. It is read once, never changes, and may be shared.
type Record struct {
	Analysis *themes.Analysis
	Report   *themes.Report // what may be shown
	Sources  *themes.Sources
	corpus   *quotation.Corpus // of Sources.Passages, one text each
	closed   *quotation.Corpus // of those that are confidential
	speakers *quotation.Speakers
}

// Open reads a consultation for judging drafts.
func Open(ctx context.Context, a *themes.Analysis) (*Record, error) {
	report, err := a.Standings(ctx)
	if err != nil {
		return nil, err
	}
	sources, err := a.Sources(ctx)
	if err != nil {
		return nil, err
	}
	r := &Record{Analysis: a, Report: report, Sources: sources}
	r.index()
	return r, nil
}

// maxWords bounds the draft's words that a finding repeats.
const maxWords = 600

// Check judges a draft.
func (r *Record) Check(ctx context.Context, d *Draft) (*Report, error) {
	out := &Report{Draft: d.Name, Consultation: r.Report.Title, Asof: r.Report.Asof, Words: extract.Words(d.Document.Text), Findings: []Finding{}, Notes: []string{}}
	for _, judge := range judges {
		found, err := judge(ctx, r, d)
		if err != nil {
			return nil, err
		}
		out.Findings = append(out.Findings, found...)
	}
	for i := range out.Findings {
		out.Findings[i].complete(d)
	}
	slices.SortStableFunc(out.Findings, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.Severity.rank(), y.Severity.rank()), cmp.Compare(x.Kind, y.Kind))
	})
	for _, f := range out.Findings {
		if f.Quotation {
			out.Quotations++
		}
		switch f.Severity {
		case Wrong:
			out.Wrong++
		case LookAt:
			out.LookAt++
		default:
			out.Fine++
		}
	}
	for _, w := range d.Document.Warnings {
		out.Notes = append(out.Notes, strings.TrimSpace(w.Where+" "+w.What))
	}
	return out, nil
}

// complete fills in what the span says.
func (f *Finding) complete(d *Draft) {
	if f.End <= f.Start {
		return
	}
	f.Place = cmp.Or(f.Place, d.Place(f.Start))
	f.Words = cmp.Or(f.Words, shortened(d.Words(f.Span)))
}

// shortened is text on one line, cut in the middle where it is long.
func shortened(text string) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) <= maxWords {
		return string(r)
	}
	return string(r[:maxWords/2]) + " … " + string(r[len(r)-maxWords/2:])
}
