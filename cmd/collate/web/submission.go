package web

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"collate/index"
	"collate/index/extract"
	"collate/themes"
)

// A submissionPage is a document as it was read, with its places and the themes of its passages in the margin.
type submissionPage struct {
	page
	Sub    *index.Submission
	Blocks []submissionBlock
	Facts  []string // how it was read, in sentences
	Hits   int      // of what was searched for
}

// A submissionBlock is a paragraph of it.
type submissionBlock struct {
	Kind    extract.Kind
	Level   int
	Place   string
	Why     string // it is not coded
	Words   []stretch
	Passage string // the id of the passage that begins here, or ""
	Here    bool   // it is the passage that was asked for
	Tags    []searchTag
}

// submission shows a document of a member or one that the members answer; q marks what a search finds in it.
func (s *Server) submission(r *request) error {
	base, x, err := s.plain(r, "Submission", "Members")
	if err != nil {
		return err
	}
	sub := submissionOf(x, r.FormValue("name"))
	if sub == nil {
		return index.ErrNoSubmission
	}
	p := submissionPage{page: base, Sub: sub}
	p.Title, p.Query = sub.Name, r.FormValue("q")
	if sub.Document != nil {
		for _, w := range sub.Document.Warnings {
			p.Facts = append(p.Facts, strings.TrimSpace(w.Where+" "+w.What))
		}
		if err := p.read(x, r.FormValue("at")); err != nil {
			return err
		}
	}
	return s.show(r, "submission", "layout", p)
}

func submissionOf(x *themes.Searcher, name string) *index.Submission {
	for _, list := range [][]*index.Submission{x.Submissions, x.References} {
		if at := slices.IndexFunc(list, func(sub *index.Submission) bool { return sub.Name == name }); at >= 0 {
			return list[at]
		}
	}
	return nil
}

// read lays out the blocks, with the passage that begins in each.
func (p *submissionPage) read(x *themes.Searcher, at string) error {
	var query *index.Query
	if p.Query != "" {
		var err error
		if query, err = index.ParseQuery(p.Query); err != nil {
			p.Said, p.Alert = faultOf(err), true
		}
	}
	passages := p.Sub.Passages
	for _, b := range p.Sub.Document.Blocks {
		text := p.Sub.Document.Text[b.Start:b.End]
		block := submissionBlock{Kind: b.Kind, Level: b.Level, Place: index.PlaceText(b.Place), Why: b.Why}
		for len(passages) > 0 && passages[0].Body < b.End {
			block.Passage, block.Here = passages[0].ID, block.Here || passages[0].ID == at
			for _, t := range x.Tags(passages[0].ID) {
				block.Tags = append(block.Tags, searchTag{t.Name, t.Stance, t.Confirmed})
			}
			passages = passages[1:]
		}
		var marks []themes.Span
		if query != nil {
			spans, _ := query.Match(index.Analyse(text))
			for _, m := range spans {
				marks = append(marks, themes.Span{Start: m.Start, End: m.End})
			}
			p.Hits += len(marks)
		}
		block.Words = marked(text, marks)
		p.Blocks = append(p.Blocks, block)
	}
	return nil
}

// original sends a submission's file as it came, always as a file to keep: what a stranger sent is never shown by the browser itself.
func (s *Server) original(r *request) error {
	x, err := r.in.Searcher(r.ctx())
	if err != nil {
		return err
	}
	sub := submissionOf(x, r.FormValue("name"))
	if sub == nil {
		return index.ErrNoSubmission
	}
	data, err := r.in.Original(r.ctx(), sub.Sha)
	if err != nil {
		return err
	}
	return send(r, path.Base(sub.Name), "application/octet-stream", bytes.NewBuffer(data))
}
