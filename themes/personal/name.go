package personal

import (
	"regexp"
	"strings"
)

const (
	name     = `\p{Lu}[\p{Ll}]+(?:[’'-]\p{Lu}?[\p{Ll}]+)?`
	fullName = name + `(?: ` + name + `){0,2}`
	relation = `(?:step-?|grand-?|god-?|foster ?|adopted |adoptive )?(?:sons?|daughters?|child|boy|girl|lad|nephew|niece|grandchild|eldest|oldest|youngest|middle one|little one|twins?|brother|sister|toddler|teenager|baby)`
	young    = `(?:boy|girl|child|pupil|student|son|daughter|teenager|youngster|young person|young man|young woman|toddler|lad|learner|baby|infant|patient)`
	age      = `(?:[3-9]|1\d|2[0-5]|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)`
)

// announced are the forms in which words beside a name say that it is a child's. The first group that matches is the name.
var announced = []struct {
	form      *regexp.Regexp
	certainty Certainty
}{
	{regexp.MustCompile(`(?im)(?:\b(?:child|pupil|student|learner|young person|patient)(?:[’']s)?(?: full)? name(?: is|:| [–-])|\bname of (?:the |your )?(?:child|pupil|student|young person|learner)\s?[:–-]|^(?:pupil|child|student|learner)\s?:)\s{0,3}(?-i:(` + fullName + `))`), Sure},
	{regexp.MustCompile(`(?i:\b(?:my|our|her|his|their) (?:[a-z]+ ){0,2}` + relation + `)(?:,| is called| called| named|:)? (` + fullName + `)`), Likely},
	{regexp.MustCompile(`(?i:\b(?:a|an|one|the|this|another|every|of) (?:[a-z-]+ ){0,2}` + young + `),? (?i:called|named|by the name of|whose name is) (` + fullName + `)`), Likely},
	{regexp.MustCompile(`\b(` + fullName + `)[’']s? (?i:mum|mam|mom|mother|dad|father|parents?|carers?|grandmother|grandfather|gran|nan|foster carers?)\b`), Likely},
	{regexp.MustCompile(`(?i:\b(?:mother|mum|father|dad|parents?|carers?|grandparents?|grandmother|grandfather) (?:of|to)) (` + fullName + `)`), Likely},
	{regexp.MustCompile(`\b(` + fullName + `),? (?:aged|age) ` + age + `\b`), Likely},
	{regexp.MustCompile(`\b(` + fullName + `) \((?:aged? )?` + age + `\)`), Likely},
	{regexp.MustCompile(`\b(` + fullName + `),? who (?:is|was) (?:only |just |now |then )?` + age + `\b`), Likely},
	{regexp.MustCompile(`\b(` + fullName + `), (?i:my|our|her|his|their) (?i:` + relation + `)\b`), Likely},
}

// noNames are capitalised words that are nobody's name, or not where they stand.
var noNames = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`The A An This That These Those He She They It We I You My Our His Her Their And But Or If When While Because So In On At By For From To With Of As Is Are Was Were Has Had Have Do Does Did Not No
		May Should Could Would Must Might Can Will Shall January February March April June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday
		Year Key Stage School Schools Academy College Council County Local Authority Department Government Minister Ministers Parliament Committee Ofsted Tribunal Union Trust Forum Network Association Education Health Care Plan
		Parent Parents Carer Carers Mother Father Mum Dad Child Children Pupil Pupils Family Families Teacher Teachers Head Senco Autism Asperger Down Downs Tourette Dyslexia Dyslexic Autistic Deaf Special Primary Secondary Nursery
		England English Scotland Wales Ireland Northern Britain British London Every Each All Some Many Most Both What Where Why How Who There Here Then Now After Before Since Although However`) {
		out[w] = true
	}
	return out
}()

// children finds names that words beside them say are a child's.
func children(text string) []Finding {
	var out []Finding
	for _, a := range announced {
		for _, m := range a.form.FindAllStringSubmatchIndex(text, -1) {
			start, end := nameWithin(text, m[2], m[3])
			if end > start {
				out = append(out, Finding{start, end, Child, a.certainty})
			}
		}
	}
	return out
}

// nameWithin leaves out what is no name at the ends of a run of capitalised words; empty where nothing is left.
func nameWithin(text string, start, end int) (int, int) {
	for start < end {
		first, _, _ := strings.Cut(text[start:end], " ")
		if !noNames[stem(first)] {
			break
		}
		start = min(end, start+len(first)+1)
	}
	for at := start; at < end; {
		word, _, _ := strings.Cut(text[at:end], " ")
		if noNames[stem(word)] {
			return start, max(start, at-1)
		}
		at += len(word) + 1
	}
	return start, end
}

func stem(word string) string {
	return strings.TrimSuffix(strings.TrimSuffix(word, "’s"), "'s")
}

// place is a run of capitalised words that ends in a word for a school.
var place = regexp.MustCompile(`\b((?:(?:St\.?|\p{Lu}[\p{L}’'-]*|VI|&) (?:(?:of|the|and|&|for|in|on|upon) ){0,2}){1,6})(School|Academy|College|Nursery|Preschool|Pre-school|Pre-School|Playgroup|Kindergarten|Sixth Form|PRU|Pupil Referral Unit)\b`)

// generic are words that may stand before a word for a school and name none.
var generic = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`The A An Our My Your His Her Their This That Every Each Any No One All Some Many Most Both New Local National Area Regional State Independent Maintained Mainstream Special Primary Secondary Infant Junior High Upper Lower Middle Grammar Nursery Community Free Faith
		Catholic Church England CofE C.E. CE RC Roman Foundation Aided Voluntary Controlled Boarding Day Residential Hospital Private Public Comprehensive Technical Specialist Further Sixth Form Sixth-form FE Early Years Pre Alternative Provision AP PRU and of the & for in on
		School Academy College Secondary-School In At When If For From To Of And But Is Are Was Were SEND SEN SEMH EHC DfE Ofsted Government Department Council University Royal Multi Trust Inclusive Welsh Scottish English British UK Maths Science Engineering Studio Virtual Home Whole Small Large Good Outstanding Urban Rural Coastal Northern Southern Eastern Western Inner Outer City Town Village After Before Year`) {
		out[w] = true
	}
	return out
}()

// schools finds names of schools. An organisation that is known and has such a word in its name is none.
func schools(text string, known []string) []Finding {
	var out []Finding
	for _, m := range place.FindAllStringSubmatchIndex(text, -1) {
		start := m[0]
		for { // articles and words that begin a sentence are no part of the name
			first, rest, ok := strings.Cut(text[start:m[3]], " ")
			if !ok || rest == "" || !leading[first] {
				break
			}
			start += len(first) + 1
		}
		if !proper(text[start:m[3]]) || royal(text, m[0], m[1]) || isKnown(text, start, m[1], known) {
			continue
		}
		if strings.HasPrefix(text[m[0]:], "The ") && start == m[0]+len("The ") {
			start = m[0]
		}
		out = append(out, Finding{start, m[1], School, Likely})
	}
	return out
}

// leading are words that stand before a school's name and are not in it.
var leading = map[string]bool{"The": true, "At": true, "In": true, "From": true, "When": true, "If": true, "For": true, "To": true, "And": true, "But": true, "Our": true, "My": true, "His": true, "Her": true, "Their": true, "Of": true, "After": true, "Before": true, "Every": true, "A": true, "An": true, "Is": true, "Was": true, "the": true, "of": true, "and": true, "in": true, "for": true, "on": true}

// proper reports whether a word of the run is a name of its own.
func proper(words string) bool {
	for w := range strings.FieldsSeq(words) {
		if !generic[w] {
			return true
		}
	}
	return false
}

// royal reports a body of a profession, "Royal College of Nursing", "College of Policing".
func royal(text string, start, end int) bool {
	return strings.HasPrefix(text[start:end], "Royal ") || strings.HasSuffix(text[start:end], "College") && (strings.HasPrefix(text[end:], " of ") || strings.HasPrefix(text[end:], " London"))
}

// isKnown reports whether a known name covers the words, or they begin one.
func isKnown(text string, start, end int, known []string) bool {
	for _, k := range known {
		if k == "" {
			continue
		}
		if strings.Contains(strings.ToLower(k), strings.ToLower(text[start:end])) {
			return true
		}
	}
	return false
}
