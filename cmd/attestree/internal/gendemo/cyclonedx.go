package main

import "slices"

type cdxLicense struct {
	License struct {
		ID string `json:"id"`
	} `json:"license"`
}

type cdxComponent struct {
	Type     string       `json:"type"`
	Ref      string       `json:"bom-ref"`
	Name     string       `json:"name"`
	Version  string       `json:"version"`
	Licenses []cdxLicense `json:"licenses,omitempty"`
	PURL     string       `json:"purl,omitempty"`
}

type cdxDependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn,omitempty"`
}

// cyclonedx is a CycloneDX 1.6 document that lists the packages of the image.
func cyclonedx(list []pkg) []byte {
	type tools struct {
		Components []cdxComponent `json:"components"`
	}
	type metadata struct {
		Timestamp string       `json:"timestamp"`
		Tools     tools        `json:"tools"`
		Component cdxComponent `json:"component"`
	}
	purls := map[string]string{}
	for _, p := range list {
		purls[p.name] = p.purl()
	}
	image := cdxComponent{Type: "container", Ref: repository, Name: repository, Version: tag}
	var components []cdxComponent
	dependencies := []cdxDependency{{Ref: repository, DependsOn: []string{purls["@attestree/demo-server"], purls["busybox"]}}}
	for _, p := range list {
		c := cdxComponent{Type: "library", Ref: p.purl(), Name: p.name, Version: p.version, PURL: p.purl()}
		c.Licenses = make([]cdxLicense, 1)
		c.Licenses[0].License.ID = p.license
		components = append(components, c)
		d := cdxDependency{Ref: p.purl()}
		for _, n := range p.needs {
			d.DependsOn = append(d.DependsOn, purls[n])
		}
		slices.Sort(d.DependsOn)
		dependencies = append(dependencies, d)
	}
	return marshal(struct {
		Format       string          `json:"bomFormat"`
		SpecVersion  string          `json:"specVersion"`
		Serial       string          `json:"serialNumber"`
		Version      int             `json:"version"`
		Metadata     metadata        `json:"metadata"`
		Components   []cdxComponent  `json:"components"`
		Dependencies []cdxDependency `json:"dependencies"`
	}{
		Format: "CycloneDX", SpecVersion: "1.6", Serial: "urn:uuid:6f1c2f0e-7b0a-4c55-9d6e-2d1a0c9b7e42", Version: 1,
		Metadata: metadata{
			Timestamp: rfc3339(created), Component: image,
			Tools: tools{[]cdxComponent{{Type: "application", Ref: "cdxgen", Name: "cdxgen", Version: "11.4.0"}}},
		},
		Components: components, Dependencies: dependencies,
	})
}
