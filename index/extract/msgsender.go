package extract

import (
	"net/textproto"
	"strings"
	"time"
)

// facts are the message's own statements, as the same mail's headers would make them.
func (m *outlookMessage) facts() Facts {
	headers := mailFacts(transportHeaders(m.text(idHeaders)))
	facts := Facts{Subject: m.subject(), Date: m.date(headers.Date)}
	if facts.Subject == "" {
		facts.Subject = headers.Subject
	}
	facts.Author, facts.Address = m.sender(headers)
	return facts
}

// date is when the mail was sent. The headers know the sender's time zone; a mail that was never sent has the time when it
// was last changed.
func (m *outlookMessage) date(header string) string {
	if _, err := time.Parse(time.RFC3339, header); err == nil {
		return header
	}
	for _, id := range []uint32{idSubmitted, idDelivered, idModified, idCreated} {
		if at := m.time(id); !at.IsZero() {
			return at.Format(time.RFC3339)
		}
	}
	return header
}

// subject is the subject with its "RE:". Old files mark the length of that prefix by two characters before it.
func (m *outlookMessage) subject() string {
	s := m.text(idSubject)
	if runes := []rune(s); len(runes) >= 2 && runes[0] == 1 {
		s = string(runes[2:])
	}
	if s = headerLine(s); s != "" {
		return s
	}
	return headerLine(m.text(idSubjectPrefix) + m.text(idNormalSubject))
}

// sender is on whose behalf the mail was sent, as its From would say, or else who sent it.
func (m *outlookMessage) sender(headers Facts) (name, address string) {
	for _, who := range []struct{ name, smtp, address uint32 }{
		{idFromName, idFromSMTP, idFromAddress}, {idSenderName, idSenderSMTP, idSenderAddress},
	} {
		name, address = strings.Trim(m.line(who.name), `'" `), m.line(who.smtp)
		if !isSMTP(address) {
			address = m.resolve(m.line(who.address))
		}
		switch {
		case name == "" && address == "":
			continue
		case address == "" && isSMTP(name):
			address = name
		case address == "":
			address = headers.Address
		}
		if strings.EqualFold(name, address) {
			name = ""
		}
		return name, address
	}
	return headers.Author, headers.Address
}

func isSMTP(address string) bool {
	return address != "" && mailAddress.FindString(address) == address && !strings.HasPrefix(address, "/")
}

// resolve gives the internet address of one that may be Exchange's ("/O=FORUM/CN=ANN"): another property may name both.
func (m *outlookMessage) resolve(address string) string {
	if isSMTP(address) || address == "" {
		return strings.Trim(mailAddress.FindString(address), ".")
	}
	for _, pair := range [][2]uint32{
		{idFromAddress, idFromSMTP}, {idSenderAddress, idSenderSMTP}, {idReceivedBy, idReceivedBySMTP}, {idReceivedFor, idReceivedForSMTP},
	} {
		if smtp := m.line(pair[1]); strings.EqualFold(m.line(pair[0]), address) && isSMTP(smtp) {
			return smtp
		}
	}
	for i := range m.recipients {
		r := &m.recipients[i]
		if smtp := r.line(idSMTPAddress); strings.EqualFold(r.line(idAddress), address) && isSMTP(smtp) {
			return smtp
		}
	}
	_, stamp, _ := strings.Cut(m.text(idAccountStamp), "\x01")
	if smtp := m.line(idAccount); strings.EqualFold(headerLine(stamp), address) && isSMTP(smtp) {
		return smtp
	}
	return ""
}

// maxHeaderLine bounds a header that goes on over many lines.
const maxHeaderLine = 10_000

// transportHeaders reads those of the headers that Outlook kept which say who, when and what. The first line may be none,
// and the last may break off.
func transportHeaders(text string) textproto.MIMEHeader {
	header := textproto.MIMEHeader{}
	key := ""
	for line := range strings.SplitSeq(unixLines(text), "\n") {
		if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			if value := header.Get(key); value != "" && len(value) < maxHeaderLine {
				header.Set(key, value+" "+strings.TrimSpace(line))
			}
			continue
		}
		key = ""
		if at := mailStart.FindStringSubmatch(line); at != nil && mailHeaders[strings.ToLower(at[1])] == 1 && header.Get(at[1]) == "" {
			key = at[1]
			header.Set(key, strings.TrimSpace(line[len(at[0]):]))
		}
	}
	return header
}
