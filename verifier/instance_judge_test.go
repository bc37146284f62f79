package verifier

import (
	"crypto/elliptic"
	"crypto/x509/pkix"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

const inToto = "application/vnd.in-toto+json"

func TestEveryPartOfAKeylessSignatureIsNeeded(t *testing.T) {
	i := newInstance(t)
	key := i.key(elliptic.P256())
	leaf := i.leaf(key.Public(), false)
	requireGood(t, i.verifier(), i.simple(key, leaf, signedOn))

	other := newInstance(t)
	stranger := *i
	stranger.ctKey = other.ctKey
	forged := *i
	forged.caKey = other.caKey
	impostor := *i.ca
	impostor.PublicKey = other.caKey.Public()
	forged.ca = &impostor
	closed := *i
	closed.end = signedOn.Add(-time.Hour)
	for name, c := range map[string]struct {
		ev     model.Evidence
		v      *Verifier
		want   model.CheckID
		reason string
	}{
		"no SCT":                       {i.simple(key, i.leaf(key.Public(), true), signedOn), i.verifier(), model.CheckSCT, "no signed certificate timestamp"},
		"an SCT by an unknown log":     {i.simple(key, stranger.leaf(key.Public(), false), signedOn), i.verifier(), model.CheckSCT, "does not know"},
		"an SCT for something else":    {i.simple(key, i.leafWithForeignSCT(key), signedOn), i.verifier(), model.CheckSCT, "not right"},
		"an authority's name forged":   {i.simple(key, forged.leaf(key.Public(), false), signedOn), i.verifier(), model.CheckCertificate, "not right"},
		"an unknown authority":         {i.simple(key, leaf, signedOn), other.verifier(), model.CheckCertificate, "does not know this authority"},
		"signed after the ten minutes": {i.simple(key, leaf, signedOn.Add(time.Hour)), i.verifier(), model.CheckCertificate, "not valid"},
		"the log's key had retired":    {i.simple(key, leaf, signedOn), closed.verifier(), model.CheckSCT, "was used"},
		"the log is another's":         {i.simple(key, leaf, signedOn), i.verifier(func(o *Options) { o.Roots = []trust.Root{i.rootWithLogOf(other)} }), model.CheckLog, "does not know"},
		"judged as of an earlier day":  {i.simple(key, leaf, signedOn), i.verifier(func(o *Options) { o.At = signedOn.Add(-24 * time.Hour) }), model.CheckTimestamp, "later than the time to judge by"},
	} {
		t.Run(name, func(t *testing.T) {
			requireCaught(t, c.v, c.ev, c.want)
			if r := c.v.Verify(t.Context(), c.ev); !strings.Contains(r.Reason, c.reason) || r.Signer != nil && c.want == model.CheckCertificate {
				t.Errorf("reason %q, signer %v", r.Reason, r.Signer)
			}
		})
	}
}

func TestEntriesOfKindIntoto001AreJudgedByHand(t *testing.T) {
	i := newInstance(t)
	key := i.key(elliptic.P256())
	leaf := i.leaf(key.Public(), false)
	good := i.statement(key, leaf, inToto)
	requireGood(t, i.verifier(), good)
	if r := i.verifier().Verify(t.Context(), good); r.VerifiedBy != byHand {
		t.Errorf("verified by %q", r.VerifiedBy)
	}
	again := i.statement(key, leaf, inToto)
	for name, c := range map[string]struct {
		ev   model.Evidence
		want model.CheckID
	}{
		"another envelope's entry": {withAnnotation(good, annotationBundle, otherTextOnce(again.Node.Blob.Annotations[annotationBundle])), model.CheckLog},
		"the promise": {withAnnotation(good, annotationBundle, func(s string) string {
			return edit(t, s, "SignedEntryTimestamp", func(s string) string { return flip(t, s) })
		}), model.CheckLog},
		"the body": {withAnnotation(good, annotationBundle, func(s string) string {
			return edit(t, s, "Payload.body", func(s string) string { return flip(t, s) })
		}), model.CheckLog},
		"the envelope, in a way that leaves the signature alone": {withBlob(good, strings.Replace(string(good.Blob), "{", "{ ", 1)), model.CheckLog},
		"the payload":     {withBlob(good, edit(t, string(good.Blob), "payload", func(s string) string { return flipText(t, s) })), model.CheckSignature},
		"the certificate": {withAnnotation(good, annotationCertificate, otherTextOnce(pemOf(i.leaf(key.Public(), false).Raw))), model.CheckLog},
		"no entry":        {withAnnotation(good, annotationBundle, otherTextOnce("")), model.CheckLog},
	} {
		t.Run(name, func(t *testing.T) { requireCaught(t, i.verifier(), c.ev, c.want) })
	}
}

func TestPayloadTypesThatOnlyWeReadAreVerifiedStepByStep(t *testing.T) {
	i := newInstance(t)
	key := i.key(elliptic.P256())
	good := i.statement(key, i.leaf(key.Public(), false), "application/vnd.in-toto.provenance+json")
	requireGood(t, i.verifier(), good)
}

func TestOldClientsSignedWithSHA256AndLargerCurves(t *testing.T) {
	i := newInstance(t)
	for _, curve := range []elliptic.Curve{elliptic.P384(), elliptic.P521()} {
		key := i.key(curve)
		good := i.simple(key, i.leaf(key.Public(), false), signedOn)
		requireGood(t, i.verifier(), good)
		if r := i.verifier().Verify(t.Context(), good); r.VerifiedBy != stepByStep {
			t.Errorf("%s: verified by %q", curve.Params().Name, r.VerifiedBy)
		}
		requireCaught(t, i.verifier(), withBlob(good, strings.Replace(string(good.Blob), `"optional":null`, `"optional":{}`, 1)), model.CheckSignature)
	}
}

func TestASignerIsOnlyAClaimUntilItIsProven(t *testing.T) {
	i := newInstance(t)
	key := i.key(elliptic.P256())
	good := i.simple(key, i.leaf(key.Public(), false), signedOn)
	r := i.verifier().Verify(t.Context(), good)
	if r.Signer == nil || r.Claimed != nil || r.Signer.Subject != "https://ci.example/run" || r.Signer.Name != "ci" || !r.SignedAt.Equal(signedOn) {
		t.Errorf("%+v", r)
	}
	r = newInstance(t).verifier().Verify(t.Context(), good)
	if r.Signer != nil || r.Claimed == nil || r.Claimed.Subject != "https://ci.example/run" || !r.SignedAt.IsZero() {
		t.Errorf("%+v", r)
	}
	if c := r.Check(model.CheckSigner); c.Status != model.CheckSkipped {
		t.Errorf("the signer check is %s", c.Status)
	}
}

func TestRunsThatSignForOthersAreFlagged(t *testing.T) {
	i := newInstance(t)
	key := i.key(elliptic.P256())
	leaf := i.leaf(key.Public(), false, []pkix.Extension{
		derText(t, 9, "https://github.com/shared/workflows/.github/workflows/build.yml@refs/tags/v1"),
		derText(t, 11, "self-hosted"), derText(t, 12, "https://github.com/acme/app"), derText(t, 20, "pull_request_target"),
		derText(t, 23, "production"), derText(t, 24, "repo:acme/app"),
	}...)
	r := i.verifier().Verify(t.Context(), i.simple(key, leaf, signedOn))
	if r.Verdict != model.Untrusted {
		t.Errorf("verdict %s", r.Verdict)
	}
	want := map[string]bool{"reusable-workflow": true, "pull-request-run": true, "self-hosted-runner": true}
	for _, f := range r.Findings {
		delete(want, f.ID)
	}
	if len(want) > 0 {
		t.Errorf("not flagged: %v", want)
	}
	labels := map[string]string{}
	for _, e := range r.Signer.Extensions {
		labels[e.Name] = e.Value
	}
	if labels["deploymentEnvironment"] != "production" || labels["issuerSubject"] != "repo:acme/app" {
		t.Errorf("extensions %v", labels)
	}
}

func TestNobodyPinnedMakesAGoodSignatureValid(t *testing.T) {
	i := newInstance(t)
	key := i.key(elliptic.P256())
	good := i.simple(key, i.leaf(key.Public(), false), signedOn)
	v := i.verifier(func(o *Options) { o.Signers = nil })
	if r := v.Verify(t.Context(), good); r.Verdict != model.Valid || r.Signer == nil {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
	good.Subject = ""
	if r := i.verifier().Verify(t.Context(), good); r.Verdict != model.Valid || r.Check(model.CheckSubject).Status != model.CheckSkipped {
		t.Errorf("with nothing to compare: %s", r.Verdict)
	}
}
