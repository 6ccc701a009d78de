package themes

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"collate/index"
)

// Search finds passages; beyond what the record knows, theme:, stance: and checked: can be asked for. At most limit are returned, all
// when it is negative.
func (a *Analysis) Search(ctx context.Context, query string, limit int) (*index.Answer, error) {
	x, err := a.Searcher(ctx)
	if err != nil {
		return nil, err
	}
	return x.Search(ctx, query, index.SearchOptions{Limit: limit})
}

// Search finds the passages that answer a query, widened by the consultation's synonyms; the notes of the answer say to what. The error
// of one that cannot be understood is an [*index.QueryError].
func (x *Searcher) Search(ctx context.Context, query string, opt index.SearchOptions) (*index.Answer, error) {
	q, err := index.ParseQuery(query)
	if err != nil {
		return nil, err
	}
	widened, expansions := q.WithSynonyms(x.synonyms)
	opt.Written, opt.Synonyms = q, x.synonyms
	for _, e := range expansions {
		opt.Notes = append(opt.Notes, fmt.Sprintf("“%s” finds as well: %s. For itself alone write =\"%[1]s\".", e.Words, strings.Join(e.To, "; ")))
	}
	return x.Answer(ctx, widened, opt)
}

// Answer is [Searcher.Search] for a query that is parsed, and widened where it is to be.
func (x *Searcher) Answer(ctx context.Context, q *index.Query, opt index.SearchOptions) (*index.Answer, error) {
	opt.Columns = slices.Concat(x.columns, opt.Columns)
	return x.a.Consultation.Search(ctx, x.Snapshot, q, opt)
}

// Similar finds the passages most like one, those of its own document only when own is set.
func (x *Searcher) Similar(ctx context.Context, passage string, own bool, opt index.SearchOptions) (*index.Answer, error) {
	opt.Columns = slices.Concat(x.columns, opt.Columns)
	return x.a.Consultation.Similar(ctx, x.Snapshot, passage, own, opt)
}

// columns are the fields that codings answer.
func (a *Analysis) columns(s *index.Snapshot, state *codings) []*index.Column {
	var ids, names, stances, labels []string
	for _, t := range a.Codebook.Themes {
		ids, names = append(ids, t.ID), append(names, t.Title())
	}
	for _, st := range Stances {
		if st != Silent { // no passage has it
			stances, labels = append(stances, string(st)), append(labels, st.Label())
		}
	}
	coded := make([]*Coding, 0, len(s.Passages)*len(ids)) // passage by passage, nil where there is none
	for _, p := range s.Passages {
		for _, id := range ids {
			coded = append(coded, state.passages[codingKey{p.ID, id}])
		}
	}
	of := func(at int) []*Coding {
		if at >= len(s.Passages) {
			return nil
		}
		return coded[at*len(ids) : (at+1)*len(ids)]
	}
	theme := index.NewColumn(s, "theme", ids, func(at int, _ *index.Passage, add func(string)) {
		for i, c := range of(at) {
			if c != nil && c.Tagged {
				add(ids[i])
			}
		}
	}, a.matchTheme)
	stance := index.NewColumn(s, "stance", stances, func(at int, _ *index.Passage, add func(string)) {
		var has []Stance
		for _, c := range of(at) {
			if c != nil && c.Tagged && !slices.Contains(has, c.Stance) {
				has = append(has, c.Stance)
				add(string(c.Stance))
			}
		}
	}, nil)
	checked := index.NewColumn(s, "checked", []string{"yes", "no"}, func(at int, _ *index.Passage, add func(string)) {
		switch {
		case at >= len(s.Passages):
		case slices.ContainsFunc(of(at), func(c *Coding) bool { return c != nil && (c.Confirmed || c.StanceConfirmed) }):
			add("yes")
		default:
			add("no")
		}
	}, matchChecked)
	theme.Labels, stance.Labels, checked.Labels = names, labels, []string{"Checked by a person", "Not checked"}
	return []*index.Column{theme, stance, checked}
}

// matchTheme: a theme is meant by its id or its name.
func (a *Analysis) matchTheme(f index.Field) (func(string) bool, error) {
	for _, t := range a.Codebook.Themes {
		if strings.EqualFold(t.ID, f.Value) || strings.EqualFold(t.Name, f.Value) {
			return func(id string) bool { return id == t.ID }, nil
		}
	}
	message := "There is no such theme. The themes are " + a.themeIDs() + "."
	for _, t := range a.Codebook.Themes {
		if index.Alike(t.ID+" "+t.Name, f.Value) {
			message = "There is no such theme. Did you mean theme:" + t.ID + "? The themes are " + a.themeIDs() + "."
			break
		}
	}
	return nil, &index.QueryError{Query: "theme:" + f.Value, At: len("theme:"), Message: message}
}

// matchChecked: yes or no.
func matchChecked(f index.Field) (func(string) bool, error) {
	yes, ok := f.Yes()
	if !ok {
		return nil, &index.QueryError{Query: "checked:" + f.Value, At: len("checked:"), Message: "checked: is yes or no, as in checked:yes."}
	}
	return func(v string) bool { return yes == (v == "yes") }, nil
}

// Results are what a search found, as an export may show it: members that are not to be named are described, and confidential words
// are counted and not there.
type Results struct {
	Title      string // the consultation
	Query      string // as it was understood
	Day        string // of the search, "24 November 2026"
	Tool       string
	Notes      []string
	Members    int // with at least one passage found
	Answered   int // members with at least one passage that counts
	Passages   int // found in all; Quotes may be fewer
	Referred   int // found in the documents that the members answer
	Withheld   int // of Quotes, those without their words
	Order      string
	Quotes     []Quote // one a passage, in the order of the answer; Theme names every theme with its stance
	References []Quote // of the documents that the members answer; counted nowhere
}

// Results makes an answer of this searcher fit to be shown outside. Order is the one that was asked for.
func (x *Searcher) Results(a *index.Answer, order index.Order) *Results {
	b := &builder{Analysis: x.a, s: x.Snapshot, state: x.state, disclosure: disclose(x.Snapshot)}
	r := &Results{Title: b.safe(x.title), Query: b.plainMembers(a.Query), Day: x.a.opt.Now().Format("2 January 2006"), Tool: x.a.opt.Tool,
		Members: a.Members, Answered: a.Answered, Passages: a.Passages, Referred: a.ReferencePassages, Order: string(cmp.Or(order, index.ByRelevance))}
	for _, n := range a.Notes {
		r.Notes = append(r.Notes, b.safe(n))
	}
	for _, f := range a.Found {
		q := b.result(&f)
		if q.Withheld {
			r.Withheld++
		}
		r.Quotes = append(r.Quotes, q)
	}
	b.unnamedLast(r.Quotes, a.Found, order)
	for _, f := range a.References {
		q := b.result(&f)
		q.Member, q.Document, q.Consent = "", f.Name, ""
		r.References = append(r.References, q)
	}
	return r
}

// result is one passage of an answer as it may be shown, by the rules that quotes have.
func (b *builder) result(f *index.Found) Quote {
	p := f.Passage
	sub := b.s.Submission(p)
	q := Quote{Ref: p.ID, Passage: p.ID, Member: b.label(sub.Member), Document: b.document(sub), Question: p.Question, Consent: string(index.Stricter(b.s.Consent(p), b.strict[sub.Member])), Origin: "suggested"}
	var on []string
	for i := range b.Codebook.Themes {
		t := &b.Codebook.Themes[i]
		c := b.state.passages[codingKey{p.ID, t.ID}]
		if c == nil || !c.Tagged {
			continue
		}
		how := "suggested"
		if c.Confirmed || c.StanceConfirmed {
			how = "checked"
		}
		on = append(on, t.Title()+" ("+c.Stance.Label()+", "+how+")")
	}
	q.Theme = strings.Join(on, "; ")
	if why := b.withheldPassage(p); why != "" {
		if b.inConfidence(p) {
			q.Member, q.Document = confidentialPassage, "(document withheld)"
		}
		q.Withheld, q.Because = true, why
		return q
	}
	q.Place, q.Heading, q.Words = b.safe(f.Place), b.safe(headings(p.Place.Headings)), f.Words
	if m := b.s.Member(sub.Member); m != nil && b.named(sub.Member) {
		q.Type = m.Type
	}
	for _, m := range f.Marks {
		q.Marks = append(q.Marks, Span{m.Start, m.End})
	}
	return q
}

// unnamedLast puts what came from members that are not to be named behind the rest of those that the order holds for equals, sorted by what
// they are called: equals stand by the names of their documents, and a place among those would tell the name.
func (b *builder) unnamedLast(quotes []Quote, found []index.Found, order index.Order) {
	equals := func(i, j int) bool {
		switch order {
		case index.ByQuestion:
			return found[i].Passage.Question == found[j].Passage.Question
		case index.ByMember, index.ByDocument:
			return true
		}
		return found[i].Score == found[j].Score
	}
	kind := func(q *Quote) (int, string) {
		switch {
		case q.Member == confidentialPassage:
			return 2, q.Ref
		case b.unnamed[q.Member]:
			return 1, q.Member
		}
		return 0, ""
	}
	for from := 0; from < len(quotes); {
		to := from + 1
		for to < len(quotes) && equals(from, to) {
			to++
		}
		slices.SortStableFunc(quotes[from:to], func(x, y Quote) int {
			xKind, xName := kind(&x)
			yKind, yName := kind(&y)
			return cmp.Or(cmp.Compare(xKind, yKind), cmp.Compare(xName, yName))
		})
		from = to
	}
}
