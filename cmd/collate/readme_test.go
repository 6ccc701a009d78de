package main

import (
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeIsTrue holds the README to the program: every command in it exists with the flags it names, every file it points at is
// there, and what CI runs are its two commands.
func TestReadmeIsTrue(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := strings.Join(strings.Fields(string(data)), " ")
	a := &app{in: os.Stdin, out: io.Discard, err: io.Discard, now: clock()}
	root := a.root()
	found := 0
	for _, m := range regexp.MustCompile("`(?:\\./)?collate ([a-z][^`]*)`").FindAllStringSubmatch(readme, -1) {
		found++
		command, _, err := root.Find(strings.Fields(m[1]))
		if err != nil || command == root {
			t.Errorf("the README has %q, which is no command", m[0])
			continue
		}
		for _, flag := range regexp.MustCompile(`--([a-z-]+)`).FindAllStringSubmatch(m[1], -1) {
			if command.Flags().Lookup(flag[1]) == nil && root.PersistentFlags().Lookup(flag[1]) == nil {
				t.Errorf("the README has %q: %s has no flag --%s", m[0], command.Name(), flag[1])
			}
		}
	}
	if found < 8 {
		t.Errorf("the README names %d commands: the test does not see them", found)
	}
	for _, m := range regexp.MustCompile(`\]\(([^):]+)\)`).FindAllStringSubmatch(readme, -1) {
		if _, err := os.Stat("../../" + m[1]); err != nil {
			t.Errorf("the README points at %s: %v", m[1], err)
		}
	}
	ci, err := os.ReadFile("../../.ci/run")
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"go run ./cmd/collate demo", "go test ./..."} {
		if !strings.Contains(string(data), "\n"+command+"\n") || !strings.Contains(string(ci), command) {
			t.Errorf("%q is not in both the README and .ci/run", command)
		}
	}
}

// TestVersionIsTheNewestInChanges: what changed is written under the version that the program says it is.
func TestVersionIsTheNewestInChanges(t *testing.T) {
	data, err := os.ReadFile("../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	newest := regexp.MustCompile(`(?m)^## (.+)$`).FindSubmatch(data)
	if newest == nil || string(newest[1]) != version {
		t.Errorf("the newest heading of the changes is %q and the program is %s", newest, version)
	}
}
