// Package testdata holds the demo image: an OCI layout with everything that can be attached to an image, and whom the
// demo believes. `attestree demo` shows it and tests are held against it. It is data; there is no logic here.
//
// cmd/attestree/internal/gendemo writes the folder demo, with keys that everybody has: trust in them must never reach
// beyond the demo.
package testdata

import "embed"

// Demo is the demo image: an OCI image layout in DemoLayout.
//
//go:embed demo/layout
var Demo embed.FS

// DemoLayout is the folder of the layout in Demo. DemoReference is the tag that it is for, DemoTag that tag's name in
// the layout, demoRepository the repository that its signatures name. The repository does not exist.
const (
	DemoLayout     = "demo/layout"
	demoRepository = "demo.attestree.example/demo-server"
	DemoTag        = "1.4.0"
	DemoReference  = demoRepository + ":" + DemoTag
)

// DemoTrustedRoot is the demo's own Sigstore trusted root, in JSON: a certificate authority, a certificate
// transparency log, a Rekor v1 log and a timestamp authority.
//
//go:embed demo/trusted_root.json
var DemoTrustedRoot []byte

// DemoReleaseKey is a public key in PEM.
//
//go:embed demo/release.pub
var DemoReleaseKey []byte

// DemoPackage and DemoPackageAttestations are what the npm registry of the demo's package answers about it, and
// DemoPackageKeys the keys that it signs with, in JSON.
//
//go:embed packages/npm/history.json
var DemoPackage []byte

// DemoPackageAttestations are the attestations of DemoPackage.
//
//go:embed packages/npm/attestations.json
var DemoPackageAttestations []byte

// DemoPackageKeys are the registry's signing keys.
//
//go:embed packages/npm-keys.json
var DemoPackageKeys []byte

// DemoExpected says for each node of the demo what verdict it deserves, which check decides and what there is to learn
// from it: a JSON array of objects with name, id, parent, kind, format, platform, predicateType, found, verdict, check,
// coverage, signer and lesson.
//
//go:embed demo/EXPECTED.json
var DemoExpected []byte

// Signer is somebody whom the demo trusts, known either by Issuer and Subject of a certificate or by Key.
type Signer struct {
	Name             string
	Issuer           string   // exact
	Subject          string   // exact
	SourceRepository string   // of the certificate, "" if it has none
	Key              []byte   // PEM
	For              []string // families as in model.Family; empty for everything
}

// DemoSigners are all whom the demo trusts.
var DemoSigners = []Signer{
	{
		Name: "release-workflow", Issuer: "https://token.actions.githubusercontent.com",
		Subject:          "https://github.com/attestree/demo-server/.github/workflows/release.yml@refs/heads/main",
		SourceRepository: "https://github.com/attestree/demo-server",
	},
	{Name: "release-key", Key: DemoReleaseKey, For: []string{"signature", "sbom"}},
	{
		Name: "security-team", Issuer: "https://login.attestree.example", Subject: "security@attestree.example",
		For: []string{"vex"},
	},
}
