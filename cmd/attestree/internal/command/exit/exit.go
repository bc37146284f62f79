// Package exit says how a run ends: with which code, and with which hint for the person.
//
// It knows errors only. It must not know what any command does, and prints nothing.
package exit

import (
	"errors"
	"fmt"
)

// Exit codes. A code is decided by the policy's answer or by what kept the program from giving one, never by how many
// nodes look good.
const (
	OK           = 0 // verify: policy satisfied; tree: everything could be looked at
	Incomplete   = 1 // could not finish, or not everything could be looked at and the policy is not satisfied
	Misused      = 2 // the command line cannot be understood
	NotSatisfied = 3 // verify: everything was looked at and the policy is not satisfied
)

// Answered carries an exit code for an answer that has already been given.
type Answered struct{ code int }

func (Answered) Error() string { return "answered" }

// With ends the program with a code, without a word: the answer has been given.
func With(code int) error { return Answered{code} }

// usageError is a command line that makes no sense, or a file of the person's that does not.
type usageError struct {
	err  error
	hint string // "" where the help of the command is what helps
}

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// Usage is an error that is the command line's: it makes no sense as it is.
func Usage(err error) error { return usageError{err: err} }

// Advised is the same with what helps, where that is not the help of the command that was asked for.
func Advised(err error, hint string) error { return usageError{err, hint} }

// Code is the exit code of what a command returned.
func Code(err error) int {
	var answered Answered
	var misused usageError
	switch {
	case err == nil:
		return OK
	case errors.As(err, &answered):
		return answered.code
	case errors.As(err, &misused), unusableSource(err):
		return Misused
	}
	return Incomplete
}

// Contradiction is that two flags cannot be given together, named without their dashes.
func Contradiction(a, b string) error {
	return Usage(fmt.Errorf("--%s and --%s are both given; choose one", a, b))
}
