package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/verifier/trust"
	"github.com/attestree/attestree/verifier/trust/tuf"
)

// updateFlags are those of "trust update".
type updateFlags struct {
	name, mirror, root string
}

func newTrustUpdate(a *app) *cobra.Command {
	var f updateFlags
	c := &cobra.Command{
		Use:   "update",
		Short: "Get the newest trusted root from its mirror",
		Long: `Ask the public-good instance's mirror for its newest trusted root, by The Update Framework (TUF), and keep it in the
cache folder. Every later run uses it if it is newer than the one in the program. What changed is printed.

Sigstore's staging instance is known too: --name staging. It only explains what was signed with it by mistake, unless
--trusted-root tuf:staging asks to judge by it.

For a private instance, --name says what to call it. The first time, --mirror says where it publishes, and --root is the
initial root.json that it gave you by other means: all else is authenticated from that file.

Exit code 0: what is kept is the newest; 1: it could not be had, and what was kept is still there; 2: the command line
cannot be understood.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.updateRoot(cmd.Context(), f) },
	}
	c.Flags().StringVar(&f.name, "name", trust.PublicGoodName, "the instance to ask")
	c.Flags().StringVar(&f.mirror, "mirror", "", "address of the instance's TUF repository, or of a copy of it")
	c.Flags().StringVar(&f.root, "root", "", "initial root.json of a private instance (file)")
	return c
}

func (f updateFlags) validate() error {
	if err := tuf.CheckName(f.name); err != nil {
		return usage(fmt.Errorf("--name: %w", err))
	}
	if f.mirror != "" {
		if err := tuf.CheckMirror(f.mirror); err != nil {
			return usage(fmt.Errorf("--mirror: %w", err))
		}
	}
	if f.root != "" && f.name == trust.PublicGoodName {
		return usage(errors.New("--root is for a private instance, which needs a name of its own: --name"))
	}
	return nil
}

func (a *app) updateRoot(ctx context.Context, f updateFlags) error {
	if err := errors.Join(a.flags.validate(), f.validate()); err != nil {
		return err
	}
	if a.flags.offline {
		return usage(errors.New("--offline opens no socket, and an update has to ask a mirror"))
	}
	o := tuf.Options{
		Dir: tuf.Folder(f.name), Mirror: f.mirror, UserAgent: "attestree/" + a.version, Now: a.Now,
	}
	if f.root != "" {
		raw, err := userfile.Read(f.root, configSize)
		if err != nil {
			return usage(fmt.Errorf("--root: %w", err))
		}
		o.Root = raw
	}
	root, change, err := tuf.Update(ctx, o)
	if errors.Is(err, tuf.ErrUnknown) {
		return usage(fmt.Errorf("%w: --root, --mirror", err))
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(safe.NewWriter(a.Stdout), describeChange(f.name, root, change))
	return err
}

// describeChange says what an update changed, member by member.
func describeChange(name string, root trust.Root, c tuf.Change) string {
	var b strings.Builder
	if c.Note != "" {
		fmt.Fprintf(&b, "note: %s\n", c.Note)
	}
	switch before, after := c.Before, c.After; {
	case before == (tuf.Edition{}):
		fmt.Fprintf(&b, "%s: new, version %d\n", name, after.Version)
	case c.Changed():
		fmt.Fprintf(&b, "%s: version %d, was %d\n", name, after.Version, before.Version)
	case after.Version != before.Version:
		fmt.Fprintf(&b, "%s: version %d, was %d, and the trusted root is the same\n", name, after.Version, before.Version)
	default:
		fmt.Fprintf(&b, "%s: version %d is still the newest\n", name, after.Version)
	}
	if from, to := c.Before.RootVersion, c.After.RootVersion; from != 0 && from != to {
		fmt.Fprintf(&b, "  the keys that sign it are those of TUF root %d, was %d\n", to, from)
	}
	for _, m := range c.Members {
		fmt.Fprintf(&b, "  %-8s %s  %s\n", m.Way, singular(m.Member.Kind), describeMember(m.Member))
	}
	fmt.Fprintf(&b, "  sha256   %s\n", root.Info.SHA256)
	return b.String()
}
