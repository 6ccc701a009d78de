package index

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSentences(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"two sentences", "We agree. It is late.", []string{"We agree.", "It is late."}},
		{"section and number", "See s. 42 and No. 4 of the Act. It binds.", []string{"See s. 42 and No. 4 of the Act.", "It binds."}},
		{"paragraph reference", "As para. 3.2 says, we object. We do.", []string{"As para. 3.2 says, we object.", "We do."}},
		{"e.g.", "Some staff, e.g. teaching assistants, are forgotten.", []string{"Some staff, e.g. teaching assistants, are forgotten."}},
		{"et al.", "Only 46% feel prepared (Adams et al. 2023). That is low.", []string{"Only 46% feel prepared (Adams et al. 2023).", "That is low."}},
		{"bullets", "We ask for:\n- money\n- time", []string{"We ask for:", "- money", "- time"}},
		{"numbered paragraph", "3.2. The plan is late.", []string{"3.2. The plan is late."}},
		{"hard-wrapped line", "The plan is\nlate. We wait.", []string{"The plan is\nlate.", "We wait."}},
		{"no full stop", "Too slow", []string{"Too slow"}},
		{"blank", " \n ", nil},
		{"quotation", "A parent said \"we cannot wait.\" The council agreed.", []string{"A parent said \"we cannot wait.\"", "The council agreed."}},
		{"percentage and pounds", "It costs £2.6 billion over 3.5 years. Nobody knows why.", []string{"It costs £2.6 billion over 3.5 years.", "Nobody knows why."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range Sentences(tt.text) {
				got = append(got, tt.text[s.Start:s.End])
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}
