package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the test binary be the program: under the name collate it is run as such, by the scripts, by the test that kills
// it, and by itself as a reader.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"collate": func() {
			os.Exit(Main(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScripts runs every promise of the command line, each a file in testdata.
func TestScripts(t *testing.T) {
	model := fakeModel(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"fill": fillCommand, "edit": editCommand},
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_CACHE_HOME", env.WorkDir+"/cache")
			env.Setenv("LocalAppData", env.WorkDir+"/cache")
			env.Setenv("SOURCE_DATE_EPOCH", "1684497600")
			env.Setenv("COLLATE_BY", "Ann")
			env.Setenv("MODEL", model)
			return nil
		},
	})
}
