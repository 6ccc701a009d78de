package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// post sends a form and follows to the page that it leads to.
func (b *browser) post(path string, form url.Values, status int) string {
	b.t.Helper()
	r, err := b.http.PostForm(b.base+path, form)
	return b.read(r, err, path, status)
}

// field is the value of a form's hidden field on a page.
func field(t *testing.T, page, name string) string {
	t.Helper()
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("the page has no field %q:\n%.2000s", name, page)
	}
	return m[1]
}

// answered is the form of a review page, with the theme given as the only yes.
func answered(t *testing.T, page, yes, stance string) url.Values {
	form := url.Values{"passage": {field(t, page, "passage")}, "seen": {field(t, page, "seen")}, "yes": {yes}, "stance." + yes: {stance}}
	for _, m := range regexp.MustCompile(`name="shown" value="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		form.Add("shown", m[1])
	}
	return form
}

func TestReviewRecordsAndTakesBack(t *testing.T) {
	b := open(t, two)
	page := b.get("/c/plan/review?member=Ashdown+Autism+Trust", http.StatusOK)
	if !strings.Contains(page, "council boundary") {
		t.Fatalf("the member's passage is not shown:\n%.3000s", page)
	}
	passage := field(t, page, "passage")
	b.post("/c/plan/review?member=Ashdown+Autism+Trust", answered(t, page, "national-standards", "oppose"), http.StatusOK)
	decided := func() string { return b.get("/c/plan/review?passage="+passage, http.StatusOK) }
	if page := decided(); !strings.Contains(page, "decided by Ann Officer") || !regexp.MustCompile(`value="oppose"[^>]*checked`).MatchString(page) {
		t.Errorf("the answer is not there:\n%.6000s", page)
	}
	if cell := b.get("/c/plan/cell?member=Ashdown+Autism+Trust&on=national-standards", http.StatusOK); !strings.Contains(cell, "set by Ann Officer") {
		t.Errorf("the matrix does not have the answer:\n%s", cell)
	}
	b.post("/c/plan/undo", nil, http.StatusOK)
	if page := decided(); strings.Contains(page, "decided by") {
		t.Error("the answer was not taken back")
	}
	b.post("/c/plan/redo", nil, http.StatusOK)
	if page := decided(); !strings.Contains(page, "decided by Ann Officer") {
		t.Error("the answer was not given again")
	}
}

func TestReviewSaysWhatAnotherTabDecided(t *testing.T) {
	b := open(t, two)
	first := b.get("/c/plan/review?member=Brook+Parents", http.StatusOK)
	second := b.get("/c/plan/review?member=Brook+Parents", http.StatusOK)
	b.post("/c/plan/review", answered(t, first, "national-standards", "oppose"), http.StatusOK)
	page := b.post("/c/plan/review", answered(t, second, "timelines", "support"), http.StatusConflict)
	for _, want := range []string{"Somebody decided on this passage", "Ann Officer", "National standards, yes"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q:\n%.5000s", want, page)
		}
	}
	if !regexp.MustCompile(`value="timelines"[^>]*checked`).MatchString(page) {
		t.Error("what was ticked is gone")
	}
	b.post("/c/plan/review", answered(t, page, "timelines", "support"), http.StatusOK) // seen now
}

func TestAcceptInBulkLeavesWhatOthersDecided(t *testing.T) {
	b := open(t, two)
	list := b.get("/c/plan/accept?theme=national-standards&least=0", http.StatusOK)
	ids := regexp.MustCompile(`name="passage" value="([^"]*)"`).FindAllStringSubmatch(list, -1)
	if len(ids) != 2 {
		t.Fatalf("got %d suggestions, want 2:\n%.3000s", len(ids), list)
	}
	page := b.get("/c/plan/review?passage="+ids[0][1], http.StatusOK)
	b.post("/c/plan/review", answered(t, page, "timelines", ""), http.StatusOK)
	form := url.Values{"theme": {"national-standards"}, "seen": {field(t, list, "seen")}, "passage": {ids[0][1], ids[1][1]}}
	said := b.post("/c/plan/accept", form, http.StatusOK)
	if !strings.Contains(said, "1 suggestion confirmed under the name Ann Officer. 1 passage decided by somebody else since") {
		t.Errorf("it says otherwise:\n%.2500s", said)
	}
}
