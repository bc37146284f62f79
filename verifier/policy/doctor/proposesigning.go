package doctor

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/verifier/policy"
	"github.com/attestree/attestree/verifier/trust"
)

// proposeSigning looks for a corrected text of a signing policy that nobody is trusted by: issuers that are some, and names
// for entries without one. It is shown only if it can be read, and no stranger is trusted by it.
func (e *examiner) proposeSigning(f File, wrong *policy.SyntaxError, rules []diagnosis.Rule) {
	text := mendSigning(string(f.Data), wrong)
	if text == string(f.Data) {
		return
	}
	better, err := policy.Parse(f.Name, []byte(text), noKey)
	var still *policy.SyntaxError
	if errors.As(err, &still) || better == nil {
		return
	}
	stranger := func(s model.Signer) model.Signer {
		s.Subject, s.Fingerprint = strangers[0], "sha256:"+strings.Repeat("0", 64)
		return s
	}
	elsewhere := func(s model.Signer) model.Signer {
		s.Issuer, s.Fingerprint = "https://issuer.example", "sha256:"+strings.Repeat("0", 64)
		return s
	}
	if e.judgedBy(better, stranger).Satisfied || e.judgedBy(better, elsewhere).Satisfied {
		return
	}
	c := &diagnosis.Correction{Result: diagnosis.NotMet, Text: text, Changes: changes(string(f.Data), text)}
	if e.judgedBy(better, func(s model.Signer) model.Signer { return s }).Satisfied {
		c.Result = diagnosis.Met
		c.Tampered = []string{"everything is signed by a stranger", "everybody has another identity provider"}
	}
	attach(rules, c)
}

// judgedBy is what a signing policy says of the image if it was the reader's, with every proven signer changed.
func (e *examiner) judgedBy(f *policy.File, change func(model.Signer) model.Signer) model.PolicyAnswer {
	t := e.tree.Snapshot()
	var judged []model.Judged
	t.Walk(func(entry *model.Entry) {
		if r := entry.Report; r != nil && r.Signer != nil {
			switch r.Verdict {
			case model.Trusted, model.Untrusted, model.Valid:
				judged = append(judged, model.Judged{ID: entry.Node.ID, Report: e.reportBy(f.Signers(), entry, change(*r.Signer))})
			case model.Covered, model.Unsigned, model.Invalid, model.Unverifiable, model.Unavailable, model.Unchecked:
			}
		}
	})
	for _, j := range judged {
		t.Apply(j)
	}
	t.Judge()
	return f.Judge(t, e.tree.Reference, e.options.Now)
}

// reportBy is a report as other trusted signers would have it. What is proven stays proven; whose it is is asked anew.
func (e *examiner) reportBy(signers trust.Signers, entry *model.Entry, s model.Signer) model.Report {
	r := *entry.Report
	use := trust.Use{Root: r.TrustRoot, DefaultRoot: true, SignedAt: r.SignedAt, Now: e.options.Now}
	if a := entry.Attestation; a != nil && a.Statement != nil {
		use.PredicateType = a.Statement.PredicateType
	}
	use.Repository, _, _ = strings.Cut(e.tree.Reference, "@")
	answer := signers.Match(s, use)
	s.Name = answer.Name
	r.Signer, r.Verdict = &s, model.Untrusted
	if answer.Trusted && r.Check(model.CheckSubject).Status == model.CheckPassed {
		r.Verdict = model.Trusted
	}
	return r
}

// mendSigning gives issuers that are none the address that was meant, and names to entries without one.
func mendSigning(text string, wrong *policy.SyntaxError) string {
	all := strings.Split(text, "\n")
	for i, line := range all {
		_, value, found := strings.Cut(line, "issuer:")
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		if _, bad := aboutIssuer(value); found && bad {
			if meant := issuerMeant(value); meant != "" {
				all[i] = strings.Replace(line, value, meant, 1)
			}
		}
	}
	unnamed := 0
	for _, p := range wrong.Problems {
		if p.Line < 1 || p.Line > len(all) || !strings.Contains(p.Message, "has no name") {
			continue
		}
		unnamed++
		indent, rest, found := strings.Cut(all[p.Line-1], "- ")
		if found && strings.TrimSpace(indent) == "" && !strings.HasPrefix(rest, "{") {
			all[p.Line-1] = fmt.Sprintf("%s- name: trusted-%d\n%s  %s", indent, unnamed, indent, rest)
		}
	}
	return strings.Join(all, "\n")
}

// issuerMeant is the issuer that somebody may have meant who wrote one that is none, "" if that cannot be told.
func issuerMeant(issuer string) string {
	if !strings.Contains(issuer, "://") {
		issuer = "https://" + issuer
	}
	u, err := url.Parse(issuer)
	if err != nil {
		return ""
	}
	switch strings.TrimPrefix(u.Host, "www.") {
	case "github.com", "api.github.com", "token.actions.githubusercontent.com":
		return issuerActions
	case "google.com":
		return issuerGoogle
	case "oauth2.sigstore.dev":
		return issuerDex
	}
	return ""
}
