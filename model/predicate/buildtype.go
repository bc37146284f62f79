package predicate

import (
	"strings"

	"github.com/attestree/attestree/model"
)

// builders names the build types whose name says more in a row than the file that was run, by their URI without its
// version.
var builders = map[string]string{
	"https://mobyproject.org/buildkit":                                                   "BuildKit",
	"https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md": "BuildKit",
	"https://cloud.google.com/build/gcb-buildtypes/google-worker":                        "Google Cloud Build",
	"https://cloudbuild.googleapis.com/CloudBuildYaml":                                   "Google Cloud Build",
	"https://cloudbuild.googleapis.com/CloudBuildSteps":                                  "Google Cloud Build",
	"https://tekton.dev/chains/v2/slsa":                                                  "Tekton Chains",
	"https://tekton.dev/chains/v2/slsa-tekton":                                           "Tekton Chains",
	"https://tekton.dev/attestations/chains":                                             "Tekton Chains",
	"https://tekton.dev/attestations/chains/pipelinerun":                                 "Tekton Chains",
	"tekton.dev/v1/PipelineRun":                                                          "Tekton Chains",
	"tekton.dev/v1/TaskRun":                                                              "Tekton Chains",
	"tekton.dev/v1beta1/PipelineRun":                                                     "Tekton Chains",
	"tekton.dev/v1beta1/TaskRun":                                                         "Tekton Chains",
	"https://chainguard.dev/buildtypes/apko":                                             "apko",
}

// workflows names the build types that run a file of the source, which is named in the row instead.
var workflows = map[string]string{
	"https://actions.github.io/buildtypes/workflow":                                      "GitHub Actions workflow",
	"https://slsa-framework.github.io/github-actions-buildtypes/workflow":                "GitHub Actions workflow",
	"https://github.com/Attestations/GitHubActionsWorkflow":                              "GitHub Actions workflow",
	"https://github.com/npm/cli/gha":                                                     "npm on GitHub Actions",
	"https://github.com/slsa-framework/slsa-github-generator":                            "slsa-github-generator, generic",
	"https://github.com/slsa-framework/slsa-github-generator/generic":                    "slsa-github-generator, generic",
	"https://github.com/slsa-framework/slsa-github-generator-go":                         "slsa-github-generator, Go",
	"https://github.com/slsa-framework/slsa-github-generator/go":                         "slsa-github-generator, Go",
	"https://github.com/slsa-framework/slsa-github-generator/container":                  "slsa-github-generator, container",
	"https://github.com/slsa-framework/slsa-github-generator/delegator-generic":          "slsa-github-generator, delegator",
	"https://github.com/slsa-framework/slsa-github-generator/delegator-lowperms-generic": "slsa-github-generator, delegator",
	"https://slsa.dev/container-based-build":                                             "slsa-github-generator, container-based",
}

// buildTypeName is a name for the build type, "" if it is not known.
func (p Provenance) buildTypeName() string {
	base, _ := model.SplitVersion(p.BuildType)
	return first(builders[base], workflows[base])
}

// BuilderTitle is what was run, in a few words: the build type's name, else the workflow's file, else the builder's.
func (p Provenance) BuilderTitle() string {
	base, _ := model.SplitVersion(p.BuildType)
	if name, known := builders[base]; known {
		return name
	}
	if file := workflowFile(p.BuilderID); file != "" && p.EntryPoint == "" {
		return file
	}
	if p.EntryPoint != "" {
		return p.EntryPoint[strings.LastIndex(p.EntryPoint, "/")+1:]
	}
	return p.BuilderID[strings.LastIndex(p.BuilderID, "/")+1:]
}

func workflowFile(id string) string {
	if !strings.Contains(id, "/.github/workflows/") {
		return ""
	}
	file, _, _ := strings.Cut(model.ShortIdentity(id), "@")
	return file
}
