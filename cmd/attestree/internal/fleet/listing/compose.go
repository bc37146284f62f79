package listing

import (
	"path"
	"strings"
)

// compose takes the images of a compose file's services, and says of which services it names none (compose-spec,
// 05-services.md "image", "build", "extends", "provider"; 14-include.md).
func (f *finder) compose(n, services node) {
	f.composed = f.composeNamed()
	services.members(func(_ string, s node) {
		f.composed = f.composed || s.get("image") != nil || s.get("build") != nil || s.get("extends") != nil
	})
	services.members(func(name string, service node) { f.service(services, name, service) })
	if include := n.get("include"); include != nil {
		include.items(f.include)
	}
}

// composeNamed reports whether the file is called as compose files are. Other programs have services too.
func (f *finder) composeNamed() bool { return strings.Contains(path.Base(f.file), "compose") }

func (f *finder) service(services node, name string, service node) {
	object := "service " + name
	if name == "<<" {
		f.list.trouble(f.source(service.line(), "services"), "services are merged in, which is not followed; give what docker compose config prints")
		return
	}
	volumes := service.get("volumes")
	if volumes != nil {
		volumes.items(func(v node) {
			if source := v.get("source"); source != nil && textAt(v, "type") == "image" {
				f.add(source.text(), source.line(), object+", volume "+textAt(v, "target"))
			}
		})
	}
	image := service.get("image")
	switch text := textOf(image); {
	case text != "":
		f.list.knows(serviceNamed(f.file, name))
		f.add(text, image.line(), object)
	case image != nil && image.template():
		f.list.trouble(f.source(image.line(), object), noTemplate)
	case image != nil:
		f.list.trouble(f.source(image.line(), object), noText)
	default:
		f.nameless(services, name, service)
	}
}

// nameless says why a service without an image of its own is not looked at. What it takes from a service beside it is
// looked at there.
func (f *finder) nameless(services node, name string, service node) {
	source := f.source(service.line(), "service "+name)
	extends := service.get("extends")
	switch {
	case service.get("build") != nil:
		f.list.trouble(source, "it is built here and names no image, so nothing that a registry has can be looked at")
	case service.get("provider") != nil: // runs no container
	case extends != nil:
		base, file := extends.text(), textAt(extends, "file")
		if base == "" {
			base = textAt(extends, "service")
		}
		if file == "" && at(services, base) != nil {
			return
		}
		message := noImage + ", and extends a service of " + file + ", which is not followed; give what docker compose config prints"
		f.list.misses(source, message, serviceNamed(path.Join(path.Dir(f.file), file), base))
	case f.composed:
		f.list.misses(source, noImage, serviceNamed(f.file, name))
	}
}

// include says which files a compose file takes in: a path, or an object with one path or several.
func (f *finder) include(n node) {
	paths := []node{n}
	if p := n.get("path"); p != nil {
		paths = []node{p}
		p.items(func(one node) { paths = append(paths, one) })
	}
	for _, p := range paths {
		if file := p.text(); file != "" {
			f.list.misses(f.source(p.line(), "include"), "it takes in "+file+", which is not followed; give what docker compose config prints",
				wasRead(path.Join(path.Dir(f.file), file)))
		}
	}
}
