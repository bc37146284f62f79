package kyverno

import (
	"fmt"
	"regexp"
)

// ofRule is what stands before the fields of a rule itself.
var ofRule = regexp.MustCompile(`rules\[\d+\]\.$`)

// notEvaluated says why a field of a policy is not evaluated. prefix is what it stands in.
func notEvaluated(prefix, field string) string {
	if ofRule.MatchString(prefix) && (field == "validate" || field == "mutate" || field == "generate") {
		return "it is about the resource, and not about what is signed of its images"
	}
	switch field {
	case "annotations":
		return "it asks for annotations in what was signed"
	case "additionalExtensions":
		return "it asks for more fields of the certificate"
	case "certificates":
		return "it names a certificate, and not an identity or a key"
	case "cosignOCI11":
		return "it has signatures looked for in an experimental place"
	case "issuer":
		return "it is out of use: name the issuer under attestors"
	case "key":
		return "it is out of use: name the key under attestors"
	case "kms":
		return "it names a key that a service keeps"
	case "pubkey":
		return "it names another log"
	case "repository":
		return "it has signatures looked for in another repository"
	case "roots":
		return "it names other roots than the public ones"
	case "secret":
		return "it names a key that is kept in the cluster"
	case "subject":
		return "it is out of use: name the subject under attestors"
	case "tsaCertChain":
		return "it names another timestamp authority"
	case "validate":
		return "it compares attestations with each other or with the cluster"
	case "matchConditions":
		return "it narrows for which requests Kyverno is asked at all"
	case "preconditions", "celPreconditions", "exclude":
		return "it depends on the request to the cluster"
	case "context":
		return "it reads other things of the cluster or the network"
	case "imageExtractors":
		return "it says where else in a resource images are named"
	}
	return fmt.Sprintf("%q is not evaluated here", field)
}
