// Command collate reads what a consortium's members sent, codes it against themes, condenses each member's position and
// writes the workbook that shows who said what, and where.
//
// Everything happens on this machine. "collate demo" shows it on the example consultation; "collate run FOLDER" does it
// with yours. Exit status: 0 done, 1 failed, 2 misused, 3 done but some files could not be read.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// commands is every verb, in the order in which help lists them.
var commands = []func(*app) *cobra.Command{
	demoCommand,
	runCommand,
	newCommand,
	addCommand,
	submissionsCommand,
	membersCommand,
	columnsCommand,
	questionsCommand,
	synonymsCommand,
	themesCommand,
	discoverCommand,
	tagCommand,
	reviewCommand,
	positionCommand,
	searchCommand,
	sharedCommand,
	asksCommand,
	figuresCommand,
	datesCommand,
	mentionsCommand,
	personalCommand,
	exportCommand,
	serveCommand,
	agreementCommand,
	assistCommand,
	evalCommand,
	inspectCommand,
	benchCommand,
	rebuildCommand,
	versionCommand,
	readChildCommand,
	importCommand,
	settingsCommand,
	changesCommand,
	compareCommand,
	jointCommand,
	checkCommand,
	evidenceCommand,
}

func main() {
	// A pipe that nobody reads any more ends the output, not the program in the middle of closing the record.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
