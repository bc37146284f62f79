package model

import (
	"regexp"
	"strings"
)

// Origin is where something comes from: a source repository at a commit, and the CI run that made it. What is not said
// is "". Whether it is proven depends on where it was read: see CertificateOrigin and Originated.
type Origin struct {
	Repository string // URI, e.g. "https://github.com/org/repo"
	Ref        string // "refs/heads/main"
	Commit     string // hex
	Run        string // URL of the run, or "<id>-<attempt>" as slsa-github-generator writes it
	// Dirty is true where the source is said to have had changes that are in no commit.
	Dirty bool
}

// Originated is a predicate that says where what it is about, or it itself, comes from. All of it is claimed.
type Originated interface{ Origin() Origin }

// CertificateOrigin is what a certificate says of the run that signed (fulcio docs/oid-info.md, extensions .12, .13,
// .14 and .21, and the older .3, .5 and .6). It is as good as the certificate: give it a Report.Signer to get what is
// proven.
func CertificateOrigin(s *Signer) Origin {
	if s == nil || s.Kind != SignerCertificate {
		return Origin{}
	}
	o := Origin{
		Repository: CanonicalRepository(s.Extension("sourceRepositoryURI")), Ref: s.Extension("sourceRepositoryRef"),
		Commit: s.Extension("sourceRepositoryDigest"), Run: s.Extension("runInvocationURI"),
	}
	if old := s.Extension("githubWorkflowRepository"); o.Repository == "" && old != "" {
		o.Repository = "https://github.com/" + old
	}
	o.Ref = first(o.Ref, s.Extension("githubWorkflowRef"))
	o.Commit = first(o.Commit, s.Extension("githubWorkflowSHA"))
	return o
}

// Extension is the value of the Fulcio extension with that name, "" if the certificate has none.
func (s *Signer) Extension(name string) string {
	for _, x := range s.Extensions {
		if x.Name == name {
			return x.Value
		}
	}
	return ""
}

// CanonicalRepository is a repository's URI without what means nothing: "git+" before it, ".git" and "/" behind it.
// Two repositories are the same for a policy when these are equal.
func CanonicalRepository(uri string) string {
	uri = strings.TrimRight(strings.TrimPrefix(uri, "git+"), "/")
	return strings.TrimSuffix(uri, ".git")
}

// repositoryKey is what repositories are recognised by across the spellings that tools use: "https://host/org/repo",
// "git@host:org/repo.git", "ssh://git@host/org/repo".
func repositoryKey(uri string) string {
	uri = strings.ToLower(CanonicalRepository(uri))
	_, rest, found := strings.Cut(uri, "://")
	if !found {
		rest = strings.Replace(uri, ":", "/", 1)
	}
	host, path, _ := strings.Cut(rest, "/")
	return host[strings.LastIndex(host, "@")+1:] + "/" + path
}

// SameRepository reports whether two URIs mean one repository, however they are spelled.
func SameRepository(a, b string) bool { return a == b || repositoryKey(a) == repositoryKey(b) }

// run is a run of GitHub Actions.
type run struct{ repository, id, attempt string }

var (
	runURL  = regexp.MustCompile(`^(https://[^/?#]+/[^/?#]+/[^/?#]+)/actions/runs/([0-9]+)(?:/attempts/([0-9]+))?(?:[/?#]|$)`)
	runPair = regexp.MustCompile(`^([0-9]+)-([0-9]+)$`)
)

func parseRun(s string) (r run, ok bool) {
	if m := runURL.FindStringSubmatch(s); m != nil {
		return run{repositoryKey(m[1]), m[2], m[3]}, true
	}
	if m := runPair.FindStringSubmatch(s); m != nil {
		return run{id: m[1], attempt: m[2]}, true
	}
	return run{}, false
}

// SameRun compares two runs, with their attempts where attempts is set and both name one. known is false where one of
// them is not a run that can be compared.
func SameRun(a, b string, attempts bool) (same, known bool) {
	if a == b {
		return true, a != ""
	}
	x, okX := parseRun(a)
	y, okY := parseRun(b)
	if !okX || !okY {
		return false, false
	}
	same = x.id == y.id &&
		(x.repository == y.repository || x.repository == "" || y.repository == "") &&
		(!attempts || x.attempt == y.attempt || x.attempt == "" || y.attempt == "")
	return same, true
}
