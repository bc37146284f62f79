package packages

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// ScopeKind is what part of an image an SBOM is about.
type ScopeKind int

// The kinds of scope.
const (
	ScopeImage   ScopeKind = iota // all that the image holds
	ScopeLayer                    // one layer
	ScopePath                     // one file or folder
	ScopeStage                    // a stage of the build that is not in the image
	ScopeContext                  // the files that the build was given
)

// Scope is what part of which image an SBOM is about.
type Scope struct {
	Kind     ScopeKind
	Name     string // of the layer, path or stage; "" for the image
	Platform string // "linux/amd64", "" if it is about no platform or about all
}

// Label names the scope in a few words: "image", "stage build", "layer sha256:1a2b… · linux/amd64".
func (s Scope) Label() string {
	label := "image"
	switch s.Kind {
	case ScopeLayer:
		label = "layer " + s.Name
	case ScopePath:
		label = "path " + s.Name
	case ScopeStage:
		label = "build stage " + s.Name
	case ScopeContext:
		label = "build context"
	case ScopeImage:
	}
	if s.Platform != "" {
		label += " · " + s.Platform
	}
	return label
}

// cosignScope is the annotation with which cosign says what an SBOM is about (cosign, specs/SBOM_SPEC.md).
const cosignScope = "dev.sigstore.sbom.scope"

// scopeOf is what an SBOM of a node is about: by cosign's annotation on its layer, else by the name that BuildKit gives
// the document (BuildKit, frontend/attestations/sbom): "sbom" is the image, "sbom-context" what it was built from,
// "sbom-NAME" the stage NAME of its build. A stage may be named "context" too. All of it is claimed. name and
// creators are those of the index, platform is that of what the SBOM hangs on.
func scopeOf(n model.Node, name, platform string, creators ...string) Scope {
	s := Scope{Platform: platform}
	if n.Platform != "" {
		s.Platform = n.Platform
	}
	written := n.Blob.Annotations[cosignScope]
	if written == "" {
		written = n.Annotations[cosignScope]
	}
	if kind, value, found := strings.Cut(written, "="); found {
		s.Name = value
		switch kind {
		case "layer":
			s.Kind = ScopeLayer
		case "path":
			s.Kind = ScopePath
		}
		return s
	}
	rest, extra := strings.CutPrefix(name, "sbom-")
	switch {
	case !extra || rest == "" || written != "" || !byBuildKit(n, creators):
	case rest == "context":
		s.Kind = ScopeContext
	default:
		s.Kind, s.Name = ScopeStage, rest
	}
	return s
}

// byBuildKit reports whether BuildKit says that it had an SBOM made, or filed it.
func byBuildKit(n model.Node, creators []string) bool {
	made := func(creator string) bool { return strings.HasPrefix(creator, "Tool: buildkit-") }
	return slices.Contains(n.Found, model.FoundBuildKit) || slices.ContainsFunc(creators, made)
}
