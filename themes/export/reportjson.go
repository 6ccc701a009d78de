package export

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"collate/themes"
)

// The kind and the version of the JSON of a report. The version is raised when a field goes or changes its meaning; a new field raises nothing.
const (
	reportKind    = "collate report"
	reportVersion = 1
)

// ReportJSON writes the report for programs, in UTF-8: what the workbook holds, with the fields that JSON.md describes. Words that may not be
// shown are not in it. The same report gives the same bytes.
func ReportJSON(w io.Writer, r *themes.Report) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(jsonOf(r)); err != nil {
		return fmt.Errorf("writing the report as JSON: %w", err)
	}
	return nil
}

type reportJSON struct {
	Kind     string          `json:"kind"`
	Version  int             `json:"version"`
	Title    string          `json:"title"`
	AsOf     string          `json:"as_of"`
	Tool     string          `json:"tool"`
	Source   string          `json:"source"`
	Codebook string          `json:"codebook"`
	Decision int64           `json:"decision"`
	Coders   []string        `json:"coders"`
	Notes    []string        `json:"notes"`
	Counts   countsJSON      `json:"counts"`
	Scale    []scaleJSON     `json:"scale"`
	Rule     ruleJSON        `json:"rule"`
	Themes   []themeJSON     `json:"themes"`
	Members  []memberJSON    `json:"members"`
	Quotes   []quoteJSON     `json:"quotes"`
	Excluded []exclusionJSON `json:"excluded"`
}

type countsJSON struct {
	Asked       int `json:"asked"`
	Answered    int `json:"answered"`
	Submissions int `json:"submissions"`
	Unread      int `json:"unread"`
	Passages    int `json:"passages"`
	Tagged      int `json:"tagged"`
	Checked     int `json:"checked"`
	Words       int `json:"words"`
}

type scaleJSON struct {
	Word  string `json:"word"`
	From  int    `json:"from"`
	Above bool   `json:"above"`
}

type ruleJSON struct {
	themes.ConsensusRule
	Text string `json:"text"`
}

type themeJSON struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Number      int       `json:"number"`
	Parent      string    `json:"parent"`
	Description string    `json:"description"`
	Colour      string    `json:"colour"`
	Rules       []string  `json:"rules"`
	Examples    []string  `json:"examples"`
	NonExamples []string  `json:"non_examples"`
	Members     int       `json:"members"`
	Passages    int       `json:"passages"`
	Joint       jointJSON `json:"joint"`
}

type jointJSON struct {
	Outcome    themes.Outcome       `json:"outcome"`
	Why        string               `json:"why"`
	Addressed  int                  `json:"addressed"`
	Took       int                  `json:"took"`
	Side       themes.Stance        `json:"side"`
	Quantity   *themes.Quantity     `json:"quantity"`
	Stances    []stanceJSON         `json:"stances"`
	Line       string               `json:"line"`
	Statement  string               `json:"statement"`
	Drafted    string               `json:"drafted"`
	State      themes.State         `json:"state"`
	By         string               `json:"by"`
	On         string               `json:"on"`
	Flags      []themes.Flag        `json:"flags"`
	Dissent    string               `json:"dissent"`
	Conditions []themes.Condition   `json:"conditions"`
	RedLines   []themes.RedLine     `json:"red_lines"`
	SignOffs   []themes.SignOff     `json:"sign_offs"`
	Signed     themes.SignOffCounts `json:"signed"`
	Shared     themes.SharedCounts  `json:"shared"`
	Outside    themes.OutsideLine   `json:"outside"`
}

type stanceJSON struct {
	Stance    themes.Stance `json:"stance"`
	Label     string        `json:"label"`
	Members   []string      `json:"members"`
	Confirmed int           `json:"confirmed"`
}

type memberJSON struct {
	Label       string           `json:"label"`
	Type        string           `json:"type"`
	Consent     string           `json:"consent"`
	Reason      string           `json:"reason"`
	Passages    int              `json:"passages"`
	Words       int              `json:"words"`
	Submissions []submissionJSON `json:"submissions"`
	Positions   []positionJSON   `json:"positions"`
}

type submissionJSON struct {
	Name     string   `json:"name"`
	Format   string   `json:"format"`
	Date     string   `json:"date"`
	Passages int      `json:"passages"`
	Words    int      `json:"words"`
	Warnings []string `json:"warnings"`
}

type positionJSON struct {
	Theme     string         `json:"theme"`
	Stance    themes.Stance  `json:"stance"`
	Confirmed bool           `json:"confirmed"`
	State     themes.State   `json:"state"`
	By        string         `json:"by"`
	On        string         `json:"on"`
	Because   string         `json:"because"`
	Condition string         `json:"condition"`
	Line      string         `json:"line"`
	Author    string         `json:"author"`
	Sentences []sentenceJSON `json:"sentences"`
	Passages  int            `json:"passages"`
	Refs      []string       `json:"refs"`
	Note      string         `json:"note"`
	Flags     []themes.Flag  `json:"flags"`
}

type sentenceJSON struct {
	Words string `json:"words"`
	Ref   string `json:"ref"`
	Place string `json:"place"`
}

type quoteJSON struct {
	Ref         string            `json:"ref"`
	Passage     string            `json:"passage"`
	Member      string            `json:"member"`
	Type        string            `json:"type"`
	Document    string            `json:"document"`
	Place       string            `json:"place"`
	Heading     string            `json:"heading"`
	Question    string            `json:"question"`
	Theme       string            `json:"theme"`
	Stance      themes.Stance     `json:"stance"`
	StanceWhy   string            `json:"stance_why"`
	Words       string            `json:"words"`
	Marks       [][2]int          `json:"marks"`
	Because     string            `json:"because"`
	Origin      string            `json:"origin"`
	Probability float64           `json:"probability"`
	Confidence  themes.Confidence `json:"confidence"`
	Calibrated  bool              `json:"calibrated"`
	CheckedBy   string            `json:"checked_by"`
	CheckedOn   string            `json:"checked_on"`
	Consent     string            `json:"consent"`
	Note        string            `json:"note"`
	Withheld    bool              `json:"withheld"`
}

type exclusionJSON struct {
	What   string `json:"what"`
	Member string `json:"member"`
	Name   string `json:"name"`
	Place  string `json:"place"`
	Reason string `json:"reason"`
	Words  string `json:"words"`
}

// some is a list that is written as [] and not as null where it is empty.
func some[T any](list []T) []T { return append(make([]T, 0, len(list)), list...) }

func jsonOf(r *themes.Report) reportJSON {
	c := r.Counts
	out := reportJSON{Kind: reportKind, Version: reportVersion, Title: r.Title, Tool: r.Tool, Source: r.Source, Codebook: r.Codebook, Decision: r.Origin.Seq,
		Coders: some(r.Coders), Notes: some(r.Notes), Rule: ruleJSON{r.Rule, r.Rule.String()},
		Counts: countsJSON{c.Asked, c.Members, c.Submissions, c.Unread, c.Passages, c.Tagged, c.Checked, c.Words},
		Scale:  []scaleJSON{}, Themes: []themeJSON{}, Members: []memberJSON{}, Quotes: []quoteJSON{}, Excluded: []exclusionJSON{}}
	if day := dayOf(r.Asof); !day.IsZero() {
		out.AsOf = day.Format(time.DateOnly)
	}
	for _, q := range r.Scale {
		out.Scale = append(out.Scale, scaleJSON(q))
	}
	for i := range r.Themes {
		out.Themes = append(out.Themes, themeOf(&r.Themes[i]))
	}
	for i := range r.Members {
		out.Members = append(out.Members, memberOf(&r.Members[i]))
	}
	for i := range r.Quotes {
		out.Quotes = append(out.Quotes, quoteOf(&r.Quotes[i]))
	}
	for _, x := range r.Excluded {
		out.Excluded = append(out.Excluded, exclusionJSON(x))
	}
	return out
}

func themeOf(t *themes.ThemeReport) themeJSON {
	return themeJSON{t.ID, t.Name, t.Number, t.Parent, t.Description, t.Colour, some(t.Rules), some(t.Examples), some(t.NonExamples), t.Members, t.Passages, jointOf(&t.Joint)}
}

func jointOf(j *themes.JointPosition) jointJSON {
	out := jointJSON{Outcome: j.Outcome, Why: j.Why, Addressed: j.Addressed, Took: j.Took, Side: j.Side, Line: j.Line, Statement: j.Statement, Drafted: j.Drafted,
		State: j.State, By: j.By, On: j.On, Flags: some(j.Flags), Dissent: j.Dissent, Conditions: some(j.Conditions), RedLines: some(j.RedLines),
		SignOffs: some(j.SignOffs), Signed: j.Signed, Shared: j.Shared, Outside: j.Outside}
	out.Shared.Rows = some(j.Shared.Rows)
	if out.Outside.Stances == nil {
		out.Outside.Stances = map[themes.Stance]int{}
	}
	if j.Side != "" {
		out.Quantity = &j.Quantity
	}
	for _, s := range themes.Stances {
		out.Stances = append(out.Stances, stanceJSON{s, s.Label(), some(j.Names[s]), j.Confirmed[s]})
	}
	return out
}

func memberOf(m *themes.MemberReport) memberJSON {
	out := memberJSON{Label: m.Label, Type: m.Type, Consent: m.Consent, Reason: m.Reason, Passages: m.Passages, Words: m.Words, Submissions: []submissionJSON{}, Positions: []positionJSON{}}
	for _, s := range m.Submissions {
		out.Submissions = append(out.Submissions, submissionJSON{s.Name, s.Format, s.Date, s.Passages, s.Words, some(s.Warnings)})
	}
	for i := range m.Positions {
		at := &m.Positions[i]
		x := positionJSON{at.ThemeID, at.Stance, at.Confirmed, at.State, at.By, at.On, at.Because, at.Condition, at.Line, at.Own, []sentenceJSON{}, at.Passages, some(at.Refs), at.Note, some(at.Flags)}
		for _, s := range at.Sentences {
			x.Sentences = append(x.Sentences, sentenceJSON(s))
		}
		out.Positions = append(out.Positions, x)
	}
	return out
}

func quoteOf(q *themes.Quote) quoteJSON {
	x := quoteJSON{q.Ref, q.Passage, q.Member, q.Type, q.Document, q.Place, q.Heading, q.Question, q.ThemeID, q.Stance, q.StanceWhy, q.Words, [][2]int{}, q.Because, q.Origin,
		q.Probability, q.Confidence, q.Calibrated, q.CheckedBy, q.CheckedOn, q.Consent, q.Note, q.Withheld}
	if q.Withheld {
		x.Words = ""
		return x
	}
	for _, m := range q.Marks {
		x.Marks = append(x.Marks, [2]int{m.Start, m.End})
	}
	return x
}
