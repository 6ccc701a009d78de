package main

import "fmt"

// plural is a count with its noun: "1 passage", "2 passages".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
