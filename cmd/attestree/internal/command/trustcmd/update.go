package trustcmd

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output/rootreport"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/verifier/trust"
	"github.com/attestree/attestree/verifier/trust/tuf"
)

// updateFlags are those of "trust update".
type updateFlags struct {
	name, mirror, root string
}

func newTrustUpdate(a *run.App) *cobra.Command {
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
		Args: run.NoArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return updateRoot(cmd.Context(), a, f) },
	}
	c.Flags().StringVar(&f.name, "name", trust.PublicGoodName, "the instance to ask")
	c.Flags().StringVar(&f.mirror, "mirror", "", "address of the instance's TUF repository, or of a copy of it")
	c.Flags().StringVar(&f.root, "root", "", "initial root.json of a private instance (file)")
	return c
}

func (f updateFlags) validate() error {
	if err := tuf.CheckName(f.name); err != nil {
		return exit.Usage(fmt.Errorf("--name: %w", err))
	}
	if f.mirror != "" {
		if err := tuf.CheckMirror(f.mirror); err != nil {
			return exit.Usage(fmt.Errorf("--mirror: %w", err))
		}
	}
	if f.root != "" && f.name == trust.PublicGoodName {
		return exit.Usage(errors.New("--root is for a private instance, which needs a name of its own: --name"))
	}
	return nil
}

func updateRoot(ctx context.Context, a *run.App, f updateFlags) error {
	if err := errors.Join(a.Flags.Validate(), f.validate()); err != nil {
		return err
	}
	if a.Flags.Offline {
		return exit.Usage(errors.New("--offline opens no socket, and an update has to ask a mirror"))
	}
	o := tuf.Options{
		Dir: tuf.Folder(f.name), Mirror: f.mirror, UserAgent: a.Agent(), Now: a.Now,
	}
	if f.root != "" {
		raw, err := userfile.Read(f.root, userfile.ConfigSize)
		if err != nil {
			return exit.Usage(fmt.Errorf("--root: %w", err))
		}
		o.Root = raw
	}
	root, change, err := tuf.Update(ctx, o)
	if errors.Is(err, tuf.ErrUnknown) {
		return exit.Usage(fmt.Errorf("%w: --root, --mirror", err))
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(safe.NewWriter(a.Stdout), rootreport.Change(f.name, root, change))
	return err
}
