package slsa

import "strings"

// buildType is what is known of a build type: whose it is, and what its provenance always says.
type buildType struct {
	by   string // the repository whose workflows alone make it, "" for anybody's
	path bool   // it names the workflow that was run
	ref  bool   // it names the source's ref
	// runIsBuilder is true where builder.id may be the address of the run (BuildKit in a workflow).
	runIsBuilder bool
}

const dockerBuilder = "https://github.com/docker/github-builder"

// buildTypes are those that say enough to be held against a certificate.
var buildTypes = map[string]buildType{
	"https://actions.github.io/buildtypes/workflow/v1":                       {path: true, ref: true},
	"https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1": {path: true, ref: true},
	"https://github.com/npm/cli/gha/v2":                                      {path: true, ref: true},

	generator + "/generic@v1":                           {by: generator, path: true, ref: true},
	generator + "/go@v1":                                {by: generator, path: true, ref: true},
	generator + "/container@v1":                         {by: generator, path: true, ref: true},
	generator + "/delegator-generic@v0":                 {by: generator, path: true, ref: true},
	generator + "@v1":                                   {by: generator, path: true, ref: true},
	generator + "-go@v1":                                {by: generator, path: true, ref: true},
	"https://slsa.dev/container-based-build/v0.1?draft": {by: generator, ref: true},

	"https://mobyproject.org/buildkit@v1":                                                {by: dockerBuilder, runIsBuilder: true},
	"https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md": {by: dockerBuilder, runIsBuilder: true},
}

// madeBy reports whether a workflow may make the build type.
func (b buildType) madeBy(w workflow) bool {
	return b.by == "" || w.repository == b.by || b.by == dockerBuilder && w.repository == dockerBuilder+"-experimental"
}

// cloudBuild is what Google Cloud Build calls itself.
const cloudBuild = "https://cloudbuild.googleapis.com/GoogleHostedWorker"

func byCloudBuild(builderID string) bool {
	return builderID == cloudBuild || strings.HasPrefix(builderID, cloudBuild+"@")
}
