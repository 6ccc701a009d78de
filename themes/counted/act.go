package counted

import (
	"slices"
	"strings"
	"sync"
)

// A verb is words that say what members did.
type verb struct {
	words []string
	act   Act
}

// stems are verbs whose four forms are made by [forms], each with its act and with the words behind it that belong to it.
var stems = []struct {
	act   Act
	words string
}{
	{Support, "support back endorse welcome favour approve_of commend applaud champion accept embrace agree_with side_with agree_to"},
	{Oppose, "oppose reject resist object_to object disagree_with disagree dispute contest condemn"},
	{Addressed, "address raise mention comment_on comment discuss cover touch_on touch_upon refer_to deal_with highlight note flag consider speak_about write_about write_on remark_on"},
	{Responded, "respond reply participate contribute"},
	{Other, "say state argue call_for call ask_for ask want tell urge recommend demand propose suggest report believe think feel fear warn agree_that agree express seek request wish prefer insist stress emphasise question doubt describe criticise point_out worry"},
}

// irregular are forms that no rule makes.
var irregular = map[string][]string{
	"say": {"say", "says", "said", "saying"}, "tell": {"tell", "tells", "told", "telling"}, "think": {"think", "thinks", "thought", "thinking"}, "feel": {"feel", "feels", "felt", "feeling"},
	"seek": {"seek", "seeks", "sought", "seeking"}, "speak": {"speak", "speaks", "spoke", "spoken", "speaking"}, "write": {"write", "writes", "wrote", "written", "writing"}, "deal": {"deal", "deals", "dealt", "dealing"},
	"refer": {"refer", "refers", "referred", "referring"},
}

// set phrases with their act. "=" stands for any form of to be, "~" for any form of to have.
var setPhrases = []struct {
	act   Act
	words string
}{
	{Support, "= in favour of; = in favour; in favour; = for; = supportive of; = supportive; = positive about; = behind; = content with; = happy with; = on board with; spoke in favour of; spoke up for; come out in favour of; came out in favour of; came out for; gave their support to; give their support to; gave their backing to; give their backing to; lend their support to; lent their support to; express support for; expressed support for; expresses support for; voiced support for; voice support for; gave broad support to; ~ no objection to"},
	{Unconditional, "support without conditions; supported without conditions"},
	{Conditions, "set conditions on; set conditions for; set conditions; sets conditions; setting conditions; set a condition; attach conditions to their support for; attached conditions to their support for; attach conditions to; attached conditions to; attach conditions; attached conditions; attaching conditions; attaches conditions; put conditions on; place conditions on; placed conditions on; impose conditions on; made their support conditional; make their support conditional; gave conditional support to; give conditional support to; gave qualified support to; give qualified support to; name conditions; named conditions; with conditions; with conditions attached; subject to conditions; conditionally; = conditional supporters of"},
	{Oppose, "= opposed to; = opposed; = against; against; = hostile to; came out against; come out against; spoke against; spoke out against; express opposition to; expressed opposition to; raised objections to; raise objections to; say no to; said no to"},
	{NotSupport, "= not persuaded by; = not persuaded; = not convinced by; = not convinced of; = not convinced; = unconvinced by; = unconvinced; = unpersuaded by; = unpersuaded; withheld their support from; withhold their support from"},
	{Mixed, "= unsure about; = unsure of; = unsure; unsure; undecided; = undecided about; = undecided on; = undecided; = uncertain about; = uncertain; = ambivalent about; = ambivalent; = mixed or unsure; = mixed; mixed or unsure; ~ mixed views on; ~ mixed views about; ~ mixed views; ~ mixed feelings about; = in two minds about; = in two minds; = torn; = torn over; took a mixed position; take a mixed position; = divided within themselves"},
	{TookPosition, "took a position on; take a position on; takes a position on; take a position; took a position; takes a position; state a position on; stated a position on; state a position; stated a position; states a position; took a view on; take a view on; expressed a view on; express a view on; gave a view on; give a view on; stated a view on; took a clear position on; expressed an opinion on; gave an opinion on"},
	{NoPosition, "took no position on; take no position on; take no position; took no position; takes no position; expressed no view on; express no view on; gave no view on; took no view on; = neutral on; = neutral; without a plain position; sat on the fence; reserved their position on; reserved their position; address it without a plain position; addresses it without a plain position; addressed it without a plain position; addressed it without taking a position; address it without taking a position"},
	{Silent, "= silent on; = silent about; = silent; silent; stayed silent on; stayed silent; remained silent on; remained silent; kept silent on; said nothing about; said nothing on; say nothing about; say nothing on; says nothing about; say nothing; said nothing; made no mention of; make no mention of; made no comment on; make no comment on; had nothing to say about; had nothing to say on; have nothing to say about; have nothing to say on; left the question blank; passed over; pass over; ignored; left out; omitted"},
	{Addressed, "had something to say about; had something to say on; have something to say about; have something to say on; raised concerns about; raised concerns over; raise concerns about; = concerned about; expressed concern about; expressed concerns about; expressed concern over; answered the question on; answered the question about; answer the question on; took up; made the point about; had views on; had comments on"},
	{Responded, "sent a submission; sent in a submission; sent submissions; sent in submissions; sent us a submission; sent us submissions; send a submission; made a submission; made submissions; submitted a response; submitted responses; submitted evidence; submitted written evidence; submitted; sent a response; sent responses; sent in a response; sent evidence; gave evidence; took part; wrote to us; wrote in; answered our call; answered the call; gave their views; sent us their views; sent their views; replied; were received; was received; came in; have answered; answered us; answered; put in a submission; put in submissions"},
	{NotResponded, "sent nothing; = not heard from; sent no submission; made no submission; sent us nothing; gave no response; sent no response"},
	{Belong, "= members; make up the consortium; belong to the consortium; belong; make up our membership; = in membership; form the consortium; form our consortium; make up our consortium"},
}

// bes and haves are what "=" and "~" stand for.
var (
	bes   = []string{"is", "are", "was", "were", "be", "been", "being", "remain", "remained", "stay", "stayed", "seem", "seemed"}
	haves = []string{"have", "has", "had", "expressed", "express", "held", "hold"}
)

// verbs are all forms of all verbs, the longest first.
var verbs = sync.OnceValue(func() map[string][]verb {
	out := map[string][]verb{}
	add := func(act Act, words []string) { out[words[0]] = append(out[words[0]], verb{words, act}) }
	for _, p := range setPhrases {
		for text := range strings.SplitSeq(p.words, ";") {
			words := strings.Fields(text)
			switch words[0] {
			case "=":
				for _, be := range bes {
					add(p.act, append([]string{be}, words[1:]...))
				}
			case "~":
				for _, have := range haves {
					add(p.act, append([]string{have}, words[1:]...))
				}
			default:
				add(p.act, words)
			}
		}
	}
	for _, s := range stems {
		for text := range strings.FieldsSeq(s.words) {
			base, behind, _ := strings.Cut(text, "_")
			for _, form := range forms(base) {
				add(s.act, append([]string{form}, strings.Fields(behind)...))
			}
		}
	}
	for first := range out {
		slices.SortStableFunc(out[first], func(a, b verb) int { return len(b.words) - len(a.words) })
	}
	return out
})

// forms are those of a verb: support, supports, supported, supporting.
func forms(base string) []string {
	if f, ok := irregular[base]; ok {
		return f
	}
	stem := strings.TrimSuffix(base, "e")
	third := base + "s"
	switch {
	case strings.HasSuffix(base, "y") && !strings.HasSuffix(base, "ey") && !strings.HasSuffix(base, "ay"):
		return []string{base, base[:len(base)-1] + "ies", base[:len(base)-1] + "ied", base + "ing"}
	case strings.HasSuffix(base, "ss") || strings.HasSuffix(base, "sh") || strings.HasSuffix(base, "ch"):
		third = base + "es"
	case base == "flag":
		return []string{base, third, "flagged", "flagging"}
	}
	return []string{base, third, stem + "ed", stem + "ing"}
}

// verbAt is the verb that begins at token i.
func verbAt(ts []token, i int) (Act, int, bool) {
	for _, v := range verbs()[lower(ts, i)] {
		if are(ts, i, v.words...) {
			return v.act, i + len(v.words), true
		}
	}
	return NoAct, i, false
}

// isActWord reports whether a word begins a verb, so that it is no modifier of a noun.
func isActWord(word string) bool { return len(verbs()[word]) > 0 }

// auxiliary are words between who did something and the verb.
var auxiliary = set(`have has had is are was were be been being do does did will would also clearly strongly broadly generally all both each therefore now still explicitly openly themselves already
	largely firmly fully simply expressly specifically in principle overall however warmly cautiously either likewise too consistently unequivocally plainly actively positively formally flatly instead then only even`)

// modal are words behind which nobody has done anything.
var modal = set("should must may might can could shall ought need needs")

// denied is the act with "not" before it.
func denied(a Act) Act {
	switch a {
	case Support, Unconditional, Conditions:
		return NotSupport
	case Oppose, NotSupport:
		return NotOppose
	case Addressed:
		return Silent
	case TookPosition:
		return NoPosition
	case Silent:
		return Addressed
	case Responded:
		return NotResponded
	case Mixed, NoPosition:
		return Other
	}
	return a
}

// from are nouns before "from", "of" or "among" and who they come from.
var from = []struct {
	words string
	act   Act
}{
	{"support", Support}, {"backing", Support}, {"endorsement", Support}, {"approval", Support}, {"agreement", Support},
	{"opposition", Oppose}, {"objections", Oppose}, {"objection", Oppose}, {"resistance", Oppose}, {"hostility", Oppose},
	{"submissions", Responded}, {"responses", Responded}, {"replies", Responded}, {"evidence", Responded}, {"views", Responded}, {"heard", Responded}, {"contributions", Responded}, {"answers", Responded},
	{"comments", Addressed}, {"comment", Addressed}, {"concerns", Addressed}, {"concern", Addressed},
}
