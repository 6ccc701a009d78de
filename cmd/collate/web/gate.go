package web

import (
	"crypto/rand"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
)

// A gate lets in the browser of the person who started the program: by a token in an address that works once and becomes a cookie. Another
// program of this machine, or a page of another site in the same browser, has neither.
type gate struct {
	cookie string

	mu     sync.Mutex
	tokens []string // that were not used yet, the newest last
}

// gateCookie and personCookie are the cookies: who may come in, and who decides. Browsers keep cookies by host, whatever the port.
const (
	gateCookie   = "collate-gate"
	personCookie = "collate-person"
)

// mostTokens is how many addresses may wait for their browser.
const mostTokens = 16

func newGate() *gate { return &gate{cookie: rand.Text()} }

// token makes a new one.
func (g *gate) token() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	t := rand.Text()
	g.tokens = append(g.tokens[max(0, len(g.tokens)+1-mostTokens):], t)
	return t
}

// use reports whether a token was waiting, and lets nobody else use it.
func (g *gate) use(token string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	at := slices.Index(g.tokens, token)
	if at < 0 {
		return false
	}
	g.tokens = slices.Delete(g.tokens, at, at+1)
	return true
}

// keep answers who was let in with next, and others with refused.
func (g *gate) keep(refused func(http.ResponseWriter, *http.Request), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := r.URL.Query().Get("token")
		if token != "" && r.Method == http.MethodGet && (g.use(token) || g.in(r)) {
			http.SetCookie(w, &http.Cookie{Name: gateCookie, Value: g.cookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
			asked := r.URL.Query()
			asked.Del("token")
			to := url.URL{Path: r.URL.Path, RawQuery: asked.Encode()}
			http.Redirect(w, r, to.String(), http.StatusSeeOther)
			return
		}
		if !g.in(r) {
			refused(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// in reports whether a request's cookie is this gate's: programs on other ports leave cookies of the same name.
func (g *gate) in(r *http.Request) bool {
	return slices.ContainsFunc(r.CookiesNamed(gateCookie), func(c *http.Cookie) bool { return c.Value == g.cookie })
}

// onlyHere refuses requests for another host than this machine: a name that somebody made point here (DNS rebinding) is another.
func onlyHere(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if !slices.Contains([]string{"127.0.0.1", "localhost", "[::1]", "::1"}, host) {
			http.Error(w, "collate answers on this machine only.", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// policy is what a page may load: its own files, and a picture that its own script drew. htmx sets styles on elements, hence the attribute.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headers are on every answer.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store") // what members wrote stays out of the browser's cache
		next.ServeHTTP(w, r)
	})
}

func unescapeCookie(value string) (string, error) { return url.QueryUnescape(value) }
