package check

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"collate/index"
	"collate/index/extract"
	"collate/themes"
)

// fourMembers is a consultation of four members: one that may be named, one union, one anonymous, one confidential; and of the plan that they
// answer.
func fourMembers(t *testing.T) *Record {
	t.Helper()
	ctx := t.Context()
	a, err := themes.Create(ctx, filepath.Join(t.TempDir(), "plan.collate"), themes.Options{Tool: "collate test", Options: index.Options{
		Now: func() time.Time { return time.Date(2023, 5, 19, 12, 0, 0, 0, time.UTC) }, CacheDir: t.TempDir(),
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	members, err := index.ReadMembers([]byte("name,short,type,aliases,domains,consent\nAlpha Trust,AT,Charity,,,attributable\nBeta Union,BU,Union,,,attributable\n" +
		"Gamma House,GH,Charity,,,anonymous\nHidden Hall,HH,Charity,,,confidential\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.SetMembers(ctx, members); err != nil {
		t.Fatal(err)
	}
	for _, file := range [][2]string{
		{"alpha.txt", "Response from Alpha Trust\n\nWe do not believe that the timetable is realistic. Families must not wait longer than 20 weeks, and many wait for a year."},
		{"beta.txt", "Response from Beta Union\n\nEvery school needs a qualified coordinator with time for the work that the law describes."},
		{"gamma.txt", "Response from Gamma House\n\nOur waiting list has doubled since the clinic on the hill was closed to new families, and that is a long time for those who were on it when the doors were shut in the spring of that year.\n\n" +
			"Nobody has said when another will open, and the school nurse comes once a month to see the forty children who are waiting for a first appointment with somebody who can help them at all."},
		{"hidden.txt", "Response from Hidden Hall\n\nOur short breaks service closes in July because the council has stopped paying for it, and no family has been told about that so far."},
	} {
		if _, err := a.Add(ctx, file[0], []byte(file[1])); err != nil {
			t.Fatal(err)
		}
	}
	r, err := Open(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// textDraft is a draft of plain paragraphs; one that begins with "> " is set as a block quotation.
func textDraft(t *testing.T, text string) *Draft {
	t.Helper()
	doc, err := extract.File(context.Background(), "draft.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return NewDraft("draft.txt", []byte(text), doc)
}

func TestQuotations(t *testing.T) {
	r := fourMembers(t)
	for _, row := range []struct {
		name, text string
		want       []string // kind: severity
	}{
		{"verbatim", "Alpha Trust said “many wait for a year”.", []string{"verbatim: fine"}},
		{"out of context", "Alpha Trust said that “the timetable is realistic”.", []string{"out of context: look at"}},
		{"negation", "Alpha Trust said “Families must wait longer than 20 weeks”.", []string{"altered: wrong"}},
		{"wrong speaker", "Beta Union said “Families must not wait longer than 20 weeks”.", []string{"wrong speaker: wrong"}},
		{"given to two", "Alpha Trust and Beta Union both said “Families must not wait longer than 20 weeks”.", []string{"wrong speaker: look at"}},
		{"elision that cuts a negation", "Alpha Trust said “Families must … wait longer than 20 weeks”.", []string{"honest elision: wrong"}},
		{"commas only", "Alpha Trust said “Families must not wait longer than 20 weeks and many wait for a year”.", []string{"altered: look at"}},
		{"anonymous, by its description", "An anonymous charity said “the school nurse comes once a month”.", []string{"verbatim: fine"}},
		{"anonymous, by its name", "Gamma House said “the school nurse comes once a month”.", []string{"confidential: wrong", "verbatim: fine"}},
		{"anonymous, given to another", "Alpha Trust said “the school nurse comes once a month”.", []string{"wrong speaker: wrong"}},
		{"of a passage that names who is not to be named", "It is said that “Our waiting list has doubled since the clinic on the hill was closed”.", []string{"confidential: look at"}},
		{"confidential", "One member said “Our short breaks service closes in July”.", []string{"confidential: wrong"}},
		{"confidential and altered", "One member said “Our short breaks service closed in July because the council has stopped paying for it”.", []string{"confidential: wrong"}},
		{"confidential without marks", "We hear that a short breaks service closes in July because the council has stopped paying for it.", []string{"confidential: wrong"}},
		{"confidential name", "Hidden Hall agrees.", []string{"confidential: wrong"}},
		{"nobody's", "Beta Union said “the railways carry more freight than canals”.", []string{"not found: wrong"}},
		{"from elsewhere", "The Government said “we will publish a full response in the summer of this year”.", []string{"not found: look at"}},
		{"a term", "We call this ‘joint drift’.", []string{"not found: look at"}},
		{"a title", "We answer “Support for Children and Young People with Special Needs”.", []string{"not found: look at"}},
		{"unclosed", "Alpha Trust said “many wait for a year.", []string{"unclosed quotation: wrong"}},
		{"block quotation", "Alpha Trust told us:\n\n> Families must not wait longer than 26 weeks, and many wait for a year.", []string{"altered: wrong"}},
		{"block without marks", "Alpha Trust told us:\n\nFamilies must not wait longer than 26 weeks, and many wait for a year.", []string{"altered: wrong"}},
		{"said by a person of it", "Beta Union agrees. “Many wait for a year”, said Jane Smith, the chief executive of Alpha Trust.", []string{"typographic only: fine"}},
		{"two places", "It is said that “Families must not wait longer than 20 weeks for a qualified coordinator with time for the work”.", []string{"spliced: wrong"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			found, err := quotations(t.Context(), r, textDraft(t, row.text))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range found {
				got = append(got, string(f.Kind)+": "+string(f.Severity))
			}
			if len(got) == 2 && got[1] < got[0] {
				got[0], got[1] = got[1], got[0]
			}
			if d := cmp.Diff(got, row.want); d != "" {
				t.Errorf("-got +want:\n%s%+v", d, found)
			}
		})
	}
}

// TestNothingConfidentialIsTold gives drafts that come near to what is confidential from every side, and looks that the report says no word of it,
// and no name, that the draft does not say.
func TestNothingConfidentialIsTold(t *testing.T) {
	r := fourMembers(t)
	const (
		secret    = "no family has been told about that so far"
		anonymous = "Gamma House"
		hidden    = "Hidden Hall"
	)
	for _, text := range []string{
		"One member said “Our short breaks service closes in July because the council has stopped paying for it”.",
		"“Our short breaks service closes in June because the council has stopped paying for it, and each family has been told”, said Beta Union.",
		"“Our short breaks service […] because the council has stopped paying for it”.",
		"“Every school needs a qualified coordinator and our short breaks service closes in July because the council”.",
		"“short breaks”",
		"“Our waiting list has trebled since the clinic on the hill was closed to new families”, said Alpha Trust.",
		"“Our waiting list has doubled since the clinic on the hill”, said Alpha Trust.",
		"“the council has stopped paying for what the law describes in every school”",
		"A short breaks service closes in July because the council has stopped paying for it.",
	} {
		d := textDraft(t, text)
		report, err := r.Check(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		out, err := json.Marshal(report)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{secret, anonymous, hidden, "hidden.txt", "gamma.txt"} {
			if strings.Contains(string(out), word) {
				t.Errorf("%q tells %q:\n%s", text, word, out)
			}
		}
		for _, f := range report.Findings {
			if f.Source != nil && strings.Contains(f.Source.Words+f.Right, "short breaks service") {
				t.Errorf("%q shows confidential words: %+v", text, f)
			}
		}
	}
}

// TestCheckIsTheSameEachTime looks that two checks give the same bytes.
func TestCheckIsTheSameEachTime(t *testing.T) {
	r := fourMembers(t)
	d := textDraft(t, "Beta Union said “Families must wait longer than 26 weeks, and many wait”. “time for the work that the law says”")
	var out [2]string
	for i := range out {
		report, err := r.Check(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(report)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = string(text)
	}
	if out[0] != out[1] {
		t.Errorf("-first +second:\n%s", cmp.Diff(out[0], out[1]))
	}
}
