package export

import (
	"fmt"
	"strings"

	"collate/themes"
)

// hostile are strings that a spreadsheet might run, decode or break on.
func hostile() []string {
	return []string{`=HYPERLINK("http://example.org","x")`, "+44 20 7946 0000", "-1+1", "@SUM(A1)", "\tafter a tab", "\rafter a return", "|cmd", "%0A", "＝1+1", "＋1", "－1", "＠x",
		"plain _x0041_ escape", "_x005F_x0041_", "a\nb\n\nc", `say "so"`, " space before and after ", "tilde~ star* query?", "<b>&amp;</b>", "\u202eright to left", "\u200b=1"}
}

// report is a consultation with 16 members that answered, 1 that did not, and 10 themes. The organisations are invented.
func report() *themes.Report {
	b := fixture{r: &themes.Report{
		Title: "SEND and alternative provision: what members said", Asof: "24 November 2026", Tool: "collate 0.1.0", Source: "SEND responses", Codebook: "themes.yaml",
		Coders: []string{"A. Reader", "B. Coder"}, Scale: themes.DefaultScale(),
		Notes: []string{"One submission is confidential: it is counted and not shown.", "14 of 120 passages have been checked by a person; the rest are suggestions, made by rules."},
	}}
	b.themes()
	b.members()
	b.positions()
	b.joint()
	b.registers()
	b.r.Excluded = []themes.Exclusion{
		{What: "file", Member: "Wrenfield Autism Trust", Name: "scan_003.pdf", Reason: "It could not be read: the pages are pictures without text."},
		{What: "submission", Member: "Brackley Teachers' Union", Name: "response v1.docx", Reason: "A later version from the same member was counted.", Words: "We welcome the opportunity to respond to the plan …"},
		{What: "passage", Member: "Holm Valley Parent Forum", Name: "Response.docx", Place: "page 6", Reason: "It is not the member's answer: a signature.", Words: "Kind regards, the policy team"},
	}
	b.r.Counts = themes.Counts{Asked: 17, Members: 16, Submissions: 18, Unread: 1, Passages: len(b.r.Quotes) + 41, Tagged: len(b.r.Quotes) - 9, Checked: 14, Words: 48210}
	return b.r
}

type fixture struct{ r *themes.Report }

func (b fixture) themes() {
	for i, t := range [][2]string{{"Timelines", "When change happens, and waits under the law today"}, {"National standards", "What every school and area must provide"}, {"Alternative provision", "Provision outside mainstream and special schools"},
		{"EHC plans", "The plan's form, template and process"}, {"Tailored lists", "Lists of settings from which parents may choose"}, {"Mediation and Tribunal", "Redress before and at the Tribunal"},
		{"Funding and bands", "Tariffs, bands and the notional budget"}, {"Workforce", "Training, recruitment and the SENCO's qualification"}, {"Health and joint working", "What health services owe"}, {"Post-16 and transitions", "Further education and adulthood"}} {
		b.r.Themes = append(b.r.Themes, themes.ThemeReport{ID: fmt.Sprintf("t%d", i+1), Name: t[0], Description: t[1] + ", and what members ask of the government on it.",
			Rules: []string{`timeline* OR "20 weeks"`, `wait* NEAR/5 child*`, `"end of 2025"`}, Examples: []string{"Children cannot wait until 2026 for change.", "The 20-week limit is missed in half of all cases."}})
	}
}

func (b fixture) members() {
	for i, m := range [][2]string{{"Ashdown Deaf Learners' Alliance", "Charity"}, {"Association of Vale SENCOs", "Professional body"}, {"Brackley Teachers' Union", "Union"}, {"Coastal Literacy Action", "Charity"}, {"Council Inclusion Leads' Group", "Local government"},
		{"Early Start Partnership", "Early years"}, {"Guild of Speech Practitioners", "Professional body"}, {"Harrow Lane Specialist Colleges", "Provider"}, {"Holm Valley Parent Forum", "Parent carers"}, {"Inclusive Trusts Network", "Provider"},
		{"Kite Psychologists' Forum", "Professional body"}, {"Midland AP Heads", "Provider"}, {"Parent-carer group 2", "Parent carers"}, {"Support Staff Together", "Union"}, {"Wrenfield Autism Trust", "Charity"},
		{"Young Voices Centre", "Charity"}, {"Zetland Rural Schools", "Provider"}} {
		x := themes.MemberReport{Label: m[0], Type: m[1], Consent: "attributable", Reason: "the folder is named after it"}
		switch {
		case i == 12:
			x.Consent, x.Type, x.Reason = "confidential", "", ""
			x.Submissions = []themes.SubmissionReport{{Name: "(document withheld)", Format: "docx", Passages: 9, Words: 1900}}
		case i < 16:
			x.Submissions = []themes.SubmissionReport{{Name: fmt.Sprintf("Response %02d.docx", i+1), Format: "docx", Date: "2026-10-12", Passages: 9, Words: 2600}}
		}
		if i == 2 {
			x.Submissions = append(x.Submissions, themes.SubmissionReport{Name: "Annex with figures and the members' survey.pdf", Format: "pdf", Date: "2026-10-14", Passages: 4, Words: 820, Warnings: []string{"page 3: a table was read as text"}})
		}
		for _, s := range x.Submissions {
			x.Passages += s.Passages
			x.Words += s.Words
		}
		b.r.Members = append(b.r.Members, x)
	}
}

// positions makes the members' positions and the quotes they rest on, in theme order.
func (b fixture) positions() {
	for i := range b.r.Members {
		for j := range b.r.Themes {
			b.r.Members[i].Positions = append(b.r.Members[i].Positions, b.position(i, j))
		}
	}
	for j := range b.r.Themes {
		for i := range b.r.Members {
			b.quotes(i, j)
		}
	}
}

func (b fixture) position(i, j int) themes.Position {
	m, t := &b.r.Members[i], b.r.Themes[j]
	at := themes.Position{Member: m.Label, Type: m.Type, ThemeID: t.ID, Theme: t.Name, Stance: themes.Silent, By: "suggested"}
	if m.Passages == 0 || (i*7+j*5)%13 > 7-j/3 {
		return at
	}
	at.Stance = []themes.Stance{themes.Support, themes.Conditions, themes.Conditions, themes.Oppose, themes.Support, themes.Mixed, themes.NotStated, themes.Conditions}[(i*3+j*j)%8]
	at.Because = "because: only if, statutory"
	if (i+j)%5 == 0 {
		at.Confirmed, at.By, at.Because = true, "A. Reader", ""
	}
	at.Passages = 1 + (i+j)%2
	for k := range at.Passages {
		at.Refs = append(at.Refs, fmt.Sprintf("P%02d%02dK%d.%d", i+1, j+1, k+1, j+1))
	}
	if m.Consent != "confidential" {
		at.Line = b.words(i, j)[:strings.Index(b.words(i, j), ".")+1]
	}
	return at
}

// words are a passage's words; every member has some of its own.
func (b fixture) words(i, j int) string {
	t := strings.ToLower(b.r.Themes[j].Name)
	said := []string{
		"We support the proposals on %s, provided that they are statutory and funded in full.",
		"Our members tell us that %s cannot wait: families are at crisis point now.",
		"We are concerned that the plan says too little about %s and leaves councils to fill the gap.",
		"The proposals on %s would take away rights that children have today, and we do not agree with them.",
		"We welcome the focus on %s, which schools have asked for since 2014.",
	}[(i+2*j)%5]
	return fmt.Sprintf(said, t) + fmt.Sprintf(" In our survey %d %% of those who answered said that %s had got worse in the last two years; “it is the waiting that breaks you”, one wrote.\nThe government should say by when, and who answers for it, before the end of %d.", 40+(i*j)%50, t, 2026+i%3)
}

func (b fixture) quotes(i, j int) {
	m, t := &b.r.Members[i], b.r.Themes[j]
	at := m.Positions[j]
	for k, ref := range at.Refs {
		q := themes.Quote{Ref: ref, Passage: strings.Split(ref, ".")[0], Member: m.Label, Type: m.Type, Document: m.Submissions[0].Name, Place: fmt.Sprintf("page %d, para %d.%d", j+1, j+1, k+1), Heading: "Our response › " + t.Name, Question: fmt.Sprintf("Q%d", j+1),
			ThemeID: t.ID, Theme: t.Name, Stance: at.Stance, StanceWhy: at.Because, Line: at.Line, Words: b.words(i, j), Because: "because: survey, waiting", Origin: "suggested", Consent: m.Consent}
		if k == 1 {
			q.Words = "A second passage, shorter. " + q.Words
		}
		for _, w := range []string{"survey", "waiting"} {
			n := strings.Index(q.Words, w)
			q.Marks = append(q.Marks, themes.Span{Start: n, End: n + len(w)})
		}
		if at.Confirmed {
			q.Origin, q.CheckedBy, q.CheckedOn = "confirmed", at.By, "2026-11-20"
		}
		if m.Consent == "confidential" {
			q.Words, q.Marks, q.Withheld, q.Place, q.Heading, q.Because, q.StanceWhy = "", nil, true, "", "", "(confidential)", ""
		}
		b.r.Quotes = append(b.r.Quotes, q)
	}
}

func (b fixture) joint() {
	for j := range b.r.Themes {
		t := &b.r.Themes[j]
		t.Joint = themes.JointPosition{Names: map[themes.Stance][]string{}, Confirmed: map[themes.Stance]int{}}
		for _, m := range b.r.Members {
			at := m.Positions[j]
			if m.Passages > 0 {
				t.Joint.Names[at.Stance] = append(t.Joint.Names[at.Stance], m.Label)
			}
			if at.Confirmed {
				t.Joint.Confirmed[at.Stance]++
			}
			if at.Stance != themes.Silent {
				t.Joint.Addressed++
				t.Passages += at.Passages
			}
		}
		t.Members = t.Joint.Addressed
		n := func(s themes.Stance) int { return len(t.Joint.Names[s]) }
		in := n(themes.Support) + n(themes.Conditions)
		took := in + n(themes.Oppose) + n(themes.Mixed)
		t.Joint.Outcome = themes.Divided
		if in*4 >= took*3 {
			t.Joint.Outcome = themes.CommonGroundConditions
		}
		if took < 5 {
			t.Joint.Outcome = themes.ThinEvidence
		}
		t.Joint.Line = fmt.Sprintf("Of the members that take a position, %s (%d of %d) support it, %d of them with conditions; %d oppose, %d are mixed or unsure.", b.r.Scale.Word(in, took), in, took, n(themes.Conditions), n(themes.Oppose), n(themes.Mixed))
		if opposed := t.Joint.Names[themes.Oppose]; len(opposed) > 0 {
			t.Joint.Dissent = "Opposed: " + strings.Join(opposed, ", ") + "."
		}
	}
}

// registers are asks, figures, questions and shared text of the first members, with the refs of their quotes.
func (b fixture) registers() {
	at := func(i int) themes.ClaimPlace {
		m := &b.r.Members[i]
		return themes.ClaimPlace{Passage: "P", Member: m.Label, Document: "Response.docx", Place: "page 2", Themes: []string{b.r.Themes[0].Name}, Ref: b.r.Quotes[i].Ref}
	}
	asks := []themes.ListedAsk{{Words: "the Department should publish a timetable", Action: "publish a timetable", Deadline: "by July 2027", Because: "should", ClaimPlace: at(0)},
		{Words: "the Department to publish its timetable", Action: "publish its timetable", Because: "we ask", ClaimPlace: at(1)}, {Words: "stop it", Action: "stop it", Because: "must", ClaimPlace: at(2)}}
	b.r.Asks.Actors = []themes.AskActor{{Actor: "Department for Education", Members: 3, Asks: asks, Merged: []themes.MergedAsk{{Asks: []int{0, 1}, Members: 2, Themes: at(0).Themes}, {Asks: []int{2}, Members: 1}}}}
	for i, value := range []string{"46 per cent", "£70 million", "64 per cent"} {
		f := themes.ListedFigure{Value: value, Unit: "%", What: "teachers feel prepared", Source: "Adams, 2023", ClaimPlace: at(i), Disagrees: 1 - i%2}
		b.r.Figures.Figures = append(b.r.Figures.Figures, f)
	}
	b.r.Figures.Figures[1].Source, b.r.Figures.Figures[1].Unsourced = "", true
	b.r.Questions = []themes.AskedQuestion{{Members: 3, Passages: 4, Signs: map[string]int{"the question's number": 4}, Themes: []themes.FedTheme{{Name: "Timelines", Members: 2, Passages: 3}}}, {Members: 1, Passages: 2}}
	b.r.Questions[0].ID, b.r.Questions[0].Text = "Q1", "What do you think of the timetable?"
	b.r.Questions[1].Closed = []themes.ClosedAnswers{{Member: b.r.Members[0].Label, Document: "survey.xlsx", Asked: "How long?", Answered: 5, Options: []themes.ChosenOption{{Value: "A year", Count: 3}, {Value: "More", Count: 2}}},
		{Member: "Confidential member", Document: "(document withheld)", Answered: 7, Withheld: "confidential: counted, not quoted"}}
	b.r.Shared = []themes.SharedText{{Text: "Families have waited long enough for what the plan promises them and it is time that somebody acted.", Members: 2, Copies: []themes.SharedCopy{
		{Member: at(0).Member, Document: "a.docx", Exact: true, Ref: at(0).Ref}, {Member: at(1).Member, Document: "b.docx", Common: .82, Own: []themes.OwnWords{{Words: "Our forty nurseries agree"}}, Ref: at(1).Ref},
		{Member: "Confidential member", Document: "(document withheld)", Withheld: "confidential: counted, not quoted"}}}, {Template: "letter.docx", Text: "Dear Minister", Members: 1, Copies: []themes.SharedCopy{{Member: at(2).Member, Document: "c.docx", Exact: true}}}}
}
