package export

import "collate/themes"

// writeOrigin fills the hidden sheet by which an edited workbook is read back.
func writeOrigin(b *book) error {
	var rules, examples []string
	for i := range b.r.Themes {
		rules, examples = append(rules, ruleCell(&b.r.Themes[i])), append(examples, exampleCell(&b.r.Themes[i]))
	}
	s := b.styles
	p := b.open(layout{sheet: "Origin", columns: []column{{themes.OriginTitle, 20, s.key}, {"Digest", 16, s.key}, {"Lines", 60, s.key}}, bare: true})
	for _, c := range b.r.OriginCells(b.keys, rules, examples) {
		p.add(c[0], c[1], c[2])
	}
	if err := p.close(); err != nil {
		return err
	}
	return b.f.SetSheetVisible("Origin", false)
}
