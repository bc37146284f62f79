package kyverno

import "fmt"

// notEvaluated says why a field of a policy is not evaluated.
func notEvaluated(field string) string {
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
