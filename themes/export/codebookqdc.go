package export

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"collate/themes"
)

// codebookSpace is the XML name space of REFI-QDA codebooks.
const codebookSpace = "urn:QDA-XML:codebook:1.0"

// CodebookQDC writes the themes as a REFI-QDA codebook (.qdc), which NVivo, MAXQDA, ATLAS.ti and QualCoder read. Rules and
// examples stand in the descriptions, from where [themes.ReadCodebook] takes them back. A retired theme is one that nothing can be
// coded on. The same theme of the same consultation has the same mark in every file.
//
// Source: REFI-QDA standard 1.5, Codebook.xsd.
func CodebookQDC(w io.Writer, c *themes.CodebookCopy) error {
	out := qdcCodebook{Space: codebookSpace, Origin: c.Tool}
	out.Codes.Codes = codesOf(c)
	if _, err := io.WriteString(w, `<?xml version="1.0" encoding="utf-8"?>`+"\n"); err != nil {
		return fmt.Errorf("writing the codebook: %w", err)
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(out); err != nil {
		return fmt.Errorf("writing the codebook: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// codesOf are the themes as codes, as they lie in one another.
func codesOf(c *themes.CodebookCopy) []qdcCode {
	under := map[string][]*themes.Theme{}
	for i := range c.Themes {
		t := &c.Themes[i]
		under[t.Parent] = append(under[t.Parent], t)
	}
	colours := c.Colours()
	var codes func(parent string) []qdcCode
	codes = func(parent string) []qdcCode {
		var of []qdcCode
		for _, t := range under[parent] {
			of = append(of, qdcCode{GUID: themes.CodeGUID(c.Consultation, t.ID), Name: t.Name, Codable: t.State != themes.ThemeRetired, Colour: strings.ToUpper(colours[t.ID]),
				Description: t.Memo(), Codes: codes(t.ID)})
		}
		return of
	}
	return codes("")
}

// qdcCodebook is the file, its parts in the order of the schema.
type qdcCodebook struct {
	XMLName xml.Name `xml:"CodeBook"`
	Space   string   `xml:"xmlns,attr"`
	Origin  string   `xml:"origin,attr"`
	Codes   struct {
		Codes []qdcCode `xml:"Code"`
	} `xml:"Codes"`
}

type qdcCode struct {
	GUID        string    `xml:"guid,attr"`
	Name        string    `xml:"name,attr"`
	Codable     bool      `xml:"isCodable,attr"`
	Colour      string    `xml:"color,attr,omitempty"`
	Description string    `xml:"Description"`
	Codes       []qdcCode `xml:"Code"`
}
