package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"collate/themes"
)

// TestSearchWhileAnotherCollateIsOpen adds and searches in processes of their own while this one has the search index open, as the
// page in a browser has.
func TestSearchWhileAnotherCollateIsOpen(t *testing.T) {
	collate, dir := asCollate(t), t.TempDir()
	record, cache := filepath.Join(dir, "plan.collate"), filepath.Join(dir, "index")
	run := func(args ...string) string {
		t.Helper()
		out, err := exec.Command(collate, append(args, "--index", cache)...).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", args, err, out)
		}
		return string(out)
	}
	send := func(name, words string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	run("new", record)
	run("add", record, send("alpha.txt", "Children wait."))
	a := &app{in: strings.NewReader(""), out: os.Stdout, err: os.Stderr, now: clock(), indexDir: cache}
	a.readers = newReaders(collate, 1)
	defer a.close()
	opt, err := a.options()
	if err != nil {
		t.Fatal(err)
	}
	an, err := themes.Open(t.Context(), record, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer an.Close()
	if err := an.Refresh(t.Context()); err != nil { // open from now on
		t.Fatal(err)
	}
	run("add", record, send("beta.txt", "Parents wait as well."))
	found := run("search", record, "wait")
	for _, want := range []string{"Another collate has the search index open", "Children wait.", "Parents wait as well.", "2 passages"} {
		if !strings.Contains(found, want) {
			t.Errorf("the search in another process does not say %q:\n%s", want, found)
		}
	}
	here, err := an.Search(t.Context(), "wait", 10)
	if err != nil || here.Passages != 2 || len(here.Notes) != 0 {
		t.Errorf("the one that has it open finds %+v, %v", here, err)
	}
}
