package extract

import (
	"context"
	"regexp"
	"strings"
)

// A mailPiece is a paragraph, heading, item or cell of a mail's body.
type mailPiece struct {
	textPiece
	place Place
	cited bool   // every line begins with ">", or the page marks it as quoted
	why   string // why it is furniture; "" for the sender's own words
	part  string // "covering note" when another person speaks than the facts name
}

// Why a piece of a mail is furniture.
const (
	quotedReply     = "quoted reply"
	signature       = "signature"
	disclaimer      = "disclaimer"
	forwardedHeader = "forwarded header"
	coveringNote    = "covering note"
)

// coverNoteWords is how long a forwarder's own note may be to be left out as a mere note.
const coverNoteWords = 40

// maxForwards bounds how often a mail may have been forwarded on.
const maxForwards = 20

// plainMailPieces splits a plain body: at blank lines, and where quoting, a signature or another mail's head begins.
func plainMailPieces(text string) []mailPiece {
	var pieces []mailPiece
	for _, lines := range textParagraphs(text) {
		for _, run := range mailRuns(lines) {
			if isCited(run[0]) {
				pieces = append(pieces, mailPiece{textPiece: textPiece{kind: Paragraph, text: strings.Join(run, "\n")}, cited: true})
				continue
			}
			for _, p := range textPieces(strings.Join(run, "\n"), false) {
				pieces = append(pieces, mailPiece{textPiece: p})
			}
		}
	}
	return pieces
}

// htmlMailPieces reads a page in a mail. Facts of the page's head are not the mail's.
func htmlMailPieces(ctx context.Context, to *builder, page string) ([]mailPiece, error) {
	b := &builder{}
	if err := walkHTML(ctx, page, newHTMLFlow(&outline{b: b})); err != nil {
		return nil, err
	}
	doc := b.document()
	to.doc.Facts.Pictures += doc.Facts.Pictures
	to.doc.Warnings = append(to.doc.Warnings, doc.Warnings...)
	var pieces []mailPiece
	for _, block := range doc.Blocks {
		text := doc.Text[block.Start:block.End]
		cited := block.Why == quotedReply
		kind := block.Kind
		if kind == Furniture { // a mail has no running headers
			kind = Paragraph
		}
		for _, run := range mailRuns(strings.Split(text, "\n")) {
			p := mailPiece{cited: cited || isCited(run[0]), place: block.Place}
			p.textPiece = textPiece{kind: kind, text: strings.Join(run, "\n"), level: block.Level, label: block.Place.Label}
			if kind == Paragraph {
				p.label = markOf(run[0]).number()
			}
			pieces = append(pieces, p)
		}
	}
	return joinHeadCells(pieces), nil
}

// joinHeadCells makes the head of a forwarded mail out of a table of "From:" and its value, as Thunderbird lays it out.
func joinHeadCells(pieces []mailPiece) []mailPiece {
	var out []mailPiece
	for i := 0; i < len(pieces); {
		var lines []string
		end := i
		for end+1 < len(pieces) && isHeadRow(pieces[end], pieces[end+1]) {
			lines = append(lines, strings.TrimSpace(pieces[end].text)+" "+pieces[end+1].text)
			end += 2
		}
		if end > i && isMailHead(lines) {
			out = append(out, mailPiece{textPiece: textPiece{kind: Paragraph, text: strings.Join(lines, "\n")}, cited: pieces[i].cited})
			i = end
			continue
		}
		out = append(out, pieces[i])
		i++
	}
	return out
}

func isHeadRow(label, value mailPiece) bool {
	at := headLine.FindStringSubmatch(label.text)
	return label.kind == Cell && value.kind == Cell && at != nil && at[2] == "" &&
		label.place.Table == value.place.Table && label.place.Row == value.place.Row
}

// number is the label of a numbered paragraph; a bullet is none.
func (m mark) number() string {
	if m.bullet {
		return ""
	}
	return m.label
}

func isCited(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " "), ">") }

// mailRuns splits a paragraph's lines where something else than a paragraph begins.
func mailRuns(lines []string) [][]string {
	var runs [][]string
	from := 0
	for i := 1; i <= len(lines); i++ {
		if i == len(lines) || isCited(lines[i]) != isCited(lines[from]) || !isCited(lines[i]) && startsRun(lines, i) {
			runs = append(runs, lines[from:i])
			from = i
		}
	}
	return runs
}

func startsRun(lines []string, i int) bool {
	line, above := strings.TrimSpace(lines[i]), strings.TrimSpace(lines[i-1])
	switch {
	case line == "--", standsAlone(line), standsAlone(above), closingLine.MatchString(line):
		return true
	case wroteStart.MatchString(line):
		return isAttribution(strings.Join(lines[i:min(i+4, len(lines))], "\n"))
	}
	return headLine.MatchString(line) && !headLine.MatchString(above) && isMailHead(lines[i:])
}

// standsAlone tells a line that is no part of the paragraph around it.
func standsAlone(line string) bool {
	return isRule(line) || forwardMarker.MatchString(line) || originalMarker.MatchString(line)
}

// isRule tells a line drawn of dashes or the like, without words; "--" alone begins a signature.
func isRule(line string) bool {
	return len(line) >= 4 && strings.Trim(line, "_-=*~#─—– ") == ""
}

var (
	forwardMarker  = regexp.MustCompile(`(?i)^[>\s]*(-{2,}\s*forwarded (message|by|e-?mail)\b.*|begin forwarded message:|start of forwarded message.*|-{2,} ?forwarded ?-{2,})\s*$`)
	originalMarker = regexp.MustCompile(`(?i)^[>\s]*-{2,}\s*(original|reply) (message|appointment)\s*-{2,}\s*$`)
	wroteStart     = regexp.MustCompile(`(?i)^(on\b|at \d|.*<[^<>\s]+@[^<>\s]+>)`)
	wroteLine      = regexp.MustCompile(`(?is)^(on\b.{6,300}?\bwrote|at \d.{6,300}?\byou wrote|[^\n]{0,100}<[^<>\s]+@[^<>\s]+>\s*(\([^)]*\)\s*)?wrote)\s*:\s*$`)
	headLine       = regexp.MustCompile(`(?i)^[>\s*]*(from|sent|date|to|cc|bcc|subject|reply-to|importance|attachments|resent-from)\s*:\**\s*(.*)$`)
)

// isAttribution tells "On Monday ... wrote:" in the first lines of s.
func isAttribution(s string) bool {
	lines := strings.Split(s, "\n")
	for n := 1; n <= min(4, len(lines)); n++ {
		if wroteLine.MatchString(strings.TrimSpace(strings.Join(lines[:n], "\n"))) {
			return true
		}
	}
	return false
}

// isMailHead tells the head of another mail: From, then a date, then To or Subject, on lines of their own.
func isMailHead(lines []string) bool {
	seen := map[string]bool{}
	for i, line := range lines[:min(len(lines), 14)] {
		at := headLine.FindStringSubmatch(line)
		if at == nil {
			if i == 0 {
				return false
			}
			continue // a list of addresses goes on
		}
		seen[strings.ToLower(at[1])] = true
	}
	return seen["from"] && (seen["sent"] || seen["date"]) && (seen["to"] || seen["subject"])
}

// writeMailBody tells the sender's own words from everything else in the body and adds both.
func writeMailBody(out *outline, pieces []mailPiece) {
	own, part := 0, out.part
	pieces = classifyMail(out.b, pieces, 0)
	for _, p := range pieces {
		out.part = part
		if p.part != "" {
			out.part = p.part
		}
		if p.why != "" {
			out.furniture(p.text, p.why)
			continue
		}
		place := Place{Label: p.label, Table: p.place.Table, Row: p.place.Row, Column: p.place.Column}
		out.add(p.kind, p.text, p.level, place)
		own++
	}
	if own == 0 && len(pieces) > 0 {
		out.b.warn("", "The mail has no words of its own: only a note, a signature, a disclaimer or quoted mails.")
	}
}

// classifyMail marks the pieces of one mail, and of the mail forwarded in it.
func classifyMail(b *builder, pieces []mailPiece, depth int) []mailPiece {
	forwarding := isForwardSubject(b.doc.Facts.Subject)
	at, marked := forwardStart(pieces, forwarding)
	if at < 0 || depth >= maxForwards {
		markOwn(&b.doc.Facts, pieces)
		return pieces
	}
	note := pieces[:at:at]
	markOwn(&b.doc.Facts, note)
	words := wordsLeft(note)
	// A long mail that is not called a forward, or one whose forward is told by its head alone, is its sender's own, with
	// another mail below it.
	if words > coverNoteWords && !(forwarding && marked) {
		markOwn(&b.doc.Facts, pieces)
		return pieces
	}
	head, body := takeForward(b, pieces[at:])
	if head == nil {
		markOwn(&b.doc.Facts, pieces)
		return pieces
	}
	setCoverNote(b, note, words)
	readForwardHead(b, head)
	return append(append(note, head...), classifyMail(b, body, depth+1)...)
}

// setCoverNote leaves the forwarder's note out: it is not the words of the person whom the facts name. A long one may say
// something, so a warning says that it was there.
func setCoverNote(b *builder, note []mailPiece, words int) {
	for i := range note {
		if note[i].why == "" {
			note[i].why = coveringNote
		}
		note[i].part = coveringNote
	}
	if words > coverNoteWords {
		who := b.doc.Facts.Author
		if who == "" {
			who = "the forwarder"
		}
		b.warn(coveringNote, "The mail was forwarded by "+who+" with a note of their own; the note was left out, since it is not the words of the sender.")
	}
}

// forwardStart finds where a forwarded mail begins: at its marker, or, when the subject says forwarded, at its head.
func forwardStart(pieces []mailPiece, forwarding bool) (at int, marked bool) {
	for i, p := range pieces {
		switch {
		case forwardMarker.MatchString(firstLine(p.text)):
			return i, true
		case forwarding && (originalMarker.MatchString(firstLine(p.text)) || startsHead(pieces[i:])):
			return i, false
		case isAttribution(p.text) && !p.cited:
			return -1, false
		}
	}
	return -1, false
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return strings.TrimSpace(line)
}

// startsHead tells whether another mail's head begins at the first piece, which may hold only its first line.
func startsHead(pieces []mailPiece) bool {
	if !headLine.MatchString(firstLine(pieces[0].text)) {
		return false
	}
	var lines []string
	for _, p := range pieces[:min(len(pieces), 10)] {
		if !headLine.MatchString(firstLine(p.text)) {
			break
		}
		lines = append(lines, strings.Split(p.text, "\n")...)
	}
	return isMailHead(lines)
}

func isForwardSubject(subject string) bool {
	lower := strings.ToLower(strings.TrimSpace(subject))
	return strings.HasPrefix(lower, "fw:") || strings.HasPrefix(lower, "fwd:") || strings.HasPrefix(lower, "[fwd:")
}

func wordsLeft(pieces []mailPiece) int {
	n := 0
	for _, p := range pieces {
		if p.why == "" {
			n += Words(p.text)
		}
	}
	return n
}

// takeForward splits what begins at a forwarded mail into its marker and head, and its body. The head is nil when there
// is none to tell who wrote the mail.
func takeForward(b *builder, pieces []mailPiece) (head, body []mailPiece) {
	from := 0
	if standsAlone(firstLine(pieces[0].text)) {
		from = 1
	}
	marker, rest := pieces[:from:from], uncited(pieces[from:])
	n := 0
	for n < len(rest) && headLine.MatchString(firstLine(rest[n].text)) {
		n++
	}
	if n == 0 || !hasFrom(rest[:n]) {
		return nil, nil
	}
	head = append(marker, rest[:n]...)
	body = rest[n:]
	last := &head[len(head)-1]
	if words, after := splitHead(last.text); after != "" {
		last.text = words
		body = append(plainMailPieces(after), body...)
	}
	for i := range head {
		head[i].why = forwardedHeader
	}
	return head, body
}

func hasFrom(head []mailPiece) bool {
	for _, p := range head {
		if strings.Contains(strings.ToLower(p.text), "from:") {
			return true
		}
	}
	return false
}

// splitHead parts the lines of a head from words that follow without a blank line. A list of addresses goes on.
func splitHead(text string) (head, after string) {
	lines := strings.Split(text, "\n")
	n := 0
	for i, line := range lines {
		if headLine.MatchString(line) || n == i && strings.Contains(line, "@") {
			n = i + 1
		}
	}
	return strings.Join(lines[:n], "\n"), strings.TrimSpace(strings.Join(lines[n:], "\n"))
}

// uncited takes one level of quoting off a forwarded mail, as Apple Mail sends it.
func uncited(pieces []mailPiece) []mailPiece {
	n := 0
	for n < len(pieces) && pieces[n].cited {
		n++
	}
	if n == 0 {
		return pieces
	}
	var plain []mailPiece
	for i, p := range pieces[:n] {
		if !isCited(p.text) {
			pieces[i].cited = false
			plain = append(plain, pieces[i])
			continue
		}
		lines := strings.Split(p.text, "\n")
		for i, line := range lines {
			lines[i] = strings.TrimPrefix(strings.TrimPrefix(strings.TrimLeft(line, " "), ">"), " ")
		}
		plain = append(plain, plainMailPieces(strings.Join(lines, "\n"))...)
	}
	return append(plain, pieces[n:]...)
}

// readForwardHead makes the facts those of the forwarded mail.
func readForwardHead(b *builder, head []mailPiece) {
	facts := &b.doc.Facts
	for _, p := range head {
		for line := range strings.SplitSeq(p.text, "\n") {
			at := headLine.FindStringSubmatch(line)
			if at == nil {
				continue
			}
			value := headerLine(strings.Trim(at[2], "*"))
			switch strings.ToLower(at[1]) {
			case "from":
				facts.Author, facts.Address = mailSender(value)
			case "sent", "date":
				facts.Date = mailDate(value)
			case "subject":
				facts.Subject = value
			}
		}
	}
	if facts.Date == "" {
		b.warn("", "The date of the forwarded mail could not be told.")
	}
}
