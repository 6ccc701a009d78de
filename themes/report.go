package themes

// A Report is everything an output may show, in the order in which it is shown. It is made for its audience: where a
// member or a passage is anonymous or confidential, the name and the words are already gone from it, so that an export
// cannot let out what it never had.
type Report struct {
	Title     string   // the consultation
	Asof      string   // the day of the record's last change, "24 November 2026"
	Tool      string   // "collate 0.1.0"
	Source    string   // the folder the submissions came from
	Codebook  string   // "themes.yaml", or "the ten built-in SEND themes"
	Origin    Origin   // from where in the record it was made
	Coders    []string // people who confirmed or changed something; empty when nobody has yet
	Counts    Counts
	Scale     Scale
	Rule      ConsensusRule // by which the joint positions' outcomes are judged
	Themes    []ThemeReport
	Members   []MemberReport
	Quotes    []Quote         // sorted by theme order, member, document, place
	Asks      AskList         // what members ask for, see [Analysis.Asks]; this and the next three only in a whole view
	Figures   FigureList      // the figures that they give, see [Analysis.Figures]
	Questions []AskedQuestion // see [Analysis.Questions]
	Shared    []SharedText    // by the templates that were recorded, see [Analysis.Shared]
	Excluded  []Exclusion     // what was not counted, and why
	Notes     []string        // sentences that a reader of the output must know, "One submission is confidential: ..."
	View      View            // for whom it is made
	Left      []string        // sentences: what the view leaves out, with the numbers of it
}

// Counts are the totals of a report. Members are counted first, passages second.
type Counts struct {
	Asked       int // members listed, whether they answered or not
	Members     int // members with at least one submission read
	Submissions int // read and counted
	Unread      int // files that could not be read
	Passages    int
	Tagged      int // passages with at least one theme
	Checked     int // passages whose coding a person has confirmed or changed
	Words       int
}

// A ThemeReport is a theme and what was found on it.
type ThemeReport struct {
	ID, Name, Description string
	Number                int      // its place in the codebook, from 1, in which the refs of its quotes end
	Parent                string   // the id of the theme above, whose counts hold this one's; "" at the top
	Rules                 []string // the rules as written
	Examples, NonExamples []string
	Colour                string // "#0072b2"
	Members, Passages     int    // members and passages that address the theme
	Joint                 JointPosition
	Unlisted              Unlisted
}

// Unlisted are the members that are counted on a theme and listed nowhere, since the report's view does not list them.
type Unlisted struct {
	Stances   map[Stance]int
	Confirmed int // of them, that a person confirmed
}

// A JointPosition says where the consortium stands on a theme. Names are labels (see MemberReport.Label) in order.
type JointPosition struct {
	Names      map[Stance][]string // per stance, silent members included
	Confirmed  map[Stance]int      // of them, how many a person has confirmed
	Addressed  int                 // members who addressed the theme: the denominator
	Took       int                 // of them, those that took a position: Quantity.Of
	Side       Stance              // where more of them stand: Support (with conditions or not), Oppose, or "" where neither has more
	Quantity   Quantity            // the members on Side, of those that took a position; zero where Side is ""
	Outcome    Outcome
	Why        string      // how the rule comes to the outcome, a sentence
	Line       string      // one sentence with its quantifier word and its number; a person's own where one wrote it
	Statement  string      // Line without what it says of how many are confirmed: what members sign
	Drafted    string      // the tool's line, also where a person's stands
	State      State       // of the line
	By, On     string      // who wrote or checked the line, and the day, "2026-11-24"; "" while it is suggested
	Flags      []Flag      // what changed since a person wrote or checked the line
	Dissent    string      // who does not share it, or ""; names are as staff may see them
	Conditions []Condition // that members set, sorted by member
	RedLines   []RedLine   // sorted by member
	SignOffs   []SignOff   // of every member, sorted by member
	Signed     SignOffCounts
	Shared     SharedCounts // the counts with and without shared text
	Outside    OutsideLine
}

// An OutsideLine is what a document for outside may say of a theme: confirmed positions only, and nobody that dissents is named.
type OutsideLine struct {
	Line    string `json:"line"`    // a person's own where there is one that may go out
	Dissent string `json:"dissent"` // how many, never who; "" when nobody dissents
	Counted int    `json:"counted"` // members whose position a person has confirmed
	Problem string `json:"problem"` // why a person's line may not go out, or ""
	Own     bool   `json:"own"`     // Line is a person's

	Statement string         `json:"statement"` // the drafted line with its counts, also where a person's goes out
	Outcome   Outcome        `json:"outcome"`   // by the rule, of the confirmed positions among all members that address the theme
	Side      Stance         `json:"side"`      // see JointPosition.Side
	Took      int            `json:"took"`      // members with a confirmed position: Quantity.Of where Side is not ""
	Quantity  Quantity       `json:"quantity"`
	Stances   map[Stance]int `json:"stances"` // members with a confirmed position, by stance
}

// A Condition is one that a member sets, in its own words or a person's.
type Condition struct {
	Member string `json:"member"`        // its label
	Words  string `json:"words"`         // "" when withheld
	Ref    string `json:"ref,omitempty"` // the Quote.Ref of the words; "" where a person worded it
}

// Outcome is the kind of agreement found on a theme.
type Outcome string

// The outcomes.
const (
	CommonGround           Outcome = "Common ground"
	CommonGroundConditions Outcome = "Common ground with conditions"
	Divided                Outcome = "Divided"
	ThinEvidence           Outcome = "Thin evidence"
)

// A MemberReport is a member and its positions.
type MemberReport struct {
	Label       string // the name, or for an anonymous or confidential member a description such as "Parent-carer group 2"
	Named       bool   // Label is its name, which may be told
	Type        string
	Consent     string // "attributable", "anonymous", "confidential"
	Reason      string // why the submissions were taken to be this member's
	SameAs      string // of a member that sent nothing but the very file of another: whose it is counted as, or "another member"; else ""
	Submissions []SubmissionReport
	Passages    int
	Words       int
	Positions   []Position // one a theme, in theme order; Stance is Silent where the member does not address it
}

// A SubmissionReport is one file of a member.
type SubmissionReport struct {
	Name, Format, Date string
	Passages, Words    int
	Warnings           []string
}

// A Position is where one member stands on one theme.
type Position struct {
	Member    string // its label
	Type      string
	ThemeID   string
	Theme     string
	Stance    Stance
	Confirmed bool       // a person has set or confirmed the stance; State is edited too where a person wrote the line alone
	State     State      // suggested, edited or checked
	On        string     // the day of it, "2026-11-24"; "" while it is suggested
	Condition string     // the condition that it sets, in its own words or a person's; "" when none is named, or it is withheld
	Own       string     // who wrote Line, where a person did; "" where it is the member's words
	Flags     []Flag     // what changed that a person's decision rested on; it stands until somebody looks
	Line      string     // one line for a cell: the member's own most telling words, verbatim, perhaps cut at a clause; "" when withheld
	Sentences []Sentence // up to three, verbatim, the first is where Line comes from
	Because   string     // why this stance is proposed, "because: only if, statutory"
	By        string     // who set the stance: a person's name, "suggested", or "suggested (model)" where a language model's word is in it
	Refs      []string   // Quote.Ref of every passage it rests on, strongest first
	Passages  int
	Note      string             // a person's, or ""
	Suggested []SuggestedPassage // of the passages, those that no person decided on, in the order of Refs
}

// A SuggestedPassage says why a passage was put on a theme.
type SuggestedPassage struct {
	Ref         string
	Because     string // "because: 20 weeks, waiting"; "" when the words are withheld
	Probability float64
	Confidence  Confidence
	Calibrated  bool
}

// State is how far people have looked at a position or a joint line.
type State string

// The states.
const (
	Suggested State = "suggested" // nobody has
	Edited    State = "edited"    // a person set the stance, here or of its passages, or wrote the text
	Checked   State = "checked"   // a person confirmed it as it stood
)

// A Sentence is a member's own words and where they stand.
type Sentence struct {
	Words string
	Ref   string // the Quote.Ref it is part of
	Place string
}

// A Quote is one passage under one theme.
type Quote struct {
	Ref       string // unique: the passage's id and the theme's place, "PK3M9XQ7W2A.2"
	Passage   string // the passage's id
	Member    string // label
	Type      string
	Document  string
	Place     string // "page 2, para 3.4", "Responses, row 14, column F"
	Heading   string // the headings above the passage, " › " between them
	Question  string // its id, or "" when unassigned
	ThemeID   string
	Theme     string
	Stance    Stance // of this passage on this theme
	StanceWhy string
	Line      string // the member's position in one line
	Words     string // exact; "" when withheld
	Marks     []Span // byte ranges of Words that made the rules tag it
	Because   string // "because: 20 weeks, waiting"
	Origin    string // "confirmed", "suggested", or "suggested (model)" by a language model

	Probability float64    // of a suggestion, in steps of .05; 0 when it is not known, and when a person decided
	Confidence  Confidence // the same in words
	Calibrated  bool       // enough was reviewed for the probability to mean what it says

	CheckedBy string
	CheckedOn string
	Consent   string
	Note      string // a person's, or ""
	Withheld  bool   // the words are counted and not shown
}

// A Span is a byte range.
type Span struct{ Start, End int }

// An Exclusion is something that was kept and not counted.
type Exclusion struct {
	What   string // "file", "submission", "passage"
	Member string // label, or ""
	Name   string // file name
	Place  string
	Reason string // a sentence
	Words  string // the words left out, shortened, or ""
}
