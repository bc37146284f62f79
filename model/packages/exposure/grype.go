package exposure

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model/packages"
)

// readGrype reads Grype's own report (Grype, schema/grype/json). What it was told to ignore is not in matches.
func (r *Report) readGrype(matches gjson.Result) {
	each(matches, func(match gjson.Result) {
		vulnerability, artifact := match.Get("vulnerability"), match.Get("artifact")
		ids := texts(nil, vulnerability.Get("id"))
		each(match.Get("relatedVulnerabilities"), func(other gjson.Result) { ids = texts(ids, other.Get("id")) })
		r.add(found{
			ids: ids, severity: packages.ParseSeverity(text(vulnerability, "severity")), title: text(vulnerability, "description"),
			fixedIn: strings.Join(texts(nil, vulnerability.Get("fix.versions")), ", "), purl: text(artifact, "purl"),
			name: text(artifact, "name"), version: text(artifact, "version"), kind: purlTypeOf(text(artifact, "type")),
		})
	})
}
