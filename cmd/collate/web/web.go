// Package web shows consultations as pages on this machine, for the people who decide. Every page works without scripts; with them it is
// quicker. Nothing is loaded from a network, and nobody who does not sit at this machine is answered.
//
// A page has one .go and one .html file of its name. What a page shows is a struct made from what themes may show; what it changes is a
// decision under a person's name. Start at [New]; the table of pages is [Server.routes].
package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"collate/themes"
)

// A Config is what the pages need from the program.
type Config struct {
	Options themes.Options // with which consultations are opened
	Person  string         // who decides until somebody says otherwise on a page
	Version string
	Folder  string                                // where new consultations are made
	Recent  string                                // the file that lists those opened lately; "" keeps no list
	Example func(context.Context) (string, error) // makes the example consultation and returns where; nil where there is none
}

// A Server answers for the consultations that were opened in it.
type Server struct {
	cfg   Config
	views *views
	gate  *gate

	mu   sync.Mutex
	open map[string]*consultation // by key
	keys []string                 // in the order in which they were opened

	telling notes
}

// New makes a server without a consultation.
func New(cfg Config) (*Server, error) {
	v, err := parseViews()
	if err != nil {
		return nil, fmt.Errorf("reading the pages: %w", err)
	}
	return &Server{cfg: cfg, views: v, gate: newGate(), open: map[string]*consultation{}}, nil
}

// route is one page or one thing that a page does. In path, {key} is a consultation's.
type route struct {
	path string
	do   func(*Server, *request) error
}

// alone are the routes that change the codebook, which nothing else may use meanwhile.
var alone = map[string]bool{"POST /c/{key}/themes": true, "POST /c/{key}/undo": true, "POST /c/{key}/redo": true}

// routes are everything that is answered behind the gate.
func routes() []route {
	return []route{
		{"GET /{$}", (*Server).home},
		{"POST /open", (*Server).openRecent},
		{"POST /new", (*Server).begin},
		{"POST /example", (*Server).example},
		{"GET /c/{key}/{$}", (*Server).overview},
		{"GET /c/{key}/matrix", (*Server).matrix},
		{"GET /c/{key}/cell", (*Server).cell},
		{"GET /c/{key}/review", (*Server).review},
		{"POST /c/{key}/review", (*Server).answer},
		{"POST /c/{key}/position", (*Server).position},
		{"GET /c/{key}/joint", (*Server).joint},
		{"POST /c/{key}/joint", (*Server).decideJoint},
		{"POST /c/{key}/signoff", (*Server).signOff},
		{"GET /c/{key}/add", (*Server).add},
		{"POST /c/{key}/add", (*Server).take},
		{"POST /c/{key}/add/stop", (*Server).stopReading},
		{"GET /c/{key}/members", (*Server).members},
		{"GET /c/{key}/chase", (*Server).chase},
		{"POST /c/{key}/members/set", (*Server).setMember},
		{"POST /c/{key}/members/consent", (*Server).setConsent},
		{"GET /c/{key}/settings", (*Server).settings},
		{"POST /c/{key}/settings", (*Server).set},
		{"GET /c/{key}/audit", (*Server).audit},
		{"GET /c/{key}/search", (*Server).search},
		{"GET /c/{key}/{file}", (*Server).searchFile},
		{"POST /c/{key}/search/save", (*Server).saveSearch},
		{"POST /c/{key}/search/tag", (*Server).tagFound},
		{"GET /c/{key}/submission", (*Server).submission},
		{"GET /c/{key}/original", (*Server).original},
		{"GET /c/{key}/help", (*Server).help},
		{"GET /c/{key}/accept", (*Server).accept},
		{"POST /c/{key}/accept", (*Server).acceptAll},
		{"POST /c/{key}/undo", (*Server).undo},
		{"POST /c/{key}/redo", (*Server).redo},
		{"GET /c/{key}/export/{file}", (*Server).export},
	}
}

// Handler answers requests of a browser on this machine that was let in by an address of [Server.Address], and no others.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /static/", staticFiles())
	for _, r := range routes() {
		mux.Handle(r.path, s.handle(r.do, alone[r.path]))
	}
	mux.Handle("/", s.handle(func(*Server, *request) error { return errNoPage }, false))
	return headers(onlyHere(s.gate.keep(s.refused, http.NewCrossOriginProtection().Handler(mux))))
}

// Address is where a browser gets in once: base is "http://127.0.0.1:7447", path the page to begin at.
func (s *Server) Address(base, path string) string { return base + path + "?token=" + s.gate.token() }

// A request is one that is answered: with the consultation that it is about, if any.
type request struct {
	w http.ResponseWriter
	*http.Request
	in *consultation
}

// ctx is for what may take long: it ends when nobody waits for the answer any more.
func (r *request) ctx() context.Context { return r.Request.Context() }

// part reports whether a script asks for a part of the page.
func (r *request) part() bool { return r.Header.Get("HX-Request") != "" }

// see sends the browser to another page of the consultation after something was done, and has that page say so: going back or loading again
// does not do it twice. path may have a query; said may be "".
func (r *request) see(path, said string) error {
	if said != "" {
		sign := "?"
		if strings.Contains(path, "?") {
			sign = "&"
		}
		path += sign + "told=" + r.in.telling.tell(said)
	}
	http.Redirect(r.w, r.Request, r.in.base()+path, http.StatusSeeOther)
	return nil
}

func (s *Server) handle(do func(*Server, *request) error, alone bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		r := &request{w: w, Request: q}
		if key := q.PathValue("key"); key != "" {
			if r.in = s.consultation(key); r.in == nil {
				s.fail(r, errNoConsultation)
				return
			}
		}
		if err := s.within(r, do, alone); err != nil && !errors.Is(err, context.Canceled) {
			s.fail(r, err)
		}
	})
}

// within answers while the codebook stays what it is, or alone.
func (s *Server) within(r *request, do func(*Server, *request) error, alone bool) error {
	if r.in == nil {
		return do(s, r)
	}
	if err := r.in.catchUp(r.ctx()); err != nil {
		return err
	}
	if !alone {
		r.in.book.RLock()
		defer r.in.book.RUnlock()
		return do(s, r)
	}
	if j := r.in.running(); j != nil && !j.state().Over {
		return errReading
	}
	r.in.book.Lock()
	defer r.in.book.Unlock()
	return do(s, r)
}

// Open opens a consultation and returns its key, under which its pages stand. One that is open already is not opened again.
func (s *Server) Open(ctx context.Context, path string) (key string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.keys {
		if s.open[k].Path() == path {
			return k, nil
		}
	}
	c := &consultation{}
	opt := s.cfg.Options
	opt.Progress = func(done, of int, what string) {
		if j := c.running(); j != nil {
			j.progress(done, of, what)
		}
	}
	if c.Analysis, err = themes.Open(ctx, path, opt); err != nil {
		return "", err
	}
	key = keyOf(path, func(k string) bool { return s.open[k] != nil })
	c.key = key
	s.open[key] = c
	s.keys = append(s.keys, key)
	s.remember(path)
	return key, nil
}

func (s *Server) consultation(key string) *consultation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open[key]
}

// Close closes every consultation.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []error
	for _, k := range s.keys {
		c := s.open[k]
		if j := c.running(); j != nil {
			j.stop()
		}
		c.working.Wait()
		all = append(all, c.Analysis.Close())
	}
	return errors.Join(all...)
}

// now is the clock of the program.
func (s *Server) now() time.Time { return s.cfg.Options.Now() }

// person is who decides in this browser.
func (s *Server) person(r *request) string {
	if c, err := r.Cookie(personCookie); err == nil && strings.TrimSpace(c.Value) != "" {
		if name, err := unescapeCookie(c.Value); err == nil {
			return name
		}
	}
	return s.cfg.Person
}
