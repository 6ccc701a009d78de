package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"collate/index"
	"collate/themes"
	"collate/themes/export"
)

func searchCommand(a *app) *cobra.Command {
	s := &searching{app: a}
	c := &cobra.Command{
		Use:   "search [NAME.collate] WORDS...",
		Short: "Find every passage that says something",
		Long: `Put the whole search in single quotation marks, since command windows take ", ( and * for their own; in Windows' cmd, where that does
not help, write \" for each ".

  wait tribunal              both words in one passage, in any form: waiting, waits
  "should not"               these words, directly one after the other
  wait OR delay, -appeal     either; without a word (or NOT appeal); ( ) to group
  wait*  tribunual~          any ending; a word that may be misspelt
  funding NEAR/8 tariff      at most 8 words apart; BEFORE/8 in this order
  AP                         finds its synonyms as well, and says so (collate synonyms); ="AP" is the word alone
  theme:funding              in one theme; so for member: type: stance: question: format: consent: checked:yes place:
  date:2023-04..2023-05      also page:3..7 and words:>100; a value of several words in quotation marks: member:"Ashdown Autism Trust"

On a terminal the passages come a screen at a time: Enter for more, q to stop. What is confidential is shown here with a warning and
is never in a file that --to writes.`,
		Example: `  collate search 'wait* OR "20 weeks"' --facets --silent
  collate search funding --kwic              each place with the words around it, under one another
  collate search funding --to funding.docx   a list of quotations with their references
  collate search funding --save money        and later, what is new: collate search --again money
  collate search --like PK3M9XQ7W2A          passages most like that one`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			s.limited = cmd.Flags().Changed("limit") || cmd.Flags().Changed("page")
			return a.with(cmd.Context(), args, func(an *themes.Analysis, words []string) error {
				s.an, s.words = an, strings.Join(words, " ")
				return s.run(cmd.Context())
			})
		},
	}
	s.flags(c)
	return c
}

// A searching is one run of the search command.
type searching struct {
	*app
	an      *themes.Analysis
	words   string
	limited bool // the person said how many

	limit, number, kwic, context int
	order, like, around          string
	save, again, forget, to      string
	diverse, facets, silent      bool
	saved, own                   bool
}

func (s *searching) flags(c *cobra.Command) {
	f := c.Flags()
	f.IntVar(&s.limit, "limit", 20, "how many passages to show; -1 for all")
	f.IntVar(&s.number, "page", 1, "which page of that many")
	f.StringVar(&s.order, "order", string(index.ByRelevance), "how they are sorted: relevance, member, question or document")
	f.BoolVar(&s.diverse, "diverse", false, "every member once before any twice")
	f.BoolVar(&s.facets, "facets", false, "count what is found by theme, stance, member, type, question, format, date, consent and who checked it")
	f.BoolVar(&s.silent, "silent", false, "list the members that have no passage found")
	f.IntVar(&s.kwic, "kwic", 0, "show each place found on a line of its own with so many words on either side")
	f.Lookup("kwic").NoOptDefVal = "8"
	f.StringVar(&s.like, "like", "", "find the passages most like this one, by its id")
	f.BoolVar(&s.own, "own", false, "with --like: those of the same document as well")
	f.StringVar(&s.around, "around", "", "show a passage with those before and after it, by its id")
	f.IntVar(&s.context, "context", 2, "with --around: how many before and after; -1 for the whole document")
	f.StringVar(&s.save, "save", "", "keep the search in the record under this name")
	f.BoolVar(&s.saved, "saved", false, "list the searches that are kept")
	f.StringVar(&s.again, "again", "", "run a search that is kept, and say what is new since last time")
	f.StringVar(&s.forget, "forget", "", "take a search off the list")
	f.StringVar(&s.to, "to", "", "write what is found to a file: .xlsx, .csv, .docx or .json")
}

func (s *searching) run(ctx context.Context) error {
	if err := s.check(); err != nil {
		return err
	}
	switch {
	case s.saved:
		return s.list(ctx)
	case s.forget != "":
		return s.an.ForgetSearch(ctx, s.forget, s.person())
	case s.around != "":
		return s.surroundings(ctx)
	}
	x, err := s.an.Searcher(ctx)
	if err != nil {
		return err
	}
	return s.answer(ctx, x)
}

// check refuses what makes no sense before anything is opened that takes time.
func (s *searching) check() error {
	var ways []string
	for _, w := range []struct {
		flag string
		set  bool
	}{{"--saved", s.saved}, {"--forget", s.forget != ""}, {"--around", s.around != ""}, {"--like", s.like != ""}, {"--again", s.again != ""}, {"words", s.words != ""}} {
		if w.set {
			ways = append(ways, w.flag)
		}
	}
	ending := strings.ToLower(filepath.Ext(s.to))
	switch {
	case len(ways) == 0:
		return misuse("Say what to search for: collate search NAME.collate WORDS")
	case len(ways) > 1:
		return misuse("Give one of these at a time: %s.", strings.Join(ways, ", "))
	case !slices.Contains(index.Orders(), index.Order(s.order)):
		return misuse("--order is relevance, member, question or document, not %q.", s.order)
	case s.number < 1 || s.limit < -1 || s.number > 1 && s.limit < 0 || s.kwic < 0:
		return misuse("--page and --limit count from 1; --limit -1 shows all, on one page.")
	case s.to != "" && ending != ".xlsx" && ending != ".csv" && ending != ".docx" && ending != ".json":
		return misuse("The name after --to must end in .xlsx, .csv, .docx or .json.")
	case s.save != "" && s.words == "":
		return misuse("--save keeps a search of words: collate search WORDS --save NAME")
	}
	return nil
}

// options are what is asked for, from a passage on.
func (s *searching) options(offset int) index.SearchOptions {
	opt := index.SearchOptions{Limit: s.limit, Offset: offset, Order: index.Order(s.order), Diverse: s.diverse, Context: s.kwic}
	if offset == s.first() {
		opt.Facets, opt.Silent, opt.IDs = s.facets, s.silent, s.save != "" || s.again != ""
	}
	if s.to != "" && !s.limited {
		opt.Limit = -1
	}
	return opt
}

// first is how many passages are passed over.
func (s *searching) first() int { return (s.number - 1) * max(0, s.limit) }

func (s *searching) answer(ctx context.Context, x *themes.Searcher) error {
	query, saved, err := s.query(ctx)
	if err != nil {
		return err
	}
	scan := false
	page := func(offset int) (*index.Answer, error) {
		opt := s.options(offset)
		opt.Scan = scan
		if s.like != "" {
			return x.Similar(ctx, s.like, s.own, opt)
		}
		return x.Search(ctx, query, opt)
	}
	found, err := page(s.first())
	if err != nil {
		return err
	}
	scan = found.Scanned // the next pages as well, so that all are of one order
	if saved != nil {
		found.Since = x.Since(saved, found.IDs)
	}
	if name := s.name(saved); name != "" {
		if err := s.an.SaveSearch(ctx, name, query, found.IDs, s.person()); err != nil {
			return err
		}
		found.IDs = nil
	}
	if s.to != "" {
		return s.write(x, found)
	}
	if s.json {
		return s.print(found, nil)
	}
	return s.show(found, page)
}

// query is what to search for, and the saved search that it comes from.
func (s *searching) query(ctx context.Context) (string, *index.SavedSearch, error) {
	if s.again == "" {
		return s.words, nil, nil
	}
	saved, err := s.an.SavedSearch(ctx, s.again)
	if err != nil {
		return "", nil, err
	}
	if saved == nil {
		return "", nil, misuse("No search is kept under the name %q. See those that are: collate search --saved", s.again)
	}
	return saved.Query, saved, nil
}

// name is the name under which the search is kept; "" when it is not.
func (s *searching) name(saved *index.SavedSearch) string {
	if saved != nil {
		return saved.Name
	}
	return s.save
}

// write makes the file that --to names.
func (s *searching) write(x *themes.Searcher, found *index.Answer) error {
	r := x.Results(found, index.Order(s.order))
	as := map[string]func(io.Writer, *themes.Results) error{".xlsx": export.SearchWorkbook, ".csv": export.SearchCSV, ".docx": export.SearchDocument, ".json": export.SearchJSON}[strings.ToLower(filepath.Ext(s.to))]
	if err := writeFile(s.to, func(w io.Writer) error { return as(w, r) }); err != nil {
		return err
	}
	s.warnPersonal(r.PersonalData())
	wrote := map[string]any{"file": s.to, "members": r.Members, "passages": r.Passages, "written": len(r.Quotes), "withheld": r.Withheld}
	return s.print(wrote, func(w io.Writer) {
		fmt.Fprintf(w, "Wrote %s: %s of %s.\n", s.to, plural(len(r.Quotes), "passage"), plural(r.Members, "member"))
		if r.Withheld > 0 {
			fmt.Fprintf(w, "%s without the words: counted, not quoted.\n", plural(r.Withheld, "passage"))
		}
	})
}

func (s *searching) list(ctx context.Context) error {
	saved, err := s.an.SavedSearches(ctx)
	if err != nil {
		return err
	}
	return s.print(saved, func(w io.Writer) {
		for _, x := range saved {
			fmt.Fprintf(w, "%s: %s\n   %s when %s last ran it on %s\n", x.Name, x.Query, plural(len(x.Passages), "passage"), x.By, x.At.Format("2 January 2006"))
		}
		if len(saved) == 0 {
			fmt.Fprintln(w, "No search is kept yet. Keep one with: collate search WORDS --save NAME")
		}
	})
}

func (s *searching) surroundings(ctx context.Context) error {
	snap, err := s.an.Snapshot(ctx)
	if err != nil {
		return err
	}
	around, err := snap.Around(s.around, s.context)
	if err != nil {
		return err
	}
	if s.json {
		return s.print(around, nil)
	}
	return s.paged(func(p *pager) error {
		if around.Excluded != "" {
			p.print("Not counted: " + plainText(around.Excluded) + "\n\n")
		}
		for i := range around.Passages {
			head := "  "
			if i == around.At {
				head = "> "
			}
			if !p.passage(head, &around.Passages[i]) {
				return nil
			}
		}
		p.print(fmt.Sprintf("%s before these in the document and %d after.\n", plural(around.Before, "passage"), around.After))
		return nil
	})
}

// show prints an answer, on a terminal a screen at a time.
func (s *searching) show(found *index.Answer, page func(offset int) (*index.Answer, error)) error {
	return s.paged(func(p *pager) error {
		p.like = s.like
		p.notes(found)
		if p.in != nil && s.like == "" {
			p.counts(found, found.Passages)
			p.print("\n")
		}
		p.since(found)
		if p.in != nil { // who stops at the first screen has asked for these all the same
			p.facets(found)
			p.silent(found, s.silent)
		}
		shown := s.first()
		for a := found; ; {
			if !p.found(a, shown) {
				return nil
			}
			shown += len(a.Found)
			if p.in == nil || s.limited || s.like != "" || shown >= found.Passages || len(a.Found) == 0 {
				break
			}
			var err error
			if a, err = page(shown); err != nil {
				return err
			}
		}
		p.references(found)
		if p.in == nil {
			p.facets(found)
			p.silent(found, s.silent)
		}
		p.suggestions(found)
		if p.in == nil || s.like != "" {
			p.counts(found, shown-s.first())
		}
		return nil
	})
}

// paged runs f with a pager that stops at every screen where somebody sits at a terminal.
func (s *searching) paged(f func(*pager) error) error {
	p := &pager{out: s.out, colour: s.colour(), kwic: s.kwic > 0}
	out, outTerminal := terminal(s.out)
	_, inTerminal := terminal(s.in)
	if outTerminal && inTerminal {
		width, height, err := term.GetSize(int(out.Fd()))
		if err == nil && width >= 40 && height >= 8 {
			p.in, p.width, p.height = s.in, width, height
		}
	}
	return f(p)
}

// terminal is the file that a stream is, when it is a terminal.
func terminal(stream any) (*os.File, bool) {
	f, ok := stream.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}

// colour reports whether output goes to a terminal that shows it.
func (a *app) colour() bool {
	_, ok := terminal(a.out)
	return ok && os.Getenv("NO_COLOR") == ""
}
