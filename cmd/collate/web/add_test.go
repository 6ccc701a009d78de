package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// send uploads files, by the names that a browser gives them.
func (b *browser) send(path string, files map[string]string) string {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, text := range files {
		h := textproto.MIMEHeader{}
		h.Set("Content-Disposition", `form-data; name="files"; filename="`+name+`"`)
		part, err := w.CreatePart(h)
		if err != nil {
			b.t.Fatal(err)
		}
		part.Write([]byte(text))
	}
	w.Close()
	r, err := b.http.Post(b.base+path, w.FormDataContentType(), &body)
	return b.read(r, err, path, http.StatusOK)
}

// done waits until what was sent is read.
func (b *browser) done(path string) string {
	for range 200 {
		if page := b.get(path, http.StatusOK); strings.Contains(page, "What became of them") {
			return page
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatal("the files are not read")
	return ""
}

func TestUploadReadsWhatItCan(t *testing.T) {
	b := open(t, two)
	b.send("/c/plan/add", map[string]string{
		"chosen/Canal Carers/letter.txt": "We would support national standards if they were written with parents and carers and could be enforced by a named person in each area.\n",
		"broken.docx":                    "PK\x03\x04\x00\x01 this is no Word file \x00\x02",
	})
	page := b.done("/c/plan/add")
	for _, want := range []string{"1 file read, 1 could not be", "Canal Carers", "broken.docx"} {
		if !strings.Contains(page, want) {
			t.Errorf("it does not say %q:\n%.5000s", want, page)
		}
	}
	if page := b.get("/c/plan/search?q=carers", http.StatusOK); !strings.Contains(page, "1 passage of 1 member") {
		t.Error("what was added is not found")
	}
}

func TestUploadWritesNowhereElse(t *testing.T) {
	for sent, want := range map[string]string{
		"../../etc/passwd":       "passwd",
		`..\\..\\windows\\x.txt`: "x.txt",
		"/abs/file.txt":          "file.txt",
		"folder/Member/a:b?.txt": "Member/a_b_.txt",
		"..":                     "",
		"x.txt":                  "x.txt",
	} {
		got := uploadName(strings.ReplaceAll(sent, `\\`, `\`))
		if rel, err := filepath.Rel("/in", filepath.Join("/in", filepath.FromSlash(got))); err != nil || strings.HasPrefix(rel, "..") {
			t.Errorf("%q leads outside: %q", sent, got)
		}
		if got != want && !strings.HasSuffix(got, "/"+want) {
			t.Errorf("%q: got %q, want %q", sent, got, want)
		}
	}
}

func TestConsentIsSetAndTakenBack(t *testing.T) {
	b := open(t, two)
	page := b.get("/c/plan/members", http.StatusOK)
	form := url.Values{"subject": {"Brook Parents"}, "consent": {"confidential"}, "seen": {field(t, page, "seen")}}
	b.post("/c/plan/members/consent", form, http.StatusOK)
	if page := b.get("/c/plan/matrix", http.StatusOK); strings.Contains(page, "Brook Parents") || strings.Contains(page, "tailored list of schools that families") {
		t.Error("a confidential member is named in the matrix")
	}
	b.post("/c/plan/undo", nil, http.StatusOK)
	if page := b.get("/c/plan/matrix", http.StatusOK); !strings.Contains(page, "Brook Parents") {
		t.Error("it was not taken back")
	}
}

func TestSettingsAreChecked(t *testing.T) {
	b := open(t, two)
	page := b.get("/c/plan/settings", http.StatusOK)
	form := url.Values{"what": {"scale"}, "scale": {"nonsense"}, "seen": {field(t, page, "seen")}}
	if page := b.post("/c/plan/settings", form, http.StatusOK); !strings.Contains(page, "Nothing was changed") {
		t.Errorf("nonsense was taken:\n%.2000s", page)
	}
	form = url.Values{"what": {"person"}, "person": {"Bea <i>"}}
	if page := b.post("/c/plan/settings", form, http.StatusOK); !strings.Contains(page, "Bea &lt;i&gt;") {
		t.Error("the name is not there")
	}
}

func TestNothingIsLeftOfAnUpload(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	b := open(t, two)
	b.send("/c/plan/add", map[string]string{"a.txt": "A few words on national standards that somebody sent late in the day, after all others had.\n"})
	b.done("/c/plan/add")
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "collate-upload-*")); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}
