package doctor

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/verifier/policy/kyverno"
	"github.com/attestree/attestree/verifier/trust"
)

// The issuers that are named most, and how each is written.
const (
	issuerActions = "https://token.actions.githubusercontent.com"
	issuerGoogle  = "https://accounts.google.com"
	issuerGitHub  = "https://github.com/login/oauth"
	issuerDex     = "https://oauth2.sigstore.dev/auth"
)

// aboutIssuer says why nobody can have a certificate with that issuer.
func aboutIssuer(issuer string) (diagnosis.Finding, bool) {
	say := func(format string, args ...any) (diagnosis.Finding, bool) {
		return mistake("not-an-issuer", fmt.Sprintf(format, args...)), true
	}
	u, err := url.Parse(issuer)
	switch {
	case issuer == "", strings.ContainsAny(issuer, "*"):
		return diagnosis.Finding{}, false
	case err != nil || u.Host == "":
		if "https://"+issuer == issuerActions {
			return say("%s is no OIDC issuer: it is an address, %s", issuer, issuerActions)
		}
		return say("%s is no OIDC issuer: those are addresses that begin with https://", issuer)
	case u.Scheme != "https" && u.Scheme != "http":
		return say("%s is no OIDC issuer: those are addresses that begin with https://", issuer)
	}
	path := strings.Trim(u.Path, "/")
	switch u.Host {
	case "github.com", "www.github.com":
		if path != "login/oauth" {
			return say("%s is no OIDC issuer; that of GitHub Actions is %s, and that of people who sign in with GitHub %s", issuer, issuerActions, issuerGitHub)
		}
	case "token.actions.githubusercontent.com":
		if issuer != issuerActions && path == "" {
			return say("%s is not written as GitHub's issuer is: %s, and issuers are compared letter by letter", issuer, issuerActions)
		}
	case "oauth2.sigstore.dev":
		if issuer != issuerDex {
			return say("%s is no OIDC issuer; the one of that host is %s", issuer, issuerDex)
		}
	case "google.com", "www.google.com":
		return say("%s is no OIDC issuer; Google's is %s", issuer, issuerGoogle)
	case "fulcio.sigstore.dev", "rekor.sigstore.dev", "tuf-repo-cdn.sigstore.dev", "api.github.com", "ghcr.io", "raw.githubusercontent.com":
		return say("%s is no OIDC issuer; that host is no identity provider", issuer)
	}
	return diagnosis.Finding{}, false
}

// identity is whom a policy names.
type identity struct {
	issuer, issuerRegexp   string
	subject, subjectRegexp string
	wildcard               bool // * and ? in subject are patterns
}

func (i identity) matchesSubject(s string) bool {
	switch {
	case i.subjectRegexp != "":
		p, err := regexp.Compile(i.subjectRegexp)
		return err == nil && p.MatchString(s)
	case i.wildcard:
		return kyverno.Wildcard(i.subject, s)
	}
	return i.subject == s
}

// strangers are subjects that no policy means to let in together.
var strangers = []string{
	"https://github.com/somebody-else/anything/.github/workflows/evil.yml@refs/heads/main", "stranger@example.net",
}

// workflow is the subject of a GitHub Actions workflow: the repository, the file, and the ref.
var workflow = regexp.MustCompile(`^(https://github\.com/[^/]+/[^/]+)/(\.github/workflows/[^@]+)(@.*)?$`)

// aboutIdentity says whom else an identity lets in, or why it lets in nobody.
func (e *examiner) aboutIdentity(i identity) []diagnosis.Finding {
	pattern := i.subject
	if i.subjectRegexp != "" {
		pattern = i.subjectRegexp
	}
	parts := workflow.FindStringSubmatch(i.subject)
	everybody := func(whom string) []diagnosis.Finding {
		return []diagnosis.Finding{mistake("matches-everybody", fmt.Sprintf("%s lets in %s", pattern, whom))}
	}
	switch {
	case i.subject == "" && i.subjectRegexp == "":
		return []diagnosis.Finding{mistake("matches-everybody", "it names no subject, so that everybody whom the issuer knows is let in")}
	case !slices.ContainsFunc(strangers, func(s string) bool { return !i.matchesSubject(s) }):
		return everybody("everybody whom the issuer knows, not only whoever is meant")
	case i.matchesSubject(strangers[0]):
		return everybody("the workflows of everybody who has a repository on GitHub, not only of whoever is meant")
	case parts != nil && parts[3] == "":
		return []diagnosis.Finding{mistake("matches-nobody", fmt.Sprintf(
			"%s matches nobody: the identity of a workflow ends in @ and a ref, like @refs/heads/main", pattern))}
	case !i.wildcard && strings.Contains(i.subject, "*"):
		return []diagnosis.Finding{mistake("matches-nobody", fmt.Sprintf("%s matches nobody: it is compared letter by letter here, with the * too", pattern))}
	}
	if stranger := e.stranger(i); stranger != "" {
		return everybody("somebody else's " + stranger)
	}
	var list []diagnosis.Finding
	if p := i.subjectRegexp; p != "" && !trust.Anchored(p) {
		list = append(list, warning("unanchored-pattern", fmt.Sprintf("%s matches anywhere in the text, so that others may match it too; put ^ and $ around it", p)))
	}
	if other := e.otherWorkflow(i); other != "" {
		list = append(list, warning("other-workflow", fmt.Sprintf("%s leaves out %s, by which this image is signed too", pattern, other)))
	}
	return list
}

// stranger is a subject that an identity lets in although it differs from a proven signer of this image only in the owner
// of the repository, whom anybody can be; "" for none.
func (e *examiner) stranger(i identity) string {
	found := ""
	e.tree.Walk(func(entry *model.Entry) {
		if entry.Report == nil || entry.Report.Signer == nil || found != "" {
			return
		}
		parts := owned.FindStringSubmatch(entry.Report.Signer.Subject)
		if parts == nil || !i.matchesSubject(parts[0]) {
			return
		}
		for _, owner := range []string{"somebody-else", parts[2] + "-and-others"} {
			if s := parts[1] + owner + parts[3]; i.matchesSubject(s) {
				found = s
			}
		}
	})
	return found
}

// owned finds the owner in the address of something in a repository.
var owned = regexp.MustCompile(`^(https://[^/]+/)([^/]+)(/.+)$`)

// otherWorkflow is a proven signer of this image from a repository that the identity names, whom it does not match.
func (e *examiner) otherWorkflow(i identity) string {
	named := i.subject + strings.ReplaceAll(i.subjectRegexp, `\`, "")
	found := ""
	e.tree.Walk(func(entry *model.Entry) {
		if entry.Report == nil || entry.Report.Signer == nil || found != "" {
			return
		}
		subject := entry.Report.Signer.Subject
		parts := workflow.FindStringSubmatch(subject)
		if parts != nil && strings.Contains(named, parts[1]+"/") && !i.matchesSubject(subject) {
			found = subject
		}
	})
	return found
}
