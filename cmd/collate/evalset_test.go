package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"collate/themes/learn"
)

const sharedData = "../../../shared/data"

func set(codebook, texts, gold string) fstest.MapFS {
	return fstest.MapFS{"codebook.yaml": {Data: []byte(codebook)}, "texts.jsonl": {Data: []byte(texts)}, "gold.jsonl": {Data: []byte(gold)}}
}

const (
	smallBook  = "themes:\n  - id: waits\n    name: Waiting\n    any: [\"wait*\"]\n  - id: money\n    name: Funding\n"
	smallTexts = `{"id": "a", "text": "We wait a year.", "split": "train", "submission": "s"}
{"id": "b", "text": "Schools need funding.", "split": "train", "submission": "s", "heading": "Money", "question": "What of funding?", "member": "M"}

{"id": "c", "text": "Waiting is the worst.", "split": "test"}
`
	smallGold = `{"id": "a", "coder": "gold", "themes": ["waits"]}
{"id": "b", "coder": "gold", "themes": ["money"], "stance": {"money": "support"}}
{"id": "c", "coder": "gold", "themes": ["waits"]}
{"id": "c", "coder": "another", "themes": ["money"]}
`
)

func TestReadSet(t *testing.T) {
	s, err := readSet(set(smallBook, smallTexts, smallGold))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(s.gold, [][]bool{{true, false}, {false, true}, {true, false}}); d != "" {
		t.Errorf("gold (-got +want):\n%s", d)
	}
	if d := cmp.Diff(s.hits, []learn.Hit{{Passage: 0}, {Passage: 2}}); d != "" {
		t.Errorf("rules found (-got +want):\n%s", d)
	}
	if d := cmp.Diff([][]int{s.train, s.test}, [][]int{{0, 1}, {2}}); d != "" {
		t.Errorf("split (-got +want):\n%s", d)
	}
	want := learn.Passage{ID: "b", Text: "Schools need funding.", Headings: []string{"Money"}, Question: "What of funding?", Member: "M", Submission: "s"}
	if d := cmp.Diff(s.passages[1], want); d != "" {
		t.Errorf("passage (-got +want):\n%s", d)
	}
}

func TestReadSetSaysWhatIsWrong(t *testing.T) {
	for _, test := range []struct{ name, texts, gold, want string }{
		{"no JSON", "{", "", "texts.jsonl, line 1: not a JSON object"},
		{"no id", `{"text": "a", "split": "test"}`, "", "texts.jsonl, line 1: not a JSON object with id"},
		{"twice", smallTexts + `{"id": "a", "split": "test"}`, "", `texts.jsonl, line 5: a second text with the id "a"`},
		{"no split", `{"id": "a", "text": "a"}`, "", "should be train or test"},
		{"gold of no text", smallTexts, `{"id": "z", "coder": "gold"}`, `codes the text "z"`},
		{"gold of no theme", smallTexts, `{"id": "a", "coder": "gold", "themes": ["z"]}`, `the theme "z"`},
		{"two coders", smallTexts, `{"id": "a", "coder": "x"}` + "\n" + `{"id": "a", "coder": "y"}`, `none is called "gold"`},
	} {
		if _, err := readSet(set(smallBook, test.texts, test.gold)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q in it", test.name, err, test.want)
		}
	}
}

func TestEvalOfASetPrintsAndWrites(t *testing.T) {
	dir := t.TempDir()
	for name, f := range set(smallBook, smallTexts, smallGold) {
		if err := os.WriteFile(filepath.Join(dir, name), f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"--labels", "1", "--seed", "3"}, {"--curve"}, {"--by-member"}, {"--json"}, {"--json", "--curve"}} {
		var out, errs [2]bytes.Buffer
		table := filepath.Join(dir, "out.csv")
		var tables [2]string
		for i := range out {
			if code := Main(t.Context(), append([]string{"eval", dir, "--csv", table}, args...), os.Stdin, &out[i], &errs[i]); code != 0 {
				t.Fatalf("%v: exit %d, %s", args, code, &errs[i])
			}
			data, err := os.ReadFile(table)
			if err != nil {
				t.Fatal(err)
			}
			tables[i] = string(data)
		}
		if out[0].String() != out[1].String() || tables[0] != tables[1] {
			t.Errorf("%v: two runs differ", args)
		}
		if len(tables[0]) < 20 || out[0].Len() == 0 {
			t.Errorf("%v: printed %q and wrote %q", args, &out[0], tables[0])
		}
		if slices.Contains(args, "--json") && !json.Valid(out[0].Bytes()) {
			t.Errorf("%v: no JSON: %s", args, &out[0])
		}
	}
}

func FuzzReadSet(f *testing.F) {
	f.Add(smallTexts, smallGold)
	f.Add("{\"id\": \"\\u0000\", \"split\": \"test\", \"text\": \"\xff\"}\n", "{}")
	f.Fuzz(func(t *testing.T, texts, gold string) {
		s, err := readSet(set(smallBook, texts, gold))
		if err != nil {
			return
		}
		if len(s.gold) != len(s.passages) || len(s.train)+len(s.test) != len(s.passages) {
			t.Errorf("%d texts, %d of them coded, %d to learn from and %d to measure on", len(s.passages), len(s.gold), len(s.train), len(s.test))
		}
	})
}

// TestEvaluationOfSetsIsTheGolden holds what is reached on texts that people coded, where they are at hand.
func TestEvaluationOfSetsIsTheGolden(t *testing.T) {
	if _, err := os.Stat(sharedData); err != nil || testing.Short() {
		t.Skip("the coded texts are not here")
	}
	var out strings.Builder
	for _, name := range []string{"nhs-feedback", "gambling-q1", "gambling-q2"} {
		s, err := readSet(os.DirFS(filepath.Join(sharedData, name)))
		if err != nil {
			t.Fatal(err)
		}
		c, err := learn.NewCorpus(t.Context(), s.passages)
		if err != nil {
			t.Fatal(err)
		}
		points, err := s.curve(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s: %d texts to learn from, %d to measure on, %d themes\n", name, len(s.train), len(s.test), len(s.themes))
		printRows(&out, curveTable(points))
		if name != "nhs-feedback" {
			continue
		}
		for _, n := range []int{0, 400, -1} {
			rows, err := s.unseen(t.Context(), c, evalOptions{labels: n, seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&out, "\n%s, a member of whom nothing was coded (micro F1)\n", name)
			printRows(&out, unseenTable(rows))
		}
		fmt.Fprintln(&out)
	}
	fmt.Fprintln(&out, "\nargkp, topics kept apart: key points of a topic and stance as themes, arguments as texts, a third of them to measure on")
	keyPoints(t, &out)
	path := "testdata/sets.golden"
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(out.String(), string(want)); d != "" {
		t.Errorf("%s changed (go test ./cmd/collate -run Golden -update writes it anew):\n%s", path, d)
	}
}

// keyPoints measures theming within a topic, all topics together: medians of five drawings.
func keyPoints(t *testing.T, w io.Writer) {
	sets := keyPointSets(t)
	for _, n := range []int{0, 20, 80} {
		var micro, macro []float64
		for seed := uint64(1); seed <= 5; seed++ {
			right, wrong, missed, sum := 0, 0, 0, 0.0
			for _, s := range sets {
				c, err := learn.NewCorpus(context.Background(), s.passages)
				if err != nil {
					t.Fatal(err)
				}
				e, answers, err := s.evaluate(t.Context(), c, draw(s.train, n, seed), s.test, seed)
				if err != nil {
					t.Fatal(err)
				}
				sum += e.Macro.F1 / float64(len(sets))
				for _, row := range answers {
					for _, a := range row {
						switch {
						case a.Suggested && a.Gold:
							right++
						case a.Suggested:
							wrong++
						case a.Gold:
							missed++
						}
					}
				}
			}
			micro, macro = append(micro, float64(2*right)/float64(2*right+wrong+missed)), append(macro, sum)
		}
		slices.Sort(micro)
		slices.Sort(macro)
		fmt.Fprintf(w, "%3d labels a topic: micro F1 %.3f, macro %.3f\n", n, micro[2], macro[2])
	}
}

// keyPointSets makes a set of each topic and stance.
func keyPointSets(t *testing.T) []*evalSet {
	t.Helper()
	type line struct {
		Arg   string         `json:"arg_id"`
		Key   string         `json:"kp_id"`
		Text  string         `json:"text"`
		Topic string         `json:"topic"`
		Side  int            `json:"stance"`
		Pairs map[string]int `json:"pairs"`
	}
	read := func(name string) (out []line) {
		data, err := os.ReadFile(filepath.Join(sharedData, "argkp", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := eachLine(data, func(_ int, text []byte) error {
			var x line
			err := json.Unmarshal(text, &x)
			out = append(out, x)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return out
	}
	var sets []*evalSet
	of := map[string]*evalSet{}
	for _, k := range read("dev_keypoints.jsonl") {
		key := fmt.Sprint(k.Topic, k.Side)
		if of[key] == nil {
			of[key] = &evalSet{}
			sets = append(sets, of[key])
		}
		of[key].themes = append(of[key].themes, learn.Theme{ID: k.Key, Name: k.Text})
	}
	for _, a := range read("dev_arguments.jsonl") {
		s := of[fmt.Sprint(a.Topic, a.Side)]
		h := fnv.New32a()
		h.Write([]byte(a.Arg))
		if at := len(s.passages); h.Sum32()%3 == 0 {
			s.test = append(s.test, at)
		} else {
			s.train = append(s.train, at)
		}
		s.passages = append(s.passages, learn.Passage{ID: a.Arg, Text: a.Text})
		var row []bool
		for _, k := range s.themes {
			row = append(row, a.Pairs[k.ID] == 1)
		}
		s.gold = append(s.gold, row)
	}
	return sets
}
