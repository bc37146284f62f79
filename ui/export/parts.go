package export

import (
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/content"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
)

// partsOf are the parts that a node has.
func partsOf(e *model.Entry) []item {
	var out []item
	add := func(part Part, name safe.Text, says string, bytes []byte, ending string) {
		if len(bytes) > 0 {
			out = append(out, item{part, name, says + ", " + phrase.Bytes(int64(len(bytes))), fileName(e, part) + ending})
		}
	}
	if e.Attestation != nil {
		add(Payload, safe.Const("payload"), "What was signed", e.Attestation.Payload, ending(e.Attestation.Payload))
	}
	raw := content.Raw(e)
	name, says := safe.Const("raw bytes"), "The bytes as the registry has them"
	if e.Node.Format == model.FormatBundle {
		name, says = safe.Const("Sigstore bundle"), "Its exact bytes, as the registry has them"
	}
	add(Raw, name, says, raw.Bytes, ending(raw.Bytes))
	if e.Node.Blob.Digest != "" {
		add(Manifest, safe.Const("manifest"), "The manifest that names it", e.Node.Raw, ".json")
	}
	if r := e.Report; r != nil && (certified(r.Signer) || certified(r.Claimed)) {
		out = append(out, item{Certificate, safe.Const("certificate"), "The certificate that it was signed with, as PEM", fileName(e, Certificate) + ".pem"})
	}
	if model.Convertible(e.Node) {
		out = append(out, item{Bundle, safe.Const("Sigstore bundle"), "The same signature with its certificate and log entry, in the form that today's tools read", fileName(e, Bundle) + ".json"})
	}
	return append(out, item{Node, safe.Const("node as JSON"), "What is known of it and of all below it, as in the JSON report", fileName(e, Node) + ".json"})
}

func certified(s *model.Signer) bool { return s != nil && s.Kind != model.SignerKey }

// several are the parts of several nodes: each has them or is left out.
func several(n int) []item {
	of := safe.Format("of each of the %s marked nodes, in a new folder", safe.Int(n)).String()
	return []item{
		{Payload, safe.Const("payloads"), "What was signed, " + of, "payloads"},
		{Raw, safe.Const("raw bytes"), "The bytes as the registry has them, " + of, "raw"},
		{Manifest, safe.Const("manifests"), "The manifests, " + of, "manifests"},
		{Certificate, safe.Const("certificates"), "The certificates, as PEM, " + of, "certificates"},
		{Bundle, safe.Const("Sigstore bundles"), "Of what is stored in the older way of cosign, as Sigstore bundles, " + of, "bundles"},
		{Node, safe.Const("nodes as JSON"), safe.Format("What is known of the %s marked nodes, as in the JSON report, in one file", safe.Int(n)).String(), "nodes.json"},
	}
}

// fileName proposes a name that only we choose: nothing attested is in it.
func fileName(e *model.Entry, part Part) string {
	what := string(e.Node.Kind)
	if f := model.EntryFamily(e); f != "" && f != model.FamilyOther {
		what = string(f)
	}
	return strings.Trim(what, "-") + "-" + shortHex(e.Node.Digest) + "-" + string(part)
}

func shortHex(d model.Digest) string {
	hex := d.Hex()
	for _, c := range hex {
		if !strings.ContainsRune("0123456789abcdef", c) {
			return "unnamed"
		}
	}
	return hex[:min(len(hex), 12)]
}

// ending is how the name of a file with these bytes ends.
func ending(b []byte) string {
	switch head := strings.TrimLeft(string(b[:min(len(b), 64)]), " \t\r\n"); {
	case strings.HasPrefix(head, "{"), strings.HasPrefix(head, "["):
		return ".json"
	case content.IsText(b):
		return ".txt"
	}
	return ".bin"
}
