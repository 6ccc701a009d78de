package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"collate/index"
	"collate/themes"
)

// A homePage lists the consultations that were opened lately, and begins new ones.
type homePage struct {
	page
	Open    []homeEntry
	Folder  string // where new ones are made
	Example bool   // there is an example to try
}

// A homeEntry is a consultation; Key is "" while it is not open.
type homeEntry struct{ Name, Key, Path string }

func (s *Server) home(r *request) error {
	p := homePage{page: page{Title: "Consultations", Person: s.person(r), Said: s.telling.told(r.FormValue("told"))}, Folder: s.cfg.Folder, Example: s.cfg.Example != nil}
	s.mu.Lock()
	keys := map[string]string{}
	for _, k := range s.keys {
		keys[s.open[k].Path()] = k
	}
	s.mu.Unlock()
	for _, path := range s.recent() {
		if _, err := os.Stat(path); err == nil {
			p.Open = append(p.Open, homeEntry{strings.TrimSuffix(filepath.Base(path), ".collate"), keys[path], path})
		}
	}
	return s.show(r, "home", "layout", p)
}

// openRecent opens a consultation of the list. Other files are not opened: who sends the address of one might not be the person at the machine.
func (s *Server) openRecent(r *request) error {
	path := r.FormValue("path")
	if !slices.Contains(s.recent(), path) {
		return errNoConsultation
	}
	return s.goTo(r, path)
}

// goTo opens a consultation and shows its first page.
func (s *Server) goTo(r *request, path string) error {
	key, err := s.Open(r.ctx(), path)
	if err != nil {
		return err
	}
	http.Redirect(r.w, r.Request, "/c/"+key+"/", http.StatusSeeOther)
	return nil
}

// begin makes a new consultation of a name, and of the files that were sent with it.
func (s *Server) begin(r *request) error {
	r.Request.Body = http.MaxBytesReader(r.w, r.Request.Body, mostUploaded+1<<20)
	folder, fields, err := upload(r)
	if err != nil {
		return err
	}
	path, said, err := s.create(r.ctx(), strings.TrimSpace(fields["title"]))
	if err != nil || said != "" {
		os.RemoveAll(folder)
		if said != "" {
			http.Redirect(r.w, r.Request, "/?told="+s.telling.tell(said), http.StatusSeeOther)
		}
		return err
	}
	key, err := s.Open(r.ctx(), path)
	if err != nil {
		return errors.Join(err, os.RemoveAll(folder))
	}
	if files, err := os.ReadDir(folder); err == nil && len(files) > 0 {
		s.consultation(key).start(folder, false, s.person(r))
	} else {
		os.RemoveAll(folder)
	}
	http.Redirect(r.w, r.Request, "/c/"+key+"/add", http.StatusSeeOther)
	return nil
}

// create makes the record of a new consultation; said is what is wrong with its name.
func (s *Server) create(ctx context.Context, title string) (path, said string, err error) {
	name := fileName(title)
	if name == "" {
		return "", "Give the consultation a name of letters or numbers.", nil
	}
	if err := os.MkdirAll(s.cfg.Folder, 0o755); err != nil {
		return "", "", err
	}
	path = filepath.Join(s.cfg.Folder, name+".collate")
	an, err := themes.Create(ctx, path, s.cfg.Options)
	if errors.Is(err, index.ErrExists) {
		return "", "There is a consultation of that name already in " + s.cfg.Folder + ". Choose another name.", nil
	}
	if err != nil {
		return "", "", err
	}
	return path, "", errors.Join(an.Set(ctx, "title", title), an.Close())
}

// fileName is a title as the name of a file on every system.
func fileName(title string) string {
	name := strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return ' '
		}
		return r
	}, title)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	if r := []rune(name); len(r) > 80 {
		name = strings.Trim(string(r[:80]), ". ")
	}
	return name
}

// example makes the example consultation, once, and shows it.
func (s *Server) example(r *request) error {
	if s.cfg.Example == nil {
		return errNoPage
	}
	path, err := s.cfg.Example(r.ctx())
	if err != nil {
		return err
	}
	return s.goTo(r, path)
}

// mostRecent is how many consultations are remembered.
const mostRecent = 20

// recent are the consultations that were opened on this machine, the newest first. That the list cannot be read loses nothing but the list.
func (s *Server) recent() []string {
	var paths []string
	if data, err := os.ReadFile(s.cfg.Recent); err == nil {
		if json.Unmarshal(data, &paths) != nil {
			return nil
		}
	}
	return paths
}

// remember puts a consultation at the head of the list.
func (s *Server) remember(path string) {
	if s.cfg.Recent == "" {
		return
	}
	paths := slices.DeleteFunc(s.recent(), func(p string) bool { return p == path })
	paths = append([]string{path}, paths...)
	data, err := json.Marshal(paths[:min(len(paths), mostRecent)])
	if err == nil && os.MkdirAll(filepath.Dir(s.cfg.Recent), 0o700) == nil {
		os.WriteFile(s.cfg.Recent, data, 0o600)
	}
}

// Newest is the consultation that was opened last and is still there; "" where there is none.
func (s *Server) Newest() string {
	for _, path := range s.recent() {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}
