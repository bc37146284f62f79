package card

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

const (
	imageID  = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	workflow = "https://github.com/o/r/.github/workflows/release.yml@refs/heads/main"
	commit   = "0123456789abcdef0123456789abcdef01234567"
)

// image is an image by what is attached to it.
type image []func(*model.Tree, model.Digest)

func (i image) tree() *model.Tree {
	t := model.NewTree()
	t.Apply(model.NodeFound{Node: model.Node{ID: imageID, Kind: model.KindIndex, Digest: imageID, Found: []model.Found{model.FoundRoot}}})
	for n, attach := range i {
		attach(t, model.DigestOf(fmt.Append(nil, n)))
	}
	t.Apply(model.DiscoveryDone{})
	t.Apply(model.Done{})
	t.Judge()
	return t
}

// on files what follows under a platform of the image, inside what the image's signature covers.
func on(platform string, attach func(*model.Tree, model.Digest)) func(*model.Tree, model.Digest) {
	return func(t *model.Tree, id model.Digest) {
		subject := model.DigestOf([]byte(platform))
		t.Apply(model.NodeFound{Node: model.Node{
			ID: string(subject), Parent: imageID, Kind: model.KindImage, Digest: subject, Platform: platform, Within: []model.Digest{imageID},
		}})
		if attach == nil {
			return
		}
		shadow := model.NewTree()
		attach(shadow, id)
		e := shadow.Entry(string(id))
		n := e.Node
		n.Parent, n.Subject, n.Within = string(subject), subject, []model.Digest{imageID}
		t.Apply(model.NodeFound{Node: n})
		t.Apply(model.BlobLoaded{ID: string(id), Bytes: []byte("{}")})
		e.Attestation.Statement.Subjects[0].Digests[0].Value = subject.Hex()
		t.Apply(model.Opened{ID: string(id), Attestation: e.Attestation})
		t.Apply(model.Judged{ID: string(id), Report: *e.Report})
	}
}

func denied() func(*model.Tree, model.Digest) {
	return func(t *model.Tree, _ model.Digest) {
		t.Apply(model.LookedUp{Lookup: model.Lookup{Mechanism: model.MechanismReferrersAPI, Subject: imageID, Status: model.LookupDenied}})
	}
}

// attach is an attestation about the image that came out as a verdict. Where that is unsigned, it is a bare statement.
func attach(verdict model.Verdict, at time.Time, predicateType, raw string, slsa *model.SLSA) func(*model.Tree, model.Digest) {
	return func(t *model.Tree, id model.Digest) {
		statement := &model.Statement{
			Type: model.StatementV1, PredicateType: predicateType, Predicate: json.RawMessage(raw),
			Subjects: []model.Subject{{Digests: []model.NamedDigest{{Algorithm: "sha256", Value: strings.TrimPrefix(imageID, "sha256:")}}}},
		}
		n := model.Node{ID: string(id), Parent: imageID, Kind: model.KindAttestation, Format: model.FormatBundle, Digest: id, Subject: imageID, Blob: model.Descriptor{Digest: id}}
		if verdict == model.Unsigned {
			n.Format = model.FormatStatement
		}
		t.Apply(model.NodeFound{Node: n})
		t.Apply(model.BlobLoaded{ID: string(id), Bytes: []byte(raw)})
		t.Apply(model.Opened{ID: string(id), Attestation: &model.Attestation{
			Statement: statement, PredicateType: predicateType, RawPredicate: statement.Predicate, Predicate: predicate.Decode(predicateType, statement.Predicate),
		}})
		r := model.Report{Verdict: verdict, Reason: "because", SignedAt: at, SLSA: slsa}
		if verdict != model.Unsigned {
			r.Checks = []model.Check{{ID: model.CheckSubject, Status: model.CheckPassed}}
			r.Signer = &model.Signer{Kind: model.SignerCertificate, Issuer: "https://token.actions.githubusercontent.com", Subject: workflow}
		}
		if verdict == model.Unverifiable {
			r.Claimed, r.Signer = r.Signer, nil
		}
		t.Apply(model.Judged{ID: string(id), Report: r})
	}
}

func signature(v model.Verdict) func(*model.Tree, model.Digest) {
	return attach(v, day(1), "https://sigstore.dev/cosign/sign/v1", `{}`, nil)
}

func provenance(v model.Verdict, level int) func(*model.Tree, model.Digest) {
	slsa := &model.SLSA{Level: level}
	for label, value := range map[string]string{
		"Builder": workflow, "Source": "https://github.com/o/r", "Ref": "refs/heads/main", "Commit": commit,
	} {
		slsa.Lines = append(slsa.Lines, model.SLSALine{Label: label, Claimed: value, Verified: value, Status: model.CheckPassed})
	}
	return attach(v, day(1), "https://slsa.dev/provenance/v1", `{"buildDefinition":{"buildType":"https://actions.github.io/buildtypes/workflow/v1",
		"externalParameters":{"workflow":{"path":".github/workflows/release.yml","ref":"refs/heads/main","repository":"https://github.com/o/r"}},
		"resolvedDependencies":[{"digest":{"gitCommit":"`+commit+`"},"uri":"git+https://github.com/o/r@refs/heads/main"}]},
		"runDetails":{"builder":{"id":"`+workflow+`"}}}`, slsa)
}

func scai(v model.Verdict, status string, tools, blocking int) func(*model.Tree, model.Digest) {
	return attach(v, day(1), "https://in-toto.io/attestation/scai/v0.3", fmt.Sprintf(
		`{"attributes":[{"attribute":"MCP_SECURITY_SCAN_%s","conditions":{"toolsScanned":%d,"blockingIssues":%d,"allowedIssues":0}}]}`, status, tools, blocking), nil)
}

func vuln(at time.Time) func(*model.Tree, model.Digest) {
	return attach(model.Trusted, at, "https://in-toto.io/attestation/vulns/v0.1", `{"scanner":{"uri":"pkg:github/aquasecurity/trivy","version":"0.66","result":[]},"metadata":{}}`, nil)
}

func emptied(v model.Verdict) func(*model.Tree, model.Digest) {
	return attach(v, day(1), "https://cosign.sigstore.dev/attestation/vuln/v1", `{"scanner":{"uri":"","result":null}}`, nil)
}

func sbom(v model.Verdict, packages int) func(*model.Tree, model.Digest) {
	return attach(v, day(1), "https://spdx.dev/Document/v2.3", `{"spdxVersion":"SPDX-2.3","packages":[`+
		strings.TrimSuffix(strings.Repeat(`{"name":"p"},`, packages), ",")+`]}`, nil)
}

func sorted(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
