package model

import (
	"fmt"
	"strings"
)

// EntryTitle names a node in a tree row, in one short line: what it is, then what tells it from its neighbours. A
// signer is named as such only when it is proven. The line may hold attested text.
func EntryTitle(e *Entry) string {
	n := e.Node
	switch n.Kind {
	case KindIndex:
		return join("index", n.Platform)
	case KindImage:
		if n.Platform != "" {
			return n.Platform
		}
		return "image"
	case KindAttestationManifest:
		return "attestation manifest"
	case KindSignature:
		return signatureTitle(e)
	case KindAttestation:
		return join(attestationTitle(e), EntrySLSA(e).Title())
	case KindBundle:
		return join("bundle", contentTitle(e), EntrySLSA(e).Title())
	case KindEnvelope:
		return join("envelope", contentTitle(e), EntrySLSA(e).Title())
	case KindStatement:
		return join("statement", contentTitle(e), EntrySLSA(e).Title())
	case KindFile:
		return join("file", n.Name)
	case KindPackage:
		return packageTitle(n.Package)
	case KindPackageFile:
		return n.Name
	case KindSBOM, KindArtifact:
	}
	return artifactTitle(e)
}

// join puts the parts that are there into one line.
func join(parts ...string) string {
	var there []string
	for _, part := range parts {
		if part != "" {
			there = append(there, part)
		}
	}
	return strings.Join(there, " · ")
}

func signatureTitle(e *Entry) string {
	name := "signature"
	if f := e.Node.Format; f == FormatNotationJWS || f == FormatNotationCOSE {
		name = "notation signature"
	}
	if e.Node.Format == FormatRegistrySignature {
		name = "registry signature"
	}
	if e.Report == nil {
		return name
	}
	if e.Report.Signer != nil {
		return join(name, SignerTitle(e.Report.Signer))
	}
	if e.Report.Claimed != nil {
		if who := SignerTitle(e.Report.Claimed); who != "" {
			return join(name, "claimed "+who)
		}
	}
	return name
}

// SignerTitle names a signer in a few words, by what a person would know it by, and says where that only looks like what it
// does. It is as proven as where it stands.
func SignerTitle(s *Signer) string {
	who := knownBy(s)
	return who + ScriptMark(who)
}

// knownBy is the reader's own name for a signer, else its identity.
func knownBy(s *Signer) string {
	who := s.Name
	switch s.Kind {
	case SignerCertificate:
		return join("keyless", first(ShortIdentity(s.Subject), who))
	case SignerKey:
		return join("key", first(who[strings.LastIndexAny(who, `/\`)+1:], Digest(s.Fingerprint).Short(), s.Hint))
	case SignerX509:
		return join("certificate", first(commonName(s.Subject), who))
	}
	return who
}

func first(names ...string) string {
	for _, name := range names {
		if name != "" {
			return name
		}
	}
	return ""
}

// commonName is the CN of a distinguished name (RFC 4514), or the whole of it.
func commonName(dn string) string {
	for part := range strings.SplitSeq(dn, ",") {
		if name, found := strings.CutPrefix(strings.TrimSpace(part), "CN="); found {
			return name
		}
	}
	return dn
}

// ShortIdentity is a certificate's identity as a person recognises it: the file and ref of a workflow
// ("build.yml@main"), anything else as it is. It drops the repository, so it tells rows apart and identifies nobody.
func ShortIdentity(subject string) string {
	path, ref, found := strings.Cut(subject, "@")
	if !found || !strings.HasPrefix(subject, "https://") {
		return subject
	}
	ref = strings.TrimPrefix(strings.TrimPrefix(ref, "refs/heads/"), "refs/tags/")
	return path[strings.LastIndex(path, "/")+1:] + "@" + ref
}

// announcements are the annotations that say of which predicate type something is, before it is read.
var announcements = []string{"in-toto.io/predicate-type", annotationBundleType, "predicateType"}

// unreadable stands where a title would be made from bytes that are not what they should be.
const unreadable = "cannot be read"

func attestationTitle(e *Entry) string {
	switch title := contentTitle(e); title {
	case "":
	case unreadable:
		return join("attestation", title)
	default:
		return title
	}
	// Not read yet, or not readable: the annotations are only a hint, and the row says no more than they do.
	if hint := e.Node.Announced(); hint != "" {
		return join("attestation", "announced as "+TypeName(hint))
	}
	return "attestation"
}

// contentTitle names what the bytes claim to be, "" as long as they have not been read.
func contentTitle(e *Entry) string {
	a := e.Attestation
	switch {
	case a == nil:
		return ""
	case a.Message:
		return join("signature", a.MessageDigest.Short())
	case a.Problem != "" && a.PredicateType == "":
		return unreadable
	case a.Statement != nil && a.Statement.PredicateType == predicateCosignSign:
		return "signature"
	case a.Nested != nil && FamilyOf(a.PredicateType) == FamilySignature:
		return TypeName(a.Statement.PredicateType) // what is merely quoted in it is no signature
	case a.Predicate != nil:
		return a.Predicate.Title()
	case a.PredicateType != "":
		return TypeName(a.PredicateType)
	}
	return ""
}

// artifactTitle names an SBOM or an artifact: by its content where that is a known document, else by its type; then its
// file name and size.
func artifactTitle(e *Entry) string {
	n := e.Node
	var size string
	if bytes := payloadSize(n); bytes > 0 {
		size = sizeTitle(bytes)
	}
	if a := e.Attestation; a != nil && a.Document != "" && a.RawPredicate != nil && a.Predicate != nil {
		return join(a.Predicate.Title(), n.Name)
	}
	if n.Format == FormatNone && len(n.Layers) > 0 {
		return join(holderTitle(n), size)
	}
	what := n.ArtifactType
	if n.Layered() || what == "" || what == mediaTypeOCIImage {
		what = n.Blob.MediaType
	}
	if n.Kind == KindSBOM {
		return join("SBOM", typeTitle(what), n.Name, size)
	}
	return join(first(what, "artifact"), n.Name, size)
}

// holderTitle names a manifest whose layers are nodes of their own by the first of them.
func holderTitle(n Node) string {
	switch kind, _ := layerShape(n.Layers[0].MediaType); kind {
	case KindSignature:
		return "signature manifest"
	case KindAttestation:
		return "attestation manifest"
	case KindSBOM:
		return "SBOM manifest"
	default:
		return "manifest"
	}
}

// typeTitle is what is characteristic of an SBOM's media type.
func typeTitle(mediaType string) string {
	for _, known := range []string{"spdx", "cyclonedx", "syft"} {
		if strings.Contains(bareType(mediaType), known) {
			return map[string]string{"spdx": "SPDX", "cyclonedx": "CycloneDX", "syft": "Syft"}[known]
		}
	}
	return mediaType
}

// payloadSize is the size in bytes of all that a node holds.
func payloadSize(n Node) int64 {
	if n.Blob.Size > 0 {
		return n.Blob.Size
	}
	var sum int64
	for _, layer := range n.Layers {
		if layer.Size > 0 && sum+layer.Size > sum {
			sum += layer.Size
		}
	}
	return sum
}

// sizeTitle is a number of bytes for a person, in powers of 1000.
func sizeTitle(bytes int64) string {
	if bytes < 1000 {
		return fmt.Sprintf("%d B", bytes)
	}
	value := float64(bytes)
	units := []string{"kB", "MB", "GB", "TB", "PB", "EB"}
	unit := -1
	for value >= 999.5 && unit < len(units)-1 {
		value /= 1000
		unit++
	}
	if value < 9.95 {
		return fmt.Sprintf("%.1f %s", value, units[unit])
	}
	return fmt.Sprintf("%.0f %s", value, units[unit])
}

// TypeName is a name for a predicate type made from its URI: the last part of its path, its version and, unless it is
// in-toto's own, whose it is.
func TypeName(predicateType string) string {
	base, version := SplitVersion(predicateType)
	_, rest, found := strings.Cut(base, "://")
	if !found {
		return predicateType
	}
	host, path, _ := strings.Cut(strings.TrimRight(rest, "/"), "/")
	name := path[strings.LastIndex(path, "/")+1:]
	if name == "" {
		return strings.TrimSpace(host + " " + version)
	}
	name = strings.TrimSpace(name + " " + version)
	if host == "in-toto.io" {
		return name
	}
	return join(name, host)
}
