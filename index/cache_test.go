package index

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func testStamp() Stamp {
	return Stamp{Consultation: "send-plan", Generation: "g1", Seq: 7, Mapping: CacheMapping()}
}

// buildCache builds a cache that is closed with the test.
func buildCache(t testing.TB, dir string, docs map[string]string) *Cache {
	t.Helper()
	c, err := BuildCache(t.Context(), dir, testStamp(), inOrder(docs), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func inOrder(docs map[string]string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, id := range slices.Sorted(maps.Keys(docs)) {
			if !yield(id, docs[id]) {
				return
			}
		}
	}
}

func mustSearch(t testing.TB, c *Cache, query string, limit int) Result {
	t.Helper()
	r, err := c.Search(context.Background(), mustParse(t, query), nil, limit)
	if err != nil {
		t.Fatalf("searching %s: %v", query, err)
	}
	return r
}

func ids(r Result) []string {
	var out []string
	for _, h := range r.Hits {
		out = append(out, h.ID)
	}
	return out
}

var send = map[string]string{
	"a": "Most of the changes will not arrive until the end of 2025.",
	"b": "Families wait a year; the law says 20 weeks. The waiting must end.",
	"c": "The SENCo’s co-production of three-tier plans costs £70m.",
	"d": "",
}

func TestSearch(t *testing.T) {
	c := buildCache(t, filepath.Join(t.TempDir(), "cache"), send)
	tests := []struct {
		query string
		want  []string
	}{
		{"waits", []string{"b"}},
		{"the end", []string{"a", "b"}},
		{`"the end of 2025"`, []string{"a"}},
		{`coproduction`, []string{"c"}},
		{`"senco coproduction of threetier plan"`, []string{"c"}},
		{`£*`, []string{"c"}},
		{`NOT the`, []string{"d"}},
		{`member:b`, []string{"b"}},
		{`-member:b end`, []string{"a"}},
		{`member:a OR £*`, []string{"a", "c"}},
		{`NOT (member:a OR £*)`, []string{"b", "d"}},
	}
	keep := func(f Field) (func(string) bool, error) {
		return func(id string) bool { return f.Value == id }, nil
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			r, err := c.Search(t.Context(), mustParse(t, tt.query), keep, -1)
			if err != nil {
				t.Fatal(err)
			}
			got := ids(r)
			slices.Sort(got)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("hits (-want +got):\n%s", diff)
			}
			if r.Total != len(tt.want) {
				t.Errorf("total %d, want %d", r.Total, len(tt.want))
			}
		})
	}
}

func TestSearchFieldError(t *testing.T) {
	c := buildCache(t, filepath.Join(t.TempDir(), "cache"), send)
	wrong := errors.New("no such member")
	_, err := c.Search(t.Context(), mustParse(t, "wait member:x"), func(Field) (func(string) bool, error) { return nil, wrong }, -1)
	if !errors.Is(err, wrong) {
		t.Errorf("error %v, want %v", err, wrong)
	}
}

func TestSearchLimit(t *testing.T) {
	docs := make(map[string]string)
	for i := range 100 {
		docs[fmt.Sprintf("p%02d", i)] = "wait" + strings.Repeat(" and wait", i%3)
	}
	c := buildCache(t, filepath.Join(t.TempDir(), "cache"), docs)
	every := mustSearch(t, c, "wait", -1)
	for _, limit := range []int{0, 1, 7, 100, 1000} {
		got := mustSearch(t, c, "wait", limit)
		want := every.Hits[:min(limit, 100)]
		if !slices.Equal(got.Hits, want) || got.Total != 100 {
			t.Errorf("limit %d: %v of %d, want %v of 100", limit, got.Hits, got.Total, want)
		}
	}
}

// The vocabulary is small so that random queries meet random texts; its words are chosen to be confused.
var vocabulary = strings.Fields(`wait waits waiting waited the co-production coproduction co production co-producer's
	three-tier three tier tiers threetier post-16 post 16 multi-agency-working multi agency working SENCo’s senco SENCOs
	£70m 70m £70 46% 46 per cent £1,000 1000 café cafe CAFE should not don't don’t can't U.K. uk e.g. eg plan.We and/or
	people person's young fund funds funding funded funded-by refund fundings agency agencies agency's
	re` + "\u00ad" + `form reform 2023-24 2023 24 ﬁrst first 3.4 a-b-c-d-e-f-g x-x xx €5 5 % - – “plan” plan. (plan) CO₂ co2 plan¹ 10⁶ m² m2 CO₂-x`)

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(16) {
		b.WriteString(vocabulary[r.IntN(len(vocabulary))])
		b.WriteString([]string{" ", " ", " ", ", ", "-", "\n", "  "}[r.IntN(7)])
	}
	return b.String()
}

// randomQuery writes a query, which may be one that cannot be read.
func randomQuery(r *rand.Rand, depth int) string {
	sub := func() string { return randomQuery(r, depth-1) }
	if depth == 0 {
		return randomPlace(r, 0)
	}
	switch r.IntN(9) {
	case 0:
		return "(" + sub() + " OR " + sub() + ")"
	case 5:
		return fmt.Sprintf("member:%d", r.IntN(3))
	case 1:
		return "(" + sub() + " OR " + sub() + " OR " + sub() + ")"
	case 2:
		return "NOT " + sub()
	case 3:
		return "(" + sub() + " " + sub() + ")"
	case 4:
		return "(" + sub() + " AND -" + sub() + ")"
	}
	return randomPlace(r, min(depth, 2))
}

// randomPlace writes what has a place in a text: a word, phrase, pattern, misspelt word, and for a depth above 0 also
// these with NEAR and OR.
func randomPlace(r *rand.Rand, depth int) string {
	word := func() string { return vocabulary[r.IntN(len(vocabulary))] }
	sub := func() string { return randomPlace(r, depth-1) }
	choice := r.IntN(12)
	if depth == 0 {
		choice = r.IntN(8)
	}
	switch choice {
	case 0:
		return []string{"", "", "", "=", `\`}[r.IntN(5)] + word()
	case 1, 2:
		phrase := randomPattern(r, word(), 3)
		for range r.IntN(3) {
			phrase += []string{" ", "-"}[r.IntN(2)] + randomPattern(r, word(), 3)
		}
		return []string{"", "", "="}[r.IntN(3)] + `"` + strings.NewReplacer("“", "", "”", `\"`).Replace(phrase) + `"`
	case 3, 4:
		return randomPattern(r, word(), 1)
	case 5, 6:
		return randomMisspelling(r, word()) + []string{"~", "~", "~1", "~2"}[r.IntN(4)]
	case 7:
		return word()
	case 8:
		return "(" + sub() + " OR " + sub() + ")"
	}
	operator := " " + []string{"NEAR", "BEFORE", "NEAR/0", "NEAR/1", "NEAR/3", "BEFORE/0", "BEFORE/2", "BEFORE/5"}[r.IntN(8)] + " "
	chain := sub() + operator + sub()
	for r.IntN(4) == 0 {
		chain += operator + sub()
	}
	return "(" + chain + ")"
}

// randomPattern makes a pattern of one word in so many.
func randomPattern(r *rand.Rand, word string, oneIn int) string {
	w := []rune(word)
	if r.IntN(oneIn) > 0 {
		return word
	}
	if r.IntN(3) == 0 {
		w[r.IntN(len(w))] = []rune("?*")[r.IntN(2)]
		return string(w)
	}
	n := r.IntN(len(w)) + 1
	return string(w[:n]) + []string{"*", "*", "?*", "*" + string(w[n:])}[r.IntN(4)]
}

// randomMisspelling changes a letter or two of a word.
func randomMisspelling(r *rand.Rand, word string) string {
	w := []rune(word)
	for range r.IntN(3) {
		i := r.IntN(len(w))
		switch r.IntN(4) {
		case 0:
			w[i] = []rune("aeioprst1£")[r.IntN(10)]
		case 1:
			w = slices.Insert(w, i, 'e')
		case 2:
			w[i], w[max(0, i-1)] = w[max(0, i-1)], w[i]
		case 3:
			if len(w) > 1 {
				w = slices.Delete(w, i, i+1)
			}
		}
	}
	return string(w)
}

// TestSearchAgreesWithMatch compares the index with a scan of every text. The seed is fixed.
func TestSearchAgreesWithMatch(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	docs := make(map[string]string)
	analysed := make(map[string]*Words)
	for i := range 400 {
		id := fmt.Sprintf("p%03d", i)
		docs[id] = randomText(r)
		analysed[id] = Analyse(docs[id])
	}
	c := buildCache(t, filepath.Join(t.TempDir(), "cache"), docs)
	// Half of the texts go in twice, so that the index has several segments and documents that were replaced.
	half := maps.Clone(docs)
	maps.DeleteFunc(half, func(id, _ string) bool { return id < "p200" })
	if err := c.Update(t.Context(), testStamp(), inOrder(half), []string{"p399", "p000", "unknown"}); err != nil {
		t.Fatal(err)
	}
	delete(analysed, "p000")
	queries := 10_000
	if testing.Short() {
		queries = 1000
	}
	compare(t, r, c, docs, analysed, queries)
}

func compare(t *testing.T, r *rand.Rand, c *Cache, docs map[string]string, analysed map[string]*Words, queries int) {
	t.Helper()
	holds := func(f Field, id string) bool { return (len(f.Name)+len(f.Value)+int(id[len(id)-1]))%3 == 0 }
	keep := func(f Field) (func(string) bool, error) {
		return func(id string) bool { return holds(f, id) }, nil
	}
	written, read, hits := 0, 0, 0
	kinds := make(map[string]int) // of node → queries with one
	for ; read < queries && written < 3*queries; written++ {
		s := randomQuery(r, r.IntN(4))
		q, err := ParseQuery(s)
		if err != nil {
			continue
		}
		read++
		for kind := range kindsIn(q.root, map[string]bool{}) {
			kinds[kind]++
		}
		result, err := c.Search(t.Context(), q, keep, -1)
		if err != nil {
			t.Fatalf("searching %s: %v", s, err)
		}
		found := make(map[string]bool)
		for _, h := range result.Hits {
			found[h.ID] = true
		}
		for id, w := range analysed {
			if _, ok := q.MatchFields(w, func(f Field) bool { return holds(f, id) }); ok != found[id] {
				t.Fatalf("query %s, text %q: the index says %v, the scan %v", s, docs[id], found[id], ok)
			}
		}
		if result.Total != len(result.Hits) || len(found) != len(result.Hits) {
			t.Fatalf("query %s: %d hits, %d ids, total %d", s, len(result.Hits), len(found), result.Total)
		}
		hits += len(found)
	}
	t.Logf("%d queries, %d of them read, %d hits; queries with %v", written, read, hits, kinds)
	if read < queries || hits < queries {
		t.Errorf("%d of %d queries could be read and found %d passages: too few to mean anything", read, written, hits)
	}
	for _, kind := range []string{"all", "either", "not", "near", "near near", "text", "phrase", "phrase with a pattern", "wildcard", "fuzzy", "Field"} {
		if kinds[kind] < queries/100 {
			t.Errorf("%d queries with %s: too few to mean anything", kinds[kind], kind)
		}
	}
}

// kindsIn gathers what kinds of node a query has.
func kindsIn(n node, kinds map[string]bool) map[string]bool {
	kind := strings.TrimPrefix(fmt.Sprintf("%T", n), "index.")
	var of []node
	switch n := n.(type) {
	case all:
		of = n.of
	case either:
		of = n.of
	case not:
		of = []node{n.of}
	case near:
		of = n.of
		if slices.ContainsFunc(of, func(c node) bool { return kindsIn(c, map[string]bool{})["near"] }) {
			kinds["near near"] = true
		}
	case text:
		if _, ok := n.words.single(); !ok {
			kind = "phrase"
			if slices.ContainsFunc(n.words, func(s step) bool { return s[0][0].wild() }) {
				kind = "phrase with a pattern"
			}
		}
	}
	kinds[kind] = true
	for _, c := range of {
		kindsIn(c, kinds)
	}
	return kinds
}

// TestScoresDoNotDependOnHistory updates a cache to a state that another was built with.
func TestScoresDoNotDependOnHistory(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	docs := make(map[string]string)
	for i := range 200 {
		docs[fmt.Sprintf("p%03d", i)] = randomText(r)
	}
	built := buildCache(t, filepath.Join(t.TempDir(), "built"), docs)
	grown := buildCache(t, filepath.Join(t.TempDir(), "grown"), map[string]string{"p001": "wait wait plan", "old": "wait"})
	for _, id := range slices.Sorted(maps.Keys(docs)) {
		if r.IntN(10) == 0 { // a few, and all of them below
			if err := grown.Update(t.Context(), testStamp(), inOrder(map[string]string{id: docs[id]}), []string{"old"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := grown.Update(t.Context(), testStamp(), inOrder(docs), nil); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"wait", "wait OR plan OR 70m", "wait plan", "co*", `"should not" OR "per cent"`, "NOT wait"} {
		if diff := cmp.Diff(mustSearch(t, built, query, -1), mustSearch(t, grown, query, -1)); diff != "" {
			t.Errorf("query %s (-built +grown):\n%s", query, diff)
		}
	}
}

func TestBuildCacheInSeveralBatches(t *testing.T) {
	var progress []int
	docs := func(yield func(string, string) bool) {
		for i := range buildDocuments*2 + 10 {
			if !yield(fmt.Sprintf("p%05d", i), "wait "+fmt.Sprint(i)) {
				return
			}
		}
	}
	dir := filepath.Join(t.TempDir(), "a", "cache")
	c, err := BuildCache(t.Context(), dir, testStamp(), docs, func(done int) { progress = append(progress, done) })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{2500, 5000, 5010}, progress); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
	if got := mustSearch(t, c, "wait", 0).Total; got != 5010 {
		t.Errorf("%d documents, want 5010", got)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir + ".new"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder that it was built in is still there: %v", err)
	}
}

func TestBuildCacheStopped(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	if err := buildCache(t, dir, send).Close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	docs := func(yield func(string, string) bool) {
		for i := 0; yield(fmt.Sprint(i), "wait"); i++ {
			if i == 3 {
				cancel()
			}
		}
	}
	if _, err := BuildCache(ctx, dir, testStamp(), docs, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	c, err := OpenCache(dir, testStamp())
	if err != nil {
		t.Fatalf("the cache before is gone: %v", err)
	}
	if got := mustSearch(t, c, "wait", 0).Total; got != 1 {
		t.Errorf("%d hits in the cache before, want 1", got)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

func TestUpdate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	c := buildCache(t, dir, send)
	next := testStamp()
	next.Seq++
	if err := c.Update(t.Context(), next, inOrder(map[string]string{"a": "no delay", "e": "delays"}), []string{"b", "e"}); err != nil {
		t.Fatal(err)
	}
	if got := c.Stamp(); got != next {
		t.Errorf("stamp %+v, want %+v", got, next)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Search(t.Context(), mustParse(t, "wait"), nil, -1); !errors.Is(err, ErrCacheClosed) {
		t.Errorf("searching a closed cache: %v, want %v", err, ErrCacheClosed)
	}
	if err := c.Update(t.Context(), next, nil, nil); !errors.Is(err, ErrCacheClosed) {
		t.Errorf("updating a closed cache: %v, want %v", err, ErrCacheClosed)
	}
	c, err := OpenCache(dir, next)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	got := ids(mustSearch(t, c, "delay OR wait OR the", -1))
	slices.Sort(got)
	if diff := cmp.Diff([]string{"a", "c", "e"}, got); diff != "" {
		t.Errorf("hits (-want +got):\n%s", diff)
	}
	if err := c.Update(t.Context(), next, nil, []string{"a"}); err != nil {
		t.Errorf("removing only: %v", err)
	}
}

func TestOpenCacheStamp(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	if _, err := OpenCache(dir, testStamp()); !errors.Is(err, ErrCacheMissing) {
		t.Errorf("before it is built: %v, want %v", err, ErrCacheMissing)
	}
	if err := buildCache(t, dir, send).Close(); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		change func(*Stamp)
		want   error
	}{
		{"same", func(*Stamp) {}, nil},
		{"any sequence", func(s *Stamp) { s.Seq = -1 }, nil},
		{"other consultation", func(s *Stamp) { s.Consultation = "x" }, ErrCacheStale},
		{"other generation", func(s *Stamp) { s.Generation, s.Seq = "x", -1 }, ErrCacheStale},
		{"behind", func(s *Stamp) { s.Seq++ }, ErrCacheStale},
		{"other mapping", func(s *Stamp) { s.Mapping = "x" }, ErrCacheStale},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := testStamp()
			tt.change(&want)
			c, err := OpenCache(dir, want)
			if !errors.Is(err, tt.want) {
				t.Fatalf("error %v, want %v", err, tt.want)
			}
			if c != nil {
				if err := c.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestOpenCacheBusy(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	c := buildCache(t, dir, send)
	if _, err := OpenCache(dir, testStamp()); !errors.Is(err, ErrCacheBusy) {
		t.Errorf("opening: %v, want %v", err, ErrCacheBusy)
	}
	if _, err := BuildCache(t.Context(), dir, testStamp(), inOrder(send), nil); !errors.Is(err, ErrCacheBusy) {
		t.Errorf("building: %v, want %v", err, ErrCacheBusy)
	}
	if got := mustSearch(t, c, "wait", 0).Total; got != 1 {
		t.Errorf("%d hits afterwards, want 1", got)
	}
}

func TestBuildCacheNoFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := BuildCache(t.Context(), filepath.Join(file, "cache"), testStamp(), inOrder(send), nil); err == nil {
		t.Error("a cache was built inside a file")
	}
}

func TestBuildCacheReadOnly(t *testing.T) {
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	if os.WriteFile(filepath.Join(folder, "x"), nil, 0o600) == nil {
		t.Skip("this user may write anywhere")
	}
	_, err := BuildCache(t.Context(), filepath.Join(folder, "cache"), testStamp(), inOrder(send), nil)
	if !errors.Is(err, ErrCacheReadOnly) {
		t.Errorf("error %v, want %v", err, ErrCacheReadOnly)
	}
}

// TestOpenCacheDamaged damages a copy of a cache in many ways. None may be opened, and none may end the process.
func TestOpenCacheDamaged(t *testing.T) {
	sound := filepath.Join(t.TempDir(), "sound")
	r := rand.New(rand.NewPCG(5, 6))
	docs := make(map[string]string)
	for i := range 300 {
		docs[fmt.Sprint(i)] = randomText(r)
	}
	if err := buildCache(t, sound, docs).Close(); err != nil {
		t.Fatal(err)
	}
	zaps, err := filepath.Glob(filepath.Join(sound, "store", "*.zap"))
	if err != nil || len(zaps) == 0 {
		t.Fatalf("no segments in the cache: %v", err)
	}
	zap := filepath.Join("store", filepath.Base(zaps[0]))
	bolt := filepath.Join("store", "root.bolt")
	cut := func(to int) func([]byte) []byte {
		return func(b []byte) []byte { return b[:min(to, len(b))] }
	}
	tests := []struct {
		name   string
		file   string
		damage func([]byte) []byte // nil deletes the file
	}{
		{"segment gone", zap, nil},
		{"segment empty", zap, cut(0)},
		{"segment cut", zap, cut(1000)},
		{"seal of another state", sealFile, func(b []byte) []byte { return bytes.ToUpper(b) }},
		{"seal empty", sealFile, cut(0)},
		{"bolt gone", bolt, nil},
		{"bolt empty", bolt, cut(0)},
		{"bolt cut in its first page", bolt, cut(100)},
		{"bolt cut after two pages", bolt, cut(8192)},
		{"bolt cut after three pages", bolt, cut(12288)},
		{"bolt of zeros", bolt, func(b []byte) []byte { return make([]byte, len(b)) }},
		{"bolt with its data pages scrambled", bolt, func(b []byte) []byte {
			for i := 8192; i < len(b); i++ {
				b[i] = byte(r.Uint32())
			}
			return b
		}},
		{"meta gone", "index_meta.json", nil},
		{"meta empty", "index_meta.json", cut(0)},
		{"meta not JSON", "index_meta.json", func([]byte) []byte { return []byte("{") }},
	}
	for range 40 {
		tests = append(tests, struct {
			name   string
			file   string
			damage func([]byte) []byte
		}{"segment with a bit flipped", zap, func(b []byte) []byte {
			b[r.IntN(len(b))] ^= 1 << r.IntN(8)
			return b
		}})
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "cache")
			if err := os.CopyFS(dir, os.DirFS(sound)); err != nil {
				t.Fatal(err)
			}
			spoil(t, filepath.Join(dir, tt.file), tt.damage)
			if tt.file != sealFile { // which would hide whether the other checks work
				spoil(t, filepath.Join(dir, sealFile), nil)
			}
			c, err := OpenCache(dir, testStamp())
			if !errors.Is(err, ErrCacheDamaged) {
				t.Errorf("error %v, want %v", err, ErrCacheDamaged)
			}
			if c != nil {
				c.Close()
			}
			if err := buildCache(t, dir, send).Close(); err != nil {
				t.Errorf("building over it: %v", err)
			}
		})
	}
}

func spoil(t *testing.T, path string, damage func([]byte) []byte) {
	t.Helper()
	if damage == nil {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		return
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := damage(bytes.Clone(b))
	if bytes.Equal(b, damaged) {
		t.Fatal("nothing was damaged")
	}
	if err := os.WriteFile(path, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestOpenCacheBitFlips flips single bits of root.bolt, where the seal is the only guard: bleve would open most of these,
// some to give wrong answers after the next update. Most of the file is zeros, so only other bytes are hit.
func TestOpenCacheBitFlips(t *testing.T) {
	sound := filepath.Join(t.TempDir(), "sound")
	if err := buildCache(t, sound, send).Close(); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		dir := filepath.Join(t.TempDir(), "cache")
		if err := os.CopyFS(dir, os.DirFS(sound)); err != nil {
			t.Fatal(err)
		}
		at, bit := 0, byte(0)
		spoil(t, filepath.Join(dir, "store", "root.bolt"), func(b []byte) []byte {
			for b[at] == 0 {
				at = r.IntN(len(b))
			}
			bit = 1 << r.IntN(8)
			b[at] ^= bit
			return b
		})
		c, err := OpenCache(dir, testStamp())
		if !errors.Is(err, ErrCacheDamaged) {
			t.Errorf("byte %d, bit %#x: error %v, want %v", at, bit, err, ErrCacheDamaged)
		}
		if c != nil {
			c.Close()
		}
	}
}

// TestOpenCacheUnsealed opens what a process that was killed leaves behind: a sound cache without its seal.
func TestOpenCacheUnsealed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	c := buildCache(t, dir, send)
	want := mustSearch(t, c, "wait OR the", -1)
	if _, err := os.Stat(filepath.Join(dir, sealFile)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a seal while the cache is open: %v", err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, sealFile)); err != nil {
		t.Fatal(err)
	}
	c, err := OpenCache(dir, testStamp())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, mustSearch(t, c, "wait OR the", -1)); diff != "" {
		t.Errorf("hits (-want +got):\n%s", diff)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, sealFile)); err != nil {
		t.Errorf("no seal after closing: %v", err)
	}
}

// TestLockFileDamaged: what is in the lock file does not matter.
func TestLockFileDamaged(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	if err := os.WriteFile(dir+".lock", bytes.Repeat([]byte("x"), 40_000), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := mustSearch(t, buildCache(t, dir, send), "wait", 0).Total; got != 1 {
		t.Errorf("%d hits, want 1", got)
	}
}
