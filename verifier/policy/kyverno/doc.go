// Package kyverno reads the part of a Kyverno ClusterPolicy that verifies images (verifyImages), and judges it on what is
// attached to one image as Kyverno would: which signatures it sees, whose they must be, what attestations must say.
//
// It is no Kyverno. What it does not evaluate it names with its place in the file, and nothing around it is met: half an
// engine that says yes is worse than none. Bytes come in and values go out; it verifies no signature and opens no
// connection. It must not know how an answer is shown.
package kyverno
