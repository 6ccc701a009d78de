package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
)

// begun sends the form of a new consultation.
func (b *browser) begun(title, file, text string) string {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	w.WriteField("title", title)
	if file != "" {
		part, _ := w.CreateFormFile("files", file)
		part.Write([]byte(text))
	}
	w.Close()
	r, err := b.http.Post(b.base+"/new", w.FormDataContentType(), &body)
	return b.read(r, err, "/new", http.StatusOK)
}

func TestNewConsultationIsMadeAndRemembered(t *testing.T) {
	b := open(t, two)
	page := b.begun("Schools: what next?", "a.txt", two["Ashdown Autism Trust/response.txt"])
	if !strings.Contains(page, "Add submissions") {
		t.Fatalf("no page to add to:\n%.2000s", page)
	}
	b.done("/c/schools-what-next/add")
	if page := b.get("/", http.StatusOK); !strings.Contains(page, "Schools what next") || !strings.Contains(page, ">plan<") {
		t.Errorf("the list does not have both:\n%s", page)
	}
	for _, title := range []string{"Schools: what next?", "...", "//"} {
		if page := b.begun(title, "", ""); !strings.Contains(page, "name") || strings.Contains(page, "Add submissions") {
			t.Errorf("%q was taken", title)
		}
	}
	b.post("/open", map[string][]string{"path": {"/etc/passwd"}}, http.StatusNotFound)
}
