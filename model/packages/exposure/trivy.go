package exposure

import (
	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model/packages"
)

// readTrivy reads Trivy's own report (Trivy, pkg/types/report).
func (r *Report) readTrivy(results gjson.Result) {
	each(results, func(target gjson.Result) {
		kind := purlTypeOf(text(target, "Type"))
		each(target.Get("Vulnerabilities"), func(one gjson.Result) {
			r.add(found{
				ids: texts(texts(nil, one.Get("VulnerabilityID")), one.Get("VendorIDs")), severity: packages.ParseSeverity(text(one, "Severity")),
				title: text(one, "Title"), fixedIn: text(one, "FixedVersion"), purl: text(one, "PkgIdentifier.PURL"),
				name: text(one, "PkgName"), version: text(one, "InstalledVersion"), kind: kind,
			})
		})
	})
}
