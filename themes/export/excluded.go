package export

// writeExcluded writes what was kept and not counted, and why.
func writeExcluded(b *book) error {
	s := b.styles
	p := b.open(layout{
		sheet: "Excluded", table: "ExcludedTable", frozen: 1, paper: a4,
		title: "Excluded: what was kept and not counted, and why",
		help:  "Nothing is thrown away: files that could not be read, earlier versions, duplicates, signatures and page furniture are listed here.",
		columns: []column{{"What", 14, s.strong}, {"Member", 26, s.text}, {"File", 32, s.text}, {"Place", 20, s.text}, {"Why", 44, s.text},
			{"Words", 56, s.text}},
	})
	for _, x := range b.r.Excluded {
		p.add(x.What, x.Member, x.Name, x.Place, x.Reason, x.Words)
	}
	if len(b.r.Excluded) == 0 {
		p.add("nothing", nil, nil, nil, "Everything that was read was counted.", nil)
	}
	return p.close()
}
