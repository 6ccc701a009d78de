//go:build !unix

package main

import "time"

// cpuTime is not known here.
func cpuTime() (used time.Duration, known bool) { return 0, false }

// peakMemory is not known here.
func peakMemory() int64 { return 0 }
