package run

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/testdata"
)

// DemoSource is the name of the embedded image. A folder of that name is opened as oci:demo.
const DemoSource = "demo"

func discoverDemo(ctx context.Context, o registry.Options, emit func(model.Event)) error {
	layout, err := fs.Sub(testdata.Demo, testdata.DemoLayout)
	if err != nil {
		return fmt.Errorf("open the demo: %w", err)
	}
	o.As = testdata.DemoReference
	return registry.DiscoverLayout(ctx, layout, DemoSource, testdata.DemoTag, o, emit)
}
