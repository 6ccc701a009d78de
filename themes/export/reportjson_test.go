package export

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/themes"
)

// jsonFields adds the paths of the fields that a type is written with.
func jsonFields(t reflect.Type, at string, into map[string]bool) {
	switch t.Kind() {
	case reflect.Pointer:
		jsonFields(t.Elem(), at, into)
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Struct {
			jsonFields(t.Elem(), at+"[]", into)
		}
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			switch {
			case f.Anonymous:
				jsonFields(f.Type, at, into)
				continue
			case name == "":
				name = f.Name
			}
			path := strings.TrimPrefix(at+"."+name, ".")
			if f.Type.Kind() != reflect.Struct && !(f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct) {
				into[path] = true
			}
			jsonFields(f.Type, path, into)
		}
	}
}

func TestEveryFieldOfTheReportIsDescribed(t *testing.T) {
	written := map[string]bool{}
	jsonFields(reflect.TypeFor[reportJSON](), "", written)
	page, err := os.ReadFile("JSON.md")
	if err != nil {
		t.Fatal(err)
	}
	described := map[string]bool{}
	for row := range strings.Lines(string(page)) {
		cells := strings.Split(row, "|")
		if len(cells) < 4 {
			continue
		}
		for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[1], -1) {
			described[m[1]] = true
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(described)), slices.Sorted(maps.Keys(written))); diff != "" {
		t.Errorf("described (-) and written (+) fields differ:\n%s", diff)
	}
}

func TestReportJSONHasWhatTheReportHas(t *testing.T) {
	r := report()
	var out bytes.Buffer
	if err := ReportJSON(&out, r); err != nil {
		t.Fatal(err)
	}
	var got reportJSON
	d := json.NewDecoder(&out)
	d.DisallowUnknownFields()
	if err := d.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.Kind != "collate report" || got.Version != 1 || len(got.Themes) != len(r.Themes) || len(got.Members) != len(r.Members) || len(got.Quotes) != len(r.Quotes) {
		t.Errorf("%q version %d: %d themes, %d members, %d quotes", got.Kind, got.Version, len(got.Themes), len(got.Members), len(got.Quotes))
	}
	for i, q := range got.Quotes {
		if q.Words != r.Quotes[i].Words {
			t.Errorf("%s has the words %q, want %q", q.Ref, q.Words, r.Quotes[i].Words)
		}
	}
	for i, x := range got.Themes {
		for _, s := range x.Joint.Stances {
			if diff := cmp.Diff(s.Members, some(r.Themes[i].Joint.Names[s.Stance])); diff != "" {
				t.Error(diff)
			}
		}
	}
}

func TestReportJSONHasNoNull(t *testing.T) {
	var out bytes.Buffer
	if err := ReportJSON(&out, &themes.Report{Themes: []themes.ThemeReport{{}}, Members: []themes.MemberReport{{Submissions: []themes.SubmissionReport{{}}, Positions: []themes.Position{{}}}}, Quotes: []themes.Quote{{}}}); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if strings.Contains(line, "null") && !strings.Contains(line, `"quantity": null`) {
			t.Errorf("a list is null: %s", line)
		}
	}
}

func TestReportExportsAreTheSameEachTime(t *testing.T) {
	for name, write := range map[string]func(io.Writer, *themes.Report) error{"docx": FrameworkDocument, "md": FrameworkMarkdown, "json": ReportJSON} {
		t.Run(name, func(t *testing.T) {
			var first, again bytes.Buffer
			if err := write(&first, report()); err != nil {
				t.Fatal(err)
			}
			if err := write(&again, report()); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first.Bytes(), again.Bytes()) {
				t.Error("the same report gives other bytes")
			}
		})
	}
}
