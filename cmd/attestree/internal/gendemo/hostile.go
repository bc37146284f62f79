package main

import (
	"archive/zip"
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/oci"
)

// attacks is what a terminal, a layout or a reader's eyes can be tricked with, one of each kind. What asks a terminal to
// do something asks for OWNED: on the screen, in the title, in the clipboard (T1dORUQ=).
var attacks = []string{
	"\x00\x07\x08\x0b\x0c\x0e\x7f",     // C0 and DEL
	"\x1b[1;1HOWNED",                   // CSI: the cursor goes home
	"\u009b1;1HOWNED", "\x9b1;1HOWNED", // the same by C1, as UTF-8 and as a byte
	"\x1b]52;c;T1dORUQ=\x07", "\u009d52;c;T1dORUQ=\u009c", // OSC 52: the clipboard
	"\x1b]0;OWNED\x07", "\u009d0;OWNED\u009c", // OSC 0: the title
	"\x1b]8;;https://owned.example\x1b\\link\x1b]8;;\x1b\\",   // OSC 8: a link
	"\x1bPq#0;2;0;0;0\x1b\\", "\u0090q\u009c", "\x1b_G\x1b\\", // DCS and APC: pictures
	"\x1b[8mhidden\x1b[31m", "over\rOWNED\n\u0085\tnext", // SGR; ends of lines
	"\u202egnp.exe\u202c\u2066x\u2069", "pay\u200b\u200d\u2060\ufeff\u00adpal", // bidi, zero width
	"\U000e0041\U000e0042\U000e007f", "z" + strings.Repeat("\u0301", 60), // tags, a flood of accents
	"👩\u200d👩\u200d👧🏽🇩🇪1\ufe0f\u20e3", "\u3164\u2800\u00a0\u3000", // width that terminals disagree about, blanks
	"\xff\xfe\xed\xa0\x80", "\u0430ttestree", // no UTF-8; Cyrillic а
	"\x1b]52;c;T1dORUQ=", "\x1b", // unterminated, at the end
}

// hostile is a text that begins with what the field is and goes on with every attack.
func hostile(field string) string { return field + " " + strings.Join(attacks, "|") }

// valid is text without the bytes that are no UTF-8, for where the format takes none.
func valid(text string) string { return strings.ToValidUTF8(text, "") }

// longLine is how long a single line is, in bytes.
const longLine = 1 << 20

// evil is the hostile image under construction.
type evil struct{ *demo }

// generateHostile returns the hostile image: a layout in one archive, for it holds lines of a megabyte, and the root by
// which its signers are proven. What it says of itself is as wrong as the formats allow; its digests and signatures are
// right, so that everything is shown.
func generateHostile() map[string][]byte {
	e := evil{&demo{layout: newLayout(), sigstore: newSigstore(), releaseKey: newKey("release")}}
	e.sigstore.fulcio = newAuthority("hostile fulcio", valid(hostile("org")), valid(hostile("ca")), x509.ExtKeyUsageCodeSigning)
	e.index()
	e.signed()
	e.files()
	return map[string][]byte{"trusted_root.json": e.sigstore.trustedRoot(), "image.zip": packed(e.layout.files())}
}

// index makes the image: an index that says something hostile wherever it may say something.
func (e evil) index() {
	config := e.put(oci.TypeConfig, broken(marshal(map[string]any{
		"architecture": hostile("arch"), "os": hostile("os"), "author": hostile("author"), "created": rfc3339(created),
		"config": map[string]any{
			"Entrypoint": []string{hostile("run")},
			"Labels": map[string]string{
				hostile("label"): hostile("value"), "org.opencontainers.image.source": hostile("https://example.com"),
				"org.opencontainers.image.title": hostile("title"), "org.opencontainers.image.licenses": hostile("MIT"),
			},
		},
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{}},
	})))
	child := e.hostileManifest(oci.Manifest{Config: &config, Layers: []oci.Descriptor{e.put(typeLayer, archive(nil))}})
	child.Platform = &oci.Platform{Architecture: hostile("amd64"), OS: hostile("linux")}
	child.Annotations = notes("child")
	e.image.index = e.hostileManifest(oci.Manifest{MediaType: oci.TypeIndex, Manifests: []oci.Descriptor{child}})
	listed := named(e.image.index, tag)
	listed.Annotations[hostile("key")] = hostile("value")
	e.list = append(e.list, listed, named(e.image.index, hostile("tag")))
	e.image.amd64 = child
}

// notes are annotations that nothing good can be said of.
func notes(of string) map[string]string {
	return map[string]string{
		hostile("key"):                   hostile(of),
		"org.opencontainers.image.title": hostile(of), "org.opencontainers.image.created": hostile("2026"),
		"in-toto.io/predicate-type": hostile("type"), "dev.sigstore.bundle.predicateType": hostile("type"),
	}
}

// hostileManifest stores a manifest with hostile annotations, and with bytes that are no UTF-8.
func (e evil) hostileManifest(m oci.Manifest) oci.Descriptor {
	m.SchemaVersion, m.Annotations = 2, notes("manifest")
	if m.Subject == nil { // else lists of referrers would be too long to be read
		m.Annotations["long"] = strings.Repeat("long line ", longLine/10) + hostile("line")
	}
	if m.MediaType == "" {
		m.MediaType = oci.TypeManifest
	}
	return e.put(m.MediaType, broken(marshal(m)))
}

// signed attaches what is proven by certificates that say something hostile: cosign's signature, and statements.
func (e evil) signed() {
	at := signed
	for i, id := range hostileIdentities() {
		by := e.sigstore.keylessBy(e.sigstore.fulcio, id, fmt.Sprint("hostile ", i), at)
		e.refer(hostile("application/vnd.dev.sigstore.bundle"), marshal(e.sigstore.attest(by, cosignSigned(e.image.index), at.Add(time.Second))))
		for _, s := range [][]byte{
			about(e.image.index, hostile("name"), statementV1, typeProvenance, hostileProvenance()),
			about(e.image.index, hostile("name"), statementV01, hostile("https://example.com/type"), marshal(map[string]string{hostile("k"): hostile("v")})),
			about(e.image.index, hostile("name"), statementV01, typeCustom, marshal(map[string]string{"Data": strings.Repeat("one line ", longLine/9)})),
		} {
			e.refer(bundleType, marshal(e.sigstore.attest(by, s, at.Add(2*time.Second))))
		}
	}
	// A statement that is no UTF-8 is none, whoever signed it.
	by := e.sigstore.keylessBy(e.sigstore.fulcio, hostileIdentities()[0], "hostile bytes", at)
	refused := broken(about(e.image.index, hostile("name"), statementV1, typeProvenance, hostileProvenance()))
	e.refer(bundleType, marshal(e.sigstore.attest(by, refused, at.Add(2*time.Second))))
	// cosign's older form has the signature in an annotation, and more of them.
	claim := broken(marshal(map[string]any{
		"critical": map[string]any{
			"identity": map[string]string{"docker-reference": hostile("reference")},
			"image":    map[string]string{"docker-manifest-digest": e.image.index.Digest}, "type": "cosign container image signature",
		},
		"optional": map[string]string{hostile("key"): hostile("value")},
	}))
	layer := e.put(typeSimpleSigning, claim)
	layer.Annotations = notes("signature")
	layer.Annotations[cosignSignature] = "AAAA"
	layer.Annotations[cosignBundle] = hostile("{")
	m := e.hostileManifest(oci.Manifest{Config: e.empty(), Layers: []oci.Descriptor{layer}})
	e.list = append(e.list, named(m, "sha256-"+e.image.index.Hex()+".sig"))
}

// files attaches files with hostile names and types, and what is broken.
func (e evil) files() {
	for _, content := range []string{hostile("text"), strings.Repeat("x", longLine), hostile(`{"a":`), `{"a":"` + hostile("b") + `"}`} {
		e.refer(hostile("text/plain"), []byte(content))
	}
	e.list = append(e.list,
		oci.Descriptor{MediaType: hostile("type"), Digest: hostile("sha256:"), Size: 1},
		oci.Descriptor{MediaType: oci.TypeManifest, Digest: "sha256:" + strings.Repeat("0", 64), Size: 1, ArtifactType: hostile("gone"), Annotations: notes("gone")},
	)
}

// refer attaches one blob to the index.
func (e evil) refer(mediaType string, content []byte) {
	layer := e.put(mediaType, content)
	layer.Annotations = map[string]string{"org.opencontainers.image.title": hostile("../../file")}
	m := e.hostileManifest(oci.Manifest{ArtifactType: mediaType, Config: e.empty(), Layers: []oci.Descriptor{layer}, Subject: e.image.index.Bare()})
	m.ArtifactType = mediaType
	e.list = append(e.list, m)
}

// hostileIdentities are identities that a certificate authority would have to be out of its mind to certify. An e-mail
// address and a URI are ASCII; the name of Fulcio's issuer for names (OID 1.3.6.1.4.1.57264.1.7) is any text.
func hostileIdentities() []identity {
	var claims []claim
	for n := 1; n <= 22; n++ {
		if value := hostile(fmt.Sprint("claim", n)); n > 7 {
			claims = append(claims, claim{n, valid(value)})
		} else if n < 7 {
			claims = append(claims, claim{n, value})
		}
	}
	return []identity{
		{issuer: hostile("issuer"), otherName: valid(hostile("name")), extensions: claims},
		{issuer: hostile("issuer"), email: "owned\x1b]52;c;T1dORUQ=\x07\r\n\x1b[1;1H@example.com", extensions: claims},
		{issuer: githubIssuer, otherName: "https://github.com/\u0430ttestree/demo-server", extensions: []claim{{1, githubIssuer}, {8, githubIssuer}}},
	}
}

// hostileProvenance is the demo's provenance with every text made hostile.
func hostileProvenance() []byte {
	var v any
	if err := json.Unmarshal(predicate("provenance.json", map[string]string{"Digest": "sha256:00"}), &v); err != nil {
		panic(err)
	}
	return marshal(worse(v))
}

// worse is a JSON value whose every text goes on with the attacks.
func worse(v any) any {
	switch v := v.(type) {
	case string:
		return hostile(v)
	case []any:
		for i := range v {
			v[i] = worse(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = worse(v[k])
		}
	}
	return v
}

// broken puts bytes that are no UTF-8 into JSON, where encoding/json wrote replacement characters: readers take both.
func broken(document []byte) []byte {
	return bytes.ReplaceAll(document, []byte(`\ufffd`), []byte("\xff\x9b2J\x9d0;OWNED\x9c"))
}

// otherNameOID is Fulcio's type of a subject alternative name that is neither an address nor a URI.
var otherNameOID = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 57264, 1, 7}

// otherNameSAN is the extension for a name that is any text (RFC 5280 §4.2.1.6, fulcio docs/oid-info.md).
func otherNameSAN(name string) pkix.Extension {
	type otherName struct {
		ID    asn1.ObjectIdentifier
		Value string `asn1:"utf8,explicit,tag:0"`
	}
	inner := must(asn1.MarshalWithParams(otherName{otherNameOID, name}, "tag:0"))
	return pkix.Extension{
		Id: asn1.ObjectIdentifier{2, 5, 29, 17}, Critical: true, // a certificate without a subject must say it there
		Value: must(asn1.Marshal([]asn1.RawValue{{FullBytes: inner}})),
	}
}

// packed is files in one archive that is the same whenever it is made.
func packed(files map[string][]byte) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range sortedKeys(files) {
		f := must(w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate}))
		must(f.Write(files[name]))
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}
