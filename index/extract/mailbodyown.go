package extract

import (
	"regexp"
	"strings"
	"unicode"
)

// maxSignatureWords is how long the words after a "-- " line may be to be its signature.
const maxSignatureWords = 150

var (
	closingLine = regexp.MustCompile(`(?i)^(` +
		`(with )?((my|our|very|and) )*(kind|kindest|best|warm|warmest|many|good|all good|friendly)? ?(regards|wishes|thanks)(( and| &) ((best|kind|warm) )?(regards|wishes|thanks))?( again)?` +
		`|yours( (very )?(sincerely|faithfully|truly|ever))?` +
		`|(thank you|cheers|best|sincerely|respectfully|love|all the best|in solidarity|take care|kr|br)( again| very much| so much)?` +
		`)[ ,.!–-]*$`)
	// What a person would hardly write in an answer, and a mail server adds to every mail.
	disclaimerSigns = []*regexp.Regexp{
		regexp.MustCompile(`(?is)\b(intended|meant) (solely |only |exclusively )*for (the )?((sole |exclusive )?(use|attention) of )?(the )?(individual|person|addressee|recipient|named|entity|intended)`),
		regexp.MustCompile(`(?is)\bnot the (intended|named) (recipient|addressee)`),
		regexp.MustCompile(`(?is)\breceived (this|it|the) ?(e-?mail|message|communication|transmission)? ?(in error|by mistake)`),
		regexp.MustCompile(`(?is)\bregarded as binding\b|\bdoes not (constitute|create) (a|any) (legally )?binding`),
		regexp.MustCompile(`(?is)\bthis (e-?mail|message|communication|transmission)( message)?,? ?(\(?(and|together with|including|with)? ?any (attachments?|files)( transmitted with it)?\)?,? ?)?(is|are|may be|may contain|contains?)\b.{0,60}\b(confidential|privileged)`),
		regexp.MustCompile(`(?is)\bconsider the environment\b`),
		regexp.MustCompile(`(?is)\b(scanned|checked|swept) (for|by)\b.{0,40}\bvirus|\bfree (of|from) viruses\b|\bno liability is accepted\b|\baccepts? no (liability|responsibility)\b`),
		regexp.MustCompile(`(?is)\b(views|opinions)( or opinions)? (expressed|presented)\b.{0,80}\b(those|author|solely|necessarily)`),
		regexp.MustCompile(`(?is)\b(must|should|may) not (copy|disclose|distribute|use|disseminate|forward)\b.{0,60}\b(contents?|information|it|message|e-?mail)\b`),
		regexp.MustCompile(`(?is)^\W*(caution|warning|external)\b.{0,40}\b(e-?mail|message|sender)\b.{0,40}\b(outside|external)`),
	}
	contactSign = regexp.MustCompile(`(?i)(\+44|\b0\d{2,4})[\d ()-]{6,}|[^\s@]+@[^\s@]+\.[a-z]|\bwww\.|https?://|\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b|\b(tel|mob|mobile|phone|fax)\b ?[.:]|\b(registered )?charity (no|number|reg)|\bregistered (charity|company|office)\b|\bcompany (no|number)\b`)
	sentFrom    = regexp.MustCompile(`(?i)^(sent from (my|mail|outlook|yahoo|samsung|proton)|get outlook for|sent via|sent with)\b`)
	postscript  = regexp.MustCompile(`(?i)^p\.? ?s\b`)
)

// markOwn marks what in a mail is not its sender's answer: quoted mails, the signature, and what the server added.
func markOwn(facts *Facts, pieces []mailPiece) {
	end := markQuoted(pieces)
	var own []*mailPiece
	for i := range pieces[:end] {
		if pieces[i].why == "" {
			own = append(own, &pieces[i])
		}
	}
	markDisclaimers(own)
	markSignature(facts, own)
	for i := end - 2; i >= 0; i-- { // a drawn line belongs to what it sets off
		if isRule(pieces[i].text) && pieces[i].why == "" {
			pieces[i].why = pieces[i+1].why
		}
	}
}

// markQuoted marks quoted mails and gives the piece from which on all is quoted. Answers between quoted lines are the
// sender's own words.
func markQuoted(pieces []mailPiece) (end int) {
	for i := range pieces {
		p := &pieces[i]
		switch first := firstLine(p.text); {
		case p.cited:
			p.why = quotedReply
		case isAttribution(p.text):
			p.why = quotedReply
			if i+1 < len(pieces) && !pieces[i+1].cited {
				return quoteRest(pieces, i)
			}
		case originalMarker.MatchString(first), forwardMarker.MatchString(first), startsHead(pieces[i:]):
			if i > 0 && isRule(pieces[i-1].text) {
				i--
			}
			return quoteRest(pieces, i)
		}
	}
	return len(pieces)
}

func quoteRest(pieces []mailPiece, from int) int {
	for i := from; i < len(pieces); i++ {
		pieces[i].why = quotedReply
	}
	return from
}

// markDisclaimers marks a piece with two signs of an automatic text anywhere, and with one at the end of the mail.
func markDisclaimers(own []*mailPiece) {
	tail := true
	for i := len(own) - 1; i >= 0; i-- {
		p := own[i]
		n := countDisclaimers(p.text)
		if n >= 2 || n == 1 && (tail || i == 0) {
			p.why = disclaimer
			continue
		}
		tail = tail && isRule(p.text)
	}
}

func countDisclaimers(text string) int {
	n := 0
	for _, sign := range disclaimerSigns {
		if sign.MatchString(text) {
			n++
		}
	}
	return n
}

// markSignature marks the end of the mail: what follows "-- " or "Kind regards,", and before that contact details and
// the sender's name on a line of its own. It is careful with short lines, since a last answer may be one.
func markSignature(facts *Facts, own []*mailPiece) {
	if at := signatureStart(own); at >= 0 {
		for _, p := range own[at:] {
			if p.why == "" && !postscript.MatchString(p.text) {
				p.why = signature
			}
		}
	}
	names := nameWords(facts)
	for i := len(own) - 1; i > 0; i-- {
		p := own[i]
		if p.why != "" || isRule(p.text) || postscript.MatchString(p.text) {
			continue
		}
		if p.kind == Item || p.kind == Cell || !isSignature(p.text, names) {
			return
		}
		p.why = signature
		if first := firstWord(p.text); len(first) > 2 {
			names[first] = true
		}
	}
}

// signatureStart is the last piece that opens a signature with only short lines after it, or -1.
func signatureStart(own []*mailPiece) int {
	words := 0
	for i := len(own) - 1; i >= 0; i-- {
		p := own[i]
		if p.why != "" {
			continue
		}
		first := firstLine(p.text)
		if words += Words(p.text); first == "--" && words <= maxSignatureWords {
			return i
		}
		if !postscript.MatchString(p.text) && !shortLines(p.text) {
			words += maxSignatureWords / 2 // two pieces of prose are no signature, even after "--"
			if words > maxSignatureWords {
				return -1
			}
			continue
		}
		if closingLine.MatchString(first) && onlyShort(own[i:]) {
			return i
		}
	}
	return -1
}

func onlyShort(pieces []*mailPiece) bool {
	for _, p := range pieces {
		if p.why == "" && !shortLines(p.text) && !postscript.MatchString(p.text) {
			return false
		}
	}
	return true
}

// shortLines tells a name, a post, an address; not a sentence.
func shortLines(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		n := Words(line)
		if n > 10 && !contactSign.MatchString(line) || n > 5 && strings.HasSuffix(strings.TrimSpace(line), ".") || n > 20 {
			return false
		}
	}
	return true
}

// isSignature tells contact details, or lines that begin with the sender's name.
func isSignature(text string, names map[string]bool) bool {
	if sentFrom.MatchString(text) {
		return true
	}
	if !shortLines(text) {
		return false
	}
	return closingLine.MatchString(firstLine(text)) || contactSign.MatchString(text) || names[firstWord(text)] && (Words(firstLine(text)) <= 5 || strings.Contains(firstLine(text), "|"))
}

func firstWord(text string) string {
	fields := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '-' })
	if len(fields) == 0 {
		return ""
	}
	return strings.ToLower(fields[0])
}

// nameWords are the words of the sender's name, and of the address where there is no name.
func nameWords(facts *Facts) map[string]bool {
	local, _, _ := strings.Cut(facts.Address, "@")
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(facts.Author+" "+local, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(w) > 1 {
			words[strings.ToLower(w)] = true
		}
	}
	return words
}
