package extract

import (
	"strconv"
	"strings"
)

// readInput reads a field that somebody fills in, unless it still shows its prompt.
func (r *odtReader) readInput(k *node, line *odtLine, bold, hidden bool) {
	if isPrompt(shortText(k)) {
		r.prompts++
		return
	}
	r.inField++
	r.readText(k, line, bold, hidden)
	r.inField--
}

// endField ends a form's text field. What it was made with is no answer when it only invites one.
func (r *odtReader) endField(line *odtLine) {
	if r.inField > 0 {
		r.inField--
	}
	if line.field == nil {
		return
	}
	preset := strings.TrimSpace(fieldParameters(line.field)["Content"])
	if text := line.text.String(); preset != "" && asksForChoice(preset) && strings.TrimSpace(text[line.start:]) == preset {
		r.prompts++
		line.text.Reset()
		line.text.WriteString(text[:line.start])
	}
	line.field = nil
}

func fieldParameters(k *node) map[string]string {
	out := map[string]string{}
	for p := range k.kids() {
		if p.name == "param" {
			out[p.attr("name")] = p.attr("value")
		}
	}
	return out
}

// readFieldMark writes what an old form's box or list shows.
func (r *odtReader) readFieldMark(k *node, line *odtLine, bold bool) {
	state, unset := fieldState(k)
	if unset && asksForChoice(state) {
		r.prompts++
		return
	}
	r.inField++
	r.collapse(state, line, bold)
	r.inField--
}

// readForms remembers what the controls of a form hold, by the name under which the text places them.
func (r *odtReader) readForms(n *node) {
	for k := range n.kids() {
		if id := k.attr("id"); id != "" {
			r.forms[id] = k
		}
		r.readForms(k)
	}
}

// readControl writes what a control of a form shows.
func (r *odtReader) readControl(id string, line *odtLine) {
	k := r.forms[id]
	if k == nil {
		return
	}
	delete(r.forms, id) // it stands in one place
	r.inField++
	for i, text := range strings.Split(controlText(k), "\n") {
		if i > 0 {
			line.write("\n", true)
		}
		r.collapse(text, line, false)
	}
	r.inField--
}

func controlText(k *node) string {
	switch k.name {
	case "checkbox", "radio":
		state := k.attr("current-state")
		if state == "" {
			state = k.attr("state")
		}
		sign := "☐"
		if state == "checked" || k.attr("current-selected") == "true" || k.attr("current-selected") == "" && k.attr("selected") == "true" {
			sign = "☒"
		}
		return strings.TrimSpace(sign + " " + k.attr("label"))
	case "fixed-text", "frame":
		return k.attr("label")
	case "listbox":
		return chosenOptions(k)
	case "text", "textarea", "formatted-text", "number", "date", "time", "combobox":
		if v, ok := k.lookup("current-value"); ok {
			return v
		}
		var lines []string
		for p := range k.kids() {
			if p.name == "p" {
				lines = append(lines, p.allText())
			}
		}
		if len(lines) > 0 {
			return strings.Join(lines, "\n")
		}
		return k.attr("value")
	}
	return ""
}

// chosenOptions are the entries of a list that are chosen now; the form's own choice counts where nobody made another.
func chosenOptions(list *node) string {
	for _, mark := range []string{"current-selected", "selected"} {
		var out []string
		for k := range list.kids() {
			if k.name == "option" && k.attr(mark) == "true" {
				out = append(out, k.attr("label"))
			}
		}
		if out != nil {
			return strings.Join(out, ", ")
		}
	}
	return ""
}

// fieldState is what an old form's box or list shows, "" for other fields. unset says that nobody chose.
func fieldState(k *node) (state string, unset bool) {
	kind, parameters := k.attr("type"), fieldParameters(k)
	switch {
	case strings.HasSuffix(kind, "FORMCHECKBOX"):
		if on, err := strconv.ParseBool(parameters["Checkbox_Checked"]); err == nil && on {
			return "☒", false
		}
		return "☐", false
	case strings.HasSuffix(kind, "FORMDROPDOWN"):
		chosen, set := parameters["Dropdown_Selected"]
		n, _ := strconv.Atoi(chosen)
		for p := range k.kids() {
			if p.attr("name") != "Dropdown_ListEntry" {
				continue
			}
			if n == 0 {
				return p.attr("value"), !set
			}
			n--
		}
	}
	return "", false
}
