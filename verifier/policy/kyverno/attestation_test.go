package kyverno

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model/diagnosis"
)

func TestAttestations(t *testing.T) {
	t.Parallel()
	both := `attestations:
  - type: ` + scanType + `
    attestors: [{entries: [{keyless: ` + keyless + `}, {keyless: {issuer: "` + actions + `", subject: other}}]}]
    conditions:
      - all:
          - `
	same := `{key: "{{ kind }}", operator: Equals, value: x}`
	for name, c := range map[string]struct {
		entry string
		image Image
		want  diagnosis.Result
		would bool
	}{
		"one that says so":          {attested(same), Image{Nodes: []Node{scan(t, passed)}}, diagnosis.Met, false},
		"one of them that does not": {attested(same), Image{Nodes: []Node{scan(t, passed), scan(t, `{"kind":"y"}`)}}, diagnosis.NotMet, false},
		"another's that does not":   {attested(same), Image{Nodes: []Node{scan(t, passed), scan(t, `{"kind":"y"}`, by("other"))}}, diagnosis.Met, false},
		"one of two attestors whose says another thing": {
			about(both + same), Image{Nodes: []Node{scan(t, passed, by("other")), scan(t, `{"kind":"y"}`)}}, diagnosis.NotMet, false},
		"one of two attestors who is not trusted": {
			about(both + same), Image{Nodes: []Node{scan(t, passed, untrusted), scan(t, passed, by("other"))}}, diagnosis.NotMet, true},
		"both of two attestors": {
			about(both + same), Image{Nodes: []Node{scan(t, passed), scan(t, passed, by("other"))}}, diagnosis.Met, false},
		"one that is not trusted": {attested(same), Image{Nodes: []Node{scan(t, passed, untrusted)}}, diagnosis.NotMet, true},
		"any one of two attestors": {
			about(strings.Replace(both, "[{entries", "[{count: 1, entries", 1) + same), Image{Nodes: []Node{scan(t, passed, by("other"))}}, diagnosis.Met, false},
		"any one of two, of whom one says another thing": {
			about(strings.Replace(both, "[{entries", "[{count: 1, entries", 1) + same),
			Image{Nodes: []Node{scan(t, `{"kind":"y"}`), scan(t, passed, by("other"))}}, diagnosis.Met, false},
		"nobody named, as a bundle": {
			strings.Replace(attested(same), "    attestors:", "    # attestors:", 1), Image{Nodes: []Node{scan(t, passed)}}, diagnosis.Undefined, false},
		"nobody named, at a tag": {
			strings.NewReplacer("    attestors:", "    # attestors:", "type: SigstoreBundle", "type: Cosign").Replace(attested(same)),
			Image{Nodes: []Node{scan(t, passed, atTag)}}, diagnosis.Met, false},
		"a stranger's beside it, at a tag": {
			strings.Replace(attested(same), "type: SigstoreBundle", "type: Cosign", 1),
			Image{Nodes: []Node{scan(t, passed, atTag), scan(t, passed, atTag, untrusted, by("stranger"))}}, diagnosis.Undefined, false},
		"without an entry in the log":       {attested(same), Image{Nodes: []Node{scan(t, passed, unlogged)}}, diagnosis.Undefined, false},
		"none":                              {attested(same), Image{}, diagnosis.Undefined, false},
		"only at a tag":                     {attested(same), Image{Nodes: []Node{scan(t, passed, atTag)}}, diagnosis.Undefined, false},
		"a predicate that is no object":     {attested(same), Image{Nodes: []Node{scan(t, `[]`)}}, diagnosis.Undefined, false},
		"more referrers than Kyverno reads": {attested(same), Image{Nodes: []Node{scan(t, passed)}, Referrers: 51}, diagnosis.NotMet, false},
		"a layer that is too large":         {attested(same), Image{Nodes: []Node{scan(t, passed, func(n *Node) { n.Size = MaxLayer + 1 })}}, diagnosis.NotMet, false},
		"another image":                     {attested(same), Image{Nodes: []Node{scan(t, passed)}, References: []string{"docker.io/library/alpine:3"}}, diagnosis.Undefined, false},
		"an image without a name":           {attested(same), Image{Nodes: []Node{scan(t, passed)}, References: []string{}}, diagnosis.Undefined, false},
		"an image that is left out": {
			"skipImageReferences: [\"ghcr.io/acme/app:*\"]\n" + attested(same), Image{Nodes: []Node{scan(t, passed)}}, diagnosis.Undefined, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := worst(judge(t, policy(c.entry), c.image))
			if got.Result != c.want || got.WouldBe != c.would {
				t.Errorf("%s, would be %t: %s", got.Result, got.WouldBe, got.Message)
			}
		})
	}
}

func TestAlternativesStandForEachOther(t *testing.T) {
	t.Parallel()
	any2 := func(second string) string {
		return strings.Replace(attested(`{key: "{{ kind }}", operator: Equals, value: z}`), "all:", "any:", 1) + "\n          - " + second
	}
	image := Image{Nodes: []Node{scan(t, passed)}}
	for name, c := range map[string]struct {
		second string
		want   diagnosis.Result
	}{
		"the other is met":       {`{key: "{{ ok }}", operator: Equals, value: true}`, diagnosis.Met},
		"the other is not":       {`{key: "{{ ok }}", operator: Equals, value: false}`, diagnosis.NotMet},
		"the other is undefined": {`{key: "{{ nowhere }}", operator: Equals, value: false}`, diagnosis.Undefined},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := worst(judge(t, policy(any2(c.second)), image)); got.Result != c.want {
				t.Errorf("%s: %s", got.Result, got.Message)
			}
		})
	}
}
