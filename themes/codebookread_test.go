package themes

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// outline is a codebook as "id<parent name colour: description" lines.
func outline(b *Codebook) []string {
	var out []string
	for _, t := range b.Themes {
		out = append(out, strings.TrimSuffix(strings.TrimSpace(t.ID+"<"+t.Parent+" "+t.Name+" "+t.Colour)+": "+t.Description, ": "))
	}
	return out
}

func TestReadQDCOfOtherPrograms(t *testing.T) {
	utf16File := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(`<?xml version="1.0" encoding="utf-16"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="A" name="Coût" isCodable="true"/></Codes></CodeBook>`)) {
		utf16File = append(utf16File, byte(u), byte(u>>8))
	}
	tests := []struct {
		name, text string
		want       []string
		notes      []string
	}{
		{"codes beside sets, as ATLAS.ti has them", `<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:QDA-XML:codebook:0:4 Codebook.xsd" origin="ATLAS.ti" xmlns="urn:QDA-XML:codebook:1.0">
<Codes><Code guid="1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294" name="Late help" color="#46AA00" isCodable="true"><Description>Help that
comes late.</Description></Code></Codes>
<Sets><Set name="Group" guid="ECA18D76-2B8B-4F26-BC1D-19ECA19FB3F0"><Description>Another</Description><MemberCode guid="1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294"/></Set></Sets></CodeBook>`,
			[]string{"late-help< Late help #46aa00: Help that\ncomes late."}, []string{"A set of codes was left out: themes lie under one another instead."}},
		{"no description and an empty Sets, as Taguette", `<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 1"><Codes><Code guid="a" name="interesting" isCodable="true"/><Code guid="b" name="interesting.places" isCodable="true"/></Codes><Sets/></CodeBook>`,
			[]string{"interesting< interesting", "interesting-places< interesting.places"}, nil},
		{"a byte order mark and categories, as QualCoder", "\xef\xbb\xbf" + `<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="a" name="Barriers" isCodable="false"><Description/><Code guid="b" name="Cost" isCodable="true" color="#FF1B98E0"><NoteRef targetGUID="x"/></Code></Code><Code guid="c" name="Aims" isCodable="false"><Code guid="d" name="cost" isCodable="true"/></Code></Codes></CodeBook>`,
			[]string{"barriers< Barriers", "cost<barriers Cost #1b98e0", "aims< Aims", "cost-2<aims cost (Aims)"},
			[]string{"A note on a code was left out; only its description is read.", `Two codes are called "cost"; one is called "cost (Aims)" now.`}},
		{"two bytes a letter", string(utf16File), []string{"cout< Coût"}, nil},
		{"what the standard does not have", `<CodeBook><Codes><Code name="A"><Secret><Code name="B"/></Secret></Code></Codes></CodeBook>`, []string{"a< A", "b<a B"}, []string{`What stands in "Secret" was left out.`}},
		{"a name that is not seen", "<CodeBook><Codes><Code name=\"&#x202e;\"/></Codes></CodeBook>", []string{"theme< theme"}, []string{`A code without a name is called "theme".`}},
		{"headings of somebody else", "<CodeBook><Codes><Code name='A'><Description>Examples:\nnone yet\n\nRules:\n- (broken\n- fine</Description></Code></Codes></CodeBook>", []string{"a< A: Examples:\nnone yet"}, []string{`A rule of "A" cannot be understood and was left out: (broken`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, notes, err := ReadCodebook("x.QDC", []byte(tt.text), Known{})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, outline(b)); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(tt.notes, notes); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestReadQDCRefuses(t *testing.T) {
	deep := strings.Repeat(`<Code name="a">`, 100)
	for name, text := range map[string]string{
		"no whole XML file":     "<CodeBook><Codes>",
		"no CodeBook":           "<html></html>",
		"no code in it":         "<CodeBook><Codes/></CodeBook>",
		"deep in one another":   "<CodeBook><Codes>" + deep,
		"more than 2000 codes":  "<CodeBook><Codes>" + strings.Repeat(`<Code name="a"/>`, 2001) + "</Codes></CodeBook>",
		"larger than a":         strings.Repeat(" ", maxCodebook+1),
		"no whole XML file (XM": "<!DOCTYPE x [<!ENTITY a \"b\">]><CodeBook><Codes><Code name=\"&a;\"/></Codes></CodeBook>",
	} {
		if _, _, err := ReadCodebook("x.qdc", []byte(text), Known{}); !errors.Is(err, ErrCodebookFile) || !strings.Contains(err.Error(), name) {
			t.Errorf("error %v, want one with %q", err, name)
		}
	}
}

// TestReadQDCOfOneName reads as many codes of one name as there may be: it must not take longer the more there are of them.
func TestReadQDCOfOneName(t *testing.T) {
	text := "<CodeBook><Codes>" + strings.Repeat(`<Code name="a"/>`, maxThemes) + "</Codes></CodeBook>"
	b, notes, err := ReadCodebook("x.qdc", []byte(text), Known{Book: parsed(t, "themes: [{id: b}]")})
	if err != nil || len(b.Themes) != maxThemes || len(notes) != maxNotes+1 || b.Themes[maxThemes-1].Name != "a (2000)" || b.Themes[maxThemes-1].ID != "a-2000" {
		t.Errorf("%d themes, %d notes, %v", len(b.Themes), len(notes), err)
	}
}

func FuzzQDC(f *testing.F) {
	f.Add([]byte(`<CodeBook><Codes><Code guid="a" name="A" color="#46AA00"><Description>D` + "\n\nRules:\n- a b\n\ncollate: a, retired" + `</Description><Code name="a"/></Code></Codes><Sets/></CodeBook>`))
	f.Add([]byte("\xff\xfe<\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, _, err := ReadCodebook("x.qdc", data, Known{})
		if err != nil {
			if !errors.Is(err, ErrCodebookFile) {
				t.Fatalf("error %v", err)
			}
			return
		}
		if _, err := ParseCodebook(b.Text(nil)); err != nil { // whatever is read can be kept
			t.Fatal(err)
		}
	})
}

func TestMemoReadsBack(t *testing.T) {
	for _, in := range []Theme{
		{ID: "a", Description: "Plain."},
		{ID: "a", Any: []string{"x", `"y z"`}, None: []string{"n"}, State: ThemeRetired},
		{ID: "a", Description: "Rules:\n- of thumb\n Rules:\n  collate: b", Examples: []string{"one\n\n- two\n  three", "four"}, NonExamples: []string{"five"}},
	} {
		var out Theme
		if broken := out.readMemo(in.Memo()); broken != nil {
			t.Errorf("broken: %q", broken)
		}
		if d := cmp.Diff(in, out, sameThemes()); d != "" {
			t.Errorf("%s\n%s", d, in.Memo())
		}
	}
}

func TestEntriesReadBack(t *testing.T) {
	for _, in := range [][]string{{"a", "b"}, {"", "x"}, {"a\nb\n\nc", "d"}, {" a ", "|b", "|>c", "| d"}, {"\n"}, {"a", "\n\n", ""}} {
		if d := cmp.Diff(in, SplitEntries(JoinEntries(in))); d != "" {
			t.Errorf("%s\n%q", d, JoinEntries(in))
		}
	}
	if d := cmp.Diff([]string{"wait*", `"too slow"`}, SplitEntries("\n  wait*\n\n\"too slow\" \n")); d != "" {
		t.Error(d)
	}
}

// sheet is a workbook of one sheet called Codes.
func sheet(t testing.TB, rows ...[]string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", "Codes"); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		for j, cell := range row {
			name, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStr("Codes", name, cell); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadCodebookOfAWorkbook(t *testing.T) {
	known := Known{Book: parsed(t, "themes:\n  - {id: pace, name: Timelines}\n  - {id: money, name: Funding}\n")}
	tests := []struct {
		name string
		rows [][]string
		want []string
		says string // of the error
	}{
		{"columns in another order and case", [][]string{{"Our codes"}, {}, {"DESCRIPTION", "Parent", "code name", "Color"}, {"What it costs", "", "Funding", "#AABBCC"}, {}, {"", "funding", "Pace", ""}},
			[]string{"money< Funding #aabbcc: What it costs", "pace-2<money Pace"}, ""}, // Pace is not the theme that has its id
		{"no headings", [][]string{{"a", "b"}, {"c", "d"}}, nil, "no sheet has the headings"},
		{"no theme", [][]string{{"Name", "Rules"}}, nil, "sheet Codes: it has no theme under its headings"},
		{"no name", [][]string{{"Rules", "Name"}, {"wait", ""}}, nil, "sheet Codes, cell B2: the theme has no name; write one, or empty the row"},
		{"a name twice", [][]string{{"Name", "Rules"}, {"Pace"}, {"pace"}}, nil, "sheet Codes, cell A3: two themes are called"},
		{"a broken rule", [][]string{{"Name", "Rules"}, {"Pace", "wait\n(late"}}, nil, "sheet Codes, cell B2: line 2:"},
		{"a parent that is not there", [][]string{{"Name", "Under"}, {"Pace", "Nothing"}}, nil, `sheet Codes, cell B2: there is no theme with the id "Nothing"`},
		{"an id with blanks", [][]string{{"ID", "Name"}, {"A b", "Pace"}}, nil, "sheet Codes, cell A2: a theme needs an id of small letters"},
		{"a state that is none", [][]string{{"State", "Name"}, {"gone", "Pace"}}, nil, "sheet Codes, cell A2: a theme's state is active or retired"},
		{"a colour that is none", [][]string{{"Colour", "Name"}, {"red", "Pace"}}, nil, "sheet Codes, cell A2: a colour is written as in"},
		{"a heading twice", [][]string{{"Name", "Rules", "Include"}, {"Pace"}}, nil, "sheet Codes, cell C1: a second column for the same as B1"},
		{"a long name", [][]string{{"Name", "Rules"}, {strings.Repeat("x", 301)}}, nil, "sheet Codes, cell A2: the name is longer than 300 characters"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, _, err := ReadCodebook("codes.xlsx", sheet(t, tt.rows...), known)
			if tt.says != "" {
				if !errors.Is(err, ErrCodebookFile) || !strings.Contains(err.Error(), tt.says) {
					t.Errorf("error %v, want one with %q", err, tt.says)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, outline(b)); d != "" {
				t.Error(d)
			}
		})
	}
	for name, data := range map[string][]byte{"a text": []byte("Name,Rules"), "nothing": nil, "half of one": sheet(t, []string{"Name", "Rules"})[:1000]} {
		if _, _, err := ReadCodebook("codes.xlsx", data, known); !errors.Is(err, ErrCodebookFile) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if _, _, err := ReadCodebook("codes.pdf", nil, known); err == nil || !strings.Contains(err.Error(), ".yaml, .xlsx or .qdc") {
		t.Errorf("error %v", err)
	}
}

func FuzzCodebookXLSX(f *testing.F) {
	f.Add(sheet(f, []string{"ID", "Name", "Rules"}, []string{"a", "A", "b\n|>c"}))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, _, err := ReadCodebook("x.xlsx", data, Known{})
		if err != nil {
			return
		}
		if _, err := ParseCodebook(b.Text(nil)); err != nil {
			t.Fatal(err)
		}
	})
}

func TestImportKeepsWhatPeopleCoded(t *testing.T) {
	a := coded(t, PassageDecision{Passage: "Two", Theme: "ap", Tagged: true})
	ctx := t.Context()
	before := codedOn(t, a, "ap")
	notes, err := a.ImportCodebook(ctx, "dir/codes.xlsx", sheet(t, []string{"Name", "Rules"}, []string{"timelines", "delay"}, []string{"Alternative Provision again", "x"}), false, "Bob", "from Cy")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"ap is not in the file and is retired: 1 decision of people are on it.", "Not in the file, and left out: standards."}
	if d := cmp.Diff(want, notes); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"timelines< timelines", "alternative-provision-again< Alternative Provision again", "ap< Alternative provision"}, outline(a.Codebook)); d != "" {
		t.Error(d)
	}
	tagged(t, a)
	if d := cmp.Diff(before, codedOn(t, a, "ap")); d != "" || a.Codebook.Consultation != "The plan" || a.Source != "codes.xlsx" {
		t.Errorf("%s; consultation %q, source %q", d, a.Codebook.Consultation, a.Source)
	}

	// What a file has no place for stays.
	if _, err := a.ImportCodebook(ctx, "codes.xlsx", sheet(t, []string{"Name", "Colour"}, []string{"Timelines", "#aabbcc"}), true, "Bob", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := a.ImportCodebook(ctx, "codes.qdc", []byte(`<CodeBook><Codes><Code name="Timelines"><Description>When</Description></Code></Codes></CodeBook>`), true, "Bob", ""); err != nil {
		t.Fatal(err)
	}
	if got := a.Codebook.Theme("timelines"); len(got.Any) != 1 || got.Any[0] != "delay" || got.Description != "When" {
		t.Errorf("%+v has lost its rules", got)
	}

	// A renamed code of the tool's own export is known by its mark; a copy of it is another theme.
	id, err := a.Setting(ctx, "id")
	if err != nil {
		t.Fatal(err)
	}
	file := `<CodeBook><Codes><Code guid="new" name="Copy"><Description>collate: timelines</Description></Code><Code guid="` + strings.ToUpper(CodeGUID(id, "timelines")) + `" name="Pace"><Description>When` + "\n\n" + `collate: timelines</Description></Code></Codes></CodeBook>`
	if _, err := a.ImportCodebook(ctx, "nvivo.qdc", []byte(file), true, "Bob", ""); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"timelines< Pace: When", "alternative-provision-again< Alternative Provision again", "ap< Alternative provision", "copy< Copy"}, outline(a.Codebook)); d != "" {
		t.Error(d)
	}

	// A themes file is taken as it is, with its notes.
	if notes, err := a.ImportCodebook(ctx, "t.yaml", []byte("# Ours.\nthemes:\n  - {id: ap, name: AP}\n"), false, "Bob", ""); err != nil || len(notes) != 1 {
		t.Errorf("%q, %v", notes, err)
	}
	if text, err := a.CodebookText(ctx); err != nil || text != "# Ours.\nthemes:\n  - {id: ap, name: AP}\n" {
		t.Errorf("%q, %v", text, err)
	}
}
