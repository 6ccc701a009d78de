package themes

import (
	"context"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"collate/index"
)

// A Trial is what a rule would do to a theme, before anybody saves it.
type Trial struct {
	Theme string `json:"theme"`
	Name  string `json:"name"`
	Query string `json:"query"`
	None  bool   `json:"none"` // the rule takes passages away
	// Adds and Loses are the passages that the rules would put on the theme and take off it. Those that a person has decided on are
	// not among them: no rule changes them.
	Adds       []TrialPassage `json:"adds"`
	Loses      []TrialPassage `json:"loses"`
	Members    int            `json:"members"`     // of the passages that change
	NewMembers int            `json:"new_members"` // of them, those that would come to the theme with their first passage, or lose their last
	Finds      int            `json:"finds"`       // passages that the rule finds at all
	// Reviewed is how many of the passages that it finds a person has decided on for this theme. Right are those on which the person
	// says what the rule says, Wrong the others; Low and High are what share may be right in truth, see [Wilson].
	Reviewed int     `json:"reviewed"`
	Right    int     `json:"right"`
	Wrong    int     `json:"wrong"`
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
}

// A TrialPassage is a passage as a trial lists it, for the people who code: confidential ones are among them and are marked.
type TrialPassage struct {
	ID        string `json:"passage"`
	Member    string `json:"member"`
	Reference string `json:"reference"`        // "Ashdown Autism Trust, response.docx, para 12"
	Begins    string `json:"begins"`           // its first words
	Around    string `json:"around,omitempty"` // the words around the first place that the rule finds, which may be those; "" when it stands in a heading
}

// Try says what a rule would add and lose on a theme, and how right it is on the passages that people reviewed. The rule is one more of
// those that propose, or with none of those that keep off. A rule that cannot be understood comes back as an [*index.QueryError].
func (a *Analysis) Try(ctx context.Context, theme, query string, none bool) (*Trial, error) {
	t := a.theme(theme)
	if t == nil {
		return nil, a.Codebook.noTheme(theme)
	}
	q, err := index.ParseQuery(query)
	if err != nil {
		return nil, err
	}
	s, state, err := a.current(ctx)
	if err != nil {
		return nil, err
	}
	after := *t
	if none {
		after.none = append(after.none[:len(after.none):len(after.none)], q)
	} else {
		after.any = append(after.any[:len(after.any):len(after.any)], q)
	}
	effects := make([]effect, len(s.Passages))
	err = spread(ctx, len(s.Passages), func(i int) {
		p := s.Passages[i]
		if !p.Codable() {
			return
		}
		words := index.Analyse(s.Whole(p))
		e := &effects[i]
		_, e.before = a.Codebook.match(t, words)
		_, e.after = a.Codebook.match(&after, words)
		var marks []index.Span
		marks, e.finds = a.Codebook.match(&Theme{any: []*index.Query{q}}, words)
		for _, m := range marks {
			if own := p.Body - p.Start; m.Start >= own && e.at.End == 0 {
				e.at = index.Span{Start: m.Start - own, End: m.End - own}
			}
		}
	})
	if err != nil {
		return nil, err
	}
	out := &Trial{Theme: t.ID, Name: t.Name, Query: query, None: none}
	out.count(s, state, effects)
	out.Low, out.High = Wilson(out.Right, out.Reviewed)
	return out, nil
}

// effect is what a rule does to one passage.
type effect struct {
	before, after, finds bool
	at                   index.Span // the first place that the rule finds, in the passage's own words; empty when there is none
}

func (t *Trial) count(s *index.Snapshot, state *codings, effects []effect) {
	has, changed := map[string]bool{}, map[string]bool{} // by member: another passage on the theme; one that changes
	for i, p := range s.Passages {
		e, member := effects[i], s.Submission(p).Member
		c := state.passages[codingKey{p.ID, t.Theme}]
		decided := c != nil && c.Confirmed
		if e.finds {
			t.Finds++
		}
		if decided && e.finds && (!t.None || e.before) {
			t.Reviewed++
			if c.Tagged != t.None {
				t.Right++
			}
		}
		switch {
		case decided || e.before == e.after:
			has[member] = has[member] || decided && c.Tagged || !decided && e.before
			continue
		case e.after:
			t.Adds = append(t.Adds, trialPassage(s, p, e.at))
		default:
			t.Loses = append(t.Loses, trialPassage(s, p, e.at))
		}
		changed[member] = true
	}
	t.Wrong = t.Reviewed - t.Right
	for member := range changed {
		t.Members++
		if !has[member] {
			t.NewMembers++
		}
	}
}

func trialPassage(s *index.Snapshot, p *index.Passage, at index.Span) TrialPassage {
	text := s.Text(p)
	out := TrialPassage{ID: p.ID, Member: s.Submission(p).Member, Reference: s.Reference(p), Begins: shorten(text)}
	if at.End > 0 {
		out.Around = around(text, at)
	}
	return out
}

// around is a stretch of a text of about maxExcluded characters with a place in its middle, cut between words.
func around(text string, at index.Span) string {
	out, _ := clipped(text, at)
	return out
}

// clipped is [around] with where the place stands in it; "" where there is no place.
func clipped(text string, at index.Span) (string, index.Span) {
	const reach = maxExcluded / 2
	if at.End == 0 {
		return "", at
	}
	before, after := text[:at.Start], text[at.End:]
	lead, tail := "", ""
	if i := len(before) - reach; i > 0 {
		if cut := strings.IndexAny(before[i:], " \n\t"); cut >= 0 {
			lead, before = "…", before[i+cut:]
		}
	}
	if len(after) > reach {
		if cut := strings.LastIndexAny(after[:reach], " \n\t"); cut >= 0 {
			tail, after = "…", after[:cut]
		}
	}
	lead += oneSpace(before)
	if lead == " " || strings.HasPrefix(lead, "… ") {
		lead = strings.Replace(lead, " ", "", 1)
	}
	hit := strings.TrimSpace(oneSpace(text[at.Start:at.End]))
	return strings.TrimSpace(lead+hit+oneSpace(after)) + tail, index.Span{Start: len(lead), End: len(lead) + len(hit)}
}

// oneSpace is text with one space for each stretch of white space.
func oneSpace(text string) string {
	out := strings.Join(strings.Fields(text), " ")
	if first, _ := utf8.DecodeRuneInString(text); unicode.IsSpace(first) {
		out = " " + out
	}
	if last, _ := utf8.DecodeLastRuneInString(text); out != " " && unicode.IsSpace(last) {
		out += " "
	}
	return out
}

// Wilson is the interval in which a share lies that was seen n times in of, at 95 %: 0 and 1 when of is 0.
//
// Source: Wilson (1927), Probable inference, the law of succession, and statistical inference.
func Wilson(n, of int) (low, high float64) {
	if of == 0 {
		return 0, 1
	}
	const z = 1.959964
	total := float64(of)
	p := float64(n) / total
	centre := p + z*z/(2*total)
	spread := z * math.Sqrt(p*(1-p)/total+z*z/(4*total*total))
	return max(0, (centre-spread)/(1+z*z/total)), min(1, (centre+spread)/(1+z*z/total))
}
