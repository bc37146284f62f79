package main

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// TestNoImageOfAnIndexIsForgottenByTheCard has an SBOM of one image, and another one where it is easily overlooked.
func TestNoImageOfAnIndexIsForgottenByTheCard(t *testing.T) {
	list := func(s *scene, tag string, manifests ...any) model.Descriptor {
		return s.put(tag, map[string]any{"schemaVersion": 2, "mediaType": model.MediaTypeOCIIndex, "manifests": manifests})
	}
	on := func(d model.Descriptor, os, architecture string) any {
		return map[string]any{
			"mediaType": d.MediaType, "digest": d.Digest, "size": d.Size,
			"platform": map[string]any{"os": os, "architecture": architecture},
		}
	}
	for name, hide := range map[string]func(s *scene, evil model.Descriptor) any{
		"without a platform": func(_ *scene, evil model.Descriptor) any { return registrytest.Descriptor(evil) },
		"in an index of its own": func(s *scene, evil model.Descriptor) any {
			return registrytest.Descriptor(list(s, "", on(evil, "linux", "arm64")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			good, evil := s.image("", "good"), s.image("", "evil")
			s.attach("", good, s.bundle(statement(spdx, good, `{"spdxVersion":"SPDX-2.3","packages":[{"name":"a"}]}`)))
			list(s, "1", on(good, "linux", "amd64"), hide(s, evil))
			report, _ := s.verify(":1")
			g := report.Get(`card.guarantees.#(id=="dependency-tracking")`)
			if g.Get("support").String() != "partly" || !strings.Contains(g.Get("text").String(), "none that counts for") {
				t.Errorf("%s: %s", g.Get("support"), g.Get("text"))
			}
		})
	}
}
