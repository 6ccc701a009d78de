package alike

import (
	"context"
	"encoding/binary"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"collate/index"
)

// A text is the words of one or more passages that are the same word for word.
type text struct {
	words    []uint32 // numbers of folded words, in reading order
	shingles []uint64 // sorted, each once
	passages []int    // that have exactly these words
}

const (
	shingleWords = 3
	// maxTextWords bounds what is read of a passage or a template; passages have 150 words or so, and nobody circulates a book.
	maxTextWords = 20_000
	// chunkSize is how many passages are folded before their words are numbered.
	chunkSize = 1024
)

// read folds the passages and puts those with the same words together.
func (f *finder) read(ctx context.Context) error {
	same := map[string]int{} // words → text
	folds := make([][]string, chunkSize)
	for from := 0; from < len(f.passages); from += chunkSize {
		chunk := f.passages[from:min(from+chunkSize, len(f.passages))]
		if err := parallel(ctx, len(chunk), func(i int) { folds[i] = fold(chunk[i].Text) }); err != nil {
			return err
		}
		for i := range chunk {
			if len(folds[i]) < minWords {
				continue
			}
			words := f.number(folds[i])
			key := string(bytesOf(words))
			at, ok := same[key]
			if !ok {
				at = len(f.texts)
				same[key] = at
				f.texts = append(f.texts, text{words: words})
			}
			f.texts[at].passages = append(f.texts[at].passages, from+i)
		}
	}
	return parallel(ctx, len(f.texts), func(i int) { f.texts[i].shingles = shingles(f.texts[i].words) })
}

// fold is a text's folded words.
func fold(s string) []string {
	list := index.Analyse(s).List
	out := make([]string, min(len(list), maxTextWords))
	for i := range out {
		out[i] = list[i].Fold
	}
	return out
}

// number gives each word its number, new ones the next.
func (f *finder) number(folds []string) []uint32 {
	out := make([]uint32, len(folds))
	for i, w := range folds {
		n, ok := f.words[w]
		if !ok {
			n = uint32(len(f.words))
			f.words[w] = n
		}
		out[i] = n
	}
	return out
}

func bytesOf(words []uint32) []byte {
	out := make([]byte, 0, 4*len(words))
	for _, w := range words {
		out = binary.LittleEndian.AppendUint32(out, w)
	}
	return out
}

// shingles are the set of a text's runs of three words, as 64-bit hashes.
func shingles(words []uint32) []uint64 {
	if len(words) < shingleWords {
		return nil
	}
	out := make([]uint64, 0, len(words)-shingleWords+1)
	for i := range len(words) - shingleWords + 1 {
		out = append(out, shingle(words[i:]))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func shingle(words []uint32) uint64 {
	return mix(mix(uint64(words[0])<<32|uint64(words[1])) ^ uint64(words[2]))
}

// mix spreads a number over 64 bits: the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// common is how many elements two sorted sets share.
func common(a, b []uint64) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return n
}

// parallel calls f for 0 to n-1 on all processors. It stops early when the context ends, and returns its error.
func parallel(ctx context.Context, n int, f func(int)) error {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}
