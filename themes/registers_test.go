package themes

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestRegistersHideWhatIsNotToBeTold(t *testing.T) {
	const shared = "The plan asks schools to pay for specialist places out of a national tariff that nobody has costed, and councils carry the rest."
	a := testAnalysis(t, "Alpha,,Charity\nHarbour Support,HFS,Charity,Harbour's,confidential\nQuiet Place,,AP providers,,anonymous\n", [][2]string{
		{"Alpha/a.txt", shared + "\nHarbour Support should publish a list.\nThe Department should fund HFS.\nSome 46 per cent of HFS families wait a year.\nThe Department should publish a national workforce strategy."},
		{"Harbour Support/secret file.txt", shared + " We dread it.\nThe Department should publish the dreadful figures.\nSome 61 per cent of families here dread the winter."},
		{"Quiet Place/Quiet.txt", "The Department should publish a national workforce strategy.\n" + shared + " So do we."},
	})
	r := testReport(t, a)
	told, err := json.Marshal([]any{r.Asks, r.Figures, r.Questions, r.Shared})
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Harbour", "HFS", "dread", "secret file", "Quiet", "61 per cent"} {
		if strings.Contains(string(told), secret) {
			t.Errorf("the registers tell %q: %s", secret, told)
		}
	}
	if n := r.Asks.Withheld; n.Passages < 2 || n.Members != 2 {
		t.Errorf("withheld asks %+v, want those of two members", n)
	}
	if len(r.Shared) != 1 || r.Shared[0].Members != 3 {
		t.Fatalf("shared texts %+v, want one of three members", r.Shared)
	}
	for _, c := range r.Shared[0].Copies {
		if c.Withheld != "" && (c.Exact || c.Common > 0 || c.Ref != "" || len(c.Own)+len(c.Themes) > 0) {
			t.Errorf("a withheld copy tells %+v", c)
		}
	}
	merged := mergedAsks(&r.Asks)
	if len(merged) != 1 || merged[0] != "Alpha, Anonymous member (AP providers)" {
		t.Errorf("merged asks %q", merged)
	}
}
