package index

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index/extract"
)

var testMembers = []Member{
	{Name: "Down's Education Circle", Short: "DEC", Aliases: []string{"Downs Education"}},
	{Name: "Ashdown Autism Trust", Short: "AAT", Domains: []string{"ashdown.example"}},
	{Name: "Council Inclusion Directors' Forum", Short: "CIDF"},
}

func TestGuessMember(t *testing.T) {
	mail := func(name, address string) extract.Facts { return extract.Facts{Author: name, Address: address} }
	tests := []struct {
		name, file string
		doc        *extract.Document
		want       string
		reason     string
	}{
		{"folder", "Ashdown Autism Trust/response.docx", laid(block(extract.Paragraph, "CIDF wrote to us.")), "Ashdown Autism Trust", "the folder's name says \"Ashdown Autism Trust\""},
		{"sender's domain", "a.eml", &extract.Document{Format: "eml", Facts: mail("Jo", "jo@mail.ashdown.example")}, "Ashdown Autism Trust", "the sender's e-mail address, mail.ashdown.example"},
		{"heading, either apostrophe", "a.docx", laid(block(extract.Heading, "DOWN’S EDUCATION CIRCLE")), "Down's Education Circle", "the head of the document says \"Down's Education Circle\""},
		{"earliest of two", "a.docx", laid(block(extract.Paragraph, "AAT answers here what CIDF says.")), "Ashdown Autism Trust", "the head of the document says \"AAT\""},
		{"file name", "CIDF response v2.docx", laid(block(extract.Paragraph, "We agree.")), "Council Inclusion Directors' Forum", "the file's name says \"CIDF\""},
		{"unlisted folder", "Anonymous AP provider (please keep anonymous)/r.docx", laid(block(extract.Paragraph, "Hello.")), "Anonymous AP provider", "the folder's name; it is not in members.csv"},
		{"unlisted heading", "r.docx", laid(block(extract.Heading, "Response from the Home and Hospital Teaching Association")), "Home and Hospital Teaching Association", "the head of the document; it is not in members.csv"},
		{"sender of an Outlook message", "a.msg", &extract.Document{Format: "msg", Facts: mail("Jo", "jo@mail.ashdown.example")}, "Ashdown Autism Trust", "the sender's e-mail address, mail.ashdown.example"},
		{"unlisted sender", "r.eml", &extract.Document{Format: "eml", Facts: mail("Eastvale Families Together", "e@gmail.com")}, "Eastvale Families Together", "the sender's name; it is not in members.csv"},
		{"nothing", "scan0042 final.docx", laid(block(extract.Paragraph, "Too slow.")), "scan0042", "the file's name; nothing that is surer says who sent it"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := GuessMember(tt.file, tt.doc, testMembers)
			if d := cmp.Diff(Guess{tt.want, tt.reason}, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestGuessConsent(t *testing.T) {
	tests := []struct {
		name, file, text string
		kind             extract.Kind
		want             Consent
	}{
		{"statement", "a.docx", "This statement is given in confidence.", extract.Paragraph, Confidential},
		{"not to be quoted", "a.docx", "It must not be quoted or shared.", extract.Paragraph, Confidential},
		{"not to be named", "a.docx", "Please do not name us in anything you publish.", extract.Paragraph, Anonymous},
		{"a whole response that makes the following points", "a.docx", "This whole response is submitted in confidence. We make the following points.", extract.Paragraph, Confidential},
		{"about one paragraph only", "a.docx", "The next paragraph is in confidence.", extract.Paragraph, ""},
		{"a marking", "a.docx", "PRIVATE AND CONFIDENTIAL", extract.Heading, Confidential},
		{"capitals", "a.docx", "Not For Publication", extract.Paragraph, Confidential},
		{"an odd space and a hidden hyphen", "a.docx", "It is submitted in\u00a0con\u00adfidence.", extract.Paragraph, Confidential},
		{"a ligature over two lines", "a.docx", "All our answers are con-\n\ufb01dential.", extract.Paragraph, Confidential},
		{"don't quote", "a.docx", "Please don’t quote us.", extract.Paragraph, Confidential},
		{"would like to be anonymous", "a.docx", "We would like our response to be anonymous.", extract.Paragraph, Anonymous},
		{"not attributed", "a.docx", "None of this may be attributed to us.", extract.Paragraph, Anonymous},
		{"an e-mail's footer", "a.eml", "This email is confidential and must not be quoted.", extract.Furniture, ""},
		{"an opinion on confidence", "a.docx", "Parents have lost confidence in the system.", extract.Paragraph, ""},
		{"the name", "x (confidential)/a.docx", "Hello.", extract.Paragraph, Confidential},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, _ := GuessConsent(tt.file, laid(block(tt.kind, tt.text))); got != tt.want {
				t.Errorf("consent %q, want %q", got, tt.want)
			}
		})
	}
}

// TestMayAskMissesNothing: what is looked for first stands in everything that the statements find.
func TestMayAskMissesNothing(t *testing.T) {
	words := strings.Fields(`do not don't must should may be being quote quoted reproduced publish publication for quotation quoting without consent to but the bit
		name named identified attribute naming us none of this keep anonymous wish anonymity in confidence given confidential response is private and treat as ever ‑ o'not, (not none`)
	r := rand.New(rand.NewPCG(3, 3))
	found := 0
	for range 60_000 {
		var text string
		for range 2 + r.IntN(11) {
			text += words[r.IntN(len(words))] + []string{" ", " ", " ", "\n", "\r\n", ", ", "  "}[r.IntN(7)]
		}
		want := slices.ContainsFunc(statements, func(s statementKind) bool { return s.words.MatchString(text) })
		if got := mayAsk(text); got != want {
			t.Fatalf("%q: %v, want %v", text, got, want)
		}
		if want {
			found++
		}
		if written := disguised(r, text); !mayNeed(written) && mayAsk(strings.ToLower(legible(written))) {
			t.Fatalf("%q asks for something and needs nothing", written)
		}
	}
	if found < 500 {
		t.Errorf("only %d texts make a statement", found)
	}
}

// disguised is a text as other programs may write it, with one of its letters as a reader sees it and a computer does not.
func disguised(r *rand.Rand, text string) string {
	at := r.IntN(len(text))
	switch letter := text[at]; {
	case r.IntN(4) == 0:
		return text[:at] + []string{"\u00ad", "\u200b", "-\n", "-\r\n", "’", "\u00a0"}[r.IntN(6)] + text[at:]
	case letter == 'i' && r.IntN(2) == 0:
		return text[:at] + "İ" + text[at+1:]
	case letter >= 'a' && letter <= 'z':
		return text[:at] + []string{string(letter - 'a' + 'A'), string(rune(letter) - 'a' + 'ａ')}[r.IntN(2)] + text[at+1:]
	}
	return strings.ReplaceAll(text, "fi", "ﬁ")
}

func TestReadMembers(t *testing.T) {
	got, err := ReadMembers([]byte("\xef\xbb\xbfName,Short,aliases,consent\n\"Deaf Learners' Alliance\",DLA,\"DLA; Deaf Learners\",Anonymous\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Member{{Name: "Deaf Learners' Alliance", Short: "DLA", Aliases: []string{"DLA", "Deaf Learners"}, Consent: Anonymous, Listed: true}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for _, bad := range []string{"", "short\nX\n", "name,consent\nX,secret\n", "name\nX\nx\n"} {
		if _, err := ReadMembers([]byte(bad)); !errors.Is(err, ErrMembersFile) {
			t.Errorf("ReadMembers(%q) = %v, want ErrMembersFile", bad, err)
		}
	}
}
