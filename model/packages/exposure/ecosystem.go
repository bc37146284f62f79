package exposure

import "strings"

// ecosystems are the types of package URLs by what scanners call them (Trivy, pkg/fanal/types; Grype, syft's package
// types; OSV, "Defined ecosystems").
var ecosystems = map[string]string{
	"npm": "npm", "yarn": "npm", "pnpm": "npm", "bun": "npm", "node-pkg": "npm",
	"gobinary": "golang", "gomod": "golang", "go-module": "golang", "go": "golang",
	"pip": "pypi", "pipenv": "pypi", "poetry": "pypi", "uv": "pypi", "python-pkg": "pypi", "python": "pypi", "pypi": "pypi",
	"jar": "maven", "pom": "maven", "gradle": "maven", "java-archive": "maven", "maven": "maven",
	"debian": "deb", "ubuntu": "deb", "deb": "deb",
	"alpine": "apk", "wolfi": "apk", "chainguard": "apk", "apk": "apk",
	"redhat": "rpm", "red hat": "rpm", "centos": "rpm", "rocky": "rpm", "rocky linux": "rpm", "alma": "rpm", "almalinux": "rpm", "amazon": "rpm",
	"oracle": "rpm", "fedora": "rpm", "photon": "rpm", "cbl-mariner": "rpm", "azurelinux": "rpm", "rpm": "rpm",
	"bundler": "gem", "gemspec": "gem", "gem": "gem", "rubygems": "gem",
	"cargo": "cargo", "rustbinary": "cargo", "rust-crate": "cargo", "crates.io": "cargo",
	"composer": "composer", "composer-vendor": "composer", "php-composer": "composer", "packagist": "composer",
	"nuget": "nuget", "dotnet-core": "nuget", "dotnet": "nuget",
}

// purlTypeOf is the type of package URLs that a scanner's word stands for, "" if it is not known. OSV adds a release:
// "Debian:12".
func purlTypeOf(word string) string {
	name, _, _ := strings.Cut(strings.ToLower(word), ":")
	return ecosystems[name]
}

// direct are the types of package URLs that follow from a name alone. Those of distributions need to know which.
var direct = map[string]bool{"npm": true, "golang": true, "pypi": true, "gem": true, "cargo": true, "nuget": true, "composer": true}
