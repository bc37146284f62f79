package policy

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing that is wrong with a policy file, and where. Line and Column count from 1, columns in characters.
type Problem struct {
	Line, Column int
	Message      string // one sentence; may quote the file
}

// SyntaxError lists everything that is wrong with a policy file, in the order of the file. Nobody is trusted by such a
// file, and nothing is satisfied by it.
type SyntaxError struct {
	Name     string // of the file, as given
	Problems []Problem
}

// maxProblems is how many problems are listed; more do not help.
const maxProblems = 50

// Error has one line for each problem: "name:line:column: message".
func (e *SyntaxError) Error() string {
	lines := make([]string, 0, len(e.Problems))
	for i, p := range e.Problems {
		if i == maxProblems {
			lines = append(lines, e.Name+": and more problems")
			break
		}
		lines = append(lines, fmt.Sprintf("%s:%d:%d: %s", e.Name, p.Line, p.Column, p.Message))
	}
	return strings.Join(lines, "\n")
}

// newSyntaxError puts the problems in the order of the file.
func newSyntaxError(name string, problems []Problem) *SyntaxError {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return &SyntaxError{Name: name, Problems: problems}
}
