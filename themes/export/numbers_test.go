package export

import (
	"strconv"
	"strings"
	"testing"

	"collate/themes"
)

// stancesOn counts a theme's stances from the members' positions, the way that no sheet does.
func stancesOn(r *themes.Report, theme int, s themes.Stance) (n, confirmed int) {
	for _, m := range r.Members {
		if m.Passages > 0 && m.Positions[theme].Stance == s {
			n++
			if m.Positions[theme].Confirmed {
				confirmed++
			}
		}
	}
	return n, confirmed
}

func TestSummaryNumbers(t *testing.T) {
	r := report()
	got := rows(t, read(t, write(t, r)), "Summary")[headRow:]
	for j, theme := range r.Themes {
		want := []string{theme.Name}
		addressed, confirmed := 0, 0
		for _, s := range []themes.Stance{themes.Oppose, themes.Mixed, themes.Conditions, themes.Support, themes.NotStated} {
			n, c := stancesOn(r, j, s)
			want = append(want, strconv.Itoa(n))
			addressed, confirmed = addressed+n, confirmed+c
		}
		passages := 0
		for _, q := range r.Quotes {
			if q.ThemeID == theme.ID {
				passages++
			}
		}
		silent, _ := stancesOn(r, j, themes.Silent)
		want = append(want, strconv.Itoa(addressed), strconv.Itoa(silent), strconv.Itoa(confirmed), strconv.Itoa(passages), string(theme.Joint.Outcome))
		if g := strings.Join(got[j][:len(want)], "|"); g != strings.Join(want, "|") {
			t.Errorf("%s: got %s, want %s", theme.Name, g, strings.Join(want, "|"))
		}
	}
}

func TestPositionsNumbers(t *testing.T) {
	r := report()
	got := rows(t, read(t, write(t, r)), "Positions")[headRow:]
	order := []themes.Stance{themes.Support, themes.Conditions, themes.Mixed, themes.Oppose, themes.NotStated, themes.Silent}
	for j, theme := range r.Themes {
		for k, s := range order {
			n, _ := stancesOn(r, j, s)
			if g := at(got[j], 4+2*k); g != strconv.Itoa(n) {
				t.Errorf("%s, %s: %s members, want %d", theme.Name, s, g, n)
			}
			if g := len(strings.FieldsFunc(at(got[j], 5+2*k), func(r rune) bool { return r == '\n' || r == ';' })); g != n {
				t.Errorf("%s, %s: %d names, want %d", theme.Name, s, g, n)
			}
		}
	}
}

func TestStancesRows(t *testing.T) {
	r := report()
	got := rows(t, read(t, write(t, r)), "Stances")[headRow:]
	i := 0
	for _, m := range r.Members {
		for _, p := range m.Positions {
			if p.Stance == themes.Silent {
				continue
			}
			want := []string{p.Member + " | " + p.Theme, p.Member, p.Type, p.Theme, p.Stance.Label(), p.By, p.Because, strconv.Itoa(p.Passages), p.Line, p.Refs[0], "", p.Stance.Sign() + " " + p.Stance.Label() + ". " + p.Line}
			if p.Line == "" {
				want[11] = p.Stance.Sign() + " " + p.Stance.Label()
			}
			if g := strings.Join(got[i], "¦"); g != strings.Join(want, "¦") {
				t.Errorf("got  %s\nwant %s", g, strings.Join(want, "¦"))
			}
			i++
		}
	}
	if i != len(got) {
		t.Errorf("%d rows, want %d", len(got), i)
	}
}

func TestMatrixCells(t *testing.T) {
	r := report()
	got := rows(t, read(t, write(t, r)), "Matrix")[firstRow:]
	i := 0
	for _, m := range r.Members {
		if m.Passages == 0 {
			continue
		}
		for j, p := range m.Positions {
			want := p.Stance.Sign() + " " + p.Stance.Label() + ". " + p.Line
			switch {
			case p.Stance == themes.Silent:
				want = "–"
			case p.Line == "":
				want = p.Stance.Sign() + " " + p.Stance.Label()
			}
			if g := at(got[i], j+1); g != want {
				t.Errorf("%s on %s: got %q, want %q", m.Label, p.Theme, g, want)
			}
		}
		i++
	}
	if i != len(got) {
		t.Errorf("%d members, want %d", len(got), i)
	}
}

func TestMembersWithoutSubmission(t *testing.T) {
	r := report()
	got := rows(t, read(t, write(t, r)), "Members")[headRow:]
	if g := got[len(r.Members)-1][3]; g != "no submission read" {
		t.Errorf("submissions of a member that sent none: %q", g)
	}
}

func TestReadmeScale(t *testing.T) {
	r := report()
	var text []string
	for _, row := range rows(t, read(t, write(t, r)), "Read me") {
		text = append(text, strings.Join(row, "\t"))
	}
	all := strings.Join(text, "\n")
	for _, want := range []string{"few\t1 to 2 members", "less than half\t3 to 7 members", "the majority\t8 to 11 members", "most\t12 to 14 members", "almost all\t15 members", "all\t16 members", "✓ Support", r.Notes[0], "A. Reader, B. Coder"} {
		if !strings.Contains(all, want) {
			t.Errorf("Read me does not say %q", want)
		}
	}
}
