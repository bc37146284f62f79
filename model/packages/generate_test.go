package packages

import (
	"bytes"
	"fmt"
	"math/rand/v2"
)

// producers make documents of a size, in bytes, as real tools write them: about five hundred bytes to a package.
var producers = map[string]func(size int) []byte{"SPDX": generateSPDX, "CycloneDX": generateCycloneDX}

// made is one package of a generated document, the same in every format.
type made struct {
	n                                     int
	ecosystem, name, version, licence, id string
	needs                                 int
}

// make is package n of a document. The seed is always the same, so that figures can be compared.
func makePackage(r *rand.Rand, n int) made {
	ecosystems := []string{"npm", "deb", "golang", "pypi", "maven"}
	roots := []string{"core", "http", "parse", "Stream", "crypto", "json", "widget", "left-pad", "logger", "util"}
	licences := []string{"MIT", "Apache-2.0", "BSD-3-Clause", "NOASSERTION", "GPL-2.0-or-later AND MIT"}
	m := made{
		n: n, ecosystem: ecosystems[r.IntN(5)], name: fmt.Sprintf("%s-%s-%d", roots[r.IntN(10)], roots[r.IntN(10)], r.IntN(1_000_000)),
		version: fmt.Sprintf("%d.%d.%d", r.IntN(20), r.IntN(30), r.IntN(100)), licence: licences[r.IntN(5)], needs: r.IntN(n + 1),
	}
	m.id = fmt.Sprintf("SPDXRef-Package-%s-%s-%08x%06d", m.ecosystem, m.name, r.Uint32(), n)
	return m
}

func (m made) purl() string { return fmt.Sprintf("pkg:%s/%s@%s", m.ecosystem, m.name, m.version) }

// generateSPDX makes an SPDX 2.3 document with one relationship for each package.
func generateSPDX(size int) []byte {
	r := rand.New(rand.NewPCG(7, 11))
	var b bytes.Buffer
	b.WriteString(`{"spdxVersion":"SPDX-2.3","dataLicense":"CC0-1.0","SPDXID":"SPDXRef-DOCUMENT","name":"sbom","documentNamespace":"https://example.com/sbom",` +
		`"creationInfo":{"created":"2026-11-20T09:00:00Z","creators":["Tool: generator-1"]},"packages":[`)
	var all []made
	for b.Len() < size*3/4 {
		m := makePackage(r, len(all))
		if all = append(all, m); m.n > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"name":%q,"SPDXID":%q,"versionInfo":%q,"supplier":"Organization: Example","downloadLocation":"NOASSERTION","filesAnalyzed":false,`+
			`"licenseConcluded":"NOASSERTION","licenseDeclared":%q,"copyrightText":"NOASSERTION","externalRefs":[`+
			`{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":%q}]}`, m.name, m.id, m.version, m.licence, m.purl())
	}
	b.WriteString(`],"relationships":[`)
	for _, m := range all {
		if m.n > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"spdxElementId":%q,"relatedSpdxElement":%q,"relationshipType":"DEPENDS_ON"}`, m.id, all[m.needs].id)
	}
	b.WriteString(`]}`)
	return b.Bytes()
}

// generateCycloneDX makes a CycloneDX 1.6 document as syft writes it, with one dependency for each component.
func generateCycloneDX(size int) []byte {
	r := rand.New(rand.NewPCG(7, 11))
	var b bytes.Buffer
	b.WriteString(`{"$schema":"http://cyclonedx.org/schema/bom-1.6.schema.json","bomFormat":"CycloneDX","specVersion":"1.6",` +
		`"serialNumber":"urn:uuid:bcb64186-f90d-4b33-b588-2ef075d8007c","version":1,` +
		`"metadata":{"timestamp":"2026-11-20T09:00:00Z","component":{"bom-ref":"root","type":"container","name":"example"}},"components":[`)
	var all []made
	for b.Len() < size*3/4 {
		m := makePackage(r, len(all))
		if all = append(all, m); m.n > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"bom-ref":%q,"type":"library","name":%q,"version":%q,"licenses":[{"license":{"id":%q}}],"purl":%q,"properties":[`+
			`{"name":"syft:package:foundBy","value":"generator"},{"name":"syft:package:type","value":%q},`+
			`{"name":"syft:location:0:layerID","value":"sha256:70465473e8491e0ab471987b70465473e8491e0ab471987b70465473e8491e0a"}]}`,
			m.id, m.name, m.version, m.licence, m.purl(), m.ecosystem)
	}
	b.WriteString(`],"dependencies":[`)
	for _, m := range all {
		if m.n > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"ref":%q,"dependsOn":[%q]}`, m.id, all[m.needs].id)
	}
	b.WriteString(`]}`)
	return b.Bytes()
}
