// Package explain has the words for everything that goes wrong: what happened, and what to do next.
//
// Style: a capital, a full stop, the user's words (file, member, theme, Word, Excel), never a Go type or an error code. The
// first sentence says what happened, the next what to do. Start at [Error].
package explain

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"collate/index"
	"collate/index/extract"
	"collate/themes"
	"collate/themes/evidence"
)

// words pairs an error with what to say of it; the first that fits is used.
var words = []struct {
	err  error
	what string
	then string
}{
	{extract.ErrScanned, "Its pages are pictures, without text.", "Ask the member for the Word file, or run text recognition (OCR) on it and add it again."},
	{extract.ErrEncrypted, "It is protected by a password.", "Save a copy without the password and add that."},
	{extract.ErrNoText, "There is no text in it.", "Open it to see whether it is the right file."},
	{extract.ErrDamaged, "It is damaged, or not what its name says.", "Ask the member to send it again."},
	{extract.ErrLimit, "It is larger than a submission can be.", "Split it, or save only the part that is the submission."},
	{extract.ErrTimeout, "Reading it took longer than a minute, so it was stopped.", "Save it again from Word or as a plain PDF and add that."},
	{extract.ErrCrashed, "The reader could not deal with it.", "Save it again from the program that made it and add that; the original is kept."},
	{extract.ErrUnknownFormat, "It is not in a format that can be read.", "Save it as Word, PDF, e-mail, Excel, a web page or plain text and add that."},
	{index.ErrExists, "There is a file of that name already.", "Choose another name, or open the one that is there."},
	{index.ErrMissing, "There is no such file.", "Check the name, or make a new consultation with: collate new NAME.collate"},
	{index.ErrNotRecord, "That is not a collate file.", "Choose one whose name ends in .collate."},
	{index.ErrNewer, "That file was made by a newer collate than this one.", "Install the newer version to open it."},
	{index.ErrNoRoom, "The collate file cannot be opened where it lies: the disk is full, or the folder cannot be written.", "Make room there, or copy the file to a folder of your own; nothing is lost."},
	{index.ErrDamaged, "The collate file is damaged.", "Open the newest backup of it; the search index is not affected."},
	{index.ErrChain, "The decisions in the file were changed by something other than collate.", "Open the newest backup of it."},
	{index.ErrCacheBusy, "Another collate has this consultation open.", "Close it and try again."},
	{index.ErrNoSubmission, "Nothing of that name is in the consultation.", "See the names with: collate members"},
	{index.ErrNoPassage, "There is no such passage.", "Its id stands in brackets behind each passage that collate search shows, as in [PK3M9XQ7W2A]."},
	{index.ErrNoChange, "There is no change to take back.", "See what was changed, and by whom, with: collate synonyms history"},
	{context.Canceled, "Stopped.", "What was done is kept; the same command goes on from there."},
	{fs.ErrNotExist, "There is no such file or folder.", "Check the name."},
	{fs.ErrPermission, "The file may not be opened or written.", "Close it in Word or Excel if it is open there, or choose another folder."},
}

// Error is err in a user's words: one or more whole sentences, perhaps with the lines of a file that has a fault.
func Error(err error) string {
	var book *themes.CodebookError
	if errors.As(err, &book) {
		return fmt.Sprintf("The themes file has a fault at line %d, column %d: %s.\n%s", book.Line, book.Column, strings.TrimSuffix(book.Message, "."), book.Excerpt)
	}
	var outline *evidence.OutlineError
	if errors.As(err, &outline) {
		return fmt.Sprintf("The outline has a fault at line %d, column %d: %s.\n%s", outline.Line, outline.Column, strings.TrimSuffix(outline.Message, "."), outline.Excerpt)
	}
	var draft *evidence.DraftError
	if errors.As(err, &draft) {
		return refused(draft)
	}
	var query *index.QueryError
	if errors.As(err, &query) {
		return fmt.Sprintf("The search cannot be understood: %s.\n  %s\n  %s^", strings.TrimSuffix(query.Message, "."), query.Query, strings.Repeat(" ", len([]rune(query.Query[:min(query.At, len(query.Query))]))))
	}
	var group *index.SynonymError
	if errors.As(err, &group) {
		return synonyms(group)
	}
	var name *index.NameError
	if errors.As(err, &name) {
		return called(name)
	}
	if errors.Is(err, index.ErrMembersFile) {
		return "The members file has a fault: " + after(err, index.ErrMembersFile) + ". Mend that line and run the command again."
	}
	if errors.Is(err, themes.ErrCodebookFile) {
		return "The codebook cannot be read: " + after(err, themes.ErrCodebookFile) + "."
	}
	if errors.Is(err, themes.ErrProjectFile) {
		return "The project cannot be read: " + after(err, themes.ErrProjectFile) + "."
	}
	for _, w := range words {
		if errors.Is(err, w.err) {
			return subject(err) + w.what + " " + w.then
		}
	}
	return sentence(err.Error())
}

// refused says why an outline is made no document, paragraph by paragraph.
func refused(e *evidence.DraftError) string {
	var b strings.Builder
	b.WriteString("No document was written: what stands in the outline is not so in the record, or may not go out. Mend these paragraphs and write it again.")
	for _, p := range e.Problems {
		fmt.Fprintf(&b, "\n  %s: %s", p.Paragraph, p.What)
	}
	return b.String()
}

// synonyms says what is wrong with a line of synonyms.
func synonyms(e *index.SynonymError) string {
	if e.Line == 0 {
		return fmt.Sprintf("That is no group of synonyms. %s\n  %s", e.Message, e.Text)
	}
	return strings.TrimRight(fmt.Sprintf("The list of synonyms has a fault at line %d. %s\n  %s", e.Line, e.Message, strings.ToValidUTF8(e.Text, "�")), " \n")
}

// called says that a name is not one of the consultation's.
func called(e *index.NameError) string {
	near := strings.Join(e.Near, "\n  ")
	switch {
	case e.Many:
		return fmt.Sprintf("Several files are called %q. Write the whole name of the one you mean:\n  %s", e.Name, near)
	case near != "":
		return fmt.Sprintf("Nothing of that name is in the consultation: %q. Did you mean one of these?\n  %s", e.Name, near)
	}
	return fmt.Sprintf("Nothing of that name is in the consultation: %q. See the names with: collate submissions", e.Name)
}

// Unread is why one file could not be read, by the record's word for it, in a sentence for a list.
func Unread(failure, reason string) string {
	err := index.FailureError(failure)
	for _, w := range words {
		if err != nil && errors.Is(err, w.err) {
			_, detail, ok := strings.Cut(reason, err.Error())
			if err == extract.ErrDamaged || err == extract.ErrCrashed { // what a reader tripped over helps nobody here
				ok = false
			}
			if err == extract.ErrUnknownFormat && ok {
				return format(strings.Trim(detail, ": "), w.then)
			}
			if ok && strings.Trim(detail, ": ") != "" && len(detail) < 80 {
				return strings.TrimSuffix(w.what, ".") + " (" + strings.Trim(detail, ": ") + "). " + w.then
			}
			return w.what + " " + w.then
		}
	}
	return sentence(reason)
}

// format says what a file that cannot be read is, and what to do: the reader's own advice where it has some.
func format(what, then string) string {
	if kind, advice, ok := strings.Cut(what, "; "); ok {
		what, then = kind, sentence(advice)
	}
	if what == "" {
		return "It is not in a format that can be read. " + then
	}
	return "It is " + what + ", which cannot be read here. " + then
}

// subject is the file that an error is about, when it names one.
func subject(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Path + ": "
	}
	for _, sentinel := range []error{index.ErrExists, index.ErrMissing, index.ErrNotRecord} {
		if name := after(err, sentinel); errors.Is(err, sentinel) && name != "" {
			return name + ": "
		}
	}
	return ""
}

// after is what an error's text says behind a sentinel's.
func after(err, sentinel error) string {
	_, rest, _ := strings.Cut(err.Error(), sentinel.Error())
	return strings.TrimLeft(rest, ": ")
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + strings.TrimSuffix(s[1:], ".") + "."
}
