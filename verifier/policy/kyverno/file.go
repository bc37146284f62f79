package kyverno

import (
	"github.com/attestree/attestree/verifier/trust"
)

// File is what a file says about images, and what it says that is not evaluated here.
type File struct {
	Name        string
	Rules       []Rule
	Unsupported []Unsupported
}

// Unsupported is a part of the file that is not evaluated.
type Unsupported struct {
	Path string // "spec.rules[0].validate"
	Line int
	Why  string // one sentence
}

// Format is where and in what form Kyverno looks for signatures (verifyImages[].type).
type Format string

// The formats. Notary's is not evaluated.
const (
	Cosign         Format = "Cosign" // cosign's tags; the default
	SigstoreBundle Format = "SigstoreBundle"
)

// Rule is one entry of verifyImages.
type Rule struct {
	Policy, Name string // metadata.name, and that of the rule
	Path         string // "spec.rules[0].verifyImages[0]"
	Line         int
	FormatLine   int // of type, 0 where it is not given
	Images, Skip []string
	Format       Format
	Attestors    []AttestorSet
	Attestations []Attestation
	Audit        bool // what is not met is reported and let pass
	Optional     bool // required: false
	TagStays     bool // neither is a tag replaced by the digest that was verified, nor is one refused
	LetsThrough  bool // where Kyverno does not answer, the cluster lets everything pass
	// Blocked is true where something in or around the entry is not evaluated.
	Blocked bool
}

// AttestorSet is a number of attestors of whom Count must have signed.
type AttestorSet struct {
	Path    string
	Line    int
	Count   int
	Entries []Attestor
}

// Attestor is one identity, one key, or a set of its own.
type Attestor struct {
	Path   string
	Line   int
	Key    *trust.Key
	Nested *AttestorSet
	// NoLog and NoSCT are set where no entry in the log, or no proof that the certificate was logged, is asked for.
	NoLog, NoSCT bool

	Issuer, IssuerRegexp   string
	Subject, SubjectRegexp string
}

// Attestation is a demand for a type of attestation.
type Attestation struct {
	Path       string
	Line       int
	Type       string
	TypeLine   int
	Attestors  []AttestorSet
	Conditions []Condition
}

// Condition is one comparison. Those of one Group are alternatives where Any is set.
type Condition struct {
	Path     string
	Line     int
	Group    int
	Any      bool
	Key      any
	Operator string
	Value    any
}
