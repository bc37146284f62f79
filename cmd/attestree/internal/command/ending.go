package command

import "github.com/spf13/cobra"

// ending is how a run ended, kept from the library that draws help. That asks the terminal for its background at every
// error and at every exit code but 0: an escape sequence where the answer was, a wait for the terminal, and what somebody
// types meanwhile is lost.
type ending struct{ err error }

// keep keeps the first error, and ends nothing.
func (e *ending) keep(err error) error {
	if e.err == nil {
		e.err = err
	}
	return nil
}

// of has a command and all below it end without an error. Once there is one, nothing more is run.
func (e *ending) of(c *cobra.Command) {
	args, before, run, show := c.Args, c.PersistentPreRunE, c.RunE, c.Run
	if args != nil {
		c.Args = func(c *cobra.Command, given []string) error { return e.keep(args(c, given)) }
	}
	if before != nil {
		c.PersistentPreRunE = e.unless(before)
	}
	if run != nil {
		c.RunE = e.unless(run)
	}
	if show != nil {
		c.Run = func(c *cobra.Command, given []string) {
			if e.err == nil {
				show(c, given)
			}
		}
	}
	if !c.HasParent() { // the others have the same
		say := c.FlagErrorFunc()
		c.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return e.keep(say(c, err)) })
	}
	for _, child := range c.Commands() {
		e.of(child)
	}
}

// unless is a step that is not taken after an error.
func (e *ending) unless(step func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, given []string) error {
		if e.err != nil {
			return nil
		}
		return e.keep(step(c, given))
	}
}
