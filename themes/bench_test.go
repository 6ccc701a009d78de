package themes

import (
	"fmt"
	"strings"
	"testing"

	"collate/themes/speech"
)

// benchPassage has about a hundred words, three themes and some cues, as an ordinary passage has.
const benchPassage = "We welcome the ambition of the plan, but we are concerned that most of what it promises will not arrive until the end of 2025. " +
	"The law says that a plan must be issued within 20 weeks, and our members tell us that families wait for a year. " +
	"The government argues that testing first will save money later; we do not agree. " +
	"We would support national standards if they were statutory and funded, and we recommend that ministers publish a timetable by September. " +
	"Schools should not be asked to find the staff for this from budgets that are already in deficit, and educational psychologists cannot be recruited overnight. " +
	"Alternative provision has waited long enough."

func BenchmarkPropose(b *testing.B) {
	book, err := ParseCodebook(BuiltInCodebook())
	if err != nil {
		b.Fatal(err)
	}
	speech.Tag(nil)
	b.ResetTimer()
	for range b.N {
		book.Propose(benchPassage, 0)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N), "µs/passage")
}

func BenchmarkTagAndReport(b *testing.B) {
	const members, each = 20, 25
	var files [][2]string
	for m := range members {
		var text []string
		for p := range each {
			text = append(text, fmt.Sprintf("%s This is number %d.", benchPassage, p))
		}
		files = append(files, [2]string{fmt.Sprintf("Member %d/a.txt", m), strings.Join(text, "\n")})
	}
	for range b.N {
		a := testAnalysis(b, "", files)
		if _, err := a.Report(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*members*each), "µs/passage")
}
