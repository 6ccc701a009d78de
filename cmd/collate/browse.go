package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
)

// openFile opens a product in the program that the user has for it. That it cannot is no failure: the path was printed.
func openFile(path string, no bool, out io.Writer) error {
	if no {
		return nil
	}
	var cmd *exec.Cmd
	switch {
	case runtime.GOOS == "windows":
		cmd = exec.Command("rundll32", "url.dll,FileProtocolHandler", path)
	case runtime.GOOS == "darwin":
		cmd = exec.Command("open", path)
	case os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "":
		cmd = exec.Command("xdg-open", path)
	default:
		return nil
	}
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(out, "It could not be opened from here: open it yourself.")
		return nil
	}
	return cmd.Process.Release()
}
