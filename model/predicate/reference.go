package predicate

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// decodeReference reads references to documents that are kept elsewhere (attestation spec, predicates/reference.md).
//
// The summary holds attesterId and references, a list of downloadLocation, mediaType and digest.
func decodeReference(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	references := r.Get("references")
	n := newNote("Reference", model.Counted(length(references), "document"))
	listed, loose := []any{}, 0
	eachOf(references, func(reference gjson.Result) {
		d := resource(reference)
		if d.Digests == "" {
			loose++
		}
		if len(listed) == maxList {
			return
		}
		location := text(reference, "downloadLocation")
		lines := []string{first(location, first(d.URI, d.Name)), d.MediaType, d.Digests}
		n.fields.add("Document", strings.TrimSpace(strings.ReplaceAll(strings.Join(lines, "\n"), "\n\n", "\n")))
		listed = append(listed, map[string]any{"downloadLocation": location, "mediaType": d.MediaType, "digest": d.Digests})
	})
	n.summary["references"] = listed
	n.say("Attester", "attesterId", text(r, "attester.id"))
	if len(listed) == 0 {
		n.warn("no-references", "it refers to no document, or not in a list: look at references")
	}
	if loose > 0 {
		n.warn("reference-without-digest", model.Counted(loose, "document")+" named without a digest, so that anybody can exchange "+
			"what is there: look at references[].digest")
	}
	return n
}
