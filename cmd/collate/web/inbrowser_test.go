package web

import (
	"os/exec"
	"testing"
)

// TestInBrowser runs the tests of the module beside, which walk through the pages in a real browser. What drives the browser is no part of
// collate, hence the other module.
func TestInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("the walk through the pages takes minutes")
	}
	found := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"} {
		if path, err := exec.LookPath(name); err == nil {
			found = path
			break
		}
	}
	if found == "" {
		t.Skip("there is no browser on this machine: install Chromium to walk through the pages")
	}
	run := func(args ...string) ([]byte, error) {
		cmd := exec.Command("go", args...)
		cmd.Dir = "browser"
		return cmd.CombinedOutput()
	}
	if out, err := run("mod", "download"); err != nil {
		t.Skipf("what drives the browser cannot be had: %v\n%s", err, out)
	}
	out, err := run("test", "-count=1", "./...")
	if err != nil {
		t.Errorf("in %s: %v\n%s", found, err, out)
	}
	t.Logf("%s", out)
}
