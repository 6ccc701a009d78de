package themes

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"collate/index"
)

// zipped is a zip of files, each name before its text.
func zipped(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const foreignHead = `<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="X" origin="%s">
<Users><User guid="{AAAAAAAA-0000-0000-0000-000000000001}" name="Dr Qual"/><User guid="u2" name="collate: rules"/></Users>
<CodeBook><Codes><Code guid="{C0000000-0000-0000-0000-000000000001}" name="Timelines" isCodable="true"/><Code guid="c2" name="Trust" isCodable="true"><Description>In whom</Description></Code>
<Code guid="cs" name="Stance" isCodable="false"><Code guid="c3" name="Stance: oppose" isCodable="true"/><Code guid="c4" name="stance: Support" isCodable="true"/></Code></Codes></CodeBook><Sources>`

// foreign is a project of another program with one text.
func foreign(t testing.TB, origin, name, text, selections string) []byte {
	return zipped(t, "project.qde", fmt.Sprintf(foreignHead, origin)+`<TextSource guid="s1" name="`+name+`" plainTextPath="internal://S1.txt">`+selections+`</TextSource></Sources></Project>`, "sources/s1.TXT", text)
}

func coding(code, at string) string {
	return `<Coding guid="x" creatingUser="aaaaaaaa-0000-0000-0000-000000000001" creationDateTime="` + at + `"><CodeRef targetGUID="` + code + `"/></Coding>`
}

func selection(start, end int, name, codings string) string {
	return fmt.Sprintf(`<PlainTextSelection guid="p" name="%s" startPosition="%d" endPosition="%d">%s</PlainTextSelection>`, name, start, end, codings)
}

const (
	codeTimelines = "c0000000-0000-0000-0000-000000000001"
	laterOn       = "2024-01-02T10:00:00Z"
	earlierOn     = "2020-01-02T10:00:00"
)

// utf16Text is a text in UTF-16 with its byte order mark.
func utf16Text(text string) string {
	out := "\xff\xfe"
	for _, u := range utf16.Encode([]rune(text)) {
		out += string([]byte{byte(u), byte(u >> 8)})
	}
	return out
}

// peopleSaid are the decisions of people on passages, in their order.
func peopleSaid(t testing.TB, a *Analysis) []string {
	t.Helper()
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	if err := a.Decisions(t.Context(), func(d *index.Decision) error {
		if d.Kind == index.ByPerson && (d.Act == index.ActTheme || d.Act == index.ActStance) {
			out = append(out, fmt.Sprintf("%s: %s on %s: %s", d.Coder, firstWord(s.Text(s.Passage(d.Subject))), d.Theme, d.Value))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestImportProjectOfOtherPrograms(t *testing.T) {
	// The record's text is "Emoji 😀 first delay.\n\nSecond words here.\n\nThird."
	file := "Emoji \U0001F600 first delay.\nSecond words here.\nThird."
	text := "Emoji \U0001F600 first delay.\n\nSecond words here.\n\nThird."
	crlf := strings.ReplaceAll(text, "\n", "\r\n")
	both := coding(codeTimelines, laterOn)
	tests := []struct {
		name, origin, source, text, selections string
		want                                   []string
		refused                                []string // what is in the reasons
	}{
		{"code points", "QualCoder", "e", text, selection(22, 40, "", both), []string{"Dr Qual: Second on timelines: yes"}, nil},
		{"UTF-16 units, by the names", "NVivo", "e", text, selection(23, 41, "Second words...", both) + selection(43, 49, "Third.", both), []string{"Dr Qual: Second on timelines: yes", "Dr Qual: Third. on timelines: yes"}, nil},
		{"CR LF as two", "QualCoder", "e", crlf, selection(24, 42, "", both), []string{"Dr Qual: Second on timelines: yes"}, nil},
		{"CR LF as one, by the program", "ATLAS.ti Windows", "e", crlf, selection(22, 40, "", both), []string{"Dr Qual: Second on timelines: yes"}, nil},
		{"a byte order mark", "MAXQDA", "e", "\ufeff" + text, selection(22, 40, "", both), []string{"Dr Qual: Second on timelines: yes"}, nil},
		{"UTF-16 text", "MAXQDA", "e", utf16Text(text), selection(22, 40, "", both), []string{"Dr Qual: Second on timelines: yes"}, nil},
		{"another line width", "MAXQDA", "other", "Emoji \U0001F600\nfirst delay. Second\nwords here. Third.", selection(21, 39, "", both), []string{"Dr Qual: Second on timelines: yes"}, nil},
		{"half of the passage", "X", "e", text, selection(22, 31, "", both), []string{"Dr Qual: Second on timelines: yes"}, nil},
		{"a word in it", "X", "e", text, selection(24, 28, "", both), []string{"Dr Qual: Second on timelines: yes"}, nil},
		{"two passages and a bit of a third", "X", "e", text, selection(0, 43, "", both), []string{"Dr Qual: Emoji on timelines: yes", "Dr Qual: Second on timelines: yes"}, nil},
		{"a new code", "X", "e", text, selection(42, 48, "", coding("c2", laterOn)), []string{"Dr Qual: Third. on trust: yes"}, nil},
		{"a stance beside the theme", "X", "e", text, selection(42, 48, "", both+coding("c3", laterOn)), []string{"Dr Qual: Third. on timelines: yes", "Dr Qual: Third. on timelines: oppose"}, nil},
		{"a stance in a selection of its own", "X", "e", text, selection(42, 48, "", both) + selection(42, 48, "", coding("c4", laterOn)), []string{"Dr Qual: Third. on timelines: yes", "Dr Qual: Third. on timelines: support"}, nil},
		{"two stances", "X", "e", text, selection(42, 48, "", both+coding("c3", laterOn)+coding("c4", laterOn)), []string{"Dr Qual: Third. on timelines: yes"}, []string{"two stances"}},
		{"a suggestion", "X", "e", text, selection(42, 48, "", `<Coding guid="x" creatingUser="u2"><CodeRef targetGUID="c2"/></Coding>`), nil, nil},
		{"outside the text", "X", "e", text, selection(42, 4800, "", both), nil, []string{"positions are not in the text"}},
		{"back to front", "X", "e", text, selection(48, 42, "", both), nil, []string{"positions are not in the text"}},
		{"no number", "X", "e", text, strings.ReplaceAll(selection(42, 48, "", both), `"42"`, `"x"`), nil, []string{"positions are not in the text"}},
		{"between passages", "X", "e", text, selection(40, 42, "", both), nil, []string{"no passage"}},
		{"an unknown code", "X", "e", text, selection(42, 48, "", coding("nowhere", laterOn)), nil, []string{"does not have its code"}},
		{"another text", "X", "e", "Something else altogether, which nobody sent.", selection(0, 9, "", both), nil, []string{"its text is another than that of Alpha/e.txt"}},
		{"nobody's text", "X", "zzz", "Something else.", selection(0, 9, "", both), nil, []string{"no submission has its text or its name"}},
		{"not UTF-8", "X", "e", "\xe9\xe9", selection(0, 1, "", both), nil, []string{"not in UTF-8"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := testAnalysis(t, "Alpha\n", [][2]string{{"Alpha/e.txt", file}})
			r, err := a.ImportProject(t.Context(), foreign(t, tt.origin, tt.source, tt.text, tt.selections), ProjectImport{Name: "x.qdpx", Person: "Cy"})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, peopleSaid(t, a)); d != "" {
				t.Error(d)
			}
			for i, why := range tt.refused {
				if i >= len(r.Refused) || !strings.Contains(r.Refused[i].Why, why) {
					t.Errorf("refused %+v, want one with %q", r.Refused, why)
				}
			}
			if len(r.Refused) > len(tt.refused) {
				t.Errorf("refused %+v, want %d", r.Refused, len(tt.refused))
			}
			if d := cmp.Diff([]string{"timelines", "standards", "ap", "trust"}, a.Codebook.ids()); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestImportProjectKeepsWhatWasDecidedLater(t *testing.T) {
	text := "We support the delay.\n\nNothing else.\n\nAnd more of it."
	a := testAnalysis(t, "Alpha\n", [][2]string{{"Alpha/a.txt", strings.ReplaceAll(text, "\n\n", "\n")}})
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id := func(n int) string { return s.Passages[n].ID }
	for _, d := range []PassageDecision{{Passage: id(0), Theme: "timelines", Tagged: true, Stance: Support, Coder: "Ann"}, {Passage: id(1), Theme: "timelines", Coder: "Ann"}, {Passage: id(2), Theme: "timelines", Coder: "Ann"}} {
		if err := a.DecidePassage(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	data := foreign(t, "X", "a", text, selection(0, 21, "", coding(codeTimelines, earlierOn)+coding("c3", earlierOn))+selection(23, 36, "", coding(codeTimelines, earlierOn))+selection(38, 53, "", coding(codeTimelines, laterOn)))
	r, err := a.ImportProject(t.Context(), data, ProjectImport{Name: "x.qdpx", Person: "Cy"})
	if err != nil {
		t.Fatal(err)
	}
	var whys []string
	for _, x := range r.Refused {
		whys = append(whys, x.Code+": "+x.Why)
	}
	if d := cmp.Diff([]string{"Stance: oppose: a person set another stance later: Support", "Timelines: a person took the passage off the theme later"}, whys); d != "" {
		t.Error(d)
	}
	said := peopleSaid(t, a)
	if d := cmp.Diff([]string{"Dr Qual: And on timelines: yes"}, said[len(said)-1:]); d != "" || r.Known != 1 || len(said) != 5 {
		t.Errorf("%q, %d known: %s", said, r.Known, d)
	}
}

// TestImportProjectOfQualCoder reads codes as QualCoder writes those that others lie in: as a category, and a code of its name in it.
func TestImportProjectOfQualCoder(t *testing.T) {
	a := testAnalysis(t, "Alpha\n", [][2]string{{"Alpha/a.txt", "We wait."}})
	data := zipped(t, "project.qde", `<Project xmlns="urn:QDA-XML:project:1.0" name="X" origin="QualCoder-3.6"><Users><User guid="u" name="default"/></Users><CodeBook><Codes>
<Code guid="1" name="Timelines" isCodable="false"><Code guid="2" name="Timelines" isCodable="true"/><Code guid="3" name="Waits" isCodable="true"/></Code></Codes></CodeBook>
<Sources><TextSource guid="s" name="a.txt" plainTextPath="internal://s.txt">`+selection(0, 8, "", `<Coding guid="x" creatingUser="u"><CodeRef targetGUID="2"/></Coding><Coding guid="y" creatingUser="u"><CodeRef targetGUID="3"/></Coding>`)+`</TextSource></Sources></Project>`, "Sources/s.txt", "We wait.")
	r, err := a.ImportProject(t.Context(), data, ProjectImport{Name: "x.qdpx", Person: "Cy"})
	if err != nil || len(r.Refused) > 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	if d := cmp.Diff([]string{"default: We on timelines: yes", "default: We on waits: yes"}, peopleSaid(t, a)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"Waits"}, r.NewThemes); d != "" {
		t.Error(d)
	}
	if got := a.Codebook.Theme("waits"); got == nil || got.Parent != "timelines" {
		t.Errorf("%+v, want one under timelines", got)
	}
}

func TestImportProjectAddsSources(t *testing.T) {
	a := testAnalysis(t, "Alpha\n", [][2]string{{"Alpha/a.txt", "We wait."}})
	data := foreign(t, "X", "new/one", "A new text.\nWith a second line.", selection(0, 11, "A new text.", coding("c2", laterOn)))
	dry, err := a.ImportProject(t.Context(), data, ProjectImport{Name: "x.qdpx", Person: "Cy", AddSources: true, DryRun: true})
	if err != nil || len(dry.Added) != 1 || len(peopleSaid(t, a)) > 0 || a.Codebook.Theme("trust") != nil {
		t.Fatalf("dry run: %+v, %v", dry, err)
	}
	r, err := a.ImportProject(t.Context(), data, ProjectImport{Name: "x.qdpx", Person: "Cy", AddSources: true})
	if err != nil || len(r.Added) != 1 || r.Added[0].Name != "new › one.txt" {
		t.Fatalf("%+v, %v", r, err)
	}
	if d := cmp.Diff([]string{"Dr Qual: A on trust: yes"}, peopleSaid(t, a)); d != "" {
		t.Error(d)
	}
}

// TestImportProjectFindsWordsInAChangedText reads a text that was edited before it was coded: it is known by its name, and what is coded by
// its words, the ones next to their place where they stand there twice.
func TestImportProjectFindsWordsInAChangedText(t *testing.T) {
	first := "We have read the plan with care and we are grateful that so many people gave their time to it over the year."
	again := "Cafe\u0301 owners wait for a date."
	body := "The delay is long and the families who asked for help in the spring have heard nothing since, as we said to the ministry in May."
	record := strings.Join([]string{first, again, body, again, "The end of it."}, "\n")
	file := "A header that somebody wrote\r\n\r\n" + strings.ReplaceAll(norm.NFC.String(record), "\n", "\r\n\r\n")
	at := strings.LastIndex(file, "Café")
	start := utf8.RuneCountInString(file[:at])
	a := testAnalysis(t, "Alpha\n", [][2]string{{"Alpha/a.txt", record}})
	data := foreign(t, "X", "A.docx", file, selection(start, start+8, "", coding("c2", laterOn))+selection(0, 8, "", coding("c2", laterOn)))
	r, err := a.ImportProject(t.Context(), data, ProjectImport{Name: "x.qdpx", Person: "Cy"})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Sources) != 1 || r.Sources[0].How != "the same name and nearly the same text" {
		t.Errorf("sources %+v", r.Sources)
	}
	if len(r.Refused) != 1 || !strings.Contains(r.Refused[0].Why, "its words do not stand in Alpha/a.txt") {
		t.Errorf("refused %+v", r.Refused)
	}
	s, err := a.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	state, err := a.codings(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	for n, p := range s.Passages {
		c := state.passages[codingKey{p.ID, "trust"}]
		if got, want := c != nil && c.Confirmed, n == 3; got != want {
			t.Errorf("passage %d, %q, is coded: %v, want %v", n, s.Text(p), got, want)
		}
	}
}

func TestCovered(t *testing.T) {
	text := &sourceText{}
	a, b := &index.Passage{ID: "a"}, &index.Passage{ID: "b"}
	text.spans = []passageSpan{{a, 0, 10}, {b, 12, 32}}
	for _, tt := range []struct {
		name       string
		start, end int
		want       string
	}{
		{"all of one", 0, 10, "a"},
		{"half of one", 5, 10, "a"},
		{"a bit of it, and half of the selection", 9, 11, "a"},
		{"a bit of it, and more beside it", 9, 12, ""},
		{"both", 0, 32, "a b"},
		{"one, and less than half of another", 0, 21, "a"},
		{"one, and half of another", 0, 22, "a b"},
		{"nothing", 10, 12, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, p := range text.covered(byteRange{tt.start, tt.end}) {
				got = append(got, p.ID)
			}
			if d := cmp.Diff(tt.want, strings.Join(got, " ")); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestReadProjectRefuses(t *testing.T) {
	codes := fmt.Sprintf(foreignHead, "X")
	for says, data := range map[string][]byte{
		"no whole zip file":    []byte("PK"),
		"no project.qde":       zipped(t, "a.txt", ""),
		"two files in it are":  zipped(t, "project.qde", "", "PROJECT.QDE", ""),
		"no whole XML":         zipped(t, "project.qde", codes),
		"there is no Project":  zipped(t, "project.qde", "<html></html>"),
		"deep in one another":  zipped(t, "project.qde", strings.Repeat("<a>", 100)),
		"more than 10000 user": zipped(t, "project.qde", "<Project><Users>"+strings.Repeat(`<User guid="`+"x"+`"/>`, 1)+usersXML(10_001)+"</Users></Project>"),
		"more than 10000 text": zipped(t, "project.qde", "<Project>"+strings.Repeat("<TextSource/>", 10_001)+"</Project>"),
		"larger than":          bytes.Repeat([]byte{0}, 128<<20+1),
		"is too large":         zipped(t, "project.qde", "<Project>"+strings.Repeat(" ", 64<<20)+"</Project>"),
		"an external entity":   nil,
	} {
		if data == nil {
			says, data = "no whole XML", zipped(t, "project.qde", `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Project name="&a;"/>`)
		}
		if _, err := readProject(data); !errors.Is(err, ErrProjectFile) || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one with %q", err, says)
		}
	}
	damaged := zipped(t, "project.qde", "<Project></Project>")
	at := bytes.LastIndex(damaged, []byte("PK\x01\x02")) + 16 // the checksum
	damaged[at] ^= 1
	if _, err := readProject(damaged); err == nil {
		t.Error("a project with another checksum is read")
	}
}

func usersXML(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<User guid="%d"/>`, i)
	}
	return b.String()
}

func TestSourcesOfManyKinds(t *testing.T) {
	data := zipped(t, "project.qde", `<Project><Sources><PDFSource name="A.pdf"><PDFSelection guid="1"><Representation/></PDFSelection><Representation plainTextPath="internal://r.txt"><PlainTextSelection startPosition="0" endPosition="2"/></Representation></PDFSource>
<TextSource name="B"><PlainTextContent>Inside</PlainTextContent><Coding><CodeRef targetGUID="x"/></Coding></TextSource><TextSource name="C" plainTextPath="relative:///c.txt"/><TextSource name="D" plainTextPath="internal://../../d.txt"/><VideoSource/></Sources><Notes><Note name="n"/></Notes></Project>`, "Sources/r.txt", "Words")
	f, err := readProject(data)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range f.sources {
		got = append(got, fmt.Sprint(s.name, "|", s.text, "|", s.fault, "|", len(s.selections)))
	}
	want := []string{"A.pdf|Words||1", "B|Inside||0", "C||its text is not in the file but beside it|0", "D||its text is missing from the file|0"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if notes := f.notes.sentences(); len(notes) != 4 {
		t.Errorf("notes %q, want 4", notes)
	}
}

// FuzzQDPX reads projects of any bytes, as a zip and as what is in one, and decides by them.
func FuzzQDPX(f *testing.F) {
	f.Add(foreign(f, "ATLAS.ti", "e", "We wait.\r\n\r\nA delay \U0001F600.", selection(0, 8, "We wait.", coding("c2", laterOn))), []byte("x"))
	f.Add([]byte("x"), []byte(fmt.Sprintf(foreignHead, "X")+`<TextSource guid="s"><PlainTextContent>We wait. A delay.</PlainTextContent>`+selection(-3, 7, "", coding("c2", earlierOn))+`</TextSource></Sources></Project>`))
	a := testAnalysis(f, "Alpha\n", [][2]string{{"Alpha/e.txt", "We wait.\nA delay \U0001F600."}})
	record := &projectImporter{Analysis: a}
	if err := record.load(f.Context()); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data, qde []byte) {
		for _, data := range [][]byte{data, zipped(t, "project.qde", string(qde))} {
			file, err := readProject(data)
			i := *record
			i.file, i.opt, i.report = file, ProjectImport{Name: "x.qdpx", Person: "Cy"}, &ProjectReport{Taken: map[string]int{}}
			if err == nil {
				err = i.codes()
			}
			if err != nil {
				if !errors.Is(err, ErrProjectFile) && !errors.Is(err, ErrCodebookFile) {
					t.Fatalf("error %v", err)
				}
				continue
			}
			for _, d := range i.decisions() {
				if i.out.s.Passage(d.Subject) == nil || i.book.Theme(d.Theme) == nil && i.Codebook.Theme(d.Theme) == nil {
					t.Fatalf("decision %+v is on nothing", d)
				}
			}
			for _, x := range i.report.Refused {
				if x.Why == "" || !slices.ContainsFunc(i.report.Sources, func(s ProjectMatched) bool { return s.Name == x.Source }) {
					t.Fatalf("refused %+v", x)
				}
			}
		}
	})
}
