package claim

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"collate/index"
)

// A Date is a day, month, season, term or year of the calendar, and what is said of it.
type Date struct {
	index.Span            // with the preposition before it: "by the end of 2025"
	Normalised string     `json:"normalised"` // "2025", "2025-12", "2023-04-28", or from and to as "2023-09/2023-11"
	Kind       DateKind   `json:"kind"`
	Promised   index.Span `json:"promised"` // of a commitment: what is promised, empty where the sentence does not say
	By         index.Span `json:"by"`       // of a commitment: who promises, likewise

	bare index.Span // without the preposition
}

// DateKind says what a date is to those who wrote of it.
type DateKind string

// The kinds of dates.
const (
	Commitment DateKind = "commitment" // somebody promised or planned something for it
	Event      DateKind = "event"      // something happened, or is to happen, at it
	OtherDate  DateKind = "other"      // a deadline that is asked for, a supposition, the date of a response
)

const (
	monthNames  = `January|February|March|April|May|June|July|August|September|October|November|December`
	shortMonths = `Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec`
	yearForm    = `(?:19[5-9]\d|20[0-4]\d)`
	seasons     = `spring|summer|autumn|winter`
	nearness    = `(?i:this|next|last)`
)

var months = func() map[string]int {
	out := map[string]int{}
	for i, m := range strings.Split(strings.ToLower(monthNames), "|") {
		out[m], out[m[:3]] = i+1, i+1
	}
	out["sept"] = 9
	return out
}()

// dateForms are tried in order at each place; the first that fits counts. Their named groups say what a date is made of.
var dateForms = regexp.MustCompile(`(?:` + strings.Join([]string{
	`\b(?:[Tt]he\s+)?quarter\s+to\s+(?:the\s+end\s+of\s+)?(?P<quarterMonth>` + monthNames + `)\s+(?P<quarterYear>` + yearForm + `)\b`,
	`\b(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<dayMonth>` + monthNames + `|` + shortMonths + `)\.?(?:,?\s+(?P<dayYear>` + yearForm + `))?\b`,
	`\b(?P<numDay>\d{1,2})[/.](?P<numMonth>\d{1,2})[/.](?P<numYear>` + yearForm + `|2[0-9])\b`,
	`\b(?P<iso>` + yearForm + `-\d{2}-\d{2})\b`,
	`\b(?P<near>` + nearness + `)\s+(?P<nearWhat>(?i:year|month|academic year|school year|` + seasons + `)|` + monthNames + `)\b`,
	`\b(?P<feast>Easter|Christmas|Whitsun)\s+(?P<feastYear>` + yearForm + `)\b`,
	`\b(?:[Tt]he\s+)?(?P<season>(?i:` + seasons + `))(?:\s+term)?(?:,?\s+(?:of\s+)?(?P<seasonYear>` + yearForm + `))\b`,
	`\b(?:[Tt]he\s+)?(?:(?P<part>(?i:end|beginning|start|close|middle|first half|second half))\s+of\s+)(?:[Tt]he\s+)?(?:(?P<partMonth>` + monthNames + `|(?i:` + seasons + `)(?:\s+term)?)\s+)?(?P<partYear>` + yearForm + `)\b`,
	`\b(?:[Tt]he\s+)?(?P<turn>(?i:end|beginning|start|close))\s+of\s+(?P<turnMonth>` + monthNames + `)\b`,
	`\b(?P<fromMonth>` + monthNames + `)\s*(?:and|to|–|-)\s*(?P<toMonth>` + monthNames + `)\s+(?P<monthsYear>` + yearForm + `)\b`,
	`\b(?:(?i:early|late|mid)[- ])?(?P<month>(?i:` + monthNames + `|` + shortMonths + `))\.?\s+(?P<monthYear>` + yearForm + `)\b`,
	`\b(?P<spanYear>` + yearForm + `)\s?[-–/]\s?(?P<spanTo>\d{2}|` + yearForm + `)\b`,
	`\b(?:[Tt]he\s+)?(?P<holiday>(?i:summer|easter|christmas))\s+(?i:recess|holidays?|break|vacation)\b`,
	`\b(?i:(?:early|late|mid)[- ])?(?P<year>` + yearForm + `)\b`,
	`\b(?P<bareMonth>January|February|April|June|July|August|September|October|November|December)\b`,
	`\b(?P<maybe>March|May)\b`,
	`\b(?P<thisDay>(?i:today|tomorrow|yesterday))\b`,
}, `|`) + `)`)

// beforeDate is what may stand before a date and belongs to it.
var beforeDate = regexp.MustCompile(`(?i)(?:^|[\s(])((?:(?:no later than|not later than|not before|not until|as early as|up to|prior to|by|before|from|in|on|at|since|until|till|after|during|throughout|over|between|for|to|through|around|about|of)\s+)(?:[Tt]he\s+)?)$`)

// calendar finds the dates of a passage. A year in the name of a law or of a source is none.
func calendar(text string, in Context, mentions []Mention) []Date {
	var out []Date
	names := dateForms.SubexpNames()
	for _, m := range dateForms.FindAllStringSubmatchIndex(text, -1) {
		groups := map[string]string{}
		for i, name := range names {
			if name != "" && m[2*i] >= 0 {
				groups[name] = text[m[2*i]:m[2*i+1]]
			}
		}
		at := index.Span{Start: m[0], End: m[1]}
		d := Date{Span: at, bare: at, Kind: OtherDate, Normalised: normalise(groups, in)}
		if d.Normalised == "" || named(text, at, mentions) || quantity(text, at) {
			continue
		}
		bare := groups["bareMonth"] != "" || groups["maybe"] != "" || groups["day"] != "" && groups["dayYear"] == ""
		if p := beforeDate.FindStringSubmatchIndex(text[:at.Start]); p != nil {
			d.Start = p[2]
			if bare && !fixed.MatchString(text[p[2]:p[3]]) && !spoken.MatchString(text) {
				continue // "a review that is due in March" is of any year
			}
			if past := strings.ToLower(text[p[2]:p[3]]); bare && strings.HasPrefix(past, "since") && d.Normalised[5:7] > fmt.Sprintf("%02d", in.Month) && in.Month > 0 {
				d.Normalised = fmt.Sprintf("%04d", in.Year-1) + d.Normalised[4:]
			}
		} else if groups["maybe"] != "" || groups["bareMonth"] != "" && !prominent(text, at) {
			continue // "May" may be a verb, and a month alone is a date where something happens in it
		}
		if yearly(text[max(0, d.Start-12):d.Start]) || groups["holiday"] != "" && single.MatchString(text[:at.Start]) {
			continue
		}
		out = join(out, d, text)
	}
	return out
}

var (
	// fixed are prepositions that put a month without its year in the year of writing.
	fixed = regexp.MustCompile(`(?i)^(?:by|since|before|until|no later than|not later than)\b`)
	// spoken is a passage in which the writer tells of itself, so that its months are those of the year.
	spoken = regexp.MustCompile(`\b(?:[Ww]e|I) (?:\w+ed|met|held|ran|asked|wrote|sent|saw|heard|said|told|had)\b|\b[Tt]hey (?:only )?(?:said|announced|published|told|met)\b`)
)

// prominent reports whether a bare month stands as a date although no preposition does.
func prominent(text string, at index.Span) bool {
	rest := strings.TrimLeft(text[at.End:], " ")
	return strings.HasPrefix(rest, ")") || strings.HasPrefix(rest, "and ") || gathering.MatchString(rest)
}

// gathering is something that takes place in a month of its own.
var gathering = regexp.MustCompile(`^(?:meeting|conference|survey|assembly|AGM|round)\b`)

// join makes "April and May 2023" and "between 2019 and 2022" one date.
func join(out []Date, d Date, text string) []Date {
	if n := len(out); n > 0 {
		last := &out[n-1]
		between := text[min(last.End, d.bare.Start):d.bare.Start]
		if b := strings.TrimSpace(between); b == "and" || b == "to" || b == "–" || b == "-" || b == "and the" {
			switch {
			case len(last.Normalised) == len(d.Normalised) && last.Normalised < d.Normalised && len(d.Normalised) <= 7:
				last.Normalised += "/" + d.Normalised
				last.End, last.bare.End = d.End, d.End
				return out
			case b != "and" && len(last.Normalised) == 10 && len(d.Normalised) == 10 && last.Normalised < d.Normalised:
				last.Normalised += "/" + d.Normalised
				last.End, last.bare.End = d.End, d.End
				return out
			case len(last.Normalised) == 7 && len(d.Normalised) == 7 && last.Normalised[:4] != d.Normalised[:4] && last.Normalised[5:] < d.Normalised[5:]:
				last.Normalised = d.Normalised[:4] + last.Normalised[4:] + "/" + d.Normalised
				last.End, last.bare.End = d.End, d.End
				return out
			}
		}
	}
	return append(out, d)
}

// single is a holiday that is none of the calendar: "over a single summer holiday".
var single = regexp.MustCompile(`(?i)\b(?:a|an|one|single|any|each|every|whole)\s+$`)

// yearly is a date of any year, "each January".
func yearly(before string) bool {
	w := strings.Fields(strings.ToLower(before))
	return len(w) > 0 && (w[len(w)-1] == "each" || w[len(w)-1] == "every")
}

// named reports whether a date belongs to the name of a law, or to the source of a figure: "(Adams et al, 2023)".
func named(text string, at index.Span, mentions []Mention) bool {
	for _, m := range mentions {
		if m.Kind == Law && overlap(m.Span, at) {
			return true
		}
	}
	open := strings.LastIndexByte(text[:at.Start], '(')
	if open < 0 || strings.IndexByte(text[open:at.Start], ')') >= 0 || at.Start-open > 90 {
		return at.End-at.Start == len("2023") && citedYear.MatchString(text[max(0, at.Start-40):at.End])
	}
	inside := text[open+1 : at.Start]
	if citedYear.MatchString(text[max(0, at.Start-40):at.End]) && at.End-at.Start == len("2023") {
		return true
	}
	close := strings.IndexAny(text[at.End:], ");")
	return close >= 0 && close < 40 && citation.MatchString(inside)
}

var (
	citation  = regexp.MustCompile(`^[^()]*\p{Lu}[^()]*,\s*(?:\w+\s+)?$|^(?:see )?\p{Lu}[\w&’'.-]*(?: \p{Lu}[\w&’'.-]*){0,3} $`)
	citedYear = regexp.MustCompile(`(?:et al\.?,?|\p{Lu}\w+ and \p{Lu}\w+)\s*\(?\d{4}$`)
)

// quantity is a number like a year that counts something: "2000 pupils", "£2023".
func quantity(text string, at index.Span) bool {
	if at.Start > 0 && strings.ContainsAny(text[at.Start-1:at.Start], "£$€,.-–") {
		return true
	}
	if strings.HasPrefix(text[at.End:], ",") && len(text) > at.End+1 && text[at.End+1] >= '0' && text[at.End+1] <= '9' {
		return true
	}
	return counted.MatchString(text[at.End:])
}

var counted = regexp.MustCompile(`^\s*(?:%|per cent\b|pupils\b|children\b|members\b|families\b|parents\b|people\b|schools\b|places\b|days\b|hours\b|words\b|responses\b)`)

// normalise is the date in figures; "" for one that cannot be fixed.
func normalise(g map[string]string, in Context) string {
	year := func(s string) int {
		if n, err := strconv.Atoi(s); err == nil {
			return n
		}
		return in.Year
	}
	switch {
	case g["iso"] != "":
		return g["iso"]
	case g["day"] != "":
		return day(year(g["dayYear"]), months[strings.ToLower(g["dayMonth"])], g["day"])
	case g["numDay"] != "":
		m, _ := strconv.Atoi(g["numMonth"])
		y := year(g["numYear"])
		if y < 100 {
			y += 2000
		}
		return day(y, m, g["numDay"])
	case g["season"] != "":
		return season(year(g["seasonYear"]), strings.ToLower(g["season"]))
	case g["partYear"] != "":
		return part(g, year(g["partYear"]))
	case g["turn"] != "":
		return month(in.Year, months[strings.ToLower(g["turnMonth"])])
	case g["fromMonth"] != "":
		return month(year(g["monthsYear"]), months[strings.ToLower(g["fromMonth"])]) + "/" + month(year(g["monthsYear"]), months[strings.ToLower(g["toMonth"])])
	case g["holiday"] != "":
		return month(in.Year, map[string]int{"summer": 7, "easter": 4, "christmas": 12}[strings.ToLower(g["holiday"])])
	case g["month"] != "":
		return month(year(g["monthYear"]), months[strings.ToLower(g["month"])])
	case g["quarterMonth"] != "":
		m, y := months[strings.ToLower(g["quarterMonth"])], year(g["quarterYear"])
		from := y*12 + m - 3
		return month(from/12, from%12+1) + "/" + month(y, m)
	case g["feast"] != "":
		return month(year(g["feastYear"]), map[string]int{"Easter": 4, "Christmas": 12, "Whitsun": 5}[g["feast"]])
	case g["spanYear"] != "":
		return years(g["spanYear"], g["spanTo"])
	case g["year"] != "":
		return g["year"]
	case g["bareMonth"] != "", g["maybe"] != "":
		return nearMonth(months[strings.ToLower(g["bareMonth"]+g["maybe"])], "", in)
	case g["near"] != "":
		return near(strings.ToLower(g["near"]), strings.ToLower(g["nearWhat"]), in)
	}
	return ""
}

func day(year, m int, text string) string {
	d, err := strconv.Atoi(text)
	if err != nil || d < 1 || d > 31 || m < 1 || m > 12 || year == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, m, d)
}

func month(year, m int) string {
	if year == 0 || m == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", year, m)
}

// part is the end of a year, its beginning, or the end of a month of it.
func part(g map[string]string, year int) string {
	if name, term, _ := strings.Cut(strings.ToLower(g["partMonth"]), " "); firstMonth[name] > 0 {
		switch end := strings.EqualFold(g["part"], "end") || strings.EqualFold(g["part"], "close"); {
		case end && term == "term":
			return month(year, map[string]int{"spring": 4, "summer": 7, "autumn": 12}[name])
		case end && name != "winter":
			return month(year, firstMonth[name]+2)
		}
		return season(year, name)
	}
	if m := months[strings.ToLower(g["partMonth"])]; m > 0 {
		return month(year, m)
	}
	switch strings.ToLower(g["part"]) {
	case "end", "close":
		return month(year, 12)
	case "beginning", "start":
		return month(year, 1)
	}
	return fmt.Sprint(year)
}

// years is "2023-24": from the first to the second.
func years(from, to string) string {
	a, _ := strconv.Atoi(from)
	b, _ := strconv.Atoi(to)
	if b < 100 {
		b += a / 100 * 100
	}
	if b <= a || b > a+30 {
		return ""
	}
	return fmt.Sprintf("%d/%d", a, b)
}

// season is its months; winter ends in the next year.
func season(year int, name string) string {
	if year == 0 {
		return ""
	}
	switch name {
	case "spring":
		return fmt.Sprintf("%d-03/%d-05", year, year)
	case "summer":
		return fmt.Sprintf("%d-06/%d-08", year, year)
	case "autumn":
		return fmt.Sprintf("%d-09/%d-11", year, year)
	}
	return fmt.Sprintf("%d-12/%d-02", year, year+1)
}

// firstMonth is when a season begins.
var firstMonth = map[string]int{"spring": 3, "summer": 6, "autumn": 9, "winter": 12}

// near fixes "this autumn", "last November" and "next year" from when the text was written.
func near(which, what string, in Context) string {
	if in.Year == 0 {
		return ""
	}
	shift := map[string]int{"this": 0, "next": 1, "last": -1}[which]
	switch {
	case what == "year":
		return fmt.Sprint(in.Year + shift)
	case what == "academic year" || what == "school year":
		from := in.Year + shift
		if in.Month > 0 && in.Month < 9 {
			from--
		}
		return fmt.Sprintf("%d/%d", from, from+1)
	case what == "month" && in.Month > 0:
		m := in.Year*12 + in.Month - 1 + shift
		return month(m/12, m%12+1)
	case firstMonth[what] > 0:
		year := in.Year
		if which == "last" && (in.Month == 0 || firstMonth[what]+2 >= in.Month) {
			year--
		}
		if which == "next" && in.Month >= firstMonth[what] {
			year++
		}
		return season(year, what)
	}
	return nearMonth(months[what], which, in)
}

// nearMonth is a month without its year: the last or the next one, or that of the year of writing.
func nearMonth(m int, which string, in Context) string {
	if in.Year == 0 || m == 0 {
		return ""
	}
	year := in.Year
	if which == "last" && in.Month > 0 && m >= in.Month {
		year--
	}
	if which == "next" && in.Month > 0 && m <= in.Month {
		year++
	}
	return month(year, m)
}
