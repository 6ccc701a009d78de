package themes

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestLineNeverSaysTheOpposite holds, for sentences of which the first part says the opposite of the whole, that the line shows what turns
// them, with the word that it turns to.
func TestLineNeverSaysTheOpposite(t *testing.T) {
	long := "national standards for every school, college and nursery in England, for the councils that pay for them and for the health bodies that send their therapists there"
	tests := []struct{ name, words, shows string }{
		{"but", "We support " + long + ", but not in the form in which the plan proposes to make them.", "but not in the"},
		{"but only if", "We support " + long + ", but only if they are set out in law.", "but only if they are"},
		{"only if", "The Association would be glad to see " + long + " only if somebody pays for them.", "only if somebody pays"},
		{"unless", "We shall vote for " + long + " unless ministers withdraw the bands.", "unless ministers withdraw"},
		{"provided", "Our members accept " + long + ", provided that no child loses a place.", "provided that no child"},
		{"providing", "Our members accept " + long + " providing no child loses a place.", "providing no child"},
		{"so long as", "We would welcome " + long + " so long as there is new money.", "long as there is"},
		{"as long as", "Fine by us are " + long + ", as long as there is new money.", "as long as there is"},
		{"on condition", "We agree to " + long + " on condition that parents may appeal.", "condition that parents may"},
		{"subject to", "Agreement is given to " + long + ", subject to the approval of our council.", "subject to the approval"},
		{"a late not", "The introduction of " + long + " in the way set out in the plan is not something we support.", "is not something we"},
		{"a late never", "The introduction of " + long + " in the way set out in the plan will never have our support.", "never have our support"},
		{"a late negation that is contracted", "The introduction of " + long + " in the way set out in the plan doesn’t have our support.", "doesn’t have our support"},
		{"cannot", "The plan's own account of " + long + " cannot be supported by us.", "cannot be supported by"},
		{"nobody", "Of the promise of " + long + " it is fair to say that nobody on our committee is in favour.", "nobody on our committee"},
		{"however", "The case for " + long + " is a strong one; we are, however, against them.", "however, against them."},
		{"though at the end", "It would be good to have " + long + ", though we fear for small schools.", "though we fear for"},
		{"although", "We are in favour of " + long + " although they come too late.", "although they come too"},
		{"what others say", "The best way forward now is to bring in " + long + " at once, the ministers say.", "say."},
		{"according to", "Everybody is in favour of " + long + ", according to the Department.", "according to the Department."},
		{"a clause of its own that denies", "The government will bring in " + long + ", and that is a mistake.", "that is a mistake."},
		{"a clause that calls it untrue", "The plan says that everybody wants " + long + ": this is untrue.", "untrue."},
		{"rather than", "The money should go to " + long + " rather than to the change programme.", "rather than to the"},
		{"instead of", "We would have put " + long + " in the place of bands instead of beside them.", "instead of beside them."},
		{"without", "We can accept " + long + " without the bands and tariffs.", "without the bands and"},
		{"until", "The right course is to bring in " + long + " and to wait for them until the money is there.", "until the money is"},
		{"opposed at the end", "To the idea of " + long + " as it is described in the plan we are firmly opposed.", "firmly opposed."},
		{"a not just at the cut", strings.Repeat("word ", 33) + "the standards will not be supported by us in any form at all, whatever is said of them.", "will not be supported"},
		{"two turns", "We were wary of " + long + " but have come round to them and are now in favour, unless there is no money.", "but have come round"},
		{"except", "We support every part of " + long + " except the enforceable ones.", "except the enforceable ones."},
		{"a concession that comes first", "While we support " + long + ", we reject the means that the plan proposes.", "we reject the means"},
		{"no comma at all", strings.Repeat("and the standards ", 12) + "should not come", "should not come"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := line(tt.words)
			if !strings.Contains(got, tt.shows) {
				t.Errorf("%q does not show %q", got, tt.shows)
			}
			checkLine(t, got, tt.words)
		})
	}
}

// checkLine holds that a line is short, and nothing but pieces of the words in their order with the mark between them.
func checkLine(t *testing.T, got, words string) {
	t.Helper()
	if n := utf8.RuneCountInString(got); n > maxLine {
		t.Errorf("%q has %d characters", got, n)
	}
	rest := strings.Join(strings.Fields(words), " ")
	for _, piece := range strings.Split(got, elided) {
		piece = strings.TrimSpace(piece)
		at := strings.Index(rest, piece)
		if at < 0 {
			t.Errorf("%q of the line %q is not in the sentence, or not in its place", piece, got)
			return
		}
		rest = rest[at+len(piece):]
	}
}

func TestLine(t *testing.T) {
	detail := "We support a national performance framework made for alternative provision: attendance compared with the pupil’s own record before arrival, progress from a baseline, and where they were a year after leaving."
	tests := []struct{ name, words, want string }{
		{"short", "We support\n\tthe  standards.", "We support the standards."},
		{"cut where a clause ends", detail, "We support a national performance framework made for alternative provision: attendance compared with the pupil’s own record before arrival, progress from a baseline…"},
		{"one word", strings.Repeat("é", 200), strings.Repeat("é", 179) + "…"},
		{"long words", strings.Repeat("é", 200) + " not " + strings.Repeat("e", 200), strings.Repeat("é", 179) + "…"},
		{"nothing", " \n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := line(tt.words); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func FuzzLine(f *testing.F) {
	f.Add("We support national standards, but only if they are set out in law. " + strings.Repeat("if not but ", 30))
	f.Fuzz(func(t *testing.T, words string) {
		got := line(words)
		if !strings.Contains(words, elided) && utf8.ValidString(words) {
			checkLine(t, got, words)
		}
	})
}
