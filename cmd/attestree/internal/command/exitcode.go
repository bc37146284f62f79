package command

import "errors"

// Exit codes. A code is decided by the policy's answer or by what kept the program from giving one, never by how many
// nodes look good.
const (
	exitOK           = 0 // verify: policy satisfied; tree: everything could be looked at
	exitIncomplete   = 1 // could not finish, or not everything could be looked at and the policy is not satisfied
	exitUsage        = 2 // the command line cannot be understood
	exitNotSatisfied = 3 // verify: everything was looked at and the policy is not satisfied
)

// verdictError carries an exit code for an answer that has already been given.
type verdictError struct{ code int }

func (verdictError) Error() string { return "answered" }

// usageError is a command line that makes no sense.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

func usage(err error) error { return usageError{err} }

func exitCode(err error) int {
	var answered verdictError
	var misused usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &answered):
		return answered.code
	case errors.As(err, &misused), unusableSource(err):
		return exitUsage
	}
	return exitIncomplete
}
