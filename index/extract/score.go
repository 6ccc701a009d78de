package extract

import (
	"strings"
	"unicode"
)

// A Score compares what was read in a file with a reference text, as bags of lower-cased words of letters and digits.
type Score struct {
	Reference int `json:"reference"` // words of the reference
	Read      int `json:"read"`      // words that were read
	Both      int `json:"both"`
}

// Compare scores text against reference.
func Compare(text, reference string) Score {
	have, want := bagOfWords(text), bagOfWords(reference)
	var s Score
	for w, n := range want {
		s.Reference += n
		s.Both += min(n, have[w])
	}
	for _, n := range have {
		s.Read += n
	}
	return s
}

// F1 is the harmonic mean of precision and recall, from 0 to 1; 1 when both texts are empty.
func (s Score) F1() float64 {
	if s.Reference+s.Read == 0 {
		return 1
	}
	return 2 * float64(s.Both) / float64(s.Reference+s.Read)
}

// Missing is the share of the reference's words that were not read, from 0 to 1.
func (s Score) Missing() float64 {
	if s.Reference == 0 {
		return 0
	}
	return 1 - float64(s.Both)/float64(s.Reference)
}

// Printed is a document as other programs print it, to be compared with their readings: with the numbers of its paragraphs and
// the marks of its notes, and without what they leave out: running headers and footers, but for a PDF, and in Word, OpenDocument
// and rich text, which pandoc reads, text boxes.
func Printed(doc *Document) string {
	var s strings.Builder
	for _, b := range doc.Blocks {
		boxed := b.Kind == Box && (doc.Format == "docx" || doc.Format == "odt" || doc.Format == "rtf")
		if boxed || b.Kind == Furniture && strings.HasPrefix(b.Why, "page ") && doc.Format != "pdf" {
			continue
		}
		text := doc.Text[b.Start:b.End]
		if !strings.HasPrefix(strings.TrimPrefix(text, "("), strings.TrimPrefix(b.Place.Label, "(")) { // typed numbers are in the text
			s.WriteString(b.Place.Label + " ")
		}
		s.WriteString(text + "\n")
		for _, r := range b.Refs {
			s.WriteString(r.Note + " ")
		}
		s.WriteString(b.Place.Note + "\n")
	}
	return s.String()
}

// bagOfWords counts the lower-cased words of letters and digits.
func bagOfWords(s string) map[string]int {
	bag := map[string]int{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !wordRune(r) }) {
		bag[w]++
	}
	return bag
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
