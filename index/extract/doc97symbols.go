package extract

import "strings"

// doc97SymbolText is the character that a symbol of a font shows. A .doc keeps the letters of the font Symbol as their
// places in it: Greek where Latin would stand, and the signs of mathematics.
func doc97SymbolText(font string, c rune) string {
	if !strings.EqualFold(font, "symbol") {
		return symbolText(font, c)
	}
	const (
		low  = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
		high = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
	)
	if c >= 0xF000 && c < 0xF100 {
		c -= 0xF000 // symbol fonts are mapped into the private use area
	}
	signs := []rune(low)
	i := int(c - ' ')
	if c >= 0xA0 {
		signs, i = []rune(high), int(c-0xA0)
	}
	if i < 0 || i >= len(signs) {
		return bulletLabel
	}
	return string(signs[i])
}

// isSymbols reports whether the font's characters are signs, whatever their code says.
func (f doc97FontName) isSymbols() bool {
	name := strings.ToLower(f.name)
	return strings.HasPrefix(name, "wingdings") || name == "symbol"
}
