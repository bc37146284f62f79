package command

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/model"
)

// flags are what the person asked for. Where cosign has a flag for the same thing, it has cosign's name here.
type flags struct {
	keys                       []string
	trustedRoots               []string
	identity, identityRegexp   string
	issuer, issuerRegexp       string
	notation                   notationFlags
	github                     githubFlags
	policy                     string
	at                         string
	judgedAt                   time.Time // what --at says
	ignoreTlog                 bool
	offline                    bool
	plainHTTP, insecure        bool
	platform                   string
	artifact, digest           string
	as                         string
	output                     string
	theme                      string
	ascii, noMouse, noAnimated bool
	noHistory, plain           bool
	audit                      auditFlags // of the screen's own audit
	wraps                      wrapFlags  // the package inside
	examined                   []string   // policy files for the screen
}

// register adds the flags that every command has.
func (f *flags) register(root *cobra.Command) {
	p := root.PersistentFlags()
	p.StringArrayVar(&f.keys, "key", nil, "trust this public key (PEM file, or KIND://… through the plugin sigstore-kms-KIND; may be repeated)")
	p.StringArrayVar(&f.trustedRoots, "trusted-root", nil, "judge by this Sigstore trusted root (JSON file, or tuf:NAME of trust update --name; may be repeated)")
	p.StringVar(&f.identity, "certificate-identity", "", "trust keyless signatures by exactly this identity")
	p.StringVar(&f.identityRegexp, "certificate-identity-regexp", "", "trust keyless signatures by identities that match (unanchored)")
	p.StringVar(&f.issuer, "certificate-oidc-issuer", "", "the identity's OIDC issuer, exactly")
	p.StringVar(&f.issuerRegexp, "certificate-oidc-issuer-regexp", "", "the identity's OIDC issuer, as a pattern (unanchored)")
	p.StringVar(&f.policy, "policy", "", "judge by this signing policy (YAML file; see docs/policy.md)")
	p.StringVar(&f.at, "at", "", "judge as of another time (2026-01-31 or 2026-01-31T12:00:00Z)")
	p.BoolVar(&f.plain, "plain", false, "lines of text that a screen reader can follow, in place of a screen and of drawings (also by ACCESSIBLE=1)")
	f.notation.register(root)
	f.github.register(root)
	p.BoolVar(&f.ignoreTlog, "insecure-ignore-tlog", false, "do not require a transparency log entry of signatures by --key")
	p.BoolVar(&f.offline, "offline", false, "open no socket at all (cosign's flag of this name still asks the registry)")
	p.BoolVar(&f.plainHTTP, "allow-http-registry", false, "talk plain HTTP to the registry")
	p.BoolVar(&f.insecure, "allow-insecure-registry", false, "accept any TLS certificate of the registry")
	p.StringVar(&f.platform, "platform", "", "show only this platform of an index (os/arch[/variant])")
	p.StringVar(&f.artifact, "artifact", "", "for a bundle or envelope: the file that it should be about")
	p.StringVar(&f.digest, "digest", "", "for a bundle or envelope: the digest that it should be about (sha256:…)")
	p.StringVar(&f.as, "as", "", "for a file or folder: judge it as this repository (registry/repository)")
}

// registerScreen adds the flags of commands that open the screen.
func (f *flags) registerScreen(c *cobra.Command) {
	f.audit.registerFiles(c)
	f.wraps.register(c)
	c.Flags().StringArrayVar(&f.examined, "policy-file", nil, "a policy for the doctor on the screen, key D (signing policy, .rego, or Kyverno; may be repeated)")
	c.Flags().StringVar(&f.audit.specs, "specs", "", "checkout of the catalogue that holds the spec.yaml which SOURCE names")
	c.Flags().StringVar(&f.theme, "theme", "auto", "colours: auto, dark, light, high-contrast or mono")
	f.registerASCII(c)
	c.Flags().BoolVar(&f.noMouse, "no-mouse", false, "leave the mouse to the terminal")
	c.Flags().BoolVar(&f.noAnimated, "no-animation", false, "no spinner")
	c.Flags().BoolVar(&f.noHistory, "no-history", false, "neither show nor remember what was opened")
}

func (f *flags) registerOutput(c *cobra.Command) {
	c.Flags().StringVarP(&f.output, "output", "o", "text", "text or json")
	f.registerASCII(c)
}

func (f *flags) registerASCII(c *cobra.Command) {
	c.Flags().BoolVar(&f.ascii, "ascii", false, "draw with ASCII characters only")
}

// validate finds contradictions before anything is read.
func (f *flags) validate() error {
	identity, issuer := f.identity != "" || f.identityRegexp != "", f.issuer != "" || f.issuerRegexp != ""
	switch {
	case f.identity != "" && f.identityRegexp != "":
		return contradiction("certificate-identity", "certificate-identity-regexp")
	case f.issuer != "" && f.issuerRegexp != "":
		return contradiction("certificate-oidc-issuer", "certificate-oidc-issuer-regexp")
	case identity && !issuer:
		return usage(errors.New("--certificate-identity needs --certificate-oidc-issuer: the same name can be had from another issuer"))
	case issuer && !identity:
		return usage(errors.New("--certificate-oidc-issuer needs --certificate-identity: an issuer alone vouches for everybody it knows"))
	case f.artifact != "" && f.digest != "":
		return contradiction("artifact", "digest")
	case f.ignoreTlog && len(f.keys) == 0:
		return usage(errors.New("--insecure-ignore-tlog is about signatures by --key, and no key is given"))
	case f.audit.spec != "" && f.audit.specs != "":
		return contradiction("spec", "specs")
	case f.output != "" && f.output != "text" && f.output != "json":
		return usage(fmt.Errorf("--output %q: want text or json", f.output))
	case !validTheme(f.theme):
		return usage(fmt.Errorf("--theme %q: want %s", f.theme, strings.Join(themes, ", ")))
	}
	if err := f.notation.validate(); err != nil {
		return err
	}
	if err := f.github.validate(f.offline); err != nil {
		return err
	}
	if err := f.parseAt(); err != nil {
		return err
	}
	for name, pattern := range map[string]string{
		"certificate-identity-regexp": f.identityRegexp, "certificate-oidc-issuer-regexp": f.issuerRegexp,
	} {
		if _, err := regexp.Compile(pattern); err != nil {
			return usage(fmt.Errorf("--%s: %w", name, err))
		}
	}
	if f.digest != "" {
		if _, err := model.ParseDigest(f.digest); err != nil {
			return usage(fmt.Errorf("--digest: %w", err))
		}
	}
	return nil
}

// parseAt reads --at: a time, or a day, which then means its end.
func (f *flags) parseAt() error {
	if f.at == "" {
		return nil
	}
	if day, err := time.Parse(time.DateOnly, f.at); err == nil {
		f.judgedAt = day.Add(24*time.Hour - time.Second)
		return nil
	}
	at, err := time.Parse(time.RFC3339, f.at)
	if err != nil {
		return usage(fmt.Errorf("--at %q: want a day (2026-01-31) or a time (2026-01-31T12:00:00Z)", f.at))
	}
	f.judgedAt = at
	return nil
}

func contradiction(a, b string) error {
	return usage(fmt.Errorf("--%s and --%s are both given; choose one", a, b))
}
