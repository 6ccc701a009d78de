package export

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"collate/themes"
)

// projectSpace is the XML name space of REFI-QDA projects.
const projectSpace = "urn:QDA-XML:project:1.0"

// ProjectQDPX writes a consultation as a REFI-QDA project (.qdpx): a zip of project.qde and, under Sources, the text of every submission in
// UTF-8. [themes.Analysis.ImportProject] takes it back.
//
// The positions of a selection count Unicode code points from 0, and the end is the one behind the last: the schema only says that they are
// integers, QualCoder counts so, and in texts without characters beyond the Basic Multilingual Plane it is what programs that count UTF-16
// units count as well. Line ends are one character (LF), since programs differ on whether CR LF is one or two. A stance is a code of its
// own ("Stance: oppose") on the same selection as the theme: programs show and count codes, while few show notes on a coding. The
// reason stands in the selection's description, which QualCoder and ATLAS.ti show as its memo or comment, and a member's stance on a theme
// is a variable of its case. There are no sets, links and graphs.
//
// Source: REFI-QDA standard 1.5, Project.xsd of 18 March 2019.
func ProjectQDPX(w io.Writer, p *themes.ProjectCopy) error {
	z := zip.NewWriter(w)
	if err := writeProject(z, p); err != nil {
		return fmt.Errorf("writing the project: %w", err)
	}
	for i := range p.Sources {
		if err := writeEntry(z, sourceEntry(p.Sources[i].GUID), p.Sources[i].Text); err != nil {
			return fmt.Errorf("writing the project: %w", err)
		}
	}
	if err := writeEntry(z, sourceEntry(noteGUID(p)), note(p)); err != nil {
		return fmt.Errorf("writing the project: %w", err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("writing the project: %w", err)
	}
	return nil
}

func sourceEntry(guid string) string { return "Sources/" + guid + ".txt" }

// plainText is how the project names the file of a text.
func plainText(guid string) string { return "internal://" + guid + ".txt" }

// createEntry adds a file with the first date that a zip can have: the same project is the same bytes.
func createEntry(z *zip.Writer, name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
}

func writeEntry(z *zip.Writer, name, text string) error {
	w, err := createEntry(z, name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text)
	return err
}

func writeProject(z *zip.Writer, p *themes.ProjectCopy) error {
	w, err := createEntry(z, "project.qde")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, `<?xml version="1.0" encoding="utf-8"?>`+"\n"); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(projectOf(p)); err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n")
	return err
}

func projectOf(p *themes.ProjectCopy) *qdeProject {
	person := p.Users[0].GUID
	out := &qdeProject{Space: projectSpace, Name: cmp.Or(p.Title, "Consultation"), Origin: p.Tool, Creator: person, Created: when(p.At), Modifier: person, Modified: when(p.At)}
	for _, u := range p.Users {
		out.Users.Users = append(out.Users.Users, qdeUser{u.GUID, u.Name})
	}
	out.CodeBook.Codes.Codes = append(codesOf(p.CodebookCopy), stanceCodes())
	for _, v := range p.Variables {
		out.Variables.Variables = append(out.Variables.Variables, qdeVariable{v.GUID, v.Name, "Text", v.Description})
	}
	for _, c := range p.Cases {
		x := qdeCase{GUID: c.GUID, Name: c.Name, Values: valuesOf(c.Values)}
		for _, s := range c.Sources {
			x.Sources = append(x.Sources, qdeRef{s})
		}
		out.cases().Cases = append(out.Cases.Cases, x)
	}
	for i := range p.Sources {
		out.sources().Sources = append(out.Sources.Sources, sourceOf(&p.Sources[i], person))
	}
	about := noteGUID(p)
	out.Notes.Notes = []qdeSource{{GUID: about, Name: themes.AboutProject, Path: plainText(about), Creator: person, Created: when(p.At)}}
	out.Note = &qdeRef{about}
	return out
}

// stanceCodes are the codes for stances under one that nothing can be coded on.
func stanceCodes() qdcCode {
	out := qdcCode{GUID: themes.ProjectStanceGUID(), Name: "Stance", Colour: "#808080", Description: "Where a passage stands on the theme that it is coded on at the same place."}
	for _, s := range themes.ProjectStances() {
		out.Codes = append(out.Codes, qdcCode{GUID: s.GUID, Name: s.Name, Codable: true, Colour: s.Colour, Description: "The stance on the theme at the same place."})
	}
	return out
}

func sourceOf(s *themes.ProjectSource, person string) qdeSource {
	out := qdeSource{GUID: s.GUID, Name: s.Name, Path: plainText(s.GUID), Creator: person, Created: when(s.At), Values: valuesOf(s.Values)}
	for _, x := range s.Selections {
		sel := qdeSelection{GUID: x.GUID, Name: x.Name, Start: x.Start, End: x.End, Creator: x.Codings[0].User, Created: when(x.At), Description: x.Description}
		for _, c := range x.Codings {
			sel.Codings = append(sel.Codings, qdeCoding{GUID: c.GUID, Creator: c.User, Created: when(c.At), Code: qdeRef{c.Code}})
		}
		out.Selections = append(out.Selections, sel)
	}
	return out
}

func valuesOf(values []themes.ProjectValue) []qdeValue {
	var out []qdeValue
	for _, v := range values {
		out = append(out, qdeValue{qdeRef{v.Variable}, v.Text})
	}
	return out
}

// when is a time as XML Schema writes it.
func when(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

func noteGUID(p *themes.ProjectCopy) string { return themes.CodeGUID(p.Consultation, ":about") }

// note is what a reader of the project must know.
func note(p *themes.ProjectCopy) string {
	lines := append([]string{
		fmt.Sprintf("Written by %s from the consultation %q.", cmp.Or(p.Tool, "collate"), p.Title),
		"The codings of users whose name begins with \"collate: \" are the tool's suggestions; those of all others are people's decisions.",
		"A code that begins with \"Stance: \" is the stance on the theme that is coded at the same place. The selection's description says why.",
		"The positions of selections count Unicode code points from 0; a line end is one.",
		"Words that may not be shown are cut out of the texts, with a mark in square brackets in their place; the mark is coded as the words are.",
	}, p.Notes...)
	return strings.Join(lines, "\n") + "\n"
}

func (p *qdeProject) cases() *qdeCases {
	if p.Cases == nil {
		p.Cases = &qdeCases{}
	}
	return p.Cases
}

func (p *qdeProject) sources() *qdeSources {
	if p.Sources == nil {
		p.Sources = &qdeSources{}
	}
	return p.Sources
}
