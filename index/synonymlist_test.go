package index

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestConsultationSynonyms(t *testing.T) {
	c := newTestConsultation(t)
	holds := func(want string) {
		t.Helper()
		s, err := c.ReadSynonyms(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := s.String(); got != want {
			t.Errorf("the synonyms are %q, want %q", got, want)
		}
	}
	write := func(text, coder string) {
		t.Helper()
		if err := c.WriteSynonyms(t.Context(), text, "", coder); err != nil {
			t.Fatal(err)
		}
	}
	builtin := BuiltinSynonyms().String()
	holds(builtin)
	if err := c.UndoSynonyms(t.Context(), "Ann"); !errors.Is(err, ErrNoChange) {
		t.Errorf("undoing nothing: %v, want %v", err, ErrNoChange)
	}
	if err := c.WriteSynonyms(t.Context(), "AP = \n", "", "Ann"); err == nil {
		t.Error("synonyms with a mistake were kept")
	}
	write(" AP = alternative provision\n", "Ann")
	write("AP = alternative provision", "Ben")
	holds("AP = alternative provision")
	write("LA = local authority", "Ben")
	write("\n", "Ann")
	holds(builtin)
	for _, want := range []string{"LA = local authority", builtin} {
		if err := c.UndoSynonyms(t.Context(), "Cat"); err != nil {
			t.Fatal(err)
		}
		holds(want)
	}
	changes, err := c.SynonymChanges(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range changes {
		got = append(got, h.By+": "+h.Text)
	}
	want := []string{"Ann: AP = alternative provision", "Ben: LA = local authority", "Ann: ", "Cat: LA = local authority", "Cat: "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}

func TestSynonymsChangeLineByLine(t *testing.T) {
	s, err := ParseSynonyms("# ours\nAP = alternative provision\n\nSLT => senior leadership team = leaders\nSLT = therapist\n")
	if err != nil {
		t.Fatal(err)
	}
	lines := func(groups []SynonymGroup) string {
		var out []string
		for _, g := range groups {
			out = append(out, g.String())
		}
		return strings.Join(out, "; ")
	}
	for words, want := range map[string]string{
		"Alternative  Provisions": "AP = alternative provision",
		"SLT":                     "SLT => senior leadership team = leaders; SLT = therapist",
		"leader":                  "SLT => senior leadership team = leaders",
		"team":                    "",
		"&":                       "",
	} {
		if got := lines(s.Having(words)); got != want {
			t.Errorf("Having(%q) = %q, want %q", words, got, want)
		}
	}
	g, err := ParseSynonymGroup("  EP  =   educational\n psychologist ")
	if err != nil {
		t.Fatal(err)
	}
	text := func(s *Synonyms, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return s.String()
	}
	slt := s.Having("leaders")[0]
	for _, tt := range []struct{ name, got, want string }{
		{"added", text(s.Add(g)), "# ours\nAP = alternative provision\n\nSLT => senior leadership team = leaders\nSLT = therapist\nEP = educational psychologist"},
		{"replaced", text(s.Replace(slt, g)), "# ours\nAP = alternative provision\n\nEP = educational psychologist\nSLT = therapist\n"},
		{"removed", text(s.Remove(slt)), "# ours\nAP = alternative provision\n\nSLT = therapist\n"},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	one, err := ParseSynonyms("AP = alternative provision")
	if err != nil {
		t.Fatal(err)
	}
	none, err := one.Remove(one.Groups()[0])
	if err != nil || len(none.Groups()) != 0 || none.String() == "" {
		t.Errorf("without its last group it is %q, %v: nothing at all would bring the built-in ones back", none, err)
	}
	if got := text(none.Add(g)); got != g.String() {
		t.Errorf("the first group of an empty list makes it %q", got)
	}
	for line, message := range map[string]string{"# AP = b": "Leave the # out", "AP": "two or more ways", "": "both sides"} {
		var e *SynonymError
		if _, err := ParseSynonymGroup(line); !errors.As(err, &e) || e.Line != 0 || !strings.Contains(e.Message, message) {
			t.Errorf("ParseSynonymGroup(%q): %v, want %q", line, err, message)
		}
	}
}
