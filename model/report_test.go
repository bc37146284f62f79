package model

import "testing"

func TestTheDecisiveCheckIsTheCauseAndNoConsequence(t *testing.T) {
	signature := Check{ID: CheckSignature, Required: true, Status: CheckPassed}
	certificate := Check{ID: CheckCertificate, Required: true, Status: CheckSkipped, Detail: "not reached because there is no time"}
	log := Check{ID: CheckLog, Required: true, Status: CheckSkipped, Detail: "no entry"}
	stamp := Check{ID: CheckTimestamp, Required: true, Status: CheckFailed, Detail: "wrong"}
	optional := Check{ID: CheckPredicate, Status: CheckFailed, Detail: "odd"}
	signer := Check{ID: CheckSigner, Required: true, Status: CheckPassed}
	for name, c := range map[string]struct {
		report Report
		want   CheckID
	}{
		"nothing is wrong":          {Report{Checks: []Check{signature, optional}}, ""},
		"one is absent":             {Report{Reason: "no entry", Checks: []Check{signature, log}}, CheckLog},
		"one could not be reached":  {Report{Reason: "no entry", Checks: []Check{signature, certificate, log}}, CheckLog},
		"one failed after it":       {Report{Reason: "wrong", Checks: []Check{certificate, log, stamp}}, CheckTimestamp},
		"the signer is not trusted": {Report{Verdict: Untrusted, Checks: []Check{signature, signer}}, CheckSigner},
		"no reason is given":        {Report{Checks: []Check{certificate, log}}, CheckCertificate},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.report.Decisive().ID; got != c.want {
				t.Errorf("decided by %q, want %q", got, c.want)
			}
		})
	}
}
