package pack

import (
	"fmt"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// About is what the README of a pack says of it.
type About struct {
	Tool, Source, Resolved string
	Digest                 model.Digest
	At                     time.Time
	Verdict, Policy        string
	Roots                  int  // trusted roots in the pack
	PolicyFile             bool // there is one in the pack
}

// Readme tells whoever opens a pack what it is, what of it can be relied on, and how to judge it for themselves.
func Readme(a About, c Contents) []byte {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("# Evidence for an image\n")
	say("Everything that was found attached to an image, and the image's own manifests. The layers of the image are not here.\n")
	say("    source    %s", plain(a.Source))
	say("    image     %s", plain(a.Resolved))
	say("    digest    %s", plain(string(a.Digest)))
	say("    packed    %s by %s", a.At.UTC().Format(time.RFC3339), plain(a.Tool))
	say("    nodes     %d\n", c.Nodes)
	say("## Whose word is what\n")
	say("The folder is an OCI image layout; every blob has the digest that it is named by. What is in %s/ is the", Beside)
	say("sender's word and proves nothing: the report (%s, %s), the policy and the trusted roots that it was judged by.", plain(a.Verdict), plain(a.Policy))
	say("None of it is used when the pack is opened.\n")
	say("## Judge it yourself\n")
	say("    attestree PACK                                     # with your own trust, without a network")
	say("    attestree verify PACK --as %s", repository(a.Resolved))
	say("    attestree diff PACK/%s/%s PACK        # the sender's verdicts beside yours", Beside, ReportFile)
	if a.Roots > 0 {
		say("    attestree PACK --trusted-root PACK/%s/trusted_root.jsonl      # with the sender's roots: think first", Beside)
	}
	if a.PolicyFile {
		say("    attestree verify PACK --policy PACK/%s/policy.yaml            # and the sender's policy", Beside)
	}
	say("    cosign verify --local-image PACK --certificate-identity … --certificate-oidc-issuer …\n")
	if len(c.Missing) > 0 {
		say("## What is missing\n")
		for _, m := range c.Missing {
			say("- %s", plain(m))
		}
	}
	return []byte(b.String())
}

func repository(resolved string) string {
	before, _, _ := strings.Cut(resolved, "@")
	if before == "" {
		return "REGISTRY/REPOSITORY"
	}
	return plain(before)
}

// plain is attested text in one line that no reader of a text file is misled by.
func plain(s string) string { return safe.Line(s).String() }
