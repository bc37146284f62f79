package model

import "strings"

// claimFindings compare a specification's provenance section with what is so.
func claimFindings(p *Package, ev packageEvidence, add adder) {
	c := p.Claim
	switch yes, said := truth(c.Available); {
	case yes && ev.attestations == 0 && ev.incomplete == "":
		add("spec-attestations-missing", SeverityError, "%s says that attestations are available, but there are none", c.From)
	case said && !yes && ev.attestations > 0:
		add("spec-attestations-unmentioned", SeverityWarning, "%s says that no attestations are available, but there are", c.From)
	case !said && ev.attestations > 0:
		add("spec-attestations-unmentioned", SeverityInfo, "%s does not say that attestations are available, but they are", c.From)
	}
	if yes, _ := truth(c.Verified); yes && ev.verified == 0 && ev.incomplete == "" {
		add("spec-attestations-unverified", SeverityError, "%s says that the attestations are verified, but here none could be", c.From)
	}
	if c.Repository != "" && len(ev.proven) == 0 && p.Repository != "" && !SameRepository(c.Repository, p.Repository) {
		add("spec-repository-mismatch", SeverityWarning, "%s says that its source is %s, the package's own metadata says %s; neither is proven", c.From, c.Repository, p.Repository)
	}
	for _, proof := range ev.proven {
		o := proof.proven()
		if c.Repository != "" && o.Repository != "" && !SameRepository(c.Repository, o.Repository) {
			add("spec-repository-mismatch", SeverityError, "%s says that its source is %s, its attestations prove that it was published from %s", c.From, c.Repository, o.Repository)
		} else if c.Ref != "" && o.Ref != "" && !o.at(c.Ref) {
			add("spec-ref-mismatch", SeverityWarning, "%s names %s, its attestations prove that it was published from %s", c.From, c.Ref, o.Ref)
		}
		c.whoFindings(proof.Report.Signer, add)
	}
	c.instanceFindings(ev, add)
	if !c.Publisher.Zero() && len(ev.proven) == 0 && ev.incomplete == "" {
		add("spec-publisher-unproven", SeverityWarning, "%s names the publisher %s, but no attestation proves who published", c.From, c.Publisher)
	}
	if who := first(c.Identity, c.Issuer); who != "" && len(ev.proven) == 0 && ev.incomplete == "" {
		add("spec-signer-unproven", SeverityWarning, "%s names the signer %s, but no attestation proves who published", c.From, who)
	}
}

// whoFindings compare whom a specification names with a certificate.
func (c *PackageClaim) whoFindings(s *Signer, add adder) {
	if !c.Publisher.Zero() {
		for _, why := range c.Publisher.differs(s) {
			add("spec-publisher-mismatch", SeverityError, "%s names another publisher than the certificate: %s", c.From, why)
		}
		if kind := c.Publisher.Kind; kind != "" && publisherIssuers[strings.ToLower(kind)] == "" {
			add("spec-publisher-unknown", SeverityWarning, "%s names a publisher of the kind %s, which is not known: who issued the identity was not compared", c.From, kind)
		}
	}
	mismatch := func(what, named, proven string) {
		add("spec-signer-mismatch", SeverityError, "%s names another signer than the certificate: %s %s, while it is %s", c.From, what, named, proven)
	}
	if c.Identity != "" && !sameIdentity(s, c.Identity) {
		mismatch("identity", c.Identity, s.Subject)
	}
	if c.Issuer != "" && strings.TrimRight(c.Issuer, "/") != strings.TrimRight(s.Issuer, "/") {
		mismatch("issuer", c.Issuer, s.Issuer)
	}
	if c.Runner != "" && c.Runner != s.Extension("runnerEnvironment") {
		mismatch("runner", c.Runner, first(s.Extension("runnerEnvironment"), "not said"))
	}
}

// instances are the trusted roots that TUF repositories of Sigstore instances publish.
var instances = map[string]string{"tuf-repo-cdn.sigstore.dev": "public-good", "tuf-repo.github.com": "github"}

// instanceFindings compare the Sigstore instance that a specification names with the trusted roots under which its
// attestations were verified. What cannot be compared is said: that nothing differs would be heard otherwise.
func (c *PackageClaim) instanceFindings(ev packageEvidence, add adder) {
	if c.Sigstore == "" {
		return
	}
	_, host, schemed := strings.Cut(c.Sigstore, "://")
	if !schemed {
		host = c.Sigstore
	}
	host, _, _ = strings.Cut(host, "/")
	root := instances[strings.ToLower(host)]
	if root == "" || len(ev.proven) == 0 {
		why := "no attestation proves who published"
		if root == "" {
			why = "its trusted root is not known by that name"
		}
		add("spec-sigstore-unchecked", SeverityWarning, "%s names the Sigstore instance %s (sigstore_url), which was compared with nothing: %s", c.From, c.Sigstore, why)
		return
	}
	for _, proof := range ev.proven {
		switch under := proof.Report.TrustRoot; under {
		case root:
		case "public-good", "github":
			add("spec-sigstore-mismatch", SeverityError, "%s names the Sigstore instance %s (sigstore_url), an attestation is by that of the trusted root %s", c.From, c.Sigstore, under)
		default:
			add("spec-sigstore-unchecked", SeverityWarning, "%s names the Sigstore instance %s (sigstore_url), which was compared with nothing: an attestation was verified with the trusted root %s", c.From, c.Sigstore, first(under, "of no name"))
		}
	}
}

// sameIdentity reports whether a signer is the one that is named in full, with or without its ref, or by its workflow's path.
func sameIdentity(s *Signer, identity string) bool {
	if strings.Contains(identity, "://") || !strings.Contains(s.Subject, "://") {
		without, _, _ := strings.Cut(s.Subject, "@")
		return identity == s.Subject || identity == without && strings.Contains(s.Subject, "://")
	}
	return sameWorkflow(s, strings.TrimPrefix(identity, "/"))
}

// at reports whether a run was at a ref, however that is written: in full, as a branch or tag, or as its commit.
func (o Origin) at(ref string) bool {
	return ref == o.Ref || "refs/heads/"+ref == o.Ref || "refs/tags/"+ref == o.Ref || ref == o.Commit
}

func truth(b *bool) (yes, said bool) { return b != nil && *b, b != nil }
