package slsa_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/slsa"
)

func TestNobodyGetsALevelThatIsNotTheirs(t *testing.T) {
	t.Parallel()
	const stranger = "https://github.com/mallory/app"
	check(t, []row{
		{"a self-hosted runner", func(i *instance) {
			i.set("runnerEnvironment", "self-hosted")
			i.fields["runner"] = "self-hosted"
		}, 1, "which its owner controls"},
		{"a self-hosted runner that says it is hosted", func(i *instance) {
			i.set("runnerEnvironment", "self-hosted")
		}, 1, "which its owner controls"},
		{"a self-hosted runner under a trusted builder", func(i *instance) {
			i.by(container)
			i.generatorV02()
			i.set("runnerEnvironment", "self-hosted")
		}, 1, "which its owner controls"},
		{"a predicate about another runner than the certificate", func(i *instance) { i.fields["runner"] = "self-hosted" }, 1, "its predicate says that the runner was self-hosted"},
		{"a runner that is called hosted, nearly", func(i *instance) { i.set("runnerEnvironment", "github-hosted ") }, 1, ""},
		{"an old certificate of an ordinary workflow, runner unknown", func(i *instance) { i.old() }, 1, "does not say on whose runner"},
		{"pull_request_target, which builds a stranger's code under the project's name", func(i *instance) {
			i.set("buildTrigger", "pull_request_target")
			i.fields["trigger"] = "pull_request_target"
		}, 1, "a stranger's code"},
		{"pull_request_target that says push", func(i *instance) { i.set("buildTrigger", "pull_request_target") }, 1, "trigger is push"},
		{"pull_request_target in an old certificate", func(i *instance) {
			i.by(container)
			i.generatorV02()
			i.old()
			i.set("githubWorkflowTrigger", "pull_request_target")
		}, 1, ""},
		{"a fork that says it is the project", func(i *instance) { i.set("sourceRepositoryURI", stranger) }, 1, "source is " + project},
		{"a trusted builder called by a stranger who says it is the project", func(i *instance) {
			i.by(container)
			i.generatorV02()
			i.set("sourceRepositoryURI", stranger)
		}, 1, "source is " + project},
		{"a reusable workflow called by a stranger who says it is the project", func(i *instance) {
			i.by(shared)
			i.set("sourceRepositoryURI", stranger)
		}, 1, "source is " + project},
		{"an ordinary certificate with the builder.id of a level 3 builder", func(i *instance) { i.fields["builder"] = container }, 1, "the certificate that"},
		{"an ordinary certificate with everything of a level 3 builder", func(i *instance) {
			i.generatorV02()
			i.raw = strings.Replace(i.raw, own, container, 1)
		}, 1, ""},
		{"the build type of another builder", func(i *instance) { i.fields["buildType"] = generator + "/container@v1" }, 1, "build type"},
		{"a build type that nobody knows", func(i *instance) { i.fields["buildType"] = "https://mallory.example/type/v1" }, 1, "build type"},
		{"no builder.id", func(i *instance) { i.fields["builder"] = "" }, 1, "names no builder"},
		{"self-hosted as builder.id", func(i *instance) { i.fields["builder"] = "https://github.com/actions/runner/self-hosted" }, 1, ""},
		{"slsa-github-generator at a pre-release", func(i *instance) {
			i.by(strings.Replace(container, "v2.1.0", "v2.1.0-rc.1", 1))
			i.generatorV02()
		}, 2, "L3 if you trust"},
		{"slsa-github-generator at a moving tag", func(i *instance) {
			i.by(strings.Replace(container, "v2.1.0", "v2", 1))
			i.generatorV02()
		}, 2, "L3 if you trust"},
		{"slsa-github-generator at a branch that is called like a release", func(i *instance) {
			i.by(strings.Replace(container, "refs/tags", "refs/heads", 1))
			i.generatorV02()
		}, 2, "L3 if you trust"},
		{"slsa-github-generator at a release, with build metadata", func(i *instance) {
			i.by(container + "+evil")
			i.generatorV02()
		}, 2, "L3 if you trust"},
		{"a fork of slsa-github-generator", func(i *instance) {
			i.by(strings.Replace(container, "slsa-framework", "mallory", 1))
			i.generatorV02()
		}, 1, "build type"},
		{"a repository whose name begins like slsa-github-generator", func(i *instance) {
			i.by(strings.Replace(container, "slsa-github-generator", "slsa-github-generator.evil", 1))
		}, 2, "L3 if you trust"},
		{"another workflow of slsa-github-generator", func(i *instance) {
			i.by(strings.Replace(container, "generator_container_slsa3", "pre-submit", 1))
		}, 2, "L3 if you trust"},
		{"a delegated builder that signs by itself", func(i *instance) {
			i.by(generator + "/.github/workflows/builder_nodejs_slsa3.yml@refs/tags/v2.1.0")
		}, 2, "L3 if you trust"},
		{"a listed workflow that is the project's own, and not called", func(i *instance) {
			i.table = i.table.With(listed(t, own))
		}, 2, "L3 needs an isolated builder"},
		{"a listed workflow at another commit", func(i *instance) {
			i.by(shared)
			i.table = i.table.With(listed(t, "https://github.com/acme/workflows/.github/workflows/build.yml@"+commit))
		}, 2, "L3 if you trust"},
		{"another commit than the certificate's", func(i *instance) { i.fields["commit"] = moved }, 1, "commit is " + moved},
		{"no commit", func(i *instance) { i.fields["commit"] = nil }, 1, "does not say of which commit"},
		{"another ref than the certificate's", func(i *instance) { i.fields["ref"] = "refs/tags/v1" }, 1, "ref is refs/tags/v1"},
		{"another workflow than the certificate's", func(i *instance) { i.fields["path"] = ".github/workflows/evil.yml" }, 1, "workflow is .github/workflows/evil.yml"},
		{"a workflow of the same path in another repository", func(i *instance) {
			i.set("buildConfigURI", strings.Replace(own, "acme/app", "mallory/app", 1))
		}, 1, "workflow is"},
		{"another attempt of the run", func(i *instance) { i.fields["run"] = project + "/actions/runs/7/attempts/2" }, 1, "run is"},
		{"another run", func(i *instance) { i.fields["run"] = project + "/actions/runs/8/attempts/1" }, 1, "run is"},
		{"a run of another project with the same number", func(i *instance) { i.fields["run"] = stranger + "/actions/runs/7/attempts/1" }, 1, "run is"},
		{"no run", func(i *instance) { i.fields["run"] = "" }, 1, "does not say of which run"},
		{"a repository that only begins like the project's", func(i *instance) { i.fields["repository"] = project + "-evil" }, 1, "source is"},
		{"a subject that is not the build signer", func(i *instance) { i.signer.Subject = shared }, 1, "does not name one workflow"},
		{"an issuer that begins like GitHub's", func(i *instance) { i.signer.Issuer = github + ".evil.example" }, 1, "not a build platform"},
		{"an enterprise's issuer", func(i *instance) { i.signer.Issuer = github + "/acme" }, 1, "enterprise issuer"},
		{"another issuer with GitHub's extensions", func(i *instance) { i.signer.Issuer = "https://issuer.example" }, 1, "not a build platform"},
		{"keys that are there twice", func(i *instance) {
			i.raw = strings.Replace(string(i.predicate()), `"runDetails":`, `"runDetails":{"builder":{"id":"`+container+`"}},"runDetails":`, 1)
		}, 1, ""},
		{"nested keys that are there twice", func(i *instance) {
			i.raw = strings.Replace(string(i.predicate()), `"builder":{`, `"builder":{"ID":"`+container+`",`, 1)
		}, 1, "keys twice"},
		{"a provenance inside a statement inside a statement", func(i *instance) { i.nested = true }, 1, "a statement inside another one"},
		{"a key with the builder.id of a listed platform, but another name", func(i *instance) {
			keyed(i)
			i.signer.Name = "mallory"
		}, 1, "not known as a build platform's"},
		{"a listed platform's key that states another builder", func(i *instance) {
			keyed(i)
			i.fields["builder"] = container
		}, 1, "not known as a build platform's"},
		{"a listed platform's key that is not trusted here", func(i *instance) {
			keyed(i)
			i.verdict = model.Untrusted
		}, 1, "not known as a build platform's"},
		{"a good certificate without the log entry that it needs", func(i *instance) { i.verdict = model.Unverifiable }, 1, "it is not proven who signed it"},
		{"a level 3 builder, signed by nobody who is trusted", func(i *instance) {
			i.by(container)
			i.generatorV02()
			i.verdict = model.Untrusted
		}, 1, "L3 if its signer was trusted"},
	})
}

func TestATriggerThatTheReaderAcceptsIsNoReproach(t *testing.T) {
	t.Parallel()
	check(t, []row{{"a trusted signer lists pull_request_target", func(i *instance) {
		i.verdict = model.Trusted
		i.set("buildTrigger", "pull_request_target")
		i.fields["trigger"] = "pull_request_target"
	}, 2, ""}})
}

func TestASummaryIsBelievedFromItsPairOnly(t *testing.T) {
	t.Parallel()
	pair := slsa.Verifier{Signer: "org-verifier", ID: "https://verify.acme.example"}
	summary := func(change func(*instance), fields string) func(*instance) {
		return func(i *instance) {
			i.kind, i.verdict = vsaType, model.Trusted
			i.signer = &model.Signer{Kind: model.SignerKey, Fingerprint: "sha256:00", Name: pair.Signer}
			i.table.Verifiers = []slsa.Verifier{pair}
			if fields == "" {
				fields = `"verifier":{"id":"https://verify.acme.example"},"verificationResult":"PASSED",
					"resourceUri":"ghcr.io/acme/app@sha256:aa","verifiedLevels":["SLSA_BUILD_LEVEL_3","ORG_REVIEWED"]`
			}
			i.raw = "{" + fields + "}"
			change(i)
		}
	}
	same := func(*instance) {}
	check(t, []row{
		{"the listed pair", summary(same, ""), 3, "a verifier whom you trust for that"},
		{"a resource as a package URL", summary(same, `"verifier":{"id":"https://verify.acme.example"},"verificationResult":"PASSED",
			"resourceUri":"pkg:oci/app@sha256:aa?repository_url=ghcr.io/acme/app","verifiedLevels":["SLSA_BUILD_LEVEL_2"]`), 2, ""},
		{"nobody listed", summary(func(i *instance) { i.table.Verifiers = nil }, ""), 0, "not listed"},
		{"another signer with the verifier's id", summary(func(i *instance) { i.signer.Name = "mallory" }, ""), 0, "not listed"},
		{"a signer without a name", summary(func(i *instance) { i.signer.Name = "" }, ""), 0, "not listed"},
		{"the signer with another verifier's id", summary(func(i *instance) {
			i.raw = strings.Replace(i.raw, "verify.acme", "verify.mallory", 1)
		}, ""), 0, "not listed"},
		{"a signer who is not trusted here", summary(func(i *instance) { i.verdict = model.Untrusted }, ""), 0, "not listed"},
		{"a valid signature, with nobody pinned", summary(func(i *instance) { i.verdict = model.Valid }, ""), 0, "not listed"},
		{"a verification that failed", summary(func(i *instance) { i.raw = strings.Replace(i.raw, "PASSED", "FAILED", 1) }, ""), 0, "did not pass"},
		{"another image's repository", summary(func(i *instance) { i.image = "ghcr.io/acme/other" }, ""), 0, "another resource"},
		{"a repository that only begins the same", summary(func(i *instance) { i.image = "ghcr.io/acme/ap" }, ""), 0, "another resource"},
		{"a file, whose resource is not known", summary(func(i *instance) { i.image = "" }, ""), 0, "another resource"},
		{"a level of our own making", summary(func(i *instance) {
			i.raw = strings.Replace(i.raw, "SLSA_BUILD_LEVEL_3", "SLSA_BUILD_LEVEL_33", 1)
		}, ""), 0, "states no build level"},
		{"a level of the source track", summary(func(i *instance) {
			i.raw = strings.Replace(i.raw, "SLSA_BUILD_LEVEL_3", "SLSA_SOURCE_LEVEL_3", 1)
		}, ""), 0, "states no build level"},
		{"about another image", summary(func(i *instance) { i.about = other }, ""), 0, "about something else"},
		{"an invalid signature", summary(func(i *instance) { i.verdict = model.Invalid }, ""), 0, "it is invalid"},
		{"keys that are there twice", summary(func(i *instance) {
			i.raw = strings.Replace(i.raw, "{", `{"verificationResult":"FAILED",`, 1)
		}, ""), 0, "different things"},
	})
}

// FuzzNoPredicateRaisesTheLevel holds that without a certificate of a hosted build platform nothing that a predicate
// says gets beyond level 1, with one of an ordinary workflow not beyond level 2, and there only by saying what the
// certificate says.
func FuzzNoPredicateRaisesTheLevel(f *testing.F) {
	f.Add(provenanceType, string(newInstance().predicate()))
	generated := newInstance()
	generated.by(container)
	generated.generatorV02()
	f.Add(generated.kind, generated.raw)
	f.Add(vsaType, `{"verifier":{"id":"https://verify.acme.example"},"verificationResult":"PASSED","resourceUri":"ghcr.io/acme/app","verifiedLevels":["SLSA_BUILD_LEVEL_3"]}`)
	f.Add("https://slsa.dev/provenance/v0.1", fmt.Sprintf(`{"builder":{"id":%q},"recipe":{"definedInMaterial":0},"materials":[{"uri":"git+%s"}]}`, container, project))
	evidence := map[string]func(*instance){
		"unsigned":     func(i *instance) { i.verdict, i.signer = model.Unsigned, nil },
		"unverifiable": func(i *instance) { i.verdict, i.signer = model.Unverifiable, nil },
		"untrusted":    func(i *instance) { i.verdict = model.Untrusted },
		"a key": func(i *instance) {
			i.verdict, i.signer = model.Trusted, &model.Signer{Kind: model.SignerKey, Name: "k"}
		},
		"a person": func(i *instance) {
			i.signer = &model.Signer{Kind: model.SignerCertificate, Issuer: "https://accounts.google.com", Subject: "a@acme.example"}
		},
		"self-hosted":         func(i *instance) { i.set("runnerEnvironment", "self-hosted") },
		"pull_request_target": func(i *instance) { i.set("buildTrigger", "pull_request_target") },
		"old":                 (*instance).old,
	}
	f.Fuzz(func(t *testing.T, kind, raw string) {
		for name, change := range evidence {
			i := newInstance()
			i.kind, i.raw, i.fields = kind, raw, nil
			change(i)
			if got := i.assess(); got != nil && got.Level > 1 {
				t.Errorf("%s: level %d\n%s", name, got.Level, said(got))
			}
		}
		i := newInstance()
		i.kind, i.raw, i.fields = kind, raw, nil
		got := i.assess()
		switch {
		case got == nil || got.Level < 2:
		case got.Level > 2:
			t.Errorf("an ordinary workflow: level %d\n%s", got.Level, said(got))
		default:
			for _, must := range []string{project, commit, "/actions/runs/7"} {
				if !strings.Contains(raw, must) && !strings.Contains(raw, `\`) && !strings.Contains(raw, "7-1") {
					t.Errorf("level 2 without saying %s\n%s", must, raw)
				}
			}
		}
	})
}

// FuzzClaimsAreHeldAgainstTheCertificate holds that an ordinary workflow gets level 2 for nothing but what its
// certificate says.
func FuzzClaimsAreHeldAgainstTheCertificate(f *testing.F) {
	f.Add(own, workflowType, project, "refs/heads/main", ".github/workflows/release.yml", commit, attempt, "push", "github-hosted")
	f.Add(container, generator+"/container@v1", project+".git", "", "", moved, "7-1", "", "")
	f.Fuzz(func(t *testing.T, builder, buildType, repository, ref, path, sha, run, trigger, runner string) {
		i := newInstance()
		i.fields = map[string]any{
			"builder": builder, "buildType": buildType, "repository": repository, "ref": ref, "path": path, "commit": sha,
			"run": run, "trigger": trigger, "runner": runner,
		}
		got := i.assess()
		if got.Level > 2 {
			t.Errorf("level %d\n%s", got.Level, said(got))
		}
		if got.Level < 2 {
			return
		}
		for _, l := range got.Lines {
			if l.Status == model.CheckFailed {
				t.Errorf("level 2 in spite of %s", l.Label)
			}
			switch l.Label {
			case "Source", "Ref", "Commit", "Workflow":
				if l.Claimed != l.Verified {
					t.Errorf("level 2, and %s is claimed as %q and proven as %q", l.Label, l.Claimed, l.Verified)
				}
			}
		}
	})
}
