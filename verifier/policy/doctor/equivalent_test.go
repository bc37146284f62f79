package doctor

import (
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/model/equivalent"
)

// The rule that attestree itself makes of a node is met by that node, and by no other signer's.
func TestTheRuleThatIsMadeOfANodeIsMetByIt(t *testing.T) {
	t.Parallel()
	stamped := func(n *node) { n.stamped = true }
	for name, n := range map[string]node{
		"a signature": signature(), "an attestation": attests(typeSCAI, scanned), "one that has a timestamp alone": attests(typeSCAI, scanned, stamped),
		"one with a key": attests(typeSCAI, scanned, withKey), "a signature with a key": signature(withKey), "with a key and a timestamp": signature(withKey, stamped),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree := image(t, n)
			rule := ""
			tree.Walk(func(e *model.Entry) {
				for _, c := range equivalent.For(tree, e, equivalent.Context{}) {
					if c.Tool == "kyverno" && c.Purpose == equivalent.Policy {
						rule = c.Line
					}
				}
			})
			if rules := examine(t, "p.yaml", rule, tree); !(diagnosis.Examination{Rules: rules}).Satisfied() {
				t.Errorf("not met: %+v in\n%s", rules, rule)
			}
			other := n
			by(skills)(&other)
			other.keyed = false
			if rules := examine(t, "p.yaml", rule, image(t, other)); (diagnosis.Examination{Rules: rules}).Satisfied() {
				t.Errorf("met by another signer:\n%s", rule)
			}
		})
	}
}
