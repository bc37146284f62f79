package model

import (
	"strconv"
	"strings"
)

// Counted is a number with its noun: "1 package", "412 packages", "2 dependencies".
func Counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, is := strings.CutSuffix(noun, "y"); is && !strings.ContainsAny(stem[max(len(stem)-1, 0):], "aeou") {
		return strconv.Itoa(n) + " " + stem + "ies"
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
