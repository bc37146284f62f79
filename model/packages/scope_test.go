package packages

import (
	"testing"

	"github.com/attestree/attestree/model"
)

func TestScopes(t *testing.T) {
	t.Parallel()
	annotated := func(scope string) model.Node {
		return model.Node{Blob: model.Descriptor{Annotations: map[string]string{"dev.sigstore.sbom.scope": scope}}}
	}
	for _, test := range []struct {
		name     string
		node     model.Node
		document string
		platform string
		want     string
	}{
		{"BuildKit's image", model.Node{}, "sbom", "linux/amd64", "image · linux/amd64"},
		{"a stage of BuildKit's", model.Node{}, "sbom-build-builder", "linux/amd64", "build stage builder · linux/amd64"},
		{"a stage without a name", model.Node{}, "sbom-build", "", "build stage"},
		{"BuildKit's context", model.Node{}, "sbom-context", "", "build context"},
		{"another document", model.Node{}, "sbomber", "", "image"},
		{"something else that begins so", model.Node{}, "sbom-of-mine", "", "image"},
		{"cosign: all", annotated("all"), "sbom-build-x", "", "image"},
		{"cosign: a layer", annotated("layer=sha256:00"), "", "", "layer sha256:00"},
		{"cosign: a path", annotated("path=/usr"), "", "", "path /usr"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := ScopeOf(test.node, test.document, test.platform).Label(); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
