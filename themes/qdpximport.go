package themes

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"collate/index"
)

// A ProjectImport says how a project file is taken in.
type ProjectImport struct {
	Name       string // of the file
	Person     string // who takes it in; the codings stand under the names of those who coded
	AddSources bool   // texts that are of no submission become submissions
	DryRun     bool   // only say what would be done
}

// A ProjectReport says what became of a project file.
type ProjectReport struct {
	Notes     []string         `json:"notes,omitempty"` // what was changed or left out on the way
	Sources   []ProjectMatched `json:"sources"`
	Added     []index.Outcome  `json:"added,omitempty"`     // texts that became submissions
	NewThemes []string         `json:"newThemes,omitempty"` // the names
	Taken     map[string]int   `json:"taken"`               // decisions, by who made them
	Known     int              `json:"known"`               // decisions that stand in the record already
	Suggested int              `json:"suggested"`           // codings that are suggestions of the tool, and no decisions
	Refused   []ProjectRefusal `json:"refused,omitempty"`
}

// A ProjectMatched is a text of the project and the submission that it is.
type ProjectMatched struct {
	Name       string `json:"name"`
	Submission string `json:"submission,omitempty"` // "" where there is none
	How        string `json:"how"`                  // how that is known, or why there is none
	Codings    int    `json:"codings"`
}

// A ProjectRefusal is a coding that was not taken.
type ProjectRefusal struct {
	Source string `json:"source"`
	Start  int    `json:"start"` // as they stand in the file
	End    int    `json:"end"`
	Words  string `json:"words,omitempty"`
	Code   string `json:"code"`
	Coder  string `json:"coder,omitempty"`
	Why    string `json:"why"`
}

// ImportProject takes in a REFI-QDA project (.qdpx), which NVivo, MAXQDA, ATLAS.ti, QualCoder and this program write. Codes become themes as
// those of a .qdc do; none of the themes that are there is lost. The texts are matched with the submissions, and a coding becomes a decision
// of who made it, on each passage that it covers half of or that covers half of it. A decision that a person made in the record after the
// coding stands. What was not taken is in the report with the reason. The errors wrap [ErrProjectFile] and [ErrCodebookFile].
func (a *Analysis) ImportProject(ctx context.Context, data []byte, opt ProjectImport) (*ProjectReport, error) {
	f, err := readProject(data)
	if err != nil {
		return nil, err
	}
	var report *ProjectReport
	err = index.Again(func() (err error) {
		report, err = a.importProject(ctx, f, opt)
		return err
	})
	return report, err
}

// importProject takes a project in, unless somebody changes the codebook meanwhile.
func (a *Analysis) importProject(ctx context.Context, f *projectFile, opt ProjectImport) (*ProjectReport, error) {
	seq, err := a.Newest(ctx, index.ActCodebook)
	if err != nil {
		return nil, err
	}
	if err := a.loadCodebook(ctx); err != nil {
		return nil, err
	}
	i := &projectImporter{Analysis: a, file: f, opt: opt, report: &ProjectReport{Taken: map[string]int{}}}
	if err := i.load(ctx); err != nil {
		return nil, err
	}
	if err := i.addSources(ctx); err != nil {
		return nil, err
	}
	if err := i.codes(); err != nil {
		return nil, err
	}
	decisions := i.decisions()
	i.report.Notes = append(i.report.Notes, f.notes.sentences()...)
	if opt.DryRun {
		return i.report, nil
	}
	if i.changed {
		notes, err := a.replaceCodebook(ctx, seq, opt.Name, i.book, nil, true, opt.Person, "")
		if err != nil {
			return nil, err
		}
		i.report.Notes = append(i.report.Notes, notes...)
	}
	return i.report, a.Decide(ctx, decisions)
}

// A projectImporter takes in one project.
type projectImporter struct {
	*Analysis
	file    *projectFile
	opt     ProjectImport
	report  *ProjectReport
	out     *projector
	match   *matcher
	book    *Codebook // of the file
	changed bool      // the file has a theme that the record does not have so
	themes  map[string]*Theme
	stances map[string]Stance // by the code's GUID
	names   map[string]string // of the codes, by GUID
	current map[codingKey]*projectState
}

// A projectState is what people have decided on a passage under a theme, in the record and of the file so far.
type projectState struct {
	tagged   string // "yes", "no" or ""
	taggedAt time.Time
	stance   Stance // "" when no person said one
	stanceAt time.Time
}

// load reads the record.
func (i *projectImporter) load(ctx context.Context) error {
	s, err := i.Snapshot(ctx)
	if err != nil {
		return err
	}
	state, err := i.Analysis.codings(ctx, s)
	if err != nil {
		return err
	}
	id, err := i.Setting(ctx, "id")
	if err != nil {
		return err
	}
	i.out = &projector{builder: i.outward(s, state, nil), out: &ProjectCopy{CodebookCopy: &CodebookCopy{Consultation: id}}}
	i.match = newMatcher(i.out)
	return nil
}

// addSources makes submissions of the texts that are of none, where that is asked for.
func (i *projectImporter) addSources(ctx context.Context) error {
	if !i.opt.AddSources {
		return nil
	}
	for n := range i.file.sources {
		s := &i.file.sources[n]
		if found, _ := i.match.match(s); found != nil || s.fault != "" || strings.TrimSpace(s.text) == "" || i.match.excluded[s.text] != "" {
			continue
		}
		name := strings.TrimSuffix(projectName(cmp.Or(s.name, s.guid)), ".txt") + ".txt"
		if i.opt.DryRun {
			i.report.Added = append(i.report.Added, index.Outcome{Name: name})
			continue
		}
		o, err := i.Add(ctx, name, []byte(s.text))
		if err != nil {
			return err
		}
		i.report.Added = append(i.report.Added, o)
	}
	if len(i.report.Added) == 0 || i.opt.DryRun {
		return nil
	}
	return i.load(ctx)
}

// codes makes themes of the codes, as a .qdc's are made, but for those that stand for a stance.
func (i *projectImporter) codes() error {
	id := i.out.out.Consultation
	r := newQDCReader(Known{id, i.Codebook})
	if err := r.read(i.file.qde); err != nil {
		return err
	}
	i.names, i.stances, i.themes = map[string]string{}, map[string]Stance{}, map[string]*Theme{}
	for _, c := range r.codes {
		i.names[c.guid] = c.name
	}
	same := r.takeOut(i.stances)
	if len(r.codes) == 0 {
		i.book = i.Codebook
		return nil
	}
	guids := make([]string, len(r.codes))
	for n, c := range r.codes {
		guids[n] = c.guid
	}
	book, notes, err := r.codebook()
	if err != nil {
		return err
	}
	i.report.Notes = notes
	i.keepOwn(book)
	i.book = book
	for n, guid := range guids {
		i.themes[guid] = &book.Themes[n]
	}
	for guid, as := range same {
		i.themes[guid] = i.themes[as]
	}
	return nil
}

// takeOut takes the codes that stand for stances out of the codes: by their marks, or by their names where a program gave them others. A code
// that lies in one of its own name goes as well: QualCoder, which codes nothing on what other codes lie in, makes two of one. Same says as
// which one it counts, by their marks.
func (r *qdcReader) takeOut(stances map[string]Stance) (same map[string]string) {
	same = map[string]string{}
	at := make([]int, len(r.codes)) // the new number of each
	var kept []code
	for n, c := range r.codes {
		s := stanceOf(&c)
		if s != "" {
			stances[c.guid] = s
		}
		if s != "" || c.guid == ProjectStanceGUID() || c.parent < 0 && strings.EqualFold(c.name, "Stance") && r.holdsStances(n) {
			at[n] = -1
			continue
		}
		if c.parent >= 0 {
			c.parent = at[c.parent]
		}
		if c.parent >= 0 && strings.EqualFold(kept[c.parent].name, c.name) {
			up := &kept[c.parent]
			at[n], same[c.guid] = c.parent, up.guid
			up.description = cmp.Or(up.description, c.description)
			continue
		}
		at[n] = len(kept)
		kept = append(kept, c)
	}
	r.codes = kept
	return same
}

func (r *qdcReader) holdsStances(parent int) bool {
	return slices.ContainsFunc(r.codes, func(c code) bool { return c.parent == parent && stanceOf(&c) != "" })
}

// stanceOf is the stance that a code stands for, or "".
func stanceOf(c *code) Stance {
	for _, s := range ProjectStances() {
		if c.guid == s.GUID || strings.EqualFold(c.name, s.Name) {
			return s.Stance
		}
	}
	return ""
}

// keepOwn puts the record's own themes in the place of those that the file has as they left it, so that what an export leaves out stays;
// it notes whether others are new or changed.
func (i *projectImporter) keepOwn(book *Codebook) {
	outward := i.out.outwardBook()
	colours := i.Codebook.Colours()
	for n := range book.Themes {
		t := &book.Themes[n]
		own, left := i.Codebook.Theme(t.ID), outward.Theme(t.ID)
		switch {
		case own == nil:
			i.report.NewThemes = append(i.report.NewThemes, t.Name)
			i.changed = true
		case left.sameAs(t, colours[t.ID]):
			*t = *own
		default:
			i.changed = true
			if t.Colour == colours[t.ID] {
				t.Colour = own.Colour
			}
		}
	}
}

// sameAs reports whether a theme of a file is this one as it was written.
func (t *Theme) sameAs(file *Theme, colour string) bool {
	return file.Name == oneLine(t.Name, maxThemeName) && file.Parent == t.Parent && file.State == t.State && (file.Colour == colour || file.Colour == "") && strings.TrimSpace(file.Description) == strings.TrimSpace(t.Description) &&
		slices.Equal(file.Any, t.Any) && slices.Equal(file.None, t.None) && slices.Equal(file.Examples, t.Examples) && slices.Equal(file.NonExamples, t.NonExamples)
}

// A claimedCoding is a coding of the file with all that is needed to decide by it.
type claimedCoding struct {
	source    *projectText
	selection *projectSelection
	theme     *Theme
	code      string // its name
	coder     string
	at        time.Time
	passages  []*index.Passage
	stance    Stance
	stanceBy  string
	stanceAt  time.Time
}

// decisions are what the codings of the file decide, the oldest first, so that the newest stands.
func (i *projectImporter) decisions() []index.Decision {
	i.current = map[codingKey]*projectState{}
	var claims []claimedCoding
	for n := range i.file.sources {
		claims = append(claims, i.claims(&i.file.sources[n])...)
	}
	slices.SortStableFunc(claims, func(x, y claimedCoding) int { return x.at.Compare(y.at) })
	var out []index.Decision
	for n := range claims {
		for _, p := range claims[n].passages {
			out = append(out, i.decide(&claims[n], p)...)
		}
	}
	return out
}

// claims are the codings of people in one text.
func (i *projectImporter) claims(s *projectText) []claimedCoding {
	row := ProjectMatched{Name: cmp.Or(s.name, s.guid)}
	for n := range s.selections {
		row.Codings += len(s.selections[n].codings)
	}
	found, how := (*projectMatch)(nil), s.fault
	if how == "" {
		found, how = i.match.match(s)
	}
	if row.How = how; found != nil {
		row.Submission = found.name
	}
	i.report.Sources = append(i.report.Sources, row)
	if found == nil {
		for n := range s.selections {
			i.refuseAll(s, &s.selections[n], "", how)
		}
		return nil
	}
	ranges, place, stances := s.ranges(i.file.origin), i.match.placer(found, s.text), i.stancesIn(s)
	var out []claimedCoding
	for n := range s.selections {
		x := &s.selections[n]
		if ranges[n].start < 0 {
			i.refuseAll(s, x, "", "its positions are not in the text")
			continue
		}
		words := s.text[ranges[n].start:ranges[n].end]
		in, at := place.place(ranges[n])
		if in == nil {
			i.refuseAll(s, x, words, "its words do not stand in "+found.name)
			continue
		}
		covered := in.covered(at)
		if len(covered) == 0 {
			i.refuseAll(s, x, words, "no passage lies half under it, and it does not lie half in one: themes are put on passages")
			continue
		}
		out = append(out, i.claimsOf(s, x, words, covered, stances)...)
	}
	return out
}

// covered are the passages that a range covers half of, or that it lies half in.
func (t *sourceText) covered(at byteRange) []*index.Passage {
	var out []*index.Passage
	first, _ := slices.BinarySearchFunc(t.spans, at.start, func(s passageSpan, start int) int { return cmp.Compare(s.end, start+1) })
	for _, s := range t.spans[first:] {
		if s.start >= at.end {
			break
		}
		common := 2 * (min(at.end, s.end) - max(at.start, s.start))
		if common > 0 && (common >= s.end-s.start || common >= at.end-at.start) {
			out = append(out, s.passage)
		}
	}
	return out
}

// A selected is the place of a selection in its text.
type selected struct{ start, end int }

// A stanceSaid is a stance that a person coded.
type stanceSaid struct {
	stance Stance
	by     string
	at     time.Time
	n      int // how many different ones there are at the place
}

// stancesIn are the stances that stand alone at a place, as programs write them that make a selection of each coding.
func (i *projectImporter) stancesIn(s *projectText) map[selected]stanceSaid {
	out := map[selected]stanceSaid{}
	for n := range s.selections {
		x := &s.selections[n]
		if slices.ContainsFunc(x.codings, func(c projectCoding) bool { return i.themes[c.code] != nil }) {
			continue
		}
		if said, ok := i.stanceOn(x); ok {
			if had := out[selected{x.start, x.end}]; had.n > 0 && had.stance != said.stance {
				said.n = had.n + 1
			}
			out[selected{x.start, x.end}] = said
		}
	}
	return out
}

// stanceOn is the stance that a person coded on a selection.
func (i *projectImporter) stanceOn(x *projectSelection) (stanceSaid, bool) {
	var out stanceSaid
	for _, c := range x.codings {
		if stance, ok := i.stances[c.code]; ok && !i.isMachine(c.user) && (out.n == 0 || stance != out.stance) {
			out = stanceSaid{stance, i.coder(c.user), c.at, out.n + 1}
		}
	}
	return out, out.n > 0
}

func (i *projectImporter) isMachine(user string) bool {
	return strings.HasPrefix(i.file.users[user], machineUser)
}

// coder is the name under which a coding is recorded.
func (i *projectImporter) coder(user string) string { return cmp.Or(i.file.users[user], i.opt.Person) }

func (i *projectImporter) claimsOf(s *projectText, x *projectSelection, words string, covered []*index.Passage, alone map[selected]stanceSaid) []claimedCoding {
	said, ok := i.stanceOn(x)
	if !ok {
		said = alone[selected{x.start, x.end}]
	}
	if said.n > 1 {
		i.refuse(s, x, words, said.stance.Label(), said.by, "two stances stand at the same place")
		said = stanceSaid{}
	}
	var out []claimedCoding
	for _, c := range x.codings {
		theme := i.themes[c.code]
		switch {
		case i.stances[c.code] != "" || c.code == ProjectStanceGUID():
			continue
		case i.isMachine(c.user) && theme != nil:
			i.report.Suggested++
			continue
		case theme == nil:
			i.refuse(s, x, words, cmp.Or(i.names[c.code], c.code), i.coder(c.user), "the file's codebook does not have its code")
			continue
		case theme.State == ThemeRetired:
			i.refuse(s, x, words, theme.Name, i.coder(c.user), "the theme is retired")
			continue
		}
		out = append(out, claimedCoding{s, x, theme, theme.Name, i.coder(c.user), c.at, covered, said.stance, said.by, said.at})
	}
	return out
}

// decide is what a coding decides on one passage; nothing where a person has decided so already, or otherwise and later.
func (i *projectImporter) decide(c *claimedCoding, p *index.Passage) []index.Decision {
	now := i.state(codingKey{p.ID, c.theme.ID})
	d := index.Decision{Kind: index.ByPerson, Coder: c.coder, Act: index.ActTheme, Subject: p.ID, Theme: c.theme.ID, Value: "yes", Because: i.because(c)}
	words := oneLine(i.out.s.Text(p), maxSelectionName)
	var out []index.Decision
	switch {
	case now.tagged == "yes":
		i.report.Known++
	case now.tagged == "no" && !c.at.After(now.taggedAt):
		i.refuse(c.source, c.selection, words, c.code, c.coder, "a person took the passage off the theme later")
		return nil
	default:
		now.tagged, now.taggedAt = "yes", c.at
		out = append(out, d)
		i.report.Taken[c.coder]++
	}
	switch {
	case c.stance == "":
	case now.stance == c.stance:
		i.report.Known++
	case now.stance != "" && !c.stanceAt.After(now.stanceAt):
		i.refuse(c.source, c.selection, words, stanceCode+strings.ToLower(c.stance.Label()), c.stanceBy, "a person set another stance later: "+now.stance.Label())
	default:
		now.stance, now.stanceAt = c.stance, c.stanceAt
		d.Act, d.Value, d.Coder = index.ActStance, string(c.stance), c.stanceBy
		out = append(out, d)
		i.report.Taken[c.stanceBy]++
	}
	return out
}

func (i *projectImporter) state(key codingKey) *projectState {
	if s := i.current[key]; s != nil {
		return s
	}
	s := &projectState{}
	if c := i.out.state.passages[key]; c != nil {
		if c.Confirmed {
			s.tagged, s.taggedAt = "no", c.At
			if c.Tagged {
				s.tagged = "yes"
			}
		}
		if c.StanceConfirmed {
			s.stance, s.stanceAt = c.Stance, c.StanceAt
		}
	}
	i.current[key] = s
	return s
}

// because is the reason that stands in a selection's description, or where the coding came from.
func (i *projectImporter) because(c *claimedCoding) string {
	var lines []string
	for line := range strings.SplitSeq(lineFeeds.Replace(c.selection.note), "\n") {
		if !strings.HasPrefix(line, stanceLine) {
			lines = append(lines, line)
		}
	}
	if note := oneLine(strings.Join(lines, " "), 1000); note != "" {
		return note
	}
	return "coded in " + filepath.Base(i.opt.Name)
}

// maxRefusals is how many refusals are listed.
const maxRefusals = 10_000

func (i *projectImporter) refuse(s *projectText, x *projectSelection, words, code, coder, why string) {
	if len(i.report.Refused) < maxRefusals {
		i.report.Refused = append(i.report.Refused, ProjectRefusal{cmp.Or(s.name, s.guid), x.start, x.end, oneLine(words, maxSelectionName), code, coder, why})
	}
}

// refuseAll refuses every coding of people on a selection.
func (i *projectImporter) refuseAll(s *projectText, x *projectSelection, words, why string) {
	for _, c := range x.codings {
		if i.isMachine(c.user) {
			i.report.Suggested += b2i(i.stances[c.code] == "")
			continue
		}
		i.refuse(s, x, words, cmp.Or(i.names[c.code], c.code), i.coder(c.user), why)
	}
}

// Coders are those whose codings were taken, in order.
func (r *ProjectReport) Coders() []string { return slices.Sorted(maps.Keys(r.Taken)) }

// String says in one line what became of the file.
func (r *ProjectReport) String() string {
	total := 0
	for _, n := range r.Taken {
		total += n
	}
	return fmt.Sprintf("%s taken, %d known already, %s of the tool passed over, %d refused", plural(total, "decision", "decisions"), r.Known, plural(r.Suggested, "suggestion", "suggestions"), len(r.Refused))
}
