package extract

import "strings"

// rtfToHTML gives back the HTML that Outlook and Exchange wrap in RTF (MS-OXRTFEX): the tags stand in groups of their own,
// and what only readers of RTF need is marked. ok is false when data does not begin as such RTF does. The result is
// UTF-8, whatever its own meta element says.
func rtfToHTML(data []byte) (html string, ok bool) {
	start := startOfRTF(data)
	if start < 0 || !wrapsHTML(data[start:]) {
		return "", false
	}
	h := rtfHTML{scanner: rtfScanner{data: data, at: start}, fonts: newRTFFonts(), now: htmlState{standIns: 1}}
	h.read()
	return h.out.String(), true
}

// wrapsHTML looks for \fromhtml1 among the words before any text.
func wrapsHTML(data []byte) bool {
	s := rtfScanner{data: data}
	for range 40 {
		switch t := s.next(); t.kind {
		case rtfOpen, rtfWord:
			switch {
			case t.word == "fromhtml":
				return t.isOn()
			case t.word == "fonttbl":
				return false
			}
		default:
			return false
		}
	}
	return false
}

// An htmlState is what a group inherits and gives up at its end.
type htmlState struct {
	font     int
	standIns int  // after each \u
	muted    bool // \htmlrtf: meant for readers of RTF
	dead     bool // a destination that holds no part of the page
	table    bool // the font table
}

// An rtfHTML takes HTML out of RTF.
type rtfHTML struct {
	scanner rtfScanner
	decoder rtfDecoder
	fonts   *rtfFonts
	now     htmlState
	outer   []htmlState
	starred bool // the last token was \*
	out     strings.Builder
}

func (h *rtfHTML) read() {
	for {
		t := h.scanner.next()
		starred := h.starred
		h.starred = false
		switch t.kind {
		case rtfEnd:
			h.write(h.decoder.flush())
			return
		case rtfOpen:
			h.write(h.decoder.flush())
			h.decoder.skip = 0
			if len(h.outer) == maxRTFGroups {
				return
			}
			h.outer = append(h.outer, h.now)
		case rtfClose:
			h.write(h.decoder.flush())
			h.decoder.skip = 0
			h.now = h.outer[len(h.outer)-1]
			if h.outer = h.outer[:len(h.outer)-1]; len(h.outer) == 0 {
				return
			}
		case rtfBytes:
			h.write(h.decoder.add(h.page(), t.bytes))
		case rtfHex:
			h.write(h.decoder.add(h.page(), []byte{byte(t.number)}))
		case rtfSymbol:
			h.symbol(&t)
		case rtfWord:
			h.word(&t, starred)
		}
	}
}

func (h *rtfHTML) page() int {
	if h.now.table {
		return h.fonts.ansi
	}
	return h.fonts.page(h.now.font)
}

func (h *rtfHTML) write(text string) {
	switch {
	case h.now.table:
		h.fonts.name(text)
	case !h.now.dead && !h.now.muted:
		h.out.WriteString(text)
	}
}

func (h *rtfHTML) symbol(t *rtfToken) {
	switch t.word {
	case `\`, "{", "}":
		h.write(h.decoder.add(h.page(), []byte(t.word)))
		return
	case "*":
		h.starred = true
		return
	}
	h.write(h.decoder.flush())
	if h.decoder.skip > 0 {
		h.decoder.skip--
		return
	}
	switch t.word {
	case "~":
		h.write("&nbsp;")
	case "_":
		h.write("&shy;")
	case "\r", "\n":
		h.write("\n")
	}
}

func (h *rtfHTML) word(t *rtfToken, starred bool) {
	if t.word == "u" {
		h.write(h.decoder.unicode(h.page(), t.number, h.now.standIns))
		return
	}
	h.write(h.decoder.flush())
	if h.decoder.skip > 0 {
		h.decoder.skip--
		return
	}
	if h.now.table {
		h.fonts.entry(t)
		return
	}
	switch t.word {
	case "htmltag":
		h.now.dead = h.now.dead || !starred
	case "htmlrtf":
		h.now.muted = t.isOn()
	case "f", "deff":
		h.now.font = t.number
	case "uc":
		h.now.standIns = min(max(t.number, 0), maxStandIns)
	case "fonttbl":
		h.now.table = true
	case "par", "line":
		h.write("\n")
	default:
		switch entity := htmlOfWord(t.word); {
		case entity != "":
			h.write(entity)
		case starred, emptyInHTML(t.word):
			h.now.dead = true
		default:
			h.fonts.header(t)
		}
	}
}

// htmlOfWord is the HTML of a word that stands for a character (MS-OXRTFEX 2.1.3.2).
func htmlOfWord(word string) string {
	switch word {
	case "tab":
		return "\t"
	case "lquote":
		return "&lsquo;"
	case "rquote":
		return "&rsquo;"
	case "ldblquote":
		return "&ldquo;"
	case "rdblquote":
		return "&rdquo;"
	case "bullet":
		return "&bull;"
	case "endash":
		return "&ndash;"
	case "emdash":
		return "&mdash;"
	}
	return ""
}

// emptyInHTML tells the destinations without \* that hold no part of the page.
func emptyInHTML(word string) bool {
	switch word {
	case "colortbl", "stylesheet", "info", "pntext", "listtext", "pict", "object", "fldinst", "nonshppict", "header", "footer", "footnote":
		return true
	}
	return false
}
