package themes

import (
	"context"
	"slices"
	"strings"

	"collate/index"
)

// Search finds passages; beyond what the record knows, theme:, stance: and checked: can be asked for. At most limit are returned, all
// when it is negative.
func (a *Analysis) Search(ctx context.Context, query string, limit int) (*index.Answer, error) {
	q, err := index.ParseQuery(query)
	if err != nil {
		return nil, err
	}
	s, err := a.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	var state *codings
	return a.Consultation.Search(ctx, s, q, func(f index.Field) (func(id string) bool, error) {
		if f.Name != "theme" && f.Name != "stance" && f.Name != "checked" {
			return nil, nil
		}
		if state == nil {
			if state, err = a.codings(ctx, s); err != nil {
				return nil, err
			}
		}
		return a.field(f, state)
	}, limit)
}

// field makes the test of a theme, a stance or whether a person has looked on a passage's id.
func (a *Analysis) field(f index.Field, state *codings) (func(id string) bool, error) {
	if f.Name == "checked" {
		return a.checked(f, state)
	}
	if f.Name == "theme" {
		id := ""
		for _, t := range a.Codebook.Themes {
			if strings.EqualFold(t.ID, f.Value) || strings.EqualFold(t.Name, f.Value) {
				id = t.ID
			}
		}
		if id == "" {
			return nil, &index.QueryError{Query: "theme:" + f.Value, At: len("theme:"), Message: "there is no such theme; the themes are " + a.themeIDs()}
		}
		return func(passage string) bool {
			c := state.passages[codingKey{passage, id}]
			return c != nil && c.Tagged
		}, nil
	}
	stance := Stance(strings.ToLower(f.Value))
	return func(passage string) bool {
		for _, t := range a.Codebook.Themes {
			if c := state.passages[codingKey{passage, t.ID}]; c != nil && c.Tagged && c.Stance == stance {
				return true
			}
		}
		return false
	}, nil
}

// checked makes the test of whether a person has confirmed or changed what stands of a passage under any theme.
func (a *Analysis) checked(f index.Field, state *codings) (func(id string) bool, error) {
	yes, ok := f.Yes()
	if !ok {
		return nil, &index.QueryError{Query: "checked:" + f.Value, At: len("checked:"), Message: "checked: is yes or no, as in checked:yes."}
	}
	return func(passage string) bool {
		return yes == slices.ContainsFunc(a.Codebook.Themes, func(t Theme) bool {
			c := state.passages[codingKey{passage, t.ID}]
			return c != nil && (c.Confirmed || c.StanceConfirmed)
		})
	}, nil
}
