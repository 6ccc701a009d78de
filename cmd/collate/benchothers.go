package main

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"path/filepath"

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
}

// benchShown is how many passages of an answer are shown, with what answered marked.
const benchShown = 20

// errNoSuchSearch says that an engine has no such kind of search.
var errNoSuchSearch = errors.New("no such search")

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
			return a.Passages, nil
		},
		close: func() error { return nil },
	}
}

// scanEngine analyses every text and matches the query on it.
func scanEngine(c *inventedConsultation) engine {
	return engine{
		name: "scan",
		answer: func(ctx context.Context, s invent.Search) (int, error) {
			q, err := index.ParseQuery(s.Collate)
			if err != nil || len(q.Fields()) > 0 {
				return 0, errNoSuchSearch
			}
			hits := 0
			for _, p := range c.snapshot.Passages {
				if _, ok := q.Match(index.Analyse(c.snapshot.Whole(p))); ok {
					hits++
				}
			}
			return hits, ctx.Err()
		},
		close: func() error { return nil },
	}
}

// bleveMapping is what bleve's own documents advise: one text field in English with its positions, nothing else. With every word, it leaves
// out no common ones, as collate does not: otherwise "should not" is no phrase.
func bleveMapping(everyWord bool) (mapping.IndexMapping, error) {
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

type bleveDocument struct {
	Text string `json:"text"`
}

// bleveBatch is the size at which bleve is quickest.
const bleveBatch = 5_000

// bleveBatches builds as an index that is searched meanwhile must: in batches.
func bleveBatches(c *inventedConsultation, dir string) error {
	m, err := bleveMapping(true)
	if err != nil {
		return err
	}
	b, err := bleve.NewUsing(dir, m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return err
	}
	batch := b.NewBatch()
	for i, p := range c.snapshot.Passages {
		if err := batch.Index(p.ID, bleveDocument{c.snapshot.Whole(p)}); err != nil {
			return err
		}
		if batch.Size() == bleveBatch || i == len(c.snapshot.Passages)-1 {
			if err := b.Batch(batch); err != nil {
				return err
			}
			batch = b.NewBatch()
		}
	}
	return b.Close()
}

// bleveBuilder builds as quickly and as small as bleve can.
func bleveBuilder(c *inventedConsultation, dir string, everyWord bool) error {
	m, err := bleveMapping(everyWord)
	if err != nil {
		return err
	}
	b, err := bleve.NewBuilder(dir, m, map[string]any{"batchSize": bleveBatch, "buildPathPrefix": filepath.Dir(dir)})
	if err != nil {
		return err
	}
	for _, p := range c.snapshot.Passages {
		if err := b.Index(p.ID, bleveDocument{c.snapshot.Whole(p)}); err != nil {
			return err
		}
	}
	return b.Close()
}

// bleveEngine answers with bleve's own queries on what bleveBuilder built of every word: ids and scores, nothing marked.
func bleveEngine(dir string) (engine, error) {
	b, err := bleve.Open(dir)
	if err != nil {
		return engine{}, err
	}
	answer := func(ctx context.Context, s invent.Search) (int, error) {
		q := bleveQuery(s)
		if q == nil {
			return 0, errNoSuchSearch
		}
		r, err := b.SearchInContext(ctx, bleve.NewSearchRequestOptions(q, benchShown, 0, false))
		if err != nil {
			return 0, err
		}
		return int(r.Total), nil
	}
	return engine{name: "bare bleve", answer: answer, close: b.Close}, nil
}

// bleveQuery is a search in bleve's own parts; nil where it has none.
func bleveQuery(s invent.Search) query.Query {
	var words []query.Query
	for _, w := range s.Words {
		words = append(words, bleve.NewMatchQuery(w))
	}
	switch s.Kind {
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

// fts5Engine is SQLite's full-text search with the texts in it, and marks what answered in those shown.
func fts5Engine(path string) (engine, error) {
	e := engine{name: "SQLite FTS5"}
	db, err := openFTS5(path)
	if err != nil {
		return e, err
	}
	e.close = db.Close
	e.answer = func(ctx context.Context, s invent.Search) (hits int, err error) {
		if s.FTS5 == "" {
			return 0, errNoSuchSearch
		}
		if err := db.QueryRowContext(ctx, `SELECT count(*) FROM passage WHERE passage MATCH ?`, s.FTS5).Scan(&hits); err != nil {
			return 0, err
		}
		rows, err := db.QueryContext(ctx, `SELECT id, highlight(passage, 1, '[', ']') FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT ?`, s.FTS5, benchShown)
		if err != nil {
			return 0, err
		}
		defer rows.Close()
		for rows.Next() {
			var id, text string
			if err := rows.Scan(&id, &text); err != nil {
				return 0, err
			}
		}
		return hits, rows.Err()
	}
	return e, nil
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
	if _, err := db.ExecContext(ctx, `CREATE VIRTUAL TABLE passage USING fts5(id UNINDEXED, text, tokenize = 'porter unicode61')`); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert, err := tx.PrepareContext(ctx, `INSERT INTO passage (id, text) VALUES (?, ?)`)
	if err != nil {
		return err
	}
	for _, p := range c.snapshot.Passages {
		if _, err := insert.ExecContext(ctx, p.ID, c.snapshot.Whole(p)); err != nil {
			return err
		}
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
