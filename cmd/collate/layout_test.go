package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layout is every package, in the order in which data flows through them: a package imports only those above it.
var layout = []string{
	"samples",
	"samples/invent",
	"index/extract",
	"index",
	"themes/speech",
	"themes/agreement",
	"themes/learn",
	"themes/claim",
	"themes/alike",
	"themes/discover",
	"themes/assistant",
	"themes/lean",
	"themes/workbook",
	"themes/quotation",
	"themes/counted",
	"themes/personal",
	"themes",
	"themes/check",
	"themes/evidence",
	"themes/export/word",
	"themes/export",
	"cmd/collate/explain",
	"cmd/collate/web",
	"cmd/collate",
}

func TestImportsPointUp(t *testing.T) {
	root := os.DirFS("../..")
	err := fs.WalkDir(root, ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && file != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() && file != "." && isModule(root, file): // what is not part of the program
			return fs.SkipDir
		case d.IsDir() || path.Ext(file) != ".go":
			return nil
		}
		own := slices.Index(layout, path.Dir(file))
		if own < 0 {
			t.Errorf("%s: the package has no place in the layout", file)
			return nil
		}
		text, err := fs.ReadFile(root, file)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, text, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if name, ok := strings.CutPrefix(imported, "collate/"); ok && slices.Index(layout, name) >= own {
				t.Errorf("%s imports %s, which stands below it", file, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// isModule reports whether a folder is a module of its own.
func isModule(root fs.FS, folder string) bool {
	_, err := fs.Stat(root, path.Join(folder, "go.mod"))
	return err == nil
}
