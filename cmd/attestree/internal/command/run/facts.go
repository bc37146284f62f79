package run

import (
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
)

// JudgedAt is by when things are judged: now, or what --at says.
func (a *App) JudgedAt() time.Time {
	if !a.Flags.judgedAt.IsZero() {
		return a.Flags.judgedAt
	}
	return a.Now()
}

// Facts are what a report says beside the tree of a job.
func (a *App) Facts(j Job, answer model.PolicyAnswer, verified bool) output.Facts {
	return output.Facts{
		Tool: a.Tool(), Source: j.Source, JudgedAt: a.JudgedAt(), Offline: a.Flags.Offline || j.Demo,
		Roots: j.rootInfos(), Policy: answer, Notes: j.Notes, Verified: verified, Sender: j.Sender,
		Platform: a.Flags.Platform,
	}
}
