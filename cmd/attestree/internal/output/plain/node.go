package plain

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model"
)

// Node writes what is known about a node.
func (p *Reading) Node(w io.Writer, e *model.Entry) error {
	p.say("%s", p.row(e))
	if e.Standing.Reason != "" && p.facts.Verified {
		p.say("Because: %s", e.Standing.Reason)
	}
	if by := p.tree.Entry(e.Standing.VouchedBy); by != nil {
		p.say("Vouched for by: %s", p.row(by))
	}
	if over := p.tree.Entry(e.Standing.CoveredBy); over != nil {
		p.say("Covered by: %s", p.row(over))
	}
	p.say("Digest: %s", e.Node.Digest)
	if e.Node.Platform != "" {
		p.say("Platform: %s", e.Node.Platform)
	}
	if e.Node.Unavailable != "" || e.BlobProblem != "" {
		p.say("Could not be had: %s", e.Node.Unavailable+e.BlobProblem)
	}
	p.signer(e.Report)
	if a := e.Attestation; a != nil {
		p.said(a)
	}
	for _, f := range model.EntryFindings(e) {
		p.say("Finding, %s: %s", f.Severity, f.Message)
	}
	return p.flush(w)
}

// signer is who signed, proven or claimed, and when.
func (p *Reading) signer(r *model.Report) {
	if r == nil {
		return
	}
	who, how := r.Signer, "Signed by, proven"
	if who == nil {
		who, how = r.Claimed, "Signed by, claimed and not proven"
	}
	if who == nil {
		return
	}
	p.say("%s: %s", how, spoken(model.SignerTitle(who)))
	if who.Subject != "" {
		p.say("Identity: %s", who.Subject)
	}
	if who.Issuer != "" {
		p.say("Issuer: %s", who.Issuer)
	}
	if !r.SignedAt.IsZero() {
		p.say("Signed at: %s", r.SignedAt.UTC().Format(time.RFC3339))
	}
}

// said is what an attestation claims.
func (p *Reading) said(a *model.Attestation) {
	if a.Problem != "" {
		p.say("Could not be read: %s", a.Problem)
	}
	if a.PredicateType != "" {
		p.say("Predicate type: %s", a.PredicateType)
	}
	if a.Predicate == nil {
		return
	}
	for _, f := range a.Predicate.Fields() {
		if f.Value == "" && f.Note == "" {
			continue
		}
		for i, value := range strings.Split(f.Value, "\n") {
			switch {
			case i == 0 && f.Note != "":
				p.say("%s: %s (%s)", f.Label, value, f.Note)
			case i == 0:
				p.say("%s: %s", f.Label, value)
			default:
				p.say("%s, line %d: %s", f.Label, i+1, value)
			}
		}
	}
}

// Checks writes the checks of a node in their order.
func (p *Reading) Checks(w io.Writer, e *model.Entry) error {
	if e.Report == nil || len(e.Report.Checks) == 0 {
		p.say("Nothing was checked about this by itself.")
		return p.flush(w)
	}
	p.say("Checks: %d.", len(e.Report.Checks))
	for _, c := range e.Report.Checks {
		need := "required"
		if !c.Required {
			need = "not required"
		}
		p.say("%s: %s, %s", c.Status, c.ID, need)
		for _, part := range []struct{ label, value string }{
			{"Expected", c.Expected}, {"Actual", c.Actual}, {"Detail", c.Detail}, {"Proves", c.Proves},
		} {
			if part.value != "" {
				p.say("%s: %s", part.label, part.value)
			}
		}
	}
	return p.flush(w)
}

// mostPlainLines bounds how much of a payload is printed.
const mostPlainLines = 2000

// Payload writes the signed bytes, one value a line where they are JSON.
func (p *Reading) Payload(w io.Writer, e *model.Entry) error {
	if e.Attestation == nil || len(e.Attestation.Payload) == 0 {
		p.say("There is no payload.")
		return p.flush(w)
	}
	raw := e.Attestation.Payload
	var indented bytes.Buffer
	if len(raw) <= mostIndented && json.Indent(&indented, raw, "", " ") == nil {
		raw = indented.Bytes()
	}
	n := 0
	for part := range bytes.Lines(raw) {
		if n++; n > mostPlainLines {
			p.say("and more: attestree export writes all of it")
			break
		}
		p.out.WriteString(output.Clean(strings.TrimRight(string(part[:min(len(part), mostPlainLine)]), "\r\n")) + "\n")
	}
	return p.flush(w)
}

// Payloads above this are printed as they are, and a line no longer than this, in bytes.
const mostIndented, mostPlainLine = 4 << 20, 4000
