package main

import (
	"bytes"
	"flag"
	"io"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestEvaluationIsTheGolden holds what the suggestions and the search reach on the example, so that a change of quality is seen where
// the change is made.
func TestEvaluationIsTheGolden(t *testing.T) {
	var errs bytes.Buffer
	a := &app{in: os.Stdin, out: io.Discard, err: &errs, now: clock()}
	a.readers = newReaders(asCollate(t), a.workers())
	defer a.close()
	e, err := a.eval(t.Context(), os.DirFS("../../samples/send-ap-plan"))
	if err != nil {
		t.Fatal(err)
	}
	for golden, print := range map[string]func(io.Writer){
		"eval.golden":     func(w io.Writer) { printEvaluation(w, e) },
		"searches.golden": func(w io.Writer) { printSearches(w, e.Ranking) },
	} {
		var out bytes.Buffer
		print(&out)
		path := "../../samples/send-ap-plan/" + golden
		if *update {
			if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), out.String()); d != "" {
			t.Errorf("%s changed (go test ./cmd/collate -run Golden -update writes it anew):\n%s", golden, d)
		}
	}
}
