package exposure

import (
	"slices"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model/packages"
)

// readOSV reads OSV-Scanner's report (google.github.io/osv-scanner, output).
func (r *Report) readOSV(results gjson.Result) {
	each(results, func(result gjson.Result) {
		each(result.Get("packages"), func(pack gjson.Result) {
			groups := pack.Get("groups")
			each(pack.Get("vulnerabilities"), func(one gjson.Result) {
				f := found{
					ids: texts(texts(nil, one.Get("id")), one.Get("aliases")), title: text(one, "summary"),
					severity: packages.ParseSeverity(text(one, "database_specific.severity")),
					name:     text(pack, "package.name"), version: text(pack, "package.version"),
					kind: purlTypeOf(text(pack, "package.ecosystem")), purl: text(pack, "package.purl"),
				}
				each(groups, func(group gjson.Result) {
					if names := texts(nil, group.Get("ids")); slices.Contains(names, f.ids0()) {
						f.ids = texts(f.ids, group.Get("aliases"))
						f.severity = max(f.severity, score(group.Get("max_severity")))
					}
				})
				r.add(f)
			})
		})
	})
}

// ids0 is the name of the vulnerability, "" if it has none.
func (f *found) ids0() string {
	if len(f.ids) == 0 {
		return ""
	}
	return f.ids[0]
}
