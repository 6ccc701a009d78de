package index

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2/document"
	indexapi "github.com/blevesearch/bleve_index_api"
)

// The fields of the search index. A passage has its stems, to be found by, and its words in their order, to be looked at. The words of the
// lexicon lie in documents of their own with the same two fields: bleve merges files fastest when all have the same.
const (
	stemField   = "text"
	scriptField = "words"
)

// lexiconStem is the only stem of a document with words of the lexicon, and lexiconName with the number of its first word its id. Neither
// can be a passage's.
const (
	lexiconStem = "\x00lexicon"
	lexiconName = "\x00lexicon "
)

// passageWords are the words of one passage. They are not safe for concurrent use, and the index takes them over.
type passageWords struct {
	text   string
	folds  []string
	joined []form // compounds run together, in their order
	stems  indexapi.TokenFrequencies
}

func newPassageWords(text string) *passageWords { return &passageWords{text: text} }

// lexiconSign stands in front of words of the lexicon: a compound of no parts, which no passage has.
func lexiconSign() []byte { return []byte{0, 0} }

// moreTimes is added to how often a passage has a stem: bleve keeps what stands once in one passage in a way that takes the passages' lengths,
// which it is not told.
const moreTimes = 1

// read splits the text.
func (w *passageWords) read() {
	a := analysers.Get().(*analyser)
	defer analysers.Put(a)
	list, forms := a.read(w.text)
	n := len(list) + len(forms)
	w.stems, w.folds = make(indexapi.TokenFrequencies, n), make([]string, len(list))
	count := func(stem string) { w.stems[stem] = onceMore(w.stems[stem]) }
	for i, x := range list {
		w.folds[i] = x.Fold
		count(x.Stem)
	}
	for _, f := range forms {
		count(f.stem)
		if f.last > f.first {
			w.joined = append(w.joined, f)
		}
	}
	w.text = ""
}

// frequencies are the usual ones, which all passages share: bleve only reads them.
var frequencies = func() (all [64]indexapi.TokenFreq) {
	for n := range all {
		all[n].SetFrequency(n + moreTimes)
	}
	return all
}()

// onceMore is the frequency of what stands once more than it did; nil is that of what stands nowhere yet.
func onceMore(f *indexapi.TokenFreq) *indexapi.TokenFreq {
	n := 1
	if f != nil {
		n = f.Frequency() - moreTimes + 1
	}
	if n < len(frequencies) {
		return &frequencies[n]
	}
	more := &indexapi.TokenFreq{}
	more.SetFrequency(n + moreTimes)
	return more
}

// script numbers the words.
func (w *passageWords) script(l *lexicon) script {
	s := make(script, 0, 2*len(w.folds))
	joined := w.joined
	for i, fold := range w.folds {
		if len(joined) > 0 && joined[0].first == i {
			s = appendNumber(append(s, 0, byte(joined[0].last-i+1)), l.number(joined[0].fold))
			joined = joined[1:]
		}
		s = appendNumber(s, l.number(fold))
	}
	return s
}

// indexed are the two fields of a passage.
func (w *passageWords) indexed(l *lexicon) indexedFields {
	return indexedFields{{name: stemField, stems: w.stems}, {name: scriptField, value: w.script(l)}}
}

// lexiconFields are the fields of a document with the words that the index has not got yet.
func lexiconFields(l *lexicon) (id string, fields indexedFields) {
	first, words := l.unsaved()
	stems := indexapi.TokenFrequencies{lexiconStem: &indexapi.TokenFreq{}}
	return fmt.Sprintf("%s%d", lexiconName, first), indexedFields{{name: stemField, stems: stems}, {name: scriptField, value: append(lexiconSign(), words...)}}
}

// lexiconFirst is the number of the first word in a document of the lexicon.
func lexiconFirst(id string) (int, error) {
	return strconv.Atoi(strings.TrimPrefix(id, lexiconName))
}

// indexedFields are a document's, as bleve wants them.
type indexedFields [2]indexedField

func (f *indexedFields) addTo(doc *document.Document) *document.Document {
	return doc.AddField(&f[0]).AddField(&f[1])
}

// An indexedField is a field with stems, which is searched, or with a value, which is kept.
type indexedField struct {
	name  string
	stems indexapi.TokenFrequencies
	value []byte
}

// Analyze does nothing: the words are read already.
func (f *indexedField) Analyze() {}

// Name is the field's in the index.
func (f *indexedField) Name() string { return f.name }

// Options say what is kept.
func (f *indexedField) Options() indexapi.FieldIndexingOptions {
	if f.stems == nil {
		return indexapi.StoreField
	}
	return indexapi.IndexField
}

// AnalyzedLength is 0: bleve does not rank.
func (f *indexedField) AnalyzedLength() int { return 0 }

// AnalyzedTokenFrequencies are the stems.
func (f *indexedField) AnalyzedTokenFrequencies() indexapi.TokenFrequencies { return f.stems }

// EncodedFieldType is that of text.
func (f *indexedField) EncodedFieldType() byte { return 't' }

// ArrayPositions says that the field has one value.
func (f *indexedField) ArrayPositions() []uint64 { return nil }

// Value is what is kept.
func (f *indexedField) Value() []byte { return f.value }

// NumPlainTextBytes is for bleve's statistics, which nobody reads.
func (f *indexedField) NumPlainTextBytes() uint64 { return 0 }

// Size likewise.
func (f *indexedField) Size() int { return 0 }
