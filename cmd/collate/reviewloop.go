package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"collate/index"
	"collate/themes"
)

const reviewKeys = `Keys: 1 to 9 and 0 (then a, b, d and so on) tick a theme or take the tick off; Tab goes to the next ticked theme, and
      o m c s n set its stance: oppose, mixed, conditions, support, not stated (without a key the stance stays a suggestion)
      Enter records what is ticked as yes and all else as no; Space leaves the passage for later
      u takes the last answer back; q ends (everything is recorded); ? shows this
`

// A reviewLoop asks one person about passage after passage.
type reviewLoop struct {
	a       *app
	an      *themes.Analysis
	opt     themes.ReviewOptions
	w       io.Writer
	skipped map[string]bool
	undo    [][]index.Decision // of the answers given, the last at the end
	given   int
}

// An answer is being given.
type answer struct {
	yes    map[string]bool
	stance map[string]themes.Stance
	on     int // the theme that a stance goes to
}

// What a person does with a passage.
type step int

const (
	accepted step = iota
	later
	undone
	quit
)

// run asks until nothing is left or the person quits. That the keys end is quitting too.
func (l *reviewLoop) run(ctx context.Context) error {
	keys := bufio.NewReader(l.a.in)
	fmt.Fprint(l.w, reviewKeys)
	for {
		r, p, err := l.next(ctx)
		if err != nil {
			return reviewMisuse(err)
		}
		if p == nil || r.Sweep != nil && r.Sweep.Done {
			fmt.Fprintln(l.w, "\nNothing is left to ask here. u takes the last answer back; any other key ends.")
			if key, err := keys.ReadByte(); err != nil || key != 'u' || len(l.undo) == 0 {
				return l.end(r)
			}
			if err := l.back(ctx); err != nil {
				return err
			}
			continue
		}
		screen := begin(p)
		printReviewPassage(l.w, p, screen)
		did, err := l.ask(keys, p, screen)
		if err != nil {
			return err
		}
		switch did {
		case quit:
			if r, err = l.an.Review(ctx, l.first()); err != nil {
				return err
			}
			return l.end(r)
		case later:
			l.skipped[p.ID] = true
		case undone:
			err = l.back(ctx)
		default:
			err = l.record(ctx, p, screen)
		}
		if err != nil {
			return err
		}
	}
}

// first are the options for the next passage that is not left for later.
func (l *reviewLoop) first() themes.ReviewOptions {
	opt := l.opt
	opt.Limit = 1 + len(l.skipped)
	return opt
}

func (l *reviewLoop) next(ctx context.Context) (*themes.Review, *themes.ReviewPassage, error) {
	r, err := l.an.Review(ctx, l.first())
	if err != nil {
		return nil, nil, err
	}
	for i := range r.Passages {
		if !l.skipped[r.Passages[i].ID] {
			return r, &r.Passages[i], nil
		}
	}
	return r, nil, nil
}

// begin is an answer before any key: what is decided or else suggested is ticked.
func begin(p *themes.ReviewPassage) *answer {
	x := &answer{yes: map[string]bool{}, stance: map[string]themes.Stance{}, on: -1}
	for i, t := range p.Themes {
		x.yes[t.Theme] = t.Tagged
		if t.Tagged && x.on < 0 {
			x.on = i
		}
	}
	return x
}

// ask takes keys until one of them ends the passage.
func (l *reviewLoop) ask(keys *bufio.Reader, p *themes.ReviewPassage, x *answer) (step, error) {
	stances := map[byte]themes.Stance{'o': themes.Oppose, 'm': themes.Mixed, 'c': themes.Conditions, 's': themes.Support, 'n': themes.NotStated}
	for {
		fmt.Fprint(l.w, "> ")
		key, err := keys.ReadByte()
		if errors.Is(err, io.EOF) {
			return quit, nil
		}
		if err != nil {
			return quit, err
		}
		fmt.Fprintln(l.w, keyName(key))
		switch {
		case key == '\r' || key == '\n':
			return accepted, nil
		case key == 'q' || key == 3 || key == 4: // Ctrl-C and Ctrl-D, which a terminal in raw mode passes on
			return quit, nil
		case key == 'u':
			return undone, nil
		case key == ' ':
			return later, nil
		case key == '\t':
			x.move(p)
		case stances[key] != "" && x.on >= 0 && x.yes[p.Themes[x.on].Theme]:
			x.stance[p.Themes[x.on].Theme] = stances[key]
		case x.toggle(p, key):
		default:
			fmt.Fprint(l.w, reviewKeys)
			continue
		}
		for i := range p.Themes {
			printReviewTheme(l.w, i, &p.Themes[i], x)
		}
	}
}

// toggle ticks the theme of a key, or takes its tick off, and reports whether there is one.
func (x *answer) toggle(p *themes.ReviewPassage, key byte) bool {
	i := strings.IndexByte(themeKeys, key)
	if i < 0 || i >= len(p.Themes) {
		return false
	}
	id := p.Themes[i].Theme
	if x.yes[id] = !x.yes[id]; x.yes[id] {
		x.on = i
		return true
	}
	delete(x.stance, id)
	x.move(p)
	return true
}

// move goes to the next ticked theme.
func (x *answer) move(p *themes.ReviewPassage) {
	for n := range p.Themes {
		if i := (x.on + 1 + n) % len(p.Themes); x.yes[p.Themes[i].Theme] {
			x.on = i
			return
		}
	}
	x.on = -1
}

// themeKeys are the keys of the themes in their order: the digits, then the letters that mean nothing else. Only who codes blind is shown
// more than ten.
const themeKeys = "1234567890abdefghijklprtvwxyz"

// themeKey is the key of the theme at a place; " " when there is none.
func themeKey(i int) string {
	if i >= len(themeKeys) {
		return " "
	}
	return themeKeys[i : i+1]
}

// keyName shows a key that was pressed.
func keyName(key byte) string {
	switch key {
	case '\r', '\n':
		return "(Enter)"
	case '\t':
		return "(Tab)"
	case ' ':
		return "(later)"
	}
	if key < ' ' || key > '~' {
		return ""
	}
	return string(rune(key))
}

func (l *reviewLoop) record(ctx context.Context, p *themes.ReviewPassage, x *answer) error {
	out := themes.ReviewAnswer{Passage: p.ID, Stance: x.stance, Coder: l.a.person(), Sweep: l.opt.Sweep, Blind: l.opt.Blind != ""}
	for i, t := range p.Themes {
		if i >= len(themeKeys) { // it could not be ticked, so that it is not is no answer
			break
		}
		out.Shown = append(out.Shown, t.Theme)
		if x.yes[t.Theme] {
			out.Yes = append(out.Yes, t.Theme)
		}
	}
	undo, err := l.an.Answer(ctx, out)
	if err != nil {
		return err
	}
	l.given++
	l.undo = append(l.undo, undo)
	return nil
}

// back takes the last answer back, so that its passage is asked about again.
func (l *reviewLoop) back(ctx context.Context) error {
	if len(l.undo) == 0 || len(l.undo[len(l.undo)-1]) == 0 {
		fmt.Fprintln(l.w, "There is nothing to take back.")
		return nil
	}
	last := l.undo[len(l.undo)-1]
	if err := l.an.Decide(ctx, last); err != nil {
		return err
	}
	l.undo = l.undo[:len(l.undo)-1]
	l.given--
	fmt.Fprintln(l.w, "Taken back.")
	return nil
}

// end says what was done and how far the reviewing is.
func (l *reviewLoop) end(r *themes.Review) error {
	fmt.Fprintf(l.w, "\n%s recorded under the name %s.\n", plural(l.given, "answer"), l.a.person())
	if l.opt.Blind != "" {
		fmt.Fprintf(l.w, "%s of the sample left for you. When you have done: collate agreement\n", plural(r.Left, "passage"))
		return nil
	}
	printProgress(l.w, r)
	if l.given > 0 {
		fmt.Fprintln(l.w, "To bring the suggestions for all passages up to your answers: collate tag")
	}
	return nil
}
