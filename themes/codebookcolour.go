package themes

// palette is ten colours that are told apart with any of the three colour blindnesses. A colour never stands alone: the name is
// always beside it.
//
// Source: Petroff (2021), Accessible color sequences for data visualization, the sequence of ten.
func palette() []string {
	return []string{"#3f90da", "#ffa90e", "#bd1f01", "#94a4a2", "#832db6", "#a96b59", "#e76300", "#b9ac70", "#717581", "#92dadd"}
}

// Colours is each theme's colour by its id: the one that the codebook gives it, or else the first of the palette that is used least
// often so far, in the order of the codebook. With more themes than the palette has, colours come twice.
func (b *Codebook) Colours() map[string]string {
	used, out := map[string]int{}, map[string]string{}
	for _, t := range b.Themes {
		if t.Colour != "" {
			out[t.ID] = t.Colour
			used[t.Colour]++
		}
	}
	for _, t := range b.Themes {
		if t.Colour == "" {
			out[t.ID] = freshColour(used)
			used[out[t.ID]]++
		}
	}
	return out
}

func freshColour(used map[string]int) string {
	best := palette()[0]
	for _, c := range palette() {
		if used[c] < used[best] {
			best = c
		}
	}
	return best
}
