package claim

// subject is where the subject of the verb at i begins.
func (a *asking) subject(i int) int {
	end := i
	for end > 0 && a.tagged(end-1, "RB") {
		end--
	}
	if end > 0 && a.at(end-1) == "," { // "any band, which ..., should": the subject stands before what is put in
		for j := end - 2; j >= 0; j-- {
			if a.at(j) == "," {
				end = j
				break
			}
		}
	}
	start := end
	verb := false
	for j := end - 1; j >= 0; j-- {
		w := a.at(j)
		switch {
		case a.mark(j) || w == "." || w == "\"" || w == "”" || w == "“" || w == "•":
			return start
		case turns[w] && w != "as" && w != "than" && w != "since" && w != "where" || w == "that" && (j == 0 || a.tagged(j-1, "V") || a.tagged(j-1, "JJ") || a.at(j-1) == "us" || recommending[a.at(j-1)]):
			return start
		case wh[w] && j > 0 && !a.tagged(j-1, "NN") && !a.tagged(j-1, "DT"):
			return j
		case (w == "and" || w == "or") && (verb || a.closes(j)):
			return start
		}
		if (a.tagged(j, "VBZ") || a.tagged(j, "VBD") || a.tagged(j, "VBP")) && !wh[a.at(j-1)] {
			verb = true
		}
		start = j
	}
	return start
}

// closes reports whether a clause with a verb of its own ends before the "and" at j.
func (a *asking) closes(j int) bool {
	for k := j - 1; k >= 0 && !a.mark(k) && !wh[a.at(k)] && a.at(k) != "that"; k-- {
		if a.tagged(k, "VBZ") || a.tagged(k, "VBD") || a.tagged(k, "VBP") || a.tagged(k, "MD") || a.base(k) {
			return true
		}
	}
	return false
}

// clauseEnd is where what is asked ends: before a reason, another clause, or the end of the sentence.
func (a *asking) clauseEnd(verb int) int {
	denied := a.at(verb) == "not" || a.at(verb) == "n't"
	for j := verb + 1; j < len(a.words); j++ {
		switch w := a.at(j); {
		case a.stop(j), w == "," && !turns[a.at(j+1)] && a.at(j+1) != "provided" && a.freshClause(j+1):
			return j
		case w == "because" && !denied, a.breaksOff(j), (w == "and" || w == "but" || w == "or") && a.freshClause(j+1), w == "please" && j > verb+1:
			return trimComma(a.sentence, j)
		}
	}
	return len(a.words)
}

// stop reports a mark that ends a clause.
func (a *asking) stop(j int) bool {
	switch a.at(j) {
	case ";", "—", "–", "!", ":":
		return true
	case ".":
		return j == len(a.words)-1 || capital(a.words[j+1].Word)
	}
	return false
}

// breaksOff reports whether a reason, a reservation or a description begins at word j, which is no part of what is asked.
func (a *asking) breaksOff(j int) bool {
	comma := a.at(j-1) == ","
	switch next := a.at(j + 1); a.at(j) {
	case "since":
		return comma
	case "as":
		return comma && a.freshClause(j+1)
	case "so":
		return comma || next == "that"
	case "but":
		return comma || next == "not"
	case "although", "though":
		return a.at(j-1) != "as"
	case ",":
		return next == "which" || next == "who"
	case "thank":
		return next == "you"
	}
	return false
}

func trimComma(s *sentence, j int) int {
	for j > 0 && s.at(j-1) == "," {
		j--
	}
	return j
}

// freshClause reports whether a subject with a verb or a modal of its own begins at j.
func (a *asking) freshClause(j int) bool {
	noun := false
	for k := j; k < min(len(a.words), j+14); k++ {
		w := a.at(k)
		switch {
		case a.mark(k) || w == "." || wh[w] || w == "that":
			return false
		case a.tagged(k, "MD") || modals[w] && (w == "must" || w == "should"):
			return k > j && noun
		case (a.tagged(k, "VBZ") || a.tagged(k, "VBD") || a.tagged(k, "VBP")) && noun:
			return true
		case a.tagged(k, "NN") || a.tagged(k, "PRP") || a.tagged(k, "DT"):
			noun = true
		}
	}
	return false
}
