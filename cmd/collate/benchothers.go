package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"collate/index"
	"collate/samples/invent"
)

// An engine answers searches over the same passages.
type engine struct {
	name   string
	build  cost
	bytes  int64 // on disk
	answer func(context.Context, invent.Search) (hits int, err error)
	close  func() error
}

// benchShown is how many passages of an answer are shown, with what answered marked.
const benchShown = 20

// errNoSuchSearch says that an engine has no such kind of search.
var errNoSuchSearch = errors.New("no such search")

func collateEngine(c *inventedConsultation, dir string) engine {
	return engine{
		name: "collate", build: c.build, bytes: folderBytes(filepath.Join(dir, "index")),
		answer: func(ctx context.Context, s invent.Search) (int, error) {
			q, err := index.ParseQuery(s.Collate)
			if err != nil {
				return 0, errNoSuchSearch
			}
			a, err := c.Search(ctx, c.snapshot, q, index.SearchOptions{Limit: benchShown, Facets: true})
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

// bleveMapping is what bleve's own documents advise: one text field in English with its positions, nothing else.
func bleveMapping() mapping.IndexMapping {
	text := bleve.NewTextFieldMapping()
	text.Analyzer = en.AnalyzerName
	text.Store, text.DocValues, text.IncludeInAll = false, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", text)
	m := bleve.NewIndexMapping()
	m.DefaultMapping, m.DefaultField, m.DefaultAnalyzer = doc, "text", en.AnalyzerName
	return m
}

type bleveDocument struct {
	Text string `json:"text"`
}

// bleveBatch is the size at which bleve is quickest.
const bleveBatch = 5_000

// bleveBatches builds as an index that is searched meanwhile must: in batches.
func bleveBatches(c *inventedConsultation, dir string) (cost, error) {
	return costOf(func() error {
		b, err := bleve.NewUsing(dir, bleveMapping(), scorch.Name, scorch.Name, nil)
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
	})
}

// bleveEngine builds as quickly and as small as bleve can, and answers with its own queries: ids and scores, nothing marked.
func bleveEngine(c *inventedConsultation, dir string) (engine, error) {
	e := engine{name: "bare bleve"}
	var err error
	e.build, err = costOf(func() error {
		b, err := bleve.NewBuilder(dir, bleveMapping(), map[string]any{"batchSize": bleveBatch, "buildPathPrefix": filepath.Dir(dir)})
		if err != nil {
			return err
		}
		for _, p := range c.snapshot.Passages {
			if err := b.Index(p.ID, bleveDocument{c.snapshot.Whole(p)}); err != nil {
				return err
			}
		}
		return b.Close()
	})
	if err != nil {
		return e, fmt.Errorf("building with bleve: %w", err)
	}
	e.bytes = folderBytes(dir)
	b, err := bleve.Open(dir)
	if err != nil {
		return e, err
	}
	e.close = b.Close
	e.answer = func(ctx context.Context, s invent.Search) (int, error) {
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
	return e, nil
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
func fts5Engine(ctx context.Context, c *inventedConsultation, path string) (engine, error) {
	e := engine{name: "SQLite FTS5"}
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(path)+"?_pragma=synchronous(OFF)")
	if err != nil {
		return e, err
	}
	e.close = db.Close
	if e.build, err = costOf(func() error { return fillFTS5(ctx, db, c) }); err != nil {
		return e, errors.Join(fmt.Errorf("building with FTS5: %w", err), db.Close())
	}
	e.bytes = folderBytes(path)
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

func fillFTS5(ctx context.Context, db *sql.DB, c *inventedConsultation) error {
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
