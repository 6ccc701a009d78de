package claim

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAsks(t *testing.T) {
	type ask struct{ words, actor, action, deadline string }
	tests := []struct {
		text string
		want []ask
	}{
		{"The Department should publish a timetable by September 2023.", []ask{{"The Department should publish a timetable by September 2023", "The Department", "publish a timetable by September 2023", "by September 2023"}}},
		{"We recommend that every school be funded for a SENCO.", []ask{{"every school be funded for a SENCO", "", "be funded for a SENCO", ""}}},
		{"We urge ministers to think again, because families cannot wait.", []ask{{"ministers to think again", "ministers", "think again", ""}}},
		{"The law says that a plan must be issued within 20 weeks.", nil},
		{"Children who need to move school wait longest.", nil},
		{"Should councils be fined?", nil},
		{"The support that they should receive is not there.", nil},
		{"Families have to wait for a year.", nil},
		{"Standards must be set nationally and councils should not be left to choose.", []ask{
			{"Standards must be set nationally", "", "be set nationally", ""},
			{"councils should not be left to choose", "", "not be left to choose", ""}}},
	}
	for _, tt := range tests {
		var got []ask
		for _, a := range Read(tt.text, Context{Year: 2023, Month: 5}).Asks {
			cut := func(s, e int) string { return tt.text[s:e] }
			got = append(got, ask{cut(a.Start, a.End), cut(a.Actor.Start, a.Actor.End), cut(a.Action.Start, a.Action.End), cut(a.Deadline.Start, a.Deadline.End)})
		}
		if d := cmp.Diff(tt.want, got, cmp.AllowUnexported(ask{})); d != "" {
			t.Errorf("%q:\n%s", tt.text, d)
		}
	}
}
