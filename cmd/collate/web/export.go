package web

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"path/filepath"
	"strings"

	"collate/themes"
	"collate/themes/export"
)

// exports are the files that a page offers, by their names' endings.
var exports = map[string]struct {
	kind  string
	write func(io.Writer, *themes.Report) error
}{
	"themes.xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export.Workbook},
	"quotes.csv":  {"text/csv; charset=utf-8", export.QuotesCSV},
}

// export sends a file, made whole before the first byte is sent.
func (s *Server) export(r *request) error {
	x, ok := exports[r.PathValue("file")]
	if !ok {
		return errNoPage
	}
	report, err := r.in.Report(r.ctx()) // with the registers, which no page shows
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := x.write(&b, report); err != nil {
		return err
	}
	name := strings.TrimSuffix(filepath.Base(r.in.Path()), filepath.Ext(r.in.Path())) + " " + r.PathValue("file")
	return send(r, name, x.kind, &b)
}

// send offers a file to be kept.
func send(r *request, name, kind string, b *bytes.Buffer) error {
	h := r.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	r.w.WriteHeader(http.StatusOK)
	_, err := b.WriteTo(r.w)
	return err
}
