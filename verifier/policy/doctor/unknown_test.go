package doctor

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model/diagnosis"
)

func TestAFileThatIsNoPolicySaysWhatItIsInstead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, text, says string }{
		"policies in a list":       {"p.yaml", "apiVersion: v1\nkind: List\nitems:\n- apiVersion: kyverno.io/v1\n  kind: ClusterPolicy\n", "out of the List"},
		"policy-controller's form": {"p.yaml", "apiVersion: policy.sigstore.dev/v1beta1\nkind: ClusterImagePolicy\n", "policy.data"},
		"CUE":                      {"p.cue", "package a\n", "CUE"},
		"anything":                 {"p.txt", "hello\n", "no policy of a known kind"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rules := examine(t, c.file, c.text, image(t))
			if len(rules) != 1 || rules[0].Kind != diagnosis.KindUnknown || rules[0].Result != diagnosis.Unsupported || !strings.Contains(rules[0].Message, c.says) {
				t.Errorf("%+v", rules)
			}
		})
	}
}
