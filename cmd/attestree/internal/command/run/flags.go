package run

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/basis"
	"github.com/attestree/attestree/cmd/attestree/internal/command/ecosystem"
	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/settings"
	"github.com/attestree/attestree/model"
)

// Flags are what the person asked for. Where cosign has a flag for the same thing, it has cosign's name here.
type Flags struct {
	Keys                       []string
	TrustedRoots               []string
	Identity, IdentityRegexp   string
	Issuer, IssuerRegexp       string
	Notation                   notationFlags
	GitHub                     githubFlags
	Policy                     string
	At                         string
	judgedAt                   time.Time // what --at says
	IgnoreTlog                 bool
	Offline                    bool
	PlainHTTP, Insecure        bool
	Platform                   string
	Artifact, Digest           string
	As                         string
	Output                     string
	Theme                      string
	ascii, NoMouse, NoAnimated bool
	NoHistory, plain           bool
	Audit                      basis.Files          // of the screen's own audit
	Wraps                      ecosystem.ImageFlags // the package inside
	Examined                   []string             // policy files for the screen
}

// Register adds the flags that every command has.
func (f *Flags) Register(root *cobra.Command) {
	p := root.PersistentFlags()
	p.StringArrayVar(&f.Keys, "key", nil, "trust this public key (PEM file, or KIND://… through the plugin sigstore-kms-KIND; may be repeated)")
	p.StringArrayVar(&f.TrustedRoots, "trusted-root", nil, "judge by this Sigstore trusted root (JSON file, or tuf:NAME of trust update --name; may be repeated)")
	p.StringVar(&f.Identity, "certificate-identity", "", "trust keyless signatures by exactly this identity")
	p.StringVar(&f.IdentityRegexp, "certificate-identity-regexp", "", "trust keyless signatures by identities that match (unanchored)")
	p.StringVar(&f.Issuer, "certificate-oidc-issuer", "", "the identity's OIDC issuer, exactly")
	p.StringVar(&f.IssuerRegexp, "certificate-oidc-issuer-regexp", "", "the identity's OIDC issuer, as a pattern (unanchored)")
	p.StringVar(&f.Policy, "policy", "", "judge by this signing policy (YAML file; see docs/policy.md)")
	p.StringVar(&f.At, "at", "", "judge as of another time (2026-01-31 or 2026-01-31T12:00:00Z)")
	p.BoolVar(&f.plain, "plain", false, "lines of text that a screen reader can follow, in place of a screen and of drawings (also by ACCESSIBLE=1)")
	f.Notation.register(root)
	f.GitHub.register(root)
	p.BoolVar(&f.IgnoreTlog, "insecure-ignore-tlog", false, "do not require a transparency log entry of signatures by --key")
	p.BoolVar(&f.Offline, "offline", false, "open no socket at all (cosign's flag of this name still asks the registry)")
	p.BoolVar(&f.PlainHTTP, "allow-http-registry", false, "talk plain HTTP to the registry")
	p.BoolVar(&f.Insecure, "allow-insecure-registry", false, "accept any TLS certificate of the registry")
	p.StringVar(&f.Platform, "platform", "", "show only this platform of an index (os/arch[/variant])")
	p.StringVar(&f.Artifact, "artifact", "", "for a bundle or envelope: the file that it should be about")
	p.StringVar(&f.Digest, "digest", "", "for a bundle or envelope: the digest that it should be about (sha256:…)")
	p.StringVar(&f.As, "as", "", "for a file or folder: judge it as this repository (registry/repository)")
}

// RegisterScreen adds the flags of commands that open the screen.
func (f *Flags) RegisterScreen(c *cobra.Command) {
	f.Audit.RegisterGiven(c)
	f.Wraps.Register(c)
	c.Flags().StringArrayVar(&f.Examined, "policy-file", nil, "a policy for the doctor on the screen, key D (signing policy, .rego, or Kyverno; may be repeated)")
	c.Flags().StringVar(&f.Audit.Specs, "specs", "", "checkout of the catalogue that holds the spec.yaml which SOURCE names")
	c.Flags().StringVar(&f.Theme, "theme", "auto", "colours: auto, dark, light, high-contrast or mono")
	f.RegisterASCII(c)
	c.Flags().BoolVar(&f.NoMouse, "no-mouse", false, "leave the mouse to the terminal")
	c.Flags().BoolVar(&f.NoAnimated, "no-animation", false, "no spinner")
	c.Flags().BoolVar(&f.NoHistory, "no-history", false, "neither show nor remember what was opened")
}

// RegisterOutput adds the flags of commands that print text or JSON.
func (f *Flags) RegisterOutput(c *cobra.Command) {
	c.Flags().StringVarP(&f.Output, "output", "o", "text", "text or json")
	f.RegisterASCII(c)
}

// RegisterASCII adds --ascii.
func (f *Flags) RegisterASCII(c *cobra.Command) {
	c.Flags().BoolVar(&f.ascii, "ascii", false, "draw with ASCII characters only")
}

// Validate finds contradictions before anything is read.
func (f *Flags) Validate() error {
	identity, issuer := f.Identity != "" || f.IdentityRegexp != "", f.Issuer != "" || f.IssuerRegexp != ""
	switch {
	case f.Identity != "" && f.IdentityRegexp != "":
		return exit.Contradiction("certificate-identity", "certificate-identity-regexp")
	case f.Issuer != "" && f.IssuerRegexp != "":
		return exit.Contradiction("certificate-oidc-issuer", "certificate-oidc-issuer-regexp")
	case identity && !issuer:
		return exit.Usage(errors.New("--certificate-identity needs --certificate-oidc-issuer: the same name can be had from another issuer"))
	case issuer && !identity:
		return exit.Usage(errors.New("--certificate-oidc-issuer needs --certificate-identity: an issuer alone vouches for everybody it knows"))
	case f.Artifact != "" && f.Digest != "":
		return exit.Contradiction("artifact", "digest")
	case f.IgnoreTlog && len(f.Keys) == 0:
		return exit.Usage(errors.New("--insecure-ignore-tlog is about signatures by --key, and no key is given"))
	case f.Audit.Spec != "" && f.Audit.Specs != "":
		return exit.Contradiction("spec", "specs")
	case f.Output != "" && f.Output != "text" && f.Output != "json":
		return exit.Usage(fmt.Errorf("--output %q: want text or json", f.Output))
	case !settings.ValidTheme(f.Theme):
		return exit.Usage(fmt.Errorf("--theme %q: want %s", f.Theme, strings.Join(settings.Themes, ", ")))
	}
	if err := f.Notation.validate(); err != nil {
		return err
	}
	if err := f.GitHub.validate(f.Offline); err != nil {
		return err
	}
	if err := f.parseAt(); err != nil {
		return err
	}
	for name, pattern := range map[string]string{
		"certificate-identity-regexp": f.IdentityRegexp, "certificate-oidc-issuer-regexp": f.IssuerRegexp,
	} {
		if _, err := regexp.Compile(pattern); err != nil {
			return exit.Usage(fmt.Errorf("--%s: %w", name, err))
		}
	}
	if f.Digest != "" {
		if _, err := model.ParseDigest(f.Digest); err != nil {
			return exit.Usage(fmt.Errorf("--digest: %w", err))
		}
	}
	return nil
}

// parseAt reads --at: a time, or a day, which then means its end.
func (f *Flags) parseAt() error {
	if f.At == "" {
		return nil
	}
	if day, err := time.Parse(time.DateOnly, f.At); err == nil {
		f.judgedAt = day.Add(24*time.Hour - time.Second)
		return nil
	}
	at, err := time.Parse(time.RFC3339, f.At)
	if err != nil {
		return exit.Usage(fmt.Errorf("--at %q: want a day (2026-01-31) or a time (2026-01-31T12:00:00Z)", f.At))
	}
	f.judgedAt = at
	return nil
}
