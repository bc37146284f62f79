package uitest

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
)

// Document adds an attestation about a digest with a predicate that can be read.
func (s *Story) Document(name, typ string, subject model.Digest, family model.Family, title, raw string, r model.Report) {
	id := string(Digest(name))
	p := Predicate{Of: family, Name: title}
	s.Add(model.NodeFound{Node: model.Node{
		ID: id, Parent: string(Digest("root")), Kind: model.KindAttestation, Format: model.FormatBundle, Digest: Digest(name), Subject: subject,
	}}, model.Opened{ID: id, Attestation: &model.Attestation{
		PredicateType: typ, RawPredicate: []byte(raw), Predicate: p, Payload: []byte(`{"predicate":` + raw + `}`),
		Statement: &model.Statement{PredicateType: typ, Subjects: []model.Subject{{Name: "context7", Digests: []model.NamedDigest{{
			Algorithm: "sha256", Value: subject.Hex(),
		}}}}},
	}}, model.Judged{ID: id, Report: r})
}

// Predicate types of documents.
const (
	TypeSPDX      = "https://spdx.dev/Document"
	TypeCycloneDX = "https://cyclonedx.org/bom"
	TypeVuln      = "https://cosign.sigstore.dev/attestation/vuln/v1"
	TypeOpenVEX   = "https://openvex.dev/ns/v0.2.0"
)

// SmallSPDX is an SBOM of four packages with their relations.
const SmallSPDX = `{"spdxVersion":"SPDX-2.3","name":"sbom","SPDXID":"SPDXRef-DOCUMENT","packages":[
{"name":"context7","SPDXID":"SPDXRef-app","versionInfo":"2.1.0","licenseDeclared":"MIT","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/context7@2.1.0"}]},
{"name":"express","SPDXID":"SPDXRef-express","versionInfo":"4.19.2","licenseDeclared":"MIT","licenseConcluded":"Apache-2.0","supplier":"Organization: OpenJS","checksums":[{"algorithm":"SHA256","checksumValue":"aa11"}],"externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/express@4.19.2"}]},
{"name":"qs","SPDXID":"SPDXRef-qs","versionInfo":"6.11.0","licenseDeclared":"BSD-3-Clause","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/qs@6.11.0"}]},
{"name":"openssl","SPDXID":"SPDXRef-ssl","versionInfo":"3.0.1","externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:apk/alpine/openssl@3.0.1"}]}],
"relationships":[
{"spdxElementId":"SPDXRef-DOCUMENT","relationshipType":"DESCRIBES","relatedSpdxElement":"SPDXRef-app"},
{"spdxElementId":"SPDXRef-app","relationshipType":"DEPENDS_ON","relatedSpdxElement":"SPDXRef-express"},
{"spdxElementId":"SPDXRef-express","relationshipType":"DEPENDS_ON","relatedSpdxElement":"SPDXRef-qs"}]}`

// SmallCycloneDX is an SBOM of two packages.
const SmallCycloneDX = `{"bomFormat":"CycloneDX","specVersion":"1.6","components":[
{"type":"library","bom-ref":"q","name":"qs","version":"6.11.0","purl":"pkg:npm/qs@6.11.0"},
{"type":"library","bom-ref":"l","name":"left-pad","version":"1.3.0","purl":"pkg:npm/left-pad@1.3.0"}]}`

// SmallScan is a scan of the packages of SmallSPDX, and of one more.
const SmallScan = `{"scanner":{"uri":"pkg:github/aquasecurity/trivy@0.66.0","result":{"SchemaVersion":2,"Results":[{"Target":"node","Type":"npm","Vulnerabilities":[
{"VulnerabilityID":"CVE-2026-0001","PkgName":"qs","InstalledVersion":"6.11.0","FixedVersion":"6.11.1","Severity":"HIGH","Title":"qs reads too much","PkgIdentifier":{"PURL":"pkg:npm/qs@6.11.0"}},
{"VulnerabilityID":"CVE-2026-0002","PkgName":"express","InstalledVersion":"4.19.2","Severity":"CRITICAL","Title":"express opens a door","PkgIdentifier":{"PURL":"pkg:npm/express@4.19.2"}},
{"VulnerabilityID":"CVE-2026-0003","PkgName":"gone","InstalledVersion":"1.0.0","Severity":"LOW","PkgIdentifier":{"PURL":"pkg:npm/gone@1.0.0"}}]}]}}}`

const smallVEX = `{"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://example.org/vex","author":"security","timestamp":"2026-01-19T12:00:00Z","version":1,"statements":[
{"vulnerability":{"name":"CVE-2026-0001"},"products":[{"@id":"pkg:npm/qs@6.11.0"}],"status":"not_affected","justification":"vulnerable_code_not_in_execute_path"}]}`

// packaged is a tree with two SBOMs, a scan and a VEX document.
func packaged(vex model.Report) [][]model.Event {
	s := &Story{}
	root := Digest("root")
	s.Add(model.Resolved{Reference: "ghcr.io/stacklok/dockyard/npx/context7@" + string(root), Digest: root},
		model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root, MediaType: model.MediaTypeOCIManifest, Platform: "linux/amd64"}})
	trusted := By(Ladder(model.Trusted, "", "", ""), "dockyard")
	s.Document("spdx", TypeSPDX, root, model.FamilySBOM, "SBOM SPDX 2.3 · 4 packages", SmallSPDX, trusted)
	s.Document("cdx", TypeCycloneDX, root, model.FamilySBOM, "SBOM CycloneDX 1.6 · 2 packages", SmallCycloneDX,
		Ladder(model.Invalid, model.CheckSubject, model.CheckFailed, "the statement is about another image"))
	s.Document("trivy", TypeVuln, root, model.FamilyVuln, "Vulnerability scan · trivy · 3 findings", SmallScan, trusted)
	s.Document("vex", TypeOpenVEX, root, model.FamilyVEX, "VEX · 1 statement", smallVEX, vex)
	s.Add(model.DiscoveryDone{}, model.Done{})
	return [][]model.Event{s.Events}
}

// PackagingBy is a backend on that tree, whose VEX document has that report.
func PackagingBy(vex model.Report) Backend { return Backend{Events: packaged(vex)} }

// Packaging is a backend on a tree with SBOMs, whose VEX document a pinned signer signed.
func Packaging() Backend {
	return PackagingBy(By(Ladder(model.Trusted, "", "", ""), "security-team"))
}

// ManyPackages is a tree with one SBOM of that many packages, of about 500 bytes each.
func ManyPackages(n int) Backend {
	var doc strings.Builder
	doc.WriteString(`{"spdxVersion":"SPDX-2.3","name":"sbom","SPDXID":"SPDXRef-DOCUMENT","packages":[`)
	for i := range n {
		if i > 0 {
			doc.WriteByte(',')
		}
		fmt.Fprintf(&doc, `{"name":"package-%06d","SPDXID":"SPDXRef-%d","versionInfo":"%d.%d.0","licenseDeclared":"MIT","downloadLocation":"NOASSERTION",`+
			`"supplier":"Organization: somebody number %d","description":%q,`+
			`"externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/package-%06d@%d.%d.0"}]}`,
			(i*7919)%n, i, i%10, i%7, i%50, strings.Repeat("what it is for ", 12), (i*7919)%n, i%10, i%7)
	}
	doc.WriteString(`],"relationships":[{"spdxElementId":"SPDXRef-0","relationshipType":"DEPENDS_ON","relatedSpdxElement":"SPDXRef-1"}]}`)
	s := &Story{}
	root := Digest("root")
	s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindImage, Digest: root, MediaType: model.MediaTypeOCIManifest}})
	s.Document("spdx", TypeSPDX, root, model.FamilySBOM, "SBOM SPDX 2.3", doc.String(), By(Ladder(model.Trusted, "", "", ""), "dockyard"))
	s.Document("trivy", TypeVuln, root, model.FamilyVuln, "Vulnerability scan", SmallScan, By(Ladder(model.Trusted, "", "", ""), "dockyard"))
	s.Add(model.DiscoveryDone{}, model.Done{})
	return Backend{Events: [][]model.Event{s.Events}}
}
