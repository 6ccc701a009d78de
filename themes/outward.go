package themes

import (
	"context"
	"strings"

	"collate/index"
)

// An Outward check looks at words that a person wrote for a document that goes out. Reports are safe before anybody sees them; such words
// are not, for whoever typed them may know the record.
type Outward struct {
	hide *disclosure
	held map[string]bool // runs of heldWords words that only passages say which may not be shown
}

// heldWords is how many words in a row make words those of a passage: fewer are anybody's.
const heldWords = 7

// Outward prepares the check on the record as it stands.
func (a *Analysis) Outward(ctx context.Context) (*Outward, error) {
	s, err := a.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	o := &Outward{hide: disclose(s), held: map[string]bool{}}
	may := func(p *index.Passage) bool {
		return o.hide.withheld(s.Submission(p).Member, s.Consent(p), s.Whole(p)) == ""
	}
	for _, p := range s.Passages {
		if !may(p) {
			o.note(s.Text(p), false)
		}
	}
	for _, sub := range s.Submissions { // a version that is not counted is as secret
		if sub.Document != nil && sub.Excluded != "" && index.Stricter(sub.Consent, o.hide.strict[sub.Member]).Strictness() == 2 {
			o.note(sub.Document.Text, false)
		}
	}
	for _, p := range s.Passages { // what a passage says as well that may be shown is no secret
		if len(o.held) > 0 && may(p) {
			o.note(s.Text(p), true)
		}
	}
	return o, nil
}

// note remembers, or forgets, the runs of words of a text.
func (o *Outward) note(text string, shown bool) {
	for run := range runs(text) {
		if shown {
			delete(o.held, run)
		} else {
			o.held[run] = true
		}
	}
}

// Problem says why words may not go out, or "".
func (o *Outward) Problem(words string) string {
	if o.hide.names != nil && o.hide.names.MatchString(bare(words)) {
		return "it names a member who is not to be named"
	}
	if len(o.held) == 0 {
		return ""
	}
	for run := range runs(words) {
		if o.held[run] {
			return "it has words of a passage that may not be shown"
		}
	}
	return ""
}

// runs are all runs of heldWords words of a text, in small letters and without signs; a shorter text has none.
func runs(text string) func(yield func(string) bool) {
	var words []string
	for _, w := range index.Analyse(bare(text)).List {
		words = append(words, w.Fold)
	}
	return func(yield func(string) bool) {
		for i := 0; i+heldWords <= len(words); i++ {
			if !yield(strings.Join(words[i:i+heldWords], " ")) {
				return
			}
		}
	}
}

// A FoundTheme is a theme whose rules find a text, with the words that they found.
type FoundTheme struct {
	ID    string
	Words []string // each once, in small letters, in the order of the text
}

// Found are the themes of the codebook whose rules find a text, in the codebook's order.
func (b *Codebook) Found(text string) []FoundTheme {
	words := index.Analyse(text)
	var out []FoundTheme
	for i := range b.Themes {
		t := &b.Themes[i]
		marks, ok := b.match(t, words)
		if !ok || t.State == ThemeRetired {
			continue
		}
		var said []string
		for _, m := range marks {
			said = append(said, strings.ToLower(text[m.Start:m.End]))
		}
		out = append(out, FoundTheme{t.ID, unique(said, len(said))})
	}
	return out
}

// Excerpt shows the line of a file that has a fault, the line before it, and a caret under the column.
func Excerpt(data []byte, line, column int) string { return excerpt(data, line, column) }

// TooDeep is where the text of a YAML file is nested so deep that it must not be parsed, or -1.
func TooDeep(data []byte) int { return tooDeep(data) }

// Quoted is a text as a YAML file holds it: plain where nothing can be mistaken, and otherwise in double quotation marks.
func Quoted(s string) string { return quoted(s) }
