package themes

import (
	"cmp"
	"context"
	"slices"

	"collate/index"
	"collate/index/extract"
)

// An AskedQuestion is a question of the consultation with what answers it, as it may be shown to staff.
type AskedQuestion struct {
	index.Question                 // the zero one for the passages that answer none plainly, and for closed questions that only a survey puts
	Members        int             `json:"members"` // with a passage that answers it
	Passages       int             `json:"passages"`
	Signs          map[string]int  `json:"signs"`            // why they are taken to answer it, and how many passages each
	Themes         []FedTheme      `json:"themes,omitempty"` // that its passages are on, in the order of the codebook
	Closed         []ClosedAnswers `json:"closed,omitempty"` // of surveys that put it with answers to choose from
}

// A FedTheme is a theme that the answers to a question feed.
type FedTheme struct {
	Name     string `json:"name"`
	Members  int    `json:"members"`
	Passages int    `json:"passages"`
}

// ClosedAnswers are the answers that were chosen in one column of a survey. Respondents are not members: a member's survey may have
// hundreds.
type ClosedAnswers struct {
	Member   string         `json:"member"` // whose survey it is, its label, see [MemberReport]
	Document string         `json:"document"`
	Asked    string         `json:"asked"`              // as the survey puts it
	Answered int            `json:"answered"`           // respondents
	Options  []ChosenOption `json:"options"`            // most chosen first; empty when withheld
	Withheld string         `json:"withheld,omitempty"` // why they are not shown
}

// A ChosenOption is an answer with how many respondents chose it.
type ChosenOption struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Questions lists the consultation's questions in their order, and at the end, without an id, what is assigned to none.
func (a *Analysis) Questions(ctx context.Context) ([]AskedQuestion, error) {
	b, err := a.claiming(ctx)
	if err != nil {
		return nil, err
	}
	return b.questions(), nil
}

func (b *builder) questions() []AskedQuestion {
	out := make([]AskedQuestion, 0, len(b.s.Questions)+1)
	at := map[string]int{}
	for _, q := range append(b.s.Questions[:len(b.s.Questions):len(b.s.Questions)], index.Question{}) {
		at[q.ID] = len(out)
		q.Text, q.Source = b.safe(q.Text), b.safe(q.Source)
		out = append(out, AskedQuestion{Question: q, Signs: map[string]int{}})
	}
	passages := make([][]*index.Passage, len(out))
	for _, p := range b.s.Passages {
		i, ok := at[p.Question]
		if !ok { // a person gave it to a question that is gone
			i = len(out) - 1
		}
		if p.Why != "" {
			out[i].Signs[p.Why]++
		}
		passages[i] = append(passages[i], p)
	}
	for i := range out {
		out[i].Members, out[i].Passages = b.membersOf(passages[i]), len(passages[i])
		out[i].Themes = b.fed(passages[i])
	}
	for _, c := range b.closed() {
		id, _ := index.QuestionAsked(c.Asked, b.s.Questions)
		out[at[id]].Closed = append(out[at[id]].Closed, c)
	}
	return out
}

// membersOf counts the members that passages are of; a file of no known member counts as one.
func (b *builder) membersOf(passages []*index.Passage) int {
	members := map[string]bool{}
	for _, p := range passages {
		sub := b.s.Submission(p)
		members[cmp.Or(sub.Member, "file "+sub.Name)] = true
	}
	return len(members)
}

// fed are the themes that passages are on.
func (b *builder) fed(passages []*index.Passage) []FedTheme {
	var out []FedTheme
	for i := range b.Codebook.Themes {
		t := &b.Codebook.Themes[i]
		tagged := slices.DeleteFunc(slices.Clone(passages), func(p *index.Passage) bool {
			c := b.state.passages[codingKey{p.ID, t.ID}]
			return c == nil || !c.Tagged
		})
		if len(tagged) > 0 {
			out = append(out, FedTheme{t.Name, b.membersOf(tagged), len(tagged)})
		}
	}
	return out
}

// closed are the closed answers of the surveys that count.
func (b *builder) closed() []ClosedAnswers {
	var out []ClosedAnswers
	for _, sub := range b.s.Submissions {
		if sub.Document == nil || sub.Excluded != "" {
			continue
		}
		for i := range sub.Document.Facts.Columns {
			if col := &sub.Document.Facts.Columns[i]; col.Role.Counted() && len(col.Options) > 0 {
				out = append(out, b.closedAnswers(sub, col))
			}
		}
	}
	return out
}

func (b *builder) closedAnswers(sub *index.Submission, col *extract.Column) ClosedAnswers {
	x := ClosedAnswers{Member: b.label(sub.Member), Document: b.document(sub), Answered: col.Filled, Options: []ChosenOption{}}
	if x.Withheld = b.withheld(sub.Member, sub.Consent, col.Name+" "+col.Question); x.Withheld != "" {
		return x // a question of its own would tell whose survey it is
	}
	x.Asked = col.Name
	if col.Question != "" && col.Question != col.Name {
		x.Asked = col.Question + " – " + col.Name // an answer of several has a column of its own
	}
	for _, o := range col.Options {
		x.Options = append(x.Options, ChosenOption{b.safe(o.Value), o.Count})
	}
	slices.SortStableFunc(x.Options, func(a, b ChosenOption) int { return cmp.Compare(b.Count, a.Count) })
	return x
}
