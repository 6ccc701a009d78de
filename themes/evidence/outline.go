package evidence

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"collate/themes"
)

// An Outline says what a draft holds, in its order. It is a file that people write and change; nothing in it is trusted before it is
// resolved against the record.
type Outline struct {
	Kind         Kind   `yaml:"kind" json:"kind"`                           // evidence where the file says nothing
	Inquiry      string `yaml:"inquiry" json:"inquiry"`                     // its title; of a response the consultation's
	Committee    string `yaml:"committee" json:"committee,omitempty"`       // whose inquiry it is
	Submitter    string `yaml:"submitter" json:"submitter"`                 // who submits, in full
	Short        string `yaml:"short" json:"short,omitempty"`               // how the text calls the submitter, "the Consortium"
	Date         string `yaml:"date" json:"date"`                           // of the document, "2023-06-09"
	Words        int    `yaml:"words" json:"words"`                         // the limit of the whole, see DefaultWords; of a response the limit of each answer that sets none
	Introduction string `yaml:"introduction" json:"introduction,omitempty"` // who submits and why, in a person's words; "" has it made from the record
	Terms        []Term `yaml:"terms" json:"terms"`
}

// Kind is what an outline is for.
type Kind string

// The kinds.
const (
	Evidence Kind = "evidence" // for a select committee
	Response Kind = "response" // to a consultation's questions
)

// A Term is a term of reference, or a question of a consultation, with the paragraphs that answer it.
type Term struct {
	ID         string      `yaml:"id" json:"id"`
	Text       string      `yaml:"text" json:"text"`                 // as the committee wrote it
	Heading    string      `yaml:"heading" json:"heading,omitempty"` // above the paragraphs; "" for the text
	Themes     []string    `yaml:"themes" json:"themes,omitempty"`   // ids
	Words      int         `yaml:"words" json:"words"`               // budget of the section; of a response the limit of the answer
	Summary    string      `yaml:"summary" json:"summary,omitempty"` // its bullet, in a person's words; "" has it made from the lines
	Paragraphs []Paragraph `yaml:"paragraphs" json:"paragraphs,omitempty"`
}

// A Paragraph is one thing said. It is exactly one of Line, Quote, Figure, Ask and Text.
type Paragraph struct {
	ID     string   `yaml:"id" json:"id"`
	Line   string   `yaml:"line" json:"line,omitempty"`     // the joint line of this theme
	Quote  string   `yaml:"quote" json:"quote,omitempty"`   // the ref of a passage, whose exact words stand in Words
	Figure string   `yaml:"figure" json:"figure,omitempty"` // the ref of a passage, whose sentence with the figure stands in Words
	Ask    []string `yaml:"ask" json:"ask,omitempty"`       // the refs of passages that ask for it; none for an ask of the submitter's own, which then has Action alone
	Text   string   `yaml:"text" json:"text,omitempty"`     // a person's own words
	Words  string   `yaml:"words" json:"words,omitempty"`
	Actor  string   `yaml:"actor" json:"actor,omitempty"`   // who is to do it, "the Department for Education"
	Action string   `yaml:"action" json:"action,omitempty"` // what, as it goes on behind "We recommend that the Department for Education": "publish a plan"
	By     string   `yaml:"by" json:"by,omitempty"`         // until when, "by July 2024"
}

// What an outline may hold: more than a committee reads.
const (
	maxOutline    = 1 << 20 // bytes
	maxTerms      = 100
	maxParagraphs = 1000
)

// DefaultWords is the most words that the Commons' guidance on written evidence asks for, and DefaultAnswer what a consultation's form
// commonly takes (the SEND review's of 2022 took 250).
const (
	DefaultWords  = 3000
	DefaultAnswer = 250
)

// An OutlineError is a fault in an outline with its place. Excerpt is the lines around it with a caret under the fault.
type OutlineError struct {
	Line, Column int
	Message      string
	Excerpt      string
}

// Error gives the place, what is wrong, and the lines with the caret.
func (e *OutlineError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s\n%s", e.Line, e.Column, e.Message, e.Excerpt)
}

// ParseOutline reads an outline file. What is wrong with it comes back as an [*OutlineError].
func ParseOutline(data []byte) (*Outline, error) {
	c := outlineCheck{data: data}
	if len(data) > maxOutline {
		return nil, c.at(1, 1, "the file is larger than an outline can be")
	}
	if at := themes.TooDeep(data); at >= 0 {
		return nil, c.at(1+strings.Count(string(data[:at]), "\n"), 1, "this is nested deeper than an outline can be")
	}
	var o Outline
	if err := c.read(&o); err != nil {
		return nil, c.yaml(err)
	}
	if err := c.all(&o); err != nil {
		return nil, err
	}
	return &o, nil
}

// outlineSettings are the settings of an outline, for a person who wrote another.
const outlineSettings = "the file has kind, inquiry, committee, submitter, short, date, words, introduction and terms; a term has id, text, heading, themes, words, summary and paragraphs; a paragraph has id and one of line, quote, figure, ask and text, with words, actor, action and by"

// An outlineCheck finds what is wrong with an outline, and where.
type outlineCheck struct {
	data []byte
	file *ast.File
}

// errYAML is returned for a file on which the reader of YAML gives up without saying where.
var errYAML = errors.New("this is no outline: it cannot be read as YAML")

// read reads the file. The reader of YAML panics on some files, such as a list with a tag and nothing in it.
func (c *outlineCheck) read(o *Outline) (err error) {
	defer func() {
		if recover() != nil {
			err = errYAML
		}
	}()
	if err := yaml.UnmarshalWithOptions(c.data, o, yaml.Strict()); err != nil {
		return err
	}
	c.file, err = parser.ParseBytes(c.data, 0)
	return err
}

func (c *outlineCheck) at(line, column int, message string) error {
	return &OutlineError{Line: line, Column: column, Message: message, Excerpt: themes.Excerpt(c.data, line, column)}
}

func (c *outlineCheck) yaml(err error) error {
	var y yaml.Error
	if !errors.As(err, &y) || y.GetToken() == nil {
		return c.at(1, 1, err.Error())
	}
	message := y.GetMessage()
	if field, ok := strings.CutPrefix(message, "unknown field "); ok {
		message = "there is no setting called " + field + "; " + outlineSettings
	}
	return c.at(y.GetToken().Position.Line, y.GetToken().Position.Column, message)
}

// fault is an error at a YAML path; where nothing stands there, at what should hold it.
func (c *outlineCheck) fault(path, message string, args ...any) error {
	if len(args) > 0 {
		message = fmt.Sprintf(message, args...)
	}
	for ; strings.Contains(path, "."); path = path[:strings.LastIndexByte(path, '.')] {
		p, err := yaml.PathString(path)
		if err != nil {
			break
		}
		if node, err := p.FilterFile(c.file); err == nil && node != nil && node.GetToken() != nil {
			return c.at(node.GetToken().Position.Line, node.GetToken().Position.Column, message)
		}
	}
	return c.at(1, 1, message)
}

func (c *outlineCheck) all(o *Outline) error {
	if o.Kind == "" {
		o.Kind = Evidence
	}
	switch {
	case o.Kind != Evidence && o.Kind != Response:
		return c.fault("$.kind", "kind is evidence or response; this one is %q", o.Kind)
	case strings.TrimSpace(o.Inquiry) == "":
		return c.fault("$.inquiry", "the title of the inquiry is missing: write inquiry: and the title")
	case strings.TrimSpace(o.Submitter) == "":
		return c.fault("$.submitter", "who submits is missing: write submitter: and the name in full")
	case o.Words < 0 || o.Words > 100_000:
		return c.fault("$.words", "a limit of words is from 1 to 100,000")
	case len(o.Terms) == 0:
		return c.fault("$.terms", "there is no term of reference; write terms: and under it one \"- id: ...\" for each")
	case len(o.Terms) > maxTerms:
		return c.fault("$.terms", "an outline has at most %d terms of reference", maxTerms)
	}
	if _, err := Day(o.Date); err != nil {
		return c.fault("$.date", "the date is written 2023-06-09 or 9 June 2023; this one is %q", o.Date)
	}
	if o.Words == 0 {
		o.Words = map[Kind]int{Evidence: DefaultWords, Response: DefaultAnswer}[o.Kind]
	}
	if o.Short == "" {
		o.Short = o.Submitter
	}
	return c.terms(o)
}

// paragraphID is what an id may be: it names a paragraph in reports and in the companion.
var paragraphID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)

func (c *outlineCheck) terms(o *Outline) error {
	seen, n := map[string]bool{}, 0
	for i := range o.Terms {
		t, at := &o.Terms[i], fmt.Sprintf("$.terms[%d]", i)
		switch {
		case !paragraphID.MatchString(t.ID):
			return c.fault(at+".id", "a term of reference needs an id of letters, digits, points and hyphens, such as T1; this one has %q", t.ID)
		case seen[t.ID]:
			return c.fault(at+".id", "the id %q is there twice", t.ID)
		case strings.TrimSpace(t.Text) == "":
			return c.fault(at+".text", "the words of this term of reference are missing: write text: and what the committee wrote")
		case t.Words < 0 || t.Words > 100_000:
			return c.fault(at+".words", "a budget of words is from 1 to 100,000")
		}
		seen[t.ID] = true
		for j := range t.Paragraphs {
			p, at := &t.Paragraphs[j], fmt.Sprintf("%s.paragraphs[%d]", at, j)
			if n++; n > maxParagraphs {
				return c.fault(at, "an outline has at most %d paragraphs", maxParagraphs)
			}
			if !paragraphID.MatchString(p.ID) || seen[p.ID] {
				return c.fault(at+".id", "a paragraph needs an id of its own of letters, digits, points and hyphens, such as p12; this one has %q", p.ID)
			}
			seen[p.ID] = true
			if err := c.paragraph(at, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// uses are the settings that each kind of paragraph takes beside its own; those behind the first mark are compulsory.
var uses = map[string][]string{"line": nil, "text": nil, "quote": {"words"}, "figure": {"words"}, "ask": {"action", "actor", "by"}}

func (c *outlineCheck) paragraph(at string, p *Paragraph) error {
	is := p.Is()
	if is == "" {
		return c.fault(at, "a paragraph is exactly one of line, quote, figure, ask and text")
	}
	has := map[string]string{"words": p.Words, "actor": p.Actor, "action": p.Action, "by": p.By}
	for _, setting := range []string{"words", "actor", "action", "by"} {
		if has[setting] != "" && !slices.Contains(uses[is], setting) {
			return c.fault(at+"."+setting, "%s: is for another kind of paragraph; this one is a %s", setting, is)
		}
	}
	if need := uses[is]; len(need) > 0 && strings.TrimSpace(has[need[0]]) == "" {
		return c.fault(at, "a paragraph of this kind, %s, needs %s:", is, need[0])
	}
	return nil
}

// Is says which kind of paragraph it is: "line", "quote", "figure", "ask" or "text"; "" where it is none, or several.
func (p *Paragraph) Is() string {
	var out []string
	for _, x := range []struct {
		is  string
		has bool
	}{{"line", p.Line != ""}, {"quote", p.Quote != ""}, {"figure", p.Figure != ""}, {"ask", len(p.Ask) > 0 || p.Action != ""}, {"text", p.Text != ""}} {
		if x.has {
			out = append(out, x.is)
		}
	}
	if len(out) != 1 {
		return ""
	}
	return out[0]
}

// Day reads a date as people write it here.
func Day(text string) (time.Time, error) {
	for _, layout := range []string{time.DateOnly, "2 January 2006", "2 Jan 2006", "02/01/2006"} {
		if day, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return day, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no day", text)
}
