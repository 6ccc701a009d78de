package index

import (
	"context"
	"path"
	"strings"
)

// A Use is what a person decided a submission is for, over what the tool would do with it by itself.
type Use string

// The uses of a submission.
const (
	UseAuto      Use = "auto"      // as the tool judges: counted, unless a later version or the same file takes its place
	UseCount     Use = "count"     // counted, even where the tool takes a later one for its new version
	UseLeaveOut  Use = "leave-out" // kept and not counted: withdrawn, sent by mistake, not an answer
	UseReference Use = "reference" // a document that the members answer: searched and quoted, never counted as a member's
)

// Uses are all of them, for those who choose.
var Uses = []Use{UseAuto, UseCount, UseLeaveOut, UseReference}

// ReferenceFolder is the folder whose files are taken for documents that the members answer.
const ReferenceFolder = "reference"

// SetUse decides what a submission is for, under the coder's name. because is kept with it and shown where the submission is
// listed as not counted.
func (c *Consultation) SetUse(ctx context.Context, submission string, use Use, because, coder string) error {
	submission, err := c.SubmissionCalled(ctx, submission)
	if err != nil {
		return err
	}
	return c.Decide(ctx, []Decision{{Kind: ByPerson, Coder: coder, Act: ActUse, Subject: submission, Value: string(use), Because: because}})
}

// inReferenceFolder reports whether a submission lies in the folder of reference documents, or in a package that does.
func inReferenceFolder(name string) bool {
	first, _, _ := strings.Cut(path.Clean(name), "/")
	return strings.EqualFold(first, ReferenceFolder) && first != name
}

// A decidedUse is what a person last said of a submission's use.
type decidedUse struct {
	use     Use
	coder   string
	because string
}

// use is what a submission is for. An attachment is for what its mail is for, unless somebody decided about it.
func (s *Snapshot) use(sub *Submission) decidedUse {
	for _, name := range append([]string{sub.Name}, s.lineage.ancestors(sub.Name)...) {
		if d, ok := s.uses[name]; ok && d.use != UseAuto {
			return d
		}
	}
	if inReferenceFolder(sub.Name) {
		return decidedUse{use: UseReference}
	}
	return decidedUse{use: UseAuto}
}

// refer takes the documents that the members answer out of the submissions.
func (s *Snapshot) refer() {
	var rest []*Submission
	for _, sub := range s.Submissions {
		if d := s.use(sub); d.use == UseReference {
			sub.Member, sub.Reason, sub.Consent, sub.ConsentReason = "", "a document that the members answer", Attributable, ""
			s.References = append(s.References, sub)
			continue
		}
		rest = append(rest, sub)
	}
	s.Submissions = rest
}

// leaveOut excludes what a person left out.
func (s *Snapshot) leaveOut() {
	for _, sub := range s.Submissions {
		if d := s.use(sub); d.use == UseLeaveOut && sub.Failure == "" {
			sub.Excluded = "Left out by " + d.coder + "."
			if d.because != "" {
				sub.Excluded = "Left out by " + d.coder + ": " + strings.TrimSuffix(d.because, ".") + "."
			}
		}
	}
}

// LeftOut reports whether a person left a submission out.
func (s *Snapshot) LeftOut(sub *Submission) bool { return s.use(sub).use == UseLeaveOut }
