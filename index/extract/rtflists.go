package extract

import (
	"strconv"
	"strings"
)

// rtfLists are the lists of a document: \listtable defines them, \listoverridetable gives them the numbers by which
// paragraphs name them.
type rtfLists struct {
	numbering *numbering
	list      *abstractList // being read
	levels    int           // of it, so far
	override  *wordList     // being read
	level     *wordLevel    // being read
	listID    int
	number    int // of the override
}

func newRTFLists() *rtfLists {
	return &rtfLists{numbering: &numbering{abstracts: map[string]*abstractList{}, lists: map[string]*wordList{}}}
}

// listWord takes a word of the tables of lists.
func (r *rtfReader) listWord(t *rtfToken) bool {
	l := r.lists
	switch t.word {
	case "list":
		list := &abstractList{}
		l.list, l.override, l.levels, l.level = list, nil, 0, nil
		r.whenClosed(func(*rtfState) {
			if len(l.numbering.abstracts) < MaxEntries {
				l.numbering.abstracts[strconv.Itoa(l.listID)] = list
			}
		})
	case "listoverride":
		override := &wordList{}
		l.list, l.override, l.levels, l.level = nil, override, 0, nil
		r.whenClosed(func(*rtfState) { l.link(override) })
	case "listid":
		l.listID = t.number
	case "ls":
		l.number = t.number
	case "listlevel":
		l.openLevel()
	case "lfolevel":
		l.level = nil
		r.whenClosed(func(*rtfState) { l.levels++ })
	case "leveltext":
		level := l.level
		text := &strings.Builder{}
		r.now.capture = text
		r.whenClosed(func(*rtfState) {
			if level != nil {
				level.text = levelText(text.String())
			}
		})
	case "levelnumbers", "listname", "liststylename", "listpicture":
		r.now.dead = true
	default:
		return l.levelWord(t)
	}
	return true
}

// link gives an override the list that it names.
func (l *rtfLists) link(override *wordList) {
	override.abstract = l.numbering.abstracts[strconv.Itoa(l.listID)]
	if override.abstract != nil && len(l.numbering.lists) < MaxEntries {
		l.numbering.lists[strconv.Itoa(l.number)] = override
	}
}

func (l *rtfLists) openLevel() {
	l.level = &wordLevel{format: "decimal", start: 1, restart: -1}
	switch {
	case l.levels >= listLevels:
	case l.list != nil:
		l.list.levels[l.levels] = l.level
		l.levels++
	case l.override != nil:
		l.override.levels[l.levels] = l.level
	}
}

func (l *rtfLists) levelWord(t *rtfToken) bool {
	if t.word == "levelstartat" && l.level == nil && l.override != nil && l.levels < listLevels {
		start := t.number
		l.override.starts[l.levels] = &start
		return true
	}
	if l.level == nil {
		return false
	}
	switch t.word {
	case "levelnfc", "levelnfcn": // the second is what newer programs heed
		l.level.format = nfcFormat(t.number)
	case "levelstartat":
		l.level.start = t.number
	case "levelnorestart":
		if t.isOn() {
			l.level.restart = 0
		}
	case "levellegal":
		l.level.legal = t.isOn()
	default:
		return false
	}
	return true
}

// levelText is the text of a level as .docx writes it, "%1.%2": RTF gives its length first, and levels as bytes below 9.
func levelText(s string) string {
	characters := []rune(s)
	if len(characters) == 0 {
		return ""
	}
	var text strings.Builder
	for _, c := range characters[1:min(len(characters), int(characters[0])+1)] {
		if c < listLevels {
			text.WriteString("%" + strconv.Itoa(int(c)+1))
		} else {
			text.WriteRune(c)
		}
	}
	return text.String()
}

// number gives the paragraph its label: the one that the writing program left as text for older ones, which is what it
// showed, or else the one that the list's definition gives. The list steps in either case.
func (r *rtfReader) number(p *flowParagraph, left string, state *rtfState) {
	if state.note || state.margin {
		return
	}
	format := state.para
	p.label = left
	bullet := format.bullet
	if format.list > 0 {
		id := strconv.Itoa(format.list)
		computed := r.lists.numbering.next(id, format.level)
		if left == "" {
			p.label = computed
		}
		bullet = computed == bulletLabel
	}
	if p.label == "" {
		return
	}
	if bullet || !strings.ContainsFunc(p.label, wordRune) {
		p.label = bulletLabel
	}
	if p.level == 0 {
		p.depth = max(1, format.pnLevel, min(format.level+1, listLevels))
	}
}

// openLabel takes the text of a label.
func (r *rtfReader) openLabel() {
	if !r.now.writes() {
		r.now.dead = true
		return
	}
	line := &r.now.story.line
	deleted := r.now.change.deleted
	r.capture(func(text string) {
		if !deleted {
			line.label = oneLine(text, maxHeading)
		}
	})
}

// listFormatWord takes the words of \pn, the lists of Word 6. They stand in a group of their own, but hold for the
// paragraphs around it.
func (r *rtfReader) listFormatWord(t *rtfToken) {
	if len(r.groups) == 0 {
		return
	}
	outer := &r.groups[len(r.groups)-1].outer.para
	switch t.word {
	case "pnlvl":
		outer.pnLevel = min(max(t.number, 1), listLevels)
	case "pnlvlblt":
		outer.pnLevel, outer.bullet = 1, true
	case "pnlvlbody", "pnlvlcont":
		outer.pnLevel = 1
	}
}
