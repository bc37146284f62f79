package slsa

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/attestree/attestree/model"
)

// Builder is a build platform that is believed to keep the projects it builds away from its signing identity.
type Builder struct {
	Name string
	// Workflow is a reusable workflow without its ref ("https://github.com/org/repo/.github/workflows/build.yml");
	// exactly one of Ref, Commit or a rule of the built-in table says which versions of it are meant.
	Workflow string
	Ref      string // "refs/tags/v1.2.3"
	Commit   string // of the workflow, hex (Fulcio extension .10)
	// Signer and ID are for platforms that sign with a key: the reader's name for a trusted signer, and the builder.id
	// that it may state. Both must be equal.
	Signer, ID string

	refs *regexp.Regexp // of the built-in table
	role role
}

// role is what a workflow of slsa-github-generator does.
type role int

const (
	roleBuilds    role = iota // it builds, or at least signs what another job of it has built
	roleDelegates             // it signs for another builder, which it names in builder.id
	roleDelegated             // it is such a builder, and signs nothing itself
)

// Verifier is whoever may state in a verification summary at which level something was built: a trusted signer by the
// reader's name for it, and the verifier.id that it may state. Only the pair is believed (slsa.dev/spec, "How to verify
// VSAs").
type Verifier struct{ Signer, ID string }

// Table says who may be believed about builds. Its zero value believes nobody beyond level 2.
type Table struct {
	Builders  []Builder
	Verifiers []Verifier
}

const generator = "https://github.com/slsa-framework/slsa-github-generator"

// Known is the built-in table: the workflows of slsa-github-generator at a release (slsa-verifier's list), and Docker's.
// Google Cloud Build is not in it, because Google's keys are not at hand.
func Known() Table {
	var t Table
	for _, w := range []struct {
		file string
		role role
	}{
		{"generator_generic_slsa3.yml", roleBuilds},
		{"generator_container_slsa3.yml", roleBuilds},
		{"builder_go_slsa3.yml", roleBuilds},
		{"builder_container-based_slsa3.yml", roleBuilds},
		{"delegator_generic_slsa3.yml", roleDelegates},
		{"delegator_lowperms-generic_slsa3.yml", roleDelegates},
		{"builder_nodejs_slsa3.yml", roleDelegated},
		{"builder_maven_slsa3.yml", roleDelegated},
		{"builder_gradle_slsa3.yml", roleDelegated},
		{"builder_bazel_slsa3.yml", roleDelegated},
	} {
		t.Builders = append(t.Builders, Builder{
			Name: "slsa-github-generator", Workflow: generator + "/.github/workflows/" + w.file, refs: releaseTag, role: w.role,
		})
	}
	for _, repository := range []string{"github-builder", "github-builder-experimental"} {
		for _, name := range []string{"build.yml", "bake.yml"} {
			t.Builders = append(t.Builders, Builder{
				Name: "Docker's builder", Workflow: "https://github.com/docker/" + repository + "/.github/workflows/" + name, refs: majorTag,
			})
		}
	}
	return t
}

// With is the table and further builders.
func (t Table) With(builders ...Builder) Table {
	t.Builders = append(t.Builders[:len(t.Builders):len(t.Builders)], builders...)
	return t
}

// ParseBuilder reads how a policy names a builder: a reusable workflow at a ref or at a commit,
// "https://github.com/org/repo/.github/workflows/build.yml@refs/tags/v1.2.3".
func ParseBuilder(s string) (Builder, error) {
	w, ok := parseWorkflow(s)
	switch {
	case !strings.Contains(s, "@"):
		return Builder{}, fmt.Errorf("builder %q: say which version is meant, @refs/… or @<commit>: any other may be somebody else's", s)
	case !ok:
		return Builder{}, fmt.Errorf("builder %q: not https://github.com/<owner>/<repository>/.github/workflows/<file>@<ref or commit>", s)
	}
	b := Builder{Name: s, Workflow: w.uri()}
	if commitID(w.ref) {
		b.Commit = w.ref
	} else {
		b.Ref = w.ref
	}
	return b, nil
}

// workflow finds the builder that a workflow is, with the commit that the certificate proves for it.
func (t Table) workflow(w workflow, commit string) (Builder, bool) {
	for _, b := range t.Builders {
		if b.Workflow == "" || b.Workflow != w.uri() {
			continue
		}
		if b.refs != nil && b.refs.MatchString(w.ref) || b.Ref != "" && b.Ref == w.ref ||
			b.Commit != "" && b.Commit == commit {
			return b, true
		}
	}
	return Builder{}, false
}

// keyed finds the builder that signs as a trusted signer and calls itself id.
func (t Table) keyed(signer *model.Signer, id string) (Builder, bool) {
	for _, b := range t.Builders {
		if b.Signer != "" && b.Signer == signer.Name && b.ID != "" && b.ID == id {
			return b, true
		}
	}
	return Builder{}, false
}
