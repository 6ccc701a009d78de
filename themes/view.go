package themes

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"collate/index"
)

// A View says what of the record a report holds, and for whom it is made. The zero View is that of staff, which holds everything that may
// be shown; each field but Audience, ByTheme and Member takes something away.
type View struct {
	Audience     Audience `json:"audience,omitempty"`
	Confirmed    bool     `json:"confirmed,omitempty"`    // only what a person confirmed; the rest is counted as not confirmed
	Attributable bool     `json:"attributable,omitempty"` // only members and passages that may be named; the rest is counted and not listed
	Anonymous    bool     `json:"anonymous,omitempty"`    // no member is named and no file: a member is called by its type
	Outside      bool     `json:"outside,omitempty"`      // nothing internal: no notes, reasons, confidence, or names of those who coded
	ByTheme      bool     `json:"by_theme,omitempty"`     // a sheet for each theme as well
	Member       string   `json:"member,omitempty"`       // the member that it is made for: of the others it holds nothing but counts
}

// Audience is whom an output is made for.
type Audience string

// The audiences. "" is staff.
const (
	ForStaff       Audience = "staff"
	ForMembers     Audience = "members"
	ForPublication Audience = "publication"
)

// Audiences are all audiences, in the order in which they are listed.
var Audiences = []Audience{ForStaff, ForMembers, ForPublication}

// ViewFor is the view of an audience, with whatever else with leaves out.
func ViewFor(a Audience, with View) (View, error) {
	v := with
	switch a {
	case "", ForStaff:
		a = ""
	case ForPublication:
		v.Confirmed, v.Attributable, v.Outside = true, true, true
	case ForMembers:
		v.Outside = true
	default:
		return View{}, fmt.Errorf("there is no audience %q; the audiences are %s, %s and %s", a, ForStaff, ForMembers, ForPublication)
	}
	v.Audience = a
	return v.closed(), nil
}

// closed is the view with all that its fields bring with them: what names nobody leaves the house, and what leaves the house holds nothing
// internal and, unless it goes to the member whose words it holds, nothing that nobody confirmed.
func (v View) closed() View {
	v.Outside = v.Outside || v.Anonymous || v.Audience == ForPublication || v.Audience == ForMembers || v.Member != ""
	v.Confirmed = v.Confirmed || v.Outside && v.Audience != ForMembers
	v.Attributable = v.Attributable || v.Audience == ForPublication
	return v
}

// Whole reports whether a report of the view holds all that staff may see, so that its workbook can be edited and read back.
func (v View) Whole() bool {
	return !v.Confirmed && !v.Attributable && !v.Anonymous && !v.Outside && v.Member == ""
}

// String is the view in a few words for the name of a file, "for publication, anonymised"; "" where it is that of staff.
func (v View) String() string {
	var out []string
	if v.Audience != "" {
		out = append(out, "for "+string(v.Audience))
	}
	preset, err := ViewFor(v.Audience, View{})
	if err != nil {
		preset = View{}
	}
	if v.Anonymous {
		out = append(out, "anonymised")
		preset.Confirmed = true
	}
	if v.Confirmed && !preset.Confirmed {
		out = append(out, "only checked")
	}
	if v.Attributable && !preset.Attributable {
		out = append(out, "only attributable")
	}
	if v.ByTheme {
		out = append(out, "by theme")
	}
	return strings.Join(out, ", ")
}

// Options are the view in sentences, as the first sheet prints it.
func (v View) Options() []string {
	out := []string{"Made for staff."}
	switch v.Audience {
	case ForPublication:
		out = []string{"Made for publication."}
	case ForMembers:
		out = []string{"Made for the member that it is about."}
	}
	for _, o := range []struct {
		is   bool
		says string
	}{
		{v.Confirmed, "Only what a person confirmed is shown and counted on a side."},
		{v.Attributable, "Only members and passages that may be named are listed; the others are counted."},
		{v.Anonymous, "No member and no file is named: a member is called by its type, where at least three are of it."},
		{v.Outside, "Without notes, reasons, confidence and the names of those who coded."},
		{v.ByTheme, "With a sheet for each theme."},
	} {
		if o.is {
			out = append(out, o.says)
		}
	}
	return out
}

// leastOfType is how many members a type needs before it is told of a member that is not named: of one or two everybody knows who they are.
const leastOfType = 3

// anonymise makes every member anonymous at least, and is the members in an order that tells nothing: in that of their names, a list of the
// members would tell which number is whose. The order depends on all that was sent, which nobody outside has whole.
func (d *disclosure) anonymise(s *index.Snapshot) []index.Member {
	types := map[string]int{}
	secret := sha256.New()
	for _, sub := range s.Submissions {
		fmt.Fprintf(secret, "%s %s\n", sub.Sha, sub.Member)
	}
	key := string(secret.Sum(nil))
	place := func(m index.Member) string {
		sum := sha256.Sum256([]byte(key + m.Name))
		return string(sum[:])
	}
	for _, m := range s.Members {
		d.strict[m.Name] = index.Stricter(d.strict[m.Name], index.Anonymous)
		if d.strict[m.Name].Strictness() == 1 {
			types[m.Type]++
		}
	}
	out := slices.Clone(s.Members)
	for i := range out {
		if types[out[i].Type] < leastOfType {
			out[i].Type = ""
		}
	}
	slices.SortFunc(out, func(x, y index.Member) int { return cmp.Compare(place(x), place(y)) })
	return out
}
