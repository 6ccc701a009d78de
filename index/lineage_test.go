package index

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func withConsent(t *testing.T, c *Consultation) map[string]Consent {
	t.Helper()
	out := map[string]Consent{}
	for _, sub := range mustSnapshot(t, c).Submissions {
		out[sub.Name] = sub.Consent
	}
	return out
}

func mailOf(body, from string, files ...string) string {
	mail := "From: " + from + "\nSubject: Views\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n" + body + "\n"
	for i := 0; i < len(files); i += 2 {
		mail += "--x\nContent-Type: text/plain; name=" + files[i] + "\nContent-Disposition: attachment; filename=" + files[i] + "\n\n" + files[i+1] + "\n"
	}
	return mail + "--x--\n"
}

func add(t *testing.T, c *Consultation, name, data string) {
	t.Helper()
	if _, err := c.Add(t.Context(), name, []byte(data)); err != nil {
		t.Fatal(err)
	}
}

// TestConsentReachesWhatIsInside holds that nothing in a mail, a survey or a package may be used more freely than it.
func TestConsentReachesWhatIsInside(t *testing.T) {
	c := realReader(t)
	add(t, c, "mail.eml", mailOf("Please treat our response as strictly confidential.", "ann@gmail.com", "answer.txt", "Nightingale Trust\n\nWe wait."))
	add(t, c, "survey.csv", "Organisation,What do you think of the plan?\nAlder Trust,It comes too late for the children in school now\nBirch Forum,We would rather see the money in schools\nCedar Union,Our members fear that nobody will be trained\n")
	add(t, c, "all.zip", string(zipped(t, "a.txt", "We hope.", "b.txt", "We fear.")))
	if err := c.SetConsent(t.Context(), "survey.csv", Confidential, "Eve"); err != nil {
		t.Fatal(err)
	}
	if err := c.SetConsent(t.Context(), "all.zip", Anonymous, "Eve"); err != nil {
		t.Fatal(err)
	}
	if err := c.SetConsent(t.Context(), "all.zip › b.txt", Attributable, "Eve"); err != nil {
		t.Fatal(err)
	}
	want := map[string]Consent{
		"mail.eml": Confidential, "mail.eml › answer.txt": Confidential,
		"survey.csv": Confidential, "survey.csv › Alder Trust": Confidential, "survey.csv › Birch Forum": Confidential, "survey.csv › Cedar Union": Confidential,
		"all.zip": Anonymous, "all.zip › a.txt": Anonymous, "all.zip › b.txt": Attributable,
	}
	if diff := cmp.Diff(want, withConsent(t, c)); diff != "" {
		t.Errorf("consent (-want +got):\n%s", diff)
	}
}

func counted(t *testing.T, c *Consultation) []string {
	t.Helper()
	var out []string
	for _, p := range mustSnapshot(t, c).Passages {
		s := mustSnapshot(t, c)
		out = append(out, s.Submission(s.Passage(p.ID)).Name+"|"+s.Text(s.Passage(p.ID)))
	}
	return out
}

// TestAPartCountsWithItsVersion holds that only what the version of a mail, package or survey has that counts is counted, whichever that is.
func TestAPartCountsWithItsVersion(t *testing.T) {
	c := realReader(t)
	first := string(zipped(t, "a.txt", "We hope.", "mistake.txt", "Private notes."))
	second := string(zipped(t, "a.txt", "We hope no more."))
	for _, step := range []struct {
		data string
		want []string
	}{
		{first, []string{"p.zip › a.txt|We hope.", "p.zip › mistake.txt|Private notes."}},
		{second, []string{"p.zip › a.txt|We hope no more."}},
		{first, []string{"p.zip › a.txt|We hope.", "p.zip › mistake.txt|Private notes."}},
	} {
		add(t, c, "p.zip", step.data)
		if diff := cmp.Diff(step.want, counted(t, c)); diff != "" {
			t.Errorf("counted (-want +got):\n%s", diff)
		}
	}
}

func TestAPersonsMemberGoesInside(t *testing.T) {
	c := realReader(t)
	add(t, c, "mail.eml", mailOf("See attached.", "ann@gmail.com", "answer.txt", "We wait."))
	if err := c.SetMember(t.Context(), "mail.eml", "Alder Trust", "Eve"); err != nil {
		t.Fatal(err)
	}
	want := []string{"mail.eml|Alder Trust||", "mail.eml › answer.txt|Alder Trust||"}
	if diff := cmp.Diff(want, sentIn(t, c)); diff != "" {
		t.Errorf("submissions (-want +got):\n%s", diff)
	}
}

// TestTheSurerSenderCounts holds that words which came twice are those of whom they surely are, not of who passed them on.
func TestTheSurerSenderCounts(t *testing.T) {
	c := realReader(t)
	const words = "Zed Trust\n\nWe wait for the plan."
	add(t, c, "a.eml", mailOf("Look what Zed sent.", "aaa@gmail.com", "response.txt", words))
	add(t, c, "zed trust/response.txt", words)
	want := []string{
		"a.eml|aaa@gmail.com||",
		`a.eml › response.txt|aaa@gmail.com||It is the same file as "zed trust/response.txt", which counts as from zed trust.`,
		"zed trust/response.txt|zed trust||",
	}
	if diff := cmp.Diff(want, sentIn(t, c)); diff != "" {
		t.Errorf("submissions (-want +got):\n%s", diff)
	}
}

// TestAttachmentsOfOneNameAreTwo holds that a mail's second "response.txt" takes no place of the first.
func TestAttachmentsOfOneNameAreTwo(t *testing.T) {
	c := realReader(t)
	add(t, c, "a.eml", mailOf("Two.", "ann@alder.example", "response.txt", "We wait.", "response.txt", "We hope."))
	if got := len(counted(t, c)); got != 3 {
		t.Errorf("%d passages count, want the mail's and both attachments'", got)
	}
}
