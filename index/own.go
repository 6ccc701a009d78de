package index

import (
	"strings"

	"collate/index/extract"
)

// askedWords is how many words a paragraph must have before it is known as the questioner's by being the same: shorter ones,
// "Thank you", anybody writes.
const askedWords = 5

// disown takes the questioner's words out of the members' mouths. A form that a member fills in, or a letter that quotes what it
// answers, repeats the questions, the guidance under them, or a paragraph of the document itself: where such a paragraph begins or
// ends a passage, the member's words are the rest; where hardly a word is left, the passage is left out and listed in
// [Submission.Repeats].
func (s *Snapshot) disown() {
	asked := s.askedParagraphs()
	if len(asked) == 0 {
		return
	}
	var kept []*Passage
	for _, p := range s.Passages {
		sub := s.bySha[p.Sha]
		body, end := s.ownWords(p, asked)
		words := extract.Words(sub.Document.Text[body:end])
		switch trimmed := body > p.Body || end < p.End; {
		case !trimmed:
			kept = append(kept, p)
			continue
		case words >= askedWords:
			p.Body, p.End, p.Words = body, end, words
			kept = append(kept, p)
			continue
		}
		sub.Repeats = append(sub.Repeats, p)
		delete(s.byID, p.ID)
		s.left[p.ID] = p
	}
	s.Passages = kept
	for _, sub := range s.Submissions {
		if len(sub.Repeats) > 0 {
			sub.Passages = without(sub.Passages, s.left)
		}
	}
}

func without(passages []*Passage, left map[string]*Passage) []*Passage {
	var out []*Passage
	for _, p := range passages {
		if left[p.ID] == nil {
			out = append(out, p)
		}
	}
	return out
}

// askedParagraphs are the questions and the paragraphs of the documents that the members answer, folded.
func (s *Snapshot) askedParagraphs() map[string]bool {
	asked := map[string]bool{}
	for _, ref := range s.References {
		if ref.Document == nil {
			continue
		}
		for i := range ref.Document.Blocks {
			b := &ref.Document.Blocks[i]
			if text := ref.Document.Text[b.Start:b.End]; extract.Words(text) >= askedWords {
				asked[foldQuestion(text)] = true
			}
		}
	}
	for _, q := range s.Questions {
		if extract.Words(q.Text) >= askedWords {
			asked[foldQuestion(q.Text)] = true
		}
	}
	return asked
}

// ownWords is where a passage's own words begin and end, without the paragraphs before and behind them that only repeat what was
// asked.
func (s *Snapshot) ownWords(p *Passage, asked map[string]bool) (body, end int) {
	text := s.bySha[p.Sha].Document.Text
	paragraphs := strings.Split(text[p.Body:p.End], extract.BlockSeparator)
	body, end = p.Body, p.End
	for len(paragraphs) > 0 && asked[foldQuestion(paragraphs[0])] {
		body = min(body+len(paragraphs[0])+len(extract.BlockSeparator), end)
		paragraphs = paragraphs[1:]
	}
	for n := len(paragraphs); n > 0 && asked[foldQuestion(paragraphs[n-1])]; n = len(paragraphs) {
		end = max(end-len(paragraphs[n-1])-len(extract.BlockSeparator), body)
		paragraphs = paragraphs[:n-1]
	}
	return body, end
}

// foldQuestion is a paragraph without the number that a form puts before it: "Question 3:", "Q3.", "3.".
func foldQuestion(text string) string {
	if m := askedHere.FindStringSubmatch(text); m != nil && m[2] != "" {
		text = m[2]
	}
	return foldName(strings.TrimLeft(text, "0123456789.()[] \t"))
}
