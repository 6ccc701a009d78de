package web

import (
	"errors"
	"net/http"
	"os"

	"collate/cmd/collate/explain"
	"collate/index"
)

// An addPage takes files in, and says what became of them.
type addPage struct {
	page
	Job   *jobState
	Read  []index.Outcome
	Known int          // files that were there already
	Not   []unreadFile // could not be read
	All   []unreadFile // of the consultation, whenever they came
}

// An unreadFile is a file that could not be read, and why in words.
type unreadFile struct{ Name, Why string }

func (s *Server) add(r *request) error {
	base, x, err := s.plain(r, "Add submissions", "Add")
	if err != nil {
		return err
	}
	p := addPage{page: base}
	if j := r.in.running(); j != nil {
		st := j.state()
		p.Job = &st
		p.sort(st.Outcomes)
		if st.Err != nil {
			p.Said, p.Alert = explain.Error(st.Err), true
		}
	}
	for _, sub := range x.Submissions {
		if sub.Failure != "" && sub.Excluded == "" || sub.Failure != "" && sub.Document == nil {
			p.All = append(p.All, unreadFile{sub.Name, explain.Unread(sub.Failure, sub.FailureReason)})
		}
	}
	part := "layout"
	if r.part() {
		part = "job"
	}
	return s.show(r, "add", part, p)
}

func (p *addPage) sort(all []index.Outcome) {
	for _, o := range all {
		switch {
		case o.Err != nil:
			p.Not = append(p.Not, unreadFile{o.Name, explain.Unread(o.Failure, o.Err.Error())})
		case o.Known:
			p.Known++
		default:
			p.Read = append(p.Read, o)
		}
		p.sort(o.Parts)
	}
}

// take begins to read the files that were sent.
func (s *Server) take(r *request) error {
	if j := r.in.running(); j != nil && !j.state().Over {
		return r.see("add", "Files are being read already: wait until that is done.")
	}
	r.Request.Body = http.MaxBytesReader(r.w, r.Request.Body, mostUploaded+1<<20)
	folder, fields, err := upload(r)
	if err != nil {
		return err
	}
	files, err := os.ReadDir(folder)
	if err == nil && len(files) == 0 {
		os.RemoveAll(folder)
		return r.see("add", "Choose the files first.")
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(folder))
	}
	r.in.start(folder, fields["reference"] != "", s.person(r))
	return r.see("add", "")
}

// stopReading stops the job; what was recorded stays.
func (s *Server) stopReading(r *request) error {
	if j := r.in.running(); j != nil {
		j.stop()
	}
	return r.see("add", "Stopped. What was read until then is kept; send the same files again and it goes on from there.")
}
