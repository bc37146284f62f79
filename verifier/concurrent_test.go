package verifier

import (
	"crypto/elliptic"
	"strings"
	"sync"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

func TestAllFixturesAreJudgedAtOnceAsTheyAreAlone(t *testing.T) {
	v := testVerifier(t)
	all := fixtures(t)
	var group sync.WaitGroup
	got := make([]model.Verdict, len(all))
	for i, f := range all {
		ev := f.evidence(t)
		group.Go(func() { got[i] = v.Verify(t.Context(), ev).Verdict })
	}
	group.Wait()
	for i, f := range all {
		if got[i].String() != f.Verdict {
			t.Errorf("%s: %s, want %s", f.Name, got[i], f.Verdict)
		}
	}
}

func TestAnUnknownAuthorityIsExplained(t *testing.T) {
	i := newInstance(t)
	for organization, want := range map[string]string{
		"GitHub, Inc.": "GitHub's own instance", "sigstore.dev": "public-good instance", "corp": "private instance",
	} {
		foreign := newInstance(t)
		ca := *foreign.ca
		ca.Subject.Organization = []string{organization}
		ca.RawSubject = nil
		foreign.ca = foreign.certificate(&ca, &ca, foreign.caKey.Public())
		key := foreign.key(elliptic.P256())
		r := i.verifier().Verify(t.Context(), foreign.simple(key, foreign.leaf(key.Public(), false), signedOn))
		if c := r.Check(model.CheckCertificate); r.Verdict != model.Unverifiable || !strings.Contains(c.Detail, want) {
			t.Errorf("%s: %s, %q", organization, r.Verdict, c.Detail)
		}
	}
}

func TestTheRootIsChosenByTheIssuerAndNeverMerged(t *testing.T) {
	first, second := newInstance(t), newInstance(t)
	ca := *second.ca
	ca.Subject.CommonName, ca.RawSubject = "another authority", nil
	second.ca = second.certificate(&ca, &ca, second.caKey.Public())
	both := func(o *Options) {
		o.Roots = []trust.Root{first.root(), second.root()}
		o.Roots[1].Info.Name = "second"
	}
	key := second.key(elliptic.P256())
	leaf := second.leaf(key.Public(), false)
	r := first.verifier(both).Verify(t.Context(), second.simple(key, leaf, signedOn))
	if r.TrustRoot != "second" || r.Verdict != model.Untrusted || !strings.Contains(r.Reason, "another trusted root") {
		t.Errorf("%s under %s: %s", r.Verdict, r.TrustRoot, r.Reason)
	}
	// The second instance's certificate with an entry of the first one's log: each is known, but not to the same root.
	mixed := *second
	mixed.logKey = first.logKey
	r = first.verifier(both).Verify(t.Context(), mixed.simple(key, leaf, signedOn))
	if r.Verdict != model.Unverifiable {
		t.Errorf("with the other root's log: %s", r.Verdict)
	}
}

func TestOptionsWithoutARootAreRefused(t *testing.T) {
	for _, o := range []Options{{}, {Roots: []trust.Root{{}}}} {
		if _, err := New(o); err == nil {
			t.Errorf("%+v is accepted", o)
		}
	}
}
