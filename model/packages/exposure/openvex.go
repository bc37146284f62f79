package exposure

import (
	"cmp"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model/packages"
)

// readOpenVEX reads a VEX document (OpenVEX specification v0.2.0; in v0.0 vulnerabilities and products were mere texts).
func (r *Report) readOpenVEX(members map[string]gjson.Result) {
	written := members["timestamp"].String()
	each(members["statements"], func(s gjson.Result) {
		vulnerability := s.Get("vulnerability")
		c := claim{
			ids: texts(nil, vulnerability.Get("name")), status: Status(text(s, "status")), justification: text(s, "justification"),
			impact: text(s, "impact_statement"), action: text(s, "action_statement"), severity: packages.SeverityUnknown,
			at: when(cmp.Or(text(s, "last_updated"), text(s, "timestamp"), written)),
		}
		c.ids = texts(texts(c.ids, vulnerability), vulnerability.Get("aliases"))
		if id := text(vulnerability, `\@id`); id != "" { // a URL that ends with a name
			c.ids = texts(c.ids, gjson.Result{Type: gjson.String, Str: id[strings.LastIndexByte(id, '/')+1:]})
		}
		c.reasoned = c.status != NotAffected || c.justification != "" || c.impact != ""
		products := s.Get("products")
		c.everything = !products.IsArray() || products.Get("#").Int() == 0
		each(products, func(p gjson.Result) {
			if len(c.products) < maxWords*10 {
				c.products = append(c.products, readProduct(p))
			} else {
				r.Truncated = true
			}
		})
		r.addClaim(c)
	})
}

// readProduct reads a product (OpenVEX, "Product Data Structure") with its subcomponents.
func readProduct(p gjson.Result) product {
	out := product{names: identifiers(p)}
	if hashes := p.Get("hashes"); hashes.IsObject() {
		hashes.ForEach(func(algorithm, value gjson.Result) bool {
			name := strings.ReplaceAll(strings.ToLower(algorithm.String()), "-", "")
			out.digests = append(out.digests, name+":"+strings.ToLower(value.String()))
			return len(out.digests) < maxWords
		})
	}
	each(p.Get("subcomponents"), func(s gjson.Result) {
		if len(out.subcomponents) < maxWords*10 {
			out.subcomponents = append(out.subcomponents, identifiers(s))
		}
	})
	return out
}

// identifiers is what a product or subcomponent is called. Package URLs may stand in both places.
func identifiers(p gjson.Result) []identifier {
	return identify(texts(texts(texts(nil, p), p.Get(`\@id`)), p.Get("identifiers.purl")))
}
