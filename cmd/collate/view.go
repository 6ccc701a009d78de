package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"collate/themes"
)

// A viewFlags is for whom an export is made, and what it leaves out.
type viewFlags struct {
	audience string
	with     themes.View
}

func (v *viewFlags) add(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&v.audience, "for", "", "for whom: staff (everything; the default), members (a workbook for each member, in a folder) or publication (what people confirmed, of members that may be named, nothing internal)")
	f.BoolVar(&v.with.Confirmed, "checked", false, "only what a person confirmed")
	f.BoolVar(&v.with.Attributable, "attributable", false, "only members and passages that may be named; the others are counted and not listed")
	f.BoolVar(&v.with.Anonymous, "anonymised", false, "for outside: members by their type, no names of files or of those who coded, only what a person confirmed")
	f.BoolVar(&v.with.ByTheme, "by-theme", false, "a sheet for each theme as well")
}

// view is what was asked for.
func (v *viewFlags) view() (themes.View, error) {
	view, err := themes.ViewFor(themes.Audience(v.audience), v.with)
	if err != nil {
		return view, misuse("%s.", upper(err.Error()))
	}
	if view.Audience == themes.ForMembers && v.with != (themes.View{}) {
		return view, misuse("A workbook for each member has its own words and nothing of others: --for members takes no other option.")
	}
	return view, nil
}

// viewName names a product of a view, what being "themes" or "quotes": "responses themes.xlsx" for staff, "responses for publication.xlsx"
// for others, so that none takes the place of another.
func viewName(beside string, v themes.View, what, ending string) string {
	switch name := v.String(); {
	case name == "":
		return beside + " " + what + ending
	case what == "themes":
		return beside + " " + name + ending
	default:
		return beside + " " + name + " " + what + ending
	}
}

// writeView writes the workbook and the quotes of a view to paths, or beside the record where there are none, and returns where.
func (a *app) writeView(ctx context.Context, an *themes.Analysis, v themes.View, beside string, paths ...string) ([]string, error) {
	if v.Audience == themes.ForMembers {
		return a.writeMembers(ctx, an, beside, paths)
	}
	if len(paths) == 0 {
		paths = []string{viewName(beside, v, "themes", ".xlsx"), viewName(beside, v, "quotes", ".csv")} // both: an old one beside a new one misleads
	}
	r, err := an.ReportFor(ctx, v)
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		if err := writeProduct(path, r); err != nil {
			return nil, err
		}
	}
	a.warnPersonal(r.PersonalData())
	if v.Confirmed && !anyConfirmed(r) {
		fmt.Fprintln(a.err, "Nobody has confirmed anything yet, so there is no position in it: see collate review.")
	}
	for _, text := range r.Left {
		fmt.Fprintln(a.err, "Left out:", text)
	}
	return paths, nil
}

// anyConfirmed reports whether a person confirmed where any member stands.
func anyConfirmed(r *themes.Report) bool {
	return slices.ContainsFunc(r.Themes, func(t themes.ThemeReport) bool {
		for _, n := range t.Joint.Confirmed {
			if n > 0 {
				return true
			}
		}
		return false
	})
}

// writeMembers writes a workbook for each member into a folder and says who gets none.
func (a *app) writeMembers(ctx context.Context, an *themes.Analysis, beside string, paths []string) ([]string, error) {
	folder := beside + " for members"
	if len(paths) > 0 {
		if folder = paths[0]; isFile(folder) {
			return nil, misuse("--for members writes a workbook for each member: --to must be a folder.")
		}
	}
	reports, skipped, err := an.MemberReports(ctx)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, fmt.Errorf("making the folder %s: %w", folder, err)
	}
	taken := map[string]bool{}
	var out []string
	for _, r := range reports {
		path := filepath.Join(folder, memberFile(r.Members[0].Label, taken))
		if err := writeProduct(path, r); err != nil {
			return nil, err
		}
		out = append(out, path)
	}
	for _, s := range skipped {
		fmt.Fprintf(a.err, "No workbook for %s: %s.\n", s.Label, s.Why)
	}
	return out, nil
}

// isFile reports whether a path has the ending of a product or is a file that is there.
func isFile(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx", ".csv", ".qdpx":
		return true
	}
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// memberFile is the name of a member's workbook, which every system can keep, and no other's.
func memberFile(label string, taken map[string]bool) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" -&(),'’", r) {
			return r
		}
		return ' '
	}, label)
	const most = 60
	if r := []rune(name); len(r) > most {
		name = string(r[:most])
	}
	name = strings.Join(strings.Fields(name), " ")
	for base, n := name, 2; taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s %d", base, n)
	}
	taken[strings.ToLower(name)] = true
	return name + " - what we have from you.xlsx"
}
