package export

import (
	"strings"

	"collate/themes"
)

// marked is text with what changed that it rested on: whoever reads a person's words sees that somebody has to look at them again.
func marked(text string, flags []themes.Flag) string {
	parts := []string{}
	if text != "" {
		parts = append(parts, text)
	}
	for _, f := range flags {
		parts = append(parts, "! "+f.Text)
	}
	return strings.Join(parts, "\n")
}
