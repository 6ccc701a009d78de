package themes

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"
)

// An exported workbook says in a hidden sheet what it held when it was written, so that what a person changed in it can be told from what
// changed in the record since. It holds ids, stances and short digests of cells: no word that the other sheets do not show.

// CutNote is what stands in the cell of a quote's note: the note, and how many characters of the passage its own cell cannot hold.
func CutNote(note string, cut int) string {
	if cut == 0 {
		return note
	}
	return strings.TrimPrefix(fmt.Sprintf("%s\n%s%d%s", note, cutFrom, cut, cutTo), "\n")
}

// Marked is what stands in a cell of text that rested on what changed since: whoever reads a person's words sees that somebody has to look at
// them again.
func Marked(text string, flags []Flag) string {
	var parts []string
	if text != "" {
		parts = append(parts, text)
	}
	for _, f := range flags {
		parts = append(parts, "! "+f.Text)
	}
	return strings.Join(parts, "\n")
}

const (
	cutFrom = "The last "
	cutTo   = " characters of the passage do not fit in a cell: see the document."
)

// OriginTitle stands in the first cell of the hidden sheet; whatever the sheet is called, it is found by it.
const OriginTitle = "How this workbook was exported, for reading it back. Leave this sheet as it is."

// originVersion is raised when older readers could not read a newer sheet.
const originVersion = 1

// originCell is how many bytes of lines are put into one cell.
const originCell = 8000

// PartialMark stands on each sheet of a workbook that was made for a [View] that leaves something out: it is not read back, since what it
// lacks could be taken for a change.
const PartialMark = "This file does not hold everything: collate import does not read it back."

// PartialHead heads the refs of quotes in such a file, in its place.
const PartialHead = "Quote (partial export)"

// Withheld stands where a confidential passage's words would.
const Withheld = "[confidential: counted, not quoted]"

// Origin is from where in the record a report was made.
type Origin struct {
	Seq  int64  // the newest decision then that outputs show
	Mark string // [index.Consultation.ChainMark] of it
}

// OriginCells are the cells of the hidden sheet, in order: each has its number, a digest of its lines, and the lines. Keys are those of the
// rows of stances, by the member's and the theme's number; rules and examples are as the sheet of themes shows them.
func (r *Report) OriginCells(keys map[[2]int]string, rules, examples []string) [][3]string {
	if !r.View.Whole() {
		return [][3]string{{"", "", PartialMark}}
	}
	w := &originWriter{}
	w.line("collate", strconv.Itoa(originVersion), strconv.FormatInt(r.Origin.Seq, 10), dash(r.Origin.Mark))
	names := map[string]string{}
	for _, t := range r.Themes {
		names[t.ID] = t.Name
	}
	for i, t := range r.Themes {
		w.line("theme", strconv.Itoa(cmp.Or(t.Number, i+1)), t.ID, nameDigest(t.Name), cellDigest(names[t.Parent]), cellDigest(t.Description), cellDigest(rules[i]), cellDigest(examples[i]))
	}
	for i, m := range r.Members {
		for j, at := range m.Positions {
			if at.Stance.Told() {
				first := ""
				if len(at.Refs) > 0 {
					first, _, _ = strings.Cut(at.Refs[0], ".")
				}
				w.line("stance", cellDigest(keys[[2]int{i, j}]), nameDigest(at.Member), dash(first), at.ThemeID, word(at.Stance), checkedWord(at.Confirmed), cellDigest(at.Line), cellDigest(ShortLine(at.Line)), cellDigest(at.Note))
			}
		}
	}
	for i := range r.Quotes {
		q := &r.Quotes[i]
		w.line("quote", q.Ref, word(q.Stance), checkedWord(q.Origin == "confirmed"), cellDigest(q.Note))
	}
	w.line("end", strconv.Itoa(w.lines))
	w.flush()
	return w.cells
}

// An originWriter packs lines into cells.
type originWriter struct {
	cells [][3]string
	cell  strings.Builder
	lines int
}

func (w *originWriter) line(words ...string) {
	if w.cell.Len() > originCell {
		w.flush()
	}
	if w.cell.Len() > 0 {
		w.cell.WriteByte('|')
	}
	for i, word := range words {
		if i > 0 {
			w.cell.WriteByte(' ')
		}
		w.cell.WriteString(word)
	}
	w.lines++
}

func (w *originWriter) flush() {
	if text := w.cell.String(); text != "" {
		w.cells = append(w.cells, [3]string{strconv.Itoa(len(w.cells) + 1), digest(text), text})
		w.cell.Reset()
	}
}

// dash stands for nothing in a line of words.
func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// word is a stance as one word.
func word(s Stance) string { return strings.ReplaceAll(string(s), " ", "-") }

func checkedWord(yes bool) string {
	if yes {
		return "checked"
	}
	return "-"
}

// ShortLine is a line as the matrix shows it: whole up to 200 UTF-16 units, and a longer one, which only a person writes, cut at the first
// space from the 170th on. A link whose text has more than 255 is an error in Excel.
func ShortLine(s string) string {
	const whole, from = LineWhole, LineFrom
	units := utf16.Encode([]rune(s))
	if len(units) <= whole {
		return s
	}
	end := whole
	for i := from - 1; i < whole; i++ {
		if units[i] == ' ' {
			end = i
			break
		}
	}
	return string(utf16.Decode(units[:end])) + "…"
}

// Where [ShortLine] cuts, in UTF-16 units.
const (
	LineWhole = 200
	LineFrom  = 170
)

// digestBytes is how much of a cell its digest is taken of: a cell holds 32,767 characters, and what was cut there must not tell.
const digestBytes = 20_000

// digest is 12 hexadecimal digits of a hash: two of a million different cells are the same by chance once in 500.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:6])
}

// cellDigest is a digest of what a cell says, whatever a spreadsheet program does to its blanks and line ends; "-" of an empty one.
func cellDigest(s string) string {
	if s = cellWords(s); s == "" {
		return "-"
	}
	return digest(s[:min(len(s), digestBytes)])
}

// nameDigest is a digest of a name in small or large letters.
func nameDigest(s string) string { return digest(folded(s)) }

// folded is a name as names are compared.
func folded(s string) string { return strings.ToLower(cellWords(s)) }

var excelEscape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// cellWords is what a cell says, with one blank between its words. Excel's escapes are blanks too, since a program may read or write them
// otherwise than the one before.
func cellWords(s string) string {
	if strings.Contains(s, "_x") {
		s = excelEscape.ReplaceAllString(s, " ")
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\uFFFE' || r == '\uFFFF' || r == '\uFEFF' {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
}

// What an origin holds of a theme, a row of stances and a quote.
type (
	originTheme struct {
		id, name, parent, description, rules, examples string // digests but for the id
	}
	originStance struct {
		member, passage, theme string // the member's label as a digest; the first passage's id, or ""
		stance                 Stance
		checked                bool
		line, short, note      string // digests
		place                  int    // among the rows, from 1
	}
	originQuote struct {
		theme   string
		stance  Stance
		checked bool
		note    string // a digest
		place   int    // among the rows, from 1
	}
)

// An exported is what a workbook says of its export.
type exported struct {
	seq     int64
	mark    string
	themes  map[int]*originTheme // by number
	named   map[string]string    // digest of a name → id
	stances map[string]*originStance
	quotes  map[string]*originQuote // by ref
}

func (o *exported) theme(id string) *originTheme {
	for _, t := range o.themes {
		if t.id == id {
			return t
		}
	}
	return nil
}

// parseOrigin reads the cells of a hidden sheet. Its errors say what is the matter with it.
func parseOrigin(cells [][3]string) (*exported, error) {
	o := &exported{themes: map[int]*originTheme{}, named: map[string]string{}, stances: map[string]*originStance{}, quotes: map[string]*originQuote{}}
	var lines []string
	for i, c := range cells {
		if c[0] != strconv.Itoa(i+1) || c[1] != digest(c[2]) {
			return nil, fmt.Errorf("its hidden sheet was changed at row %d", i+2)
		}
		lines = append(lines, strings.Split(c[2], "|")...)
	}
	if len(lines) < 2 || lines[len(lines)-1] != fmt.Sprintf("end %d", len(lines)-1) {
		return nil, fmt.Errorf("its hidden sheet is not whole")
	}
	for _, line := range lines[:len(lines)-1] {
		words := strings.Split(line, " ")
		for i := range words {
			if words[i] == "-" {
				words[i] = ""
			}
		}
		if err := o.add(words); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func (o *exported) add(w []string) error {
	switch {
	case w[0] == "collate" && len(w) == 4:
		if w[1] != strconv.Itoa(originVersion) {
			return fmt.Errorf("it was exported by another version of collate")
		}
		o.mark = w[3]
		var err error
		o.seq, err = strconv.ParseInt(w[2], 10, 64)
		return err
	case w[0] == "theme" && len(w) == 8:
		n, err := strconv.Atoi(w[1])
		o.themes[n], o.named[w[3]] = &originTheme{w[2], w[3], w[4], w[5], w[6], w[7]}, w[2]
		return err
	case w[0] == "stance" && len(w) == 10:
		o.stances[w[1]] = &originStance{member: w[2], passage: w[3], theme: w[4], stance: unword(w[5]), checked: w[6] != "", line: w[7], short: w[8], note: w[9], place: len(o.stances) + 1}
	case w[0] == "quote" && len(w) == 5:
		_, number, _ := strings.Cut(w[1], ".")
		n, err := strconv.Atoi(number)
		if err != nil || o.themes[n] == nil {
			return fmt.Errorf("its hidden sheet has a quote of no theme")
		}
		o.quotes[w[1]] = &originQuote{o.themes[n].id, unword(w[2]), w[3] != "", w[4], len(o.quotes) + 1}
	default:
		return fmt.Errorf("its hidden sheet cannot be understood")
	}
	return nil
}

// unword is the stance that a word stands for.
func unword(s string) Stance { return Stance(strings.ReplaceAll(s, "-", " ")) }
