package slsa

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/attestree/attestree/model"
)

const (
	githubIssuer = "https://token.actions.githubusercontent.com"
	githubHosted = "github-hosted"
	// runnerBuilder is what npm, and GitHub's own action at first, call the builder: the runner.
	runnerBuilder = "https://github.com/actions/runner"

	pullRequestTarget = "pull_request_target"
)

// run is what a certificate proves of the run of a workflow that signed (fulcio docs/oid-info.md).
type run struct {
	signer  workflow // the workflow that signed, .9; by an old certificate the subject
	commit  string   // of that workflow, .10
	config  workflow // the workflow that the run started with, .18; zero in old certificates
	runner  string   // .11
	trigger string   // .20
	origin  model.Origin
	old     bool // made before Fulcio issued .9 and later, in 2023
}

// byWorkflow is the level of a provenance that a certificate signed.
func (x *scale) byWorkflow() *model.SLSA {
	signer := x.report.Signer
	if signer.Issuer != githubIssuer {
		return x.foreign()
	}
	r, ok := readRun(signer)
	x.add(model.SLSALine{Label: "Platform", Verified: "GitHub Actions", Status: model.CheckPassed,
		Because: "certificate .8: " + githubIssuer + ", under the trusted root " + x.report.TrustRoot})
	if !ok {
		x.unproven()
		return x.levelOne("its certificate does not name one workflow of GitHub Actions as the signer: " + signer.Subject)
	}
	builder, listed := x.table.workflow(r.signer, r.commit)
	listed = listed && builder.role != roleDelegated
	lenient := r.old && listed // what an old certificate does not say, its known builder makes up for

	kind, known := buildTypes[x.claims.BuildType]
	known = known && kind.madeBy(r.signer)
	x.hosted(r, lenient)
	delegated := x.builder(r, kind, listed && builder.role == roleDelegates)
	x.buildType(known, listed)
	x.source(r, kind, lenient)
	x.trigger(r)
	x.tenants(listed)

	return x.weigh(r, listed && delegated)
}

// foreign is the level of what a person or another platform signed.
func (x *scale) foreign() *model.SLSA {
	signer := x.report.Signer
	x.unproven()
	if strings.HasPrefix(signer.Issuer, githubIssuer+"/") {
		return x.levelOne(fmt.Sprintf("its certificate is for a token of the enterprise issuer %s, which is not judged as a build platform", signer.Issuer))
	}
	return x.levelOne(fmt.Sprintf("it is signed by %s, by the word of %s: not a build platform that is known", signer.Subject, signer.Issuer))
}

func readRun(s *model.Signer) (r run, ok bool) {
	r = run{
		commit: s.Extension("buildSignerDigest"), runner: s.Extension("runnerEnvironment"),
		trigger: s.Extension("buildTrigger"), origin: model.CertificateOrigin(s),
	}
	if r.trigger == "" {
		r.trigger = s.Extension("githubWorkflowTrigger")
	}
	uri := s.Extension("buildSignerURI")
	if uri == "" {
		uri, r.old = s.Subject, true
	}
	r.config, _ = parseWorkflow(s.Extension("buildConfigURI"))
	r.signer, ok = parseWorkflow(uri)
	return r, ok && uri == s.Subject
}

// reusable reports whether the run called the signing workflow from another one, which therefore cannot reach into it.
func (r run) reusable() bool {
	if r.config == (workflow{}) {
		return r.origin.Repository != "" && !model.SameRepository(r.signer.repository, r.origin.Repository)
	}
	return r.signer.uri() != r.config.uri()
}

// hosted judges where the run was executed.
func (x *scale) hosted(r run, lenient bool) {
	l := model.SLSALine{Label: "Runner", Claimed: x.claims.Runner, Verified: r.runner, Status: model.CheckPassed,
		Because: "certificate .11: GitHub's own machine, new for each job"}
	switch {
	case r.runner == githubHosted && (l.Claimed == "" || l.Claimed == r.runner):
	case r.runner == githubHosted:
		l.Status = model.CheckFailed
		x.lack(fmt.Sprintf("its predicate says that the runner was %s, the certificate that it was %s", l.Claimed, r.runner))
	case r.runner == "" && lenient:
		l.Status, l.Because = model.CheckSkipped, "runner unknown: the certificate is from before 2023; its builder uses hosted runners only"
	case r.runner == "":
		l.Status, l.Because = model.CheckFailed, "runner unknown: the certificate does not say"
		x.lack("its certificate does not say on whose runner it was built")
	default:
		l.Status, l.Because = model.CheckFailed, "certificate .11: a machine that its owner controls"
		x.lack("it was built on a " + r.runner + " runner, which its owner controls")
	}
	x.add(l)
}

// builder compares builder.id with the workflow that signed. It reports whether the builder that is named may be
// believed for level 3: always, unless a delegator names another one that is not listed.
func (x *scale) builder(r run, kind buildType, delegates bool) bool {
	id := x.claims.BuilderID
	l := model.SLSALine{Label: "Builder", Claimed: id, Verified: r.signer.String(), Status: model.CheckPassed,
		Because: "certificate .9: the workflow that signed"}
	named, isWorkflow := parseWorkflow(id)
	switch {
	case id == l.Verified:
	case r.runner == githubHosted && (id == runnerBuilder || id == runnerBuilder+"/"+githubHosted):
		l.Because += ", on the runner that the predicate names as its builder"
	case kind.runIsBuilder && sameRun(id, r.origin.Run):
		l.Because += ", in the run that the predicate names as its builder"
	case delegates && isWorkflow:
		l.Because = "the delegator that signed is trusted to name the builder that it ran"
		x.add(l)
		if _, listed := x.table.workflow(named, ""); listed {
			return true
		}
		x.unlisted = id
		return false
	case id == "":
		l.Status = model.CheckFailed
		x.lack("its predicate names no builder")
	default:
		l.Status = model.CheckFailed
		x.lack(fmt.Sprintf("its predicate says that %s built it, the certificate that %s signed", id, l.Verified))
	}
	x.add(l)
	return true
}

func sameRun(a, b string) bool {
	same, known := model.SameRun(a, b, true)
	return known && same
}

func (x *scale) buildType(known, isolated bool) {
	l := model.SLSALine{Label: "Build type", Claimed: x.claims.BuildType, Status: model.CheckPassed, Tenant: !isolated,
		Because: "known, " + word(isolated)}
	if !known {
		l.Status, l.Because = model.CheckFailed, "not a build type that is known for this signer"
		x.lack("its build type is not one that is known for this signer")
	}
	x.add(l)
}

// source compares where the build came from, and in which run it was made.
func (x *scale) source(r run, kind buildType, lenient bool) {
	claims := x.claims.Origin()
	repository := model.CanonicalRepository(claims.Repository)
	x.equal("source", repository, r.origin.Repository, repository == r.origin.Repository, true, lenient, ".12")
	x.equal("ref", claims.Ref, r.origin.Ref, claims.Ref == r.origin.Ref, kind.ref, lenient, ".14")
	x.equal("commit", x.claims.Commit, r.origin.Commit, x.claims.Commit == r.origin.Commit, true, lenient, ".13")
	config := r.config.path
	if config != "" && r.config.repository != r.origin.Repository {
		config = r.config.String() // a workflow that an organisation imposes on the project
	}
	if kind.path || x.claims.EntryPoint == config {
		x.equal("workflow", x.claims.EntryPoint, config, x.claims.EntryPoint == config, kind.path, lenient, ".18")
	}
	x.equal("run", claims.Run, r.origin.Run, sameRun(claims.Run, r.origin.Run), true, lenient, ".21")
}

// equal adds a line for something that both predicate and certificate name. needed is false where this build type need
// not name it; lenient, where an old certificate cannot.
func (x *scale) equal(what, claimed, verified string, same, needed, lenient bool, extension string) {
	l := model.SLSALine{Label: strings.ToUpper(what[:1]) + what[1:], Claimed: claimed, Verified: verified, Status: model.CheckPassed,
		Because: "certificate " + extension}
	switch {
	case verified == "":
		l.Status, l.Because = model.CheckSkipped, "the certificate does not say"
		if !lenient {
			x.lack("its certificate does not say of which " + what + " it is")
		}
	case claimed == "" && needed:
		l.Status = model.CheckFailed
		x.lack("its predicate does not say of which " + what + " it is")
	case claimed != "" && !same:
		l.Status = model.CheckFailed
		x.lack(fmt.Sprintf("its predicate says that the %s is %s, the certificate that it is %s", what, claimed, verified))
	}
	x.add(l)
}

// trigger judges what started the run. pull_request_target runs with the rights of the project what may be a stranger's
// code, and its certificate names the commit of the project all the same: only a reader who lists that trigger for a
// signer has it believed.
func (x *scale) trigger(r run) {
	x.equal("trigger", x.claims.Trigger, r.trigger, x.claims.Trigger == r.trigger, false, true, ".20")
	if r.trigger == pullRequestTarget && x.report.Verdict != model.Trusted {
		x.lines[len(x.lines)-1].Status = model.CheckFailed
		x.lack("the run was started by pull_request_target, which may have built a stranger's code under the project's name")
	}
}

// word is whose word something is that no certificate says.
func word(isolated bool) string {
	if isolated {
		return "by the builder's word"
	}
	return "by the project's own word"
}

// tenants lists what no certificate says.
func (x *scale) tenants(isolated bool) {
	because := word(isolated)
	times := strings.Trim(x.claims.Started+" – "+x.claims.Finished, " –")
	if times != "" {
		x.add(model.SLSALine{Label: "Built", Claimed: times, Status: model.CheckSkipped, Tenant: !isolated, Because: because})
	}
	if n := x.claims.Dependencies; n > 0 {
		x.add(model.SLSALine{Label: "Depends on", Claimed: strconv.Itoa(n), Status: model.CheckSkipped,
			Tenant: !isolated, Because: because})
	}
}

// weigh gives the level, once everything has been compared. isolated says that a listed builder signed.
func (x *scale) weigh(r run, isolated bool) *model.SLSA {
	s := &model.SLSA{
		Level: 1, Lines: x.lines, Builder: r.signer.String(),
		Source: r.origin.Repository, Ref: r.origin.Ref, Commit: r.origin.Commit, Run: r.origin.Run,
	}
	switch {
	case len(x.lacks) > 0:
		s.Reason = x.lacks[0]
	case isolated && r.reusable():
		s.Level, s.Reason = 3, "it was built by a workflow that is trusted to keep the project away from the signing, on a hosted platform"
	case r.reusable() && x.unlisted != "":
		s.Level, s.Reason = 2, "a trusted delegator signed it for a builder that is not on the list of builders"
		s.Hint = "L3 if you trust " + x.unlisted + " to build out of reach of the project"
	case r.reusable():
		s.Level, s.Reason = 2, "the hosted platform that built it signed it, in a reusable workflow that is not on the list of builders"
		s.Hint = "L3 if you trust " + trustable(r) + " to build, and not only to sign, out of reach of the project"
	default:
		s.Level, s.Reason = 2, "the hosted platform that built it signed it; the project's own workflow had a hand in it, so L3 needs an isolated builder"
	}
	if x.report.Verdict == model.Untrusted && s.Level > 1 {
		s.Hint = fmt.Sprintf("L%d if its signer was trusted", s.Level)
		s.Level, s.Reason = 1, "its signer is none of those whom you trust"
	}
	return s
}

// trustable is how a policy would name the workflow that signed, at the commit that it was run at.
func trustable(r run) string {
	if commitID(r.commit) {
		return r.signer.uri() + "@" + r.commit
	}
	return r.signer.String()
}
