package themes

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"collate/index"
)

// A Change is one edit of a codebook. It leaves ids as they are, so that codings stay with their themes.
type Change func(*Codebook) error

// An EditError says in a user's words why a codebook cannot be changed in this way, and what to do instead.
type EditError struct{ Message string }

// Error is the message.
func (e *EditError) Error() string { return e.Message }

func cannot(format string, args ...any) error { return &EditError{fmt.Sprintf(format, args...)} }

// onTheme is a change of one theme.
func onTheme(id string, change func(*Theme) error) Change {
	return func(b *Codebook) error {
		t := b.Theme(id)
		if t == nil {
			return b.noTheme(id)
		}
		return change(t)
	}
}

func (b *Codebook) noTheme(id string) error {
	return cannot("There is no theme %q. The themes are %s.", id, strings.Join(b.ids(), ", "))
}

// AddTheme puts a theme at the end of the codebook. Where it has no id, one is made of its name; where it has no colour, it takes the
// next of the palette.
func AddTheme(t Theme) Change {
	return func(b *Codebook) error {
		if t.Name = strings.TrimSpace(t.Name); t.Name == "" && t.ID == "" {
			return cannot("A theme needs a name.")
		}
		if t.ID == "" {
			t.ID = b.freshID(t.Name)
		}
		if b.Theme(t.ID) != nil {
			return cannot("There is a theme %q already. Choose another id, or change that one with: collate themes edit %s", t.ID, t.ID)
		}
		if t.Colour == "" {
			used := map[string]int{}
			for _, c := range b.Colours() {
				used[c]++
			}
			t.Colour = freshColour(used)
		}
		b.Themes = append(b.Themes, t)
		return nil
	}
}

// freshID makes an id of a name that no theme has.
func (b *Codebook) freshID(name string) string {
	id := slug(name)
	for n := 2; b.Theme(id) != nil; n++ {
		id = fmt.Sprintf("%s-%d", slug(name), n)
	}
	return id
}

// maxSlug is how long an id that is made of a name may be.
const maxSlug = 40

// slug is a name as an id: "Funding, bands and tariffs" is funding-bands-and-tariffs.
func slug(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(bare(name)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-") && r != '\'' && r != '’':
			b.WriteByte('-')
		}
		if b.Len() >= maxSlug {
			break
		}
	}
	if id := strings.Trim(b.String(), "-"); id != "" {
		return id
	}
	return "theme"
}

// Rename gives a theme another name; its id and its codings stay.
func Rename(id, name string) Change {
	return onTheme(id, func(t *Theme) error {
		if t.Name = strings.TrimSpace(name); t.Name == "" {
			return cannot("A theme needs a name.")
		}
		return nil
	})
}

// Describe says what a theme covers.
func Describe(id, description string) Change {
	return onTheme(id, func(t *Theme) error { t.Description = strings.TrimSpace(description); return nil })
}

// Rewrite gives a theme everything that t has but its id and its state: what a person writes on one form. Blank entries of lists and such as are
// there twice are left out. A rule that cannot be understood comes back as an [*index.QueryError].
func Rewrite(t Theme) Change {
	return func(b *Codebook) error {
		for _, change := range []Change{Rename(t.ID, t.Name), Describe(t.ID, t.Description), Recolour(t.ID, t.Colour), Move(t.ID, t.Parent)} {
			if err := change(b); err != nil {
				return err
			}
		}
		there := b.Theme(t.ID)
		for _, l := range []List{AnyRules, NoneRules, Examples, NonExamples} {
			entries, err := entriesOf(l, *t.list(l))
			if err != nil {
				return err
			}
			*there.list(l) = entries
		}
		return nil
	}
}

// entriesOf are the entries of a list as they are kept.
func entriesOf(l List, entries []string) ([]string, error) {
	var out []string
	for _, entry := range entries {
		entry = strings.TrimSpace(entry)
		if entry == "" || slices.Contains(out, entry) {
			continue
		}
		if l == AnyRules || l == NoneRules {
			if _, err := index.ParseQuery(entry); err != nil {
				return nil, err
			}
		}
		out = append(out, entry)
	}
	return out, nil
}

// Recolour gives a theme a colour, "#0072b2"; "" takes one of the palette.
func Recolour(id, colour string) Change {
	return onTheme(id, func(t *Theme) error {
		if colour != "" && !themeColour.MatchString(colour) {
			return cannot("%q is no colour. Write it as in #0072b2.", colour)
		}
		t.Colour = strings.ToLower(colour)
		return nil
	})
}

// Move puts a theme under another, or with "" to the top.
func Move(id, parent string) Change {
	return func(b *Codebook) error {
		t := b.Theme(id)
		switch {
		case t == nil:
			return b.noTheme(id)
		case parent != "" && b.Theme(parent) == nil:
			return b.noTheme(parent)
		case parent == id || slices.Contains(b.Above(parent), id):
			return cannot("%s cannot lie in itself: %s lies in it. Move that one out first.", id, parent)
		}
		t.Parent = parent
		return nil
	}
}

// Retire keeps a theme and what is coded on it, proposes nothing on it any more and takes it out of every count.
func Retire(id string) Change {
	return onTheme(id, func(t *Theme) error {
		if t.State == ThemeRetired {
			return cannot("%s is retired already.", id)
		}
		t.State = ThemeRetired
		return nil
	})
}

func restore(id string) Change {
	return onTheme(id, func(t *Theme) error {
		if t.State != ThemeRetired {
			return cannot("%s is not retired. Retired themes are marked in: collate themes list", id)
		}
		t.State = ThemeActive
		return nil
	})
}

// A List is one of the lists that a theme has.
type List string

// The lists of a theme.
const (
	AnyRules    List = "any"
	NoneRules   List = "none"
	Examples    List = "examples"
	NonExamples List = "non_examples"
)

// noun is what one entry of the list is called.
func (l List) noun() string {
	switch l {
	case AnyRules, NoneRules:
		return "rule"
	case NonExamples:
		return "non-example"
	}
	return "example"
}

func (t *Theme) list(l List) *[]string {
	switch l {
	case AnyRules:
		return &t.Any
	case NoneRules:
		return &t.None
	case NonExamples:
		return &t.NonExamples
	}
	return &t.Examples
}

// AddTo puts a rule or an example at the end of one of a theme's lists. A rule that cannot be understood comes back as an
// [*index.QueryError].
func AddTo(id string, l List, entry string) Change {
	return onTheme(id, func(t *Theme) error {
		list := t.list(l)
		entry = strings.TrimSpace(entry)
		switch {
		case entry == "":
			return cannot("The %s is empty.", l.noun())
		case slices.Contains(*list, entry):
			return cannot("%s has that %s already.", id, l.noun())
		}
		if l == AnyRules || l == NoneRules {
			if _, err := index.ParseQuery(entry); err != nil {
				return err
			}
		}
		*list = append(slices.Clone(*list), entry)
		return nil
	})
}

// RemoveFrom takes a rule or an example out of one of a theme's lists, by its words or by its number in it, from 1.
func RemoveFrom(id string, l List, entry string) Change {
	return onTheme(id, func(t *Theme) error {
		list := t.list(l)
		at := slices.Index(*list, strings.TrimSpace(entry))
		if n := 0; at < 0 && strings.IndexFunc(entry, unicode.IsDigit) == 0 {
			if _, err := fmt.Sscanf(entry+" ", "%d ", &n); err == nil && n <= len(*list) && fmt.Sprint(n) == entry {
				at = n - 1
			}
		}
		if at < 0 {
			return cannot("%s has no such %s: %q. It has %s.", id, l.noun(), entry, numbered(*list))
		}
		*list = slices.Delete(slices.Clone(*list), at, at+1)
		return nil
	})
}

func numbered(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	var out []string
	for i, s := range list {
		out = append(out, fmt.Sprintf("%d: %s", i+1, shorten(s)))
	}
	return strings.Join(out, "; ")
}

// lists are entries for the lists of a theme.
type lists struct {
	Any         []string `json:"any,omitempty"`
	Examples    []string `json:"examples,omitempty"`
	NonExamples []string `json:"non_examples,omitempty"`
	Freed       []string `json:"freed,omitempty"` // the other way round: rules that kept passages off and were taken out
}

// mergeInto puts what proposes a theme and what explains it into another, and says what that did not have before. A rule of the theme
// goes over with what the theme leaves out, so that together they find what each found. Split is the search by which the one was split off
// the other, or "": then what had been narrowed by it is wide again.
func (t *Theme) mergeInto(into *Theme, split string) *lists {
	missing := func(of *[]string, add []string) (out []string) {
		for _, s := range add {
			if !slices.Contains(*of, s) {
				out = append(out, s)
			}
		}
		*of = slices.Concat(*of, out)
		return out
	}
	var any []string
	for _, rule := range t.Any {
		if split != "" && slices.Contains(narrowed(into.Any, split), rule) {
			continue
		}
		if len(t.None) > 0 {
			rule = fmt.Sprintf("(%s) NOT %s", rule, oneOf(t.None))
		}
		if _, err := index.ParseQuery(rule); err == nil { // one that grew too long stays with its theme
			any = append(any, rule)
		}
	}
	added := &lists{Any: missing(&into.Any, any), Examples: missing(&into.Examples, t.Examples), NonExamples: missing(&into.NonExamples, t.NonExamples)}
	if split != "" && slices.Contains(into.None, split) {
		added.Freed = []string{split}
		into.None = without(into.None, added.Freed)
	}
	return added
}

func without(list, out []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(out, s) })
}

// narrowed are rules that find what they found and a search as well; the search alone where there are none.
func narrowed(rules []string, query string) []string {
	var out []string
	for _, r := range rules {
		both := fmt.Sprintf("(%s) (%s)", r, query)
		if _, err := index.ParseQuery(both); err == nil { // one that grew too long stays behind
			out = append(out, both)
		}
	}
	if len(out) == 0 {
		return []string{query}
	}
	return out
}

// oneOf is the search that finds what any of the rules finds.
func oneOf(rules []string) string {
	if len(rules) == 1 {
		return "(" + rules[0] + ")"
	}
	return "((" + strings.Join(rules, ") OR (") + "))"
}

// takeOut undoes what mergeInto put in.
func (t *Theme) takeOut(l *lists) {
	if l == nil {
		return
	}
	t.None = append(without(t.None, l.Freed), l.Freed...)
	t.Any, t.Examples, t.NonExamples = without(t.Any, l.Any), without(t.Examples, l.Examples), without(t.NonExamples, l.NonExamples)
}

// clone is a codebook whose themes can be changed.
func (b *Codebook) clone() *Codebook {
	out := *b
	out.Themes = slices.Clone(b.Themes)
	return &out
}

// editFault is what [ParseCodebook] says of a text that this program wrote: the line in it helps nobody.
func editFault(err error) error {
	var fault *CodebookError
	if errors.As(err, &fault) {
		return cannot("%s.", strings.TrimSuffix(strings.ToUpper(fault.Message[:1])+fault.Message[1:], "."))
	}
	return err
}
