package themes

import (
	"errors"
	"fmt"
)

// A ConsensusRule says when members agree. Silence is never agreement, and a member that addresses a theme without taking a
// position is not counted on either side; nor is one whose words are those of a template that was circulated.
type ConsensusRule struct {
	Share      int  `json:"share"`      // per cent of the members that took a position who must be on one side
	Least      int  `json:"least"`      // fewest members that must have taken a position
	Stated     int  `json:"stated"`     // per cent of the members that address the theme who must have taken one; 0 asks for none
	RedLines   bool `json:"red_lines"`  // no member with a red line on the theme may stand against the side that has the share
	Conditions int  `json:"conditions"` // per cent of those in favour that set conditions, from which the ground is common with conditions
}

// DefaultConsensus is the rule unless the consultation sets another: at least 75 % on one side, at least 5 members and half of
// those that address the theme, no red line opposed; with conditions where half of those in favour set some. Without the half, six members
// would be the common ground of twenty-five.
func DefaultConsensus() ConsensusRule {
	return ConsensusRule{Share: 75, Least: 5, Stated: 50, RedLines: true, Conditions: 50}
}

// Check says what is wrong with a rule, or nil. A side that could be smaller than the other is no consensus.
func (r ConsensusRule) Check() error {
	switch {
	case r.Share <= 50 || r.Share > 100:
		return fmt.Errorf("the share on one side must be from 51 to 100 %%, not %d", r.Share)
	case r.Least < 1:
		return errors.New("at least one member must have taken a position")
	case r.Stated < 0 || r.Stated > 100:
		return fmt.Errorf("the share that takes a position must be from 0 to 100 %%, not %d", r.Stated)
	case r.Conditions < 1 || r.Conditions > 100:
		return fmt.Errorf("the share that sets conditions must be from 1 to 100 %%, not %d", r.Conditions)
	}
	return nil
}

// String is the rule in a sentence, as outputs print it.
func (r ConsensusRule) String() string {
	red := ""
	if r.RedLines {
		red = ", and no member that named a red line stands against it"
	}
	thin := fmt.Sprintf("Fewer than %d positions", r.Least)
	if r.Stated > 0 {
		thin += fmt.Sprintf(", or positions of fewer than %d %% of the members that address the theme,", r.Stated)
	}
	return fmt.Sprintf("Common ground: at least %d %% of the members that take a position, and at least %d of them, are on one side%s; with conditions where at least %d %% of those in favour set some. %s are thin evidence; all else is divided. Who only repeats a template that was circulated is not counted for it.",
		r.Share, r.Least, red, r.Conditions, thin)
}

// sides are counts of members by where they stand, as the rule looks at them.
type sides struct {
	support, conditions, mixed, oppose int
	notStated                          int // address the theme without a position
}

func (s sides) inFavour() int { return s.support + s.conditions }
func (s sides) took() int     { return s.support + s.conditions + s.mixed + s.oppose }

// side is the side with more members: Support, Oppose, or "" where neither has.
func (s sides) side() Stance {
	switch in := s.inFavour(); {
	case in > s.oppose:
		return Support
	case in < s.oppose:
		return Oppose
	}
	return ""
}

// outcome applies the rule, and says why it comes out so. crossed are the members whose red line stands against the larger side.
func (r ConsensusRule) outcome(s sides, crossed int) (o Outcome, why string) {
	took, most := s.took(), max(s.inFavour(), s.oppose)
	if took < r.Least {
		return ThinEvidence, fmt.Sprintf("%d of at least %d members took a position.", took, r.Least)
	}
	if addressed := took + s.notStated; took*100 < r.Stated*addressed {
		return ThinEvidence, fmt.Sprintf("%d of the %d members that address it took a position: %d %%, where %d %% are needed.", took, addressed, took*100/addressed, r.Stated)
	}
	why = fmt.Sprintf("%d of the %d members that took a position are on one side: %d %%, where %d %% are needed", most, took, most*100/took, r.Share)
	switch {
	case most*100 < r.Share*took:
		return Divided, why + "."
	case r.RedLines && crossed > 0:
		return Divided, why + fmt.Sprintf("; but a red line of %s stands against it.", plural(crossed, "member", "members"))
	case s.side() == Support && s.conditions*100 >= r.Conditions*s.inFavour():
		return CommonGroundConditions, why + fmt.Sprintf("; %d of the %d in favour set conditions.", s.conditions, s.inFavour())
	}
	return CommonGround, why + "."
}
