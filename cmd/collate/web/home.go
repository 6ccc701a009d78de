package web

// A homePage lists the consultations that are open.
type homePage struct {
	page
	Open []homeEntry
}

// A homeEntry is one of them.
type homeEntry struct{ Name, Base, Path string }

func (s *Server) home(r *request) error {
	p := homePage{page: page{Title: "Consultations", Person: s.person(r)}}
	s.mu.Lock()
	open := make([]*consultation, 0, len(s.keys))
	for _, k := range s.keys {
		open = append(open, s.open[k])
	}
	s.mu.Unlock()
	for _, c := range open {
		report, err := c.now(r.ctx())
		if err != nil {
			return err
		}
		p.Open = append(p.Open, homeEntry{report.Title, c.base(), c.Path()})
	}
	return s.show(r, "home", "layout", p)
}
