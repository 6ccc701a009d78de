package export

import (
	"encoding/json"
	"fmt"
	"io"

	"collate/themes"
)

// foundJSON is what a search found, for programs.
type foundJSON struct {
	Title      string       `json:"title"`
	Query      string       `json:"query"`
	Day        string       `json:"day"`
	Tool       string       `json:"tool"`
	Notes      []string     `json:"notes"`
	Order      string       `json:"order"`
	Members    int          `json:"members"`
	Answered   int          `json:"answered"`
	Passages   int          `json:"passages"`
	Withheld   int          `json:"withheld"` // of the quotes, those without their words
	Quotes     []resultJSON `json:"quotes"`
	References []resultJSON `json:"references"` // of the documents that the members answer; they count nowhere
}

// resultJSON is one passage.
type resultJSON struct {
	Ref      string   `json:"ref"`
	Member   string   `json:"member,omitempty"`
	Type     string   `json:"type,omitempty"`
	Document string   `json:"document"`
	Place    string   `json:"place,omitempty"`
	Heading  string   `json:"heading,omitempty"`
	Question string   `json:"question,omitempty"`
	Themes   string   `json:"themes,omitempty"`
	Words    string   `json:"words"` // exact; "" when withheld
	Marks    [][2]int `json:"marks"` // byte ranges of the words that answer the search
	Consent  string   `json:"consent,omitempty"`
	Withheld string   `json:"withheld,omitempty"` // why the words are not there
}

// SearchJSON writes what a search found for programs, in UTF-8: what the other files hold, with the places of the words that answer.
func SearchJSON(w io.Writer, r *themes.Results) error {
	out := foundJSON{Title: r.Title, Query: r.Query, Day: r.Day, Tool: r.Tool, Notes: append([]string{}, r.Notes...), Order: r.Order,
		Members: r.Members, Answered: r.Answered, Passages: r.Passages, Withheld: r.Withheld,
		Quotes: resultsJSON(r.Quotes), References: resultsJSON(r.References)}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		return fmt.Errorf("writing the results: %w", err)
	}
	return nil
}

func resultsJSON(quotes []themes.Quote) []resultJSON {
	out := make([]resultJSON, 0, len(quotes))
	for i := range quotes {
		q := &quotes[i]
		x := resultJSON{Ref: q.Ref, Member: q.Member, Type: q.Type, Document: q.Document, Place: q.Place, Heading: q.Heading, Question: q.Question,
			Themes: q.Theme, Words: q.Words, Marks: [][2]int{}, Consent: q.Consent}
		if q.Withheld {
			x.Words, x.Withheld = "", q.Because
		} else {
			for _, m := range q.Marks {
				x.Marks = append(x.Marks, [2]int{m.Start, m.End})
			}
		}
		out = append(out, x)
	}
	return out
}
