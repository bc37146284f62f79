// Package pypi asks a Python package index what it knows of one version of a project: its files, and the attestations of
// each (PEP 740), by the index's Simple API in JSON (PEP 691) and the provenance link or the integrity API. It turns the
// answers, or answers that somebody saved, into nodes of a tree; an attestation becomes a Sigstore bundle on the way.
//
// It knows the index's interfaces and model. It must not judge: nothing here is verified.
package pypi
