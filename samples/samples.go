// Package samples holds the example consultation: submissions in real formats from invented organisations, a codebook, a
// hand-coded gold standard and judged searches. See send-ap-plan/README.md for how it was made.
package samples

import (
	"embed"
	"io/fs"
)

//go:embed send-ap-plan
var files embed.FS

// SendAPPlan is the example consultation's folder.
func SendAPPlan() fs.FS {
	folder, err := fs.Sub(files, "send-ap-plan")
	if err != nil { // the name is valid: see fs.ValidPath
		panic(err)
	}
	return folder
}

// Themes is the text of the example's codebook, which is also the built-in one.
func Themes() []byte {
	text, err := fs.ReadFile(files, "send-ap-plan/themes.yaml")
	if err != nil { // embedded above
		panic(err)
	}
	return text
}
