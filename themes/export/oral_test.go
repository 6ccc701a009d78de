package export

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"collate/themes"
	"collate/themes/evidence"
)

// pack is a pack of three pages: one as full as it gets, one with nothing on it, and one that nobody asked about.
func pack() *evidence.Oral {
	sentence := "Children wait more than forty weeks for a plan in " + strings.Repeat("every part of the county ", 5) + "today."
	full := evidence.OralPage{Theme: "Waits", Outcome: themes.CommonGroundConditions, Terms: []evidence.OralTerm{{Number: 1, Text: "Whether waits are too long."}},
		Line: "The Consortium welcomes, with conditions, what is proposed. Of the members that take a position, most (13 of 16) support it, 9 of them with conditions; 1 opposes, 2 are mixed or unsure.", Dissent: "Opposed (1): Beta <Union>. Mixed or unsure (2): Gamma & Sons, Delta House."}
	for i := range 3 {
		full.Facts = append(full.Facts, evidence.OralFact{Words: sentence, Value: "forty weeks", Speaker: "Alpha Trust", Source: "DfE, 2022", Where: "page 2 [P1]", Others: i})
		full.Quotes = append(full.Quotes, evidence.OralQuote{Words: sentence, Speaker: "Alpha Trust", Stance: themes.Conditions, Where: "page 2 [P1]"})
		full.Questions = append(full.Questions, evidence.OralQuestion{Text: fmt.Sprintf("Do all agree, %d?", i), Why: "dissent", Answer: []evidence.Run{{Text: "No. Beta Union: "}, {Text: "“"}, {Text: sentence, Quote: true}, {Text: "”"}}})
	}
	full.Said = []evidence.OralSaid{{Number: 4, What: "our line"}, {Number: 5, What: "a quote of Alpha Trust"}}
	full.Unasked = []evidence.OralUnasked{{Text: []evidence.Run{{Text: "Alpha Trust and Beta Union say that the Government should “"}, {Text: "act", Quote: true}, {Text: "”."}}}}
	for range 10 {
		full.Notes = append(full.Notes, evidence.OralNote{Kind: "quote", Runs: []evidence.Run{{Text: "Alpha Trust says: “" + sentence + "”"}}})
	}
	full.Words = 260
	return &evidence.Oral{Inquiry: "Waiting times", Committee: "Example Committee", Submitter: "the Example Consortium", Short: "the Consortium", Date: "9 June 2023", Day: "2023-06-09", Asof: "24 November 2026",
		Suggested: true, Minutes: 2, Answered: 29, Pages: []evidence.OralPage{full, {Theme: "Nothing", Terms: full.Terms}, {Theme: "Unasked", Outcome: themes.Divided, Line: "The members are divided."}}}
}

func oralBytes(t *testing.T, o *evidence.Oral) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := OralPack(&b, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOralPackSaysWhatItHolds(t *testing.T) {
	data := oralBytes(t, pack())
	if !bytes.Equal(data, oralBytes(t, pack())) {
		t.Error("the same pack gives other bytes")
	}
	text := documentText(t, data)
	for _, want := range []string{
		"Oral evidence: the Consortium", "Waiting times", "Example Committee", "DRAFT. The counts in this pack", "29 members answered",
		"most (13 of 16) support it", "Source: DfE, 2022. Page 2 [P1].", "Page 2 [P1]; 1 member more gives this figure.", "; 2 members more give this figure.", "Alpha Trust: “Children wait", "Do all agree, 2? (dissent)",
		"Opposed (1): Beta <Union>. Mixed or unsure (2): Gamma & Sons, Delta House.", "In our written evidence of 9 June 2023: paragraph 4, our line; paragraph 5, a quote of Alpha Trust.",
		"Alpha Trust and Beta Union say that the Government should “act”.", "Speaking notes: 2:00 of 2 minutes (260 words)",
		"None: nobody has confirmed a position on this yet.", "No figure with a source is on record", "No term of reference asks about this theme at all.", "Nothing on this in our written evidence.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if header := partsOf(t, data)["word/header1.xml"]; !strings.Contains(header, "For our witnesses only") || !strings.Contains(header, "DRAFT") {
		t.Errorf("the head of each page does not say whom it is for: %s", header)
	}
}

// TestOralPackHasAPageForEachTheme lays the pack out in LibreOffice and counts the pages.
func TestOralPackHasAPageForEachTheme(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not here")
	}
	dir := t.TempDir()
	o := pack()
	o.Pages[0].Notes = o.Pages[0].Notes[:7] // of 37 words each: the time allows 260
	in := filepath.Join(dir, "pack.docx")
	if err := os.WriteFile(in, oralBytes(t, o), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(office, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--headless", "--convert-to", "pdf", "--outdir", dir, in).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "pack.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := bytes.Count(data, []byte("/Type/Page/")), 1+len(o.Pages); got != want {
		t.Errorf("%d pages, want %d", got, want)
	}
}
