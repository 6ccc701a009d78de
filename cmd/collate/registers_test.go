package main

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"collate/index"
	"collate/samples"
	"collate/themes"
)

// A register is a sheet of the example's workbook with the record it was made from.
type register struct {
	*testing.T
	s    *index.Snapshot
	f    *excelize.File
	read *themes.ClaimReader
}

// open reports whether a passage's words may be shown, told without the code that writes the sheets: the example has one confidential
// member, and one that is anonymous and nobody names.
func (r register) open(p *index.Passage) bool {
	return r.s.Consent(p) != index.Confidential && !regexp.MustCompile(`(?i)harbour family`).MatchString(r.s.Whole(p))
}

// said are the words of all passages that may be shown, in one line each.
func (r register) said() string {
	var b strings.Builder
	for _, p := range r.s.Passages {
		if r.open(p) {
			b.WriteString(fold(r.s.Text(p)) + "\n")
		}
	}
	return b.String()
}

// TestRegistersAreOfTheRecord counts again what the sheets of asks, figures, questions and shared text say, and looks up their words.
func TestRegistersAreOfTheRecord(t *testing.T) {
	found, an := runSamples(t)
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(found.Workbook)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for name, check := range map[string]func(register){"asks": checkAsks, "figures": checkFigures, "questions": checkQuestions, "shared text": checkShared, "links": checkLinks} {
		t.Run(name, func(t *testing.T) { check(register{t, s, f, themes.NewClaimReader(s)}) })
	}
}

func checkAsks(r register) {
	want, said := 0, r.said()
	for _, p := range r.s.Passages {
		if p.Codable() && r.open(p) {
			want += len(r.read.Read(p).Asks)
		}
	}
	got := 0
	for _, row := range table(r.T, r.f, "Asks", "Who is asked") {
		got += len(strings.Split(row["Where it stands"], "\n"))
		if n := len(strings.Split(row["Who asks"], "\n")); strconv.Itoa(n) != row["Members"] {
			r.Errorf("%q: %s members and %d names", row["What is asked"], row["Members"], n)
		}
		for i, words := range strings.Split(row["What is asked"], "\n") {
			if i > 0 {
				_, words, _ = strings.Cut(words, ": ")
			}
			if !strings.Contains(said, words) {
				r.Errorf("nobody wrote %q", words)
			}
		}
	}
	if got != want {
		r.Errorf("%d asks stand in the sheet, %d in the passages", got, want)
	}
}

func checkFigures(r register) {
	var want, got []string
	said := r.said()
	for _, p := range r.s.Passages {
		if p.Codable() && r.open(p) {
			for _, f := range r.read.Read(p).Figures {
				want = append(want, fold(r.s.Text(p)[f.Start:f.End]+" "+f.Unit))
			}
		}
	}
	for _, row := range table(r.T, r.f, "Evidence figures", "Figure") {
		got = append(got, row["Figure"])
		if !strings.Contains(said, row["Source as given"]) {
			r.Errorf("nobody gives the source %q", row["Source as given"])
		}
		if no := row["Source as given"] == "" && row["Reference"] == ""; no != strings.Contains(row["Look at"], "No source is given.") {
			r.Errorf("%s of %s: %q, with the source %q", row["Figure"], row["Member"], row["Look at"], row["Source as given"])
		}
		if strings.Contains(row["Look at"], "Different") != (row["Other figures for it"] != "") {
			r.Errorf("%s of %s: %q, other figures %q", row["Figure"], row["Member"], row["Look at"], row["Other figures for it"])
		}
	}
	if len(got) != len(want) {
		r.Errorf("%d figures, want %d", len(got), len(want))
	}
	slices.Sort(got)
	slices.Sort(want)
	for i := range min(len(got), len(want)) {
		if !strings.HasPrefix(want[i], got[i]) {
			r.Fatalf("figure %q, want %q", got[i], want[i])
		}
	}
}

func checkQuestions(r register) {
	members, passages := map[string]map[string]bool{}, map[string]int{}
	for _, p := range r.s.Passages {
		id := p.Question
		if id == "" {
			id = "none"
		}
		if members[id] == nil {
			members[id] = map[string]bool{}
		}
		members[id][r.s.Submission(p).Member] = true
		passages[id]++
	}
	quotes := table(r.T, r.f, "Quotes", "Ref")
	surveys := 0
	for _, row := range table(r.T, r.f, "Questions", "Question") {
		id := row["Question"]
		if id == "survey" {
			surveys++
			r.chosenAgain(row)
			continue
		}
		if got, want := row["Members"]+" "+row["Passages"], fmt.Sprint(len(members[id]), " ", passages[id]); got != want {
			r.Errorf("%s: members and passages %s, want %s", id, got, want)
		}
		fed := map[string]int{}
		for _, q := range quotes {
			if q["Question"] == id || q["Question"] == "" && id == "none" {
				fed[q["Theme"]]++
			}
		}
		got := map[string]int{}
		for _, m := range regexp.MustCompile(`(?m)^(.*): \d+ members?, (\d+) passages?$`).FindAllStringSubmatch(row["Themes it feeds"], -1) {
			got[m[1]], _ = strconv.Atoi(m[2])
		}
		if diff := cmp.Diff(got, fed); diff != "" {
			r.Errorf("%s feeds (-got +want):\n%s", id, diff)
		}
	}
	if surveys != 3 {
		r.Errorf("%d closed questions, the example's survey has 3", surveys)
	}
}

// chosenAgain counts the answers to a closed question in the survey's own file.
func (r register) chosenAgain(row map[string]string) {
	r.Helper()
	file, err := samples.SendAPPlan().Open(path.Join("submissions", row["Found in"]))
	if err != nil {
		r.Fatal(err)
	}
	defer file.Close()
	survey, err := excelize.OpenReader(file)
	if err != nil {
		r.Fatal(err)
	}
	defer survey.Close()
	rows, err := survey.GetRows(survey.GetSheetName(0))
	if err != nil {
		r.Fatal(err)
	}
	asked, _, _ := strings.Cut(row["Text"], " (asked by ")
	col := slices.Index(rows[0], asked)
	if col < 0 {
		r.Fatalf("the survey does not ask %q", asked)
	}
	want := map[string]int{}
	for _, x := range rows[1:] {
		if col < len(x) && x[col] != "" {
			want[x[col]]++
		}
	}
	_, list, _ := strings.Cut(row["Chosen answers"], ". ")
	got := map[string]int{}
	for option := range strings.SplitSeq(list, "; ") {
		at := strings.LastIndex(option, ": ")
		got[option[:at]], _ = strconv.Atoi(option[at+2:])
	}
	if diff := cmp.Diff(got, want); diff != "" {
		r.Errorf("%s (-got +want):\n%s", asked, diff)
	}
}

func checkShared(r register) {
	said := r.said()
	members := map[string]map[string]bool{}
	rows := table(r.T, r.f, "Shared text", "Shared text")
	for _, row := range rows {
		id := row["Shared text"]
		if members[id] == nil {
			members[id] = map[string]bool{}
		}
		members[id][row["Member"]] = true
		for own := range strings.SplitSeq(row["Own words"], "\n") {
			if own = strings.TrimSuffix(strings.TrimPrefix(own, "“"), "”"); !strings.Contains(said, own) {
				r.Errorf("nobody wrote %q", own)
			}
		}
		if text := strings.TrimSuffix(row["Text"], " …"); text == "" || !strings.Contains(said, text) {
			r.Errorf("nobody wrote %q", text)
		}
	}
	for _, row := range rows {
		n := len(members[row["Shared text"]])
		if row["Members"] != strconv.Itoa(n) || row["Counts as"] != fmt.Sprintf("%d responses, 1 text", n) {
			r.Errorf("shared text %s: %s members, counts as %q, want %d", row["Shared text"], row["Members"], row["Counts as"], n)
		}
	}
	if len(members) != 5 { // the letter that three parents' groups sent
		r.Errorf("%d shared texts, want 5", len(members))
	}
}

// checkLinks finds for each link the quote of its passage.
func checkLinks(r register) {
	refs := map[string]bool{}
	for _, q := range table(r.T, r.f, "Quotes", "Ref") {
		refs[q["Ref"]] = true
	}
	for sheet, head := range map[string]string{"Asks": "Who is asked", "Evidence figures": "Figure", "Shared text": "Shared text"} {
		links := 0
		for _, row := range table(r.T, r.f, sheet, head) {
			if row["Quote"] == "" {
				continue
			}
			if links++; !refs[row["Quote"]] {
				r.Errorf("%s: no quote %s", sheet, row["Quote"])
			}
		}
		if links < 10 {
			r.Errorf("%s has %d links", sheet, links)
		}
	}
}
