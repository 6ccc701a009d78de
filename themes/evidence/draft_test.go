package evidence

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index"
	"collate/themes"
)

const testThemes = `consultation: The plan
themes:
  - id: timelines
    name: Timelines
    description: How long children wait; the timelines of the plan.
    any: ["wait*", "slow"]
  - id: funding
    name: Funding
    any: ["money", "funding"]
`

// small is a consultation whose every member is another case.
func small(t *testing.T) *themes.Analysis {
	t.Helper()
	a := create(t)
	if err := a.SetCodebook(t.Context(), "themes.yaml", []byte(testThemes), "Ann"); err != nil {
		t.Fatal(err)
	}
	members, err := index.ReadMembers([]byte("name,short,type,aliases,domains,consent\nAlpha Trust,,Charity,,,\nBeta Union,,Union,,,\nHidden House,,Charity,,,confidential\nNameless Network,,Parent-carer group,,,anonymous\nQuiet Society,,Charity,,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.SetMembers(t.Context(), members); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"Alpha Trust/alpha.txt":   "We support the timelines of the plan. Children do not wait long where staff are insufficient in number, and 46% of teachers feel ready (Adams et al., 2023).\n\nThe Government should publish the waiting times of every area by July 2024.",
		"Beta Union/beta.txt":     "We oppose the timelines: they are far too slow, and the money is not there.",
		"Hidden House/hidden.txt": "In strict confidence our nine houses will close before the winter because children wait so long.",
		"Nameless Network/n.txt":  "We support the timelines since nobody in our town can wait another year for help.",
	} {
		if _, err := a.Add(t.Context(), name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.Tag(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a
}

// outlineOf is an outline with these paragraphs under one term.
func outlineOf(paragraphs ...Paragraph) *Outline {
	for i := range paragraphs {
		paragraphs[i].ID = string(rune('a' + i))
	}
	return &Outline{Kind: Evidence, Inquiry: "The plan's inquiry", Committee: "Example Committee", Submitter: "the Example Consortium", Short: "the Consortium", Date: "2023-06-09", Words: 3000,
		Terms: []Term{{ID: "T1", Text: "Whether children wait too long.", Themes: []string{"timelines"}, Paragraphs: paragraphs}}}
}

// refOf is the ref of the first passage with these words on a theme.
func refOf(t *testing.T, m *Material, words string) string {
	t.Helper()
	for _, q := range m.Report.Quotes {
		if strings.Contains(q.Words, words) {
			return q.Ref
		}
	}
	t.Fatalf("no passage has %q", words)
	return ""
}

// hiddenRef is the ref of the passage that is withheld.
func hiddenRef(t *testing.T, m *Material) string {
	t.Helper()
	for _, q := range m.Report.Quotes {
		if q.Withheld {
			return q.Ref
		}
	}
	t.Fatal("no passage is withheld")
	return ""
}

func TestMakeQuote(t *testing.T) {
	a := small(t)
	m := gather(t, a)
	for _, r := range []struct {
		name, words, says string // says is what is wrong; "" where it stands
		where             string
	}{
		{"exact", "We support the timelines of the plan.", "", "support the timelines of"},
		{"another break of lines", "We support\n  the timelines of the plan.", "", "support the timelines of"},
		{"a word changed", "We support the timeline of the plan.", "do not stand in passage", "support the timelines of"},
		{"a negation left out", "Children wait long where staff", "do not stand in passage", "support the timelines of"},
		{"half a word", "sufficient in number", "do not stand in passage", "support the timelines of"},
		{"a figure cut", "6% of teachers feel ready", "do not stand in passage", "support the timelines of"},
		{"other quotation marks", "“We support the timelines of the plan.”", "do not stand in passage", "support the timelines of"},
		{"spliced", "We support the timelines of the plan. The Government should publish", "do not stand in passage", "support the timelines of"},
	} {
		t.Run(r.name, func(t *testing.T) {
			d, err := Make(m, outlineOf(Paragraph{Quote: refOf(t, m, r.where), Words: r.words}), Options{Suggested: true})
			if got := err == nil; got != (r.says == "") || err != nil && !strings.Contains(err.Error(), r.says) {
				t.Fatalf("got %v, want %q", err, r.says)
			}
			if err != nil {
				return
			}
			p := d.Sections[1].Paragraphs[0]
			if want := "Alpha Trust told us: “We support the timelines of the plan.”"; p.Text() != want {
				t.Errorf("got %q, want %q", p.Text(), want)
			}
			if want := "Alpha Trust, response to the Consortium (alpha.txt), paragraph 1."; p.Runs[3].Note != want {
				t.Errorf("note %q, want %q", p.Runs[3].Note, want)
			}
		})
	}
}

func TestMakeSaysWhatAQuoteIsTornFrom(t *testing.T) {
	m := gather(t, small(t))
	d, err := Make(m, outlineOf(Paragraph{Quote: refOf(t, m, "support the timelines of"), Words: "wait long where staff are insufficient in number"}), Options{Suggested: true})
	if err != nil {
		t.Fatal(err)
	}
	if !hasProblem(d, LookAt, "begins behind \"not\"") {
		t.Errorf("problems: %v", d.Problems)
	}
}

func hasProblem(d *Draft, level Level, words string) bool {
	for _, p := range d.Problems {
		if p.Level == level && strings.Contains(p.What, words) {
			return true
		}
	}
	return false
}

func TestMakeDescribesWhoIsNotNamed(t *testing.T) {
	m := gather(t, small(t))
	d, err := Make(m, outlineOf(Paragraph{Quote: refOf(t, m, "nobody in our town"), Words: "nobody in our town can wait another year for help."}), Options{Suggested: true})
	if err != nil {
		t.Fatal(err)
	}
	if p := d.Sections[1].Paragraphs[0]; p.Text() != "A member that asked not to be named (Parent-carer group) told us: “nobody in our town can wait another year for help.”" || strings.Contains(p.Runs[3].Note, "n.txt") {
		t.Errorf("got %q with the note %q", p.Text(), p.Runs[3].Note)
	}
	want := &Annex{Groups: []AnnexGroup{{"Charity", []string{"Alpha Trust"}}, {"Union", []string{"Beta Union"}}}, Unnamed: 2}
	if diff := cmp.Diff(d.Annex, want); diff != "" { // Quiet Society sent nothing
		t.Errorf("annex (-got +want):\n%s", diff)
	}
}

// TestNothingConfidentialByAnyRoute tries each place of an outline into which a person can put what may not go out.
func TestNothingConfidentialByAnyRoute(t *testing.T) {
	m := gather(t, small(t))
	hidden := hiddenRef(t, m)
	name, words := "Hidden House says so", "we hear that our nine houses will close before the winter because of it"
	for _, r := range []struct {
		name string
		put  func(o *Outline)
	}{
		{"a quote by its ref", func(o *Outline) {
			o.Terms[0].Paragraphs[0] = Paragraph{ID: "a", Quote: hidden, Words: "our nine houses"}
		}},
		{"a quote by its passage", func(o *Outline) {
			o.Terms[0].Paragraphs[0] = Paragraph{ID: "a", Quote: passage(hidden), Words: "our nine houses"}
		}},
		{"a figure", func(o *Outline) {
			o.Terms[0].Paragraphs[0] = Paragraph{ID: "a", Figure: hidden, Words: "our nine houses"}
		}},
		{"an ask", func(o *Outline) {
			o.Terms[0].Paragraphs[0] = Paragraph{ID: "a", Ask: []string{hidden}, Action: "close"}
		}},
		{"its name in a text", func(o *Outline) { o.Terms[0].Paragraphs[0].Text = name }},
		{"its name in other letters", func(o *Outline) { o.Terms[0].Paragraphs[0].Text = "HIDDEN  HOUSE\u00ad says so" }},
		{"its words in a text", func(o *Outline) { o.Terms[0].Paragraphs[0].Text = words }},
		{"the introduction", func(o *Outline) { o.Introduction = words }},
		{"a summary", func(o *Outline) { o.Terms[0].Summary = name }},
		{"a term", func(o *Outline) { o.Terms[0].Text = words }},
		{"a heading", func(o *Outline) { o.Terms[0].Heading = name }},
		{"the inquiry", func(o *Outline) { o.Inquiry = name }},
		{"the committee", func(o *Outline) { o.Committee = name }},
		{"the submitter", func(o *Outline) { o.Submitter = name }},
		{"the short name", func(o *Outline) { o.Short = "Hidden House" }},
		{"an action", func(o *Outline) { o.Terms[0].Paragraphs[0] = Paragraph{ID: "a", Action: words} }},
		{"an actor", func(o *Outline) {
			o.Terms[0].Paragraphs[0] = Paragraph{ID: "a", Action: "pay", Actor: "Hidden House"}
		}},
		{"a date", func(o *Outline) {
			o.Terms[0].Paragraphs[0] = Paragraph{ID: "a", Action: "pay", By: "before Hidden House closes"}
		}},
		{"the anonymous member's name", func(o *Outline) { o.Terms[0].Paragraphs[0].Text = "As the Nameless Network said." }},
	} {
		for _, kind := range []Kind{Evidence, Response} {
			t.Run(r.name+", "+string(kind), func(t *testing.T) {
				o := outlineOf(Paragraph{Text: "Our own words."}, Paragraph{Line: "timelines"})
				o.Kind = kind
				r.put(o)
				d, err := Make(m, o, Options{Suggested: true})
				var wrong *DraftError
				if kind == Response && d != nil { // what the response does not show may be in its outline
					for _, s := range d.Sections {
						if text := s.Heading + s.Plain(); strings.Contains(text, "Hidden") || strings.Contains(text, "nine houses") {
							t.Errorf("it got out: %s", text)
						}
					}
					return
				}
				if !errors.As(err, &wrong) || d != nil {
					t.Fatalf("got a draft, or %v; want a DraftError", err)
				}
			})
		}
	}
	if _, err := Make(m, outlineOf(Paragraph{Text: "Our own words."}, Paragraph{Line: "timelines"}), Options{Suggested: true}); err != nil {
		t.Errorf("the outline without any of it: %v", err)
	}
}

func TestMakeCountsConfirmedPositionsAlone(t *testing.T) {
	a := small(t)
	o := outlineOf(Paragraph{Line: "timelines"}, Paragraph{Text: "Our own words."})
	d, err := Make(gather(t, a), o, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d.Ready() || len(d.Sections[1].Paragraphs) != 1 || !hasProblem(d, LeftOut, "Nobody has confirmed a position on Timelines: 2 are suggested.") {
		t.Errorf("nothing is confirmed, and the draft is ready: %v, has %d paragraphs, says %v", d.Ready(), len(d.Sections[1].Paragraphs), d.Problems)
	}
	for member, stance := range map[string]themes.Stance{"Alpha Trust": themes.Support, "Beta Union": themes.Oppose} {
		if err := a.DecidePosition(t.Context(), member, "timelines", themes.PositionDecision{Stance: stance, Coder: "Ann"}); err != nil {
			t.Fatal(err)
		}
	}
	if d, err = Make(gather(t, a), o, Options{}); err != nil {
		t.Fatal(err)
	}
	want := "The Consortium has no joint position on what is proposed on timelines, because too small a part of the membership has taken one. The members that take a position are evenly split: 1 of 2 supports it, and 1 opposes it. 1 more member addresses it without a plain position. 1 further position is not counted."
	if got := d.Sections[1].Paragraphs[0].Text(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if !hasProblem(d, LookAt, "1 position is on Timelines only suggested") || !d.Ready() {
		t.Errorf("ready %v: %v", d.Ready(), d.Problems)
	}
	for _, s := range d.Sections[1].Paragraphs[0].Basis.Sources {
		if s.Member == "Hidden House" || s.Member == "Nameless Network" {
			t.Errorf("the companion names %s", s.Member)
		}
	}
}

// TestMakeTakesAPersonsLine: a line that a person wrote goes out as it is, with the counts behind it, unless it names who dissents.
func TestMakeTakesAPersonsLine(t *testing.T) {
	a := small(t)
	for member, stance := range map[string]themes.Stance{"Alpha Trust": themes.Support, "Beta Union": themes.Oppose, "Nameless Network": themes.Support} {
		if err := a.DecidePosition(t.Context(), member, "timelines", themes.PositionDecision{Stance: stance, Coder: "Ann"}); err != nil {
			t.Fatal(err)
		}
	}
	counts := " Of the members that take a position, the majority (2 of 3) support it; 1 opposes."
	silent := " 1 more member addresses it without a plain position."
	for _, r := range []struct {
		name, line, want string
		dissents         bool
	}{
		{"a line", "We say that children can't wait", "We say that children can’t wait." + counts + "|", false},
		{"a line that counts", "Two of our 3 members support the timelines.", "Two of our 3 members support the timelines. 1 member does not share this position.", false},
		{"a line that names who dissents", "All but Beta Union support it", "The Consortium has no joint position on what is proposed on timelines, because too small a part of the membership has taken one." + counts + "|", false},
		{"a line that a member will not sign", "Children cannot wait.", "Children cannot wait." + counts + "|" + " 1 member dissents from this position.", true},
	} {
		t.Run(r.name, func(t *testing.T) {
			if err := a.EditJoint(t.Context(), "timelines", r.line, themes.Who{Coder: "Ann"}); err != nil {
				t.Fatal(err)
			}
			if r.dissents {
				if err := a.SignOff(t.Context(), "Beta Union", "timelines", themes.Dissents, "", themes.Who{Coder: "Ann"}); err != nil {
					t.Fatal(err)
				}
			}
			for _, suggested := range []bool{false, true} {
				d, err := Make(gather(t, a), outlineOf(Paragraph{Line: "timelines"}), Options{Suggested: suggested})
				if err != nil {
					t.Fatal(err)
				}
				want := strings.Replace(r.want, "|", silent, 1)
				if got := d.Sections[1].Paragraphs[0].Text(); got != want {
					t.Errorf("suggested %v:\ngot  %q\nwant %q", suggested, got, want)
				}
			}
		})
	}
}

func TestMakeIsNotReadyOverTheLimit(t *testing.T) {
	m := gather(t, small(t))
	long := strings.Repeat("word ", 200)
	for _, r := range []struct {
		name  string
		kind  Kind
		limit int
		ready bool
		says  string
	}{
		{"far below", Evidence, 3000, true, ""},
		{"nearly too long", Evidence, 480, true, "little room is left"},
		{"too long", Evidence, 300, false, "the limit is 300"},
		{"an answer too long", Response, 150, false, "the form takes 150"},
		{"an answer that fits", Response, 200, true, ""},
	} {
		t.Run(r.name, func(t *testing.T) {
			o := outlineOf(Paragraph{Text: long})
			o.Kind, o.Words = r.kind, r.limit
			d, err := Make(m, o, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if d.Ready() != r.ready || !hasProblem(d, LookAt, r.says) && !hasProblem(d, Blocks, r.says) && r.says != "" {
				t.Errorf("ready %v with %d words: %v", d.Ready(), d.Count.Total, d.Problems)
			}
		})
	}
}

func TestMakeAsk(t *testing.T) {
	m := gather(t, small(t))
	ref := refOf(t, m, "should publish")
	d, err := Make(m, outlineOf(Paragraph{Text: "Our own words."}, Paragraph{Ask: []string{ref}, Actor: "the Government", Action: "publish the waiting times of every area", By: "by July 2024"}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := d.Sections[2]
	if got, want := s.Paragraphs[0].Text(), "We recommend that the Government publish the waiting times of every area, by July 2024."; s.Role != Recommending || got != want {
		t.Errorf("%s: got %q, want %q", s.Role, got, want)
	}
	if got, want := s.Paragraphs[0].Runs[0].Note, "Asked for by Alpha Trust, response to the Consortium (alpha.txt), paragraph 1."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := Make(m, outlineOf(Paragraph{Ask: []string{refOf(t, m, "far too slow")}, Action: "go"}), Options{}); err == nil {
		t.Error("an ask was found in a passage that asks for nothing")
	}
}

func TestMakeFigure(t *testing.T) {
	m := gather(t, small(t))
	d, err := Make(m, outlineOf(Paragraph{Figure: refOf(t, m, "46%"), Words: "46% of teachers feel ready (Adams et al., 2023)."}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := d.Sections[1].Paragraphs[0]
	if got, want := p.Runs[3].Note, "The source given is: Adams et al., 2023. Quoted from Alpha Trust, response to the Consortium (alpha.txt), paragraph 1."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMakeWithPersonalDataIsNotReady(t *testing.T) {
	m := gather(t, small(t))
	for _, r := range []struct{ name, text, says string }{
		{"an address", "Write to clerk@example.org for more.", "E-mail address"},
		{"a number", "Ring us on 020 7946 0958.", "Telephone number"},
	} {
		t.Run(r.name, func(t *testing.T) {
			d, err := Make(m, outlineOf(Paragraph{Text: r.text}), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if d.Ready() && !hasProblem(d, LookAt, r.says) || !hasProblem(d, Blocks, r.says) && !hasProblem(d, LookAt, r.says) {
				t.Errorf("ready %v: %v", d.Ready(), d.Problems)
			}
		})
	}
}

func TestCurly(t *testing.T) {
	for _, r := range []struct{ in, want string }{
		{`The Guild's "plan" - and 'yours'`, "The Guild’s “plan” – and ‘yours’"},
		{`("quoted") the '90s`, "(“quoted”) the ’90s"},
		{"already “so”", "already “so”"},
		{"bad \xff byte's", "bad \ufffd byte’s"},
	} {
		if got := curly(r.in); got != r.want {
			t.Errorf("%q: got %q, want %q", r.in, got, r.want)
		}
	}
}
