package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// roleWords are the roles of a table of columns, in short.
var roleWords = map[ColumnRole]string{Identity: "who", Member: "member", Closed: "closed", Multiple: "multiple", Scale: "scale", Hybrid: "hybrid", Open: "open", Ignored: "-"}

func readSurvey(t *testing.T, file string) *Document {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "surveys", file))
	if err != nil {
		t.Fatal(err)
	}
	return mustRead(t, file, string(data))
}

// TestSurveyLayouts reads the export of each survey program. All organisations and people in them are invented.
func TestSurveyLayouts(t *testing.T) {
	for _, tc := range []struct {
		file, layout string
		header       int
		roles        string
		respondent   string // of the first row
		questions    []string
	}{
		{"citizen-space-one-row.csv", "Citizen Space", 1, "who who who who member scale open closed open multiple multiple multiple open open", "ANON-7K0F-HW0D-2", []string{
			"G 4. Do you agree that national standards will improve consistency? - Please explain",
			"I 5. Is the timetable for change right? - Reasons for your answer",
			"M 6. Which of these would help your pupils most? - Other (please specify)",
			"N 7. What should change in alternative provision?"}},
		{"citizen-space-two-rows.xlsx", "Citizen Space", 1, "who who who closed member scale open hybrid open", "BHLF-30QX-AR-8", []string{
			"G 3. To what extent do you support a single national system? – Please give your reasons",
			"H 4. What is your view of tailored lists of settings? – View",
			"I 5. Is there anything else you would like to tell us?"}},
		{"microsoft-forms.xlsx", "Microsoft Forms", 1, "who who who who who closed multiple scale open open open", "1", []string{
			"I How confident are you that the plan will be carried out? (1 is not at all) – Please explain your rating",
			"J What do you think of the pace of reform?",
			"K Any other comments?"}},
		{"smartsurvey.csv", "SmartSurvey", 1, "who who who who who who who who closed multiple multiple multiple open scale scale open open", "148213300", []string{
			"M 2. Which parts of the plan matter most to you?",
			"P 3. How far do you agree with each of these? – 4. Please explain your answers",
			"Q 5. What would make alternative provision work?"}},
		{"qualtrics.csv", "Qualtrics", 1, "who who - who - - - who who who who who who who who - - member scale scale closed open scale open open", "R_1x00KdQeaTz", []string{
			"V Who should lead in each area? - Other (please specify) - Text",
			"X On a scale of 0 to 10, how likely is the plan to help your members? – Why did you give that score?",
			"Y What do you want to see in the national standards?"}},
		{"google-forms.csv", "Google Forms", 1, "who who closed multiple scale scale closed open open", "row 2", []string{
			"H Do you support the plan? – If not, why not?",
			"I What one change would help your family?"}},
		{"surveymonkey.csv", "SurveyMonkey", 1, "who who who who who who who who multiple multiple open closed open", "114320000000", []string{
			"K Which of these have you used?",
			"M What should the plan do about waits?"}},
		{"plain-table.xlsx", "table", 4, "who member closed closed open open", "1", []string{
			"E Position on the plan – Comments",
			"F What should the consortium ask for first?"}},
	} {
		t.Run(tc.file, func(t *testing.T) {
			doc := readSurvey(t, tc.file)
			s := doc.Facts.Surveys[0]
			if s.Layout != tc.layout || s.Header != tc.header || s.Rows != 12 {
				t.Errorf("got %+v, want layout %q, header in row %d and 12 rows", s, tc.layout, tc.header)
			}
			var roles []string
			for _, c := range doc.Facts.Columns {
				roles = append(roles, roleWords[c.Role])
			}
			if diff := cmp.Diff(strings.Join(roles, " "), tc.roles); diff != "" {
				t.Errorf("roles: -got +want\n%s", diff)
			}
			if diff := cmp.Diff(questionsOf(doc), tc.questions); diff != "" {
				t.Errorf("questions: -got +want\n%s", diff)
			}
			if got := doc.Blocks[0].Place.Respondent; got != tc.respondent {
				t.Errorf("respondent: got %q, want %q", got, tc.respondent)
			}
		})
	}
}

// questionsOf gives each column of answers with its question.
func questionsOf(doc *Document) []string {
	var out []string
	for _, b := range doc.Blocks {
		q := columnLetters(b.Place.Column-1) + " " + b.Place.Question
		if !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	slices.Sort(out)
	return out
}

// TestClosedAnswersAreCounted compares with counts made by hand.
func TestClosedAnswersAreCounted(t *testing.T) {
	doc := mustRead(t, "a.csv", strings.Join([]string{
		"ID,Q1 Do you agree?,Q1 Please explain,Q2 Who helped? - School,Q2 Who helped? - NHS,Q3 Is it fair?,Q4 Score,Q5 How often?",
		"1,Yes,They say so and we believe it.,School,,Yes,3,Never",
		"2,No,,School,NHS,\"No, because it is slow for most.\",10,Often",
		"3,Yes,The waits are long and hard.,,NHS,No,3,Never",
		"4,,I would rather not say it here.,School,,Yes,1,Always",
		"5,Yes,,,,\"Yes, if the money comes with it.\",3,Often",
	}, "\n"))
	var got []string
	for _, c := range doc.Facts.Columns {
		if c.Role.Counted() {
			got = append(got, fmt.Sprintf("%s %s %d: %v", c.Letter, c.Role, c.Filled, c.Options))
		}
	}
	want := []string{
		"B closed 4: [{Yes 3} {No 1}]",
		"D multiple choice 3: [{School 3}]",
		"E multiple choice 2: [{NHS 2}]",
		"F hybrid 5: [{Yes 3} {No 2}]",
		"G scale 5: [{1 1} {3 3} {10 1}]",
		"H scale 5: [{Always 1} {Often 2} {Never 2}]",
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
	var choices []string
	for _, b := range doc.Blocks {
		choices = append(choices, fmt.Sprintf("%s%d %s: %s", columnLetters(b.Place.Column-1), b.Place.Row, b.Place.Question, b.Place.Choice))
	}
	want = []string{
		"C2 Q1 Do you agree? – Please explain: Yes", "F2 Q3 Is it fair?: Yes", "F3 Q3 Is it fair?: No", "C4 Q1 Do you agree? – Please explain: Yes",
		"F4 Q3 Is it fair?: No", "C5 Q1 Do you agree? – Please explain: ", "F5 Q3 Is it fair?: Yes", "F6 Q3 Is it fair?: Yes",
	}
	if diff := cmp.Diff(choices, want); diff != "" {
		t.Errorf("choices: -got +want\n%s", diff)
	}
	for _, chosen := range []string{"School", "Never"} {
		if strings.Contains(doc.Text, chosen) {
			t.Errorf("the text has %q, the answer to a closed question", chosen)
		}
	}
}

func TestFollowUps(t *testing.T) {
	const closed = "Q3 Do you agree with the plan?"
	for _, tc := range []struct {
		name, heading, question string
		chosen                  bool
	}{
		{"please explain", "Please explain your answer", closed + " – Please explain your answer", true},
		{"the same number", "Q3 Why?", closed + " – Why?", true},
		{"the same number and a question of its own", "Q3b What would you change in it first of all?", "Q3b What would you change in it first of all?", true},
		{"a number of its own", "Q4 Please give reasons", closed + " – Q4 Please give reasons", true},
		{"comments", "Comments", closed + " – Comments", true},
		{"tell us more", "Tell us more:", closed + " – Tell us more:", true},
		{"if not", "If you disagree, what should be done?", closed + " – If you disagree, what should be done?", true},
		{"another question", "Q4 What do you think of alternative provision?", "Q4 What do you think of alternative provision?", false},
		{"anything else", "Is there anything else you want to tell us?", "Is there anything else you want to tell us?", false},
		{"any other comments", "Any other comments?", "Any other comments?", false},
		{"a request of its own", "Share your experience of waiting for a plan.", "Share your experience of waiting for a plan.", false},
		{"a long explanation", "Please explain how you would pay for it all.", "Please explain how you would pay for it all.", false},
		{"further details", "Give any further details", closed + " – Give any further details", true},
		{"what parents do", "Other families", "Other families", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			grid := gridOf("S", "ID|"+closed+"|"+tc.heading, "1|Yes|We have waited for two years and more.", "2|No|It is not the law that fails us here.", "3|Yes|They should begin with the youngest.")
			s := newSurvey(grid, Hints{})
			c := s.columns[2]
			if c.question != tc.question || (len(c.chosen) > 0) != tc.chosen {
				t.Errorf("got %q after %v, want %q, %v", c.question, c.chosen, tc.question, tc.chosen)
			}
		})
	}
}

func TestHintsSet(t *testing.T) {
	columns := []Column{{Letter: "A", Name: "ID"}, {Letter: "B", Name: "Views"}, {Letter: "C", Name: "Comment"}, {Letter: "D", Name: "Comment"}}
	h := Hints{HeaderRow: 2}
	for _, set := range []struct {
		key  string
		role ColumnRole
		ok   bool
	}{{"B", Closed, true}, {"views", Open, true}, {"D", Hybrid, true}, {"A", Ignored, true}, {"A", "", true}, {"E", Open, false}, {"Nothing", Open, false}} {
		var ok bool
		if h, ok = h.Set(columns, set.key, set.role); ok != set.ok {
			t.Errorf("%s: got %v, want %v", set.key, ok, set.ok)
		}
	}
	if diff := cmp.Diff(h, Hints{HeaderRow: 2, Columns: map[string]ColumnRole{"Views": Open, "D": Hybrid}}); diff != "" {
		t.Errorf("-got +want\n%s", diff)
	}
}

func TestHints(t *testing.T) {
	const text = "Collected in May,,\n,,\nID,Region,Views\n1,East,We wait for far too long.\n2,West,It is a good plan for all.\n"
	for _, tc := range []struct {
		name  string
		hints Hints
		want  []string
		warn  string
	}{
		{"by letter", Hints{Columns: map[string]ColumnRole{"B": Open, "C": Ignored}}, []string{
			"answer 1,  4 2, Region: East", "answer 2,  5 2, Region: West"}, ""},
		{"by heading", Hints{Columns: map[string]ColumnRole{"region": Member}}, []string{
			"answer 1,  4 3, Views: We wait for far too long.", "answer 2,  5 3, Views: It is a good plan for all."}, ""},
		{"another header", Hints{HeaderRow: 4}, []string{"answer row 5,  5 3, We wait for far too long.: It is a good plan for all."}, ""},
		{"what is not there", Hints{HeaderRow: 40, Columns: map[string]ColumnRole{"ZZ": Open}}, []string{
			"answer 1,  4 3, Views: We wait for far too long.", "answer 2,  5 3, Views: It is a good plan for all."}, `There is no column "ZZ", for which a role was set.`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			doc, err := File(WithHints(t.Context(), tc.hints), "a.csv", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(answers(doc), tc.want); diff != "" {
				t.Errorf("-got +want\n%s", diff)
			}
			if warned := slices.ContainsFunc(doc.Warnings, func(w Warning) bool { return w.What == tc.warn }); tc.warn != "" && !warned {
				t.Errorf("got warnings %v, want %q", doc.Warnings, tc.warn)
			}
		})
	}
}
