package index

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"collate/index/extract"
)

// months by their first three letters.
var months = map[string]time.Month{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}

const monthNames = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`

var (
	dayInWords   = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?` + monthNames + `\.?,?\s+((?:19|20)\d\d)\b`)
	dayInFigures = regexp.MustCompile(`\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)\b`)
	// A line of a letter's head may say a date that is not its own.
	otherDate = regexp.MustCompile(`(?i)\b(published|publication|launched|deadline|until|from|since|closes|closing|between|meeting|held|founded|established|replaces|replace|we sent|call for|plan|act|regulations|code)\b|\b(?:by|on) \d`)
)

// StatedDate is the day that a document says it was written: on a short line of its head that speaks of nothing else, or in its
// file's name; of a mail, the day it was sent. The date of its properties is often only when somebody saved it last. where says where it stands; both are ""
// when it says none.
func StatedDate(name string, doc *extract.Document) (day, where string) {
	if doc.IsMail() && doc.Facts.Date != "" {
		day, _, _ := strings.Cut(doc.Facts.Date, "T")
		return day, "the e-mail's date"
	}
	for line := range strings.SplitSeq(heads(doc), "\n") {
		if extract.Words(line) > 14 || otherDate.MatchString(line) {
			continue
		}
		if day := dayIn(line); day != "" {
			return day, "the head of the document"
		}
	}
	_, _, file := splitName(name)
	if day := dayIn(strings.NewReplacer("_", " ", "-", " ").Replace(file)); day != "" {
		return day, "the file's name"
	}
	return "", ""
}

// SavedDate is where the date of a submission comes from that is only the day somebody saved the file last.
const SavedDate = "the file's properties"

// Dated is the day that a submission is from, as every list, search and output gives it: the day that it states (see [StatedDate]), or
// else that of its properties, with where [SavedDate]. Both are "" when there is neither.
func (s *Submission) Dated() (day, where string) {
	if s.Document == nil {
		return "", ""
	}
	if day, where = StatedDate(s.Name, s.Document); day != "" {
		return day, where
	}
	if day, _, _ = strings.Cut(s.Document.Facts.Date, "T"); day != "" {
		return day, SavedDate
	}
	return "", ""
}

// dayIn finds the first date of a text, day first as here.
func dayIn(text string) string {
	if m := dayInWords.FindStringSubmatch(text); m != nil {
		return day(m[3], int(months[strings.ToLower(m[2][:3])]), m[1])
	}
	if m := dayInFigures.FindStringSubmatch(text); m != nil {
		month, _ := strconv.Atoi(m[2])
		return day(m[3], month, m[1])
	}
	return ""
}

// day is "2023-05-03", or "" when there is no such day.
func day(year string, month int, date string) string {
	y, _ := strconv.Atoi(year)
	d, _ := strconv.Atoi(date)
	t := time.Date(y, time.Month(month), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d || int(t.Month()) != month {
		return ""
	}
	return t.Format(time.DateOnly)
}
