// Package diff compares two images by what is attached to them: attestations gained and lost, who signed, where things
// were built from, which packages there are. What is about trust comes first.
//
// It knows sides, which are made of a judged tree or of a saved report, and lists of packages. It must not discover,
// judge or decode anything: a verdict, a claim and a proof stay what they were on their side. What one side could not see
// is never called lost.
package diff
