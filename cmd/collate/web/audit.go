package web

import (
	"fmt"
	"slices"
	"strconv"

	"collate/index"
)

// An auditPage lists who decided what, when and why, the newest first.
type auditPage struct {
	page
	Rows   []auditRow
	People []string
	By     string
	Act    string
	Acts   []string
	Older  string
}

// An auditRow is one decision.
type auditRow struct {
	index.Decision
	Short string // the value in a line
}

// auditShown is how many decisions a page has.
const auditShown = 200

func (s *Server) audit(r *request) error {
	base, _, err := s.plain(r, "Who did what", "History")
	if err != nil {
		return err
	}
	p := auditPage{page: base, By: r.FormValue("by"), Act: r.FormValue("act")}
	before, _ := strconv.ParseInt(r.FormValue("before"), 10, 64)
	var all []auditRow
	err = r.in.Decisions(r.ctx(), func(d *index.Decision) error {
		if d.Kind == index.ByPerson && !slices.Contains(p.People, d.Coder) {
			p.People = append(p.People, d.Coder)
		}
		if !slices.Contains(p.Acts, d.Act) {
			p.Acts = append(p.Acts, d.Act)
		}
		if p.By == "" && d.Kind != index.ByPerson || p.By != "" && d.Coder != p.By || p.Act != "" && d.Act != p.Act || before > 0 && d.Seq >= before {
			return nil
		}
		all = append(all, auditRow{*d, brief(d.Value)})
		return nil
	})
	if err != nil {
		return err
	}
	slices.Sort(p.People)
	slices.Sort(p.Acts)
	slices.Reverse(all)
	if len(all) > auditShown {
		all = all[:auditShown]
		p.Older = fmt.Sprintf("audit?before=%d", all[len(all)-1].Seq)
	}
	p.Rows = all
	return s.show(r, "audit", "layout", p)
}

// brief is the beginning of a value.
func brief(value string) string {
	const most = 90
	if r := []rune(value); len(r) > most {
		return string(r[:most]) + "…"
	}
	return value
}
