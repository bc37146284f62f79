package slsa

import (
	"regexp"
	"strings"
)

// workflow is a workflow of GitHub Actions at a ref, as certificates and provenance write it:
// "https://github.com/org/repo/.github/workflows/build.yml@refs/heads/main".
type workflow struct {
	repository string // "https://github.com/org/repo"
	path       string // ".github/workflows/build.yml"
	ref        string // "refs/…", or a commit
}

var workflowURI = regexp.MustCompile(
	`^(https://github\.com/[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+)/(\.github/workflows/[^/@?#\s]+)@(refs/\S+|[0-9a-f]{40}|[0-9a-f]{64})$`)

func parseWorkflow(uri string) (w workflow, ok bool) {
	m := workflowURI.FindStringSubmatch(uri)
	if m == nil {
		return workflow{}, false
	}
	return workflow{m[1], m[2], m[3]}, true
}

// uri is the workflow without its ref.
func (w workflow) uri() string { return w.repository + "/" + w.path }

func (w workflow) String() string { return w.uri() + "@" + w.ref }

// releaseTag is a full semantic version without pre-release or build metadata, which is what slsa-github-generator's
// releases are called; majorTag also takes the moving tags v1 and v1.2 (slsa-verifier, "builder ref").
var (
	releaseTag = regexp.MustCompile(`^refs/tags/v(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$`)
	majorTag   = regexp.MustCompile(`^refs/tags/v(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){0,2}$`)
)

func commitID(s string) bool {
	return (len(s) == 40 || len(s) == 64) && strings.Trim(s, "0123456789abcdef") == ""
}
