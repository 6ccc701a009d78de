package index

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"collate/index/extract"
)

// talks are what members sent, in the form of readTalk.
var talks = map[string]string{
	"Ashdown Trust/response.txt": "date 2023-04-03\n# Waiting\nChildren wait too long for a plan. The tribunal is slow, and waiting hurts.\nFunding should follow the child without delay.",
	"Birch Union/letter.txt":     "date 2023-04-20\nTeachers cannot wait. Funding is short.",
	"Cedar Forum/note.txt":       "date 2023-05-01\nWe say nothing of that matter, but funding for transport is a tribunal's business.",
	"Dell Group/answer.txt":      "Parents wait, and wait, and wait.",
	"reference/plan.txt":         "The plan will shorten every wait.",
}

const talkers = "name,short,type,consent\nAshdown Trust,AT,Charity,\nBirch Union,,Union,confidential\nCedar Forum,,Charity,\nDell Group,,,anonymous\nElm Alliance,,Charity,\n"

// readTalk reads a text as numbered paragraphs, one a line, each on a page of its own; a line that begins with "# " is a heading.
func readTalk(_ context.Context, _ string, data []byte) (*extract.Document, error) {
	var blocks []laidBlock
	var under []string
	date := ""
	for _, line := range strings.Split(string(data), "\n") {
		if d, ok := strings.CutPrefix(line, "date "); ok {
			date = d
			continue
		}
		if heading, ok := strings.CutPrefix(line, "# "); ok {
			under = []string{heading}
			blocks = append(blocks, block(extract.Heading, heading))
			continue
		}
		b := block(extract.Paragraph, line).label("1." + strconv.Itoa(len(blocks)+1))
		b.Place.Headings, b.Place.Page = under, len(blocks)+1
		blocks = append(blocks, b)
	}
	doc := laid(blocks...)
	doc.Facts.Date = date
	return doc, nil
}

func talking(t *testing.T, members string, files map[string]string) (*Consultation, *Snapshot) {
	t.Helper()
	opt := testOptions(t)
	opt.Read = readTalk
	c, err := Create(t.Context(), filepath.Join(t.TempDir(), "test.collate"), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	list, err := ReadMembers([]byte(members))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.SetMembers(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if _, err := c.Add(t.Context(), name, []byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	return c, mustSnapshot(t, c)
}

func ask(t *testing.T, c *Consultation, s *Snapshot, query string, opt SearchOptions) *Answer {
	t.Helper()
	a, err := c.Search(t.Context(), s, mustQuery(t, query), opt)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return a
}

func references(found []Found) []string {
	var out []string
	for _, f := range found {
		out = append(out, f.Reference)
	}
	return out
}

const (
	ashdown = "Ashdown Trust, response.txt, page 2, para 1.2"
	funding = "Ashdown Trust, response.txt, page 3, para 1.3"
	birch   = "Birch Union (CONFIDENTIAL: not to be quoted or named), letter.txt, page 1, para 1.1"
	cedar   = "Cedar Forum, note.txt, page 1, para 1.1"
	dell    = "Dell Group (ANONYMOUS: not to be named), answer.txt, page 1, para 1.1"
)

func TestAnswersInOrder(t *testing.T) {
	c, s := talking(t, talkers, talks)
	for _, tt := range []struct {
		name, query string
		opt         SearchOptions
		want        []string
	}{
		{"the best first", "wait", SearchOptions{Limit: -1}, []string{dell, ashdown, birch}},
		{"as they stand", "wait", SearchOptions{Limit: -1, Order: ByDocument}, []string{ashdown, birch, dell}},
		{"the second page", "wait", SearchOptions{Limit: 2, Offset: 2}, []string{birch}},
		{"beyond the last page", "wait", SearchOptions{Limit: 2, Offset: 9}, nil},
		{"counts alone", "wait", SearchOptions{}, nil},
		{"members", "funding OR wait", SearchOptions{Limit: 3, Order: ByMember}, []string{ashdown, funding, birch}},
		{"each member once before any twice", "funding OR wait", SearchOptions{Limit: -1, Order: ByDocument, Diverse: true}, []string{ashdown, birch, cedar, dell, funding}},
		{"a field alone", "member:ashdown", SearchOptions{Limit: -1}, []string{ashdown, funding}},
		{"a short name", "member:AT funding", SearchOptions{Limit: -1}, []string{funding}},
		{"either field", "wait (member:birch OR member:dell)", SearchOptions{Limit: -1, Order: ByDocument}, []string{birch, dell}},
		{"a field within", "(wait member:birch) OR (funding member:cedar)", SearchOptions{Limit: -1, Order: ByDocument}, []string{birch, cedar}},
		{"against a field", "wait -type:charity -page:1", SearchOptions{Limit: -1}, nil},
		{"a consent", "wait consent:anonymous", SearchOptions{Limit: -1}, []string{dell}},
		{"a range of pages", "member:ashdown page:>2", SearchOptions{Limit: -1}, []string{funding}},
		{"a place", `member:ashdown place:"page 2"`, SearchOptions{Limit: -1}, []string{ashdown}},
		{"a date", "funding date:2023-04", SearchOptions{Limit: -1, Order: ByDocument}, []string{funding, birch}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, references(ask(t, c, s, tt.query, tt.opt).Found)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestAnswerShowsAndCounts(t *testing.T) {
	c, s := talking(t, talkers, talks)
	a := ask(t, c, s, "waiting -member:birch", SearchOptions{Limit: -1, Order: ByDocument, Silent: true, Context: 2, IDs: true})
	got := []any{a.Members, a.Answered, a.Passages, a.ReferencePassages, a.Silent, a.Missing, references(a.References), len(a.IDs)}
	want := []any{2, 4, 2, 1, []string{"Birch Union", "Cedar Forum"}, []string{"Elm Alliance"}, []string{"reference/plan.txt, page 1, para 1.1"}, 2}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	first := a.Found[0]
	if first.Above != "Waiting" || len(first.AboveMark) != 1 || !slices.Equal(first.Headings, []string{"Waiting"}) {
		t.Errorf("headings above: %q, marks %v, path %q", first.Above, first.AboveMark, first.Headings)
	}
	lines := []Line{
		{Left: "Children ", Mark: "wait", Right: " too long …", At: Span{9, 13}},
		{Left: "… slow, and ", Mark: "waiting", Right: " hurts.", At: Span{61, 68}},
	}
	if d := cmp.Diff(lines, first.Lines); d != "" {
		t.Error(d)
	}
}

func TestConcordanceCutsAtWords(t *testing.T) {
	f := Found{Words: "one two\nthree (four) five", Marks: []Span{{15, 19}, {0, 3}, {8, 25}}}
	want := []Line{
		{Left: "… three (", Mark: "four", Right: ") five", At: Span{15, 19}},
		{Left: "", Mark: "one", Right: " two three …", At: Span{0, 3}},
		{Left: "one two ", Mark: "three (four) five", At: Span{8, 25}},
	}
	if d := cmp.Diff(want, f.Concordance(2)); d != "" {
		t.Error(d)
	}
}

func TestAround(t *testing.T) {
	_, s := talking(t, talkers, talks)
	second := s.Passages[1]
	got, err := s.Around(second.ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{ashdown, funding}, references(got.Passages)); d != "" || got.At != 1 || got.Before != 0 || got.After != 0 {
		t.Errorf("%+v %s", got, d)
	}
	if s.Before(second) != s.Passages[0] || s.After(second) != nil {
		t.Error("the passages beside the second are not the first and none")
	}
	if _, err := s.Around("P0", 1); err == nil {
		t.Error("around a passage that there is not: no error")
	}
}

// TestFacetsCountAsASearchWould holds every facet of random queries to what a plain count says: for each value, the passages and members
// that a test of every passage finds without the query's own filter of that field.
func TestFacetsCountAsASearchWould(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	files := map[string]string{"reference/plan.txt": "wait fund plan"}
	members := "name,type,consent\n"
	for m := range 9 {
		members += fmt.Sprintf("Member %c,%s,%s\n", 'A'+m, pick("Charity", "Union", ""), pick("", "anonymous", "confidential"))
		for f := range random.IntN(4) {
			var lines []string
			if random.IntN(4) > 0 {
				lines = append(lines, fmt.Sprintf("date 2023-0%d-1%d", 1+random.IntN(4), random.IntN(9)))
			}
			for p := range 1 + random.IntN(6) {
				lines = append(lines, fmt.Sprintf("%s %s %s %d%d%d", pick("wait", "fund", "plan"), pick("wait", "fund", "tribunal"), pick("slow", "plan"), m, f, p))
			}
			files[fmt.Sprintf("Member %c/%d.txt", 'A'+m, f)] = strings.Join(lines, "\n")
		}
	}
	c, s := talking(t, members, files)
	for range 300 {
		var parts []string
		for range random.IntN(3) {
			parts = append(parts, pick("wait", "fund", "-plan", "(wait OR slow)", "(wait member:a)", "(tribunal OR type:union)"))
		}
		for range random.IntN(4) {
			parts = append(parts, pick("member:a", "member:b", "-member:c", "type:charity", "-type:union", "date:2023-02", "(date:2023-01 OR date:2023-03)", "format:text", "page:2", "-consent:confidential", "(member:a OR member:d)"))
		}
		if len(parts) == 0 {
			continue
		}
		query := strings.Join(parts, " ")
		a := ask(t, c, s, query, SearchOptions{Facets: true})
		sameScanned(t, c, s, query)
		for _, facet := range a.Facets {
			naive := naiveFacet(t, s, mustQuery(t, query), facet.Field)
			got := map[string][2]int{}
			for _, v := range append(facet.Values, facet.None) {
				if v.Passages > 0 {
					got[v.Value] = [2]int{v.Passages, v.Members}
				}
			}
			if d := cmp.Diff(naive, got); d != "" {
				t.Fatalf("%s: %s: %s", query, facet.Field, d)
			}
		}
	}
}

// sameScanned holds what is read from the record to what the index finds.
func sameScanned(t *testing.T, c *Consultation, s *Snapshot, query string) {
	t.Helper()
	found := func(instead bool) map[int32]int16 {
		l, err := s.look(mustQuery(t, query), SearchOptions{Facets: true})
		if err != nil {
			t.Fatal(err)
		}
		l.instead = instead
		if err := c.find(t.Context(), l); err != nil {
			t.Fatal(err)
		}
		out := map[int32]int16{}
		for _, h := range l.hits {
			out[h.at] = h.fail
		}
		return out
	}
	if d := cmp.Diff(found(false), found(true)); d != "" {
		t.Errorf("%s: read from the record: %s", query, d)
	}
}

// naiveFacet counts by matching the query on every passage, its top without the parts that ask for the field alone.
func naiveFacet(t *testing.T, s *Snapshot, q *Query, field string) map[string][2]int {
	t.Helper()
	parts := []node{q.root}
	if a, ok := q.root.(all); ok {
		parts = a.of
	}
	var left []node
	for _, n := range parts {
		if !strings.Contains(written(n), field+":") || strings.Contains(written(n), "wait ") || strings.Contains(written(n), "tribunal") {
			left = append(left, n)
		}
	}
	value := func(p *Passage, field string) string {
		sub := s.Submission(p)
		switch field {
		case "member":
			return sub.Member
		case "type":
			return s.Member(sub.Member).Type
		case "question":
			return p.Question
		case "format":
			return sub.Document.Format
		case "date":
			return sub.Document.Facts.Date
		case "consent":
			return string(s.Consent(p))
		}
		return strconv.Itoa(p.Place.Page)
	}
	members := map[string]map[string]bool{}
	out := map[string][2]int{}
	for _, p := range s.Passages {
		_, ok := (&Query{root: all{left}}).MatchFields(Analyse(s.Whole(p)), func(f Field) bool {
			v := value(p, f.Name)
			switch f.Name {
			case "member":
				return strings.HasSuffix(strings.ToLower(v), " "+f.Value)
			case "date":
				return strings.HasPrefix(v, f.Value)
			}
			return strings.EqualFold(v, f.Value)
		})
		if !ok {
			continue
		}
		v := value(p, field)
		if field == "date" {
			v = v[:min(7, len(v))]
		}
		if members[v] == nil {
			members[v] = map[string]bool{}
		}
		members[v][value(p, "member")] = true
		out[v] = [2]int{out[v][0] + 1, len(members[v])}
	}
	return out
}

func TestPagesStayPut(t *testing.T) {
	files := map[string]string{}
	for i := range 7 {
		files[fmt.Sprintf("Member %c/%d.txt", 'A'+i, i)] = strings.Repeat("The same words wait here and there.\n", 10+i) + fmt.Sprintf("We wait, number %d.", i)
	}
	c, s := talking(t, "name\nMember A\nMember B\nMember C\nMember D\nMember E\nMember F\nMember G\n", files)
	for _, order := range Orders() {
		for _, diverse := range []bool{false, true} {
			whole := references(ask(t, c, s, "wait", SearchOptions{Limit: -1, Order: order, Diverse: diverse}).Found)
			var pages []string
			for offset := 0; offset < len(whole); offset += 7 {
				pages = append(pages, references(ask(t, c, s, "wait", SearchOptions{Limit: 7, Offset: offset, Order: order, Diverse: diverse}).Found)...)
			}
			if d := cmp.Diff(whole, pages); d != "" || len(whole) != 98 {
				t.Errorf("%s, diverse %t: the pages are not the whole of %d: %s", order, diverse, len(whole), d)
			}
		}
	}
}

func TestSimilar(t *testing.T) {
	c, s := talking(t, talkers, talks)
	a, err := c.Similar(t.Context(), s, s.Passages[0].ID, false, SearchOptions{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{dell, cedar}, references(a.Found)); d != "" {
		t.Fatal(d)
	}
	if because := a.Found[1].Because; !slices.Contains(because, "tribunal") {
		t.Errorf("%s is like %s because of %v", cedar, ashdown, because)
	}
	for _, f := range a.Found {
		if f.Member == "Ashdown Trust" {
			t.Error("its own document is found")
		}
	}
}

func TestSuggestions(t *testing.T) {
	c, s := talking(t, talkers, talks)
	for _, tt := range []struct{ query, message, instead string }{
		{"tribunual", "“tribunual” stands nowhere; did you mean tribunal (2 passages)?", "tribunal"},
		{"wait fundign", "“fundign” stands nowhere; did you mean funding (3 passages)?", "wait funding"},
		{`"plan a for"`, "The words of “plan a for” all occur, never directly after one another in this order.", "plan a for"},
		{`wait NEAR/3 "plan a for"`, "The words of “plan a for” all occur, never directly after one another in this order.", ""},
		{"parents tribunal", "Both occur, never together in one passage: parents (1 passage), tribunal (2 passages).", ""},
		{"parents tribunal slow", "All of these occur, never together in one passage: parents (1 passage), tribunal (2 passages), slow (1 passage).", "tribunal slow"},
		{"member:ashdwon wait", "No passage has member:ashdwon; did you mean member:\"Ashdown Trust\"?", ""},
		{"wait page:99", "No passage has page:99.", ""},
		{"parents NEAR/1 children", "parents NEAR/1 children: its parts occur, never so near one another.", ""},
		{"xqzwj*", "No word that is spelt like xqzwj* stands anywhere. " + wildcardHelp, ""},
		{"wait -wait", "wait (3 passages) is found, and the rest of the search leaves all of it out.", ""},
	} {
		t.Run(tt.query, func(t *testing.T) {
			a := ask(t, c, s, tt.query, SearchOptions{Limit: -1})
			if len(a.Suggestions) != 1 || a.Suggestions[0].Message != tt.message || strings.Join(a.Suggestions[0].Instead, "|") != tt.instead {
				t.Errorf("%+v, want %q and %q", a.Suggestions, tt.message, tt.instead)
			}
		})
	}
}

func TestSavedSearches(t *testing.T) {
	c, s := talking(t, talkers, talks)
	ctx := t.Context()
	a := ask(t, c, s, "wait", SearchOptions{IDs: true})
	for range 2 { // the same again records nothing
		if err := c.SaveSearch(ctx, "Waits", "wait", a.IDs, "Ann"); err != nil {
			t.Fatal(err)
		}
	}
	var decisions int
	if err := c.Decisions(ctx, func(*Decision) error { decisions++; return nil }); err != nil || decisions != 1 {
		t.Errorf("%d decisions, %v", decisions, err)
	}
	if _, err := c.Add(ctx, "Cedar Forum/more.txt", []byte("Cedars wait as well.")); err != nil {
		t.Fatal(err)
	}
	if err := c.SetUse(ctx, "Dell Group/answer.txt", UseLeaveOut, "sent by mistake", "Ann"); err != nil {
		t.Fatal(err)
	}
	s = mustSnapshot(t, c)
	a = ask(t, c, s, "wait", SearchOptions{IDs: true})
	saved, err := c.SavedSearch(ctx, "waits")
	if err != nil || saved == nil {
		t.Fatal(saved, err)
	}
	since := s.Since(saved, a.IDs)
	if len(since.New) != 1 || s.Reference(s.Passage(since.New[0])) != "Cedar Forum, more.txt, page 1, para 1.1" {
		t.Errorf("new: %v", since.New)
	}
	if len(since.Gone) != 1 || since.Gone[0].Reference != dell || !strings.Contains(since.Gone[0].Why, "sent by mistake") {
		t.Errorf("gone: %+v", since.Gone)
	}
	if err := c.ForgetSearch(ctx, "Waits", "Ann"); err != nil {
		t.Fatal(err)
	}
	if list, err := c.SavedSearches(ctx); err != nil || len(list) != 0 {
		t.Errorf("after forgetting: %v, %v", list, err)
	}
}

// TestSearchWhileAnotherHasTheIndex searches from two openings of one record, as two processes would, while one adds files.
func TestSearchWhileAnotherHasTheIndex(t *testing.T) {
	c, s := talking(t, talkers, talks)
	ask(t, c, s, "wait", SearchOptions{}) // holds the index from now on
	opt := testOptions(t)
	opt.Read, opt.CacheDir = readTalk, c.opt.CacheDir
	other, err := Open(t.Context(), c.Path(), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Add(t.Context(), "Elm Alliance/late.txt", []byte("We wait too, in the woods.")); err != nil {
		t.Fatal(err)
	}
	for name, one := range map[string]*Consultation{"with the index": c, "without it": other} {
		s := mustSnapshot(t, one)
		a := ask(t, one, s, "wait -type:union", SearchOptions{Limit: -1, Order: ByDocument})
		want := []string{ashdown, dell, "Elm Alliance, late.txt, page 1, para 1.1"}
		if d := cmp.Diff(want, references(a.Found)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if told := len(a.Notes) > 0; told != (one == other) {
			t.Errorf("%s: notes %q", name, a.Notes)
		}
		if a := ask(t, one, s, "tribunual", SearchOptions{}); len(a.Suggestions) != 1 || len(a.Suggestions[0].Nearest) != 1 {
			t.Errorf("%s: suggestions %+v", name, a.Suggestions)
		}
		if got := references(ask(t, one, s, "wait OR funding", SearchOptions{Limit: 1}).Found); !slices.Equal(got, []string{birch}) && !slices.Equal(got, []string{dell}) {
			t.Errorf("%s: the best is %q", name, got)
		}
	}
}

// TestImpatientSearch answers from the record while the index is being made.
func TestImpatientSearch(t *testing.T) {
	c, s := talking(t, talkers, talks)
	c.refreshing.Lock() // as a long build would hold it
	a := ask(t, c, s, "wait", SearchOptions{Limit: -1, Order: ByDocument, Patience: 1})
	c.refreshing.Unlock()
	if d := cmp.Diff([]string{ashdown, birch, dell}, references(a.Found)); d != "" || len(a.Notes) != 1 || !a.Scanned {
		t.Errorf("%q %v %s", a.Notes, a.Scanned, d)
	}
	next := ask(t, c, s, "wait", SearchOptions{Limit: 1, Offset: 1, Order: ByDocument, Scan: a.Scanned})
	if d := cmp.Diff([]string{birch}, references(next.Found)); d != "" || !next.Scanned {
		t.Errorf("the next page, with an index at hand: %v %s", next.Scanned, d)
	}
}

func TestSpelling(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{{"tribunal", "tribunal", 0}, {"tribunual", "tribunal", 1}, {"tirbunal", "tribunal", 1}, {"wait", "weight", 3}, {"", "ab", 2}, {"café", "cafe", 1}, {"abcdef", "ghijkl", 3}} {
		if got := spelling(tt.a, tt.b, 2); got != tt.want {
			t.Errorf("%q, %q: %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

// TestTheIndexIsFreeAgain waits for nobody while another opening has the index, and takes it once that is closed.
func TestTheIndexIsFreeAgain(t *testing.T) {
	c, s := talking(t, talkers, talks)
	ask(t, c, s, "wait", SearchOptions{}) // holds the index from now on
	opt := testOptions(t)
	opt.Read, opt.CacheDir = readTalk, c.opt.CacheDir
	other, err := Open(t.Context(), c.Path(), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	stamp, err := c.stamp(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dir := c.cacheDir(stamp)
	if !indexHeld(dir) {
		t.Error("the index that a consultation has open is not held")
	}
	for range 2 { // the second is not waited for
		if err := other.Refresh(t.Context()); !errors.Is(err, ErrCacheBusy) {
			t.Errorf("an index that another has open: %v, want %v", err, ErrCacheBusy)
		}
		if !other.held.Load() {
			t.Error("that the index is held was forgotten")
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if indexHeld(dir) {
		t.Error("the index of a closed consultation is held")
	}
	for other.held.Load() {
		time.Sleep(10 * time.Millisecond)
	}
	if err := other.Refresh(t.Context()); err != nil {
		t.Errorf("an index that is free again: %v", err)
	}
	if a := ask(t, other, mustSnapshot(t, other), "wait", SearchOptions{}); len(a.Notes) != 0 {
		t.Errorf("with the index: %q", a.Notes)
	}
}
