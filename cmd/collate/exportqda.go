package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"collate/themes"
	"collate/themes/export"
)

// isProject tells a REFI-QDA project by its name.
func isProject(path string) bool { return strings.EqualFold(filepath.Ext(path), ".qdpx") }

// exportProject writes the consultation as a REFI-QDA project.
func (a *app) exportProject(ctx context.Context, an *themes.Analysis, path string) error {
	p, err := an.Project(ctx, a.person())
	if err != nil {
		return err
	}
	return writeFile(path, func(w io.Writer) error { return export.ProjectQDPX(w, p) })
}
