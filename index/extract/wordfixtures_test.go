package extract

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestWordFixtures reads real documents and measures the words against another program's reading of them. A reference is
// a yardstick, not the truth: it adds list numbers and note marks, and leaves out headers and text boxes.
func TestWordFixtures(t *testing.T) {
	for _, format := range []struct {
		name   string
		read   func(context.Context, string, []byte) (*Document, error)
		median float64
		mean   float64
	}{
		{"docx", readDOCX, 0.99, 0.965},
		{"rtf", readRTF, 0.98, 0.87}, // three of nine references are wrong
		{"odt", readODT, 0.92, 0.92}, // of two files; one reference glues the words of a formula
		{"doc", readDOC, 0.99, 0.985},
	} {
		t.Run(format.name, func(t *testing.T) {
			files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "fixtures", format.name, "*"))
			if len(files) == 0 {
				t.Skip("no fixtures here")
			}
			var scores []float64
			clean := 0
			for _, file := range files {
				if strings.HasSuffix(file, ".ref.txt") {
					continue
				}
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				doc, err := format.read(t.Context(), file, data)
				if err != nil {
					clean++
					t.Logf("%s: %v", filepath.Base(file), err)
					if !slices.ContainsFunc([]error{ErrUnknownFormat, ErrEncrypted, ErrDamaged, ErrLimit}, func(e error) bool { return errors.Is(err, e) }) {
						t.Errorf("%s: error of an unknown kind: %v", file, err)
					}
					continue
				}
				doc.Format = format.name
				checkWordBlocks(t, doc)
				reference, err := os.ReadFile(file + ".ref.txt")
				if err != nil {
					continue
				}
				if compared := Compare(Printed(doc), string(reference)); compared.Reference >= 20 {
					score := compared.F1()
					scores = append(scores, score)
					if score < 0.95 {
						t.Logf("%.3f %s", score, filepath.Base(file))
					}
				}
			}
			median, mean := middle(scores)
			t.Logf("%s: %d files scored, F1 median %.3f, mean %.3f; %d not read", format.name, len(scores), median, mean, clean)
			if median < format.median || mean < format.mean {
				t.Errorf("F1 median %.3f and mean %.3f, want at least %.3f and %.3f", median, mean, format.median, format.mean)
			}
		})
	}
}

func middle(scores []float64) (median, mean float64) {
	if len(scores) == 0 {
		return 0, 0
	}
	slices.Sort(scores)
	for _, s := range scores {
		mean += s
	}
	n := len(scores)
	return (scores[n/2] + scores[(n-1)/2]) / 2, mean / float64(n)
}

// checkWordBlocks checks what every document promises.
func checkWordBlocks(t *testing.T, doc *Document) {
	t.Helper()
	end := 0
	for i, b := range doc.Blocks {
		if i > 0 {
			if got := doc.Text[end:min(b.Start, len(doc.Text))]; got != BlockSeparator {
				t.Fatalf("block %d: separated by %q", i, got)
			}
		}
		end = b.End
		if text := doc.Text[b.Start:b.End]; strings.TrimSpace(text) != text || text == "" {
			t.Errorf("block %d is blank or has white space around it: %q", i, text)
		}
		for _, r := range b.Refs {
			if r.At < 0 || r.At > b.End-b.Start {
				t.Errorf("block %d: note mark at %d of %d", i, r.At, b.End-b.Start)
			}
		}
	}
	if end != len(doc.Text) {
		t.Errorf("the blocks end at %d, the text at %d", end, len(doc.Text))
	}
}
