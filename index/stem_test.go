package index

import "testing"

func TestStemsTellMeaningsApart(t *testing.T) {
	for _, pair := range [][2]string{
		{"us", "use"}, {"us", "used"}, {"on", "one"}, {"hi", "his"}, {"new", "news"}, {"communication", "community"}, {"general", "generous"}, {"author", "authority"},
		{"execute", "executive"}, {"import", "important"}, {"experience", "experiment"}, {"severe", "several"}, {"response", "responsible"}, {"busy", "business"},
		{"even", "evening"}, {"will", "willing"}, {"universal", "university"}, {"inform", "informal"}, {"ration", "rational"}, {"a", "as"},
	} {
		if a, b := stem(pair[0]), stem(pair[1]); a == b {
			t.Errorf("%s and %s have one stem, %s", pair[0], pair[1], a)
		}
	}
}

func TestStemsJoinFamilies(t *testing.T) {
	for _, pair := range [][2]string{
		{"authority", "authorities"}, {"use", "using"}, {"one", "ones"}, {"responsible", "responsibility"}, {"community", "communities"}, {"important", "importance"},
		{"school", "schools"}, {"timeline", "timelines"}, {"fund", "funding"}, {"la", "las"}, {"pru", "prus"},
	} {
		if a, b := stem(pair[0]), stem(pair[1]); a != b {
			t.Errorf("%s has the stem %s and %s has %s", pair[0], a, pair[1], b)
		}
	}
}
