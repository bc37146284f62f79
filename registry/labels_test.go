package registry

import (
	"fmt"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

func TestLabelsOfAnImageAreReadFromItsConfiguration(t *testing.T) {
	const good = `{"config":{"Labels":{"org.opencontainers.image.revision":"5f0c"}}}`
	for name, c := range map[string]struct {
		config  string
		damage  func(r *registrytest.Registry, d model.Descriptor)
		labels  string
		problem bool
	}{
		"there":              {config: good, labels: "5f0c"},
		"none":               {config: `{"config":{}}`},
		"no JSON":            {config: "garbage", problem: true},
		"replaced by others": {config: good, problem: true, damage: func(r *registrytest.Registry, d model.Descriptor) { r.Replace("a/b", d.Digest, []byte(good+" ")) }},
		"gone":               {config: good, problem: true, damage: func(r *registrytest.Registry, d model.Descriptor) { r.Remove("a/b", d.Digest) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := registrytest.New(t, registrytest.Config{})
			config := r.Blob("a/b", []byte(c.config))
			r.Manifest("a/b", "1", fmt.Appendf(nil, `{"schemaVersion":2,"mediaType":%q,"config":{"mediaType":%q,"digest":%q,"size":%d},"layers":[]}`,
				model.MediaTypeOCIManifest, registrytest.ConfigType, config.Digest, config.Size))
			if c.damage != nil {
				c.damage(r, config)
			}
			tree, err := discovered(t, r.Host()+"/a/b:1", Options{})
			if err != nil {
				t.Fatal(err)
			}
			root := tree.Root()
			if got := root.Labels["org.opencontainers.image.revision"]; got != c.labels {
				t.Errorf("the label is %q, want %q", got, c.labels)
			}
			if (root.LabelsProblem != "") != c.problem {
				t.Errorf("the problem is %q, want one: %v", root.LabelsProblem, c.problem)
			}
		})
	}
}
