package packages

// list is where in a document something is listed.
type list uint8

const (
	listNone          list = iota // the document itself
	listPackages                  // SPDX 2
	listFiles                     // SPDX 2
	listRelationships             // SPDX 2
	listGraph                     // SPDX 3
	listComponents                // CycloneDX, at the top or in a component
	listDescribed                 // CycloneDX, in the component that the document describes
	listServices                  // CycloneDX, at the top or in a service
	listDependencies              // CycloneDX
	listArtifacts                 // syft
	listArtifactEdges             // syft
	listText                      // SPDX 2, tag-value
	listLone                      // SPDX 3, no list: the document is one element
)

// lists are the lists of a document by their key, each with the format that has it.
var lists = map[string]struct {
	list   list
	format string
}{
	"packages":              {listPackages, "SPDX"},
	"files":                 {listFiles, "SPDX"},
	"relationships":         {listRelationships, "SPDX"},
	"@graph":                {listGraph, "SPDX"},
	"components":            {listComponents, "CycloneDX"},
	"services":              {listServices, "CycloneDX"},
	"dependencies":          {listDependencies, "CycloneDX"},
	"artifacts":             {listArtifacts, "syft"},
	"artifactRelationships": {listArtifactEdges, "syft"},
}

// step is the key of a list at the top of a document or in an element, as a path names it (gjson's syntax).
func (l list) step() string {
	switch l {
	case listPackages:
		return "packages"
	case listFiles:
		return "files"
	case listRelationships:
		return "relationships"
	case listGraph:
		return `\@graph`
	case listComponents:
		return "components"
	case listDescribed:
		return "metadata.component.components"
	case listServices:
		return "services"
	case listDependencies:
		return "dependencies"
	case listArtifacts:
		return "artifacts"
	case listArtifactEdges:
		return "artifactRelationships"
	case listNone, listText, listLone:
	}
	return ""
}
