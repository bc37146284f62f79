package verifier

import (
	"crypto/x509"
	"encoding/asn1"
	"strconv"

	"github.com/attestree/attestree/model"
)

// fulcioArc is under which Fulcio's certificate extensions are registered.
var fulcioArc = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 57264, 1}

// fulcioNames are the extensions by their last number (fulcio docs/oid-info.md). Up to 6 the value is bare text, from 8
// on a DER string.
var fulcioNames = map[int]struct{ name, label string }{
	1:  {"issuer", "Issuer (old form)"},
	2:  {"githubWorkflowTrigger", "Trigger (old form)"},
	3:  {"githubWorkflowSHA", "Commit (old form)"},
	4:  {"githubWorkflowName", "Workflow name"},
	5:  {"githubWorkflowRepository", "Repository (old form)"},
	6:  {"githubWorkflowRef", "Ref (old form)"},
	7:  {"otherName", "Other name"},
	8:  {"issuerV2", "Issuer"},
	9:  {"buildSignerURI", "Build signer"},
	10: {"buildSignerDigest", "Build signer commit"},
	11: {"runnerEnvironment", "Runner"},
	12: {"sourceRepositoryURI", "Source repository"},
	13: {"sourceRepositoryDigest", "Source commit"},
	14: {"sourceRepositoryRef", "Source ref"},
	15: {"sourceRepositoryIdentifier", "Source repository id"},
	16: {"sourceRepositoryOwnerURI", "Source owner"},
	17: {"sourceRepositoryOwnerIdentifier", "Source owner id"},
	18: {"buildConfigURI", "Build configuration"},
	19: {"buildConfigDigest", "Build configuration commit"},
	20: {"buildTrigger", "Trigger"},
	21: {"runInvocationURI", "Run"},
	22: {"sourceRepositoryVisibilityAtSigning", "Repository visibility"},
	23: {"deploymentEnvironment", "Deployment environment"},
	24: {"issuerSubject", "Issuer's subject"},
}

const (
	lastBareExtension = 6
	issuerOld         = 1
	issuerNew         = 8
)

// fulcioExtensions are a certificate's Fulcio extensions in the order of their numbers. Unknown ones are shown too.
func fulcioExtensions(leaf *x509.Certificate) []model.Extension {
	found := map[int]string{}
	highest := 0
	for _, e := range leaf.Extensions {
		if len(e.Id) != len(fulcioArc)+1 || !e.Id[:len(fulcioArc)].Equal(fulcioArc) {
			continue
		}
		number := e.Id[len(fulcioArc)]
		if number < 1 || number > 255 {
			continue
		}
		found[number] = extensionText(number, e.Value)
		highest = max(highest, number)
	}
	var list []model.Extension
	for number := 1; number <= highest; number++ {
		value, present := found[number]
		if !present {
			continue
		}
		names, known := fulcioNames[number]
		if !known {
			names.name, names.label = strconv.Itoa(number), "Extension "+strconv.Itoa(number)
		}
		list = append(list, model.Extension{
			OID: fulcioArc.String() + "." + strconv.Itoa(number), Name: names.name, Label: names.label, Value: value,
		})
	}
	return list
}

// extensionText decodes a value; what is not the DER string that it should be is shown as it is.
func extensionText(number int, value []byte) string {
	if number <= lastBareExtension {
		return string(value)
	}
	var text string
	if rest, err := asn1.Unmarshal(value, &text); err != nil || len(rest) > 0 {
		return string(value)
	}
	return text
}

// oidcIssuer is the OIDC issuer, from the new extension or else the old one.
func oidcIssuer(leaf *x509.Certificate) string {
	issuer := ""
	for _, e := range fulcioExtensions(leaf) {
		switch e.OID {
		case fulcioArc.String() + "." + strconv.Itoa(issuerNew):
			return e.Value
		case fulcioArc.String() + "." + strconv.Itoa(issuerOld):
			issuer = e.Value
		}
	}
	return issuer
}
