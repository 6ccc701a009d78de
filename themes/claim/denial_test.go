package claim

import (
	"strings"
	"testing"
)

// TestAnActionKeepsItsNot holds that what is to be left undone is never given as what is to be done.
func TestAnActionKeepsItsNot(t *testing.T) {
	for _, text := range []string{
		"The Department ought not to legislate until it has asked schools.",
		"Councils must not cut short breaks.",
		"Ministers should never close a school at a month's notice.",
		"Schools shouldn't be left to pay.",
		"The Department must under no circumstances withdraw the funding.",
		"The list should on no account be drawn up by the council alone.",
		"The government needs not to rush this.",
		"Ofsted should not, in our view, grade one judgement.",
		"The plan must also not lose sight of post-16.",
	} {
		asks := Read(text, Context{}).Asks
		if len(asks) == 0 {
			t.Logf("%q: no ask found", text) // silence reverses nothing
		}
		for _, a := range asks {
			words := " " + strings.ToLower(text[a.Action.Start:a.Action.End]) + " "
			if !strings.Contains(words, "not ") && !strings.Contains(words, "n't ") && !strings.Contains(words, "never ") && !strings.Contains(words, " no ") {
				t.Errorf("%q: the action is %q", text, words)
			}
		}
	}
}
