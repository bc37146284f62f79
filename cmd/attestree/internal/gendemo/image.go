package main

import (
	"archive/tar"
	"bytes"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/oci"
)

// image is the demo image: the index and what it holds.
type image struct {
	index, amd64, arm64 oci.Descriptor
	statements          []oci.Descriptor // BuildKit's attestation manifests, in the order of the platforms
}

// osRelease is the only file of the base layer.
const osRelease = "NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=3.22.1\nPRETTY_NAME=\"Alpine Linux v3.22\"\n"

// build makes the two platform images, what BuildKit says about each, and the index.
func build(l *layout) image {
	var img image
	var children []oci.Descriptor
	for _, arch := range []string{"amd64", "arm64"} {
		d := platformImage(l, arch)
		d.Platform = &oci.Platform{Architecture: arch, OS: "linux"}
		children = append(children, d)
		img.statements = append(img.statements, buildkit(l, d))
	}
	img.amd64, img.arm64 = children[0], children[1]
	img.index = l.manifest(oci.Manifest{MediaType: oci.TypeIndex, Manifests: append(children, img.statements...)})
	return img
}

func platformImage(l *layout, arch string) oci.Descriptor {
	base := archive(map[string]string{"etc/os-release": osRelease, "etc/apk/arch": arch + "\n"})
	app := archive(map[string]string{"app/package.json": payload("package.json", nil), "app/server.js": payload("server.js", nil)})
	type rootfs struct {
		Type    string   `json:"type"`
		DiffIDs []string `json:"diff_ids"`
	}
	type settings struct {
		Entrypoint []string          `json:"Entrypoint"`
		WorkingDir string            `json:"WorkingDir"`
		Labels     map[string]string `json:"Labels"`
	}
	type history struct {
		Created   string `json:"created"`
		CreatedBy string `json:"created_by"`
	}
	config := l.put(oci.TypeConfig, marshal(struct {
		Created      string    `json:"created"`
		Architecture string    `json:"architecture"`
		OS           string    `json:"os"`
		Config       settings  `json:"config"`
		RootFS       rootfs    `json:"rootfs"`
		History      []history `json:"history"`
	}{
		Created: rfc3339(created), Architecture: arch, OS: "linux",
		Config: settings{[]string{"node", "/app/server.js"}, "/app", map[string]string{
			"org.opencontainers.image.title":    "demo-server",
			"org.opencontainers.image.version":  tag,
			"org.opencontainers.image.source":   project,
			"org.opencontainers.image.revision": commit,
			"org.opencontainers.image.licenses": "Apache-2.0",
		}},
		RootFS:  rootfs{"layers", []string{"sha256:" + hexSum(base), "sha256:" + hexSum(app)}},
		History: []history{{rfc3339(created), "COPY base / # buildkit"}, {rfc3339(created), "COPY app /app # buildkit"}},
	}))
	return l.manifest(oci.Manifest{Config: &config, Layers: []oci.Descriptor{l.put(typeLayer, base), l.put(typeLayer, app)}})
}

// archive is a tar of files, in order of their names.
func archive(files map[string]string) []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, name := range sortedKeys(files) {
		header := &tar.Header{Name: name, Mode: 0o644, Size: int64(len(files[name])), ModTime: time.Unix(created.Unix(), 0)}
		if err := w.WriteHeader(header); err != nil {
			panic(err)
		}
		must(w.Write([]byte(files[name])))
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}
