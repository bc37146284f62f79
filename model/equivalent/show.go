package equivalent

import (
	"bytes"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// crane begins its commands. What it has for plain HTTP and for any certificate is one and the same.
func (m *maker) crane() word {
	if m.ctx.PlainHTTP || m.ctx.AnyCertificate {
		return ours("crane --insecure")
	}
	return ours("crane")
}

func (m *maker) orasFlags() word { return m.transport("--plain-http", "--insecure") }

func (m *maker) regctl() []word {
	setting := m.transport(",tls=disabled", ",tls=insecure")
	if setting.text == "" {
		return []word{ours("regctl")}
	}
	host, _, _ := strings.Cut(m.repo, "/")
	return []word{ours("regctl --host"), quoted("reg=" + host + setting.text)}
}

// transport is what a program has to be told of how the registry is spoken to: that it is by plain HTTP, or that any
// certificate will do; nothing for what is usual.
func (m *maker) transport(plain, anyCertificate string) word {
	switch {
	case m.ctx.PlainHTTP:
		return ours(plain)
	case m.ctx.AnyCertificate:
		return ours(anyCertificate)
	}
	return ours("")
}

// image shows the manifest of an image and what hangs on it.
func (m *maker) image() {
	d := m.entry.Node.Digest
	m.add("crane", Show, "the manifest", "", m.crane(), ours("manifest"), m.at(d), ours("| jq ."))
	m.add("oras", Show, "referrers", "lists what the registry says of each, and neither cosign's tags nor BuildKit's manifests",
		ours("oras discover"), m.orasFlags(), m.at(d))
	m.add("regctl", Show, "referrers", "", append(m.regctl(), ours("artifact tree"), m.at(d))...)
	note := "since v3.0.3 it lists referrers; never what hangs on a platform"
	m.add("cosign", Show, "attached by cosign", note, ours("cosign tree"), m.cosignFlags(), m.at(d))
	if m.tagged(d) {
		m.add("crane", Show, "cosign's tags", "", m.crane(), ours("ls"), quoted(m.repo), ours("| grep"), quoted(d.Algorithm()+"-"+d.Hex()))
	}
}

// tagged reports whether something was found under one of cosign's tags of a digest.
func (m *maker) tagged(d model.Digest) bool {
	return slices.ContainsFunc(m.tree.Lookups, func(l model.Lookup) bool {
		switch l.Mechanism {
		case model.MechanismCosignSig, model.MechanismCosignAtt, model.MechanismCosignSBOM:
			return l.Subject == d && l.Status == model.LookupFound
		default:
			return false
		}
	})
}

// shown shows the bytes of what is attached, from where they are kept.
func (m *maker) shown() {
	n := m.entry.Node
	manifest := n.Digest
	if n.Manifest != "" {
		manifest = n.Manifest
	}
	if n.Raw != nil {
		m.add("crane", Show, "the manifest", "", m.crane(), ours("manifest"), m.at(manifest), ours("| jq ."))
		m.add("oras", Show, "the manifest", "", ours("oras manifest fetch --pretty"), m.orasFlags(), m.at(manifest))
	}
	if n.Blob.Digest == "" {
		return
	}
	blob := []word{m.crane(), ours("blob"), m.at(n.Blob.Digest)}
	m.add("crane", Show, "the exact bytes", "", blob...)
	m.add("oras", Show, "the exact bytes", "", ours("oras blob fetch --output -"), m.orasFlags(), m.at(n.Blob.Digest))
	m.add("regctl", Show, "the exact bytes", "", append(m.regctl(), ours("blob get"), quoted(m.repo), quoted(string(n.Blob.Digest)))...)
	if decode := payloadFilter(n.Format); decode != "" && looksLikeJSON(m.entry.Blob) {
		m.add("jq", Decode, "the payload", "", append(slices.Clone(blob), ours(decode))...)
	}
}

// looksLikeJSON tells JSON from SPDX's text form and the like.
func looksLikeJSON(blob []byte) bool {
	blob = bytes.TrimLeft(blob, " \t\r\n")
	return len(blob) > 0 && (blob[0] == '{' || blob[0] == '[')
}

// payloadFilter is what makes the payload of what crane prints.
func payloadFilter(f model.Format) string {
	switch f {
	case model.FormatBundle:
		return "| jq -r .dsseEnvelope.payload | base64 -d | jq ."
	case model.FormatDSSE:
		return "| jq -r .payload | base64 -d | jq ."
	case model.FormatSimpleSigning, model.FormatStatement, model.FormatDocument:
		return "| jq ."
	case model.FormatNotationJWS:
		return `| jq -r '.payload | gsub("-";"+") | gsub("_";"/") | @base64d' | jq .`
	case model.FormatNone, model.FormatNotationCOSE, model.FormatOpaque, model.FormatRegistrySignature:
	}
	return ""
}
