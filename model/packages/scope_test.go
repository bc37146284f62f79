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
	filed := model.Node{Found: []model.Found{model.FoundBuildKit}}
	made := []string{"Organization: Anchore, Inc", "Tool: buildkit-v0.33"}
	for _, test := range []struct {
		name     string
		node     model.Node
		index    Index
		platform string
		want     string
	}{
		{"BuildKit's image", filed, Index{Name: "sbom"}, "linux/amd64", "image · linux/amd64"},
		{"a stage of BuildKit's", filed, Index{Name: "sbom-build"}, "linux/amd64", "build stage build · linux/amd64"},
		{"a stage whose SBOM was signed and filed by somebody else", model.Node{}, Index{Name: "sbom-build-x", Creators: made}, "", "build stage build-x"},
		{"BuildKit's context", filed, Index{Name: "sbom-context"}, "", "build context"},
		{"a document of the same name that BuildKit did not make", model.Node{}, Index{Name: "sbom-build"}, "", "image"},
		{"another document of BuildKit's", filed, Index{Name: "sbomber", Creators: made}, "", "image"},
		{"cosign: all", annotated("all"), Index{Name: "sbom-build", Creators: made}, "", "image"},
		{"cosign: a layer", annotated("layer=sha256:00"), Index{}, "", "layer sha256:00"},
		{"cosign: a path", annotated("path=/usr"), Index{}, "", "path /usr"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := scopeOf(test.node, test.index.Name, test.platform, test.index.Creators...).Label(); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
