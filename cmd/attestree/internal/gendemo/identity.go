package main

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"strings"
)

// identity is who a certificate is issued to, as an identity provider's token said it.
type identity struct {
	issuer     string
	email      string // of a person; otherwise subject is set
	subject    string // URI of the workflow
	otherName  string // neither: a name in Fulcio's own form
	extensions []claim
}

// claim is one Fulcio extension, 1.3.6.1.4.1.57264.1.<number> (fulcio docs/oid-info.md).
type claim struct {
	number int
	value  string
}

// person is somebody who signed in with a browser.
func person(email string) identity {
	return identity{issuer: personIssuer, email: email, extensions: []claim{{1, personIssuer}, {8, personIssuer}}}
}

// githubWorkflow is a run of a workflow in project at ref.
func githubWorkflow(project, file, name, ref, commit, run string) identity {
	owner := project[:strings.LastIndex(project, "/")]
	san := project + "/.github/workflows/" + file + "@" + ref
	return identity{
		issuer: githubIssuer, subject: san,
		extensions: []claim{
			{1, githubIssuer}, {2, "push"}, {3, commit}, {4, name},
			{5, strings.TrimPrefix(project, "https://github.com/")}, {6, ref},
			{8, githubIssuer}, {9, san}, {10, commit}, {11, "github-hosted"},
			{12, project}, {13, commit}, {14, ref}, {15, "904117200"}, {16, owner}, {17, "204400117"},
			{18, san}, {19, commit}, {20, "push"}, {21, run}, {22, "public"},
		},
	}
}

// release is the demo project's release workflow; fork is a stranger's copy of it.
func release() identity {
	return githubWorkflow(project, "release.yml", "Release", projectRef, commit, attempt)
}

func fork() identity {
	return githubWorkflow(forkProject, "nightly-scan.yml", "Nightly scan", "refs/heads/nightly", forkCommit,
		forkProject+"/actions/runs/26060200417/attempts/1")
}

// fulcioExtensions encodes the claims: 1 to 6 are raw bytes, later ones DER strings.
func (id identity) fulcioExtensions() []pkix.Extension {
	var out []pkix.Extension
	for _, c := range id.extensions {
		value := []byte(c.value)
		if c.number > 6 {
			value = must(asn1.MarshalWithParams(c.value, "utf8"))
		}
		out = append(out, pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 57264, 1, c.number}, Value: value})
	}
	return out
}
