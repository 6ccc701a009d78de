package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"collate/index"
	"collate/index/extract"
	"collate/samples"
	"collate/samples/invent"
)

// An inventedConsultation is a consultation of invented passages, recorded and indexed as real ones are; only the reading of files is
// left out.
type inventedConsultation struct {
	*index.Consultation
	snapshot *index.Snapshot
	bytes    int // of the passages' text
	record   cost
	build    cost // the index from the record
	load     cost // the snapshot from the record
	peak     int64
	types    map[string]string // member → its type
}

// inventedMembers send one submission each, so that none is taken for a new version of another.
const inventedMembers = 400

// newInventor learns from the Word files of the example.
func newInventor(ctx context.Context) (*invent.Inventor, error) {
	files, err := fs.Glob(samples.SendAPPlan(), "submissions/*.docx")
	if err != nil {
		return nil, err
	}
	var texts []string
	for _, name := range files {
		data, err := fs.ReadFile(samples.SendAPPlan(), name)
		if err != nil {
			return nil, err
		}
		doc, err := extract.File(ctx, path.Base(name), data)
		if errors.Is(err, extract.ErrDamaged) {
			continue // the example has such a file on purpose
		}
		if err != nil {
			return nil, fmt.Errorf("reading the example %q: %w", name, err)
		}
		texts = append(texts, doc.Text)
	}
	return invent.New(texts), nil
}

// inventConsultation makes the record and the index of n passages in dir, and measures both. The texts are made up as they are recorded.
func inventConsultation(ctx context.Context, v *invent.Inventor, dir string, n int, opt index.Options) (c *inventedConsultation, err error) {
	progress := opt.Progress
	opt.Read, opt.CacheDir = paragraphs, filepath.Join(dir, "index")
	opt.Progress = func(done, of int, what string) {
		if of > 1 { // not for each submission that is added
			progress(done, of, what)
		}
	}
	one, err := index.Create(ctx, filepath.Join(dir, "bench.collate"), opt)
	if err != nil {
		return nil, err
	}
	c = &inventedConsultation{Consultation: one, types: map[string]string{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, one.Close())
		}
	}()
	var members []index.Member
	for m := range inventedMembers {
		kind := []string{"charity", "union", "parent-carer group"}[m%3]
		c.types[memberName(m)] = kind
		members = append(members, index.Member{Name: memberName(m), Type: kind, Consent: index.Attributable})
	}
	if err := one.SetMembers(ctx, members); err != nil {
		return nil, err
	}
	for m := range inventedMembers {
		opt.Progress(m, inventedMembers, fmt.Sprintf("recording %d passages", n))
		text := inventedText(v, m*n/inventedMembers, (m+1)*n/inventedMembers)
		if text == "" {
			continue
		}
		spent, err := costOf(func() error {
			o, err := one.Add(ctx, memberName(m)+"/response.txt", []byte(text))
			return errors.Join(err, o.Err)
		})
		if err != nil {
			return nil, err
		}
		c.record.CPU, c.record.Wall = c.record.CPU+spent.CPU, c.record.Wall+spent.Wall
	}
	if c.build, err = costOf(func() error { return one.Refresh(ctx) }); err != nil {
		return nil, err
	}
	c.peak = peakMemory()
	if c.load, err = costOf(func() error { c.snapshot, err = one.Snapshot(ctx, nil); return err }); err != nil {
		return nil, err
	}
	for _, p := range c.snapshot.Passages {
		c.bytes += p.End - p.Start
	}
	return c, nil
}

func memberName(m int) string { return fmt.Sprintf("Invented Organisation %03d", m) }

// inventedText is the passages from one to another, a paragraph each.
func inventedText(v *invent.Inventor, from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		b.WriteString(v.Passage(i))
		b.WriteByte('\n')
	}
	return b.String()
}

// paragraphs reads a text whose every line is a paragraph.
func paragraphs(_ context.Context, _ string, data []byte) (*extract.Document, error) {
	doc := &extract.Document{Format: "txt", Text: string(data)}
	for at, n := 0, 1; at < len(data); n++ {
		end := at + strings.IndexByte(doc.Text[at:], '\n')
		doc.Blocks = append(doc.Blocks, extract.Block{Kind: extract.Paragraph, Start: at, End: end, Place: extract.Place{Paragraph: n}})
		at = end + 1
	}
	return doc, nil
}
