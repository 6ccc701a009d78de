package web

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"collate/index"
	"collate/themes"
)

// A browser asks a server for pages as a browser that was let in.
type browser struct {
	t    *testing.T
	base string
	http http.Client
	s    *Server
}

// open makes a consultation of files, by name and text, and a browser that is in.
func open(t *testing.T, submissions map[string]string) *browser {
	t.Helper()
	dir := t.TempDir()
	opt := themes.Options{Tool: "collate test", Options: index.Options{Now: func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) }, CacheDir: filepath.Join(dir, "cache")}}
	path := filepath.Join(dir, "plan.collate")
	an, err := themes.Create(t.Context(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(dir, "in")
	for name, text := range submissions {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := an.AddFolder(t.Context(), os.DirFS(folder), 1); err != nil {
		t.Fatal(err)
	}
	if _, err := an.Tag(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := an.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Options: opt, Person: "Ann Officer", Version: "test", Folder: filepath.Join(dir, "made"), Recent: filepath.Join(dir, "recent.json")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Open(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	served := httptest.NewServer(s.Handler())
	t.Cleanup(func() { served.Close(); s.Close() })
	jar, _ := cookiejar.New(nil)
	b := &browser{t: t, base: served.URL, http: http.Client{Jar: jar}, s: s}
	b.get(strings.TrimPrefix(s.Address(served.URL, "/"), served.URL), http.StatusOK)
	return b
}

// get is a page of a path; its status must be as given.
func (b *browser) get(path string, status int) string {
	b.t.Helper()
	r, err := b.http.Get(b.base + path)
	return b.read(r, err, path, status)
}

func (b *browser) read(r *http.Response, err error, path string, status int) string {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if r.StatusCode != status {
		b.t.Errorf("%s: got status %d, want %d\n%.300s", path, r.StatusCode, status, text)
	}
	return string(text)
}

// two are submissions of two members that disagree.
var two = map[string]string{
	"Ashdown Autism Trust/response.txt": "National standards\n\nWe support national standards for special educational needs, because what a child receives should not depend on the side of a council boundary on which the family happens to live.\n",
	"Brook Parents/letter.txt":          "We do not agree with national standards as they are proposed in the plan, and we oppose the tailored list of schools that families would be given.\n",
}

func TestPagesShow(t *testing.T) {
	b := open(t, two)
	for _, tt := range []struct{ path, has string }{
		{"/", "/c/plan/"},
		{"/c/plan/", "Where members stand"},
		{"/c/plan/matrix", "Ashdown Autism Trust"},
		{"/c/plan/matrix?view=colours", "matrix colours"},
		{"/c/plan/cell?member=Ashdown+Autism+Trust&on=national-standards", "a council boundary"},
		{"/c/plan/matrix?member=Ashdown+Autism+Trust&on=national-standards", "Copy with reference"},
	} {
		if text := b.get(tt.path, http.StatusOK); !strings.Contains(text, tt.has) {
			t.Errorf("%s does not hold %q:\n%.2000s", tt.path, tt.has, text)
		}
	}
	for _, tt := range []struct{ path, has string }{
		{"/c/plan/search", "Search every submission"},
		{"/c/plan/search?q=standards", "2 passages of 2 members"},
		{"/c/plan/search?q=standards&f=member%3A%22Brook+Parents%22", "1 passage of 1 member"},
		{"/c/plan/search?q=standards&view=lines", `<table class="lines">`},
		{"/c/plan/search?q=tailored&silent=yes", "Answered and say nothing of it (1)"},
		{"/c/plan/search?q=%28standards", "cannot be understood"},
		{"/c/plan/search?q=standrads", "standards"},
		{"/c/plan/search.csv?q=standards", "council boundary"},
		{"/c/plan/submission?name=Brook+Parents%2Fletter.txt&q=tailored", "<mark>tailored</mark>"},
		{"/c/plan/original?name=Brook+Parents%2Fletter.txt", "We do not agree"},
		{"/c/plan/help", "NEAR/8"},
		{"/c/plan/members", "2 of 2 answered"},
		{"/c/plan/add", "Could not be read"},
		{"/c/plan/settings", "almost all"},
		{"/c/plan/audit", "Nobody has decided anything yet"},
	} {
		if text := b.get(tt.path, http.StatusOK); !strings.Contains(text, tt.has) {
			t.Errorf("%s does not hold %q:\n%.3000s", tt.path, tt.has, text)
		}
	}
	b.get("/c/plan/nothing", http.StatusNotFound)
	b.get("/c/other/", http.StatusNotFound)
}

func TestOnlyThisBrowserIsLetIn(t *testing.T) {
	b := open(t, two)
	stranger := &browser{t: t, base: b.base}
	if text := stranger.get("/c/plan/matrix", http.StatusForbidden); strings.Contains(text, "Ashdown") {
		t.Error("a stranger reads a member's name")
	}
	address := strings.TrimPrefix(b.s.Address(b.base, "/c/plan/"), b.base)
	jar, _ := cookiejar.New(nil)
	first := &browser{t: t, base: b.base, http: http.Client{Jar: jar}}
	first.get(address, http.StatusOK)
	stranger.get(address, http.StatusForbidden) // it works once

	for _, host := range []string{"evil.example", "127.0.0.1.evil.example:80"} {
		r, _ := http.NewRequest(http.MethodGet, b.base+"/", nil)
		r.Host = host
		answer, err := b.http.Do(r)
		b.read(answer, err, host, http.StatusMisdirectedRequest)
	}
	r, _ := http.NewRequest(http.MethodPost, b.base+"/c/plan/matrix", nil)
	r.Header.Set("Origin", "https://evil.example")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	answer, err := b.http.Do(r)
	b.read(answer, err, "a post from another site", http.StatusForbidden)
}

func TestEveryAnswerHasThePolicy(t *testing.T) {
	b := open(t, two)
	for _, path := range []string{"/", "/c/plan/", "/static/app.css", "/nothing"} {
		r, err := b.http.Get(b.base + path)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if got := r.Header.Get("Content-Security-Policy"); got != policy {
			t.Errorf("%s: got policy %q", path, got)
		}
		if r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may be sniffed", path)
		}
	}
}

func TestWhatMembersWroteStaysText(t *testing.T) {
	const hostile = `<img src=x onerror=alert(1)><script>alert(2)</script>"'`
	b := open(t, map[string]string{
		`Evil 'quoted' & Co/"letter" .txt`: "We support national standards for special educational needs " + hostile + " and think every school should meet them within a year of the plan being agreed.\n",
	})
	for _, path := range []string{"/", "/c/plan/", "/c/plan/matrix", "/c/plan/cell?member=Evil+%27quoted%27+%26+Co&on=national-standards", "/c/plan/matrix?type=%22%3E%3Cscript%3E&theme=%3Cb%3E", "/c/plan/?told=%3Cscript%3E", "/c/plan/search?q=onerror&f=%3Cscript%3E&like=", "/c/plan/search?q=standards", "/c/plan/submission?name=Evil+%27quoted%27+%26+Co%2F%22letter%22+.txt&q=%3Cscript%3E"} {
		if text := b.get(path, http.StatusOK); strings.Contains(text, "<img") || strings.Contains(text, "<script>") {
			t.Errorf("%s: markup of a member came through:\n%.3000s", path, text)
		}
	}
}

func TestExportsAreFiles(t *testing.T) {
	b := open(t, two)
	if got := b.get("/c/plan/export/themes.xlsx", http.StatusOK); !strings.HasPrefix(got, "PK") {
		t.Errorf("the workbook is no workbook: %.20q", got)
	}
	b.get("/c/plan/export/other.exe", http.StatusNotFound)
}
