package predicate

import (
	"testing"

	"github.com/attestree/attestree/model"
)

func TestPredicatesSayWhereTheyComeFrom(t *testing.T) {
	t.Parallel()
	const (
		v1, v02 = "https://slsa.dev/provenance/v1", "https://slsa.dev/provenance/v0.2"
		scai    = "https://in-toto.io/attestation/scai/v0.3"
		acme    = "https://github.com/acme/app"
	)
	cases := []struct {
		name, kind, raw string
		want            model.Origin
	}{
		{
			"GitHub's provenance", v1,
			`{"buildDefinition":{"externalParameters":{"workflow":{"repository":"https://github.com/acme/app","ref":"refs/heads/main"}},
				"resolvedDependencies":[{"uri":"git+https://github.com/acme/app@refs/heads/main","digest":{"gitCommit":"11"}}]},
				"runDetails":{"metadata":{"invocationId":"https://github.com/acme/app/actions/runs/7/attempts/1"}}}`,
			model.Origin{Repository: acme, Ref: "refs/heads/main", Commit: "11", Run: acme + "/actions/runs/7/attempts/1"},
		},
		{
			"BuildKit names its run as the builder, and a tree with changes as dirty", v02,
			`{"builder":{"id":"https://github.com/acme/app/actions/runs/7/attempts/1"},"metadata":{"buildInvocationID":"x1y2",
				"https://mobyproject.org/buildkit@v1#metadata":{"vcs":{"source":"https://github.com/acme/app.git","revision":"11-dirty"}}}}`,
			model.Origin{Repository: acme, Commit: "11", Run: acme + "/actions/runs/7/attempts/1", Dirty: true},
		},
		{
			"a Dockyard scan names the source as its producer", scai,
			`{"attributes":[{"attribute":"MCP_SECURITY_SCAN_PASSED","evidence":{"uri":"https://github.com/acme/app/actions/runs/7"}}],
				"producer":{"uri":"https://github.com/acme/app","digest":{"sha1":"99","gitCommit":"11"}}}`,
			model.Origin{Repository: acme, Commit: "11", Run: acme + "/actions/runs/7"},
		},
		{
			"any other producer is a tool with a source of its own", scai,
			`{"attributes":[{"attribute":"HARDENED"}],"producer":{"uri":"https://github.com/tools/scanner","digest":{"gitCommit":"22"}}}`,
			model.Origin{},
		},
		{
			"a provenance with a key twice says no less", v02,
			`{"buildType":"a","buildType":"b","invocation":{"configSource":{"uri":"git+https://github.com/acme/app","digest":{"sha1":"11"}}}}`,
			model.Origin{Repository: acme, Commit: "11"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, ok := Decode(c.kind, []byte(c.raw)).(model.Originated)
			if !ok {
				t.Fatal("it does not say where it comes from")
			}
			if got := p.Origin(); got != c.want {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
	if p, ok := Decode("https://openvex.dev/ns", []byte(`{"author":"a","author":"b"}`)).(model.Originated); ok && p.Origin() != (model.Origin{}) {
		t.Errorf("a VEX document comes from %+v", p.Origin())
	}
}

func TestWhatIsReadDifferentlyIsNotPlain(t *testing.T) {
	t.Parallel()
	for raw, plain := range map[string]bool{`{"buildType":"a"}`: true, `{"buildType":"a","buildType":"b"}`: false} {
		if p, got, ok := As[Provenance](Decode("https://slsa.dev/provenance/v0.2", []byte(raw))); !ok || got != plain || p.BuildType == "" {
			t.Errorf("%s: plain is %v, want %v", raw, got, plain)
		}
	}
	if _, _, ok := As[Provenance](Decode("https://slsa.dev/provenance/v1", []byte(`[]`))); ok {
		t.Error("an array was taken for a provenance")
	}
	if _, _, ok := As[VSA](nil); ok {
		t.Error("nothing was taken for a summary")
	}
}
