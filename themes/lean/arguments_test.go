package lean

import (
	"bufio"
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

const arguments = "../../../shared/data/argkp/"

// argument is one of a public set: what somebody said on a motion, for or against it.
type argument struct {
	ID     string `json:"arg_id"`
	Text   string `json:"text"`
	Topic  string `json:"topic"`
	Stance int    `json:"stance"` // 1 for, -1 against
}

// byTopic are the arguments of a file as decisions, topic by topic.
func byTopic(t *testing.T, name string) [][]Decided {
	t.Helper()
	data, err := os.ReadFile(arguments + name)
	if err != nil {
		t.Skip("the judged set is not here")
	}
	at := map[string]int{}
	var out [][]Decided
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		var a argument
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		i, ok := at[a.Topic]
		if !ok {
			i = len(out)
			at[a.Topic] = i
			out = append(out, nil)
		}
		d := Decided{Case: ReadPassage(a.Text, 0).Alone(a.Topic, ""), Stance: Support}
		if a.Stance < 0 {
			d.Stance = Oppose
		}
		out[i] = append(out[i], d)
	}
	return out
}

// outcome is what came of the cases that were not learnt from.
type outcome struct{ macroF1, accuracy, stated, right float64 }

// draw learns from n decisions of each topic and judges on the rest of it. Pooled, all topics are learnt from at once.
func draw(topics [][]Decided, n int, seed uint64, pooled bool) outcome {
	var sum outcome
	var train, all []Decided
	test := make([][]Decided, len(topics))
	parts := make([][]Decided, len(topics))
	for i, topic := range topics {
		order := rand.New(rand.NewPCG(seed, uint64(i))).Perm(len(topic))
		for j, x := range order {
			if j < n {
				parts[i] = append(parts[i], topic[x])
			} else {
				test[i] = append(test[i], topic[x])
			}
		}
		all = append(all, parts[i]...)
	}
	m := &Model{}
	if pooled {
		m = Train(all)
	}
	for i := range topics {
		if train = parts[i]; !pooled {
			m = Train(train)
		}
		o := judge(m, test[i])
		sum.macroF1 += o.macroF1
		sum.accuracy += o.accuracy
		sum.stated += o.stated
		sum.right += o.right
	}
	k := float64(len(topics))
	return outcome{sum.macroF1 / k, sum.accuracy / k, sum.stated / k, sum.right / sum.stated}
}

// judge compares the likelier of the two sides, and what is stated, with what people said.
func judge(m *Model, test []Decided) outcome {
	var right, wrong [2]float64 // by the side that was said
	var missed [2]float64
	stated, good := 0.0, 0.0
	for _, d := range test {
		a := m.Stance(d.Case)
		said, is := 0, 0
		if a.Probabilities[3] > a.Probabilities[0] {
			said = 1
		}
		if d.Stance == Support {
			is = 1
		}
		if said == is {
			right[said]++
		} else {
			wrong[said]++
			missed[is]++
		}
		if a.Stance != NotStated {
			stated++
			if a.Stance == d.Stance {
				good++
			}
		}
	}
	var o outcome
	for k := range right {
		if right[k] > 0 {
			o.macroF1 += right[k] / (2*right[k] + wrong[k] + missed[k])
		}
	}
	n := float64(len(test))
	o.accuracy, o.stated, o.right = (right[0]+right[1])/n, stated/n, good/n
	return o
}

func median(of []outcome, part func(outcome) float64) float64 {
	var v []float64
	for _, o := range of {
		v = append(v, part(o))
	}
	slices.Sort(v)
	return v[len(v)/2]
}

// TestStanceOfArguments measures within each of 24 motions how often the side is told of arguments that were not learnt from: medians of
// five draws. What was tried was tried on the other file of the set.
func TestStanceOfArguments(t *testing.T) {
	if testing.Short() {
		t.Skip("learns a thousand times")
	}
	topics := byTopic(t, "train_arguments.jsonl")
	tests := []struct {
		decisions int
		pooled    bool
		macroF1   float64 // floor
		right     float64 // floor
	}{
		{20, false, .64, .80}, {50, false, .77, .80}, {100, false, .84, .80},
		{20, true, .64, .80}, {50, true, .77, .80}, {100, true, .84, .80},
	}
	for _, tt := range tests {
		var of []outcome
		for seed := range uint64(5) {
			of = append(of, draw(topics, tt.decisions, seed+1, tt.pooled))
		}
		macroF1, right := median(of, func(o outcome) float64 { return o.macroF1 }), median(of, func(o outcome) float64 { return o.right })
		t.Logf("%3d decisions, pooled %-5v: macro-F1 %.3f, accuracy %.3f; states %.2f, right %.2f", tt.decisions, tt.pooled, macroF1,
			median(of, func(o outcome) float64 { return o.accuracy }), median(of, func(o outcome) float64 { return o.stated }), right)
		if macroF1 < tt.macroF1 || right < tt.right {
			t.Errorf("%d decisions, pooled %v: macro-F1 %.3f, right %.3f, want at least %.2f and %.2f", tt.decisions, tt.pooled, macroF1, right, tt.macroF1, tt.right)
		}
	}
}
