//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command"
	"github.com/attestree/attestree/cmd/attestree/internal/oci"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// asProgram has the test's binary be the program, so that its memory can be measured alone.
const asProgram = "ATTESTREE_BENCHMARK_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(command.Main(context.Background(), "0.0.0-test", command.System()))
	}
	os.Exit(m.Run())
}

// fleetOf keeps so many signed images in a registry, twenty tags in each repository, and gives the list of them. Each is
// signed twice, by workflows of its own with certificates and log entries of their own.
func fleetOf(b *testing.B, r *registrytest.Registry, s *sigstore, count int) string {
	b.Helper()
	var list bytes.Buffer
	for i := range count {
		repository, tag := fmt.Sprintf("fleet/app-%d", i/20), fmt.Sprintf("1.%d", i)
		image := r.Image(b, repository, tag, fmt.Sprint("image ", i))
		about := oci.Descriptor{MediaType: oci.TypeManifest, Digest: string(image.Digest), Size: int(image.Size)}
		for _, by := range []identity{release(), githubWorkflow(project, fmt.Sprintf("sign-%d.yml", i), "Sign", projectRef, commit, attempt)} {
			signed := s.attest(s.keyless(by, fmt.Sprint("fleet ", i, by.subject), signed), cosignSigned(about), signed.Add(time.Second))
			r.Attach(b, repository, "", model.Descriptor{MediaType: oci.TypeManifest, Digest: image.Digest, Size: image.Size}, bundleType, marshal(signed))
		}
		fmt.Fprintf(&list, "%s/%s:%s\n", r.Host(), repository, tag)
	}
	path := filepath.Join(b.TempDir(), "images.txt")
	if err := os.WriteFile(path, list.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkAThousandImages looks at a thousand images in a registry that takes 20 ms for every answer: with a cache that is
// empty, with one that has everything, and with none. "MB" is the most memory that the program held.
func BenchmarkAThousandImages(b *testing.B) {
	const count = 1000
	s := newSigstore()
	r := registrytest.New(b, registrytest.Config{Latency: 20 * time.Millisecond})
	list := fleetOf(b, r, s, count)
	root := filepath.Join(b.TempDir(), "trusted_root.json")
	if err := os.WriteFile(root, s.trustedRoot(), 0o600); err != nil {
		b.Fatal(err)
	}
	run := func(b *testing.B, home string, args ...string) {
		r.Forget()
		c := exec.CommandContext(b.Context(), os.Args[0], append([]string{
			"fleet", list, "--trusted-root", root, "--certificate-identity", workflow, "--certificate-oidc-issuer", githubIssuer, "-o", "json",
		}, args...)...)
		c.Env = append(os.Environ(), asProgram+"=1", "HOME="+home, "XDG_CACHE_HOME="+home, "DOCKER_CONFIG="+home)
		var stderr bytes.Buffer
		c.Stderr = &stderr
		out, err := c.Output()
		if err != nil {
			b.Fatalf("%v: %s", err, &stderr)
		}
		if rows := bytes.Count(out, []byte(`"verdict":"trusted"`)); rows != count {
			b.Fatalf("%d of %d images are trusted", rows, count)
		}
		if used, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
			b.ReportMetric(peak(used), "MB")
		}
		b.ReportMetric(float64(len(r.Requests())), "requests")
	}
	home := b.TempDir()
	b.Run("empty cache", func(b *testing.B) {
		for b.Loop() {
			run(b, b.TempDir())
		}
	})
	run(b, home)
	b.Run("full cache", func(b *testing.B) {
		for b.Loop() {
			run(b, home)
		}
	})
	b.Run("no cache", func(b *testing.B) {
		for b.Loop() {
			run(b, home, "--no-cache")
		}
	})
}

// peak is the most memory that a process had, in MB. Its unit is bytes on Apple's systems and KiB elsewhere (getrusage(2)).
func peak(u *syscall.Rusage) float64 {
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return float64(u.Maxrss) / 1e6
	}
	return float64(u.Maxrss) * 1024 / 1e6
}
