package main

import (
	"strings"
	"testing"

	"collate/themes"
)

// Who codes blind is shown every theme of the codebook, and one that no key reaches would be recorded as refused.
func TestEveryThemeHasAKey(t *testing.T) {
	if i := strings.IndexAny(themeKeys, "omcsnuq? \t\r\n"); i >= 0 {
		t.Errorf("the key %q means something else", themeKeys[i])
	}
	p := &themes.ReviewPassage{}
	for i := range themeKeys {
		p.Themes = append(p.Themes, themes.ReviewTheme{Theme: themeKey(i)})
	}
	for i := range themeKeys {
		x := begin(p)
		if !x.toggle(p, themeKeys[i]) || x.on != i || !x.yes[p.Themes[i].Theme] {
			t.Errorf("the key %q does not tick theme %d", themeKeys[i], i+1)
		}
	}
	if x := begin(p); x.toggle(p, 'A') {
		t.Error("a key of no theme ticks one")
	}
}
