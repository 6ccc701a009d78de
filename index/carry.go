package index

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// decideConsent lays what a person decided of a passage over what it asks for. Where its survey was read again since, other words
// may have its id now: the decision waits until its own are found.
func (s *Snapshot) decideConsent(p *Passage) {
	c, ok := s.consents[p.ID]
	if !ok {
		return
	}
	if _, moved := s.formers.replacedSince(p.ID, s.consentSeq(p.ID)); !moved {
		p.Consent = c
	} else if s.bySha[p.Sha].Excluded != "" { // it is shown in lists only
		p.Consent = Stricter(p.Consent, c)
	}
}

func (s *Snapshot) consentSeq(subject string) int64 {
	return s.formers.decided[decidedAct{ActConsent, subject}]
}

// carry takes what people decided of the consent of passages that no longer count, or that are read in another way now, over to the
// same words. Where it is not sure which words were meant it holds for all that they could be. What finds no place is listed: see
// [Snapshot.LooseConsents].
func (s *Snapshot) carry() {
	s.gatherFormers()
	names := s.names()
	of := s.formersOf()
	for _, subject := range slices.SortedFunc(maps.Keys(s.consents), func(a, b string) int { return cmp.Compare(s.consentSeq(a), s.consentSeq(b)) }) {
		seq := s.consentSeq(subject)
		if _, moved := s.formers.replacedSince(subject, seq); s.byID[subject] != nil && !moved {
			continue
		}
		found := s.carryConsent(subject, seq, s.consents[subject])
		for _, id := range of[subject] {
			found = s.carryConsent(id, seq, s.consents[subject]) || found
		}
		if !found && !names[subject] {
			s.loose = append(s.loose, subject)
		}
	}
	for _, sub := range s.Submissions {
		c, decided := s.consents[sub.Parent]
		if _, own := s.consents[sub.Name]; decided && !own && sub.ofOrganisation() && c.Strictness() > sub.Consent.Strictness() {
			sub.Consent, sub.ConsentReason = c, "set for the whole survey"
		}
	}
	slices.Sort(s.loose)
}

// names are all that decisions on consent can be about, but for passages.
func (s *Snapshot) names() map[string]bool {
	names := map[string]bool{"": true} // the consultation's default
	for _, sub := range s.Submissions {
		names[sub.Name] = true
	}
	for _, m := range s.Members {
		names[m.Name] = true
		for _, a := range m.Aliases {
			names[a] = true
		}
	}
	return names
}

// formersOf are the passages, by the submission or the member whose they were, of surveys that are read in another way now: what
// a person decided of an organisation holds for its words also where the survey is one sender's now.
func (s *Snapshot) formersOf() map[string][]string {
	of := map[string][]string{}
	for id, p := range s.left {
		if sub := s.Submission(p); sub.withdrawn {
			of[sub.Name] = append(of[sub.Name], id)
			of[sub.Member] = append(of[sub.Member], id)
		}
	}
	for id, readings := range s.formers.replaced {
		for _, old := range readings {
			of[old.survey] = append(of[old.survey], id)
			of[old.member] = append(of[old.member], id)
		}
	}
	return of
}

// carryConsent gives the words that a decision was made about its consent and reports whether they are there. The very passage
// takes it as it is, another of the same words only what is stricter, and neither where a newer decision stands.
func (s *Snapshot) carryConsent(id string, seq int64, consent Consent) bool {
	p, sure, alike := s.find(id, seq)
	if sure {
		alike = []*Passage{p}
	}
	if len(alike) == 0 && consent.Strictness() > 0 {
		alike = s.holding(s.left[id])
	}
	for _, q := range alike {
		own := s.consentSeq(q.ID)
		_, moved := s.formers.replacedSince(q.ID, own)
		switch {
		case own > seq && !moved:
		case sure && q.ID == id && own == seq:
			q.Consent = consent
		default:
			q.Consent = Stricter(q.Consent, consent)
		}
	}
	return len(alike) > 0
}

// leastCarried is how many words of a sentence are enough to tell that it is the same in a later version.
const leastCarried = 5

// holding are the passages of the same member, or of the same file, that have a sentence of one that does not count any more: a later version
// whose paragraphs are cut in another way says in one passage with others what a person said is confidential.
func (s *Snapshot) holding(old *Passage) []*Passage {
	if old == nil {
		return nil
	}
	var said []string
	text := s.Text(old)
	for _, at := range Sentences(text) {
		if words := strings.Fields(text[at.Start:at.End]); len(words) >= leastCarried {
			said = append(said, strings.Join(words, " "))
		}
	}
	if len(said) == 0 {
		said = []string{strings.Join(strings.Fields(text), " ")}
	}
	from := s.Submission(old)
	var out []*Passage
	for _, p := range s.Passages {
		sub := s.Submission(p)
		if sub.Name != from.Name && (from.Member == "" || sub.Member != from.Member) {
			continue
		}
		now := strings.Join(strings.Fields(s.Text(p)), " ")
		if slices.ContainsFunc(said, func(sentence string) bool { return sentence != "" && strings.Contains(now, sentence) }) {
			out = append(out, p)
		}
	}
	return out
}
