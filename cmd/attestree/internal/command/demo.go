package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/testdata"
	"github.com/attestree/attestree/verifier/trust"
)

// demoSource is the name of the embedded image. A folder of that name is opened as oci:demo.
const demoSource = "demo"

func discoverDemo(ctx context.Context, o registry.Options, emit func(model.Event)) error {
	layout, err := fs.Sub(testdata.Demo, testdata.DemoLayout)
	if err != nil {
		return fmt.Errorf("open the demo: %w", err)
	}
	o.As = testdata.DemoReference
	return registry.DiscoverLayout(ctx, layout, demoSource, testdata.DemoTag, o, emit)
}

// trustDemo trusts whom the demo trusts, and nobody else. Its keys are public property: this trust must never reach
// another source, and another source's trust says nothing about the demo.
func (a *app) trustDemo(j *job) error {
	if len(a.flags.keys)+len(a.flags.trustedRoots) > 0 || a.flags.identity != "" || a.flags.identityRegexp != "" {
		return usage(errors.New("the demo brings its own trust; --key, --trusted-root and --certificate-… are for other sources"))
	}
	roots, err := trust.ParseRoot(demoSource, trust.SourceEmbedded, testdata.DemoTrustedRoot)
	if err != nil {
		return fmt.Errorf("read the demo's trusted root: %w", err)
	}
	var entries []trust.Signer
	for _, s := range testdata.DemoSigners {
		entry := trust.Signer{
			Name: s.Name, Enabled: true, Keyless: s.Key == nil, Issuer: s.Issuer, Subject: s.Subject,
			SourceRepository: s.SourceRepository, For: s.For,
		}
		if s.Key != nil {
			key, err := trust.ParseKey(s.Name, s.Key)
			if err != nil {
				return fmt.Errorf("read the demo's key: %w", err)
			}
			entry.Key = &key
		}
		entries = append(entries, entry)
	}
	j.roots = roots
	j.signers, err = trust.NewSigners(entries...)
	return err
}
