package themes

// Theme is the theme of an id; nil when there is none.
func (b *Codebook) Theme(id string) *Theme {
	for i := range b.Themes {
		if b.Themes[i].ID == id {
			return &b.Themes[i]
		}
	}
	return nil
}

func (b *Codebook) ids() []string {
	var out []string
	for _, t := range b.Themes {
		out = append(out, t.ID)
	}
	return out
}

// Title is the theme's name, and that it is retired where it is.
func (t *Theme) Title() string {
	if t.State == ThemeRetired {
		return t.Name + " (retired)"
	}
	return t.Name
}

// A Branch is a theme in the tree.
type Branch struct {
	*Theme
	Depth int // 0 at the top
}

// Tree lists the themes so that each stands before those under it, and otherwise in the order of the codebook.
func (b *Codebook) Tree() []Branch {
	under := map[string][]*Theme{}
	for i := range b.Themes {
		t := &b.Themes[i]
		under[t.Parent] = append(under[t.Parent], t)
	}
	var out []Branch
	var grow func(parent string, depth int)
	grow = func(parent string, depth int) {
		for _, t := range under[parent] {
			out = append(out, Branch{t, depth})
			grow(t.ID, depth+1)
		}
	}
	grow("", 0)
	return out
}

// Above are the ids of the themes above one, the nearest first.
func (b *Codebook) Above(id string) []string {
	var out []string
	for t := b.Theme(id); t != nil && t.Parent != "" && len(out) < maxThemeDepth; t = b.Theme(t.Parent) {
		out = append(out, t.Parent)
	}
	return out
}

// Below are the ids of all themes under one, in the order of the tree.
func (b *Codebook) Below(id string) []string {
	var out []string
	within := -1 // the depth of the theme, once the tree has come to it
	for _, t := range b.Tree() {
		switch {
		case t.ID == id:
			within = t.Depth
		case within >= 0 && t.Depth <= within:
			return out
		case within >= 0:
			out = append(out, t.ID)
		}
	}
	return out
}

// Active is the codebook without its retired themes, in the order of the tree: what outputs show. A theme whose parent is retired
// moves up to the nearest one above that is not.
func (b *Codebook) Active() *Codebook {
	out := *b
	out.Themes = nil
	for _, branch := range b.Tree() {
		if branch.State == ThemeRetired {
			continue
		}
		t := *branch.Theme
		for t.Parent != "" && b.Theme(t.Parent).State == ThemeRetired {
			t.Parent = b.Theme(t.Parent).Parent
		}
		out.Themes = append(out.Themes, t)
	}
	return &out
}
