package export

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"collate/themes"
)

// nasty is a codebook of everything that a file format can trip over.
func nasty(t testing.TB) *themes.CodebookCopy {
	t.Helper()
	b, err := themes.ParseCodebook([]byte(`
themes:
  - {id: money, name: "Money & \"means\"", description: "What it <costs>.\n\nRules:\nExamples:\n- not one\n Examples:\ncollate: money", any: ['"20 weeks"', "£*"], none: ["=cmd", "-x"], colour: "#0072b2"}
  - {id: bands, name: "=1+1", parent: money, examples: ["- one", "@two\n\n  three\n| four", "|> five", " six ", "_x0041_", "ünï 😀"], non_examples: ["+1", "\ttab"]}
  - {id: old, name: Old, state: retired, description: "Kept."}
  - {id: caps, name: Caps, parent: bands, any: [cap]}
`))
	if err != nil {
		t.Fatal(err)
	}
	return &themes.CodebookCopy{Codebook: b, Consultation: "C1", Title: "The plan", Day: "24 November 2026", Tool: "collate test"}
}

func written(t testing.TB, write func(io.Writer, *themes.CodebookCopy) error, c *themes.CodebookCopy) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCodebookFilesReadBack(t *testing.T) {
	for _, tt := range []struct {
		name  string
		write func(io.Writer, *themes.CodebookCopy) error
	}{{"themes.xlsx", CodebookWorkbook}, {"themes.qdc", CodebookQDC}} {
		t.Run(tt.name, func(t *testing.T) {
			c := nasty(t)
			data := written(t, tt.write, c)
			if !bytes.Equal(data, written(t, tt.write, c)) {
				t.Error("the same codebook gives other bytes")
			}
			got, notes, err := themes.ReadCodebook(tt.name, data, themes.Known{})
			if err != nil || len(notes) > 0 {
				t.Fatal(err, notes)
			}
			want := map[string]themes.Theme{}
			for _, theme := range c.Themes {
				if tt.name == "themes.qdc" {
					theme.Colour = c.Colours()[theme.ID]
				}
				want[theme.ID] = theme
			}
			back := map[string]themes.Theme{}
			for _, theme := range got.Themes {
				back[theme.ID] = theme
			}
			if d := cmp.Diff(want, back, cmpopts.IgnoreUnexported(themes.Theme{}), cmpopts.EquateEmpty()); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestCodebookKeepsItsShape holds the .qdc to what Codebook.xsd of the REFI-QDA standard asks for: which elements lie in which, in
// which order, with which attributes.
func TestCodebookKeepsItsShape(t *testing.T) {
	type element struct {
		children   []string // in order; each may come more than once only if it is the last
		attributes map[string]*regexp.Regexp
		optional   []string
	}
	guid := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	some := regexp.MustCompile(`.`)
	schema := map[string]element{
		"CodeBook":    {children: []string{"Codes", "Sets"}, attributes: map[string]*regexp.Regexp{"xmlns": regexp.MustCompile(`^urn:QDA-XML:codebook:1.0$`), "origin": some}},
		"Codes":       {children: []string{"Code"}},
		"Code":        {children: []string{"Description", "Code"}, attributes: map[string]*regexp.Regexp{"guid": guid, "name": some, "isCodable": regexp.MustCompile(`^(true|false)$`)}, optional: []string{"color"}},
		"Description": {},
	}
	d := xml.NewDecoder(bytes.NewReader(written(t, CodebookQDC, nasty(t))))
	var path []string
	last := []int{0}
	seen := map[string]bool{}
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			if len(path) > 0 {
				at := slices.Index(schema[path[len(path)-1]].children, name)
				if at < last[len(last)-1] {
					t.Errorf("%s does not belong at this place in %v", name, path)
				}
				last[len(last)-1] = at
			}
			path, last = append(path, name), append(last, 0)
			want := schema[name].attributes
			has := map[string]bool{}
			for _, a := range token.Attr {
				has[a.Name.Local] = true
				if a.Name.Local == "guid" {
					if seen[a.Value] {
						t.Errorf("the guid %s is there twice", a.Value)
					}
					seen[a.Value] = true
				}
				if re := want[a.Name.Local]; re == nil && !slices.Contains(schema[name].optional, a.Name.Local) || re != nil && !re.MatchString(a.Value) {
					t.Errorf("%s has %s=%q", name, a.Name.Local, a.Value)
				}
			}
			for attribute := range want {
				if !has[attribute] {
					t.Errorf("%s has no %s", name, attribute)
				}
			}
		case xml.EndElement:
			path, last = path[:len(path)-1], last[:len(last)-1]
		}
	}
	if len(seen) != 4 {
		t.Errorf("%d codes, want 4", len(seen))
	}
}

func TestCodebookWorkbookIsATable(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, CodebookWorkbook, nasty(t))))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tables, err := f.GetTables("Themes")
	if err != nil || len(tables) != 1 || tables[0].Range != "A3:J7" {
		t.Errorf("tables %+v, %v", tables, err)
	}
	panes, err := f.GetPanes("Themes")
	if err != nil || !panes.Freeze || panes.YSplit != 3 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	if v, err := f.GetDataValidations("Themes"); err != nil || len(v) != 1 || v[0].Sqref != "J4:J7" {
		t.Errorf("validations %+v, %v", v, err)
	}
	for row := 4; row <= 7; row++ {
		for col := 1; col <= 10; col++ {
			if formula, err := f.GetCellFormula("Themes", cellName(col, row)); err != nil || formula != "" {
				t.Errorf("%s is the formula %q, %v", cellName(col, row), formula, err)
			}
		}
	}
}

func TestACodebookTooLongForACellIsRefused(t *testing.T) {
	c := nasty(t)
	c.Themes[0].Description = strings.Repeat("x", cellLimit+1)
	if err := CodebookWorkbook(io.Discard, c); !errors.Is(err, ErrLongCell) || !strings.Contains(err.Error(), "description of money") {
		t.Errorf("error %v", err)
	}
}

func TestSpreadsheetProgramsKeepACodebook(t *testing.T) {
	got, _, err := themes.ReadCodebook("themes.xlsx", recalculated(t, written(t, CodebookWorkbook, nasty(t))), themes.Known{})
	if err != nil {
		t.Fatal(err)
	}
	want := nasty(t)
	if d := cmp.Diff(want.Theme("money"), got.Theme("money"), cmpopts.IgnoreUnexported(themes.Theme{}), cmpopts.EquateEmpty()); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(want.Theme("bands").Examples, got.Theme("bands").Examples); d != "" {
		t.Error(d)
	}
}

func TestThemesSheetSaysWhatLiesUnderWhat(t *testing.T) {
	r := awkward()
	if len(r.Themes) < 2 {
		t.Fatal("the report has too few themes")
	}
	r.Themes[1].Parent = r.Themes[0].ID
	sheet := rows(t, read(t, write(t, r)), "Themes")
	if sheet[2][1] != "Under" || sheet[4][1] != r.Themes[0].Name {
		t.Errorf("headings %q, second theme %q", sheet[2], sheet[4])
	}
}
