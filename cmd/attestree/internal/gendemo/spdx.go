package main

import (
	"slices"
	"strings"
)

type spdxRef struct {
	Category string `json:"referenceCategory"`
	Type     string `json:"referenceType"`
	Locator  string `json:"referenceLocator"`
}

type spdxPackage struct {
	Name     string    `json:"name"`
	ID       string    `json:"SPDXID"`
	Version  string    `json:"versionInfo"`
	Supplier string    `json:"supplier"`
	Download string    `json:"downloadLocation"`
	Analyzed bool      `json:"filesAnalyzed"`
	Declared string    `json:"licenseDeclared"`
	Conclude string    `json:"licenseConcluded"`
	Copying  string    `json:"copyrightText"`
	Purpose  string    `json:"primaryPackagePurpose,omitempty"`
	Refs     []spdxRef `json:"externalRefs,omitempty"`
}

type spdxRelation struct {
	From string `json:"spdxElementId"`
	To   string `json:"relatedSpdxElement"`
	Type string `json:"relationshipType"`
}

// spdx is an SPDX 2.3 document that lists the packages of one platform of the given version of the image.
func spdx(version, arch string, list []pkg) []byte {
	type creation struct {
		Created  string   `json:"created"`
		Creators []string `json:"creators"`
	}
	const image = "SPDXRef-Image"
	all := []spdxPackage{{
		Name: repository, ID: image, Version: version, Supplier: "NOASSERTION", Download: "NOASSERTION",
		Declared: "Apache-2.0", Conclude: "NOASSERTION", Copying: "NOASSERTION", Purpose: "CONTAINER",
	}}
	relations := []spdxRelation{{"SPDXRef-DOCUMENT", image, "DESCRIBES"}}
	for _, p := range list {
		all = append(all, spdxPackage{
			Name: p.name, ID: spdxID(p.name), Version: p.version, Supplier: "NOASSERTION", Download: "NOASSERTION",
			Declared: p.license, Conclude: "NOASSERTION", Copying: "NOASSERTION",
			Refs: []spdxRef{{"PACKAGE-MANAGER", "purl", p.purl()}},
		})
		relations = append(relations, spdxRelation{image, spdxID(p.name), "CONTAINS"})
		for _, n := range p.needs {
			if slices.ContainsFunc(list, func(other pkg) bool { return other.name == n }) {
				relations = append(relations, spdxRelation{spdxID(p.name), spdxID(n), "DEPENDS_ON"})
			}
		}
	}
	return marshal(struct {
		SPDXVersion   string         `json:"spdxVersion"`
		DataLicense   string         `json:"dataLicense"`
		ID            string         `json:"SPDXID"`
		Name          string         `json:"name"`
		Namespace     string         `json:"documentNamespace"`
		Creation      creation       `json:"creationInfo"`
		Packages      []spdxPackage  `json:"packages"`
		Relationships []spdxRelation `json:"relationships"`
	}{
		SPDXVersion: "SPDX-2.3", DataLicense: "CC0-1.0", ID: "SPDXRef-DOCUMENT", Name: "demo-server-" + version,
		Namespace: "https://sbom.attestree.example/demo-server/" + version + "/linux-" + arch,
		Creation:  creation{rfc3339(created), []string{"Organization: attestree demo", "Tool: buildkit-v0.33.0"}},
		Packages:  all, Relationships: relations,
	})
}

func spdxID(name string) string {
	return "SPDXRef-Package-" + strings.NewReplacer("@", "", "/", "-", "+", "-", "_", "-").Replace(name)
}
