package extract

import (
	"slices"
	"strings"
)

// A surveyLayout is how one survey program writes its export: the headings that only it writes, and the columns that it adds
// to the questions. Headings are folded.
type surveyLayout struct {
	name     string
	marks    []string // these must all be there; "a|b" is either
	identity string   // parted by blanks
	ignored  string
}

// What no program is known by, and the one that is known by its third row too.
const (
	tableLayout = "table"
	qualtrics   = "Qualtrics"
	googleForms = "Google Forms"
)

// layouts are looked for in this order: the plainer a mark, the later.
var layouts = []surveyLayout{
	{
		name: qualtrics, marks: []string{"responseid", "startdate|recordeddate|finished|progress"},
		identity: "startdate enddate recordeddate responseid ipaddress recipientlastname recipientfirstname recipientemail externalreference externaldatareference locationlatitude locationlongitude",
		ignored:  "status responsetype progress durationinseconds finished distributionchannel userlanguage qrecaptchascore qrelevantidduplicate qrelevantidduplicatescore qrelevantidfraudscore qballotboxstuffing",
	},
	{
		name: "SmartSurvey", marks: []string{"userid", "userno|uniqueid|trackingid"},
		identity: "userid userno name email ip ipaddress uniqueid trackingid started ended start end datestarted dateended collector collectorname trackinglink device referrer",
		ignored:  "completed status timetaken language score percentagescore",
	},
	{
		name: "SurveyMonkey", marks: []string{"respondentid"},
		identity: "respondentid collectorid startdate enddate datecreated datemodified ipaddress emailaddress firstname lastname",
		ignored:  "customdata1 customvariable1 collectionmode responsestatus",
	},
	{
		name: "Microsoft Forms", marks: []string{"id", "starttime", "completiontime"},
		identity: "id starttime completiontime email name lastmodifiedtime",
		ignored:  "totalpoints quizfeedback gradepostedtime language",
	},
	{
		name: "Citizen Space", marks: []string{"responseid", "submitteddate|datesubmitted|submissiondate|submittedat|submitted"},
		identity: "responseid submitteddate datesubmitted submissiondate submittedat submitted receiveddate",
		ignored:  "status provenance analysisstatus analystnotes tags",
	},
	{name: googleForms, marks: []string{"timestamp"}, identity: "timestamp emailaddress username", ignored: "score"},
}

// layoutOf tells the program that wrote a header row; nil when none is known by it.
func layoutOf(row sheetRow) *surveyLayout {
	there := map[string]bool{}
	for _, cell := range row.cells {
		if key := foldHeading(cell); key != "" {
			there[key] = true
		}
	}
	for i := range layouts {
		l := &layouts[i]
		if len(there) > 1 && l.isMarked(there) && (l.name != googleForms || foldHeading(row.cell(0)) == "timestamp") {
			return l
		}
	}
	return nil
}

func (l *surveyLayout) isMarked(there map[string]bool) bool {
	return !slices.ContainsFunc(l.marks, func(mark string) bool {
		return !slices.ContainsFunc(strings.Split(mark, "|"), func(name string) bool { return there[name] })
	})
}

func layoutNamed(name string) *surveyLayout {
	i := slices.IndexFunc(layouts, func(l surveyLayout) bool { return l.name == name })
	return &layouts[i]
}

// maxOwnHeading is longer than any heading that a survey program writes of its own accord.
const maxOwnHeading = 60

// foldHeading makes "User ID", "UserID" and "user_id" the same; "" for what is too long to be a program's own heading.
func foldHeading(s string) string {
	if len(s) > maxOwnHeading {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if !wordRune(r) {
			return -1
		}
		return r
	}, strings.ToLower(s))
}

// ownRole is the role of a column that the program adds itself, by the heading in its first row; or "".
func (l *surveyLayout) ownRole(heading string) ColumnRole {
	if l == nil {
		return ""
	}
	key := foldHeading(heading)
	switch {
	case l.name == "Microsoft Forms" && (strings.HasPrefix(heading, "Points - ") || strings.HasPrefix(heading, "Feedback - ")):
		return Ignored // of a quiz
	case key == "":
		return ""
	case slices.Contains(strings.Fields(l.identity), key):
		return Identity
	case slices.Contains(strings.Fields(l.ignored), key):
		return Ignored
	}
	return ""
}

func (l *surveyLayout) title() string {
	if l == nil {
		return tableLayout
	}
	return l.name
}
