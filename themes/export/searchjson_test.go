package export

import (
	"bytes"
	"encoding/json"
	"testing"
)

// TestSearchJSONIsExact reads the file back: the words are those found, but for what is withheld.
func TestSearchJSONIsExact(t *testing.T) {
	var out bytes.Buffer
	r := results()
	if err := SearchJSON(&out, r); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Passages   int
		Quotes     []struct{ Ref, Words, Withheld string }
		References []struct{ Ref, Words string }
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Passages != r.Passages || len(got.Quotes) != len(r.Quotes) || len(got.References) != len(r.References) {
		t.Fatalf("%d passages, %d quotes, %d references; want %d, %d, %d", got.Passages, len(got.Quotes), len(got.References), r.Passages, len(r.Quotes), len(r.References))
	}
	withheld := 0
	for i, q := range got.Quotes {
		want := r.Quotes[i].Words
		if r.Quotes[i].Withheld {
			withheld++
			want = ""
		}
		if q.Words != want || (q.Withheld != "") != r.Quotes[i].Withheld {
			t.Errorf("%s has %q (%s), want %q", q.Ref, q.Words, q.Withheld, want)
		}
	}
	if withheld == 0 {
		t.Error("nothing of the results is withheld: the test says nothing")
	}
}
