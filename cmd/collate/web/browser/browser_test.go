package main

import (
	_ "embed"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

//go:embed testdata/axe.min.js
var axe string

// made is the program and the example consultation, which every test copies.
var made struct{ browser, program, record string }

func TestMain(m *testing.M) {
	flag.Parse()
	if made.browser = findBrowser(); made.browser == "" {
		fmt.Printf("skipped: there is no browser (%s) on this machine\n", strings.Join(browsers, ", "))
		return
	}
	dir, err := os.MkdirTemp("", "collate-browser-*")
	if err == nil {
		made.program, err = build(dir)
	}
	if err == nil {
		made.record = filepath.Join(dir, "send-ap-plan.collate")
		err = demo(made.program, dir)
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	status := m.Run()
	os.RemoveAll(dir)
	os.Exit(status)
}

// begin opens the pages of a fresh copy of the example.
func begin(t *testing.T) *tab {
	t.Helper()
	record := filepath.Join(t.TempDir(), "send-ap-plan.collate")
	data, err := os.ReadFile(made.record)
	if err == nil {
		err = os.WriteFile(record, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := serve(made.program, record)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.stop)
	b, err := s.browse(made.browser)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.stop)
	return b
}

// must stops the test at an error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// said is the value of an expression on the page.
func said[T any](t *testing.T, b *tab, expression string) T {
	t.Helper()
	v, err := ask[T](b, expression)
	must(t, err)
	return v
}

// pages are every page and state that is looked at for all: its path under the consultation.
func pages() []string {
	var out []string
	for _, p := range pictures {
		out = append(out, p[1])
	}
	return append(out, "search?q=%28standards", "search?q=nothingatall", "search?q=funding&silent=yes", "nothing", "undo")
}

func TestAxeFindsNothing(t *testing.T) {
	b := begin(t)
	for _, dark := range []bool{false, true} {
		must(t, b.dark(dark))
		for _, path := range pages() {
			must(t, b.open(path))
			must(t, b.do(chromedp.Evaluate[chromedp.Void](axe)))
			found := said[[]string](t, b, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => r.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + " | " + (n.any[0] || n.all[0] || n.none[0] || {}).message).join(" ;; ")))`)
			if n := said[int](t, b, `axe.run(document).then(r => r.passes.length)`); n < 10 {
				t.Errorf("%s (dark %v): axe looked at %d things only", path, dark, n)
			}
			for _, f := range found {
				t.Errorf("%s (dark %v): %s", path, dark, f)
			}
		}
	}
}

func TestNothingIsLostOnSmallScreens(t *testing.T) {
	b := begin(t)
	for _, size := range [][2]int64{{320, 640}, {341, 192}} { // the second is 1366 x 768 at 400 %
		must(t, b.do(chromedp.EmulateViewport(size[0], size[1])))
		for _, path := range pages() {
			must(t, b.open(path))
			if wide := said[int](t, b, `document.documentElement.scrollWidth`); wide > int(size[0]) {
				at := said[[]string](t, b, fmt.Sprintf(`[...document.querySelectorAll("main *, header *")].filter(x => x.getBoundingClientRect().right > %d && !x.closest(".scroll")).slice(0, 4).map(x => x.outerHTML.slice(0, 120))`, size[0]))
				t.Errorf("%q at %d px is %d px wide: %q", path, size[0], wide, at)
			}
		}
	}
}

func TestTwentyPassagesByKeys(t *testing.T) {
	b := begin(t)
	must(t, b.open("review"))
	for i := range 20 {
		before := said[string](t, b, `document.querySelector("[name=passage]").value`)
		keys := []string{"1", "s", kb.Enter}
		if i%2 == 1 {
			keys = []string{"2", "o", kb.Enter}
		}
		for _, k := range keys {
			must(t, b.do(chromedp.KeyEvent(k)))
		}
		must(t, b.do(chromedp.WaitReady(fmt.Sprintf(`input[name=passage]:not([value=%q])`, before))))
	}
	if got := said[string](t, b, `document.querySelector(".progress").innerText`); !strings.HasPrefix(strings.TrimSpace(got), "20 of ") {
		t.Errorf("got %q, want 20 passages reviewed", got)
	}
	must(t, b.do(chromedp.KeyEvent("u"), chromedp.WaitVisible(".said")))
	if got := said[string](t, b, `document.querySelector(".progress").innerText`); !strings.HasPrefix(strings.TrimSpace(got), "19 of ") {
		t.Errorf("after taking one back: got %q, want 19 passages reviewed", got)
	}
}

func TestSearchIsNarrowedAndCopied(t *testing.T) {
	b := begin(t)
	must(t, b.open(""))
	must(t, b.do(chromedp.KeyEvent("/"), chromedp.WaitVisible("#q"), chromedp.SendKeys("#q", "standards"+kb.Enter), chromedp.WaitVisible("#found")))
	all := said[string](t, b, `document.querySelector("#found").innerText`)
	must(t, b.do(chromedp.Click(`input[name=f][value="stance:support"]`), chromedp.WaitVisible(".chips")))
	narrow := said[string](t, b, `document.querySelector("#found").innerText`)
	if narrow == all {
		t.Errorf("narrowing changed nothing: %q", all)
	}
	copied := said[string](t, b, `(async () => { let words = ""; navigator.clipboard.writeText = async t => { words = t; }; document.querySelector("[data-copy]").click(); await 0; return words; })()`)
	quote := said[string](t, b, `document.querySelector(".hit blockquote").textContent`)
	if !strings.HasPrefix(copied, "“"+quote+"” (") {
		t.Errorf("copied %q of the passage %q", copied, quote)
	}
	must(t, b.do(chromedp.NavigateBack(), chromedp.WaitNotPresent(".chips")))
	if got := said[string](t, b, `document.querySelector("#found").innerText`); got != all {
		t.Errorf("going back: got %q, want %q", got, all)
	}
	must(t, b.do(chromedp.Reload(), chromedp.WaitVisible("#found")))
}

func TestMatrixByKeys(t *testing.T) {
	b := begin(t)
	must(t, b.open("matrix"))
	must(t, b.do(chromedp.Focus(".matrix td a"), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible("#drawer h2")))
	if got := said[bool](t, b, `document.activeElement.id === "drawer"`); !got {
		t.Error("the drawer does not have the focus")
	}
	must(t, b.do(chromedp.KeyEvent(kb.Escape), chromedp.WaitNotPresent("#drawer h2")))
	if got := said[bool](t, b, `!!document.activeElement.closest(".matrix td")`); !got {
		t.Error("the focus is not back on the cell")
	}
}

func TestTwoPeople(t *testing.T) {
	b := begin(t)
	other, err := b.s.browse(made.browser)
	must(t, err)
	defer other.stop()
	must(t, b.open("review?member=ADHD+Families+Together"))
	path := said[string](t, b, `location.pathname + location.search`)
	must(t, other.open(strings.TrimPrefix(path, "/c/send-ap-plan/")))
	must(t, b.do(chromedp.Click("[data-key='1']"), chromedp.Click("#decide .button.main"), chromedp.WaitReady("#undo")))
	must(t, other.do(chromedp.Click("[data-key='9']"), chromedp.Click("#decide .button.main"), chromedp.WaitVisible(".said.alert")))
	if got := said[string](t, other, `document.querySelector(".said.alert").innerText`); !strings.Contains(got, "Ann Officer") {
		t.Errorf("it does not say who decided: %q", got)
	}
	if !said[bool](t, other, `document.querySelector("[data-key='9']").checked`) {
		t.Error("what was ticked is gone")
	}
}

func TestNothingOfMembersRuns(t *testing.T) {
	b := begin(t)
	must(t, b.open(""))
	hostile := "<img src=x onerror=alert(1)><script>alert(2)</script>\"' javascript:alert(3)"
	for _, path := range []string{"search?q=", "matrix?type=", "matrix?theme=", "review?member=", "submission?name=", "accept?theme=", "search?q=a&f=", "?told="} {
		must(t, b.do(chromedp.Navigate(b.s.base+"/c/send-ap-plan/"+path+escapeQuery(hostile)), chromedp.WaitReady("main")))
		if n := said[int](t, b, `document.querySelectorAll("main script, main img, main [onerror]").length`); n > 0 {
			t.Errorf("%s: %d elements of a stranger", path, n)
		}
	}
}

// escapeQuery is a text as a value in an address.
func escapeQuery(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}
