//go:build unix

package main

import (
	"runtime"
	"syscall"
	"time"
)

// cpuTime is what this process has used so far, in all its threads, and whether that is known.
func cpuTime() (used time.Duration, known bool) {
	u := usage()
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), true
}

// peakMemory is the most memory that this process has held at once, in bytes.
func peakMemory() int64 {
	u := usage()
	if runtime.GOOS == "darwin" { // which counts in bytes, where the others count in kibibytes
		return int64(u.Maxrss)
	}
	return int64(u.Maxrss) << 10
}

// usage cannot fail for the process itself.
func usage() (u syscall.Rusage) {
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return u
}
