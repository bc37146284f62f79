// Package verifier proves what can be proven about one piece of evidence: it takes what was attached to an image, the
// trusted roots and the trusted signers, and gives a model.Report with one check per step.
//
// The work is a ladder. Every step that can be judged is judged, also below a failed one; what a failed step makes
// impossible is skipped and says so. Checks never decide alone: a verdict is good only if every check that the material
// requires passed and sigstore-go's own Verifier, asked for the whole, agrees.
//
// Whatever the format is, a signature is first brought into the form of a Sigstore bundle (see signed), so that one
// ladder judges them all. Where sigstore-go cannot judge, a named substitute does (Report.VerifiedBy).
//
// The package opens no socket and no file of anybody's, prints nothing, and passes no library's error text on to a person. It must
// not know how evidence was found or how a report is shown.
package verifier
