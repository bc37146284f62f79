package predicate

import (
	"net/url"
	"strings"

	"github.com/tidwall/gjson"
)

// helpers are the names of images that BuildKit runs to build, wherever they are mirrored: they leave nothing in the
// result.
var helpers = map[string]bool{
	"dockerfile": true, "dockerfile-upstream": true, "buildkit-syft-scanner": true, "syft-scanner": true, "scout-sbom-indexer": true,
}

// baseImages are the container images among the dependencies of a build, one a line, as "name:tag@sha256:…": those that
// it started from or copied out of. Nothing in a provenance tells the two apart.
func baseImages(dependencies gjson.Result) string {
	var lines []string
	seen := map[string]bool{}
	eachOf(dependencies, func(dependency gjson.Result) {
		image := imageOf(text(dependency, "uri"))
		if image == "" {
			return
		}
		if hash := text(dependency, "digest.sha256"); hash != "" {
			image += "@sha256:" + hash
		}
		if image = clip(image, maxField); !seen[image] && len(lines) < maxList {
			seen[image] = true
			lines = append(lines, image)
		}
	})
	return strings.Join(lines, "\n")
}

// imageOf is the image that a package URL names (package-url, types docker and oci), "" if it names none.
func imageOf(purl string) string {
	rest, docker := strings.CutPrefix(purl, "pkg:docker/")
	if !docker {
		var oci bool
		if rest, oci = strings.CutPrefix(purl, "pkg:oci/"); !oci {
			return ""
		}
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, qualifiers, _ := strings.Cut(rest, "?")
	name, version, tagged := strings.Cut(rest, "@")
	name, version = unescaped(name), unescaped(version)
	if helpers[name[strings.LastIndex(name, "/")+1:]] {
		return ""
	}
	if values, err := url.ParseQuery(qualifiers); err == nil && !docker {
		if repository := values.Get("repository_url"); repository != "" {
			name = repository
		}
		version = values.Get("tag")
		tagged = version != ""
	}
	if tagged && version != "" && !strings.HasPrefix(version, "sha256:") {
		name += ":" + version
	}
	return strings.Join(strings.Fields(name), " ")
}

func unescaped(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}
