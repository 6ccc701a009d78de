package themes

// About lists the themes whose rules find a text, with the words that they find and no stance: a sentence of a draft, or its heading, is
// nobody's position.
func (b *Codebook) About(text string) []Proposal { return b.find(text, 0) }
