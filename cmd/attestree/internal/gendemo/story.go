package main

import "time"

// The image and the project that it comes from. Both are made up.
const (
	repository = "demo.attestree.example/demo-server"
	tag        = "1.4.0"
	project    = "https://github.com/attestree/demo-server"
	projectRef = "refs/heads/main"
	commit     = "5f0c1c8a4c1f3c2b7f3c1f6f3d8f4f6e0a9b7d21"
	workflow   = project + "/.github/workflows/release.yml@" + projectRef
	run        = project + "/actions/runs/26060109001"
	attempt    = run + "/attempts/1"

	forkProject = "https://github.com/night-builds/demo-server"
	forkCommit  = "0b7be5c4a1d94a0f9f0e5a6d7c8b9a0f1e2d3c4b"
	reviewer    = "security@attestree.example"

	githubIssuer = "https://token.actions.githubusercontent.com"
	personIssuer = "https://login.attestree.example"
)

// The clock of the story: the build begins, and everything is signed minutes later.
var (
	began   = time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	created = began.Add(3*time.Minute + 12*time.Second)
	signed  = began.Add(5 * time.Minute)
	// opened is when the demo's authorities and logs began to work.
	opened = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	closed = time.Date(2046, 1, 1, 0, 0, 0, 0, time.UTC)
)

func rfc3339(t time.Time) string { return t.Format(time.RFC3339) }
