package policy

import (
	"fmt"

	"github.com/attestree/attestree/model"
)

// Default is the policy of a run without a policy file: the requested digest is trusted. The tree must have been judged
// (Tree.Judge). name is what the person asked for. An answer that is not satisfied always has a reason.
func Default(t *model.Tree, name string) model.PolicyAnswer {
	answer := trustedRoot(t, name)
	line := model.Requirement{ID: "image-trusted", Wants: "a trusted signature on what was asked for", Status: model.RequirementNotMet}
	if root := t.Root(); root != nil {
		line.On = root.Node.Digest
		if e := voucher(t, root); e != nil {
			line.Node = e.Node.ID
		}
		if answer.Satisfied {
			line.Status, line.Message = model.RequirementMet, subject(name, root.Node)+" is signed"+by(t, root)+"."
		} else if root.Standing.Verdict == model.Unchecked {
			line.Status = model.RequirementUnknown
		}
	}
	if !answer.Satisfied {
		line.Message = answer.Reasons[0]
	}
	answer.Requirements = []model.Requirement{line}
	return answer
}

func trustedRoot(t *model.Tree, name string) model.PolicyAnswer {
	root := t.Root()
	if root == nil {
		return no(fmt.Sprintf("%s was not found.", subject(name, model.Node{})))
	}
	what := subject(name, root.Node)
	switch standing := root.Standing; standing.Verdict {
	case model.Trusted:
		if why := notAboutAnything(t, root); why != "" {
			return no(why)
		}
		return model.PolicyAnswer{Satisfied: true}
	case model.Valid:
		if why := notAboutAnything(t, root); why != "" {
			return no(why)
		}
		return no(fmt.Sprintf("%s is signed%s, but nobody was named as trusted. Name the signer with --certificate-identity and --certificate-oidc-issuer, or --key.",
			what, by(t, root)))
	case model.Untrusted:
		return no(fmt.Sprintf("%s is signed%s, who is not trusted%s. Signature of a trusted signer required.", what, by(t, root), because(standing.Reason)))
	case model.Unsigned:
		return no(fmt.Sprintf("%s is not signed. Signature required.", what))
	case model.Covered:
		return no(fmt.Sprintf("%s has no signature of its own; an index that holds it is signed. Verify the index.", what))
	case model.Invalid:
		return no(fmt.Sprintf("%s has no valid signature%s.", what, because(standing.Reason)))
	case model.Unverifiable:
		return no(fmt.Sprintf("The signature of %s cannot be verified%s.", lower(what), because(standing.Reason)))
	case model.Unavailable:
		return no(fmt.Sprintf("It is not known whether %s is signed%s.", lower(what), because(standing.Reason)))
	case model.Unchecked:
	}
	return no(fmt.Sprintf("%s was not verified.", what))
}

func no(reason string) model.PolicyAnswer { return model.PolicyAnswer{Reasons: []string{reason}} }

// notAboutAnything is why a signature that is right does not satisfy: nobody said what a file should be about, or what was
// asked for is a signature or an attestation itself. That vouches for its subject, and a tag may point anywhere.
func notAboutAnything(t *model.Tree, root *model.Entry) string {
	switch root.Node.Kind {
	case model.KindBundle, model.KindEnvelope, model.KindStatement, model.KindFile:
	case model.KindIndex, model.KindImage, model.KindAttestationManifest, model.KindSignature, model.KindAttestation,
		model.KindSBOM, model.KindArtifact, model.KindPackage, model.KindPackageFile:
		if root.Node.Format.Signed() {
			return fmt.Sprintf("What was asked for is no image but %s itself, and vouches only for what it is about%s. Verify that.",
				article(root.Node.Kind), digestOf(root.Node.Subject))
		}
		return ""
	}
	for _, e := range append([]*model.Entry{root}, children(t, root)...) {
		if e.Report != nil && e.Standing.Verdict == root.Standing.Verdict && e.Report.Check(model.CheckSubject).Status == model.CheckPassed {
			return ""
		}
	}
	return "The signature is right, but there was nothing to compare its subject with. Say what it should be about with --artifact or --digest."
}

func article(k model.Kind) string {
	if k == model.KindSignature {
		return "a signature"
	}
	return "an attestation"
}

func digestOf(d model.Digest) string {
	if d == "" {
		return ""
	}
	return ", " + string(d)
}

// by names the signer of the vouching node that decided, as far as it is proven.
func by(t *model.Tree, root *model.Entry) string {
	e := voucher(t, root)
	if e == nil {
		return ""
	}
	signer := e.Report.Signer
	if signer.Subject != "" {
		return " by " + signer.Subject
	}
	return " by the key " + signer.Fingerprint
}

// voucher is the node that decided over the root: the root itself, or the first of its children that stands as it does
// and whose signer is proven. nil if there is none.
func voucher(t *model.Tree, root *model.Entry) *model.Entry {
	for _, e := range append([]*model.Entry{root}, children(t, root)...) {
		if e.Report == nil || e.Report.Signer == nil {
			continue
		}
		vouches := isSignature(e) || isFile(root.Node.Kind) || model.FamilyOf(claimedType(e)) == model.FamilyProvenance
		if e == root || vouches && e.Standing.Verdict == root.Standing.Verdict {
			return e
		}
	}
	return nil
}

func children(t *model.Tree, root *model.Entry) []*model.Entry {
	var list []*model.Entry
	for _, id := range root.Children {
		if e := t.Entry(id); e != nil {
			list = append(list, e)
		}
	}
	return list
}

func subject(name string, n model.Node) string {
	switch n.Kind {
	case model.KindBundle, model.KindEnvelope, model.KindStatement, model.KindFile:
		return "File " + name
	case model.KindIndex, model.KindImage, model.KindAttestationManifest, model.KindSignature, model.KindAttestation,
		model.KindSBOM, model.KindArtifact, model.KindPackage, model.KindPackageFile:
	}
	return "Image " + name
}

// lower starts a subject inside a sentence.
func lower(what string) string {
	if len(what) == 0 {
		return what
	}
	return string(what[0]|0x20) + what[1:]
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}
