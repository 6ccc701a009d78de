package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/token/porter"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"collate/index"
	"collate/samples/invent"
)

// An engine answers searches over the same passages.
type engine struct {
	name   string
	answer func(context.Context, invent.Search) (hits int, err error)
	close  func() error
	memory bool // it reads nothing from the disk, so that the first search needs no repeating
}

// benchShown is how many passages of an answer are shown, with what answered marked.
const benchShown = 20

// errNoSuchSearch says that an engine has no such kind of search.
var errNoSuchSearch = errors.New("no such search")

// errAside says that something other was measured than what is meant to be: collate searches without its index where it cannot have it.
var errAside = errors.New("the answer came another way")

// collateEngine gives the whole answer, with every facet or without them.
func collateEngine(c *inventedConsultation, name string, facets bool) engine {
	return engine{
		name: name,
		answer: func(ctx context.Context, s invent.Search) (int, error) {
			q, err := index.ParseQuery(s.Collate)
			if err != nil {
				return 0, errNoSuchSearch
			}
			a, err := c.Search(ctx, c.snapshot, q, index.SearchOptions{Limit: benchShown, Facets: facets})
			if err != nil {
				return 0, err
			}
			if len(a.Notes) > 0 {
				return 0, fmt.Errorf("%w: %s", errAside, strings.Join(a.Notes, " "))
			}
			return a.Passages, nil
		},
		close: func() error { return nil },
	}
}

// scanEngine analyses every text and matches the query on it.
func scanEngine(c *inventedConsultation) engine {
	return engine{
		name: "scan", memory: true,
		answer: func(ctx context.Context, s invent.Search) (int, error) {
			q, err := index.ParseQuery(s.Collate)
			if err != nil || len(q.Fields()) > 0 {
				return 0, errNoSuchSearch
			}
			hits := 0
			for _, p := range c.snapshot.Passages {
				if err := ctx.Err(); err != nil {
					return 0, err
				}
				if _, ok := q.Match(index.Analyse(c.snapshot.Whole(p))); ok {
					hits++
				}
			}
			return hits, nil
		},
		close: func() error { return nil },
	}
}

// bleveMapping is what bleve's own documents advise: one text field in English with its positions, nothing else. With every word, it leaves
// out no common ones, as collate does not: otherwise "should not" is no phrase.
func bleveMapping(everyWord bool) (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	name := en.AnalyzerName
	if everyWord {
		name = "every word"
		err := m.AddCustomAnalyzer(name, map[string]any{"type": custom.Name, "tokenizer": unicode.Name, "token_filters": []string{en.PossessiveName, lowercase.Name, porter.Name}})
		if err != nil {
			return nil, err
		}
	}
	text := bleve.NewTextFieldMapping()
	text.Analyzer = name
	text.Store, text.DocValues, text.IncludeInAll = false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", text)
	m.DefaultMapping, m.DefaultField, m.DefaultAnalyzer = doc, "text", name
	return m, nil
}

// facetFields are what every passage of an invented consultation has, for the engines that have no facets of their own accord.
var facetFields = [...]string{"member", "type", "format"}

// withFacets adds a keyword to the mapping for each of the facet fields.
func withFacets(m *mapping.IndexMappingImpl) *mapping.IndexMappingImpl {
	for _, name := range facetFields {
		field := bleve.NewKeywordFieldMapping()
		field.Store, field.IncludeInAll, field.IncludeTermVectors = false, false, false
		m.DefaultMapping.AddFieldMappingsAt(name, field)
	}
	return m
}

// A bleveText is a passage without facets.
type bleveText struct {
	Text string `json:"text"`
}

// A bleveDocument is one with them.
type bleveDocument struct {
	Text   string `json:"text"`
	Member string `json:"member"`
	Type   string `json:"type"`
	Format string `json:"format"`
}

// documents are the passages as bleve takes them, until ctx is done.
func (c *inventedConsultation) documents(ctx context.Context, take func(id string, d bleveDocument) error) error {
	for _, p := range c.snapshot.Passages {
		if err := ctx.Err(); err != nil {
			return err
		}
		member := c.snapshot.Submission(p).Member
		if err := take(p.ID, bleveDocument{c.snapshot.Whole(p), member, c.types[member], "txt"}); err != nil {
			return err
		}
	}
	return nil
}

// bleveBatch is the size at which bleve is quickest.
const bleveBatch = 5_000

// bleveBatches builds as an index that is searched meanwhile must: in batches.
func bleveBatches(ctx context.Context, c *inventedConsultation, dir string) (err error) {
	m, err := bleveMapping(true)
	if err != nil {
		return err
	}
	b, err := bleve.NewUsing(dir, m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	batch := b.NewBatch()
	err = c.documents(ctx, func(id string, d bleveDocument) error {
		if err := batch.Index(id, bleveText{d.Text}); err != nil || batch.Size() < bleveBatch {
			return err
		}
		err := b.Batch(batch)
		batch = b.NewBatch()
		return err
	})
	if err != nil {
		return err
	}
	return b.Batch(batch)
}

// bleveBuilder builds as quickly and as small as bleve can.
func bleveBuilder(ctx context.Context, c *inventedConsultation, dir string, everyWord, facets bool) error {
	m, err := bleveMapping(everyWord)
	if err != nil {
		return err
	}
	if facets {
		m = withFacets(m)
	}
	b, err := bleve.NewBuilder(dir, m, map[string]any{"batchSize": bleveBatch, "buildPathPrefix": filepath.Dir(dir)})
	if err != nil {
		return err
	}
	err = c.documents(ctx, func(id string, d bleveDocument) error {
		if facets {
			return b.Index(id, d)
		}
		return b.Index(id, bleveText{d.Text})
	})
	if err != nil {
		return err // a builder without a passage cannot be closed, and holds nothing open
	}
	return b.Close()
}

// bleveEngines answer with bleve's own queries on what bleveBuilder built in dir of every word with facets: ids and scores, nothing marked; the
// second one counts the facets too.
func bleveEngines(dir string) ([]engine, error) {
	b, err := bleve.Open(dir)
	if err != nil {
		return nil, fmt.Errorf("opening what bleve built in %q: %w", dir, err)
	}
	answer := func(ctx context.Context, s invent.Search, facets bool) (int, error) {
		q := bleveQuery(s)
		if q == nil {
			return 0, errNoSuchSearch
		}
		request := bleve.NewSearchRequestOptions(q, benchShown, 0, false)
		for _, name := range facetFields {
			if facets {
				request.AddFacet(name, bleve.NewFacetRequest(name, inventedMembers))
			}
		}
		r, err := b.SearchInContext(ctx, request)
		if err != nil {
			return 0, err
		}
		return int(r.Total), nil
	}
	return []engine{
		{name: "bare bleve", answer: func(ctx context.Context, s invent.Search) (int, error) { return answer(ctx, s, false) }, close: b.Close},
		{name: "bleve, 3 facets", answer: func(ctx context.Context, s invent.Search) (int, error) { return answer(ctx, s, true) }, close: func() error { return nil }},
	}, nil
}

// bleveQuery is a search in bleve's own parts; nil where it has none.
func bleveQuery(s invent.Search) query.Query {
	var words []query.Query
	for _, w := range s.Words {
		words = append(words, bleve.NewMatchQuery(w))
	}
	switch s.Kind {
	case "every passage":
		return bleve.NewMatchAllQuery()
	case "two filters":
		charity, text := bleve.NewTermQuery("charity"), bleve.NewTermQuery("txt")
		charity.SetField("type")
		text.SetField("format")
		return bleve.NewConjunctionQuery(bleve.NewDisjunctionQuery(words[:2]...), charity, text)
	case "term":
		return words[0]
	case "AND of three":
		return bleve.NewConjunctionQuery(words...)
	case "OR of three":
		return bleve.NewDisjunctionQuery(words...)
	case "phrase":
		return bleve.NewMatchPhraseQuery(s.Phrase)
	case "prefix":
		return bleve.NewPrefixQuery(s.Start)
	case "wildcard":
		return bleve.NewWildcardQuery(s.Start + "*" + s.End)
	case "AND NOT":
		q := bleve.NewBooleanQuery()
		q.AddMust(bleve.NewDisjunctionQuery(words[:2]...))
		q.AddMustNot(words[2])
		return q
	case "fuzzy":
		q := bleve.NewFuzzyQuery(s.Words[0])
		q.SetFuzziness(1)
		return q
	}
	return nil
}

// fts5Engines are SQLite's full-text search with the texts in it, which marks what answered in those shown; the second one counts three
// facets too.
func fts5Engines(path string) ([]engine, error) {
	db, err := openFTS5(path)
	if err != nil {
		return nil, err
	}
	return []engine{
		{name: "SQLite FTS5", close: db.Close, answer: func(ctx context.Context, s invent.Search) (int, error) { return answerFTS5(ctx, db, s) }},
		{name: "FTS5, 3 facets", close: func() error { return nil }, answer: func(ctx context.Context, s invent.Search) (int, error) {
			hits, err := answerFTS5(ctx, db, s)
			if err != nil {
				return 0, err
			}
			return hits, facetsFTS5(ctx, db, s)
		}},
	}, nil
}

func answerFTS5(ctx context.Context, db *sql.DB, s invent.Search) (hits int, err error) {
	where, args, err := whereFTS5(s)
	if err != nil {
		return 0, err
	}
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM passage `+where, args...).Scan(&hits); err != nil {
		return 0, err
	}
	shown := `SELECT id, highlight(passage, 4, '[', ']') FROM passage ` + where + ` ORDER BY rank LIMIT ?`
	if s.Of == invent.Listed { // nothing to rank or to mark
		shown = `SELECT id, text FROM passage LIMIT ?`
	}
	rows, err := db.QueryContext(ctx, shown, append(args, benchShown)...)
	if err != nil {
		return 0, err
	}
	return hits, drain(rows)
}

// drain reads rows of two columns to their end.
func drain(rows *sql.Rows) error {
	defer rows.Close()
	for rows.Next() {
		var a, b string
		if err := rows.Scan(&a, &b); err != nil {
			return err
		}
	}
	return rows.Err()
}

func facetsFTS5(ctx context.Context, db *sql.DB, s invent.Search) error {
	where, args, err := whereFTS5(s)
	if err != nil {
		return err
	}
	for _, name := range facetFields {
		rows, err := db.QueryContext(ctx, `SELECT `+name+`, count(*) FROM passage `+where+` GROUP BY 1`, args...)
		if err != nil {
			return err
		}
		if err := drain(rows); err != nil {
			return err
		}
	}
	return nil
}

func whereFTS5(s invent.Search) (where string, args []any, err error) {
	switch {
	case s.Of == invent.Listed:
		return "", nil, nil
	case s.FTS5 == "":
		return "", nil, errNoSuchSearch
	case s.Of == invent.Filtered:
		return `WHERE passage MATCH ? AND type = 'charity' AND format = 'txt'`, []any{s.FTS5}, nil
	}
	return `WHERE passage MATCH ?`, []any{s.FTS5}, nil
}

func openFTS5(path string) (*sql.DB, error) {
	return sql.Open("sqlite", "file:"+filepath.ToSlash(path)+"?_pragma=synchronous(OFF)")
}

func fillFTS5(ctx context.Context, path string, c *inventedConsultation) (err error) {
	db, err := openFTS5(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, `CREATE VIRTUAL TABLE passage USING fts5(id UNINDEXED, member UNINDEXED, type UNINDEXED, format UNINDEXED, text, tokenize = 'porter unicode61')`); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.PrepareContext(ctx, `INSERT INTO passage (id, member, type, format, text) VALUES (?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	err = c.documents(ctx, func(id string, d bleveDocument) error {
		_, err := insert.ExecContext(ctx, id, d.Member, d.Type, d.Format, d.Text)
		return err
	})
	if err != nil {
		return err
	}
	return tx.Commit()
}

// folderBytes is the size of the files in a folder, or of one file.
func folderBytes(dir string) (n int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error { // what cannot be seen is not counted
		if err != nil || d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil {
			n += info.Size()
		}
		return nil
	})
	return n
}
