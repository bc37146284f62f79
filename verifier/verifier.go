package verifier

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/notation"
	"github.com/attestree/attestree/verifier/pkgsig"
	"github.com/attestree/attestree/verifier/trust"
)

// Options is what a verdict rests on. Each run fixes it once.
type Options struct {
	// Roots are tried by the issuer of a certificate; the first is the run's own, which signers without a root mean.
	Roots []trust.Root
	// Spare are roots that nobody asked to judge by. What only they verify is explained by that, and no better for it.
	Spare   []trust.Root
	Signers trust.Signers
	// IgnoreTlog lets key signatures do without a log entry (cosign's --insecure-ignore-tlog).
	IgnoreTlog bool
	// Notation is what notation signatures are judged by.
	Notation notation.Trust
	// PackageKeys are the keys of package registries, for what is about packages alone. Those that the program carries
	// where there are none.
	PackageKeys pkgsig.Keys
	Now         func() time.Time // time.Now if nil
	// At judges as of another time: later signatures are refused, and nobody is trusted who is not today. Zero for now.
	At time.Time
}

// Verifier judges evidence. It is safe for concurrent use.
type Verifier struct {
	roots   []trust.Root
	signers trust.Signers
	notary  notation.Trust
	noLog   bool
	// packageKeys count for packages only: no registry of packages says anything of an image.
	packageKeys pkgsig.Keys
	spare       []trust.Root // that only explain
	now         func() time.Time
	at          time.Time
	// stepwise takes every step alone, also where sigstore-go accepts the whole: for tests of their agreement.
	stepwise bool
}

// New returns a Verifier, or an error that says which option is not usable.
func New(o Options) (*Verifier, error) {
	if len(o.Roots) == 0 {
		return nil, errors.New("set up verification: no trusted root")
	}
	for _, r := range o.Roots {
		if r.Material() == nil {
			return nil, fmt.Errorf("set up verification: trusted root %q is empty", r.Info.Name)
		}
	}
	if err := o.Notation.Check(); err != nil {
		return nil, fmt.Errorf("set up verification: %w", err)
	}
	if len(o.PackageKeys.Keys) == 0 {
		var err error
		if o.PackageKeys, err = pkgsig.Snapshot(); err != nil {
			return nil, fmt.Errorf("set up verification: %w", err)
		}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Verifier{
		roots: o.Roots, signers: o.Signers, notary: o.Notation, noLog: o.IgnoreTlog, now: o.Now, at: o.At, packageKeys: o.PackageKeys,
		spare: append(spareRoots(o.Roots), o.Spare...),
	}, nil
}

// Verify judges one node. It never fails: what could not be judged is a verdict too. A cancelled context gives the zero
// report, which says that nothing was checked.
func (v *Verifier) Verify(ctx context.Context, ev model.Evidence) (report model.Report) {
	defer func() {
		// Hostile bytes reach a dozen parsers that are not ours. One that panics must cost one node, not the program.
		if crash := recover(); crash != nil {
			report = model.Report{
				Verdict: model.Unverifiable,
				Reason:  "internal error while judging this node: a parser gave up in a way it should not",
			}
		}
	}()
	if ctx.Err() != nil {
		return model.Report{}
	}
	switch {
	case ev.Node.Unavailable != "":
		return model.Report{Verdict: model.Unavailable, Reason: ev.Node.Unavailable}
	case ev.Problem != "" && !ev.Tampered:
		return model.Report{Verdict: model.Unavailable, Reason: ev.Problem}
	case !ev.Node.Format.Signed():
		return plain(ev)
	case ev.Tampered:
		return tampered(ev)
	case ev.Blob == nil:
		return model.Report{Verdict: model.Unverifiable, Reason: "its payload was not read"}
	}
	return v.signature(ev)
}

// signature judges a node that carries, or ought to carry, a signature of its own.
func (v *Verifier) signature(ev model.Evidence) model.Report {
	switch ev.Node.Format {
	case model.FormatBundle:
		return v.judgeAll(ev, openBundle(ev))
	case model.FormatSimpleSigning:
		return v.judgeAll(ev, openSimpleSigning(ev))
	case model.FormatDSSE:
		return v.judgeAll(ev, openDSSE(ev))
	case model.FormatNotationJWS, model.FormatNotationCOSE:
		return v.notation(ev)
	case model.FormatRegistrySignature:
		return v.registrySigned(ev)
	case model.FormatNone, model.FormatStatement, model.FormatDocument, model.FormatOpaque:
	}
	return plain(ev)
}

// judgeAll judges each signature of an envelope alone. The best verdict is the node's, the others become findings
// (docs/verification.md).
func (v *Verifier) judgeAll(ev model.Evidence, signatures []*signed) model.Report {
	reports := make([]model.Report, 0, len(signatures))
	best := 0
	for i, s := range signatures {
		reports = append(reports, v.judge(ev, s))
		if goodness(reports[i].Verdict) > goodness(reports[best].Verdict) {
			best = i
		}
	}
	report := reports[best]
	v.tryOtherRoots(ev, signatures[best], &report)
	for i, other := range reports {
		if i != best {
			report.Findings = append(report.Findings, model.Finding{
				ID: "further-signature", Severity: model.SeverityInfo,
				Message: fmt.Sprintf("signature %d of %d in the envelope is %s%s", i+1, len(reports), other.Verdict, because(other.Reason)),
			})
		}
	}
	return report
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}

// goodness ranks verdicts of signatures in one envelope.
func goodness(v model.Verdict) int {
	switch v {
	case model.Trusted:
		return 5
	case model.Valid:
		return 4
	case model.Untrusted:
		return 3
	case model.Unverifiable:
		return 2
	case model.Invalid:
		return 1
	case model.Unchecked, model.Covered, model.Unsigned, model.Unavailable:
	}
	return 0
}

// judgedAt is the time that certificates and entries are compared with.
func (v *Verifier) judgedAt() time.Time {
	if !v.at.IsZero() {
		return v.at
	}
	return v.now()
}
