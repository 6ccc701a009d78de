package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"collate/themes"
	"collate/themes/assistant"
)

// An assistance is how a language model is to be asked.
type assistance struct {
	address, model string
	remote, dry    bool
	again          bool
	limit          int
	timeout        time.Duration
	name           []string
}

func assistCommand(a *app) *cobra.Command {
	var x assistance
	c := &cobra.Command{
		Use:   "assist [NAME.collate] --address URL --model NAME",
		Short: "Let a language model that you run suggest themes and stances; off unless you ask for it",
		Long: `Asks a language model, over the interface that llama.cpp, Ollama, LM Studio, vLLM and others serve, about one passage after the other: which
themes it is on, and where it stands. What the model says is recorded as "suggested (its name)", beside what the rules suggest; it never
counts as a decision and never changes one. Each claim must quote the passage to the letter: what is not in the passage is dropped and counted.

What it does not do: no model comes with collate and none is downloaded; nothing is sent anywhere unless you type an address. The address must be
this machine; another is refused unless you write --allow-remote, and then it is said what leaves. Passages that are confidential or anonymous
are never sent, not even to this machine, since what listens there may pass them on. No proxy is used and no redirect is followed.

Stopped, it goes on where it was. How good the suggestions are: collate agreement, which lists the model beside people.`,
		Example: `  collate assist plan.collate --address http://127.0.0.1:8080/v1 --model qwen2.5-7b --limit 20
  collate assist plan.collate --address http://127.0.0.1:8080/v1 --model qwen2.5-7b --dry-run
  collate assist plan.collate --address http://127.0.0.1:8080/v1 --model qwen2.5-7b --name PK3M9XQ7W2A,PQ8T2VN4Z7B`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withRecord(cmd.Context(), args, func(an *themes.Analysis) error { return a.assist(cmd.Context(), an, x) })
		},
	}
	f := c.Flags()
	f.StringVar(&x.address, "address", "", `where the model is served, "http://127.0.0.1:8080/v1"`)
	f.StringVar(&x.model, "model", "", "the model's name, as its server knows it")
	f.BoolVar(&x.remote, "allow-remote", false, "send passages to an address that is not this machine")
	f.BoolVar(&x.dry, "dry-run", false, "list what would be sent, and send nothing")
	f.BoolVar(&x.again, "again", false, "ask about all passages once more")
	f.IntVar(&x.limit, "limit", 0, "ask about at most so many passages (0: all)")
	f.DurationVar(&x.timeout, "timeout", 2*time.Minute, "the longest that one answer may take")
	f.StringSliceVar(&x.name, "name", nil, "instead: suggest a name for the group of these passages, by their ids")
	return c
}

func (a *app) assist(ctx context.Context, an *themes.Analysis, x assistance) error {
	if x.address == "" || !plainModel(x.model) {
		return misuse("Write it as: collate assist [NAME.collate] --address http://127.0.0.1:8080/v1 --model NAME")
	}
	endpoint, err := assistant.Resolve(ctx, x.address, nil)
	if err != nil {
		return misuse("%s. Write it like: --address http://127.0.0.1:8080/v1", upper(err.Error()))
	}
	if len(x.name) > 0 {
		return a.nameGroup(ctx, an, endpoint, x)
	}
	plan, err := an.PlanAssist(ctx, x.model, x.limit, x.again)
	if err != nil {
		return err
	}
	if x.dry {
		return a.print(plan, func(w io.Writer) { printPlan(w, plan, endpoint) })
	}
	if err := a.mayLeave(endpoint, x.remote, leaving(plan)); err != nil {
		return err
	}
	client, err := x.client(endpoint)
	if err != nil {
		return err
	}
	defer client.Close()
	done, err := an.Assist(ctx, client, plan)
	if err != nil && a.json { // one answer a run
		return modelTrouble(err)
	}
	if err := errors.Join(a.print(done, func(w io.Writer) { printAssisted(w, done) }), modelTrouble(err)); err != nil {
		return err
	}
	return an.Refresh(ctx)
}

func (x assistance) client(e *assistant.Endpoint) (*assistant.Client, error) {
	return assistant.New(e, assistant.Options{Model: x.model, Timeout: x.timeout, Seed: 1, Remote: x.remote})
}

// plainModel reports a model's name that can stand in a coder's.
func plainModel(name string) bool {
	return name != "" && len(name) <= 100 && strings.TrimSpace(name) == name && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) })
}

// leaving says what a plan sends, in words.
func leaving(p *themes.AssistPlan) string {
	var b strings.Builder
	fmt.Fprintf(&b, "the words of %s (%d words, with the headings above them) of %s, and the names, descriptions and examples of %s:\n", plural(len(p.Passages), "passage"), p.Words, plural(p.Members, "member"), plural(p.Themes, "theme"))
	type key struct{ member, document string }
	passages, words := map[key]int{}, map[key]int{}
	var order []key
	for _, x := range p.Passages {
		k := key{x.Member, x.Document}
		if passages[k] == 0 {
			order = append(order, k)
		}
		passages[k]++
		words[k] += x.Words
	}
	for _, k := range order {
		fmt.Fprintf(&b, "  %s, %s: %s, %d words\n", k.member, k.document, plural(passages[k], "passage"), words[k])
	}
	fmt.Fprintf(&b, "Not sent: %s, confidential or anonymous. Each passage by its id: --dry-run", plural(p.LeftOut, "passage"))
	return b.String()
}

// mayLeave refuses an address that is not this machine, or says what goes there.
func (a *app) mayLeave(e *assistant.Endpoint, allowed bool, what string) error {
	switch {
	case e.Loopback():
		return nil
	case !allowed:
		return misuse("%s is not this machine. Nothing was sent. If you write --allow-remote, this leaves it: %s", e, what)
	}
	fmt.Fprintf(a.err, "WARNING: this leaves your machine for %s: %s\n", e, plainText(what))
	if !e.Encrypted() {
		fmt.Fprintln(a.err, "WARNING: it goes there unencrypted (http): whoever is on the way can read it.")
	}
	return nil
}

// modelTrouble says what to do about a server.
func modelTrouble(err error) error {
	switch {
	case errors.Is(err, assistant.ErrRefused):
		return misuse("%s. Check --model and --address.", upper(err.Error()))
	case errors.Is(err, assistant.ErrRedirect):
		return misuse("%s. Type the address itself.", upper(err.Error()))
	case errors.Is(err, themes.ErrNoAnswers):
		return fmt.Errorf("%w. What was done is kept; check that the model is running, and run the command again", err)
	}
	return err
}

func printPlan(w io.Writer, p *themes.AssistPlan, e *assistant.Endpoint) {
	for _, x := range p.Passages {
		fmt.Fprintf(w, "%s  %4d words  %s, %s\n", x.ID, x.Words, x.Member, x.Document)
	}
	fmt.Fprintf(w, "\nTo %s would go %s, %d words; nothing was sent. Not among them: %d confidential or anonymous, %d asked about before.\n", e, plural(len(p.Passages), "passage"), p.Words, p.LeftOut, p.Asked)
}

func printAssisted(w io.Writer, d *themes.Assisted) {
	fmt.Fprintf(w, "%s answered for %s: %s and %s that hold, recorded as suggested (%s); %s changed.\n", d.Model, plural(d.Answered, "passage"), plural(d.Proposals, "theme"), plural(d.Stances, "stance"), d.Model, plural(d.Changed, "suggestion"))
	total := 0
	for _, n := range d.Dropped {
		total += n
	}
	if total > 0 {
		fmt.Fprintf(w, "Dropped, since it does not hold: %s\n", plural(total, "claim"))
		for _, why := range slices.Sorted(maps.Keys(d.Dropped)) {
			fmt.Fprintf(w, "  %5d  %s\n", d.Dropped[why], why)
		}
	}
	if d.Unanswered > 0 {
		fmt.Fprintf(w, "No answer that can be used for %s; they are asked about again next time.\n", plural(d.Unanswered, "passage"))
	}
	fmt.Fprintf(w, "Not asked about: %d confidential or anonymous, %d asked about before.\n", d.LeftOut, d.Asked)
}

// nameGroup prints a name for a group of passages.
func (a *app) nameGroup(ctx context.Context, an *themes.Analysis, e *assistant.Endpoint, x assistance) error {
	var ids []string
	for _, id := range x.name {
		ids = append(ids, passageID(id))
	}
	passages, err := an.OpenPassages(ctx, ids)
	if err != nil {
		return err
	}
	words := 0
	for _, p := range passages {
		words += len(strings.Fields(p.Words))
	}
	if err := a.mayLeave(e, x.remote, fmt.Sprintf("the words of %s (%d words): %s", plural(len(passages), "passage"), words, strings.Join(ids, ", "))); err != nil {
		return err
	}
	client, err := x.client(e)
	if err != nil {
		return err
	}
	defer client.Close()
	name, dropped, err := client.Name(ctx, passages)
	if err != nil {
		return modelTrouble(err)
	}
	return a.print(map[string]any{"suggested_by": x.model, "name": name, "dropped": dropped}, func(w io.Writer) {
		if name.Name == "" {
			fmt.Fprintf(w, "%s gave no name that holds: %s.\n", x.model, strings.Join(slices.Sorted(maps.Keys(dropped)), "; "))
			return
		}
		fmt.Fprintf(w, "%s, suggested (%s), because: “%s” [%s]\n", name.Name, x.model, name.Quote, name.Passage)
	})
}
