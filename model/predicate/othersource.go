package predicate

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// otherSources are the git repositories among the dependencies of a build beside its source, one a line, as
// "https://host/o/r@commit": a Tekton pipeline is often kept elsewhere than what it builds, and which of the two is
// called the source differs between versions.
func (p *Provenance) otherSources(dependencies gjson.Result) {
	var lines []string
	eachOf(dependencies, func(dependency gjson.Result) {
		uri := text(dependency, "uri")
		repository, _ := splitGit(uri)
		if !strings.HasPrefix(uri, "git+") || repository == p.Repository || len(lines) == maxList {
			return
		}
		if hash := commit(dependency.Get("digest")); hash != "" {
			repository += "@" + hash
		}
		if repository = clip(repository, maxField); !slices.Contains(lines, repository) {
			lines = append(lines, repository)
		}
	})
	p.OtherSources = strings.Join(lines, "\n")
}
