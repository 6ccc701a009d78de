package claim

import (
	"regexp"
	"strconv"
	"strings"

	"collate/index"
)

// A number is a quantity as it stands in a text.
type number struct {
	index.Span         // with its sign, "per cent" or magnitude, without "about" and "over"
	unit       string  // "%", "£", "share", or "" for a plain count
	value      float64 // in that unit; 0 where it cannot be told
	digits     bool    // written in digits
}

const (
	wordUnits = `one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen`
	wordTens  = `twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety`
	wordForm  = `(?:(?:` + wordTens + `)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|` + wordUnits + `)`
	digitForm = `\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`
	scaleForm = `(?:\s?(?:bn|billion|m|mn|million|k|thousand|trillion))\b`
	anyForm   = `(?:` + digitForm + `|` + wordForm + `)`
)

// numberForms finds numbers, the longest reading first.
var numberForms = regexp.MustCompile(`(?i)(?:` + strings.Join([]string{
	`(?P<money>[£$€]\s?(?:` + digitForm + `)(?:` + scaleForm + `)?)`,
	`(?P<percent>(?:` + digitForm + `)\s?%|\b(?:` + anyForm + `)\s+per\s?cent\b)`,
	`(?P<ratio>\b` + anyForm + `\s+(?:in|out of)\s+(?:every\s+)?` + anyForm + `\b)`,
	`(?P<of>\b` + anyForm + `\s+of\s+(?:the|our|these|those|its|their|all|every)\s+` + anyForm + `\b)`,
	`(?P<ofmany>\b` + anyForm + `\s+of\s+` + anyForm + `\b)`,
	`(?P<share>\b(?:(?:a|one|two|three)[-\s](?:half|third|quarter|fifth|tenth|eighth)s?|three[-\s]quarters|two[-\s]thirds|half)\b)`,
	`(?P<scaled>\b(?:` + anyForm + `)(?:` + scaleForm + `))`,
	`(?P<halves>\b` + anyForm + `\s+and\s+a\s+half\b)`,
	`(?P<hundreds>\b(?:a|` + anyForm + `)\s+(?:hundred|thousand)(?:\s+and\s+` + wordForm + `)?\b)`,
	`(?P<plain>\b(?:` + digitForm + `)\b|\b` + wordForm + `\b)`,
}, `|`) + `)`)

// numberHint is in every text with a number. It is far quicker to look for than the forms are.
var numberHint = regexp.MustCompile(`[0-9]|(?i:half|third|quarter|fifth|tenth|eighth|hundred|thousand|` + wordUnits + `|` + wordTens + `)`)

// numbers lists the numbers of a text.
func numbers(text string) []number {
	if !numberHint.MatchString(text) {
		return nil
	}
	var out []number
	names := numberForms.SubexpNames()
	for _, m := range numberForms.FindAllStringSubmatchIndex(text, -1) {
		for i, name := range names {
			if name == "" || m[2*i] < 0 {
				continue
			}
			out = append(out, newNumber(text, index.Span{Start: m[0], End: m[1]}, name))
			break
		}
	}
	return out
}

func newNumber(text string, at index.Span, form string) number {
	words := strings.ToLower(text[at.Start:at.End])
	n := number{Span: at, digits: strings.ContainsAny(words, "0123456789"), value: valueOf(words)}
	switch form {
	case "money":
		n.unit = words[:len(words)-len(strings.TrimLeft(words, "£$€"))]
	case "percent":
		n.unit = "%"
	case "ratio", "of", "ofmany":
		if form == "ofmany" && strings.HasPrefix(words, "one ") { // "one of three neighbouring counties" is none of them in particular
			n.unit, n.value = "", 1
			break
		}
		n.unit, n.value = "share", ratio(words)
	case "halves":
		n.value += .5
	case "share":
		n.unit, n.value = "share", shares[strings.Join(strings.FieldsFunc(strings.TrimSuffix(words, "s"), func(r rune) bool { return r == '-' || r == ' ' || r == '\n' || r == '\t' }), " ")]
	}
	return n
}

var shares = map[string]float64{"half": .5, "a half": .5, "one half": .5, "a third": 1. / 3, "one third": 1. / 3, "two third": 2. / 3, "a quarter": .25, "one quarter": .25, "three quarter": .75,
	"a fifth": .2, "one fifth": .2, "two fifth": .4, "three fifth": .6, "a tenth": .1, "one tenth": .1, "three tenth": .3, "an eighth": .125, "one eighth": .125}

var numberWords = func() map[string]float64 {
	out := map[string]float64{"a": 1}
	for i, w := range strings.Split(wordUnits, "|") {
		out[w] = float64(i + 1)
	}
	for i, w := range strings.Split(wordTens, "|") {
		out[w] = float64(20 + 10*i)
	}
	return out
}()

var scales = map[string]float64{"bn": 1e9, "billion": 1e9, "m": 1e6, "mn": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3, "trillion": 1e12, "hundred": 100}

var numberPart = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?|[a-z]+`)

// valueOf adds up what the words of one number say; 0 when they say none.
func valueOf(words string) float64 {
	total, last := 0.0, 0.0
	for _, w := range numberPart.FindAllString(words, -1) {
		if v, err := strconv.ParseFloat(strings.ReplaceAll(w, ",", ""), 64); err == nil {
			last += v
		} else if s := scales[w]; s > 0 {
			total += max(last, 1) * s
			last = 0
		} else {
			last += numberWords[w]
		}
	}
	return total + last
}

var ratioParts = regexp.MustCompile(`\s+(?:in|out of|of)\s+(?:(?:every|the|our|these|those|its|their|all)\s+)?`)

func ratio(words string) float64 {
	parts := ratioParts.Split(words, 2)
	if len(parts) != 2 || valueOf(parts[1]) == 0 {
		return 0
	}
	return valueOf(parts[0]) / valueOf(parts[1])
}
