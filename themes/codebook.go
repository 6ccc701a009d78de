package themes

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"collate/index"
)

// A Codebook is the list of themes, the rules that propose them, and the questions the consultation put.
type Codebook struct {
	Consultation string           `yaml:"consultation"` // what is answered; its own words in a passage put it on no theme
	Called       []string         `yaml:"called"`       // other names of what is answered
	Questions    []index.Question `yaml:"questions"`
	Themes       []Theme          `yaml:"themes"`

	names []*index.Query
}

// A Theme is one subject that passages are coded against. Themes make a tree by their parents: a passage is coded on the theme that
// says most exactly what it is about, and reports count it for the themes above as well (see [Codebook.Above]).
type Theme struct {
	ID          string     `yaml:"id"`           // lower-case letters, digits and hyphens; kept when the name changes
	Name        string     `yaml:"name"`         // as outputs print it
	Parent      string     `yaml:"parent"`       // the id of the theme above; "" at the top
	Description string     `yaml:"description"`  // what it covers, for the person who codes
	Any         []string   `yaml:"any"`          // searches: a passage that one of them finds is proposed
	None        []string   `yaml:"none"`         // searches: a passage that one of them finds is not
	Examples    []string   `yaml:"examples"`     // passages that would belong here
	NonExamples []string   `yaml:"non_examples"` // passages that look as if they belonged here and do not
	Colour      string     `yaml:"colour"`       // "#0072b2"; "" takes one from the palette, see [Codebook.Colours]
	State       ThemeState `yaml:"state"`        // active where the file says nothing

	number    int // its place in the codebook, from 1: refs end in it
	any, none []*index.Query
	heads     map[string]bool // the stems of words that name it by themselves
}

// A ThemeState says whether a theme is worked with.
type ThemeState string

// The states of a theme.
const (
	ThemeActive  ThemeState = "active"
	ThemeRetired ThemeState = "retired" // proposed no more and in no count; what was coded on it is kept and can be seen
)

// A CodebookError is a fault in a codebook with its place. Excerpt is the lines around it with a caret under the fault.
type CodebookError struct {
	Line, Column int
	Message      string
	Excerpt      string
}

// Error gives the place, what is wrong, and the lines with the caret.
func (e *CodebookError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s\n%s", e.Line, e.Column, e.Message, e.Excerpt)
}

// themeSettings are the settings of a theme, for a person who wrote another.
const themeSettings = "id, name, parent, description, any, none, examples, non_examples, colour and state"

// maxThemeDepth is deeper than a codebook that people can hold in mind.
const maxThemeDepth = 8

var (
	themeID     = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	themeColour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
)

// ParseCodebook reads a themes file. What is wrong with it comes back as a [*CodebookError].
func ParseCodebook(data []byte) (*Codebook, error) {
	var b Codebook
	if at := tooDeep(data); at >= 0 {
		line := 1 + bytes.Count(data[:at], []byte("\n"))
		return nil, &CodebookError{Line: line, Column: 1, Message: "this is nested deeper than a themes file can be", Excerpt: excerpt(data[:at], line, 1)}
	}
	if err := yaml.UnmarshalWithOptions(data, &b, yaml.Strict()); err != nil {
		return nil, yamlError(err, data)
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, yamlError(err, data)
	}
	check := codebookCheck{data: data, file: file}
	if err := check.all(&b); err != nil {
		return nil, err
	}
	return &b, nil
}

// maxNesting is how deep brackets, or marks of lists in a line, may lie in one another. The parser takes memory that grows with the square of
// it: a file of 100 KB took 15 GB.
const maxNesting = 100

// tooDeep is where the text is nested too deep, or -1. Brackets in quotation marks count as well; no theme's words have so many open.
func tooDeep(data []byte) int {
	open, marks := 0, 0
	for i, c := range data {
		mark := (c == '-' || c == '?') && i+1 < len(data) && (data[i+1] == ' ' || data[i+1] == '\t')
		switch {
		case c == '[' || c == '{':
			open++
		case c == ']' || c == '}':
			open = max(0, open-1)
		}
		switch {
		case mark:
			marks++
		case c != ' ' && c != '\t':
			marks = 0
		}
		if open > maxNesting || marks > maxNesting {
			return i
		}
	}
	return -1
}

// yamlError turns the parser's error into ours; goccy's carries the token at fault.
func yamlError(err error, data []byte) error {
	var y yaml.Error
	if !errors.As(err, &y) || y.GetToken() == nil {
		return &CodebookError{Line: 1, Column: 1, Message: err.Error(), Excerpt: excerpt(data, 1, 1)}
	}
	at := y.GetToken().Position
	message := y.GetMessage()
	if field, ok := strings.CutPrefix(message, "unknown field "); ok {
		message = fmt.Sprintf("there is no setting called %s; a theme has %s, and the file has consultation, called, questions and themes", field, themeSettings)
		if field == `"themes"` {
			message = "themes are not written inside one another; write each in the one list, and in the one below parent: with the id of the one above"
		}
	}
	return &CodebookError{Line: at.Line, Column: at.Column, Message: message, Excerpt: excerpt(data, at.Line, at.Column)}
}

// excerpt shows the line before a fault and the line at fault with a caret under it.
func excerpt(data []byte, line, column int) string {
	lines := strings.Split(string(data), "\n")
	var b strings.Builder
	for n := max(1, line-1); n <= min(line, len(lines)); n++ {
		text := []rune(strings.TrimRight(strings.ReplaceAll(lines[n-1], "\t", " "), "\r"))
		lead, shift := fmt.Sprintf("%5d | ", n), 0
		if len(text) > 100 { // a long line is shown around the fault
			shift = max(0, min(column-50, len(text)-100))
			if n != line {
				shift = 0
			}
			text = text[shift:min(len(text), shift+100)]
		}
		fmt.Fprintf(&b, "%s%s\n", lead, string(text))
		if n == line {
			fmt.Fprintf(&b, "%s^\n", strings.Repeat(" ", len(lead)+max(0, column-1-shift)))
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// A codebookCheck finds what YAML cannot: missing and doubled names, and searches that cannot be parsed.
type codebookCheck struct {
	data []byte
	file *ast.File
	say  func(path string, offset int, message string) error // of a codebook that is in no YAML file; nil else
}

func (c *codebookCheck) all(b *Codebook) error {
	if len(b.Themes) == 0 {
		return c.fault("$", 0, "there is no theme; write themes: and under it one \"- id: ...\" for each")
	}
	if err := c.names(b); err != nil {
		return err
	}
	seen := map[string]bool{}
	for i := range b.Themes {
		t := &b.Themes[i]
		at := fmt.Sprintf("$.themes[%d]", i)
		if t.Name == "" {
			t.Name = t.ID
		}
		switch {
		case !themeID.MatchString(t.ID):
			return c.fault(at+".id", 0, fmt.Sprintf("a theme needs an id of small letters, digits and hyphens, such as national-standards; this one has %q", t.ID))
		case seen[t.ID]:
			return c.fault(at+".id", 0, fmt.Sprintf("two themes have the id %q", t.ID))
		}
		seen[t.ID] = true
		name := "name " + strings.ToLower(t.Name) // no id has a space
		if seen[name] {
			return c.fault(at+".name", 0, fmt.Sprintf("two themes are called %q; the workbook counts by name", t.Name))
		}
		seen[name] = true
		var err error
		if t.any, err = c.queries(at+".any", t.Any); err != nil {
			return err
		}
		if t.none, err = c.queries(at+".none", t.None); err != nil {
			return err
		}
		if err := c.look(at, t); err != nil {
			return err
		}
		t.number = i + 1
	}
	if err := c.tree(b); err != nil {
		return err
	}
	b.findHeads()
	return c.questions(b)
}

func (c *codebookCheck) questions(b *Codebook) error {
	seen := map[string]bool{}
	for i, q := range b.Questions {
		if q.ID == "" || q.Text == "" || seen[q.ID] {
			return c.fault(fmt.Sprintf("$.questions[%d]", i), 0, "a question needs an id of its own and a text")
		}
		seen[q.ID] = true
	}
	return nil
}

// names makes the phrases by which the thing that is answered is called.
func (c *codebookCheck) names(b *Codebook) error {
	for i, name := range append([]string{b.Consultation}, b.Called...) {
		if len(strings.Fields(name)) < 2 {
			continue // one word is too little to be sure that it is the name
		}
		q, err := index.ParseQuery(`"` + strings.ReplaceAll(name, `"`, " ") + `"`)
		if err != nil && i > 0 {
			return c.fault(fmt.Sprintf("$.called[%d]", i-1), 0, err.Error())
		}
		if err == nil {
			b.names = append(b.names, q)
		}
	}
	return nil
}

func (c *codebookCheck) queries(at string, rules []string) ([]*index.Query, error) {
	var out []*index.Query
	for i, rule := range rules {
		q, err := index.ParseQuery(rule)
		var fault *index.QueryError
		if errors.As(err, &fault) {
			return nil, c.fault(fmt.Sprintf("%s[%d]", at, i), fault.At, fault.Message)
		}
		if err != nil {
			return nil, c.fault(fmt.Sprintf("%s[%d]", at, i), 0, err.Error())
		}
		out = append(out, q)
	}
	return out, nil
}

// look checks a theme's colour and state.
func (c *codebookCheck) look(at string, t *Theme) error {
	switch {
	case t.Colour == "" && c.empty(at+".colour"):
		return c.fault(at+".colour", 0, `a colour stands in quotation marks, as in colour: "#0072b2"; without them the # begins a note`)
	case t.Colour != "" && !themeColour.MatchString(t.Colour):
		return c.fault(at+".colour", 0, fmt.Sprintf(`a colour is written as in colour: "#0072b2"; this one is %q`, t.Colour))
	}
	if t.Colour = strings.ToLower(t.Colour); t.State == "" {
		t.State = ThemeActive
	}
	if t.State != ThemeActive && t.State != ThemeRetired {
		return c.fault(at+".state", 0, fmt.Sprintf("a theme's state is active or retired; this one is %q", t.State))
	}
	return nil
}

// empty reports a setting that is there without a value.
func (c *codebookCheck) empty(path string) bool {
	p, err := yaml.PathString(path)
	if err != nil || c.file == nil {
		return false
	}
	node, err := p.FilterFile(c.file)
	return err == nil && node != nil && node.Type() == ast.NullType
}

// tree checks that every parent is there and that nothing is its own.
func (c *codebookCheck) tree(b *Codebook) error {
	for i := range b.Themes {
		t, at := &b.Themes[i], fmt.Sprintf("$.themes[%d].parent", i)
		if t.Parent == "" {
			continue
		}
		if b.Theme(t.Parent) == nil {
			return c.fault(at, 0, fmt.Sprintf("there is no theme with the id %q to be the parent of %s; take one of %s", t.Parent, t.ID, strings.Join(b.ids(), ", ")))
		}
		depth := 1
		for up := t; up.Parent != ""; up = b.Theme(up.Parent) {
			if up.Parent == t.ID {
				return c.fault(at, 0, fmt.Sprintf("%s would lie in itself: its parent %s lies in it already", t.ID, t.Parent))
			}
			if depth++; depth > maxThemeDepth {
				return c.fault(at, 0, fmt.Sprintf("themes may lie %d deep in one another and no deeper", maxThemeDepth))
			}
			if b.Theme(up.Parent) == nil {
				break // said of that theme
			}
		}
	}
	return nil
}

// fault is an error at a YAML path; offset is how many bytes into the value, where the value is a plain or quoted word.
func (c *codebookCheck) fault(path string, offset int, message string) error {
	if c.say != nil {
		return c.say(path, offset, message)
	}
	line, column := 1, 1
	if p, err := yaml.PathString(path); err == nil {
		if node, err := p.FilterFile(c.file); err == nil && node != nil && node.GetToken() != nil {
			at := node.GetToken().Position
			line, column = at.Line, at.Column+offset
			if origin := strings.TrimLeft(node.GetToken().Origin, " \n"); strings.HasPrefix(origin, `"`) || strings.HasPrefix(origin, `'`) {
				column += 1 + strings.Count(firstBytes(node.GetToken().Value, offset), `"`) // the quotation mark, and a backslash before each one inside
			}
		} else if i := strings.LastIndexByte(path, '.'); err != nil && i > 0 { // the setting is missing: point at what lacks it
			return c.fault(path[:i], 0, message)
		}
	}
	return &CodebookError{Line: line, Column: column, Message: message, Excerpt: excerpt(c.data, line, column)}
}

func firstBytes(s string, n int) string { return s[:min(n, len(s))] }

// Rules are the theme's searches as they were written, what must not be found marked as such.
func (t *Theme) Rules() []string {
	out := append([]string(nil), t.Any...)
	for _, n := range t.None {
		out = append(out, "NOT ("+n+")")
	}
	return out
}
