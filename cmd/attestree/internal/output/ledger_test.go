package output

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
)

func TestLookupsThatFailedAlikeShareALine(t *testing.T) {
	digest := func(n int) model.Digest { return model.Digest("sha256:" + strings.Repeat(fmt.Sprintf("%02x", n), 32)) }
	lookups := func(status model.LookupStatus, repository, detail string, subject int, mechanisms ...model.Mechanism) []model.Lookup {
		var all []model.Lookup
		for _, m := range mechanisms {
			all = append(all, model.Lookup{Mechanism: m, Subject: digest(subject), Status: status, Repository: repository, Detail: detail})
		}
		return all
	}
	const sig, att = model.MechanismCosignSig, model.MechanismCosignAtt
	var many []model.Lookup
	for i := range 9 {
		many = append(many, lookups(model.LookupFailed, "", "timed out", i, sig)...)
	}
	for name, c := range map[string]struct {
		lookups []model.Lookup
		want    []string
	}{
		"what ended well is left out": {
			append(lookups(model.LookupNone, "", "", 1, sig), lookups(model.LookupUnsupported, "", "", 1, att)...), nil,
		},
		"mechanisms and digests": {
			append(lookups(model.LookupFailed, "r/x", "no route", 1, sig, att), lookups(model.LookupFailed, "r/x", "no route", 2, sig, att)...),
			[]string{"failed  cosign-sig, cosign-att in r/x of sha256:010101010101, sha256:020202020202: no route"},
		},
		"only pairs that were missed": {
			append(lookups(model.LookupFailed, "", "no route", 1, sig, att), lookups(model.LookupFailed, "", "no route", 2, att)...),
			[]string{"failed  cosign-sig, cosign-att of sha256:010101010101: no route", "failed  cosign-att of sha256:020202020202: no route"},
		},
		"another ending or place is another line": {
			append(append(lookups(model.LookupDenied, "", "why", 1, sig), lookups(model.LookupFailed, "", "why", 1, sig)...), lookups(model.LookupFailed, "r", "why", 1, sig)...),
			[]string{"denied  cosign-sig of sha256:010101010101: why", "failed  cosign-sig of sha256:010101010101: why", "failed  cosign-sig in r of sha256:010101010101: why"},
		},
		"many digests are counted": {
			many, []string{"failed  cosign-sig of sha256:000000000000, sha256:010101010101, sha256:020202020202, sha256:030303030303, 5 more: timed out"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, m := range missedLookups(c.lookups) {
				got = append(got, m.String())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("lines (-want +got):\n%s", diff)
			}
		})
	}
}
