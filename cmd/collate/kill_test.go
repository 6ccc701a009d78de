package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"collate/samples"
)

// asCollate puts this test binary somewhere under the name by which it is the program.
func asCollate(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "collate")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	in, err := os.Open(self)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestKilledRunGoesOn kills a run at twelve moments and runs it again: the products must be those of an undisturbed run, to the byte.
func TestKilledRunGoesOn(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("-short: the runs take a minute or two")
	}
	collate := asCollate(t)
	cache := t.TempDir()
	run := func(dir string, limit time.Duration) {
		cmd := exec.Command(collate, "run", "--no-open", filepath.Join(dir, "plan"))
		cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1684497600", "COLLATE_BY=Ann", "XDG_CACHE_HOME="+cache, "LocalAppData="+cache)
		var said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &said, &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if limit > 0 {
			timer := time.AfterFunc(limit, func() { cmd.Process.Kill() })
			defer timer.Stop()
		}
		err := cmd.Wait()
		if limit == 0 && cmd.ProcessState.ExitCode() != 3 { // the samples hold files that cannot be read
			t.Fatalf("run: %v\n%s", err, said.String())
		}
	}
	fresh := func() string {
		dir := t.TempDir()
		if err := os.CopyFS(filepath.Join(dir, "plan"), samples.SendAPPlan()); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	undisturbed := fresh()
	run(undisturbed, 0)
	begin := time.Now()
	run(fresh(), 0) // the reader's compiled form is cached now
	whole := time.Since(begin)
	random := rand.New(rand.NewPCG(1, 2))
	const kills = 12
	for i := range kills {
		dir := fresh()
		moment := (time.Duration(i)*whole + time.Duration(random.Int64N(int64(whole)))) / kills // one in each twelfth of a run
		run(dir, max(moment, time.Millisecond))
		run(dir, 0)
		for _, product := range []string{"plan themes.xlsx", "plan quotes.csv"} {
			if err := sameFile(filepath.Join(undisturbed, product), filepath.Join(dir, product)); err != nil {
				t.Errorf("killed after %v of %v (%d): %v", moment, whole, i, err)
			}
		}
		left, err := fs.Glob(os.DirFS(dir), "plan.collate-*")
		if err != nil || len(left) > 0 {
			t.Errorf("killed after %v: %v lie beside the record", moment, left)
		}
	}
}

func sameFile(a, b string) error {
	x, err := os.ReadFile(a)
	if err != nil {
		return err
	}
	y, err := os.ReadFile(b)
	if err != nil {
		return err
	}
	if !bytes.Equal(x, y) {
		return fmt.Errorf("%s differs", filepath.Base(b))
	}
	return nil
}
