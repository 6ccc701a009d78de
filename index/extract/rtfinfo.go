package extract

import "time"

// An rtfInfo is what a document says of itself.
type rtfInfo struct {
	title, subject, author, company string
	pages                           int
	created, saved                  rtfDate
	date                            *rtfDate // being read
}

type rtfDate struct{ year, month, day int }

// infoWord takes a word of the document's properties. The text of those that are not wanted is muted.
func (r *rtfReader) infoWord(t *rtfToken) bool {
	i := &r.info
	property := func(to *string) {
		r.capture(func(text string) { *to = oneLine(text, 500) })
	}
	switch t.word {
	case "title":
		property(&i.title)
	case "subject":
		property(&i.subject)
	case "author":
		property(&i.author)
	case "company":
		property(&i.company)
	case "nofpages":
		i.pages = min(max(t.number, 0), MaxPages)
	case "creatim":
		i.date = &i.created
	case "revtim":
		i.date = &i.saved
	case "printim", "buptim":
		i.date = nil
	default:
		return i.dateWord(t)
	}
	return true
}

func (i *rtfInfo) dateWord(t *rtfToken) bool {
	if i.date == nil {
		return false
	}
	switch t.word {
	case "yr":
		i.date.year = t.number
	case "mo":
		i.date.month = t.number
	case "dy":
		i.date.day = t.number
	default:
		return false
	}
	return true
}

// String is the day, or "" when it is none. RTF names no time zone.
func (d rtfDate) String() string {
	day := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	if d.year < 1900 || d.year > 9999 || day.Day() != d.day || int(day.Month()) != d.month {
		return ""
	}
	return day.Format(time.DateOnly)
}

func (i *rtfInfo) fill(f *Facts) {
	f.Title, f.Subject, f.Author, f.Company, f.Pages = i.title, i.subject, i.author, i.company, i.pages
	if f.Date = i.saved.String(); f.Date == "" {
		f.Date = i.created.String()
	}
}
