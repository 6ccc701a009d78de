package themes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"collate/index"
	"collate/themes/alike"
)

// Settings are what people set for a whole consultation that changes its numbers and its words. Each is a decision, with who and when,
// and is undone by another.
type Settings struct {
	Scale     Scale
	Consensus ConsensusRule
	Consent   index.Consent    // of members of whom neither a person nor members.csv says anything stricter
	Templates []alike.Template // texts that the consortium circulated, by name
	Set       []SettingChange  // what stands that is no default, in the order in which it was set
}

// A SettingChange is who set something, and when.
type SettingChange struct {
	Act     string    `json:"setting"` // index.ActScale, ActConsensus, ActConsent or ActTemplate
	Name    string    `json:"name,omitempty"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Because string    `json:"because,omitempty"`
}

// Settings are those that stand now.
func (a *Analysis) Settings(ctx context.Context) (Settings, error) {
	s := defaultSettings()
	err := a.Decisions(ctx, s.apply)
	return s, err
}

func defaultSettings() Settings {
	return Settings{Scale: DefaultScale(), Consensus: DefaultConsensus(), Consent: index.Attributable}
}

// apply takes a decision; most are of other things.
func (s *Settings) apply(d *index.Decision) error {
	if d.Kind != index.ByPerson {
		return nil
	}
	var err error
	switch d.Act {
	case index.ActScale:
		if s.Scale = DefaultScale(); d.Value != "" {
			s.Scale, err = ParseScale(d.Value)
		}
	case index.ActConsensus:
		if s.Consensus = DefaultConsensus(); d.Value != "" {
			err = json.Unmarshal([]byte(d.Value), &s.Consensus)
		}
	case index.ActConsent:
		if d.Subject != "" {
			return nil
		}
		s.Consent = index.Consent(d.Value)
	case index.ActTemplate:
		s.Templates = slices.DeleteFunc(slices.Clone(s.Templates), func(t alike.Template) bool { return t.Name == d.Subject })
		if d.Value != "" {
			s.Templates = append(s.Templates, alike.Template{Name: d.Subject, Text: d.Value})
			slices.SortFunc(s.Templates, func(a, b alike.Template) int { return strings.Compare(a.Name, b.Name) })
		}
	default:
		return nil
	}
	if err != nil {
		return fmt.Errorf("decision %d: %w", d.Seq, err)
	}
	s.Set = slices.DeleteFunc(slices.Clone(s.Set), func(c SettingChange) bool { return c.Act == d.Act && c.Name == d.Subject })
	if d.Value != "" {
		s.Set = append(s.Set, SettingChange{d.Act, d.Subject, d.Coder, d.At, d.Because})
	}
	return nil
}

// Who says who makes a decision, and why.
type Who struct{ Coder, Because string }

func (a *Analysis) decideOne(ctx context.Context, act, subject, theme, value string, by Who) error {
	return a.Decide(ctx, []index.Decision{{Kind: index.ByPerson, Coder: by.Coder, Act: act, Subject: subject, Theme: theme, Value: value, Because: by.Because}})
}

// SetScale makes text, as [ParseScale] reads it, the scale of quantifier words; "" brings the default back.
func (a *Analysis) SetScale(ctx context.Context, text string, by Who) error {
	if text != "" {
		s, err := ParseScale(text)
		if err != nil {
			return err
		}
		text = s.String()
	}
	return a.decideOne(ctx, index.ActScale, "", "", text, by)
}

// SetConsensus sets the rule by which members agree; nil brings the default back.
func (a *Analysis) SetConsensus(ctx context.Context, rule *ConsensusRule, by Who) error {
	if rule == nil {
		return a.decideOne(ctx, index.ActConsensus, "", "", "", by)
	}
	if err := rule.Check(); err != nil {
		return err
	}
	value, err := json.Marshal(rule)
	if err != nil {
		return err
	}
	return a.decideOne(ctx, index.ActConsensus, "", "", string(value), by)
}

// SetDefaultConsent sets how the words of members may be used of whom neither a person nor members.csv says anything stricter.
func (a *Analysis) SetDefaultConsent(ctx context.Context, consent index.Consent, by Who) error {
	if consent != index.Attributable && consent != index.Anonymous && consent != index.Confidential {
		return fmt.Errorf("%q is no consent; write attributable, anonymous or confidential", consent)
	}
	return a.decideOne(ctx, index.ActConsent, "", "", string(consent), by)
}

// maxTemplate is the longest template, in bytes: a letter of some hundred pages.
const maxTemplate = 1 << 20

// AddTemplate says that the consortium circulated a text: what is made from it is no independent agreement. A text of the same name is
// replaced.
func (a *Analysis) AddTemplate(ctx context.Context, t alike.Template, by Who) error {
	switch {
	case strings.TrimSpace(t.Name) == "":
		return errors.New("a template needs a name")
	case strings.TrimSpace(t.Text) == "":
		return fmt.Errorf("there is no text in %q", t.Name)
	case len(t.Text) > maxTemplate:
		return fmt.Errorf("%q is longer than %d characters", t.Name, maxTemplate)
	}
	return a.decideOne(ctx, index.ActTemplate, t.Name, "", t.Text, by)
}

// RemoveTemplate takes a template out: it was not circulated after all.
func (a *Analysis) RemoveTemplate(ctx context.Context, name string, by Who) error {
	s, err := a.Settings(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(s.Templates, func(t alike.Template) bool { return t.Name == name }) {
		return fmt.Errorf("there is no template %q", name)
	}
	return a.decideOne(ctx, index.ActTemplate, name, "", "", by)
}
