package export

import "encoding/xml"

// The parts of a project file that are written, in the order of the schema. Lists that the schema wants at least one entry in are nil
// pointers where there is none.

type qdeProject struct {
	XMLName  xml.Name `xml:"Project"`
	Space    string   `xml:"xmlns,attr"`
	Name     string   `xml:"name,attr"`
	Origin   string   `xml:"origin,attr,omitempty"`
	Creator  string   `xml:"creatingUserGUID,attr"`
	Created  string   `xml:"creationDateTime,attr"`
	Modifier string   `xml:"modifyingUserGUID,attr"`
	Modified string   `xml:"modifiedDateTime,attr"`
	Users    struct {
		Users []qdeUser `xml:"User"`
	} `xml:"Users"`
	CodeBook struct {
		Codes struct {
			Codes []qdcCode `xml:"Code"`
		} `xml:"Codes"`
	} `xml:"CodeBook"`
	Variables struct {
		Variables []qdeVariable `xml:"Variable"`
	} `xml:"Variables"`
	Cases   *qdeCases   `xml:"Cases"`
	Sources *qdeSources `xml:"Sources"`
	Notes   struct {
		Notes []qdeSource `xml:"Note"`
	} `xml:"Notes"`
	Note *qdeRef `xml:"NoteRef"`
}

type qdeUser struct {
	GUID string `xml:"guid,attr"`
	Name string `xml:"name,attr"`
}

type qdeVariable struct {
	GUID        string `xml:"guid,attr"`
	Name        string `xml:"name,attr"`
	Type        string `xml:"typeOfVariable,attr"`
	Description string `xml:"Description"`
}

type qdeValue struct {
	Variable qdeRef `xml:"VariableRef"`
	Text     string `xml:"TextValue"`
}

type qdeRef struct {
	Target string `xml:"targetGUID,attr"`
}

type qdeCases struct {
	Cases []qdeCase `xml:"Case"`
}

type qdeCase struct {
	GUID    string     `xml:"guid,attr"`
	Name    string     `xml:"name,attr"`
	Values  []qdeValue `xml:"VariableValue"`
	Sources []qdeRef   `xml:"SourceRef"`
}

type qdeSources struct {
	Sources []qdeSource `xml:"TextSource"`
}

// qdeSource is a text: of a submission, or of a note.
type qdeSource struct {
	GUID       string         `xml:"guid,attr"`
	Name       string         `xml:"name,attr"`
	Path       string         `xml:"plainTextPath,attr"`
	Creator    string         `xml:"creatingUser,attr"`
	Created    string         `xml:"creationDateTime,attr"`
	Selections []qdeSelection `xml:"PlainTextSelection"`
	Values     []qdeValue     `xml:"VariableValue"`
}

type qdeSelection struct {
	GUID        string      `xml:"guid,attr"`
	Name        string      `xml:"name,attr"`
	Start       int         `xml:"startPosition,attr"`
	End         int         `xml:"endPosition,attr"`
	Creator     string      `xml:"creatingUser,attr"`
	Created     string      `xml:"creationDateTime,attr"`
	Description string      `xml:"Description,omitempty"`
	Codings     []qdeCoding `xml:"Coding"`
}

type qdeCoding struct {
	GUID    string `xml:"guid,attr"`
	Creator string `xml:"creatingUser,attr"`
	Created string `xml:"creationDateTime,attr"`
	Code    qdeRef `xml:"CodeRef"`
}
