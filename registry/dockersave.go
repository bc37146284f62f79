package registry

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// dockerSaved is an entry of the manifest.json that docker save writes (moby image spec, "Combined Image JSON").
type dockerSaved struct {
	Config   string
	RepoTags []string
	Layers   []string
}

const lostManifest = "docker save did not keep the image's manifest: its digest is lost, so no signature or attestation " +
	"can be found or matched"

// discoverDockerSave shows the image in a docker save archive without an OCI layout, as far as its config tells.
func discoverDockerSave(a *archive, reference string, opts Options, emit func(model.Event)) error {
	raw, err := readFile(a, "manifest.json", opts.Limits.Manifest)
	if err != nil {
		return err
	}
	var all []dockerSaved
	if err := json.Unmarshal(raw, &all); err != nil {
		return failed(KindBroken, "its manifest.json is not a list of images as docker save writes it")
	}
	image, problem := chooseSaved(all, reference)
	if problem != nil {
		return problem
	}
	config, err := readFile(a, path.Clean(image.Config), opts.Limits.Manifest)
	if err != nil {
		return failed(KindBroken, "the archive names the config %q: %v", fetch.Short(image.Config), err)
	}
	node := savedNode(a, image, config)
	emit(model.Resolved{Notes: []model.Finding{{ID: "docker-save", Severity: model.SeverityWarning, Message: lostManifest}}})
	emit(model.NodeFound{Node: node})
	if want := configDigest(image.Config); want.Valid() && !want.Matches(config) {
		emit(model.BlobLoaded{ID: node.ID, Problem: "altered: the config is not the one that its name says", Tampered: true})
	}
	emit(model.LookedUp{Lookup: model.Lookup{
		Mechanism: model.MechanismLayoutScan, Status: model.LookupUnsupported, Detail: "a docker save archive keeps no attachments",
	}})
	return nil
}

func chooseSaved(all []dockerSaved, reference string) (dockerSaved, error) {
	var matching []dockerSaved
	var choices []string
	for _, image := range all {
		choices = append(choices, image.RepoTags...)
		if reference == "" || slices.ContainsFunc(image.RepoTags, func(name string) bool { return named(name, reference) }) {
			matching = append(matching, image)
		}
	}
	kind, problem := KindAmbiguous, fmt.Sprintf("it has %d images", len(all))
	switch {
	case len(matching) == 1:
		return matching[0], nil
	case len(all) == 0:
		return dockerSaved{}, failed(KindNotFound, "the archive has no image")
	case len(matching) == 0:
		kind, problem = KindNotFound, fmt.Sprintf("it has no image called %q", reference)
	}
	return dockerSaved{}, &SourceError{
		Kind: kind, Hint: "choose one with archive:PATH:NAME; there are: " + strings.Join(choices[:min(len(choices), maxChoices)], ", "),
		Err: &failure{kind: kind, detail: problem},
	}
}

// savedNode is the image as its config describes it. Its ID is the config's digest, which docker calls the image ID; it
// has no Digest, because that would be the manifest's.
func savedNode(a *archive, image dockerSaved, config []byte) model.Node {
	n := model.Node{
		ID: string(model.DigestOf(config)), Kind: model.KindImage, MediaType: "application/vnd.docker.container.image.v1+json",
		Size: int64(len(config)), Found: []model.Found{model.FoundRoot}, Raw: config, Unavailable: lostManifest,
	}
	var about struct{ OS, Architecture, Variant string }
	if json.Unmarshal(config, &about) == nil && about.OS != "" {
		n.Platform = strings.TrimSuffix(about.OS+"/"+about.Architecture+"/"+about.Variant, "/")
	}
	if len(image.RepoTags) > 0 {
		n.Name = image.RepoTags[0]
	}
	for _, layer := range image.Layers[:min(len(image.Layers), maxMembers)] {
		n.Layers = append(n.Layers, model.Descriptor{
			MediaType: "application/vnd.docker.image.rootfs.diff.tar", Size: a.members[path.Clean(layer)].size,
		})
	}
	return n
}

// configDigest is the digest in the name of a config: "<hex>.json" or "blobs/sha256/<hex>".
func configDigest(name string) model.Digest {
	return model.Digest("sha256:" + strings.TrimSuffix(path.Base(name), ".json"))
}

// rewritten notes that docker save has made a manifest of its own. It does so with its classic image store, which keeps
// layers uncompressed; with the containerd store the registry's manifest is kept.
func (l *layout) rewritten(ctx context.Context, root model.Digest) []model.Finding {
	a, packed := l.files.(*archive)
	if !packed || !a.has("manifest.json") {
		return nil
	}
	got, err := l.manifest(ctx, string(root))
	if err != nil {
		return nil
	}
	m, err := model.ParseManifest(got.raw)
	if err != nil || len(m.Layers) == 0 {
		return nil
	}
	for _, layer := range m.Layers {
		if layer.MediaType != "application/vnd.oci.image.layer.v1.tar" {
			return nil
		}
	}
	return []model.Finding{{
		ID: "docker-save", Severity: model.SeverityWarning,
		Message: "the manifest was made by docker save (its layers are not compressed): its digest is probably not the " +
			"registry's, and signatures made there cannot match",
	}}
}
