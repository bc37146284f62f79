package predicate

import (
	"encoding/json"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// decodeCustom reads cosign's generic predicate (cosign, specs/COSIGN_PREDICATE_SPEC.md): the data is a string, which
// often holds JSON. A document in it is described, but the type says nothing of it: no policy finds it there.
//
// The summary holds timestamp and holds, the title of the document in the data.
func decodeCustom(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	data := unescape(str(r.Get("Data")))
	n := newNote("Custom attestation")
	document := model.SniffDocument([]byte(data))
	decode, known := documents[document]
	switch {
	case known:
		inner := decode([]byte(data), "")
		n.title = title("Custom attestation", inner.Title())
		n.say("Holds", "holds", inner.Title())
		n.fields = append(n.fields, inner.Fields()...)
		n.findings = inner.Findings()
	case json.Valid([]byte(data)):
		n.fields = append(n.fields, opaque("", []byte(data)).fields...)
	}
	if len(n.fields) == 0 {
		n.fields.add("Data", data)
		line, _, _ := strings.Cut(data, "\n")
		n.title = title("Custom attestation", line)
	}
	if !known {
		n.summary["holds"] = ""
	}
	n.say("Written", "timestamp", text(r, "Timestamp"))
	n.date("Timestamp", text(r, "Timestamp"))
	return n
}

// unescape is the text in a JSON string in a text, and in one in that: some producers escape twice.
func unescape(s string) string {
	for range maxEscapes {
		trimmed := strings.TrimSpace(s)
		if !strings.HasPrefix(trimmed, `"`) || !json.Valid([]byte(trimmed)) {
			break
		}
		s = gjson.Parse(trimmed).String()
	}
	return s
}

// maxEscapes is how often a document is looked for inside a string inside a string.
const maxEscapes = 3
