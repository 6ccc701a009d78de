package main

import "testing"

func TestPlainTextIsNoCommand(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"escape", "a\x1b[31mred\x07\u009b", "a[31mred"},
		{"turned name", "a\u202etxt.exe", "atxt.exe"},
		{"isolates and marks", "\u2066a\u2069\u200e\u200f\u061cb", "ab"},
		{"line and paragraph separator", "a\u2028b\u2029c", "abc"},
		{"words", "Ysgol Gŵyr:\n\tnaïve – 10 €\u200d", "Ysgol Gŵyr:\n\tnaïve – 10 €\u200d"},
	} {
		if got := plainText(test.text); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
