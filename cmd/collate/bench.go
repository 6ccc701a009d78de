package main

import (
	"time"

	"github.com/spf13/cobra"
)

func benchCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "bench",
		Short: "Measure the readers on a folder of files, or the search on invented passages",
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(benchReadersCommand(a), benchSearchCommand(a))
	return c
}

// A cost is what some work took.
type cost struct {
	CPU  time.Duration `json:"cpu_ns"` // of all threads of this process; the wall's where the system does not tell
	Wall time.Duration `json:"wall_ns"`
}

// costOf measures work.
func costOf(work func() error) (cost, error) {
	start := time.Now()
	before, known := cpuTime()
	err := work()
	after, _ := cpuTime()
	c := cost{CPU: after - before, Wall: time.Since(start)}
	if !known {
		c.CPU = c.Wall
	}
	return c, err
}
