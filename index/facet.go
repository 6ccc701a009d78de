package index

import (
	"cmp"
	"math/bits"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// A Column is what a field has for every passage of a snapshot, as small numbers in memory: it answers the field in a query and is
// counted as a facet. A Column never changes and may be shared.
type Column struct {
	Field  string
	Values []string // as they are written behind the colon, in the order in which they are listed
	Labels []string // as they are shown; nil where that is the values
	Counts bool     // it makes a facet

	matches func(Field) (func(value string) bool, error)
	codes   []int32 // places in Values, passage by passage
	first   []int32 // where a passage's codes begin; one more than there are passages
	single  []int32 // a passage's one code, -1 for none; nil where a passage has several
	groups  []int32 // of a facet that puts values together: value → place in grouped; nil where it does not
	grouped []string
}

// NewColumn makes the column of a field on the passages of s, at their places in it, and behind them those of its reference documents. of
// calls add for each value of a passage; values that are not listed are put behind those that are, sorted. matches says which values a field of a query
// stands for; nil means the one that is equal but for case.
func NewColumn(s *Snapshot, field string, listed []string, of func(at int, p *Passage, add func(value string)), matches func(Field) (func(value string) bool, error)) *Column {
	s.derive()
	return newColumn(s, field, listed, of, matches)
}

func newColumn(s *Snapshot, field string, listed []string, of func(at int, p *Passage, add func(value string)), matches func(Field) (func(value string) bool, error)) *Column {
	c := &Column{Field: field, Counts: true, Values: slices.Clone(listed), matches: matches, first: make([]int32, 0, s.size()+1)}
	code := map[string]int32{}
	for i, v := range c.Values {
		code[v] = int32(i)
	}
	for at := range s.size() {
		c.first = append(c.first, int32(len(c.codes)))
		of(at, s.at(at), func(value string) {
			n, ok := code[value]
			if !ok {
				n = int32(len(c.Values))
				code[value], c.Values = n, append(c.Values, value)
			}
			c.codes = append(c.codes, n)
		})
	}
	c.first = append(c.first, int32(len(c.codes)))
	c.sort(len(listed))
	return c
}

// sort puts the values behind the listed ones in order.
func (c *Column) sort(listed int) {
	order := make([]int, len(c.Values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order[listed:], func(a, b int) int { return cmp.Compare(c.Values[a], c.Values[b]) })
	values, place := make([]string, len(order)), make([]int32, len(order))
	for to, from := range order {
		values[to], place[from] = c.Values[from], int32(to)
	}
	for i, n := range c.codes {
		c.codes[i] = place[n]
	}
	c.Values = values
	if len(c.codes) == 0 || len(c.codes) > len(c.first)-1 {
		return
	}
	c.single = make([]int32, len(c.first)-1)
	for at := range c.single {
		switch of := c.of(at); len(of) {
		case 0:
			c.single[at] = -1
		case 1:
			c.single[at] = of[0]
		default:
			c.single = nil
			return
		}
	}
}

// of are the codes of a passage.
func (c *Column) of(at int) []int32 { return c.codes[c.first[at]:c.first[at+1]] }

// test makes the test of a field of this column on a passage.
func (c *Column) test(f Field) (func(at int) bool, error) {
	wanted, err := c.wanted(f)
	if err != nil {
		return nil, err
	}
	if c.single != nil {
		return func(at int) bool { return c.single[at] >= 0 && wanted[c.single[at]] }, nil
	}
	return func(at int) bool {
		return slices.ContainsFunc(c.of(at), func(n int32) bool { return wanted[n] })
	}, nil
}

// wanted says of each value whether the field stands for it.
func (c *Column) wanted(f Field) ([]bool, error) {
	holds := func(value string) bool { return strings.EqualFold(value, f.Value) }
	if c.matches != nil {
		var err error
		if holds, err = c.matches(f); err != nil {
			return nil, err
		}
	}
	wanted := make([]bool, len(c.Values))
	for i, v := range c.Values {
		wanted[i] = holds(v)
	}
	return wanted, nil
}

// group puts values together for counting.
func (c *Column) group(name func(value string) string) {
	place := map[string]int32{}
	for _, v := range c.Values { // sorted, and so are the names
		n, ok := place[name(v)]
		if !ok {
			n = int32(len(c.grouped))
			place[name(v)], c.grouped = n, append(c.grouped, name(v))
		}
		c.groups = append(c.groups, n)
	}
}

// derived is what searches need of a snapshot besides its passages; made once, when the first search asks.
type derived struct {
	once     sync.Once
	place    map[string]int32 // of passages and references, by id
	referred []*Passage
	columns  []*Column
	member   *Column
	question *Column
	who      []int32 // a passage's member: its code, -1 for none
	answered []int32 // codes of the members with a passage that counts, in order
}

// derive is ready for use by several goroutines.
func (s *Snapshot) derive() *derived {
	s.derived.once.Do(func() { s.derived.fill(s) })
	return &s.derived
}

func (d *derived) fill(s *Snapshot) {
	for _, ref := range s.References {
		if s.bySha[ref.Sha] == ref {
			d.referred = append(d.referred, ref.Passages...)
		}
	}
	d.place = make(map[string]int32, len(s.Passages)+len(d.referred))
	for i, p := range d.referred {
		d.place[p.ID] = int32(len(s.Passages) + i)
	}
	for i, p := range s.Passages {
		d.place[p.ID] = int32(i)
	}
	d.columns = s.recordColumns(d)
	d.who = make([]int32, s.size())
	for at := range d.who {
		d.who[at] = -1
		if of := d.member.of(at); len(of) > 0 {
			d.who[at] = of[0]
		}
	}
	spoke := make([]bool, len(d.member.Values))
	for _, m := range d.who[:len(s.Passages)] {
		if m >= 0 {
			spoke[m] = true
		}
	}
	for m, yes := range spoke {
		if yes {
			d.answered = append(d.answered, int32(m))
		}
	}
}

// size is how many passages and passages of reference documents there are.
func (s *Snapshot) size() int { return len(s.Passages) + len(s.derived.referred) }

// at is a passage, or behind those that count one of a reference document.
func (s *Snapshot) at(i int) *Passage {
	if i < len(s.Passages) {
		return s.Passages[i]
	}
	return s.derived.referred[i-len(s.Passages)]
}

// recordColumns are the columns of the fields that the record itself can answer.
func (s *Snapshot) recordColumns(d *derived) []*Column {
	one := func(field string, listed []string, value func(p *Passage, sub *Submission) string, matches func(Field) (func(string) bool, error)) *Column {
		return newColumn(s, field, listed, func(_ int, p *Passage, add func(string)) {
			if v := value(p, s.Submission(p)); v != "" {
				add(v)
			}
		}, matches)
	}
	d.member = one("member", nil, func(_ *Passage, sub *Submission) string { return sub.Member }, s.matchMember)
	d.question = one("question", s.questionIDs(), func(p *Passage, _ *Submission) string { return p.Question }, nil)
	kind := one("type", nil, func(_ *Passage, sub *Submission) string {
		if m := s.Member(sub.Member); m != nil {
			return m.Type
		}
		return ""
	}, matchWords)
	format := one("format", nil, func(_ *Passage, sub *Submission) string { return sub.Document.Format }, nil)
	days := map[*Submission]string{} // a day is looked for in a document's head: once a document
	date := one("date", nil, func(_ *Passage, sub *Submission) string {
		if _, known := days[sub]; !known {
			days[sub], _ = sub.Dated()
		}
		return days[sub]
	}, matchDays)
	date.group(func(value string) string { return value[:min(len(value), len("2023-04"))] })
	consent := one("consent", []string{string(Attributable), string(Anonymous), string(Confidential)}, func(p *Passage, _ *Submission) string { return string(s.Consent(p)) }, matchConsent)
	return []*Column{d.member, kind, d.question, format, date, consent}
}

func (s *Snapshot) questionIDs() []string {
	var out []string
	for _, q := range s.Questions {
		if !slices.Contains(out, q.ID) {
			out = append(out, q.ID)
		}
	}
	return out
}

// matchMember: a member is meant by whole words of its name, or by its short name.
func (s *Snapshot) matchMember(f Field) (func(string) bool, error) {
	value := foldName(f.Value)
	return func(name string) bool {
		m := s.Member(name)
		return value != "" && (strings.Contains(" "+foldName(name)+" ", " "+value+" ") || m != nil && foldName(m.Short) == value)
	}, nil
}

func matchWords(f Field) (func(string) bool, error) {
	value := foldName(f.Value)
	return func(v string) bool { return value != "" && strings.Contains(" "+foldName(v)+" ", " "+value+" ") }, nil
}

func matchDays(f Field) (func(string) bool, error) {
	in, ok := f.days()
	if !ok {
		return nil, f.error(f.fault())
	}
	return in, nil
}

func matchConsent(f Field) (func(string) bool, error) {
	consent, ok := f.consent()
	if !ok {
		return nil, f.error(f.fault())
	}
	return func(v string) bool { return v == string(consent) }, nil
}

func columnOf(columns []*Column, field string) *Column {
	for _, c := range columns {
		if c.Field == field {
			return c
		}
	}
	return nil
}

// field makes the test of a field that the record itself can answer. Where nearly every passage has its own value there is no column.
func (s *Snapshot) field(f Field) (func(at int) bool, error) {
	if c := columnOf(s.derive().columns, f.Name); c != nil {
		return c.test(f)
	}
	switch f.Name {
	case "page", "words":
		in, ok := f.numbers()
		if !ok {
			return nil, f.error(f.fault())
		}
		if f.Name == "words" {
			return func(at int) bool { return in(s.at(at).Words) }, nil
		}
		return func(at int) bool { page := s.at(at).Place.Page; return page > 0 && in(page) }, nil
	case "place":
		value := foldName(f.Value)
		return func(at int) bool {
			return strings.Contains(" "+foldName(PlaceText(s.at(at).Place))+" ", " "+value+" ")
		}, nil
	}
	return nil, f.error(f.Name + ": cannot be searched for here.")
}

// A filter is a part of a query's top that asks for one field only.
type filter struct {
	name  string
	group int16 // filters of one field are one group
	node  node
}

// apart takes the filters off a query. What is left finds every passage when nothing is.
func (q *Query) apart() (rest *Query, filters []filter) {
	parts := []node{q.root}
	if a, ok := q.root.(all); ok {
		parts = a.of
	}
	groups := map[string]int16{}
	var left []node
	for _, n := range parts {
		name := onlyField(n)
		if name == "" {
			left = append(left, n)
			continue
		}
		if _, ok := groups[name]; !ok {
			groups[name] = int16(len(groups))
		}
		filters = append(filters, filter{name, groups[name], n})
	}
	if len(left) == 1 {
		return &Query{root: left[0], fields: q.fields}, filters
	}
	return &Query{root: all{left}, fields: q.fields}, filters
}

// onlyField is the one field that a node asks for and nothing else, or "".
func onlyField(n node) string {
	switch n := n.(type) {
	case Field:
		return n.Name
	case not:
		return onlyField(n.of)
	case all:
		return sameField(n.of)
	case either:
		return sameField(n.of)
	}
	return ""
}

func sameField(of []node) string {
	if len(of) == 0 {
		return ""
	}
	name := onlyField(of[0])
	for _, n := range of[1:] {
		if onlyField(n) != name {
			return ""
		}
	}
	return name
}

// holds answers a filter's node for a passage.
func (l *lookup) holds(n node, at int) bool {
	switch n := n.(type) {
	case Field:
		return l.tests[n](at)
	case not:
		return !l.holds(n.of, at)
	case all:
		return !slices.ContainsFunc(n.of, func(c node) bool { return !l.holds(c, at) })
	case either:
		return slices.ContainsFunc(n.of, func(c node) bool { return l.holds(c, at) })
	}
	return false
}

// A Facet counts what an answer holds by the values of one field, without the query's own filter of that field: what each value would
// find. Values with nothing are left out, unless the query asks for them.
type Facet struct {
	Field  string       `json:"field"`
	Values []FacetValue `json:"values"`
	None   FacetValue   `json:"none"` // passages without a value
}

// A FacetValue is one value of a facet. A passage with two values counts under both.
type FacetValue struct {
	Value    string `json:"value"` // as it is written behind the field's colon
	Label    string `json:"label"` // as it is shown
	Members  int    `json:"members"`
	Passages int    `json:"passages"`
	Chosen   bool   `json:"chosen,omitempty"` // the query asks for it
}

// facetOrder is how facets are listed; others come behind.
func facetOrder() []string {
	return []string{"theme", "stance", "member", "type", "question", "format", "date", "checked", "consent"}
}

// facets counts the hits by every column, each on its own.
func (l *lookup) facets() []Facet {
	columns := slices.DeleteFunc(l.columns(), func(c *Column) bool { return !c.Counts })
	order := facetOrder()
	rank := func(c *Column) int {
		if i := slices.Index(order, c.Field); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(columns, func(a, b *Column) int { return cmp.Compare(rank(a), rank(b)) })
	passing := l.passing(passes)
	out := make([]Facet, len(columns))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(columns); i = int(next.Add(1)) - 1 {
				out[i] = l.facet(columns[i], passing)
			}
		})
	}
	wait.Wait()
	return out
}

// passing are the passages that count and fail nothing but the one group.
func (l *lookup) passing(group int16) []int32 {
	out := make([]int32, 0, len(l.hits))
	for _, h := range l.hits {
		if (h.fail == passes || h.fail == group) && int(h.at) < len(l.s.Passages) {
			out = append(out, h.at)
		}
	}
	return out
}

// facet counts by one column, whose own filters do not matter.
func (l *lookup) facet(c *Column, passing []int32) Facet {
	for _, f := range l.filters {
		if f.name == c.Field {
			passing = l.passing(f.group)
		}
	}
	names, labels := c.Values, c.Labels
	if c.groups != nil {
		names, labels = c.grouped, nil
	}
	n := newHeadcount(len(names)+1, len(l.s.derive().member.Values))
	l.count(n, c, passing, len(names))
	facet := Facet{Field: c.Field}
	chosen := l.chosen(c, len(names))
	for i, name := range names {
		v := n.value(i)
		if v.Value, v.Label, v.Chosen = name, name, chosen[i]; i < len(labels) {
			v.Label = labels[i]
		}
		if v.Passages > 0 || v.Chosen {
			facet.Values = append(facet.Values, v)
		}
	}
	facet.None = n.value(len(names))
	if c.Field == "member" || c.Field == "type" || c.Field == "format" || c.Field == "theme" {
		slices.SortStableFunc(facet.Values, func(a, b FacetValue) int {
			return cmp.Or(cmp.Compare(b.Members, a.Members), cmp.Compare(b.Passages, a.Passages))
		})
	}
	return facet
}

// count adds passages under each of their values, or under none.
func (l *lookup) count(n *headcount, c *Column, passing []int32, none int) {
	who := l.s.derived.who
	if c.single == nil {
		for _, at := range passing {
			of := c.of(int(at))
			if len(of) == 0 {
				n.add(none, who[at])
			}
			for _, code := range of {
				n.add(c.counted(code, none), who[at])
			}
		}
		return
	}
	for _, at := range passing {
		n.add(c.counted(c.single[at], none), who[at])
	}
}

// counted is where a value is counted.
func (c *Column) counted(code int32, none int) int {
	switch {
	case code < 0:
		return none
	case c.groups != nil:
		return int(c.groups[code])
	}
	return int(code)
}

// chosen are the values that the query's own filters of the field ask for.
func (l *lookup) chosen(c *Column, values int) []bool {
	out := make([]bool, values)
	for _, f := range l.query.fields {
		if f.Name != c.Field || !slices.ContainsFunc(l.filters, func(x filter) bool { return wants(x.node, f) }) {
			continue
		}
		wanted, err := c.wanted(f)
		if err != nil { // look has made the same test
			continue
		}
		for i, yes := range wanted {
			switch {
			case yes && c.groups != nil:
				out[c.groups[i]] = true
			case yes:
				out[i] = true
			}
		}
	}
	return out
}

// wants reports whether a filter asks for a field rather than against it.
func wants(n node, f Field) bool {
	switch n := n.(type) {
	case Field:
		return n == f
	case all:
		return slices.ContainsFunc(n.of, func(c node) bool { return wants(c, f) })
	case either:
		return slices.ContainsFunc(n.of, func(c node) bool { return wants(c, f) })
	}
	return false
}

// A headcount counts passages and tells members apart by one bit each.
type headcount struct {
	passages []int
	bits     []uint64
	width    int
}

func newHeadcount(values, members int) *headcount {
	width := (members + 63) / 64
	return &headcount{make([]int, values), make([]uint64, values*width), width}
}

// add counts a passage of a member, -1 for nobody's.
func (t *headcount) add(value int, member int32) {
	t.passages[value]++
	if member >= 0 {
		t.bits[value*t.width+int(member>>6)] |= 1 << (member & 63)
	}
}

func (t *headcount) value(i int) FacetValue {
	v := FacetValue{Passages: t.passages[i]}
	for _, w := range t.bits[i*t.width : (i+1)*t.width] {
		v.Members += bits.OnesCount64(w)
	}
	return v
}
