package index

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// example is a value that a field may have.
func example(name string) string {
	switch name {
	case "page":
		return "3..7"
	case "words":
		return ">100"
	case "date":
		return "2023-04..2023-05"
	case "checked":
		return "yes"
	case "consent":
		return string(Anonymous)
	}
	return `"two words"`
}

// fault says what is wrong with a field's value, or nothing.
func (f Field) fault() string {
	var ok bool
	switch f.Name {
	case "page", "words":
		if _, ok = f.numbers(); !ok {
			return fmt.Sprintf("%[1]s: takes a number or a range of two with the smaller first, as in %[1]s:3, %[1]s:3..7, %[1]s:>3 or %[1]s:..7.", f.Name)
		}
	case "date":
		if _, ok = f.days(); !ok {
			return "date: takes a day, a month or a year with the year first, or a range of two, as in " + likelyDate(f.Value) + ", date:2023-04..2023-05 or date:<2023-05-01."
		}
	case "checked":
		if _, ok := f.Yes(); !ok {
			return "checked: is yes or no, as in checked:yes: whether a person has confirmed or changed what the passage says."
		}
	case "consent":
		if _, ok := f.consent(); !ok {
			return fmt.Sprintf("consent: is one of %s, %s and %s.", Attributable, Anonymous, Confidential)
		}
	}
	return ""
}

// Yes reads the value of a field that is yes or no.
func (f Field) Yes() (yes, ok bool) {
	switch strings.ToLower(f.Value) {
	case "yes", "true":
		return true, true
	case "no", "false":
		return false, true
	}
	return false, false
}

func (f Field) consent() (Consent, bool) {
	c := Consent(strings.ToLower(f.Value))
	return c, slices.Contains([]Consent{Attributable, Anonymous, Confidential}, c)
}

// numbers makes the test of 3, 3..7, 3.., ..7, >3, >=3, <7 and <=7.
func (f Field) numbers() (holds func(int) bool, ok bool) {
	return inRange(f.Value, func(s string) (int, int, bool) {
		n, ok := number(s)
		return n, n, ok
	})
}

// days makes the test of a date as a document gives it: the day, or more precisely. A month or a year stands for all its days.
func (f Field) days() (holds func(date string) bool, ok bool) {
	in, ok := inRange(f.Value, func(s string) (first, last string, ok bool) {
		for layout, rest := range map[string][2]string{"2006": {"-01-01", "-12-31"}, "2006-01": {"-01", "-31"}, time.DateOnly: {}} {
			if _, err := time.Parse(layout, s); err == nil {
				return s + rest[0], s + rest[1], true
			}
		}
		return "", "", false
	})
	return func(date string) bool {
		return len(date) >= len(time.DateOnly) && in(date[:len(time.DateOnly)])
	}, ok
}

// inRange makes the test of a value or a range of two, each of which read takes from its first to its last: a month is
// many days.
func inRange[T cmp.Ordered](value string, read func(string) (first, last T, ok bool)) (holds func(T) bool, ok bool) {
	for _, sign := range []string{">=", "<=", ">", "<"} {
		if rest, found := strings.CutPrefix(value, sign); found {
			first, last, ok := read(strings.TrimSpace(rest))
			return func(x T) bool {
				return sign == ">=" && x >= first || sign == "<=" && x <= last || sign == ">" && x > last || sign == "<" && x < first
			}, ok
		}
	}
	from, to, ranged := strings.Cut(value, "..")
	first, last, ok := read(from)
	switch {
	case !ranged:
		return func(x T) bool { return x >= first && x <= last }, ok
	case to == "":
		return func(x T) bool { return x >= first }, ok
	}
	_, most, ok2 := read(to)
	if from == "" {
		return func(x T) bool { return x <= most }, ok2
	}
	return func(x T) bool { return x >= first && x <= most }, ok && ok2 && first <= most
}

var britishDate = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$`)

// likelyDate is the date that was probably meant.
func likelyDate(value string) string {
	if m := britishDate.FindStringSubmatch(value); m != nil {
		if day, err := time.Parse("2/1/2006", m[1]+"/"+m[2]+"/"+m[3]); err == nil {
			return "date:" + day.Format(time.DateOnly)
		}
	}
	return "date:2023-04-28"
}

// error says what is wrong with the field, as if it were the whole query.
func (f Field) error(message string) *QueryError {
	return &QueryError{Query: f.Name + ":" + f.Value, At: len(f.Name) + 1, Message: message}
}

// String is the field as it is written in a query.
func (f Field) String() string {
	if strings.ContainsFunc(f.Value, endsPiece) {
		return f.Name + `:"` + escape(f.Value) + `"`
	}
	return f.Name + ":" + escape(f.Value)
}
