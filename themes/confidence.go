package themes

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Confidence is how likely a suggestion is to be right, in words.
type Confidence string

// The confidences. Before [Coding.Calibrated] they are an order; after it the shares hold.
const (
	VeryLikely Confidence = "very likely" // from .85
	LikelySo   Confidence = "likely"      // from .6
	MaybeSo    Confidence = "maybe"
)

// ConfidenceOf is a probability in words; "" where it is not known.
func ConfidenceOf(p float64) Confidence {
	switch {
	case p <= 0:
		return ""
	case p >= 0.85:
		return VeryLikely
	case p >= 0.6:
		return LikelySo
	}
	return MaybeSo
}

// twentieths rounds a probability to steps of .05, from .05 to .95: finer steps would change with every decision and mean nothing.
func twentieths(p float64) float64 {
	return math.Round(20*max(0.05, min(0.95, p))) / 20
}

// themeValue is a machine's proposal as a decision holds it: "yes .85", or "yes ~.85" while too little was reviewed for the number to
// mean what it says, or "yes" without a number.
func themeValue(p float64, calibrated bool) string {
	switch {
	case p == 0:
		return "yes"
	case calibrated:
		return "yes " + strings.TrimPrefix(fmt.Sprintf("%.2f", p), "0")
	}
	return "yes ~" + strings.TrimPrefix(fmt.Sprintf("%.2f", p), "0")
}

// readTheme reads what [themeValue] wrote, or a person's "yes" or "no".
func readTheme(value string) (tagged bool, p float64, calibrated bool) {
	rest, tagged := strings.CutPrefix(value, "yes")
	rest, found := strings.CutPrefix(rest, " ")
	if !tagged || !found {
		return tagged && rest == "", 0, false
	}
	rest, rough := strings.CutPrefix(rest, "~")
	p, err := strconv.ParseFloat(rest, 64)
	if err != nil || !(p > 0 && p < 1) {
		return true, 0, false
	}
	return true, p, !rough
}
