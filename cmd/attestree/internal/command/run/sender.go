package run

import (
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/pack"
	"github.com/attestree/attestree/cmd/attestree/internal/saved"
)

// mostSaid is the largest report of a sender that is read, in bytes: only its head is shown.
const mostSaid = 64 << 20

// Sender is what the sender of an evidence pack says of it, nil for any other source. It is shown and decides nothing. A
// report that cannot be read costs a sentence, and never the evidence.
func Sender(source string) *output.Sender {
	for _, prefix := range []string{"oci:", "archive:"} {
		source = strings.TrimPrefix(source, prefix)
	}
	raw, err := pack.Report(source, mostSaid)
	if raw == nil && err == nil {
		return nil
	}
	if err != nil {
		return &output.Sender{Problem: err.Error()}
	}
	s, err := saved.Side(pack.ReportFile, raw)
	if err != nil {
		return &output.Sender{Problem: "the report beside the evidence: " + err.Error()}
	}
	return &output.Sender{Verdict: s.Verdict, Policy: s.Policy, Tool: s.Tool, JudgedAt: s.JudgedAt, Digest: string(s.Digest)}
}
