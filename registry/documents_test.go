package registry

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

const (
	aBundle    = `{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{}}`
	anEnvelope = `{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[]}`
	aStatement = `{"_type":"https://in-toto.io/Statement/v0.1","subject":[]}`
)

func fromStdin(t *testing.T, text string, opts Options) *model.Tree {
	t.Helper()
	opts.Stdin = strings.NewReader(text)
	return mustDiscover(t, "-", opts)
}

func TestOneDocumentIsTheRootItself(t *testing.T) {
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, []byte(aBundle), "", "  "); err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		text   string
		kind   model.Kind
		format model.Format
	}{
		"a bundle":                {aBundle, model.KindBundle, model.FormatBundle},
		"a bundle over lines":     {pretty.String(), model.KindBundle, model.FormatBundle},
		"an envelope":             {anEnvelope + "\n", model.KindEnvelope, model.FormatDSSE},
		"a statement":             {aStatement, model.KindStatement, model.FormatStatement},
		"JSON lines with one":     {"\n" + anEnvelope + "\n\n", model.KindEnvelope, model.FormatDSSE},
		"GitHub's answer for one": {`{"attestations":[{"bundle":` + aBundle + `,"repository_id":1}]}`, model.KindBundle, model.FormatBundle},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			opts := quick()
			opts.Artifact = []byte("the artifact")
			e := fromStdin(t, c.text, opts).Root()
			if e.Node.Kind != c.kind || e.Node.Format != c.format || e.Node.Subject != model.DigestOf(opts.Artifact) {
				t.Errorf("%s %s about %s", e.Node.Kind, e.Node.Format, e.Node.Subject)
			}
			if !e.Node.Blob.Digest.Matches(e.Blob) || !bytes.Contains([]byte(c.text), e.Blob) {
				t.Errorf("payload %q is not as it stands in the file", e.Blob)
			}
		})
	}
}

func TestSeveralDocumentsHangUnderTheirFile(t *testing.T) {
	cases := map[string]string{
		"JSON lines":      aBundle + "\n" + anEnvelope + "\r\n" + aStatement + "\n",
		"npm's answer":    `{"attestations":[{"predicateType":"x","bundle":` + aBundle + `},{"bundle":` + anEnvelope + `},{"bundle":` + aStatement + `}]}`,
		"a list":          `[` + aBundle + `,` + anEnvelope + `,` + aStatement + `]`,
		"gh verify's one": `[{"attestation":{"bundle":` + aBundle + `}},{"attestation":{"bundle":` + anEnvelope + `}},{"attestation":{"bundle":` + aStatement + `}}]`,
	}
	for name, text := range cases {
		t.Run(name, func(t *testing.T) {
			tree := fromStdin(t, text, quick())
			kinds := map[model.Kind]int{}
			tree.Walk(func(e *model.Entry) { kinds[e.Node.Kind]++ })
			if tree.Root().Node.Kind != model.KindFile || kinds[model.KindBundle] != 1 || kinds[model.KindEnvelope] != 1 || kinds[model.KindStatement] != 1 {
				t.Errorf("root %s with %v", tree.Root().Node.Kind, kinds)
			}
		})
	}
}

func TestALineThatIsNothingIsShownAndNotDropped(t *testing.T) {
	tree := fromStdin(t, aBundle+"\nnot JSON\n"+aBundle+"\n{\"a\":1}\n", quick())
	problems := []string{}
	tree.Walk(func(e *model.Entry) {
		if e.Node.Unavailable != "" {
			problems = append(problems, e.Node.Unavailable)
		}
	})
	if tree.Len() != 5 || len(problems) != 2 {
		t.Errorf("%d nodes and problems %q; want the file, two bundles and two problems", tree.Len(), problems)
	}
}
