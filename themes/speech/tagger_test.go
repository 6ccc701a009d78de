package speech

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTaggerTellsVerbFromNoun(t *testing.T) {
	tests := []struct{ sentence, word, want string }{
		{"We support national standards.", "support", "VB"},
		{"SEN support is thin in many schools.", "support", "NN"},
		{"We welcome the plan.", "welcome", "VB"},
		{"Our concerns are these.", "concerns", "NN"},
	}
	for _, tt := range tests {
		words := Tokens(tt.sentence)
		Tag(words)
		for _, w := range words {
			if w.Word == tt.word && !strings.HasPrefix(w.Tag, tt.want) {
				t.Errorf("%q in %q is %s, want %s", tt.word, tt.sentence, w.Tag, tt.want)
			}
		}
	}
}

func TestTokensKeepEveryWord(t *testing.T) {
	tests := []struct {
		sentence string
		want     []string
	}{
		{"We can't wait.", []string{"We", "ca", "n't", "wait", "."}},
		{"It doesn’t work (yet).", []string{"It", "does", "n’t", "work", "(", "yet", ")", "."}},
		{"46% of 20-week limits, £2.6bn", []string{"46", "%", "of", "20-week", "limits", ",", "£", "2.6bn"}},
	}
	for _, tt := range tests {
		var got []string
		for _, w := range Tokens(tt.sentence) {
			got = append(got, w.Word)
			if tt.sentence[w.Start:w.End] != w.Word {
				t.Errorf("%q does not stand at %d", w.Word, w.Start)
			}
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Error(d)
		}
	}
}

func FuzzTokens(f *testing.F) {
	f.Add("We can't, won’t & don't: 3.5% — “so”.")
	f.Fuzz(func(t *testing.T, s string) {
		words := Tokens(s)
		Tag(words)
		var got strings.Builder
		for _, w := range words {
			got.WriteString(w.Word)
		}
		if want := strings.Join(strings.Fields(s), ""); got.String() != want && strings.ToValidUTF8(s, "") == s {
			t.Errorf("tokens hold %q, want %q", got.String(), want)
		}
	})
}
