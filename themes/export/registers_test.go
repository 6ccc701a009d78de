package export

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/themes"
)

func TestRegisterRows(t *testing.T) {
	f := read(t, write(t, report()))
	for sheet, want := range map[string][]string{
		"Asks": {
			"Department for Education|publish a timetable\nAssociation of Vale SENCOs: publish its timetable|Ashdown Deaf Learners' Alliance: by July 2027|2|Ashdown Deaf Learners' Alliance\nAssociation of Vale SENCOs|Timelines",
			"Department for Education|stop it||1|Brackley Teachers' Union",
		},
		"Evidence figures": {
			"46 per cent|teachers feel prepared||Different figures for one thing (1).|64 per cent, Brackley Teachers' Union (Adams, 2023)|Adams, 2023",
			"64 per cent|teachers feel prepared||Different figures for one thing (1).|46 per cent, Ashdown Deaf Learners' Alliance (Adams, 2023)|Adams, 2023",
			"£70 million|teachers feel prepared||No source is given.",
		},
		"Questions": {
			"Q1|What do you think of the timetable?|3|4|Timelines: 2 members, 3 passages||4 passages by the question's number",
			"none|No plain sign of a question|1|2",
			"survey|How long? (asked by Ashdown Deaf Learners' Alliance)||||5 answers. A year: 3; More: 2",
			"survey|Confidential member (confidential: counted, not quoted)||||7 answers",
		},
		"Shared text": {
			"1|shared by members|Families have waited long enough for what the plan promises them and it is time that somebody acted.|2|2 responses, 1 text|Ashdown Deaf Learners' Alliance|word for word",
			"1|shared by members|Families have waited long enough for what the plan promises them and …|2|2 responses, 1 text|Association of Vale SENCOs|82 in 100 words|“Our forty nurseries agree”",
			"1|shared by members|Families have waited long enough for what the plan promises them and …|2|2 responses, 1 text|Confidential member|confidential: counted, not quoted",
			"2|from a template: letter.docx|Dear Minister|1|1 response, no text of a member's own|Brackley Teachers' Union|word for word",
		},
	} {
		var got []string
		for i, row := range rows(t, f, sheet)[headRow:] {
			if i < len(want) {
				row = row[:min(len(row), strings.Count(want[i], "|")+1)]
			}
			got = append(got, strings.Join(row, "|"))
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", sheet, diff)
		}
	}
}

// What rules found in all passages is told to nobody but staff.
func TestRegistersStayInside(t *testing.T) {
	for name, view := range map[string]themes.View{"outside": {Outside: true}, "confirmed": {Confirmed: true}, "attributable": {Attributable: true}} {
		r := report()
		r.View = view
		for _, sheet := range read(t, write(t, r)).GetSheetList() {
			for _, register := range registerSheets {
				if sheet == register {
					t.Errorf("%s: the workbook has the sheet %s", name, sheet)
				}
			}
		}
	}
}
