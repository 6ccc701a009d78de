package discover

import (
	"os"
	"path/filepath"
	"testing"

	"collate/samples/invent"
)

func newInventor(t testing.TB) *invent.Inventor {
	t.Helper()
	files, err := filepath.Glob("../../samples/source/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no example texts", err)
	}
	var texts []string
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(data))
	}
	return invent.New(texts)
}
