package main

// expectation is what a reader ought to be told about one node of the demo.
type expectation struct {
	Name          string `json:"name"` // ours, for tests and people
	ID            string `json:"id"`
	Parent        string `json:"parent,omitempty"` // ID of the node that it hangs on
	Kind          string `json:"kind"`
	Format        string `json:"format,omitempty"`
	Platform      string `json:"platform,omitempty"`
	PredicateType string `json:"predicateType,omitempty"`
	Found         string `json:"found"` // one way in which it is found
	Verdict       string `json:"verdict"`
	Check         string `json:"check,omitempty"`    // the first that fails, or else the first required one that cannot be made
	Coverage      string `json:"coverage,omitempty"` // where the verdict is covered
	Signer        string `json:"signer,omitempty"`   // the trusted signer who is proven to have signed, by name
	Lesson        string `json:"lesson"`             // what there is to learn from it
}

// The words of the JSON contract that the demo uses.
const (
	trusted      = "trusted"
	untrusted    = "untrusted"
	covered      = "covered"
	unsigned     = "unsigned"
	invalid      = "invalid"
	unverifiable = "unverifiable"
	unavailable  = "unavailable"

	kindSignature   = "signature"
	kindAttestation = "attestation"
	kindSBOM        = "sbom"
	kindArtifact    = "artifact"

	viaSubject   = "file" // by its subject, as nothing else lists it
	viaFallback  = "referrers-tag"
	viaTag       = "cosign-tag"
	viaBuildKit  = "buildkit"
	viaChild     = "index-child"
	signRelease  = "release-workflow"
	signKey      = "release-key"
	signReviewer = "security-team"
)

// expect notes what the node with that ID is expected to be.
func (d *demo) expect(id, parent string, e expectation) {
	e.ID, e.Parent = id, parent
	d.expected = append(d.expected, e)
}
