// Package extract turns one file into blocks of text with their place.
//
// It knows documents, not consultations: no members, no themes, no record. Each format has a file named after it.
// Start at [File]. Every reader is bounded ([Limits]), never panics past [File], never reaches the network and never
// runs a macro; what it leaves out it says in [Document.Warnings].
package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Document is what one file says.
//
// Text is byte-faithful UTF-8: the words of the file as they stand there, not trimmed, folded or re-spelt. Blocks lie
// in Text in reading order, do not overlap, and are separated by [BlockSeparator]; Text[b.Start:b.End] is a block's text.
type Document struct {
	Format   string    `json:"format"` // the key of its reader: "docx", "pdf", "eml", "xlsx", "text", ...
	Facts    Facts     `json:"facts"`  // what the file says of itself
	Text     string    `json:"text"`
	Blocks   []Block   `json:"blocks"`
	Parts    []Part    `json:"parts,omitempty"` // attachments, to be read as documents of their own
	Warnings []Warning `json:"warnings,omitempty"`
}

// BlockSeparator stands between two blocks in [Document.Text].
const BlockSeparator = "\n\n"

// Facts are a file's own statements about itself. They are a stranger's words: often missing, sometimes wrong.
type Facts struct {
	Title     string   `json:"title,omitempty"`
	Author    string   `json:"author,omitempty"`  // document property, or the e-mail's sender name
	Address   string   `json:"address,omitempty"` // the sender's e-mail address
	Company   string   `json:"company,omitempty"`
	Subject   string   `json:"subject,omitempty"`
	Date      string   `json:"date,omitempty"` // RFC 3339, or a day; the e-mail's Date, or the last time the document was saved
	Pages     int      `json:"pages,omitempty"`
	Revisions int      `json:"revisions,omitempty"` // tracked changes, read in the accepted view
	Comments  int      `json:"comments,omitempty"`  // margin comments, not part of the text
	Pictures  int      `json:"pictures,omitempty"`  // pictures whose words, if any, were not read
	Surveys   []Survey `json:"surveys,omitempty"`   // the sheets that were read as surveys, one row a respondent
	Columns   []Column `json:"columns,omitempty"`   // their columns, sheet by sheet, left to right
}

// Kind says what a block is in its document.
type Kind string

// The kinds of block.
const (
	Heading   Kind = "heading"
	Paragraph Kind = "paragraph"
	Item      Kind = "item"      // a list item
	Cell      Kind = "cell"      // one cell of a table in a document
	Note      Kind = "note"      // a footnote or endnote; Place.Note is its mark
	Answer    Kind = "answer"    // one respondent's answer to one question of a survey or form
	Box       Kind = "box"       // a text box or drawing
	Furniture Kind = "furniture" // running headers and footers, page numbers, signatures, disclaimers, quoted replies: kept, never coded
)

// A Block is the smallest piece of a document with a place of its own.
type Block struct {
	Kind  Kind   `json:"kind"`
	Start int    `json:"start"` // byte offset into Document.Text
	End   int    `json:"end"`
	Level int    `json:"level,omitempty"` // heading 1-9; depth of a list item from 1
	Why   string `json:"why,omitempty"`   // for Furniture: "page header", "signature", "quoted reply", ...
	Refs  []Ref  `json:"refs,omitempty"`  // note marks; they are not in the text
	Place Place  `json:"place"`
}

// A Ref is a reference to a note: its mark stood at byte At of the block's text.
type Ref struct {
	At   int    `json:"at"`
	Note string `json:"note"`
}

// A Place says where a block stands, in the terms a reader of the original would use. Zero fields do not apply.
type Place struct {
	Page       int      `json:"page,omitempty"`      // from 1
	Paragraph  int      `json:"paragraph,omitempty"` // from 1: counts the non-empty paragraphs, headings and items of the document (or page of a survey) in reading order
	Label      string   `json:"label,omitempty"`     // the paragraph's printed number, "3.2" or "(b)"
	Headings   []string `json:"headings,omitempty"`  // the headings above, outermost first
	Table      int      `json:"table,omitempty"`     // from 1
	Row        int      `json:"row,omitempty"`       // of the table or sheet, from 1 as the program shows it
	Column     int      `json:"column,omitempty"`    // from 1; a sheet's column A is 1
	Sheet      string   `json:"sheet,omitempty"`
	Respondent string   `json:"respondent,omitempty"` // a survey row's own identity: its ID column, or "row 14"
	Member     string   `json:"member,omitempty"`     // the organisation that a survey's row names
	Consent    string   `json:"consent,omitempty"`    // what a survey's row asks for: "anonymous" or "confidential"
	Asked      string   `json:"asked,omitempty"`      // the words with which it asks
	Question   string   `json:"question,omitempty"`   // the question answered, in the document's own words
	Choice     string   `json:"choice,omitempty"`     // what the same respondent chose in the closed question that this one follows up
	Note       string   `json:"note,omitempty"`       // the note's mark
	Part       string   `json:"part,omitempty"`       // the mail part or attachment, when not the document itself
}

// A Survey is how a sheet of answers was read.
type Survey struct {
	Sheet  string `json:"sheet,omitempty"`
	Layout string `json:"layout"` // the survey program whose export it is, "Citizen Space"; or "table"
	Header int    `json:"header"` // the row that names the columns, as the program numbers rows
	Rows   int    `json:"rows"`   // respondents
}

// A Column is what the reader took a survey's column to be.
type Column struct {
	Sheet    string     `json:"sheet,omitempty"`
	Letter   string     `json:"letter"` // as the program letters it, "C"
	Name     string     `json:"name"`   // the heading, on one line
	Role     ColumnRole `json:"role"`
	Why      string     `json:"why"`
	Question string     `json:"question,omitempty"` // the whole question, where the heading is only a part of it or follows it up
	Filled   int        `json:"filled"`             // rows with something in the column
	Options  []Option   `json:"options,omitempty"`  // what was chosen and how often, for a closed question of any kind
	First    []string   `json:"first,omitempty"`    // the first values, shortened, to know the column by
}

// An Option is one answer of a closed question and how many respondents gave it.
type Option struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// ColumnRole is the use of a survey's column.
type ColumnRole string

// The roles of a column.
const (
	Identity   ColumnRole = "identity"        // who or when: read into Place.Respondent or left out, never coded
	Member     ColumnRole = "member"          // the organisation that answers
	Closed     ColumnRole = "closed"          // one of few values, or a figure: counted, not in the text
	Multiple   ColumnRole = "multiple choice" // several of few values; or one of them, where each has a column of its own
	Scale      ColumnRole = "scale"           // one of few values in an order, "Strongly agree" to "Strongly disagree" or 1 to 10
	Hybrid     ColumnRole = "hybrid"          // closed answers of which some go on in words, "Yes, but ...": counted, and one Answer block a cell
	Open       ColumnRole = "open"            // free text: one Answer block a cell
	Permission ColumnRole = "permission"      // whether the answers may be quoted or the respondent named: holds for all its answers
	Ignored    ColumnRole = "ignored"
)

// ColumnRoles lists the roles in the order in which a person chooses among them.
func ColumnRoles() []ColumnRole {
	return []ColumnRole{Open, Hybrid, Closed, Multiple, Scale, Member, Identity, Permission, Ignored}
}

// InWords reports whether the answers of a column of this role are in the text.
func (r ColumnRole) InWords() bool { return r == Open || r == Hybrid }

// Counted reports whether the answers of a column of this role are counted in [Column.Options].
func (r ColumnRole) Counted() bool {
	return r == Closed || r == Multiple || r == Scale || r == Hybrid
}

// A Part is a file inside the file: an attachment. Name is a label only, never a path.
type Part struct {
	Name  string `json:"name"`
	Bytes []byte `json:"bytes"`
}

// A Warning says what was left out or may be wrong, and where, in a reader's words: a sentence with a capital and a full stop.
type Warning struct {
	Where string `json:"where,omitempty"` // "page 3"; empty for the whole file
	What  string `json:"what"`
}

// builder collects blocks and keeps their offsets right.
type builder struct {
	doc  Document
	text strings.Builder
}

// add appends a block with this text and returns it for its remaining fields; nil when the text is blank.
// Invalid UTF-8 is replaced, since the record holds UTF-8 only.
func (b *builder) add(kind Kind, text string, place Place) *Block {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	if b.text.Len() > 0 {
		b.text.WriteString(BlockSeparator)
	}
	start := b.text.Len()
	b.text.WriteString(text)
	b.doc.Blocks = append(b.doc.Blocks, Block{Kind: kind, Start: start, End: b.text.Len(), Place: place})
	return &b.doc.Blocks[len(b.doc.Blocks)-1]
}

func (b *builder) warn(where, what string) {
	b.doc.Warnings = append(b.doc.Warnings, Warning{Where: where, What: what})
}

// document closes the builder.
func (b *builder) document() *Document {
	b.doc.Text = b.text.String()
	return &b.doc
}

// Words counts the words of s as a reader would: runs between white space that hold a letter or digit.
func Words(s string) int {
	n, counted := 0, false // the word that a reader is in
	for _, r := range s {
		if unicode.IsSpace(r) {
			counted = false
		} else if !counted && wordRune(r) {
			n, counted = n+1, true
		}
	}
	return n
}
