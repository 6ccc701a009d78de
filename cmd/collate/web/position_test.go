package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestPositionIsDecidedAndTakenBack(t *testing.T) {
	b := open(t, two)
	const at = "/c/plan/cell?member=Ashdown+Autism+Trust&on=national-standards"
	cell := b.get(at, http.StatusOK)
	form := url.Values{"member": {"Ashdown Autism Trust"}, "on": {"national-standards"}, "seen": {field(t, cell, "seen")}, "stance": {"conditions"}, "line": {"Only with <b>money</b>"}, "condition": {"if it is paid for"}}
	page := b.post("/c/plan/position", form, http.StatusOK)
	for _, want := range []string{"Only with &lt;b&gt;money&lt;/b&gt;", "if it is paid for", "set by Ann Officer"} {
		if !strings.Contains(page, want) {
			t.Errorf("the matrix does not hold %q", want)
		}
	}
	form.Set("line", "Mine is newer")
	if page := b.post("/c/plan/position", form, http.StatusConflict); !strings.Contains(page, "decided on this position") || !strings.Contains(page, "Mine is newer") {
		t.Errorf("a stale form was taken:\n%.3000s", page)
	}
	b.post("/c/plan/undo", nil, http.StatusOK)
	if cell := b.get(at, http.StatusOK); strings.Contains(cell, "money") || strings.Contains(cell, "set by") {
		t.Errorf("the position was not taken back:\n%s", cell)
	}
	b.post("/c/plan/redo", nil, http.StatusOK)
	if cell := b.get(at, http.StatusOK); !strings.Contains(cell, "money") {
		t.Error("the position was not decided again")
	}
}

func TestJointLineIsEditedSignedAndTakenBack(t *testing.T) {
	b := open(t, two)
	const at = "/c/plan/joint?theme=national-standards"
	page := b.get(at, http.StatusOK)
	form := url.Values{"theme": {"national-standards"}, "seen": {field(t, page, "seen")}, "line": {"We do not agree with one another."}, "do": {"edit"}}
	if page := b.post("/c/plan/joint", form, http.StatusOK); !strings.Contains(page, "We do not agree with one another.") || !strings.Contains(page, "edited by Ann Officer") {
		t.Errorf("the line is not there:\n%.4000s", page)
	}
	if page := b.post("/c/plan/joint", form, http.StatusConflict); !strings.Contains(page, "decided on the line") {
		t.Error("a stale form was taken")
	}
	sign := url.Values{"theme": {"national-standards"}, "member": {"Brook Parents"}, "state": {"dissents"}, "note": {"never"}}
	if page := b.post("/c/plan/signoff", sign, http.StatusOK); !strings.Contains(page, "1 dissent") {
		t.Errorf("the dissent is not there:\n%.4000s", page)
	}
	b.post("/c/plan/undo", nil, http.StatusOK)
	if page := b.post("/c/plan/undo", nil, http.StatusOK); strings.Contains(page, "edited by") || !strings.Contains(page, "0 dissent") {
		t.Errorf("they were not taken back:\n%.4000s", page)
	}
}
