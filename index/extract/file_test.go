package extract

import (
	"errors"
	"strings"
	"testing"
)

func TestFileBoundsTheWords(t *testing.T) {
	words := strings.Repeat("We wait for months, and nobody tells us why.\n\n", MaxText/44)
	for _, test := range []struct{ name, data string }{
		{"words.txt", words},
		{"page.html", "<html><body><p>" + strings.ReplaceAll(words, "\n\n", "<p>")},
	} {
		if _, err := File(t.Context(), test.name, []byte(test.data)); !errors.Is(err, ErrLimit) {
			t.Errorf("%s: %v, want a limit", test.name, err)
		}
	}
}
