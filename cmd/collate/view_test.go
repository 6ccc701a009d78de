package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"collate/index"
	"collate/themes"
	"collate/themes/export"
)

// The person who decides in these tests, and what that person writes for nobody else.
const (
	insider   = "Imogen Insider"
	aside     = "a remark for the team alone"
	rationale = "a reason for the team alone"
)

// decideSome has a person decide every third suggestion, check some positions, write lines, notes and a sign-off.
func decideSome(t *testing.T, an *themes.Analysis) {
	t.Helper()
	r := reportOf(t, an)
	var all []index.Decision
	for i, q := range r.Quotes {
		if i%3 > 0 || q.Member == "Confidential passage" {
			continue
		}
		d := index.Decision{Kind: index.ByPerson, Coder: insider, Act: index.ActTheme, Subject: q.Passage, Theme: q.ThemeID, Value: "yes", Because: rationale}
		if i%15 == 0 {
			d.Value = "no"
		}
		all = append(all, d)
		if stance := []themes.Stance{themes.Support, themes.Conditions, themes.Oppose, "", themes.Mixed}[i/3%5]; stance != "" {
			d.Act, d.Value = index.ActStance, string(stance)
			all = append(all, d)
		}
		d.Act, d.Value, d.Because = index.ActNote, aside, ""
		all = append(all, d)
	}
	if err := an.Decide(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range s.Members {
		theme := r.Themes[i%len(r.Themes)].ID
		if err := an.CheckPosition(t.Context(), m.Name, theme, themes.Who{Coder: insider, Because: rationale}); err != nil {
			continue // it says nothing on it
		}
		if i%4 == 0 {
			p := themes.PositionDecision{Stance: themes.Conditions, Text: "Would agree, with money.", Condition: "with money for it", Coder: insider, Because: rationale}
			if err := an.DecidePosition(t.Context(), m.Name, theme, p); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// told is all that a workbook tells, in whatever part of it, without the marks of XML.
func told(t *testing.T, r *themes.Report) string {
	t.Helper()
	var book, quotes bytes.Buffer
	if err := errors.Join(export.Workbook(&book, r), export.QuotesCSV(&quotes, r)); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(book.Bytes()), int64(book.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	out.Write(quotes.Bytes())
	tags := regexp.MustCompile(`<[^>]*>`)
	for _, part := range z.File {
		f, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString(html.UnescapeString(string(tags.ReplaceAll(text, []byte(" ")))) + html.UnescapeString(string(text)))
	}
	return out.String()
}

// viewOf is the report of a view.
func viewOf(t *testing.T, an *themes.Analysis, a themes.Audience, with themes.View) *themes.Report {
	t.Helper()
	v, err := themes.ViewFor(a, with)
	if err != nil {
		t.Fatal(err)
	}
	r, err := an.ReportFor(t.Context(), v)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestViews(t *testing.T) {
	_, an := runSamples(t)
	t.Run("by theme is read back", func(t *testing.T) { byThemeIsReadBack(t, an) }) // before anything is decided
	decideSome(t, an)
	t.Run("nothing internal", func(t *testing.T) { nothingInternal(t, an) })
	t.Run("nothing of other members", func(t *testing.T) { nothingOfOthers(t, an) })
	t.Run("partial is not read back", func(t *testing.T) { partialIsNotReadBack(t, an) })
}

func nothingInternal(t *testing.T, an *themes.Analysis) {
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	internal := []string{insider, aside, rationale, "because:", "decided by", "Insider"}
	for name, v := range map[string]struct {
		audience themes.Audience
		with     themes.View
		named    bool // members that may be named are
	}{
		"publication":                        {themes.ForPublication, themes.View{}, true},
		"publication, by theme":              {themes.ForPublication, themes.View{ByTheme: true}, true},
		"anonymised":                         {"", themes.View{Anonymous: true}, false},
		"publication, anonymised":            {themes.ForPublication, themes.View{Anonymous: true}, false},
		"anonymised, attributable, by theme": {themes.ForStaff, themes.View{Anonymous: true, Attributable: true, ByTheme: true}, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := viewOf(t, an, v.audience, v.with)
			text := told(t, r)
			for _, secret := range internal {
				if strings.Contains(text, secret) {
					t.Errorf("it tells %q", secret)
				}
			}
			for _, m := range s.Members {
				open := index.Stricter(m.Consent, index.Attributable).Strictness() == 0
				if (!v.named || !open) && strings.Contains(text, m.Name) {
					t.Errorf("it names %s", m.Name)
				}
			}
			for _, sub := range s.Submissions {
				if !v.named && strings.Contains(text, sub.Name) {
					t.Errorf("it names the file %s", sub.Name)
				}
			}
			if len(r.Quotes) == 0 || !strings.Contains(text, "Left out") || !strings.Contains(text, themes.PartialMark) {
				t.Errorf("%d quotes; it does not say what it leaves out", len(r.Quotes))
			}
			onlyConfirmed(t, an, r)
		})
	}
}

// onlyConfirmed checks that a person is behind each quote and each stance of a report.
func onlyConfirmed(t *testing.T, an *themes.Analysis, r *themes.Report) {
	t.Helper()
	people := map[[2]string]bool{}
	err := an.Decisions(t.Context(), func(d *index.Decision) error {
		if d.Kind == index.ByPerson {
			people[[2]string{d.Subject, d.Theme}] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range r.Quotes {
		if !people[[2]string{q.Passage, q.ThemeID}] {
			t.Errorf("%s is only suggested", q.Ref)
		}
	}
	for _, m := range r.Members {
		for _, p := range m.Positions {
			if p.Stance.Told() && !p.Confirmed {
				t.Errorf("%s on %s is only suggested", p.Member, p.Theme)
			}
		}
	}
}

func nothingOfOthers(t *testing.T, an *themes.Analysis) {
	s, err := an.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	reports, skipped, err := an.MemberReports(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(skipped) != 1 || !strings.HasPrefix(skipped[0].Label, "Confidential member") {
		t.Errorf("without a workbook: %v, want the one confidential member", skipped)
	}
	for i, r := range reports {
		own := r.Members[0].Label
		m := s.Member(own)
		if m == nil {
			t.Fatalf("%q is no member's name", own)
		}
		words := ""
		for _, q := range r.Quotes {
			if p := s.Passage(q.Passage); p == nil || s.Submission(p).Member != own || s.Text(p) != q.Words {
				t.Errorf("%s gets words that are not its own: %q", own, q.Words)
			}
			words += q.Words + " "
		}
		if i%8 > 0 { // each takes a while to write and to read
			continue
		}
		text := told(t, r)
		for _, other := range s.Members {
			if other.Name != own && strings.Contains(text, other.Name) && !strings.Contains(words, other.Name) {
				t.Errorf("the workbook of %s names %s", own, other.Name)
			}
		}
		for _, secret := range []string{insider, aside, rationale, "because:"} {
			if strings.Contains(text, secret) {
				t.Errorf("the workbook of %s tells %q", own, secret)
			}
		}
	}
}

func partialIsNotReadBack(t *testing.T, an *themes.Analysis) {
	reports, _, err := an.MemberReports(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []*themes.Report{viewOf(t, an, themes.ForPublication, themes.View{}), viewOf(t, an, "", themes.View{Confirmed: true}), reports[0]} {
		var book, quotes bytes.Buffer
		if err := errors.Join(export.Workbook(&book, r), export.QuotesCSV(&quotes, r)); err != nil {
			t.Fatal(err)
		}
		if _, err := an.ImportWorkbook(t.Context(), book.Bytes(), themes.ReturnOption{By: insider, DryRun: true}); !errors.Is(err, themes.ErrPartial) {
			t.Errorf("%s: the workbook was taken: %v", r.View, err)
		}
		if _, err := an.ImportWorkbook(t.Context(), quotes.Bytes(), themes.ReturnOption{By: insider, DryRun: true}); !errors.Is(err, themes.ErrPartial) {
			t.Errorf("%s: the quotes were taken: %v", r.View, err)
		}
		if r.View.Audience == themes.ForMembers { // it has none
			continue
		}
		d := onDesk(t, book.Bytes())
		for _, hidden := range []string{"Origin", "Lists"} { // neither is needed to know it
			if slices.Contains(d.f.GetSheetList(), hidden) {
				if err := d.f.DeleteSheet(hidden); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, err := an.ImportWorkbook(t.Context(), d.bytes(), themes.ReturnOption{By: insider, DryRun: true}); !errors.Is(err, themes.ErrPartial) {
			t.Errorf("%s: the workbook without its hidden sheets was taken: %v", r.View, err)
		}
	}
}

func byThemeIsReadBack(t *testing.T, an *themes.Analysis) {
	r := viewOf(t, an, themes.ForStaff, themes.View{ByTheme: true})
	var book bytes.Buffer
	if err := export.Workbook(&book, r); err != nil {
		t.Fatal(err)
	}
	d := onDesk(t, book.Bytes())
	if got, want := len(d.f.GetSheetList()), 11+len(r.Themes); got < want {
		t.Errorf("%d sheets, want one for each theme as well: %d", got, want)
	}
	back, err := an.ImportWorkbook(t.Context(), book.Bytes(), themes.ReturnOption{By: insider, DryRun: true})
	if err != nil || len(back.Taken)+len(back.Refused)+len(back.Conflict) > 0 {
		t.Errorf("an unchanged workbook changes something: %+v, %v", back, err)
	}
	rows := 0
	for _, name := range d.f.GetSheetList() {
		got, err := d.f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) > 2 && len(got[2]) > 5 && got[2][0] == "Said by" {
			rows += len(got) - 3
		}
	}
	if rows != len(r.Quotes) {
		t.Errorf("the sheets of the themes have %d rows, want each quote once: %s", rows, fmt.Sprint(len(r.Quotes)))
	}
}
