package web

// help lists how to search and the keys.
func (s *Server) help(r *request) error {
	base, _, err := s.plain(r, "Help", "Help")
	if err != nil {
		return err
	}
	return s.show(r, "help", "layout", base)
}
