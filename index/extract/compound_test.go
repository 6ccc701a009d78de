package extract

import (
	"os"
	"path/filepath"
	"testing"
)

func TestCompoundFixtures(t *testing.T) {
	files, err := filepath.Glob("../../../shared/fixtures/[dmx][osl][cgs]/*")
	if err != nil || len(files) == 0 {
		t.Skip("no fixtures here")
	}
	opened := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !isOLE(data) {
			continue
		}
		root, err := openCompound(data)
		if err != nil {
			t.Logf("%s: %v", filepath.Base(name), err)
			continue
		}
		opened++
		if len(root.streams) == 0 {
			t.Errorf("%s: no streams", filepath.Base(name))
		}
	}
	if opened < 100 {
		t.Errorf("opened %d compound files, want over 100", opened)
	}
}

func FuzzCompound(f *testing.F) {
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if root, err := openCompound(data); err == nil && root == nil {
			t.Error("neither a storage nor an error")
		}
	})
}
