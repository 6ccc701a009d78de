package main

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestEvaluationIsTheGolden holds what the suggestions and the search reach on the example, so that a change of quality is seen where
// the change is made.
func TestEvaluationIsTheGolden(t *testing.T) {
	const golden = "../../samples/send-ap-plan/eval.golden"
	var out, errs bytes.Buffer
	a := &app{in: os.Stdin, out: &out, err: &errs, now: clock()}
	a.readers = newReaders(asCollate(t), a.workers())
	defer a.close()
	e, err := a.eval(t.Context(), os.DirFS("../../samples/send-ap-plan"))
	if err != nil {
		t.Fatal(err)
	}
	printEvaluation(&out, e)
	if *update {
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), out.String()); d != "" {
		t.Errorf("the figures changed (go test ./cmd/collate -run Golden -update writes them anew):\n%s", d)
	}
}
