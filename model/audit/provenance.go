package audit

import "github.com/attestree/attestree/model"

// readPackageClaim reads what the provenance section says of the package: source, and whether there are attestations and by
// which publisher.
func readPackageClaim(path string, provenance map[string]node, read *texts) (model.PackageClaim, error) {
	if len(provenance) == 0 {
		return model.PackageClaim{}, nil
	}
	c := model.PackageClaim{
		From: path, Repository: read.text(provenance, "repository_uri"), Ref: read.text(provenance, "repository_ref"),
	}
	c.Identity, c.Issuer = read.text(provenance, "signer_identity"), read.text(provenance, "cert_issuer")
	c.Runner, c.Sigstore = read.text(provenance, "runner_environment"), read.text(provenance, "sigstore_url")
	attestations, err := provenance["attestations"].optional("attestations")
	if err != nil {
		return c, err
	}
	if c.Available, err = said(attestations, "available"); err != nil {
		return c, err
	}
	if c.Verified, err = said(attestations, "verified"); err != nil {
		return c, err
	}
	publisher, err := attestations["publisher"].optional("publisher")
	if err != nil {
		return c, err
	}
	c.Publisher = model.Publisher{
		Kind: read.text(publisher, "kind"), Repository: read.text(publisher, "repository"), Workflow: read.text(publisher, "workflow"),
	}
	return c, nil
}

// said is a truth value that may be absent, which is not the same as false.
func said(members map[string]node, key string) (*bool, error) {
	n := members[key]
	if n.behind().empty() {
		return nil, nil
	}
	value, err := n.boolean(key)
	return &value, err
}
