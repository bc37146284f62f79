package predicate

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// Provenance is how something was built, as SLSA provenance of any version says (slsa.dev/spec, provenance). All of it
// is the builder's word at best, and the tenant's at worst.
type Provenance struct {
	Version      string // "v1", "v0.2"
	BuilderID    string
	BuildType    string
	EntryPoint   string // the workflow or file that was run, relative to the source
	Repository   string // of the source, without "git+" and ref
	Commit       string
	Ref          string
	Invocation   string // id or URL of the run
	Trigger      string // GitHub's event name
	Runner       string // GitHub's runner environment
	Started      string // as written
	Finished     string
	Dependencies int // resolved dependencies or materials
	// SourceByClient is true where the source is what the build's client said (BuildKit's vcs), not what the builder
	// fetched.
	SourceByClient bool
	// OtherSources are the further git repositories that the build used, one a line, as "https://host/o/r@commit".
	OtherSources string
	// Images are the container images that the build used, one a line, as "name:tag@sha256:…".
	Images string
	// Secrets are the names, one a line, of the parameters whose values look like secrets. The values are not kept.
	Secrets string
}

func decodeProvenance(raw []byte, version string) model.Predicate {
	r := parse(raw)
	switch {
	case r.Get("buildDefinition").Exists(), r.Get("runDetails").Exists():
		return provenanceV1(r, version)
	case r.Get("recipe").Exists():
		return provenanceV01(r, version)
	}
	return provenanceV02(r, version)
}

// provenanceV1 reads SLSA provenance v1 (slsa.dev/spec/v1.2/build-provenance).
func provenanceV1(r gjson.Result, version string) Provenance {
	external, internal := r.Get("buildDefinition.externalParameters"), r.Get("buildDefinition.internalParameters")
	metadata := r.Get("runDetails.metadata")
	dependencies := r.Get("buildDefinition.resolvedDependencies")
	p := Provenance{
		Version: version, BuilderID: text(r, "runDetails.builder.id"), BuildType: text(r, "buildDefinition.buildType"),
		Started: text(metadata, "startedOn"), Finished: text(metadata, "finishedOn"),
		Trigger:      anyText(internal, "github.event_name", "github_event_name", "GITHUB_EVENT_NAME"),
		Runner:       anyText(internal, "github.runner_environment", "github_runner_environment", "RUNNER_ENVIRONMENT"),
		Dependencies: length(dependencies), Images: baseImages(dependencies),
		Secrets: secretNames(external, "request.args", "inputs", "vars", "variables", "substitutions", "runSpec.params", "params", "parameters",
			"env", "environment"),
	}
	p.Invocation = anyText(metadata, "invocationId", "invocationID", "buildInvocationID", "buildInvocationId")
	switch workflow, source := external.Get("workflow"), external.Get("configSource"); {
	case workflow.IsObject(): // GitHub
		p.Repository, _ = splitGit(text(workflow, "repository"))
		p.Ref, p.EntryPoint = text(workflow, "ref"), text(workflow, "path")
	case source.IsObject(): // BuildKit
		p.source(text(source, "uri"), source.Get("digest"))
		p.EntryPoint = text(source, "path")
	case external.Get("source.uri").Exists():
		p.source(text(external, "source.uri"), external.Get("source.digest"))
		p.EntryPoint = text(external, "configPath")
	case external.Get("buildConfigSource").IsObject(): // Google Cloud Build
		p.Repository, _ = splitGit(text(external, "buildConfigSource.repository"))
		p.Ref, p.EntryPoint = text(external, "buildConfigSource.ref"), text(external, "buildConfigSource.path")
	default:
		p.source(text(external, "source"), gjson.Result{}) // GitLab
		p.EntryPoint = text(external, "entryPoint")
	}
	p.taskResult(dependencies)
	p.commitFrom(dependencies)
	p.client(metadata.Get("buildkit_metadata.vcs"))
	p.otherSources(dependencies)
	return p
}

// provenanceV02 reads SLSA provenance v0.2 (slsa.dev/provenance/v0.2).
func provenanceV02(r gjson.Result, version string) Provenance {
	metadata, invocation := r.Get("metadata"), r.Get("invocation")
	p := Provenance{
		Version: version, BuilderID: text(r, "builder.id"), BuildType: text(r, "buildType"),
		EntryPoint: text(invocation, "configSource.entryPoint"), Invocation: text(metadata, "buildInvocationId"),
		Started: text(metadata, "buildStartedOn"), Finished: text(metadata, "buildFinishedOn"),
		Trigger:      anyText(invocation, "environment.github_event_name", "environment.GITHUB_EVENT_NAME"),
		Runner:       anyText(invocation, "environment.github_runner_environment", "environment.RUNNER_ENVIRONMENT"),
		Dependencies: length(r.Get("materials")), Images: baseImages(r.Get("materials")),
		Secrets: secretNames(invocation, "parameters"),
	}
	p.Invocation = first(p.Invocation, text(metadata, "buildInvocationID"))
	p.source(text(invocation, "configSource.uri"), invocation.Get("configSource.digest"))
	p.commitFrom(r.Get("materials"))
	if metadata.IsObject() {
		metadata.ForEach(func(key, value gjson.Result) bool {
			if key.String() == "https://mobyproject.org/buildkit@v1#metadata" {
				p.client(value.Get("vcs"))
			}
			return true
		})
	}
	p.otherSources(r.Get("materials"))
	return p
}

// provenanceV01 reads SLSA provenance v0.1 (slsa.dev/provenance/v0.1), Google Cloud Build's old form too.
func provenanceV01(r gjson.Result, version string) Provenance {
	p := Provenance{
		Version: version, BuilderID: text(r, "builder.id"), BuildType: text(r, "recipe.type"),
		EntryPoint: text(r, "recipe.entryPoint"), Invocation: text(r, "metadata.buildInvocationId"),
		Started: text(r, "metadata.buildStartedOn"), Finished: text(r, "metadata.buildFinishedOn"),
		Dependencies: length(r.Get("materials")), Images: baseImages(r.Get("materials")),
		Secrets: secretNames(r, "recipe.arguments"),
	}
	if i, ok := number(r, "recipe.definedInMaterial"); ok && i >= 0 {
		material := r.Get("materials." + strconv.Itoa(i))
		p.source(text(material, "uri"), material.Get("digest"))
	}
	p.commitFrom(r.Get("materials"))
	p.otherSources(r.Get("materials"))
	return p
}

// source takes the source from a URI with its digest.
func (p *Provenance) source(uri string, digest gjson.Result) {
	if uri == "" {
		return
	}
	p.Repository, p.Ref = splitGit(uri)
	p.Commit = commit(digest)
}

// commit is the git commit of a DigestSet, which older producers called sha1. GitLab calls it sha256, which it is too short
// to be.
func commit(digest gjson.Result) string {
	if hash := anyText(digest, "gitCommit", "sha1"); hash != "" {
		return hash
	}
	if short := text(digest, "sha256"); sha1Shape.MatchString(short) {
		return short
	}
	return ""
}

var sha1Shape = regexp.MustCompile(`^[0-9a-f]{40}$`)

// commitFrom finds the commit of the source, or the source itself, among the dependencies.
func (p *Provenance) commitFrom(dependencies gjson.Result) {
	if !dependencies.IsArray() {
		return
	}
	dependencies.ForEach(func(_, dependency gjson.Result) bool {
		uri := text(dependency, "uri")
		repository, ref := splitGit(uri)
		found := commit(dependency.Get("digest"))
		switch {
		case found == "":
		case p.Repository == "" && strings.HasPrefix(uri, "git+"):
			p.Repository, p.Ref, p.Commit = repository, ref, found
		case p.Commit == "" && repository == p.Repository:
			p.Commit = found
			p.Ref = first(p.Ref, ref)
		}
		return p.Commit == "" || p.Repository == ""
	})
}

// client takes the source that BuildKit's client named, where the builder knows none itself.
func (p *Provenance) client(vcs gjson.Result) {
	if p.Repository != "" || text(vcs, "source") == "" {
		return
	}
	p.Repository, _ = splitGit(text(vcs, "source"))
	p.Commit, p.SourceByClient = text(vcs, "revision"), true
}

// taskResult takes the source that a task of Tekton's fetched, which Tekton Chains only repeats after it. The other
// repositories among the dependencies hold the pipeline.
func (p *Provenance) taskResult(dependencies gjson.Result) {
	eachOf(dependencies, func(dependency gjson.Result) {
		uri := text(dependency, "uri")
		if p.Repository == "" && text(dependency, "name") == "inputs/result" && strings.HasPrefix(uri, "git+") {
			p.source(uri, dependency.Get("digest"))
			p.SourceByClient = true
		}
	})
}

// anyText is the first of some members that is there and a string: producers spell them in several ways.
func anyText(r gjson.Result, paths ...string) string {
	for _, path := range paths {
		if s := text(r, path); s != "" {
			return s
		}
	}
	return ""
}

// splitGit takes a source URI apart: "git+https://host/o/r@refs/heads/main" as SLSA writes it, and
// "https://host/o/r.git#refs/heads/main:folder" as BuildKit does.
func splitGit(uri string) (repository, ref string) {
	uri = strings.TrimPrefix(uri, "git+")
	if before, fragment, found := strings.Cut(uri, "#"); found {
		uri = before
		ref, _, _ = strings.Cut(fragment, ":")
	}
	if at := strings.LastIndex(uri, "@"); at > strings.Index(uri, "://")+2 && strings.Contains(uri[at:], "refs/") {
		uri, ref = uri[:at], uri[at+1:]
	}
	return strings.TrimSuffix(uri, ".git"), ref
}

// Family is that of provenance.
func (p Provenance) Family() model.Family { return model.FamilyProvenance }

// Title names the version and what was run.
func (p Provenance) Title() string {
	return title(strings.TrimSpace("SLSA provenance "+p.Version), p.BuilderTitle())
}

// Fields say who built what, from which source, when.
func (p Provenance) Fields() []model.Field {
	var f fields
	f.add("Builder", p.BuilderID)
	f.note("Build type", p.BuildType, p.buildTypeName())
	note := ""
	if p.SourceByClient {
		note = "the build's own word; the builder did not fetch it"
	}
	f.note("Source", p.Repository, note)
	f.add("Ref", p.Ref)
	f.note("Commit", p.Commit, note)
	f.add("Entry point", p.EntryPoint)
	f.add("Trigger", p.Trigger)
	f.add("Runner", p.Runner)
	f.add("Run", p.Invocation)
	f.add("Started", p.Started)
	f.add("Finished", p.Finished)
	f.add("Other sources", p.OtherSources)
	f.add("Base images", p.Images)
	f.add("Depends on", model.Counted(p.Dependencies, "resolved dependency"))
	return f
}

// Summary holds version, builderId, buildType, buildTypeName, entryPoint, sourceRepository, sourceRef, sourceCommit, sourceByClient,
// otherSources, invocationId, trigger, runner, startedOn, finishedOn, dependencies, images and secretParameters (names, never values).
func (p Provenance) Summary() map[string]any {
	return map[string]any{
		"buildTypeName": p.buildTypeName(), "secretParameters": lines(p.Secrets), "images": lines(p.Images), "otherSources": lines(p.OtherSources),
		"version": p.Version, "builderId": p.BuilderID, "buildType": p.BuildType, "entryPoint": p.EntryPoint,
		"sourceRepository": p.Repository, "sourceRef": p.Ref, "sourceCommit": p.Commit, "sourceByClient": p.SourceByClient,
		"invocationId": p.Invocation, "trigger": p.Trigger, "runner": p.Runner,
		"startedOn": p.Started, "finishedOn": p.Finished, "dependencies": p.Dependencies,
	}
}

// lines takes a text apart; never nil.
func lines(text string) []string {
	if text == "" {
		return []string{}
	}
	return strings.Split(text, "\n")
}

// runURL is the address of one CI run, where a builder ought to be named.
var runURL = regexp.MustCompile(`/actions/runs/[0-9]+|/-/(jobs|pipelines)/[0-9]+`)

// Findings says where the builder is not named or not to be relied on, where secrets are, and what times cannot be.
func (p Provenance) Findings() []model.Finding {
	var out []model.Finding
	switch {
	case runURL.MatchString(p.BuilderID):
		out = append(out, finding("builder-id-is-run-url", model.SeverityInfo,
			"builder.id is the address of one CI run: it names no builder that a policy could expect, and carries no SLSA level"))
	case p.BuilderID == "":
		out = append(out, finding("no-builder-id", model.SeverityInfo, "no builder is named: look at builder.id"))
	}
	if p.Runner == "self-hosted" || p.BuilderID == "https://github.com/actions/runner/self-hosted" {
		out = append(out, finding("self-hosted-runner", model.SeverityWarning,
			"it says that it was built on a self-hosted runner, which its owner controls: look at who runs that machine"))
	}
	if strings.HasPrefix(p.Trigger, "pull_request") {
		out = append(out, finding("pull-request-trigger", model.SeverityWarning,
			"it says that "+clip(p.Trigger, maxTitle)+" started the build, which can run a stranger's code: look at the request in the run"))
	}
	if p.Secrets != "" {
		out = append(out, p.secretsFinding())
	}
	return append(out, times(p.Started, p.Finished)...)
}

// secretsFinding names the parameters that look like secrets.
func (p Provenance) secretsFinding() model.Finding {
	names := strings.Split(p.Secrets, "\n")
	more := ""
	if len(names) > maxNamed {
		more = " and " + strconv.Itoa(len(names)-maxNamed) + " more"
		names = names[:maxNamed]
	}
	return finding("build-args-secret", model.SeverityWarning,
		"a parameter of the build looks like a secret, and whoever can pull the image can read it: look at the value of "+
			strings.Join(names, ", ")+more+" in the payload, and revoke it if it is real")
}

// maxNamed is how many names one sentence holds.
const maxNamed = 5
