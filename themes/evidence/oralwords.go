package evidence

// look holds every word of the pack against what may not be shown, as [Make] does of a draft.
func (b *oralMaker) look() {
	for i := range b.out.Pages {
		for _, text := range b.out.Pages[i].texts() {
			if why := b.Outward.Problem(text); why != "" {
				b.fail(b.out.Pages[i].Theme, "It may not be said: "+why+".")
				break
			}
		}
	}
}

// texts are all words of a page.
func (p *OralPage) texts() []string {
	out := []string{p.Theme, p.Line, p.Dissent}
	for _, x := range p.Terms {
		out = append(out, x.Text)
	}
	for _, x := range p.Facts {
		out = append(out, x.Words, x.Source, x.Speaker, x.Where)
	}
	for _, x := range p.Quotes {
		out = append(out, x.Words, x.Speaker, x.Where)
	}
	for _, x := range p.Questions {
		out = append(out, x.Text, x.Why, plainRuns(x.Answer))
	}
	for _, x := range p.Said {
		out = append(out, x.What)
	}
	for _, x := range p.Unasked {
		out = append(out, plainRuns(x.Text))
	}
	for _, x := range p.Notes {
		out = append(out, plainRuns(x.Runs))
	}
	return out
}

func plainRuns(runs []Run) string { return (&Said{Runs: runs}).Text() }

// Quoted are the runs of a page that are members' words, each with nothing else in it.
func (p *OralPage) Quoted() []string {
	var out []string
	add := func(runs []Run) {
		for _, r := range runs {
			if r.Quote {
				out = append(out, r.Text)
			}
		}
	}
	for _, x := range p.Facts {
		out = append(out, x.Words)
	}
	for _, x := range p.Quotes {
		out = append(out, x.Words)
	}
	for _, x := range p.Questions {
		add(x.Answer)
	}
	for _, x := range p.Unasked {
		add(x.Text)
	}
	for _, x := range p.Notes {
		add(x.Runs)
	}
	return out
}
