package export

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"collate/index"
	"collate/index/extract"
	"collate/themes"
)

const projectThemes = `consultation: The plan
themes:
  - {id: pace, name: Pace, any: ["timetable*", delay*], examples: ["Children wait too long."]}
  - {id: waits, name: "Waits & <delays>", parent: pace, any: ["wait*"]}
  - {id: money, name: Money, any: ["fund*", tariff]}
`

// readLines reads one numbered paragraph a line, line ends inside a paragraph being written as "|"; a line that begins with "-- " is a
// signature. Nothing else is changed, so that the record holds what no reader of files would leave in it.
func readLines(_ context.Context, _ string, data []byte) (*extract.Document, error) {
	doc := &extract.Document{Format: "text"}
	for i, line := range strings.Split(string(data), "\n") {
		if i > 0 {
			doc.Text += extract.BlockSeparator
		}
		b := extract.Block{Kind: extract.Paragraph, Start: len(doc.Text), Place: extract.Place{Paragraph: i + 1, Label: strconv.Itoa(i+1) + "."}}
		if strings.HasPrefix(line, "-- ") {
			b.Kind, b.Why = extract.Furniture, "signature"
		}
		doc.Text += strings.ReplaceAll(line, "|", "\r\n")
		b.End = len(doc.Text)
		doc.Blocks = append(doc.Blocks, b)
	}
	return doc, nil
}

var projectFiles = [][2]string{
	{"Alpha/a.txt", "Café \U0001F600 families wait 👩‍👧‍👦 too long — naïve e\u0301te\u0301.\nThe timetable is wrong:|it must|change. 𝔘nfair!\nFund it: £70m.\n-- Jo Bloggs, jo@alpha.example"},
	{"Beta/b.txt", "\ufeffWe support the timetable.\nFunding follows, 日本語 \U0001F9D1\U0001F3FD."},
	{"Gamma/c.txt", "We wait.\nThe secret tariff."},
}

func projectAnalysis(t testing.TB, members string, files [][2]string) *themes.Analysis {
	t.Helper()
	now := time.Date(2023, 5, 19, 12, 0, 0, 0, time.UTC)
	opt := themes.Options{Tool: "collate test", Options: index.Options{Read: readLines, CacheDir: t.TempDir(), Now: func() time.Time { now = now.Add(time.Second); return now }}}
	a, err := themes.Create(t.Context(), filepath.Join(t.TempDir(), "p.collate"), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if err := a.SetCodebook(t.Context(), "themes.yaml", []byte(projectThemes), "Ann"); err != nil {
		t.Fatal(err)
	}
	list, err := index.ReadMembers([]byte("name,type,consent\n" + members))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.SetMembers(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, err := a.Add(t.Context(), f[0], []byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.Tag(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a
}

// says records what people decide of the passage that holds words.
func says(t testing.TB, a *themes.Analysis, coder, words, theme string, tagged bool, stance themes.Stance, because string) {
	t.Helper()
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Passages {
		if strings.Contains(s.Text(p), words) {
			if err := a.DecidePassage(t.Context(), themes.PassageDecision{Passage: p.ID, Theme: theme, Tagged: tagged, Stance: stance, Coder: coder, Because: because}); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("no passage has %q", words)
}

// decided are what people decided, one line a decision, in order.
func decided(t testing.TB, a *themes.Analysis) []string {
	t.Helper()
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	err = a.Decisions(t.Context(), func(d *index.Decision) error {
		if d.Kind == index.ByPerson && (d.Act == index.ActTheme || d.Act == index.ActStance) {
			out = append(out, fmt.Sprintf("%s: %q %s %s %s", d.Coder, firstWords(s.Text(s.Passage(d.Subject))), d.Theme, d.Value, d.Because))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func firstWords(s string) string { return strings.Join(strings.Fields(s)[:2], " ") }

func projectOfAnalysis(t testing.TB, a *themes.Analysis) []byte {
	t.Helper()
	p, err := a.Project(t.Context(), "Zoë")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := ProjectQDPX(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func entriesOf(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(text)
	}
	return out
}

// codedProject is a consultation in which people have coded passages with accents, combining marks, emoji and line ends of two characters.
func codedProject(t testing.TB, members string) *themes.Analysis {
	a := projectAnalysis(t, members, projectFiles)
	says(t, a, "Zoë", "families wait", "waits", true, themes.Oppose, "too long, says the é")
	says(t, a, "Bo", "it must", "pace", true, themes.Conditions, "")
	says(t, a, "Bo", "£70m", "money", false, "", "it is not about money")
	says(t, a, "Bo", "日本語", "money", true, "", "")
	says(t, a, "Zoë", "日本語", "waits", true, themes.Support, "")
	return a
}

func TestProjectPositionsAreTheWords(t *testing.T) {
	a := codedProject(t, "Alpha,,\n")
	files := entriesOf(t, projectOfAnalysis(t, a))
	var project qdeProject
	if err := xml.Unmarshal([]byte(files["project.qde"]), &project); err != nil {
		t.Fatal(err)
	}
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, source := range project.Sources.Sources {
		text := []rune(files["Sources/"+strings.TrimPrefix(source.Path, "internal://")])
		for _, x := range source.Selections {
			got = append(got, string(text[x.Start:x.End]))
		}
	}
	state := map[string]bool{}
	if err := a.Decisions(t.Context(), func(d *index.Decision) error {
		if d.Act == index.ActTheme {
			state[d.Subject+d.Theme] = d.Value == "yes"
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Passages {
		for _, theme := range a.Codebook.Themes {
			if state[p.ID+theme.ID] {
				want = append(want, strings.TrimPrefix(strings.ReplaceAll(s.Text(p), "\r\n", "\n"), "\ufeff"))
			}
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(got) < 6 {
		t.Errorf("%d selections, want more", len(got))
	}
}

func TestProjectComesBack(t *testing.T) {
	a := codedProject(t, "Alpha,,\n")
	data := projectOfAnalysis(t, a)
	if !bytes.Equal(data, projectOfAnalysis(t, a)) {
		t.Error("the same project is other bytes")
	}
	r, err := a.ImportProject(t.Context(), data, themes.ProjectImport{Name: "p.qdpx", Person: "Cy"})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Taken) > 0 || r.Known != 7 || len(r.Refused) > 0 || len(r.NewThemes) > 0 {
		t.Errorf("into its own record: %+v, want 7 decisions known and nothing else", r)
	}

	fresh := projectAnalysis(t, "Alpha,,\n", projectFiles)
	before := fresh.Codebook
	dry, err := fresh.ImportProject(t.Context(), data, themes.ProjectImport{Name: "p.qdpx", Person: "Cy", DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := decided(t, fresh); len(got) > 0 {
		t.Errorf("a dry run decided %q", got)
	}
	r, err = fresh.ImportProject(t.Context(), data, themes.ProjectImport{Name: "p.qdpx", Person: "Cy"})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(dry, r); d != "" {
		t.Errorf("the dry run said otherwise: %s", d)
	}
	want := slices.DeleteFunc(decided(t, a), func(s string) bool { return strings.Contains(s, " no ") })
	for i := range want { // where nobody gave a reason it says where the coding is from
		if strings.HasSuffix(want[i], " ") {
			want[i] += "coded in p.qdpx"
		}
	}
	if d := cmp.Diff(want, decided(t, fresh)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(len(before.Themes), len(fresh.Codebook.Themes)); d != "" {
		t.Error(d)
	}
	again, err := fresh.ImportProject(t.Context(), data, themes.ProjectImport{Name: "p.qdpx", Person: "Cy"})
	if err != nil || len(again.Taken) > 0 || again.Known != 7 {
		t.Errorf("a second time: %+v, %v", again, err)
	}
}

// TestProjectTellsNothing looks for what may not be told in every byte of the project, and that all of it is counted all the same.
func TestProjectTellsNothing(t *testing.T) {
	a := projectAnalysis(t, "Alpha,Charity,\nQuiet Place,AP providers,anonymous\nHarbour,Union,confidential\n", [][2]string{
		{"Alpha/a.txt", "We wait openly.\nThe whispered tariff.\nQuiet Place funds the timetable.\nHarbour\u00ad folk say delay.\n-- Jo Bloggs, jo@alpha.example"},
		{"Quiet Place/Quiet.txt", "The timetable hurts.\nWe at Quiet Place wait.\nA murmured tariff.\n-- Q. Uiet"},
		{"Harbour/h.txt", "Dreadful delay.\nNothing on it."},
	})
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.Passages {
		if words := s.Text(p); strings.Contains(words, "whispered") || strings.Contains(words, "murmured") {
			if err := a.SetConsent(t.Context(), p.ID, index.Confidential, "Ann"); err != nil {
				t.Fatal(err)
			}
		}
	}
	says(t, a, "Ann", "Dreadful", "pace", true, themes.Oppose, "Harbour is dreadful about it")
	data := projectOfAnalysis(t, a)
	files := entriesOf(t, data)
	for name, text := range files {
		for _, secret := range []string{"Quiet", "Harbour", "readful", "whispered", "murmured", "Bloggs", "jo@", "Q. Uiet", "h.txt", "funds the"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s tells %q:\n%s", name, secret, text)
			}
		}
	}
	var project qdeProject
	if err := xml.Unmarshal([]byte(files["project.qde"]), &project); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, source := range project.Sources.Sources {
		text := []rune(files["Sources/"+strings.TrimPrefix(source.Path, "internal://")])
		for _, x := range source.Selections {
			words := regexp.MustCompile(`P[0-9A-Z]{10}`).ReplaceAllString(string(text[x.Start:x.End]), "P")
			got = append(got, source.Name+": "+words)
		}
	}
	want := []string{
		"Alpha › a.txt: We wait openly.",
		"Alpha › a.txt: [words withheld]", // pace and money: Quiet Place's name stands in it
		"Alpha › a.txt: [words withheld]",
		"Alpha › a.txt: [words withheld]",
		"Anonymous member (AP providers), document 1: The timetable hurts.",
		"Anonymous member (AP providers), document 1: [words withheld]",
		"Confidential member, document 1: [words withheld: P]",
		"Confidential passages: [words withheld: P]",
		"Confidential passages: [words withheld: P]",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	r, err := a.ImportProject(t.Context(), data, themes.ProjectImport{Name: "p.qdpx", Person: "Cy"})
	if err != nil || len(r.Refused) > 0 || len(r.Taken) > 0 || r.Known != 2 {
		t.Errorf("back into the record: %+v, %v", r, err)
	}
}

// An elementRule is what Project.xsd says of a type: its elements in their order, "?" none or one, "*" any number, "+" one or more, and its
// attributes, those with "!" required.
type elementRule struct {
	elements   string
	attributes string
}

const audit = " creatingUser:guid creationDateTime:time modifyingUser:guid modifiedDateTime:time"

// projectSchema are the rules of the REFI-QDA standard 1.5, Project.xsd of 18 March 2019, for the elements that are written.
var projectSchema = map[string]elementRule{
	"Project":            {"Users? CodeBook? Variables? Cases? Sources? Notes? Links? Sets? Graphs? Description? NoteRef*", "name! origin creatingUserGUID:guid creationDateTime:time modifyingUserGUID:guid modifiedDateTime:time basePath"},
	"Users":              {"User+", ""},
	"User":               {"", "guid!:guid name id"},
	"CodeBook":           {"Codes", ""},
	"Codes":              {"Code+", ""},
	"Code":               {"Description? NoteRef* Code*", "guid!:guid name! isCodable!:bool color:colour"},
	"Variables":          {"Variable+", ""},
	"Variable":           {"Description?", "guid!:guid name! typeOfVariable!:type"},
	"VariableValue":      {"VariableRef TextValue?", ""},
	"Cases":              {"Case+", ""},
	"Case":               {"Description? CodeRef* VariableValue* SourceRef* SelectionRef*", "guid!:guid name"},
	"Sources":            {"TextSource+", ""},
	"TextSource":         {"Description? PlainTextContent? PlainTextSelection* Coding* NoteRef* VariableValue*", "guid!:guid name richTextPath plainTextPath" + audit},
	"Note":               {"Description? PlainTextContent? PlainTextSelection* Coding* NoteRef* VariableValue*", "guid!:guid name richTextPath plainTextPath" + audit},
	"PlainTextSelection": {"Description? Coding* NoteRef*", "guid!:guid name startPosition!:integer endPosition!:integer" + audit},
	"Coding":             {"CodeRef NoteRef*", "guid!:guid creatingUser:guid creationDateTime:time"},
	"Notes":              {"Note+", ""},
	"CodeRef":            {"", "targetGUID!:guid"},
	"SourceRef":          {"", "targetGUID!:guid"},
	"NoteRef":            {"", "targetGUID!:guid"},
	"VariableRef":        {"", "targetGUID!:guid"},
	"Description":        {"", ""},
	"TextValue":          {"", ""},
}

var simpleTypes = map[string]*regexp.Regexp{
	"":        regexp.MustCompile(`(?s)^.*$`),
	"guid":    regexp.MustCompile(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`),
	"time":    regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`),
	"bool":    regexp.MustCompile(`^(true|false)$`),
	"colour":  regexp.MustCompile(`^#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})$`),
	"type":    regexp.MustCompile(`^(Text|Boolean|Integer|Float|Date|DateTime)$`),
	"integer": regexp.MustCompile(`^[+-]?\d+$`),
}

// A schemaNode is an element as it was read.
type schemaNode struct {
	XMLName  xml.Name
	Attrs    []xml.Attr   `xml:",any,attr"`
	Children []schemaNode `xml:",any"`
}

// againstSchema lists what a project has that the schema does not allow, and references to what is not there.
func againstSchema(qde string) []string {
	var root schemaNode
	if err := xml.Unmarshal([]byte(qde), &root); err != nil {
		return []string{err.Error()}
	}
	var faults, targets []string
	guids := map[string]int{}
	var walk func(n *schemaNode)
	walk = func(n *schemaNode) {
		name := n.XMLName.Local
		rule, ok := projectSchema[name]
		if !ok || n.XMLName.Space != "urn:QDA-XML:project:1.0" {
			faults = append(faults, "no element "+n.XMLName.Space+" "+name)
			return
		}
		var order []string
		for i := range n.Children {
			order = append(order, n.Children[i].XMLName.Local)
			walk(&n.Children[i])
		}
		pattern := ""
		for _, e := range strings.Fields(rule.elements) {
			times := strings.TrimLeft(e, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
			pattern += "(?:" + strings.TrimSuffix(e, times) + " )" + times
		}
		if found := strings.Join(append(order, ""), " "); !regexp.MustCompile("^" + pattern + "$").MatchString(found) {
			faults = append(faults, fmt.Sprintf("%s has %q, the schema wants %q", name, found, rule.elements))
		}
		given := map[string]string{}
		for _, a := range n.Attrs {
			if a.Name.Local != "xmlns" {
				given[a.Name.Local] = a.Value
			}
		}
		for _, a := range strings.Fields(rule.attributes) {
			key, kind, _ := strings.Cut(a, ":")
			key, required := strings.CutSuffix(key, "!")
			value, there := given[key]
			if !there && required || there && !simpleTypes[kind].MatchString(value) {
				faults = append(faults, fmt.Sprintf("%s: %s is %q", name, key, value))
			}
			delete(given, key)
			if there && key == "guid" {
				guids[value]++
			} else if there && kind == "guid" {
				targets = append(targets, value)
			}
		}
		for key := range given {
			faults = append(faults, name+" has no attribute "+key)
		}
	}
	walk(&root)
	for guid, n := range guids {
		if n > 1 {
			faults = append(faults, fmt.Sprintf("%s stands %d times", guid, n))
		}
	}
	for _, guid := range targets {
		if guids[guid] == 0 {
			faults = append(faults, guid+" is nowhere")
		}
	}
	return faults
}

func TestProjectFollowsTheSchema(t *testing.T) {
	coded := entriesOf(t, projectOfAnalysis(t, codedProject(t, "Alpha,Charity,\nBeta,,anonymous\n")))["project.qde"]
	for name, qde := range map[string]string{
		"coded":               coded,
		"without submissions": entriesOf(t, projectOfAnalysis(t, projectAnalysis(t, "", nil)))["project.qde"],
	} {
		if faults := againstSchema(qde); len(faults) > 0 {
			t.Errorf("%s: %s\n%s", name, strings.Join(faults, "\n"), qde)
		}
	}
	for _, broken := range [][2]string{{"<Users>", "<Cases></Cases><Users>"}, {`isCodable="true"`, `isCodable="yes"`}, {` startPosition="`, ` start="`}, {`<CodeRef `, `<CodeRef x="" `}, {`<Coding guid="`, `<Coding guid="{`}} {
		if faults := againstSchema(strings.Replace(coded, broken[0], broken[1], 1)); len(faults) == 0 {
			t.Errorf("with %q for %q there is no fault", broken[1], broken[0])
		}
	}
}
