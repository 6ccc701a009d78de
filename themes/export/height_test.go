package export

import (
	"fmt"
	"strings"
	"testing"

	"collate/themes"
)

func TestLines(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		width float64
		want  int
	}{
		"empty":              {"", 10, 1},
		"one word":           {"Timelines", 20, 1},
		"line breaks":        {"a\n\nb", 20, 3},
		"wraps":              {"Of the members that take a position, most support it.", 27, 2},
		"a word too long":    {strings.Repeat("w", 60), 20, 5},
		"breaks at a hyphen": {"parent-carer parent-carer", 14, 2},
		"full width":         {strings.Repeat("提", 20), 20, 3},
	} {
		if got := lines(c.text, c.width); got != c.want {
			t.Errorf("%s: got %d lines, want %d", name, got, c.want)
		}
	}
}

func TestRowHeight(t *testing.T) {
	for name, c := range map[string]struct {
		lines int
		want  float64
	}{"one": {1, 19}, "three": {3, 49}, "too many": {60, 409}} {
		if got := rowHeight(c.lines); got != c.want {
			t.Errorf("%s: got %v points, want %v", name, got, c.want)
		}
	}
}

func TestFooter(t *testing.T) {
	for name, c := range map[string]struct{ title, want string }{
		"ampersand":      {"SEND & AP", "&L&8 SEND && AP&C&8&A&R&8Page &P of &N"},
		"begins with 20": {"2026 plan", "&L&8 2026 plan&C&8&A&R&8Page &P of &N"},
	} {
		if got := footer(c.title); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	if got := footer(strings.Repeat("&", 300)); len([]rune(got)) > 255 {
		t.Errorf("a footer of %d characters", len([]rune(got)))
	}
}

func TestColumnName(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 703: "AAA"} {
		if got := columnName(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}

func TestColumnFor(t *testing.T) {
	name := "Federation of Specialist Colleges; "
	for about, c := range map[string]struct {
		texts []string
		want  float64
	}{
		"nothing":            {nil, 25},
		"a few":              {[]string{"", strings.Repeat(name, 5)}, 33},
		"many":               {[]string{strings.Repeat(name, 20)}, 53},
		"shown, not at once": {[]string{strings.Repeat(name, 45)}, 57},
		"beyond all columns": {[]string{strings.Repeat(name, 500)}, 77},
	} {
		if got := columnFor(c.texts, 25, 77); got != c.want {
			t.Errorf("%s: got a width of %v, want %v", about, got, c.want)
		}
	}
}

// Names and rules must be seen in full: a row that Excel cannot make tall enough hides the rest.
func TestRowsShowAllNames(t *testing.T) {
	r := report()
	for i := range 60 {
		r.Themes[0].Joint.Names[themes.Silent] = append(r.Themes[0].Joint.Names[themes.Silent], fmt.Sprintf("Association of Organisations, branch %d", i))
		r.Themes[0].Rules = append(r.Themes[0].Rules, fmt.Sprintf(`"a phrase of rule %d"`, i))
	}
	f := read(t, write(t, r))
	for sheet, col := range map[string]int{"Positions": 16, "Themes": 3} {
		text := rows(t, f, sheet)[headRow][col-1]
		width, err := f.GetColWidth(sheet, columnName(col))
		if err != nil {
			t.Fatal(err)
		}
		if n := lines(text, width-indent); n > clearLines {
			t.Errorf("%s: %d lines, and a row shows %d", sheet, n, clearLines)
		}
	}
}
