package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"collate/index"
	"collate/samples"
	"collate/samples/invent"
	"collate/themes"
	"collate/themes/export"
)

// An addition is one file as it is added.
type addition struct {
	name string
	data []byte
}

// additions are the submissions of a folder.
func additions(t *testing.T, folder fs.FS) []addition {
	t.Helper()
	names, _, err := index.Files(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []addition
	for _, name := range names {
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, addition{index.SubmissionName(name), data})
	}
	return out
}

// products are what a consultation gives when its files are added one by one in this order: workbook, quotes, the report as JSON, and what
// may be published.
func (a *app) products(t *testing.T, folder fs.FS, files []addition) map[string][]byte {
	t.Helper()
	opt, err := a.options()
	if err != nil {
		t.Fatal(err)
	}
	an, err := themes.Create(t.Context(), filepath.Join(t.TempDir(), "plan.collate"), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer an.Close()
	if err := configure(t.Context(), an, folder, "a plan", "Ann", io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, err := an.Add(t.Context(), f.name, f.data); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := an.Tag(t.Context()); err != nil {
		t.Fatal(err)
	}
	decideSome(t, an)
	r, outside := reportOf(t, an), viewOf(t, an, themes.ForPublication, themes.View{})
	if len(r.Quotes) < 10 || len(outside.Quotes) == 0 {
		t.Fatalf("%d quotes and %d to be published: too few to tell an order", len(r.Quotes), len(outside.Quotes))
	}
	var book, quotes, published bytes.Buffer
	asJSON, err := json.Marshal(r)
	if err := errors.Join(err, export.Workbook(&book, r), export.QuotesCSV(&quotes, r), export.Workbook(&published, outside)); err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"report": asJSON, "workbook": book.Bytes(), "quotes": quotes.Bytes(), "for publication": published.Bytes()}
}

// invented are submissions made up in the manner of the example's, some of them the same file from two members, and their members.
func invented(t *testing.T, seed uint64) (fs.FS, []addition) {
	t.Helper()
	v, err := invent.FromFolder(os.DirFS("../../samples/source"))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(seed, 1))
	members := "name,type\n"
	var files []addition
	for i := range 20 {
		members += fmt.Sprintf("Member %c%d,Charity\n", 'A'+i, i)
		text := ""
		for p := range 3 + r.IntN(4) {
			text += v.Passage(int(seed)<<16+i<<8+p) + "\n\n"
		}
		name := fmt.Sprintf("Member %c%d/answer %d.txt", 'A'+i, i, r.IntN(100))
		if i%7 == 6 { // the very file of another member
			files = append(files, addition{name, files[i-1].data})
			continue
		}
		files = append(files, addition{name, []byte(text)})
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "members.csv"), []byte(members), 0o600); err != nil {
		t.Fatal(err)
	}
	return os.DirFS(dir), files
}

// TestOrderOfAddingNeverChangesTheBytes adds the same files in other orders and decides the same: every output is the same to the byte.
func TestOrderOfAddingNeverChangesTheBytes(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "1684497600")
	a := &app{in: os.Stdin, out: io.Discard, err: io.Discard, now: clock(), indexDir: t.TempDir()}
	a.readers = newReaders(asCollate(t), a.workers())
	t.Cleanup(a.close)
	check := func(name string, folder fs.FS, files []addition, seeds uint64) {
		t.Run(name, func(t *testing.T) {
			want := a.products(t, folder, files)
			for seed := range seeds {
				shuffled := slices.Clone(files)
				rand.New(rand.NewPCG(seed, 5)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
				got := a.products(t, folder, shuffled)
				for what := range want {
					if !bytes.Equal(got[what], want[what]) {
						t.Errorf("seed %d: the %s is another one", seed, what)
					}
				}
				if d := cmp.Diff(string(got["quotes"]), string(want["quotes"])); d != "" && len(d) < 4000 {
					t.Error(d)
				}
			}
		})
	}
	folder := samples.SendAPPlan()
	check("samples", folder, additions(t, folder), 2)
	for seed := range uint64(2) {
		folder, files := invented(t, seed)
		check(fmt.Sprintf("invented %d", seed), folder, files, 2)
	}
}
