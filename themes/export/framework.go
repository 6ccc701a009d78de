package export

import (
	"fmt"
	"slices"
	"strings"

	"collate/themes"
)

// A framework is the framework summary of a report, as the Word document and the Markdown file show it: what stands in both is put into words
// here, once.
type framework struct {
	r      *themes.Report
	quotes map[string]*themes.Quote
}

func newFramework(r *themes.Report) *framework {
	f := &framework{r: r, quotes: map[string]*themes.Quote{}}
	for i := range r.Quotes {
		f.quotes[r.Quotes[i].Ref] = &r.Quotes[i]
	}
	return f
}

// notAVote stands at the head of every summary of numbers.
const notAVote = "A consultation is not a vote: every number here comes with the words it rests on, and silence is never agreement."

// subtitle says what it is and of when.
func (f *framework) subtitle() string { return "Framework summary, " + f.r.Asof }

// gathered says how the views were gathered, from the data.
func (f *framework) gathered() []string {
	c := f.r.Counts
	asked := fmt.Sprintf("%s asked or listed; %d sent at least one submission that could be read: %s, %s, %s.", isOrAre(c.Asked, "member"), c.Members,
		count(c.Submissions, "submission"), grouped(c.Passages, "passage"), grouped(c.Words, "word"))
	out := []string{asked, fmt.Sprintf("%d of these passages are on at least one of %s (%s). A passage may be on several.", c.Tagged, count(len(f.r.Themes), "theme"), f.r.Codebook)}
	rule := f.r.Rule.String()
	for _, n := range f.r.Notes {
		if n != rule {
			out = append(out, n)
		}
	}
	return out
}

// grouped is a count with commas between the thousands.
func grouped(n int, one string) string {
	digits, noun, _ := strings.Cut(count(n, one), " ")
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits + " " + noun
}

func isOrAre(n int, one string) string {
	if n == 1 {
		return count(n, one) + " was"
	}
	return count(n, one) + " were"
}

// scale is what the words for numbers mean when every member that answered is counted.
func (f *framework) scale() string {
	n := f.r.Counts.Members
	return fmt.Sprintf("Of %s: %s. Of fewer members the bounds are worked out again; each sentence gives both numbers.", count(n, "member"), strings.ReplaceAll(f.r.Scale.Describe(n), "-", "–"))
}

const excludedTitle = "Excluded: kept and not counted"

// excluded is what was kept and not counted, a sentence each. Signatures and page headings within a submission are left to the workbook.
func (f *framework) excluded() []string {
	var out []string
	for _, x := range f.r.Excluded {
		if x.What == "passage" {
			continue
		}
		var who []string
		for _, s := range []string{x.Name, x.Member} {
			if s != "" {
				who = append(who, s)
			}
		}
		out = append(out, strings.TrimPrefix(strings.Join(who, ", ")+": "+x.Reason, ": "))
	}
	return out
}

// frameworkOrder is the stances in the order in which people read them.
func frameworkOrder() []themes.Stance {
	return []themes.Stance{themes.Support, themes.Conditions, themes.Mixed, themes.Oppose, themes.NotStated, themes.Silent}
}

// confirmedOf says of how many members of a stance a person confirmed it.
func confirmedOf(j *themes.JointPosition, s themes.Stance) string {
	if s == themes.Silent || len(j.Names[s]) == 0 {
		return ""
	}
	return fmt.Sprintf("%d confirmed", j.Confirmed[s])
}

// author says whose the joint line is.
func author(j *themes.JointPosition) string {
	switch {
	case j.State == themes.Edited:
		return fmt.Sprintf("Written by %s on %s.", j.By, ukDay(j.On))
	case j.State == themes.Checked:
		return fmt.Sprintf("Checked by %s on %s.", j.By, ukDay(j.On))
	}
	return "Drafted from the stances; nobody has checked it yet."
}

// sharedText says how the counts read where a text that several members sent counts once, or "" where that changes nothing.
func sharedText(j *themes.JointPosition) string {
	var parts []string
	for _, r := range j.Shared.Rows {
		if r.Responses == r.Own && r.Copies == 0 {
			continue
		}
		part := fmt.Sprintf("%s: %s, %s", r.Stance.Label(), count(r.Responses, "response"), count(r.Texts, "text"))
		if r.Template > 0 {
			part += fmt.Sprintf(", %d of them only a circulated template", r.Template)
		}
		if r.Copies > 0 {
			part += fmt.Sprintf("; %s more sent the very file of one of them", count(r.Copies, "member"))
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return ""
	}
	return fmt.Sprintf("%s. With a shared text counted once and a template not at all: %s.", strings.Join(parts, ". "), j.Shared.OutcomeApart)
}

// signed says what the members say of the line, or "" while nobody has said anything.
func signed(j *themes.JointPosition) string {
	n := j.Signed
	if n.Agreed+n.AgreedWithNote+n.Dissents == 0 {
		return ""
	}
	s := fmt.Sprintf("%d agreed, %d agreed with a note, %d dissent, %d not yet.", n.Agreed, n.AgreedWithNote, n.Dissents, n.NotYet)
	if n.Stale > 0 {
		s += fmt.Sprintf(" %d of them said so of an earlier wording.", n.Stale)
	}
	return s
}

// redLines are what members will not agree to, a sentence each.
func redLines(j *themes.JointPosition) []string {
	var out []string
	for _, x := range j.RedLines {
		words := x.Words
		if words == "" {
			words = themes.Withheld
		}
		if x.Opposed {
			words += " (it stands against the line)"
		}
		out = append(out, x.Member+": "+words)
	}
	return out
}

// A frameworkRow is where one member stands on one theme.
type frameworkRow struct {
	at        *themes.Position
	own       string // a person's line, or ""
	words     string // the member's own, exact, perhaps cut at a clause; "" when there are none or they are withheld
	withheld  bool   // there are words, and they may not be shown
	condition string // that the member sets, in quotation marks where the words are its own; "" when none is named
	reference string // where the words stand
}

// rows are the members that address a theme, by stance and then by name.
func (f *framework) rows(theme int) []frameworkRow {
	var out []frameworkRow
	for _, s := range frameworkOrder() {
		for i := range f.r.Members {
			if at := &f.r.Members[i].Positions[theme]; at.Stance == s && s != themes.Silent {
				out = append(out, f.row(at, f.r.Themes[theme].Joint.Conditions))
			}
		}
	}
	return out
}

func (f *framework) row(at *themes.Position, conditions []themes.Condition) frameworkRow {
	row := frameworkRow{at: at, condition: at.Condition, words: at.Line}
	if slices.ContainsFunc(conditions, func(c themes.Condition) bool { return c.Member == at.Member && c.Words == at.Condition && c.Ref != "" }) {
		row.condition = "“" + at.Condition + "”"
	}
	if at.Own != "" {
		row.own, row.words = at.Line, ""
	}
	if len(at.Sentences) > 0 {
		if at.Own != "" {
			row.words = at.Sentences[0].Words
		}
		row.reference = f.reference(at.Sentences[0].Ref)
	}
	row.withheld = row.words == "" && at.Passages > 0 && f.withholds(at)
	return row
}

// withholds reports whether the words behind a position are not shown: it has none that are.
func (f *framework) withholds(at *themes.Position) bool {
	return len(at.Sentences) == 0 && !slices.ContainsFunc(at.Refs, func(ref string) bool { q := f.quotes[ref]; return q != nil && !q.Withheld })
}

// reference is where words stand: document, place and ref.
func (f *framework) reference(ref string) string {
	q := f.quotes[ref]
	if q == nil {
		return "[" + ref + "]"
	}
	var parts []string
	for _, p := range []string{q.Document, q.Place} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.TrimSpace(strings.Join(parts, ", ") + " [" + ref + "]")
}

// standingOf is how far a person has looked at a position.
func standingOf(at *themes.Position) string {
	if at.State == themes.Suggested || at.State == "" {
		return string(themes.Suggested)
	}
	if at.By == "" || !at.Confirmed {
		return string(at.State)
	}
	return fmt.Sprintf("%s by %s", at.State, at.By)
}

// notes are what must be said of a position beside its words, a sentence each.
func (row *frameworkRow) notes() []string {
	var out []string
	if row.condition != "" {
		out = append(out, "Condition: "+row.condition)
	}
	if row.at.Note != "" {
		out = append(out, "Note: "+row.at.Note)
	}
	for _, x := range row.at.Flags {
		out = append(out, "! "+x.Text)
	}
	return out
}
