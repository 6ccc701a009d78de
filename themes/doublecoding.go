package themes

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"collate/index"
	"collate/index/extract"
)

// What can be wrong with a sample for double coding.
var (
	ErrSampleSmaller = errors.New("the sample can grow and not shrink")
	ErrSampleSeed    = errors.New("the sample was drawn with another seed")
	ErrNoSample      = errors.New("no sample was drawn yet")
)

// defaultSeed is the seed of a sample for which nobody gave one.
const defaultSeed = 1

// A Sample is the passages that several people code, each without sight of the others.
type Sample struct {
	Seed     uint64 `json:"seed"`
	Passages int    `json:"passages"`
	Added    int    `json:"added"`   // of them, drawn now
	Members  int    `json:"members"` // who said them
	From     int    `json:"from"`    // passages that could be drawn
	LeftOut  int    `json:"left_out"`
	Lost     int    `json:"lost"` // drawn once, and their words are not there any more
}

// blindKey is what one person said of a passage under a theme.
type blindKey struct{ coder, passage, theme string }

type blindCode struct {
	tagged bool
	stance Stance
	seq    int64
}

// doubleCoding is the sample as it stands, and what people said of it.
type doubleCoding struct {
	seed    uint64           // 0 when nothing was drawn
	sample  []*index.Passage // in the order of drawing
	lost    int
	leftOut int // drawn, and may not be shown any more
	codes   map[blindKey]blindCode
	coders  []string
}

// doubleCoding loads the sample and the blind codings, each where its words stand now.
func (a *Analysis) doubleCoding(ctx context.Context, b *builder) (*doubleCoding, error) {
	d := &doubleCoding{codes: map[blindKey]blindCode{}}
	drawn, coders := map[string]int64{}, map[string]bool{}
	said := map[blindKey]blindCode{}
	err := a.Decisions(ctx, func(x *index.Decision) error {
		switch x.Act {
		case index.ActSample:
			drawn[x.Subject] = x.Seq
			seed, err := strconv.ParseUint(x.Value, 10, 64)
			d.seed = seed
			return err
		case index.ActBlind:
			tagged, stance, _ := strings.Cut(x.Value, ": ")
			said[blindKey{x.Coder, x.Subject, x.Theme}] = blindCode{tagged == "yes", Stance(stance), x.Seq}
			coders[x.Coder] = true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for id, seq := range drawn {
		switch p := b.s.Found(id, seq); {
		case p == nil:
			d.lost++
		case b.withheldPassage(p) != "":
			d.leftOut++
		default:
			d.sample = append(d.sample, p)
		}
	}
	d.sample = inDrawOrder(d.sample, d.seed)
	for key, code := range said {
		p := b.s.Found(key.passage, code.seq)
		if p == nil {
			continue
		}
		at := blindKey{key.coder, p.ID, key.theme}
		if old, ok := d.codes[at]; !ok || old.seq < code.seq {
			d.codes[at] = code
		}
	}
	d.coders = slices.Sorted(maps.Keys(coders))
	return d, nil
}

// inDrawOrder sorts passages by a number that their ids and the seed give, each passage once. The first n are a random sample of them, and
// stay so when passages come to or leave the consultation.
func inDrawOrder(passages []*index.Passage, seed uint64) []*index.Passage {
	draw := func(p *index.Passage) string {
		sum := sha256.Sum256(append(binary.BigEndian.AppendUint64(nil, seed), p.ID...))
		return string(sum[:])
	}
	out := slices.SortedFunc(slices.Values(passages), func(x, y *index.Passage) int {
		return cmp.Or(cmp.Compare(draw(x), draw(y)), cmp.Compare(x.ID, y.ID))
	})
	return slices.Compact(out)
}

// showing is what decides on what may be shown of this consultation.
func (a *Analysis) showing(ctx context.Context) (*builder, error) {
	s, err := a.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	source, err := a.Setting(ctx, "source")
	if err != nil {
		return nil, err
	}
	return &builder{Analysis: a.withoutRetired(), s: s, disclosure: disclose(s), r: &Report{Title: a.title(s, source), Tool: a.opt.Tool}}, nil
}

// DrawSample makes the sample for double coding n passages in size, under the coder's name. The choice is recorded, so that everybody
// codes the same passages. What is confidential, or names somebody who is not to be named, is never drawn. Seed 0 is the one that the sample was
// begun with. It returns [ErrSampleSmaller] and [ErrSampleSeed]; when there are fewer than n passages, all are taken.
func (a *Analysis) DrawSample(ctx context.Context, n int, seed uint64, coder string) (Sample, error) {
	b, err := a.showing(ctx)
	if err != nil {
		return Sample{}, err
	}
	d, err := a.doubleCoding(ctx, b)
	if err != nil {
		return Sample{}, err
	}
	switch {
	case d.seed != 0 && seed != 0 && seed != d.seed:
		return Sample{}, fmt.Errorf("%w, %d", ErrSampleSeed, d.seed)
	case n < len(d.sample):
		return Sample{}, fmt.Errorf("%w: it has %d passages", ErrSampleSmaller, len(d.sample))
	}
	d.seed = cmp.Or(d.seed, seed, defaultSeed)
	out := Sample{Seed: d.seed, Lost: d.lost}
	var pool []*index.Passage
	for _, p := range b.s.Passages {
		switch {
		case !p.Codable():
		case b.withheldPassage(p) != "":
			out.LeftOut++
		default:
			out.From++
			if !slices.Contains(d.sample, p) {
				pool = append(pool, p)
			}
		}
	}
	var decisions []index.Decision
	pool = inDrawOrder(pool, d.seed)
	for _, p := range pool[:min(len(pool), n-len(d.sample))] {
		d.sample = append(d.sample, p)
		decisions = append(decisions, index.Decision{Kind: index.ByPerson, Coder: coder, Act: index.ActSample, Subject: p.ID, Value: strconv.FormatUint(d.seed, 10),
			Because: fmt.Sprintf("drawn at random from %d passages", out.From)})
	}
	out.Passages, out.Added = len(d.sample), len(decisions)
	members := map[string]bool{}
	for _, p := range d.sample {
		members[b.clusterOf(p)] = true
	}
	out.Members = len(members)
	return out, a.Decide(ctx, decisions)
}

// clusterOf is who said a passage: its member, or its file where nobody knows.
func (b *builder) clusterOf(p *index.Passage) string {
	sub := b.s.Submission(p)
	return cmp.Or(sub.Member, sub.Name)
}

// A BlindSheet is what one person codes: the sample's passages and the codebook, without anybody's codings but the person's own.
type BlindSheet struct {
	Title, Tool, Coder string
	Seed               uint64
	Themes             []Theme
	Rows               []BlindRow
	LeftOut, Lost      int // passages of the sample that may not be shown any more, or are not there
}

// A BlindRow is one passage to code.
type BlindRow struct {
	Passage, Document, Place, Heading, Words string

	Codes []BlindCode // one a theme
}

// A BlindCode is what the person said before: Answer is "yes", "no" or "".
type BlindCode struct {
	Answer string
	Stance Stance
}

// BlindSheet is the sheet for one person to code. It returns [ErrNoSample] before a sample is drawn.
func (a *Analysis) BlindSheet(ctx context.Context, coder string) (*BlindSheet, error) {
	b, err := a.showing(ctx)
	if err != nil {
		return nil, err
	}
	d, err := a.doubleCoding(ctx, b)
	if err != nil {
		return nil, err
	}
	if d.seed == 0 {
		return nil, ErrNoSample
	}
	guard := themeGuard{b: b}
	sheet := &BlindSheet{Title: b.r.Title, Tool: b.r.Tool, Coder: coder, Seed: d.seed, LeftOut: d.leftOut, Lost: d.lost}
	for _, t := range b.Codebook.Themes {
		sheet.Themes = append(sheet.Themes, guard.shown(t))
	}
	for _, p := range d.sample {
		row := BlindRow{Passage: p.ID, Document: b.document(b.s.Submission(p)), Place: b.safe(index.PlaceText(p.Place)), Heading: b.safe(headings(p.Place.Headings)), Words: b.s.Text(p)}
		for _, t := range b.Codebook.Themes {
			var cell BlindCode
			if c, ok := d.codes[blindKey{coder, p.ID, t.ID}]; ok {
				if cell.Answer = "no"; c.tagged {
					cell = BlindCode{"yes", c.stance}
				}
			}
			row.Codes = append(row.Codes, cell)
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return sheet, nil
}

// The headings of a blind sheet by which it is read back. A theme's columns end in its id, since its name may change meanwhile.
const (
	BlindCoding   = "Coding" // the sheet that is filled in
	BlindAbout    = "About"  // the sheet that says whose it is
	BlindCoder    = "Coder"
	BlindPassage  = "Passage"
	BlindWords    = "Words"
	BlindFinished = "Finished"
)

// BlindHead is the heading of a theme's column, and of its stance's.
func BlindHead(t *Theme) (answer, stance string) {
	return fmt.Sprintf("%s [%s]", t.Name, t.ID), fmt.Sprintf("[%s] stance", t.ID)
}

// ErrNotBlindSheet is returned for a workbook that is no sheet for double coding.
var ErrNotBlindSheet = errors.New("not a sheet for double coding")

// A BlindImport is what was taken from a sheet that came back.
type BlindImport struct {
	Coder    string         `json:"coder"`
	Passages int            `json:"passages"`          // with something in them
	Taken    int            `json:"taken"`             // codings that are new or changed
	Same     int            `json:"same"`              // known already
	Empty    int            `json:"empty"`             // cells that say nothing
	Refused  []BlindRefusal `json:"refused,omitempty"` // the first of them
	More     int            `json:"refused_more,omitempty"`
}

// A BlindRefusal is something in a sheet that was not taken.
type BlindRefusal struct {
	Row    int    `json:"row"`
	Column string `json:"column,omitempty"`
	Why    string `json:"why"`
}

// What is kept of a sheet that came back: of a coder's name in bytes, and of what was refused.
const (
	maxCoderName = 100
	maxRefused   = 200
)

// ImportBlind takes what one person coded in a sheet as that person's blind codings; by is who reads it in. They stand apart from every
// decision and change no output. A row whose words are not the passage's is refused whole, since then cells were moved. Reading the same sheet
// again takes nothing; an emptied cell takes nothing back, unless its row is finished. It returns [ErrNotBlindSheet] and the errors of [extract.Sheets].
func (a *Analysis) ImportBlind(ctx context.Context, data []byte, by string) (*BlindImport, error) {
	sheets, err := extract.Sheets(ctx, data)
	if err != nil {
		return nil, err
	}
	b, err := a.showing(ctx)
	if err != nil {
		return nil, err
	}
	d, err := a.doubleCoding(ctx, b)
	if err != nil {
		return nil, err
	}
	r := blindReader{b: b, d: d, by: by, text: b.s.Text, out: &BlindImport{}, seen: map[string]bool{}}
	if err := r.read(sheets); err != nil {
		return nil, err
	}
	return r.out, a.Decide(ctx, r.decisions)
}

// A blindReader reads a sheet that came back.
type blindReader struct {
	b         *builder
	d         *doubleCoding
	by        string
	text      func(*index.Passage) string
	out       *BlindImport
	decisions []index.Decision
	heads     map[string]int // heading → column; a theme's are its id, and its id with "?" for the stance
	seen      map[string]bool
}

func (r *blindReader) read(sheets []extract.Sheet) error {
	var coding *extract.Sheet
	for i, s := range sheets {
		switch s.Name {
		case BlindCoding:
			coding = &sheets[i]
		case BlindAbout:
			for _, row := range s.Rows {
				if row.Cell(0) == BlindCoder {
					r.out.Coder = strings.TrimSpace(row.Cell(1))
				}
			}
		}
	}
	switch {
	case coding == nil:
		return fmt.Errorf("%w: there is no sheet %q", ErrNotBlindSheet, BlindCoding)
	case r.out.Coder == "" || len(r.out.Coder) > maxCoderName || strings.ContainsFunc(r.out.Coder, func(c rune) bool { return c < ' ' }):
		return fmt.Errorf("%w: its sheet %q does not say who coded", ErrNotBlindSheet, BlindAbout)
	}
	for _, row := range coding.Rows {
		switch {
		case r.heads != nil:
			r.row(row)
		case row.Cell(0) == BlindPassage:
			r.headings(row)
		}
	}
	if _, ok := r.heads[BlindWords]; !ok {
		return fmt.Errorf("%w: the columns %q and %q are not in it", ErrNotBlindSheet, BlindPassage, BlindWords)
	}
	return nil
}

func (r *blindReader) headings(row extract.SheetRow) {
	r.heads = map[string]int{}
	for i, head := range row.Cells {
		head = strings.TrimSpace(head)
		key := head
		if id, stance, ok := columnTheme(head); ok {
			if r.b.Analysis.theme(id) == nil {
				r.refuse(row.Number, head, "there is no such theme now")
				continue
			}
			if key = id; stance {
				key += "?"
			}
		}
		if _, twice := r.heads[key]; twice {
			r.refuse(row.Number, head, "the column is there twice; the first counts")
			continue
		}
		r.heads[key] = i
	}
}

// columnTheme is the theme that a heading of [BlindHead] names, and whether the column is for the stance.
func columnTheme(head string) (id string, stance, ok bool) {
	if rest, yes := strings.CutPrefix(head, "["); yes {
		if id, yes := strings.CutSuffix(rest, "] stance"); yes {
			return id, true, true
		}
	}
	if at := strings.LastIndexByte(head, '['); at >= 0 && strings.HasSuffix(head, "]") {
		return head[at+1 : len(head)-1], false, true
	}
	return "", false, false
}

func (r *blindReader) refuse(row int, column, why string) {
	if len(r.out.Refused) == maxRefused {
		r.out.More++
		return
	}
	r.out.Refused = append(r.out.Refused, BlindRefusal{row, column, why})
}

// cell is what stands in the column of a heading.
func (r *blindReader) cell(row extract.SheetRow, head string) string {
	at, ok := r.heads[head]
	if !ok {
		return ""
	}
	return strings.TrimSpace(row.Cell(at))
}

func (r *blindReader) row(row extract.SheetRow) {
	id := r.cell(row, BlindPassage)
	at := slices.IndexFunc(r.d.sample, func(p *index.Passage) bool { return p.ID == id })
	switch {
	case at < 0:
		r.refuse(row.Number, BlindPassage, "this passage is not in the sample")
		return
	case r.seen[id]:
		r.refuse(row.Number, BlindPassage, "this passage is in the sheet twice; the first counts")
		return
	case !sameWords(r.cell(row, BlindWords), r.text(r.d.sample[at])):
		r.refuse(row.Number, BlindWords, "these are not the words of this passage: cells were moved or changed")
		return
	}
	r.seen[id] = true
	finished, taken := strings.EqualFold(r.cell(row, BlindFinished), "yes"), false
	for i := range r.b.Codebook.Themes {
		taken = r.code(row, id, &r.b.Codebook.Themes[i], finished) || taken
	}
	if taken {
		r.out.Passages++
	}
}

// code takes one cell and its stance, and reports whether there was something in it.
func (r *blindReader) code(row extract.SheetRow, passage string, t *Theme, finished bool) bool {
	if _, ok := r.heads[t.ID]; !ok {
		return false
	}
	head, stanceHead := BlindHead(t)
	answer, said := strings.ToLower(r.cell(row, t.ID)), r.cell(row, t.ID+"?")
	value := ""
	switch {
	case answer == "yes" || answer == "y":
		value = "yes"
	case answer == "no" || answer == "n" || answer == "" && finished && said == "":
		value = "no"
	case answer == "" && said == "":
		r.out.Empty++
		return false
	case answer != "":
		r.refuse(row.Number, head, fmt.Sprintf("%q is neither yes nor no", shorten(answer)))
		return false
	}
	if said != "" && value != "yes" {
		r.refuse(row.Number, stanceHead, "a stance needs a yes to the theme")
	} else if said != "" {
		stance, ok := stanceCalled(said)
		if !ok {
			r.refuse(row.Number, stanceHead, fmt.Sprintf("%q is no stance", shorten(said)))
		} else {
			value += ": " + string(stance)
		}
	}
	if value == "" {
		return false
	}
	if old, ok := r.d.codes[blindKey{r.out.Coder, passage, t.ID}]; ok && (old.value() == value || old.tagged && value == "yes") {
		r.out.Same++
		return true
	}
	r.out.Taken++
	r.decisions = append(r.decisions, index.Decision{Kind: index.ByPerson, Coder: r.out.Coder, Act: index.ActBlind, Subject: passage, Theme: t.ID, Value: value, Because: "read from a sheet by " + r.by})
	return true
}

// value is a code as a decision holds it.
func (c blindCode) value() string {
	switch {
	case !c.tagged:
		return "no"
	case c.stance == "":
		return "yes"
	}
	return "yes: " + string(c.stance)
}

// stanceCalled is the stance that a cell names, by its label or its word.
func stanceCalled(said string) (Stance, bool) {
	for _, s := range Stances {
		if s != Silent && (strings.EqualFold(said, s.Label()) || strings.EqualFold(said, string(s))) {
			return s, true
		}
	}
	return "", false
}

// sameWords compares a cell with a passage, whatever Excel made of its line ends, and as far as a cell reaches.
func sameWords(cell, passage string) bool {
	a, b := strings.Fields(cell), strings.Fields(passage)
	if len(passage) > 30_000 && len(a) > 100 { // a cell holds no more; where it was cut may be in the middle of a word
		n := min(len(a), len(b)) - 10
		a, b = a[:max(n, 0)], b[:max(n, 0)]
	}
	return slices.Equal(a, b)
}
