package listing

import (
	"strings"

	"github.com/attestree/attestree/registry"
)

// node is a value of a document, whatever that is written in. What is absent is nil; get, text, members and items of a
// value of another shape give nothing.
type node interface {
	line() int // 0 where it is not known
	text() string
	get(key string) node
	members(visit func(key string, value node))
	items(visit func(node))
	template() bool // it is what {{ }} reads as, where nobody filled it in
}

// at follows keys from a node, nil where one is absent.
func at(n node, keys ...string) node {
	for _, key := range keys {
		if n == nil {
			return nil
		}
		n = n.get(key)
	}
	return n
}

func textAt(n node, keys ...string) string { return textOf(at(n, keys...)) }

// textOf is a text without the space around it.
func textOf(n node) string {
	if n == nil {
		return ""
	}
	return strings.TrimSpace(n.text())
}

// finder looks for references in one document.
type finder struct {
	list     *List
	file     string
	offset   int    // of the document's lines in the file
	kind     string // of the object that is looked at
	where    string // the same object, with its name
	pulled   map[string]string
	template bool // something is a template still
	composed bool // it is a compose file, and not something else that has services
	tooDeep  bool
	err      error
}

// maxDepth is how deep documents are looked into. A CronJob's containers are ten levels down.
const maxDepth = 64

// object looks at a whole document: a list of objects, an object of Kubernetes, or a compose file.
func (f *finder) object(n node) {
	kind := textAt(n, "kind")
	if services := n.get("services"); services != nil && kind == "" {
		f.compose(n, services)
		return
	}
	if include := n.get("include"); include != nil && kind == "" && f.composeNamed() {
		include.items(f.include)
	}
	if items := n.get("items"); items != nil && (kind == "" || strings.HasSuffix(kind, "List")) {
		items.items(f.object)
		return
	}
	name := textAt(n, "metadata", "name")
	if name == "" {
		name = textAt(n, "metadata", "generateName")
	}
	if namespace := textAt(n, "metadata", "namespace"); namespace != "" {
		name = namespace + "/" + name
	}
	f.kind, f.where = kind, strings.TrimSpace(kind+" "+name)
	f.pulled = map[string]string{}
	for _, list := range []string{"containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"} {
		if statuses := at(n, "status", list); statuses != nil {
			statuses.items(func(s node) { f.pulled[textAt(s, "name")] = textAt(s, "imageID") })
		}
	}
	f.kustomization(n)
	f.walk(n, 0)
}

// walk finds lists of containers wherever they stand. So workloads of every kind are found, and those that others have
// defined.
func (f *finder) walk(n node, depth int) {
	if depth > maxDepth {
		f.tooDeep = true
		return
	}
	if n.template() {
		f.template = true
		return
	}
	n.members(func(key string, value node) {
		switch key {
		case "containers", "initContainers", "ephemeralContainers":
			value.items(f.container)
		case "volumes":
			value.items(f.volume)
		case "status", "managedFields":
			return
		}
		f.walk(value, depth+1)
	})
	n.items(func(item node) { f.walk(item, depth+1) })
}

func (f *finder) container(c node) {
	image, name := c.get("image"), textAt(c, "name")
	object := f.where + ", container " + name
	switch text := textOf(image); {
	case text != "":
		f.add(pinned(text, f.pulled[name]), image.line(), object)
	case image != nil && image.template(): // the walk comes to it
	case image != nil && f.kind != "":
		f.list.trouble(f.source(image.line(), object), noText)
	case image == nil && name != "" && workloads[f.kind]:
		f.list.trouble(f.source(c.line(), object), noImage)
	}
}

// volume takes the image that a volume is made of (Kubernetes, ImageVolumeSource).
func (f *finder) volume(v node) {
	if reference := at(v, "image", "reference"); reference != nil {
		f.add(reference.text(), reference.line(), f.where+", volume "+textAt(v, "name"))
	}
}

func (f *finder) add(reference string, line int, object string) {
	reference = strings.TrimSpace(reference)
	if reference == "" || f.err != nil {
		return
	}
	f.err = f.list.Add(reference, f.source(line, object))
}

// pinned is the image of a container with the digest that was pulled for it, where a node says so. A mirror's name counts
// as it was pulled; the digest of a configuration alone names nothing that a registry has.
func pinned(image, imageID string) string {
	_, pulled, schemed := strings.Cut(imageID, "://")
	if !schemed {
		pulled = imageID
	}
	repository, digest, found := strings.Cut(pulled, "@")
	if !found || repository == "" || strings.Contains(image, "@") {
		return image
	}
	own, err := registry.Repository(image)
	theirs, other := registry.Repository(repository)
	if err == nil && other == nil && own == theirs {
		return image + "@" + digest
	}
	return pulled
}
