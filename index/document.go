package index

import (
	"github.com/blevesearch/bleve/v2/document"
	indexapi "github.com/blevesearch/bleve_index_api"
)

// The fields of a passage in the search index.
const (
	stemField  = "text"  // stems with their positions: words and phrases
	exactField = "exact" // folded words: wildcards
)

// newDocument is a passage as the search index takes it. Its words are read when the index asks, on a goroutine of its own.
func newDocument(id, text string) *document.Document {
	w := newPassageWords(text)
	return document.NewDocument(id).AddField(&w.stems).AddField(&w.exact)
}

// passageWords are the words of one passage under two fields, read in one go. They are not safe for concurrent use, and the index takes
// them over.
type passageWords struct {
	text         string
	done         bool
	stems, exact passageField
}

func newPassageWords(text string) *passageWords {
	w := &passageWords{text: text}
	w.stems = passageField{of: w, name: stemField, options: indexapi.IndexField | indexapi.IncludeTermVectors}
	w.exact = passageField{of: w, name: exactField, options: indexapi.IndexField}
	return w
}

// read fills both fields. Every word and form stands at its first position. The index keeps two numbers with each place that it
// takes for byte offsets. Marks come from the text itself, so they hold what else the search has to know: Start is how many positions
// further the word reaches, End the [ending] of its stem.
func (w *passageWords) read() {
	if w.done {
		return
	}
	a := analysers.Get().(*analyser)
	defer analysers.Put(a)
	list, forms := a.read(w.text)
	n := len(list) + len(forms)
	stems, exact := newTally(n), newTally(n)
	at := make([]indexapi.TokenLocation, 0, n)
	emit := func(fold, stem string, first, last int) {
		e, _ := newEnding(stem, fold) // a stem is made so that there is one
		at = append(at, indexapi.TokenLocation{Position: first + 1, Start: last - first, End: int(e)})
		stems.count(stem, &at[len(at)-1])
		exact.count(fold, nil)
	}
	for i, x := range list {
		emit(x.Fold, x.Stem, i, i)
	}
	for _, f := range forms {
		emit(f.fold, f.stem, f.first, f.last)
	}
	w.stems.length, w.stems.words = n, stems.words
	w.exact.length, w.exact.words = n, exact.words
	w.text, w.done = "", true
}

// A tally counts words for the index.
type tally struct {
	words indexapi.TokenFrequencies
	all   []indexapi.TokenFreq      // what words points at: one allocation for all
	first []*indexapi.TokenLocation // likewise, the first place of each word
}

func newTally(n int) tally {
	return tally{make(indexapi.TokenFrequencies, n), make([]indexapi.TokenFreq, 0, n), make([]*indexapi.TokenLocation, 0, n)}
}

// count adds a word and, unless it is nil, its place.
func (t *tally) count(word string, at *indexapi.TokenLocation) {
	f, ok := t.words[word]
	if !ok {
		t.all = append(t.all, indexapi.TokenFreq{})
		f = &t.all[len(t.all)-1]
		t.words[word] = f
	}
	f.SetFrequency(f.Frequency() + 1)
	switch {
	case at == nil:
	case ok:
		f.Locations = append(f.Locations, at)
	default:
		t.first = append(t.first, at)
		f.Locations = t.first[len(t.first)-1 : len(t.first) : len(t.first)]
	}
}

// A passageField is one field of a passage, as bleve's documents want them.
type passageField struct {
	of      *passageWords
	name    string
	options indexapi.FieldIndexingOptions
	length  int
	words   indexapi.TokenFrequencies
}

// Analyze reads the words of the passage, unless they are read already.
func (f *passageField) Analyze() { f.of.read() }

// Name is the field's in the index.
func (f *passageField) Name() string { return f.name }

// Options say what is kept.
func (f *passageField) Options() indexapi.FieldIndexingOptions { return f.options }

// AnalyzedLength is how many words there are.
func (f *passageField) AnalyzedLength() int { return f.length }

// AnalyzedTokenFrequencies are the words.
func (f *passageField) AnalyzedTokenFrequencies() indexapi.TokenFrequencies { return f.words }

// EncodedFieldType is that of text.
func (f *passageField) EncodedFieldType() byte { return 't' }

// ArrayPositions, Value, NumPlainTextBytes and Size say nothing of a field that is one, is not stored and is not accounted for.
func (f *passageField) ArrayPositions() []uint64 { return nil }

// Value is nil: the text is in the record.
func (f *passageField) Value() []byte { return nil }

// NumPlainTextBytes is for bleve's statistics, which nobody reads.
func (f *passageField) NumPlainTextBytes() uint64 { return 0 }

// Size likewise.
func (f *passageField) Size() int { return 0 }
