package themes

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"collate/index"
	"collate/themes/claim"
)

// A ClaimPlace is where a claim stands, as it may be shown to staff.
type ClaimPlace struct {
	Passage  string   `json:"passage"`
	Member   string   `json:"member"` // its label, see [MemberReport]
	Document string   `json:"document"`
	Place    string   `json:"place,omitempty"`
	Themes   []string `json:"themes"` // that the passage is tagged with, by name in the order of the codebook
	Ref      string   `json:"-"`      // the [Quote.Ref] of the passage under the first of them; "" where it has none
}

// ClaimsWithheld counts the passages whose claims are not listed because their words may not be shown.
type ClaimsWithheld struct {
	Members  int `json:"members"`
	Passages int `json:"passages"` // with a claim of the kind that is listed
}

// AskList is what members ask for, by who is to do it.
type AskList struct {
	Actors   []AskActor     `json:"actors"` // the one that most members ask first; those asked of nobody by name last
	Withheld ClaimsWithheld `json:"withheld"`
}

// An AskActor is one who is asked, with what is asked.
type AskActor struct {
	Actor   string      `json:"actor"` // "" where nobody is named
	Members int         `json:"members"`
	Asks    []ListedAsk `json:"asks"`   // by what is asked
	Merged  []MergedAsk `json:"merged"` // the same asks as one; those that most members make first
}

// A ListedAsk is one ask with its place. All but Because are words of the passage.
type ListedAsk struct {
	Words    string `json:"words"`
	Action   string `json:"action"`
	Deadline string `json:"deadline"`
	Because  string `json:"because"` // the word that asks
	ClaimPlace
}

// FigureList is the figures that members give.
type FigureList struct {
	Figures  []ListedFigure `json:"figures"` // in the order of members and places
	Withheld ClaimsWithheld `json:"withheld"`
}

// A ListedFigure is one figure with its place.
type ListedFigure struct {
	Value     string     `json:"value"`  // as it stands: "46 per cent"
	Number    float64    `json:"number"` // in its unit
	Unit      string     `json:"unit"`
	What      string     `json:"what"`
	Column    string     `json:"column,omitempty"` // of a table
	When      string     `json:"when"`
	Source    string     `json:"source"`              // as the passage gives it
	Reference *Reference `json:"reference,omitempty"` // the submission's own entry for the source
	Unsourced bool       `json:"unsourced"`           // neither a source nor a reference
	Disagrees int        `json:"disagrees,omitempty"` // figures of one number above 0 measure one thing in several submissions and are not the same
	ClaimPlace
}

// DateList is what members say of dates, as a timeline.
type DateList struct {
	Dates    []DateDay      `json:"dates"` // by date
	Withheld ClaimsWithheld `json:"withheld"`
}

// A DateDay is a date with what is said of it.
type DateDay struct {
	Date    string       `json:"date"` // normalised, see [claim.Date]
	Members int          `json:"members"`
	Said    []ListedDate `json:"said"`
}

// A ListedDate is one mention of a date. Kind is that of [claim.Date], or "asked" where the date is an ask's deadline.
type ListedDate struct {
	Words    string `json:"words"`
	Kind     string `json:"kind"`
	Promised string `json:"promised,omitempty"`
	By       string `json:"by,omitempty"`
	Asked    string `json:"asked,omitempty"` // what is to be done by then
	Sentence string `json:"sentence"`
	ClaimPlace
}

// MentionList is the organisations and laws that members name.
type MentionList struct {
	Names    []NamedBody    `json:"names"` // most members first, then most passages
	Withheld ClaimsWithheld `json:"withheld"`
}

// A NamedBody is an organisation or a law with how many name it.
type NamedBody struct {
	Name     string            `json:"name"`
	Kind     claim.MentionKind `json:"kind"`
	Members  int               `json:"members"`
	Passages int               `json:"passages"`
	Forms    []string          `json:"forms"` // how it is named, as it stands in the passages
}

// A passageClaims is a passage with its claims.
type passageClaims struct {
	p    *index.Passage
	text string
	claim.Reading
	at ClaimPlace
}

// cut is words of the passage in one line.
func (c *passageClaims) cut(s index.Span) string {
	return strings.Join(strings.Fields(c.text[s.Start:s.End]), " ")
}

// claimed reads the claims of all passages that count, once for all lists.
func (b *builder) claimed(ctx context.Context) ([]passageClaims, error) {
	if b.claims != nil {
		return b.claims, nil
	}
	r := NewClaimReader(b.s)
	all := make([]passageClaims, len(b.s.Passages))
	err := spread(ctx, len(all), func(i int) {
		p := b.s.Passages[i]
		all[i] = passageClaims{p: p, text: b.s.Text(p)}
		if p.Codable() {
			all[i].Reading = r.Read(p)
		}
	})
	if err != nil {
		return nil, err
	}
	b.claims = all
	return all, nil
}

// eachClaimed hands on the claims of the passages that may be shown, in the order of members and places. Of the others it only counts
// those of which has says that they hold a claim of the kind that is listed.
func (b *builder) eachClaimed(ctx context.Context, has func(*claim.Reading) bool, f func(*passageClaims)) (ClaimsWithheld, error) {
	all, err := b.claimed(ctx)
	if err != nil {
		return ClaimsWithheld{}, err
	}
	hidden, n := map[string]bool{}, ClaimsWithheld{}
	for i := range all {
		x := &all[i]
		switch {
		case !has(&x.Reading):
		case b.withheldPassage(x.p) != "":
			n.Passages++
			hidden[b.s.Submission(x.p).Member] = true
		default:
			x.at = b.claimPlace(x.p)
			f(x)
		}
	}
	n.Members = len(hidden)
	return n, nil
}

// claiming is a builder for lists of claims.
func (a *Analysis) claiming(ctx context.Context) (*builder, error) {
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	return &builder{Analysis: a.withoutRetired(), whole: a.Codebook, s: s, state: state.rolledUp(a.Codebook), disclosure: disclose(s)}, nil
}

func (b *builder) claimPlace(p *index.Passage) ClaimPlace {
	sub := b.s.Submission(p)
	at := ClaimPlace{Passage: p.ID, Member: b.label(sub.Member), Document: b.document(sub), Place: b.safe(index.PlaceText(p.Place)), Themes: []string{}}
	for i := range b.Codebook.Themes {
		t := &b.Codebook.Themes[i]
		if c := b.state.passages[codingKey{p.ID, t.ID}]; c != nil && c.Tagged {
			at.Themes = append(at.Themes, t.Name)
			at.Ref = cmp.Or(at.Ref, ref(p, t))
		}
	}
	return at
}

// Asks lists what members ask for.
func (a *Analysis) Asks(ctx context.Context) (*AskList, error) {
	b, err := a.claiming(ctx)
	if err != nil {
		return nil, err
	}
	return b.asks(ctx)
}

func (b *builder) asks(ctx context.Context) (*AskList, error) {
	words, err := b.wordings(ctx)
	if err != nil {
		return nil, err
	}
	actors := map[string][]askReading{}
	out := &AskList{Actors: []AskActor{}}
	out.Withheld, err = b.eachClaimed(ctx, func(x *claim.Reading) bool { return len(x.Asks) > 0 }, func(x *passageClaims) {
		for _, ask := range x.Asks {
			r := x.askReading(words, ask)
			actors[r.actor] = append(actors[r.actor], r)
		}
	})
	if err != nil {
		return nil, err
	}
	for _, asks := range actors {
		out.Actors = append(out.Actors, b.askActor(asks))
	}
	slices.SortFunc(out.Actors, func(a, b AskActor) int {
		return cmp.Or(compareBool(a.Actor == "", b.Actor == ""), cmp.Compare(b.Members, a.Members), strings.Compare(strings.ToLower(a.Actor), strings.ToLower(b.Actor)))
	})
	return out, nil
}

// askActor puts the asks of one actor in order.
func (b *builder) askActor(asks []askReading) AskActor {
	out := AskActor{Actor: b.safe(asks[0].name)}
	slices.SortStableFunc(asks, func(a, b askReading) int {
		return strings.Compare(strings.ToLower(a.Action), strings.ToLower(b.Action))
	})
	members := map[string]bool{}
	for i := range asks {
		out.Asks = append(out.Asks, asks[i].ListedAsk)
		members[asks[i].Member] = true
	}
	out.Members, out.Merged = len(members), mergeAsks(asks, b.themeOrder())
	return out
}

// themeOrder is the place of each theme, by name, in the codebook.
func (b *builder) themeOrder() map[string]int {
	out := map[string]int{}
	for i := range b.Codebook.Themes {
		out[b.Codebook.Themes[i].Name] = i
	}
	return out
}

// actor is who is asked, and a key that is alike for the same body: its full name where it is one, else the words without the article.
func (c *passageClaims) actor(ask claim.Ask) (name, key string) {
	name = c.cut(ask.Actor)
	bare := name
	for _, article := range []string{"The ", "the ", "A ", "a ", "an ", "Our ", "our ", "All ", "all ", "Every ", "every ", "Each ", "each "} {
		bare = strings.TrimPrefix(bare, article)
	}
	for _, m := range c.Mentions {
		if m.Kind == claim.Organisation && c.cut(m.Span) == bare {
			return m.Canonical, strings.ToLower(m.Canonical)
		}
	}
	return name, strings.ToLower(bare)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// Figures lists the figures that members give, each with its source, and says which have none and which do not agree.
func (a *Analysis) Figures(ctx context.Context) (*FigureList, error) {
	b, err := a.claiming(ctx)
	if err != nil {
		return nil, err
	}
	return b.figures(ctx)
}

func (b *builder) figures(ctx context.Context) (*FigureList, error) {
	words, err := b.wordings(ctx)
	if err != nil {
		return nil, err
	}
	var found []figureReading
	lists := map[*index.Submission]*references{}
	out := &FigureList{Figures: []ListedFigure{}}
	out.Withheld, err = b.eachClaimed(ctx, func(x *claim.Reading) bool { return len(x.Figures) > 0 }, func(x *passageClaims) {
		sub := b.s.Submission(x.p)
		if lists[sub] == nil {
			lists[sub] = newReferences(sub.Document)
		}
		for _, f := range x.Figures {
			r := x.figureReading(words, f)
			r.sub, r.Reference = sub, lists[sub].of(x.p, f)
			r.Unsourced = r.Reference == nil && f.Source.End <= f.Source.Start
			found = append(found, r)
		}
	})
	if err != nil {
		return nil, err
	}
	disagree(found)
	for i := range found {
		if ref := found[i].Reference; ref != nil && b.names != nil && b.names.MatchString(bare(ref.Words)) {
			ref.Words = "(withheld: it names a member who is not to be named)"
		}
		out.Figures = append(out.Figures, found[i].ListedFigure)
	}
	return out, nil
}

// Dates lists what members say of dates.
func (a *Analysis) Dates(ctx context.Context) (*DateList, error) {
	b, err := a.claiming(ctx)
	if err != nil {
		return nil, err
	}
	days, members := map[string]*DateDay{}, map[string]map[string]bool{}
	withheld, err := b.eachClaimed(ctx, func(x *claim.Reading) bool { return len(x.Dates) > 0 }, func(x *passageClaims) {
		for _, d := range x.Dates {
			if days[d.Normalised] == nil {
				days[d.Normalised], members[d.Normalised] = &DateDay{Date: d.Normalised}, map[string]bool{}
			}
			members[d.Normalised][x.at.Member] = true
			days[d.Normalised].Said = append(days[d.Normalised].Said, x.said(d))
		}
	})
	if err != nil {
		return nil, err
	}
	out := &DateList{Dates: []DateDay{}, Withheld: withheld}
	for date, day := range days {
		day.Members = len(members[date])
		slices.SortStableFunc(day.Said, func(a, b ListedDate) int { return cmp.Compare(kindOrder[a.Kind], kindOrder[b.Kind]) })
		out.Dates = append(out.Dates, *day)
	}
	slices.SortFunc(out.Dates, func(a, b DateDay) int { return strings.Compare(a.Date, b.Date) })
	return out, nil
}

// kindOrder puts what is promised before what is asked, and both before what only happened.
var kindOrder = map[string]int{string(claim.Commitment): 0, "asked": 1, string(claim.Event): 2, string(claim.OtherDate): 3}

func (c *passageClaims) said(d claim.Date) ListedDate {
	out := ListedDate{Words: c.cut(d.Span), Kind: string(d.Kind), Promised: c.cut(d.Promised), By: c.cut(d.By), ClaimPlace: c.at}
	for _, s := range index.Sentences(c.text) {
		if d.Start >= s.Start && d.Start < s.End {
			out.Sentence = c.cut(s)
		}
	}
	for _, ask := range c.Asks {
		if ask.Deadline.Start < d.End && d.Start < ask.Deadline.End {
			out.Kind, out.Asked = "asked", c.cut(ask.Span)
		}
	}
	return out
}

// Mentions lists the organisations and laws that members name, and by how many. What only passages name that may not be shown is not
// told.
func (a *Analysis) Mentions(ctx context.Context) (*MentionList, error) {
	b, err := a.claiming(ctx)
	if err != nil {
		return nil, err
	}
	names, members := map[string]*NamedBody{}, map[string]map[string]bool{}
	withheld, err := b.eachClaimed(ctx, func(x *claim.Reading) bool { return len(x.Mentions) > 0 }, func(x *passageClaims) {
		here := map[string]bool{}
		for _, m := range x.Mentions {
			n := names[m.Canonical]
			if n == nil {
				n = &NamedBody{Name: m.Canonical, Kind: m.Kind}
				names[m.Canonical], members[m.Canonical] = n, map[string]bool{}
			}
			if form := x.cut(m.Span); !slices.Contains(n.Forms, form) {
				n.Forms = append(n.Forms, form)
			}
			if !here[m.Canonical] {
				n.Passages++
				here[m.Canonical] = true
			}
			members[m.Canonical][x.at.Member] = true
		}
	})
	if err != nil {
		return nil, err
	}
	out := &MentionList{Names: []NamedBody{}, Withheld: withheld}
	for name, n := range names {
		n.Name, n.Members = b.safe(n.Name), len(members[name])
		slices.Sort(n.Forms)
		out.Names = append(out.Names, *n)
	}
	slices.SortFunc(out.Names, func(a, b NamedBody) int {
		return cmp.Or(cmp.Compare(b.Members, a.Members), cmp.Compare(b.Passages, a.Passages), strings.Compare(a.Name, b.Name))
	})
	return out, nil
}
