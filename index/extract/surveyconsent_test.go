package extract

import "testing"

func TestConsentIn(t *testing.T) {
	tests := []struct{ heading, value, want string }{
		{"Permission to quote", "Yes", ""},
		{"Permission to quote", "No", confidential},
		{"Permission to quote", "Anonymously", anonymous},
		{"Permission to quote", "Yes, but not with our name", anonymous},
		{"Permission to quote", "Ask us first", confidential},
		{"Permission to quote", "", ""},
		{"May we name your organisation?", "No", anonymous},
		{"Can we publish your response?", "no", confidential},
		{"Do you want your response to be confidential?", "Yes", confidential},
		{"Do you want your response to be confidential?", "No", ""},
		{"Would you like to remain anonymous?", "Yes please", anonymous},
		{"Would you like to remain anonymous?", "No", ""},
		{"I consent to my words being quoted", "☒", ""},
		{"I consent to my words being quoted", "☐", confidential},
	}
	for _, tt := range tests {
		if got := consentIn(tt.heading, tt.value); got != tt.want {
			t.Errorf("%q with %q asks for %q, want %q", tt.heading, tt.value, got, tt.want)
		}
	}
}

func TestPermissionColumn(t *testing.T) {
	doc, err := readCSV(t.Context(), "a.csv", []byte("ID,Organisation,What do you think of the plan?,Permission to quote,Should the plan name schools?\n"+
		"1,Alder Trust,It comes too late for the children in school now,Yes,Yes\n2,Birch Forum,We would rather see the money in the schools we have,Anonymously,No\n3,Cedar Union,Our members fear that nobody will be trained in time,No,Yes\n4,Dell Group,It is a good plan and we say so to everybody,Yes,No\n"))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", anonymous, confidential, ""} {
		if got := doc.Blocks[i].Place.Consent; got != want {
			t.Errorf("row %d asks for %q, want %q", i+1, got, want)
		}
	}
	if got := doc.Facts.Columns[3].Role; got != Permission {
		t.Errorf("the column of permissions is taken for %q", got)
	}
	if got := doc.Facts.Columns[4].Role; got == Permission {
		t.Error("a question about naming schools is taken for a permission")
	}
}
