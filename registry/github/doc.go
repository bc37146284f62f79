// Package github asks GitHub's attestations API which Sigstore bundles it keeps about a digest, and adds them to a
// discovery as one more mechanism.
//
// It knows that API, also on other hosts (GitHub Enterprise), and is as careful as package registry: every answer is
// bounded in size and time, the token goes to the API's own host only, and what was denied or cut short is never called
// none. It must not know what a bundle means or whether its signature is good.
package github
