package extract

import (
	"fmt"
	"regexp"
	"strings"
)

// What a respondent may ask for, in [Place.Consent].
const (
	anonymous    = "anonymous"
	confidential = "confidential"
)

var (
	// asksPermission tells headings such as "Permission to quote", "May we name you?" and "Do you consent to publication?".
	asksPermission = regexp.MustCompile(`(?i)\b(permission|consent|may (we|your|this|it)|can (we|your|this|it)|happy (for|to be)|content (for|to be)|willing to be|(wish|want|prefer|like) (us |your \w+ |this |it |them )?to be)\b.{0,80}\b(quot\w*|publi\w*|attribut\w*|nam(e|ed|ing)|identif\w*)`)
	asksQuoting    = regexp.MustCompile(`(?i)\b(quot|publi)`)
	asksAnonymity  = regexp.MustCompile(`(?i)\b(anonym|remain unnamed)`)
	asksSecrecy    = regexp.MustCompile(`(?i)\b(confidential|in confidence)`)
	saysYes        = regexp.MustCompile(`(?i)^[^\w☒☑✓☐]*(☒|☑|✓|(yes|y|true|1|x|agree|agreed|ok|okay|happy|consent|i (do|am|agree|consent)|we (do|are|agree|consent))\b)`)
	saysNo         = regexp.MustCompile(`(?i)^[^\w☒☑✓☐]*(☐|(no|n|false|0|not?|do not|don.t|disagree|i do not|we do not|i don.t|we don.t)\b)`)
	saysUnnamed    = regexp.MustCompile(`(?i)anonym|(not|without|no|n.t)\b.{0,30}\b(nam|attribut|identif)`)
)

// isPermission tells a column that asks how the answers may be used, by its heading; its values must be short ones.
func (s columnStats) isPermission(name string) bool {
	asks := asksPermission.MatchString(name) || Words(name) <= 15 && (asksAnonymity.MatchString(name) || asksSecrecy.MatchString(name))
	return asks && s.words <= longAnswerWords
}

// consent is what a respondent asks for in a column of permissions: "" for free use. What is no plain yes or no is taken for
// the strictest, so that a spelling never lets a name out.
func consentIn(heading, value string) string {
	switch value = strings.TrimSpace(value); {
	case value == "":
		return ""
	case asksSecrecy.MatchString(value):
		return confidential
	case saysUnnamed.MatchString(value):
		return anonymous
	}
	yes, no := saysYes.MatchString(value), saysNo.MatchString(value)
	switch {
	case yes == no:
		return confidential
	case asksPermission.MatchString(heading):
		if yes {
			return ""
		}
		if asksQuoting.MatchString(heading) {
			return confidential
		}
		return anonymous
	case no:
		return ""
	case asksSecrecy.MatchString(heading):
		return confidential
	}
	return anonymous
}

// consent is the strictest of what a row asks for, and where it says so.
func (s *survey) consent(row sheetRow) (consent, said string) {
	for i := range s.columns {
		c := &s.columns[i]
		if c.Role != Permission {
			continue
		}
		asks := consentIn(c.Name, row.cell(c.index))
		if asks == confidential || asks == anonymous && consent == "" {
			consent, said = asks, fmt.Sprintf("%s: %s", oneLine(c.Name, 80), oneLine(row.cell(c.index), 60))
		}
	}
	return consent, said
}
