package personal

import (
	"regexp"
	"strings"
)

// addresses are e-mail addresses, and those written so that machines do not see them.
var addresses = regexp.MustCompile(`[\pL\pN._%+’'-]{1,64}@(?:[\pL\pN-]{1,63}\.)+\pL{2,24}|[\pL\pN._%+-]{1,64}\s?[\[({]\s?at\s?[\])}]\s?(?:[\pL\pN-]{1,63}(?:\.|\s?[\[({]\s?dot\s?[\])}]\s?))+\pL{2,24}`)

func emails(text string) []Finding {
	var out []Finding
	for _, m := range addresses.FindAllStringIndex(text, -1) {
		start := m[0] + len(text[m[0]:m[1]]) - len(strings.TrimLeft(text[m[0]:m[1]], `.'’`))
		out = append(out, Finding{start, m[1], Email, Sure})
	}
	return out
}

// ni is a National Insurance number: two letters of which D, F, I, Q, U, V are neither (nor O the second), six digits and A to D. QQ
// is the government's own example prefix.
var ni = regexp.MustCompile(`\b([A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ) ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b`)

// notNI are prefixes that are not given out.
var notNI = map[string]bool{"BG": true, "GB": true, "KN": true, "NK": true, "NT": true, "TN": true, "ZZ": true}

func nationalInsurance(text string) []Finding {
	var out []Finding
	for _, m := range ni.FindAllStringSubmatchIndex(text, -1) {
		if !notNI[text[m[2]:m[3]]] {
			out = append(out, Finding{m[0], m[1], NI, Sure})
		}
	}
	return out
}

var (
	nhs    = regexp.MustCompile(`\b\d{3}([ -]?)\d{3}[ -]?\d{4}\b`)
	nhsCue = regexp.MustCompile(`(?i)\bNHS\b`)
)

// beside is how far a word that tells what a number is may stand from it, in bytes.
const beside = 40

// nhsNumbers finds numbers of ten digits with the right check digit. One number in eleven has it by chance, so that one without gaps counts
// only where "NHS" stands beside it.
func nhsNumbers(text string) []Finding {
	var out []Finding
	for _, m := range nhs.FindAllStringSubmatchIndex(text, -1) {
		if !modulus11(text[m[0]:m[1]]) || partOfLonger(text, m[0], m[1]) {
			continue
		}
		switch cue := nhsCue.MatchString(around(text, m[0], m[1])); {
		case cue:
			out = append(out, Finding{m[0], m[1], NHS, Sure})
		case m[3] > m[2] && text[m[0]] != '0':
			out = append(out, Finding{m[0], m[1], NHS, Likely})
		}
	}
	return out
}

// modulus11 checks the last of ten digits as the NHS data dictionary says: weights 10 to 2, and eleven less the rest by eleven.
func modulus11(number string) bool {
	sum, n, first, same := 0, 0, byte(0), true
	for i := range len(number) {
		c := number[i]
		if c < '0' || c > '9' {
			continue
		}
		if n == 0 {
			first = c
		}
		same = same && c == first
		if n == 9 {
			check := (11 - sum%11) % 11
			return !same && check == int(c-'0')
		}
		sum += int(c-'0') * (10 - n)
		n++
	}
	return false
}

// partOfLonger reports whether digits go on before or behind a number.
func partOfLonger(text string, start, end int) bool {
	digit := func(i int) bool { return i >= 0 && i < len(text) && text[i] >= '0' && text[i] <= '9' }
	sign := func(i int) bool { return i >= 0 && i < len(text) && strings.IndexByte(" -.,/+", text[i]) >= 0 }
	return digit(start-1) || digit(end) || sign(start-1) && digit(start-2) || sign(end) && digit(end+1) || start > 0 && strings.IndexByte("+£$€", text[start-1]) >= 0
}

func around(text string, start, end int) string {
	return text[max(0, start-beside):min(len(text), end+beside)]
}

// dialled is a telephone number as it is written; what it has to be is checked by its digits.
var dialled = regexp.MustCompile(`(?:\+44[ -]?(?:\(0\)[ -]?)?|\b0044[ -]?|\(0\d{2,5}\)[ -]?|\b0)\d[\d -]{6,13}\d\b`)

// notDialled is what stands before numbers that are none.
var notDialled = regexp.MustCompile(`(?i)(?:\b(?:isbn|doi|charity|company|registered|registration|reference|ref|order|invoice|account|case|urn|ukprn|id)\b[^,;]{0,20}|[£$€#/.\d])$`)

// phones finds British numbers: nought, and nine or ten digits of which the first is 1, 2, 3, 7, 8 or 9.
func phones(text string) []Finding {
	var out []Finding
	for _, m := range dialled.FindAllStringIndex(text, -1) {
		words := text[m[0]:m[1]]
		if notDialled.MatchString(text[max(0, m[0]-beside):m[0]]) || strings.Contains(words, "  ") || strings.Contains(words, "--") {
			continue
		}
		digits := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, words)
		digits = strings.TrimPrefix(strings.TrimPrefix(digits, "00"), "44")
		national := strings.TrimPrefix(digits, "0")
		if len(national) < 9 || len(national) > 10 || strings.IndexByte("123789", national[0]) < 0 || dateLike.MatchString(words) {
			continue
		}
		out = append(out, Finding{m[0], m[1], Phone, Sure})
	}
	return out
}

// dateLike is a day and what follows it, "01 02 2023 14".
var dateLike = regexp.MustCompile(`^0\d[ -](?:0\d|1[0-2])[ -](?:19|20)\d\d\b`)

// areas are the postcode areas of the Royal Mail.
var areas = func() map[string]bool {
	out := map[string]bool{}
	for a := range strings.FieldsSeq(`AB AL B BA BB BD BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV
		JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE`) {
		out[a] = true
	}
	return out
}()

// postcode is the form of one: area, district, sector and unit, which never holds C, I, K, M, O or V.
var postcode = regexp.MustCompile(`\b([A-Za-z]{1,2})(\d[\dA-Za-z]?) ?(\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})\b`)

func postcodes(text string) []Finding {
	var out []Finding
	for _, m := range postcode.FindAllStringSubmatchIndex(text, -1) {
		words := text[m[0]:m[1]]
		upper, lower := strings.ToUpper(words), strings.ToLower(words)
		gap := strings.Contains(words, " ")
		if !areas[strings.ToUpper(text[m[2]:m[3]])] || words != upper && (words != lower || !gap) {
			continue
		}
		certainty := Sure
		if !gap || words == lower {
			certainty = Likely
		}
		out = append(out, Finding{m[0], m[1], Postcode, certainty})
	}
	return out
}

const (
	day       = `(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\d{4}-\d{2}-\d{2}\b|\d{1,2}(?:st|nd|rd|th)?(?: of)? ` + month + `,? \d{4}\b|` + month + ` \d{1,2}(?:st|nd|rd|th)?,? \d{4}\b)`
	month     = `(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)`
	birthWord = `(?:\b(?i:date of birth|d\.\s?o\.\s?b\.?|dob|birth ?date|birthday)|\bborn(?: on)?(?: the)?)`
)

// birthday is a day of the calendar beside a word that says that somebody was born on it.
var birthday = regexp.MustCompile(birthWord + `(?:\s+(?:is|was))?\s{0,2}[:=–-]?\s{0,2}\(?(` + day + `)|(` + day + `)\s?\(?(?i:date of birth|d\.?o\.?b\.?)\)?`)

func births(text string) []Finding {
	var out []Finding
	for _, m := range birthday.FindAllStringSubmatchIndex(text, -1) {
		start, end := m[2], m[3]
		if start < 0 {
			start, end = m[4], m[5]
		}
		out = append(out, Finding{start, end, Birth, Sure})
	}
	return out
}
