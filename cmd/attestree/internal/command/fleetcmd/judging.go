package fleetcmd

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/fleet/listing"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/fleet"
)

// header says of what a report is, and by what it is judged.
func header(a *run.App, source string, list *listing.List, shard fleet.Shard, j run.Job, columns []fleet.Column) (fleet.Header, error) {
	answer := j.Trust.PolicyOf(model.NewTree(), "")
	options, err := optionsHash(a)
	h := fleet.Header{
		SchemaVersion: "1", Tool: a.Tool(), StartedAt: a.Now().UTC().Format(time.RFC3339), Source: source,
		Images: list.Total, List: list.Sum(), Shard: shard, Columns: []string{}, Notes: append([]string{}, j.Notes...),
		Problems: []string{},
		Judging: fleet.Judging{
			Policy:  fleet.PolicyFile{Path: answer.Path, SHA256: answer.SHA256},
			Signers: signersHash(j.Trust.Signers()), Roots: []fleet.Root{}, Options: options,
		},
	}
	for _, c := range columns {
		h.Columns = append(h.Columns, string(c.ID))
	}
	for _, r := range j.Roots {
		h.Judging.Roots = append(h.Judging.Roots, fleet.Root{Name: r.Info.Name, SHA256: r.Info.SHA256})
	}
	for _, p := range list.Problems {
		h.Problems = append(h.Problems, p.String())
	}
	return h, err
}

// signersHash is of whom a run trusts, without what differs from machine to machine: the names that files have there.
func signersHash(signers []model.TrustedSigner) string {
	sum := sha256.New()
	for _, s := range signers {
		s.Name, s.Origin, s.KeyRef, s.Findings = "", "", "", nil
		raw, err := json.Marshal(s)
		if err != nil {
			continue // a value of strings, times and numbers can be written
		}
		_, _ = sum.Write(append(raw, '\n'))
	}
	return hexSum(sum)
}

// optionsHash is of the flags that verdicts depend on, beside the policy, the signers and the roots.
func optionsHash(a *run.App) (string, error) {
	f := a.Flags
	notation, err := notationHash(f.Notation.Store, f.Notation.Policy)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, s := range []string{
		"at " + f.At, "platform " + f.Platform, "cosign repository " + a.Getenv("COSIGN_REPOSITORY"),
		"notation " + notation,
		"github " + f.GitHub.Repository + " " + f.GitHub.API,
		fmt.Sprintf("ignore tlog %t, offline %t", f.IgnoreTlog, f.Offline),
	} {
		_, _ = io.WriteString(sum, s+"\n")
	}
	return hexSum(sum), nil
}

func hexSum(sum hash.Hash) string { return hex.EncodeToString(sum.Sum(nil)) }

// columnsOf are the columns of a report: the usual ones, and what else the policy requires. That is asked of the
// policy itself, with an image that has nothing.
func columnsOf(j run.Job) []fleet.Column {
	const digest = model.Digest("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
	bare := model.NewTree()
	for _, event := range []model.Event{
		model.Resolved{Digest: digest},
		model.NodeFound{Node: model.Node{ID: string(digest), Kind: model.KindImage, Digest: digest, Found: []model.Found{model.FoundRoot}}},
		model.DiscoveryDone{}, model.Done{},
	} {
		bare.Apply(event)
	}
	bare.Judge()
	families := []string{
		string(model.FamilyProvenance), string(model.FamilySBOM), string(model.FamilySCAI), string(model.FamilyVuln),
		string(model.FamilyVEX), string(model.FamilyVSA),
	}
	var required []string
	for _, r := range j.Trust.PolicyOf(bare, "").Requirements {
		// Requirements that are about the content of something have an ID of their own kind.
		if slices.Contains(families, r.ID) || strings.Contains(r.ID, "://") {
			required = append(required, r.ID)
		}
	}
	return fleet.Columns(required)
}
