package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"unicode"

	"collate/index"
	"collate/themes"
)

// A consultation is one that is open, with the report on it as it stands.
type consultation struct {
	*themes.Analysis
	key string

	book  sync.RWMutex // held for writing while the codebook changes
	known int64        // the newest codebook's decision

	mu     sync.Mutex
	at     index.Revision
	report *themes.Report
	job    *job // files that are being read, or were

	working sync.WaitGroup
	telling notes
	history history
}

// notes are what the page after a redirect says of what was done. They wait here and not in the address, where somebody else could write them.
type notes struct {
	mu  sync.Mutex
	all map[string]string
}

// tell keeps a sentence for the next page and returns what that page asks for it with.
func (n *notes) tell(words string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.all) >= mostTokens || n.all == nil { // nobody came for them
		n.all = map[string]string{}
	}
	key := rand.Text()
	n.all[key] = words
	return key
}

// told is a sentence that was kept, once.
func (n *notes) told(key string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	words := n.all[key]
	delete(n.all, key)
	return words
}

// keyOf makes the key of a consultation from its file's name, so that an address tells which it is.
func keyOf(path string, taken func(string) bool) string {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	key := strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '-'
	}, name), "-")
	if key == "" {
		key = "consultation"
	}
	for n, first := 2, key; taken(key); n++ {
		key = fmt.Sprintf("%s-%d", first, n)
	}
	return key
}

// base is where the consultation's pages stand.
func (c *consultation) base() string { return "/c/" + c.key + "/" }

// catchUp takes the codebook anew where another process, such as the command line, has changed it.
func (c *consultation) catchUp(ctx context.Context) error {
	newest, err := c.Newest(ctx, index.ActCodebook)
	if err != nil {
		return err
	}
	c.book.RLock()
	same := newest == c.known
	c.book.RUnlock()
	if same {
		return nil
	}
	c.book.Lock()
	defer c.book.Unlock()
	c.known = newest
	return c.Reload(ctx)
}

// now is the report as the record stands: the one of before while nothing has changed.
func (c *consultation) now(ctx context.Context) (*themes.Report, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, err := c.Revision(ctx)
	if err != nil {
		return nil, err
	}
	if c.report != nil && c.at == at {
		return c.report, nil
	}
	x, err := c.Searcher(ctx)
	if err != nil {
		return nil, err
	}
	r, err := x.Standings(ctx)
	if err != nil {
		return nil, err
	}
	c.at, c.report = at, r
	return r, nil
}

// newer are the decisions after number seen that touch what a form was about. A form says which was the newest when it was shown, so that two
// tabs or two people never overwrite each other unseen.
func (c *consultation) newer(ctx context.Context, seen int64, about func(*index.Decision) bool) ([]index.Decision, error) {
	var out []index.Decision
	err := c.Decisions(ctx, func(d *index.Decision) error {
		if d.Seq > seen && d.Kind == index.ByPerson && about(d) {
			out = append(out, *d)
		}
		return nil
	})
	return out, err
}
