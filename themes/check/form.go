package check

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"collate/index/extract"
)

// The limits are those of the House of Commons guide to written evidence: a document of at most 3,000 words and 25 MB, no PDF.
const (
	maxEvidence  = 3000
	nearEvidence = 2700 // nine tenths
	maxFile      = 25 << 20
	maxPictures  = 3 // few logos

	structured = 500 // words from which a draft that does not say what it is is looked at for headings, summary and numbers
)

// A formJudge looks at the form of one draft.
type formJudge struct {
	d        *Draft
	evidence bool // it says that it is written evidence, so that the House's rules hold; else they are advice
	out      []Finding
}

// form judges what a committee asks of a document beside its words. What only evidence has to keep is for a person to look at in a draft that
// does not say that it is evidence.
func form(_ context.Context, _ *Record, d *Draft) ([]Finding, error) {
	j := &formJudge{d: d, evidence: saysEvidence(d)}
	j.file()
	if words := j.length(); (j.evidence || words >= structured) && j.d.Document.Format != "pdf" { // a page shows numbers, and not who put them there
		j.summary()
		j.numbering()
	}
	j.marks()
	j.cautions()
	j.packaged()
	return j.out, nil
}

var written = regexp.MustCompile(`(?i)\bwritten (?:evidence|submission)\b|\b(?:select )?committee\b|\bcall for evidence\b`)

// saysEvidence reads the head of a draft.
func saysEvidence(d *Draft) bool {
	for i, b := range d.Document.Blocks {
		if i == 8 {
			break
		}
		if written.MatchString(d.Document.Text[b.Start:b.End]) {
			return true
		}
	}
	return false
}

// rule is the severity of a rule that only evidence has to keep.
func (j *formJudge) rule() Severity {
	if j.evidence {
		return Wrong
	}
	return LookAt
}

func (j *formJudge) say(s Severity, words, why string) {
	j.out = append(j.out, Finding{Kind: Form, Severity: s, Words: words, Why: why})
}

func (j *formJudge) at(s Severity, at Span, why string) {
	j.out = append(j.out, Finding{Span: at, Kind: Form, Severity: s, Why: why})
}

func (j *formJudge) file() {
	switch format := j.d.Document.Format; format {
	case "pdf":
		j.say(j.rule(), "PDF", "Committees do not take PDF: send a Word document (.docx), .odt or .rtf.")
	case "docx", "odt", "rtf", "doc":
	default:
		if !j.evidence {
			break
		}
		j.say(LookAt, format, "Committees ask for a Word document (.docx), .odt or .rtf; the form of this file can be checked in part only.")
	}
	if n := len(j.d.Data); n > maxFile {
		j.say(j.rule(), fmt.Sprintf("%d MB", n>>20), "The file is larger than 25 MB, which is the most that can be sent.")
	}
	if n := j.d.Document.Facts.Pictures; n > maxPictures {
		j.say(LookAt, fmt.Sprintf("%d pictures", n), "Committees ask for few logos and pictures; words in pictures were not read.")
	}
}

// length counts words as Word does, all that a reader sees: the guide says nothing of notes or annexes.
func (j *formJudge) length() int {
	n := 0
	for _, b := range j.d.Document.Blocks {
		if b.Kind != extract.Furniture {
			n += len(strings.Fields(j.d.Document.Text[b.Start:b.End]))
		}
	}
	words := fmt.Sprintf("%d words", n)
	switch {
	case n > maxEvidence:
		j.say(j.rule(), words, fmt.Sprintf("Written evidence has at most %d words; notes and annexes are counted here. It is %d over.", maxEvidence, n-maxEvidence))
	case n >= nearEvidence:
		j.say(LookAt, words, fmt.Sprintf("Written evidence has at most %d words; there is little room left.", maxEvidence))
	default:
		j.say(Fine, words, fmt.Sprintf("Written evidence has at most %d words.", maxEvidence))
	}
	return n
}

var summaryHeading = regexp.MustCompile(`(?i)^[\d.\s]*(?:executive |key |main )?(?:summary|points|messages)\b`)

// summary asks for headings, and that the first one but for the title's is that of a summary in bullets.
func (j *formJudge) summary() {
	blocks := j.d.Document.Blocks
	headings, at := 0, -1
	first := -1 // of what is no title
	for i, b := range blocks {
		if b.Kind != extract.Heading {
			continue
		}
		text := j.d.Document.Text[b.Start:b.End]
		headings++
		if summaryHeading.MatchString(text) && at < 0 {
			at = i
		}
		if first < 0 && i > 0 && i+1 < len(blocks) && blocks[i+1].Kind != extract.Heading {
			first = i
		}
	}
	switch {
	case headings == 0:
		j.say(LookAt, "no headings", "There are no headings (in a heading style): give each term of reference one.")
	case at < 0:
		j.say(LookAt, "no summary", "No heading says that there is a summary: evidence begins with one, in bullets.")
	case first >= 0 && at > first+1:
		j.at(LookAt, Span{Start: blocks[at].Start, End: blocks[at].End}, "The summary does not come first.")
	case at+1 < len(blocks) && blocks[at+1].Kind != extract.Item && (at+2 >= len(blocks) || blocks[at+2].Kind != extract.Item):
		j.at(LookAt, Span{Start: blocks[at].Start, End: blocks[at].End}, "The summary is not in bullets.")
	}
}

// longParagraph is how many words a paragraph has that would be numbered: shorter ones are lines of a heading or an address.
const longParagraph = 15

// typedNumber is a number that is typed in front of a paragraph.
var typedNumber = regexp.MustCompile(`^\(?\d{1,3}(?:\.\d{1,2}){0,2}[.)]?[\s\t]`)

// numbering asks for numbered paragraphs, by the program and not by hand, behind the summary.
func (j *formJudge) numbering() {
	long, native, typed := 0, 0, 0
	inSummary := false
	for _, b := range j.d.Document.Blocks {
		text := j.d.Document.Text[b.Start:b.End]
		if b.Kind == extract.Heading {
			inSummary = summaryHeading.MatchString(text)
		}
		if inSummary || b.Kind != extract.Paragraph && b.Kind != extract.Item || len(strings.Fields(text)) < longParagraph {
			continue
		}
		long++
		switch label := b.Place.Label; {
		case typedNumber.MatchString(text):
			typed++
		case strings.ContainsAny(label, "0123456789"):
			native++
		}
	}
	switch {
	case long == 0:
	case typed > native:
		j.say(LookAt, fmt.Sprintf("%d typed numbers", typed), "The paragraphs' numbers are typed by hand: let the program number them, so that they stay right.")
	case native*5 < long*4:
		j.say(LookAt, fmt.Sprintf("%d of %d paragraphs numbered", native, long), "Committees ask for numbered paragraphs, so that evidence can be referred to.")
	default:
		j.say(Fine, fmt.Sprintf("%d of %d paragraphs numbered", native, long), "The paragraphs are numbered by the program.")
	}
}

// marks are what editing leaves behind.
func (j *formJudge) marks() {
	if n := j.d.Document.Facts.Comments; n > 0 {
		j.say(Wrong, fmt.Sprintf("%d comments", n), "Comments are left in the file: whoever gets it reads them.")
	}
	if n := j.d.Document.Facts.Revisions; n > 0 {
		j.say(Wrong, fmt.Sprintf("%d tracked changes", n), "Tracked changes are left in the file: whoever gets it sees what was there. The text was read as if all were accepted.")
	}
}

// caution are words that a document for publication should not have left in it.
var caution = regexp.MustCompile(`(?i)\b(?:strictly )?(?:private and confidential|confidential|not for (?:publication|circulation|onward sharing)|in confidence|under embargo|embargoed|without prejudice|internal use only|do not (?:share|circulate|forward)|\[?(?:tbc|tbd|xxx+|insert [a-z ]{2,30}\]|to be confirmed))`)

// cautions looks for them everywhere, page headers included.
func (j *formJudge) cautions() {
	quoted := quotedSpans(j.d)
	for _, b := range j.d.Document.Blocks {
		for _, m := range caution.FindAllStringIndex(j.d.Document.Text[b.Start:b.End], -1) {
			at := Span{Start: b.Start + m[0], End: b.Start + m[1]}
			if !slices.ContainsFunc(quoted, func(q Span) bool { return q.Start <= at.Start && at.End <= q.End }) {
				j.at(LookAt, at, "Evidence is published: see that these words may stand in it, and that nothing here is in confidence.")
			}
		}
	}
}
