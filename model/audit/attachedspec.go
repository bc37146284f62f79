package audit

import (
	"path"
	"slices"

	"github.com/attestree/attestree/model"
)

// AttachedSpec is the specification of the server or skill that a claim names, attached to the image as a file; nil if
// there is none. One that somebody trusted signed comes before one that anybody can have attached. problem says why one
// was there that could not be read.
func AttachedSpec(t *model.Tree, claim *Claim) (f *SpecFile, problem string) {
	for _, e := range attachedSpecs(t) {
		s, err := ParseSpec("spec.yaml", e.Blob)
		if err != nil {
			problem = "attached to the image, and not read: " + err.Error()
			continue
		}
		if name := scanned(*claim); name != "" && name != s.Name {
			continue
		}
		return attachedSpec(e, s), problem
	}
	return nil, problem
}

// AttachedSpecs are all specifications that are attached to the image as files and can be read. problem says why one was
// there that could not be.
func AttachedSpecs(t *model.Tree) (files []*SpecFile, problem string) {
	for _, e := range attachedSpecs(t) {
		s, err := ParseSpec("spec.yaml", e.Blob)
		if err != nil {
			problem = "attached to the image, and not read: " + err.Error()
			continue
		}
		files = append(files, attachedSpec(e, s))
	}
	return files, problem
}

// attachedSpecs are the files, those that somebody trusted signed first.
func attachedSpecs(t *model.Tree) (found []*model.Entry) {
	t.Walk(func(e *model.Entry) {
		if e.BlobState == model.BlobLoadedOK && fileName(e.Node) == "spec.yaml" {
			found = append(found, e)
		}
	})
	slices.SortStableFunc(found, func(a, b *model.Entry) int {
		return first(a.Standing.Verdict == model.Trusted, b.Standing.Verdict == model.Trusted)
	})
	return found
}

func attachedSpec(e *model.Entry, s Spec) *SpecFile {
	trust := "this copy is attached to the image and " + e.Standing.Verdict.String() + ": whoever may push to the repository can have put it there"
	if e.Standing.Verdict == model.Trusted {
		trust = "this copy is attached to the image and signed by somebody whom you trust; that it is the file of the signed commit is not shown"
	}
	return &SpecFile{Spec: s, Node: e.Node.ID, From: "attached to the image (" + e.Node.Digest.Short() + ")", Trust: trust, Vouched: e.Standing.Verdict == model.Trusted}
}

// scanned is the name of the server or skill whose configuration file a claim names, "" if it names none.
func scanned(claim Claim) string {
	if claim.ConfigFile == "" {
		return ""
	}
	return path.Base(path.Dir(claim.ConfigFile))
}

// fileName is the name that an attached file was given, as oras writes it down.
func fileName(n model.Node) string {
	const title = "org.opencontainers.image.title"
	if name := n.Blob.Annotations[title]; name != "" {
		return name
	}
	if len(n.Layers) == 1 {
		return n.Layers[0].Annotations[title]
	}
	return ""
}
