package themes

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"collate/index"
)

// What a codebook file may hold: far more than people can code with.
const (
	maxCodebook    = 16 << 20 // bytes
	maxThemes      = 2000
	maxThemeName   = 300 // characters
	maxNotes       = 30
	maxDescription = 100_000 // characters of a description, a rule or an example
)

// ErrCodebookFile is wrapped by what is wrong with a codebook that is no YAML file: the message says where, and what to do.
var ErrCodebookFile = errors.New("the codebook cannot be read")

func badCodebook(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrCodebookFile, fmt.Sprintf(format, args...))
}

// A Known is what is known where a codebook is read, so that its themes are recognised. Its zero value knows nothing.
type Known struct {
	Consultation string    // the record's id
	Book         *Codebook // or nil
}

// ReadCodebook reads a codebook file by its name's ending: a themes file (.yaml), a workbook (.xlsx) or a REFI-QDA codebook (.qdc), which
// NVivo, MAXQDA, ATLAS.ti, QualCoder and Taguette write. The notes are sentences on what was changed or left out on the way.
func ReadCodebook(name string, data []byte, known Known) (b *Codebook, notes []string, err error) {
	if known.Book == nil {
		known.Book = &Codebook{}
	}
	if len(data) > maxCodebook {
		return nil, nil, badCodebook("%s is larger than a codebook can be", name)
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		b, err = ParseCodebook(data)
		return b, nil, err
	case ".xlsx":
		return readCodebookXLSX(data, known)
	case ".qdc":
		return readCodebookQDC(data, known)
	}
	return nil, nil, badCodebook("%s is none: its name must end in .yaml, .xlsx or .qdc", name)
}

// named is the id of the known theme of a name, or "".
func (k *Known) named(name string) string {
	for _, t := range k.Book.Themes {
		if strings.EqualFold(t.Name, name) {
			return t.ID
		}
	}
	return ""
}

// ImportCodebook makes a file the codebook, under the coder's name. Themes keep their ids, and with them their codings, where the file
// names the id or a theme of the same name, and what a .qdc or a sheet's columns have no place for. A theme that the file does not have is left out, or retired where people coded on it; with
// add all stay, and the file's come to them. The notes say what was done beyond what the file says.
func (a *Analysis) ImportCodebook(ctx context.Context, name string, data []byte, add bool, coder, because string) ([]string, error) {
	var notes []string
	err := index.Again(func() (err error) {
		notes, err = a.importCodebook(ctx, name, data, add, coder, because)
		return err
	})
	return notes, err
}

func (a *Analysis) importCodebook(ctx context.Context, name string, data []byte, add bool, coder, because string) ([]string, error) {
	seq, err := a.Newest(ctx, index.ActCodebook)
	if err != nil {
		return nil, err
	}
	if err := a.loadCodebook(ctx); err != nil {
		return nil, err
	}
	id, err := a.Setting(ctx, "id")
	if err != nil {
		return nil, err
	}
	b, notes, err := ReadCodebook(name, data, Known{id, a.Codebook})
	if err != nil {
		return nil, err
	}
	isYAML := strings.HasPrefix(strings.ToLower(filepath.Ext(name)), ".y")
	if !isYAML {
		data = nil
	}
	more, err := a.replaceCodebook(ctx, seq, name, b, data, add, coder, because)
	return append(notes, more...), err
}

// replaceCodebook makes b, which came from a file, the codebook. Text is what the file says where it is a themes file, and else nil: then what other
// files have no place for stays as it is. Seq is the newest decision on the codebook that it was made from.
func (a *Analysis) replaceCodebook(ctx context.Context, seq int64, name string, b *Codebook, text []byte, add bool, coder, because string) ([]string, error) {
	isYAML := text != nil
	if !isYAML {
		_, source, _, err := a.recordedCodebook(ctx)
		if err != nil {
			return nil, err
		}
		old := a.Codebook.clone()
		old.leaveExample(source)
		b.Consultation, b.Called, b.Questions = old.Consultation, old.Called, old.Questions
	}
	inFile := len(b.Themes)
	notes, err := a.keep(ctx, b, func(*Theme) bool { return add })
	if err != nil {
		return nil, err
	}
	switch {
	case !isYAML:
		text = b.Text(nil)
	case len(b.Themes) != inFile:
		text = b.Text(text)
	}
	if _, err := ParseCodebook(text); err != nil {
		return nil, editFault(err)
	}
	return notes, a.setCodebook(ctx, seq, filepath.Base(name), text, coder, because)
}

// keep puts themes that a new codebook lacks back into it: those that stay, and of the others those that people coded on, retired.
func (a *Analysis) keep(ctx context.Context, b *Codebook, stays func(*Theme) bool) ([]string, error) {
	state, err := a.fold(ctx, nil)
	if err != nil {
		return nil, err
	}
	coded := state.byPeople()
	var notes, left []string
	var first, kept []Theme
	for _, t := range a.Codebook.Themes {
		switch {
		case b.Theme(t.ID) != nil:
			continue
		case stays(&t):
			first = append(first, t)
			continue
		case coded[t.ID] == 0:
			left = append(left, t.ID)
			continue
		default:
			t.State = ThemeRetired
			notes = append(notes, fmt.Sprintf("%s is not in the file and is retired: %s of people are on it.", t.ID, plural(coded[t.ID], "decision", "decisions")))
		}
		kept = append(kept, t)
	}
	if len(left) > 0 {
		notes = append(notes, fmt.Sprintf("Not in the file, and left out: %s.", strings.Join(left, ", ")))
	}
	if len(first) > 0 {
		b.Themes = a.inOrder(b, first)
	}
	b.Themes = append(b.Themes, kept...)
	b.settle(append(first, kept...))
	return notes, nil
}

// inOrder are the themes that there are in the order in which they were, as the file has them where it does, and then the file's new ones.
func (a *Analysis) inOrder(b *Codebook, kept []Theme) []Theme {
	all := &Codebook{Themes: append(slices.Clone(b.Themes), kept...)}
	var out []Theme
	for _, t := range a.Codebook.Themes {
		if x := all.Theme(t.ID); x != nil {
			out = append(out, *x)
		}
	}
	for _, t := range b.Themes {
		if a.Codebook.Theme(t.ID) == nil {
			out = append(out, t)
		}
	}
	return out
}

// settle gives kept themes a parent that is there and a name of their own.
func (b *Codebook) settle(kept []Theme) {
	for _, k := range kept {
		t := b.Theme(k.ID)
		if b.Theme(t.Parent) == nil {
			t.Parent = ""
		}
		for slices.ContainsFunc(b.Themes, func(o Theme) bool { return o.ID != t.ID && strings.EqualFold(o.Name, t.Name) }) {
			t.Name += " (before)"
		}
	}
}

// A CodebookCopy is a codebook as it leaves the consultation, with what a file says of itself.
type CodebookCopy struct {
	*Codebook
	Consultation string // the record's id: the same themes get the same marks in every export
	Title        string // of the consultation
	Day          string // of the codebook's last change, "24 November 2026"; "" when nobody changed it
	Tool         string
}

// CodebookCopy is the codebook for an export.
func (a *Analysis) CodebookCopy(ctx context.Context) (*CodebookCopy, error) {
	c := &CodebookCopy{Codebook: a.Codebook, Tool: a.opt.Tool}
	var err error
	if c.Consultation, err = a.Setting(ctx, "id"); err != nil {
		return nil, err
	}
	if c.Title, err = a.Setting(ctx, "title"); err != nil {
		return nil, err
	}
	c.Title = cmp.Or(c.Title, a.Codebook.Consultation, "Consultation")
	return c, a.Decisions(ctx, func(d *index.Decision) error {
		if d.Act == index.ActCodebook {
			c.Day = d.At.Format("2 January 2006")
		}
		return nil
	})
}

// taken are the ids, or the names, that there are while a file is read.
type taken struct {
	has  map[string]bool
	next map[string]int // the next number to try, so that a file of one name a thousand times is read at once
}

// takenIDs are those of the themes that are known: a new theme must not come by another's codings.
func takenIDs(b *Codebook) *taken {
	t := &taken{has: map[string]bool{}, next: map[string]int{}}
	for _, id := range b.ids() {
		t.has[id] = true
	}
	return t
}

// fresh is the first of wanted, wanted-2, wanted-3 that is not taken, in the form given, and takes it.
func (t *taken) fresh(wanted, form string) string {
	out := wanted
	for t.has[strings.ToLower(out)] {
		t.next[wanted] = max(2, t.next[wanted]+1)
		out = fmt.Sprintf(form, wanted, t.next[wanted])
	}
	t.has[strings.ToLower(out)] = true
	return out
}

// A noteCounter collects notes, each once with how often.
type noteCounter struct{ counts map[string]int }

func (n *noteCounter) add(note string) {
	if n.counts == nil {
		n.counts = map[string]int{}
	}
	n.counts[note]++
}

func (n *noteCounter) sentences() []string {
	var out []string
	for _, note := range slices.Sorted(maps.Keys(n.counts)) {
		if c := n.counts[note]; c > 1 {
			note = fmt.Sprintf("%s (%d times.)", note, c)
		}
		out = append(out, note)
	}
	if more := len(out) - maxNotes; more > 0 {
		out = append(out[:maxNotes], fmt.Sprintf("And %s more like these.", plural(more, "change", "changes")))
	}
	return out
}
