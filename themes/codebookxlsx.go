package themes

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// What a workbook with a codebook may hold.
const (
	maxBookParts    = 500      // files in it
	maxBookInflated = 48 << 20 // bytes of everything inflated
	maxBookRows     = 5000
	maxBookColumns  = 60
	maxBookHead     = 20 // rows in which the headings are looked for
)

// codebookColumns are the headings of a codebook's sheet, in small letters without signs, and which setting each is.
func codebookColumns() map[string]string {
	return map[string]string{
		"id": "id", "theme id": "id", "code id": "id",
		"name": "name", "theme": "name", "code": "name", "code name": "name", "theme name": "name",
		"parent": "parent", "under": "parent", "parent id": "parent", "parent code": "parent",
		"description": "description", "what it covers": "description", "definition": "description", "memo": "description",
		"rules": "any", "rule": "any", "any": "any", "include": "any", "rules any": "any",
		"rules that keep off": "none", "none": "none", "exclude": "none", "rules none": "none",
		"examples": "examples", "example": "examples",
		"non examples": "non_examples", "non example": "non_examples", "nonexamples": "non_examples", "counter examples": "non_examples",
		"colour": "colour", "color": "colour",
		"state": "state", "status": "state",
	}
}

// CodebookHeads are the headings of a codebook's sheet in their order.
func CodebookHeads() []string {
	return []string{"ID", "Name", "Parent", "Description", "Rules", "Rules that keep off", "Examples", "Non-examples", "Colour", "State"}
}

// A codebookSheet is a codebook as it stands in a sheet.
type codebookSheet struct {
	name    string
	columns map[string]int // by setting, from 1
	rows    []int          // the row of each theme
	book    *Codebook
	ids     *taken
}

// readCodebookXLSX reads the first sheet whose headings are a codebook's: a theme a row, the entries of a list one a line.
func readCodebookXLSX(data []byte, known Known) (*Codebook, []string, error) {
	if err := checkBook(data); err != nil {
		return nil, nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxBookInflated, UnzipXMLSizeLimit: maxBookInflated}) // equal, so that nothing is written to disk
	if err != nil {
		return nil, nil, badCodebook("it is no workbook that can be opened (%v); save it again as .xlsx", err)
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		s := &codebookSheet{name: name, book: &Codebook{}, ids: takenIDs(known.Book)}
		if err := s.read(f, known); err != nil {
			return nil, nil, err
		}
		if s.columns == nil {
			continue
		}
		check := codebookCheck{say: s.fault}
		return s.book, nil, check.all(s.book)
	}
	return nil, nil, badCodebook("no sheet has the headings of a codebook in its first %d rows; it needs Name, and at least one of %s", maxBookHead, strings.Join(CodebookHeads(), ", "))
}

// checkBook inflates a workbook once without keeping it, so that none is opened that would fill the memory.
func checkBook(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // the paths are not used
		return badCodebook("it is no .xlsx file; save it again as a workbook")
	}
	left, seen := int64(maxBookInflated), map[string]bool{}
	for _, part := range z.File {
		if seen[part.Name] || len(seen) > maxBookParts {
			return badCodebook("the workbook is damaged, or not made by a spreadsheet program; save it again as .xlsx")
		}
		seen[part.Name] = true
		r, err := part.Open()
		if err != nil {
			return badCodebook("the workbook is damaged (%v)", err)
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, left+1))
		r.Close()
		if left -= n; left < 0 {
			return badCodebook("the workbook is larger than a codebook can be")
		}
		if err != nil {
			return badCodebook("the workbook is damaged (%v)", err)
		}
	}
	return nil
}

// read reads one sheet; its columns are nil when it has no codebook.
func (s *codebookSheet) read(f *excelize.File, known Known) error {
	rows, err := f.Rows(s.name)
	if err != nil {
		return nil // a chart
	}
	defer rows.Close()
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		switch {
		case err != nil:
			return s.wrong(number, "name", "it cannot be read (%v)", err)
		case number > maxBookRows:
			return badCodebook("sheet %s has more than %d rows; a codebook has one a theme", s.name, maxBookRows)
		case s.columns == nil && number > maxBookHead:
			return nil
		case s.columns == nil:
			if err := s.heads(number, cells); err != nil {
				return err
			}
			continue
		}
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		if err := s.theme(number, cells, known); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return badCodebook("sheet %s cannot be read (%v)", s.name, err)
	}
	if s.columns != nil {
		s.parents()
	}
	return nil
}

var notLetters = regexp.MustCompile(`[^a-z]+`)

// heads takes a row for the headings if it has a name's and one more.
func (s *codebookSheet) heads(number int, cells []string) error {
	found := map[string]int{}
	for i, cell := range cells {
		setting := codebookColumns()[strings.TrimSpace(notLetters.ReplaceAllString(strings.ToLower(cell), " "))]
		if setting == "" || i >= maxBookColumns {
			continue
		}
		if found[setting] > 0 {
			s.columns = map[string]int{setting: i + 1}
			return s.wrong(number, setting, "a second column for the same as %s%d; leave one of them out", columnLetters(found[setting]), number)
		}
		found[setting] = i + 1
	}
	if found["name"] > 0 && len(found) > 1 {
		s.columns = found
	}
	return nil
}

func (s *codebookSheet) theme(number int, cells []string, known Known) error {
	if len(s.book.Themes) >= maxThemes {
		return badCodebook("sheet %s has more than %d themes", s.name, maxThemes)
	}
	for _, setting := range slices.Sorted(maps.Keys(s.columns)) {
		if col := s.columns[setting]; col <= len(cells) && len(cells[col-1]) > maxDescription {
			return s.wrong(number, setting, "it holds more than %d bytes; shorten it, or give the codebook as .yaml", maxDescription)
		}
	}
	cell := func(setting string) string {
		if col := s.columns[setting]; col > 0 && col <= len(cells) {
			return lineFeeds.Replace(cells[col-1])
		}
		return ""
	}
	t := Theme{
		ID: strings.TrimSpace(cell("id")), Name: strings.TrimSpace(cell("name")), Parent: strings.TrimSpace(cell("parent")), Description: cell("description"),
		Any: SplitEntries(cell("any")), None: SplitEntries(cell("none")), Examples: SplitEntries(cell("examples")), NonExamples: SplitEntries(cell("non_examples")),
		Colour: strings.TrimSpace(cell("colour")), State: ThemeState(strings.ToLower(strings.TrimSpace(cell("state")))),
	}
	switch {
	case t.Name == "" && t.ID == "":
		return s.wrong(number, "name", "the theme has no name; write one, or empty the row")
	case len([]rune(t.Name)) > maxThemeName:
		return s.wrong(number, "name", "the name is longer than %d characters; put the rest into the description", maxThemeName)
	}
	if t.ID == "" {
		if t.ID = known.named(t.Name); t.ID == "" || s.book.Theme(t.ID) != nil {
			t.ID = s.ids.fresh(slug(t.Name), "%s-%d")
		}
	}
	s.ids.has[t.ID] = true
	s.complete(&t, known.Book.Theme(t.ID))
	s.book.Themes, s.rows = append(s.book.Themes, t), append(s.rows, number)
	return nil
}

// complete leaves as it is what the sheet has no column for.
func (s *codebookSheet) complete(t, old *Theme) {
	if old == nil {
		return
	}
	lacks := func(setting string) bool { return s.columns[setting] == 0 }
	if lacks("description") {
		t.Description = old.Description
	}
	if lacks("colour") {
		t.Colour = old.Colour
	}
	if lacks("state") {
		t.State = old.State
	}
	for setting, l := range map[string]List{"any": AnyRules, "none": NoneRules, "examples": Examples, "non_examples": NonExamples} {
		if lacks(setting) {
			*t.list(l) = *old.list(l)
		}
	}
}

// lineFeeds makes every kind of line end one.
var lineFeeds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// parents takes a parent that is given by its name for the theme's id.
func (s *codebookSheet) parents() {
	for i := range s.book.Themes {
		t := &s.book.Themes[i]
		if t.Parent == "" || s.book.Theme(t.Parent) != nil {
			continue
		}
		own := Known{Book: s.book}
		if id := own.named(t.Parent); id != "" {
			t.Parent = id
		}
	}
}

// wrong is a fault of a cell.
func (s *codebookSheet) wrong(row int, setting, format string, args ...any) error {
	return badCodebook("sheet %s, cell %s%d: %s", s.name, columnLetters(max(1, s.columns[setting])), row, fmt.Sprintf(format, args...))
}

var themePath = regexp.MustCompile(`^\$\.themes\[(\d+)\](?:\.(\w+)(?:\[(\d+)\])?)?`)

// fault is what the check of the codebook says, with the cell.
func (s *codebookSheet) fault(path string, _ int, message string) error {
	m := themePath.FindStringSubmatch(path)
	if m == nil {
		return badCodebook("sheet %s: it has no theme under its headings; write one a row", s.name)
	}
	i, err := strconv.Atoi(m[1])
	if err != nil || i >= len(s.rows) {
		return badCodebook("sheet %s: %s", s.name, message)
	}
	if n, err := strconv.Atoi(m[3]); err == nil {
		message = fmt.Sprintf("line %d: %s", n+1, message)
	}
	return s.wrong(s.rows[i], m[2], "%s", message)
}

// columnLetters is "A" for 1, "AA" for 27.
func columnLetters(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		return "?"
	}
	return name
}
