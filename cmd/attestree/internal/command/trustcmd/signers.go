package trustcmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/trustlist"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/verifier/policy"
	"github.com/attestree/attestree/verifier/trust"
)

// policyFile is the file that the trust commands read and write.
func policyFile(a *run.App) string {
	if a.Flags.Policy != "" {
		return a.Flags.Policy
	}
	return run.UserPolicy()
}

// errNoConfiguration is where the user has no home to keep a policy file in.
var errNoConfiguration = errors.New("there is no configuration folder, for HOME is no absolute path: name a file with --policy")

// signerCommands are the parts of "attestree trust" that are about signers.
func signerCommands(a *run.App) []*cobra.Command {
	return []*cobra.Command{
		newTrustList(a), newTrustAdd(a), newTrustExpire(a),
		newTrustEdit(a, "remove", "Take a signer off the list", policy.Remove),
		newTrustEdit(a, "enable", "Trust a signer again", func(data []byte, name string) ([]byte, error) {
			return policy.SetEnabled(data, name, true)
		}),
		newTrustEdit(a, "disable", "Stop trusting a signer, and keep the entry", func(data []byte, name string) ([]byte, error) {
			return policy.SetEnabled(data, name, false)
		}),
	}
}

func newTrustList(a *run.App) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the signers of the policy file",
		Args:  run.NoArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			path := policyFile(a)
			if path == "" {
				return exit.Usage(errNoConfiguration)
			}
			data, err := trustlist.Read(path)
			if userfile.Missing(err) {
				return exit.Usage(fmt.Errorf("there is no policy file at %s; attestree trust add makes one", path))
			}
			if err != nil {
				return err
			}
			file, err := policy.Parse(path, data, a.Resolver(cmd.Context(), path))
			if err != nil {
				return exit.Usage(err)
			}
			return listSigners(safe.NewWriter(a.Stdout), path, file.Signers(), a.Now())
		},
	}
}

// listSigners writes each entry with everything that narrows it. w sanitises: a file can hold anything.
func listSigners(w io.Writer, path string, signers trust.Signers, now time.Time) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", path)
	for _, s := range signers {
		d := policy.Describe(s, model.OriginPolicy, now)
		state := "enabled"
		if !d.Enabled {
			state = "disabled"
		}
		fmt.Fprintf(&b, "\n%s (%s)\n", d.Name, state)
		for _, line := range signerLines(d) {
			fmt.Fprintf(&b, "  %s\n", line)
		}
	}
	if len(signers) == 0 {
		b.WriteString("nobody is trusted: attestree trust add\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func signerLines(d model.TrustedSigner) []string {
	var lines []string
	add := func(label string, values ...string) {
		if text := strings.Join(values, ", "); text != "" {
			lines = append(lines, label+": "+text)
		}
	}
	add("issuer", d.Issuer)
	add("subject", d.Subject)
	add("key", d.Fingerprint)
	add("source repository", d.SourceRepository)
	add("for", d.For...)
	add("images", d.Images...)
	add("root", d.Root)
	add("expires", day(d.Expires))
	for _, f := range d.Findings {
		add("note", f.Message)
	}
	return lines
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func newTrustAdd(a *run.App) *cobra.Command {
	var s model.TrustedSigner
	var expires string
	c := &cobra.Command{
		Use:   "add NAME",
		Short: "Trust a signer: an identity, or a key",
		Long: `Add an entry to the policy file. Say whom with --certificate-identity and --certificate-oidc-issuer, or with --key;
narrow it with --for, --image and --source-repository.`,
		Example: `attestree trust add release --for signature --image 'ghcr.io/org/**' \
  --certificate-identity https://github.com/org/app/.github/workflows/release.yml@refs/heads/main \
  --certificate-oidc-issuer https://token.actions.githubusercontent.com`,
		Args: exactlyOneName,
		RunE: func(cmd *cobra.Command, args []string) error {
			s.Name, s.Enabled = args[0], true
			if err := whom(cmd.Context(), a, &s); err != nil {
				return err
			}
			if expires != "" {
				at, err := parseDay(expires)
				if err != nil {
					return exit.Usage(fmt.Errorf("--expires: %w", err))
				}
				s.Expires = at
			}
			signer, err := policy.Entry(s)
			if err != nil {
				return exit.Usage(err)
			}
			return edit(a, func(data []byte) ([]byte, error) { return policy.Add(data, signer) })
		},
	}
	c.Flags().StringSliceVar(&s.For, "for", nil, "what the signer may vouch for: signature, a family or a predicate type (may be repeated)")
	c.Flags().StringSliceVar(&s.Images, "image", nil, "registry/repository that it is trusted for; * and ** are wildcards (may be repeated)")
	c.Flags().StringVar(&s.SourceRepository, "source-repository", "", "source repository that its certificates must name")
	c.Flags().StringVar(&expires, "expires", "", "the day with which trust ends, at 00:00 UTC (2027-01-31)")
	return c
}

// whom fills in the identity or key that the common flags name. A pattern is matched whole in a policy.
func whom(ctx context.Context, a *run.App, s *model.TrustedSigner) error {
	if err := a.Flags.Validate(); err != nil {
		return err
	}
	switch {
	case len(a.Flags.Keys) == 1 && a.Flags.Identity == "" && a.Flags.IdentityRegexp == "":
		key, err := a.ReadKey(ctx, a.Flags.Keys[0])
		if err != nil {
			return err
		}
		s.Kind, s.KeyPEM, s.Fingerprint, s.Algorithm = model.SignerKey, key.PEM(), key.Fingerprint, key.Algorithm
	case len(a.Flags.Keys) == 0 && a.Flags.IssuerRegexp != "":
		return exit.Usage(errors.New("a policy names its issuers exactly: use --certificate-oidc-issuer"))
	case len(a.Flags.Keys) == 0 && a.Flags.Issuer != "":
		s.Kind, s.Issuer, s.Subject = model.SignerCertificate, a.Flags.Issuer, a.Flags.Identity
		if a.Flags.IdentityRegexp != "" {
			s.Subject, s.Pattern = a.Flags.IdentityRegexp, true
		}
	default:
		return exit.Usage(errors.New("say whom: either one --key, or --certificate-identity with --certificate-oidc-issuer"))
	}
	return nil
}

func newTrustExpire(a *run.App) *cobra.Command {
	return &cobra.Command{
		Use:   "expire NAME DAY",
		Short: "Set the day with which trust in a signer ends",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return exit.Usage(errors.New("want a name and a day: attestree trust expire NAME 2027-01-31"))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			at, err := parseDay(args[1])
			if err != nil {
				return exit.Usage(err)
			}
			return edit(a, func(data []byte) ([]byte, error) { return policy.SetExpires(data, args[0], at) })
		},
	}
}

func newTrustEdit(a *run.App, verb, short string, change func(data []byte, name string) ([]byte, error)) *cobra.Command {
	return &cobra.Command{
		Use:   verb + " NAME",
		Short: short,
		Args:  exactlyOneName,
		RunE: func(_ *cobra.Command, args []string) error {
			return edit(a, func(data []byte) ([]byte, error) { return change(data, args[0]) })
		},
	}
}

func exactlyOneName(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return exit.Usage(fmt.Errorf("want one name: attestree trust %s", cmd.Use))
	}
	return nil
}

// edit changes the policy file and says which one that was.
func edit(a *run.App, change func([]byte) ([]byte, error)) error {
	path := policyFile(a)
	if path == "" {
		return exit.Usage(errNoConfiguration)
	}
	err := trustlist.Edit(path, func(data []byte) ([]byte, error) {
		edited, err := change(data)
		if err != nil {
			return nil, exit.Usage(err)
		}
		return edited, nil
	})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(safe.NewWriter(a.Stdout), "changed %s\n", path)
	return err
}

func parseDay(s string) (time.Time, error) {
	at, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("day %q: want yyyy-mm-dd", s)
	}
	return at, nil
}
