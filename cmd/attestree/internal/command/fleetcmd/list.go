package fleetcmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/fleet/listing"
	"github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/registry/fetch"
)

// references finds the references that a source holds, and keeps those of one part. That the source holds none is an error:
// nothing to look at must not look like nothing wrong. A part may have none, where there are more parts than references.
func references(ctx context.Context, a *run.App, source string, part fleet.Shard) (*listing.List, error) {
	list := listing.Part(part)
	var err error
	switch {
	case source == "-":
		if a.Stdin == nil {
			return nil, exit.Usage(errors.New("there is no standard input"))
		}
		err = list.Read("-", a.Stdin)
	case isFolder(source):
		if _, err := os.Stat(filepath.Join(source, "oci-layout")); err == nil {
			return nil, exit.Usage(fmt.Errorf("%s is an OCI layout; attestree verify looks at one, and a fleet is of images in registries", source))
		}
		err = list.Folder(source)
	case isFile(source):
		err = readList(list, source)
	default:
		err = tags(ctx, a, list, source)
	}
	switch {
	case err != nil:
		return nil, err
	case list.Total == 0 && len(list.Problems) > 0:
		return nil, fmt.Errorf("%s: no image reference was found: %s", source, list.Problems[0])
	case list.Total == 0:
		return nil, fmt.Errorf("%s: no image reference was found", source)
	}
	return list, nil
}

func isFile(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func readList(list *listing.List, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // only read from
	return list.Read(path, file)
}

// listed are the endings of files that hold references. A repository of such a name is asked for with registry: before it.
var listed = []string{".txt", ".yaml", ".yml", ".json", ".jsonl", ".csv"}

// tags lists the tags of a repository.
func tags(ctx context.Context, a *run.App, list *listing.List, source string) error {
	reference, sure := strings.CutPrefix(source, "registry:")
	if !sure && slices.Contains(listed, filepath.Ext(source)) {
		return exit.Usage(fmt.Errorf("%s: there is no such file", fetch.WithoutUser(source)))
	}
	if _, err := registry.Repository(reference); err != nil {
		return exit.Usage(fmt.Errorf("%s is neither a file nor a repository: %w", fetch.WithoutUser(source), err))
	}
	if strings.Contains(reference, "@") || strings.LastIndex(reference, ":") > strings.LastIndex(reference, "/") {
		return exit.Usage(fmt.Errorf("%s is one image, or a file that is not there; for one image there is attestree verify, for all tags leave the tag out", fetch.WithoutUser(source)))
	}
	tags, missing, err := registry.Tags(ctx, reference, a.RegistryOptions(), listing.MaxImages)
	if err != nil {
		return err
	}
	if missing != "" {
		list.Problems = append(list.Problems, listing.Problem{Source: fleet.Source{Object: "tags of " + reference}, Message: missing})
	}
	for _, tag := range tags {
		if err := list.Add(reference+":"+tag, fleet.Source{Object: "tag"}); err != nil {
			return err
		}
	}
	return nil
}
