package slsa_test

import (
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/slsa"
)

func TestTheLevelOfEachKindOfSigner(t *testing.T) {
	t.Parallel()
	check(t, []row{
		{"a hosted workflow of the project itself is level 2", func(*instance) {}, 2, "L3 needs an isolated builder"},
		{"so it is when a trusted signer ran it", func(i *instance) { i.verdict = model.Trusted }, 2, ""},
		{"a bundle without anything to compare it with has the level of what it names", func(i *instance) { i.subject = "" }, 2, "nothing to compare its subject with"},
		{"npm calls the hosted runner its builder", func(i *instance) {
			i.fields["builder"], i.fields["buildType"], i.fields["runner"] = "https://github.com/actions/runner/github-hosted", npmType, nil
		}, 2, "on the runner that the predicate names"},
		{"slsa-github-generator at a release is level 3", func(i *instance) {
			i.by(container)
			i.generatorV02()
		}, 3, "keep the project away from the signing"},
		{"so it is with a certificate from before 2023, whose runner is unknown", func(i *instance) {
			i.by(container)
			i.generatorV02()
			i.old()
		}, 3, "runner unknown"},
		{"a delegator at a release is level 3 for a builder of the list", func(i *instance) {
			i.by(delegator)
			i.fields["buildType"] = generator + "/delegator-generic@v0"
			i.fields["builder"] = generator + "/.github/workflows/builder_nodejs_slsa3.yml@refs/tags/v2.1.0"
		}, 3, "the delegator that signed is trusted to name the builder"},
		{"a delegator is level 2 for a builder that nobody listed", func(i *instance) {
			i.by(delegator)
			i.fields["buildType"] = generator + "/delegator-generic@v0"
			i.fields["builder"] = shared
		}, 2, "L3 if you trust " + shared},
		{"Docker's builder is level 3", func(i *instance) {
			i.by("https://github.com/docker/github-builder/.github/workflows/build.yml@refs/tags/v1")
		}, 3, ""},
		{"a reusable workflow that nobody listed is level 2, and level 3 if it is trusted", func(i *instance) {
			i.by(shared)
		}, 2, "L3 if you trust https://github.com/acme/workflows/.github/workflows/build.yml@" + moved},
		{"a reusable workflow that the reader listed at its ref is level 3", func(i *instance) {
			i.by(shared)
			i.table = i.table.With(listed(t, shared))
		}, 3, ""},
		{"a reusable workflow that the reader listed at its commit is level 3", func(i *instance) {
			i.by(shared)
			i.table = i.table.With(listed(t, "https://github.com/acme/workflows/.github/workflows/build.yml@"+moved))
		}, 3, ""},
		{"BuildKit's own provenance is level 1: nobody signed it", func(i *instance) {
			i.verdict, i.signer = model.Unsigned, nil
			i.kind, i.raw = "https://slsa.dev/provenance/v0.2", `{"builder":{"id":""},"buildType":"`+buildKitType+`"}`
		}, 1, "nobody signed it"},
		{"a person is no build platform", func(i *instance) {
			i.signer = &model.Signer{Kind: model.SignerCertificate, Issuer: "https://accounts.google.com", Subject: "a@acme.example"}
		}, 1, "signed by a@acme.example"},
		{"a key is no build platform", func(i *instance) {
			i.signer = &model.Signer{Kind: model.SignerKey, Fingerprint: "sha256:00"}
		}, 1, "not known as a build platform's"},
		{"Google Cloud Build is level 1 without Google's keys", func(i *instance) {
			i.signer = &model.Signer{Kind: model.SignerKey, Fingerprint: "sha256:00"}
			i.fields["builder"] = "https://cloudbuild.googleapis.com/GoogleHostedWorker@v0.3"
		}, 1, "Google's key"},
		{"a platform's key that the reader listed for its builder.id is level 2", func(i *instance) {
			keyed(i)
		}, 2, "that you trust as gcb"},
		{"a signature that could not be judged proves nothing", func(i *instance) {
			i.verdict, i.signer = model.Unverifiable, nil
		}, 1, "it is not proven who signed it: the reason of the report"},
		{"an invalid one is level 0", func(i *instance) { i.verdict = model.Invalid }, 0, "it is invalid: the reason of the report"},
		{"one that could not be had is level 0", func(i *instance) { i.verdict = model.Unavailable }, 0, "could not be had"},
		{"one about another image is level 0", func(i *instance) { i.about = other }, 0, "about something else"},
		{"one that says neither who built it nor how is level 0", func(i *instance) {
			i.fields["builder"], i.fields["buildType"] = "", ""
		}, 0, "neither who built it nor how"},
		{"one about nothing is level 0", func(i *instance) { i.about = "" }, 0, "about nothing"},
		{"one that is no provenance inside is level 0", func(i *instance) { i.raw = `[]` }, 0, "cannot be read"},
		{"a signer who is not trusted is level 1, whatever it would be", func(i *instance) { i.verdict = model.Untrusted }, 1, "L2 if its signer was trusted"},
	})
}

func listed(t *testing.T, name string) slsa.Builder {
	t.Helper()
	b, err := slsa.ParseBuilder(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// keyed has a platform sign that the reader listed with its key.
func keyed(i *instance) {
	const worker = "https://cloudbuild.googleapis.com/GoogleHostedWorker@v0.3"
	i.verdict = model.Trusted
	i.signer = &model.Signer{Kind: model.SignerKey, Fingerprint: "sha256:00", Name: "gcb"}
	i.fields["builder"] = worker
	i.table = i.table.With(slsa.Builder{Signer: "gcb", ID: worker})
}

func TestOnlyProvenanceAndSummariesHaveALevel(t *testing.T) {
	t.Parallel()
	i := newInstance()
	for _, kind := range []string{"https://spdx.dev/Document", "https://in-toto.io/attestation/scai/v0.3", ""} {
		i.kind = kind
		if got := i.assess(); got != nil {
			t.Errorf("%q has level %d", kind, got.Level)
		}
	}
	i = newInstance()
	i.verdict = model.Unchecked
	if got := i.assess(); got != nil {
		t.Errorf("what nobody judged has level %d", got.Level)
	}
	if got := slsa.Known().Assess(model.Evidence{}, nil, model.Report{Verdict: model.Valid}); got != nil {
		t.Errorf("what nobody read has level %d", got.Level)
	}
}

func TestEveryLineSaysWhatIsClaimedAndWhatIsProven(t *testing.T) {
	t.Parallel()
	got := newInstance().assess()
	if got.Source != project || got.Commit != commit || got.Ref != "refs/heads/main" || got.Run != attempt || got.Builder != own {
		t.Errorf("proven: %+v", *got)
	}
	tenant := map[string]bool{}
	for _, l := range got.Lines {
		if l.Because == "" || l.Status == model.CheckUnchecked {
			t.Errorf("the line %q does not say why", l.Label)
		}
		tenant[l.Label] = l.Tenant
	}
	for label, want := range map[string]bool{
		"Platform": false, "Runner": false, "Builder": false, "Source": false, "Commit": false, "Run": false,
		"Build type": true, "Depends on": true,
	} {
		if got, there := tenant[label]; !there || got != want {
			t.Errorf("%s: there is such a line: %v, only the project says so: %v, want %v", label, there, got, want)
		}
	}
}

func TestAWorkflowIsNamedByAPolicyWithItsVersion(t *testing.T) {
	t.Parallel()
	for _, good := range []string{shared, container, "https://github.com/a/b/.github/workflows/c.yaml@" + commit} {
		if _, err := slsa.ParseBuilder(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "acme/workflows", "https://github.com/acme/workflows/.github/workflows/build.yml",
		"https://github.com/acme/workflows/.github/workflows/build.yml@main", "https://github.com/acme/workflows@refs/heads/main",
		"https://gitlab.com/a/b/.github/workflows/c.yml@refs/heads/main", "https://github.com/*/b/.github/workflows/c.yml@refs/heads/main",
		"https://github.com.evil.example/a/b/.github/workflows/c.yml@refs/heads/main",
	} {
		if b, err := slsa.ParseBuilder(bad); err == nil {
			t.Errorf("%q was read as %+v", bad, b)
		}
	}
}
