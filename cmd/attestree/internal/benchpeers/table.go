package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// measure runs every combination and prints a line for each.
func measure(ctx context.Context, p plan, out io.Writer) error {
	bin, err := filepath.Abs(p.bin)
	if err != nil {
		return err
	}
	for _, tool := range []string{"attestree", "cosign", "oras", "regctl"} {
		if _, err := os.Stat(filepath.Join(bin, tool)); err != nil {
			return fmt.Errorf("find the tools: %w", err)
		}
	}
	home, err := os.MkdirTemp("", "benchpeers-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(home) }() // a scratch folder
	row(out, "attached", "latency", "referrers", "token", "task", "requests", "rounds", "wall", "found")
	row(out, "---", "---", "---", "---", "---", "---", "---", "---", "---")
	for _, n := range p.attached {
		s, key, err := image(n)
		if err != nil {
			return err
		}
		s.fallback()
		w := world{key: filepath.Join(home, "key.pub"), root: filepath.Join(home, "root.json"), home: home, digests: s.order}
		if err := write(w, key); err != nil {
			return err
		}
		for _, referrers := range p.referrers {
			for _, token := range p.token {
				for _, latency := range p.latencies {
					if err := registryOf(ctx, p, bin, w, s, latency, referrers, token, out); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// emptyRoot is a trusted root that trusts nobody: keys need none, and without a file cosign asks the network for one.
const emptyRoot = `{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}`

func write(w world, key []byte) error {
	if err := os.WriteFile(w.key, key, 0o600); err != nil {
		return err
	}
	return os.WriteFile(w.root, []byte(emptyRoot), 0o600)
}

// registryOf measures all tasks against one kind of registry.
func registryOf(ctx context.Context, p plan, bin string, w world, s *store, latency time.Duration, referrers, token bool, out io.Writer) error {
	r, err := serve(ctx, s, latency, referrers, token)
	if err != nil {
		return err
	}
	defer r.close()
	w.host = r.host
	for _, t := range tasks {
		if strings.HasPrefix(t.name, "whole") && len(s.attached) > p.whole || !strings.Contains(t.name, p.only) {
			continue
		}
		got := quickest(ctx, p, bin, t, w, r)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		found := fmt.Sprintf("%d/%d", got.found, len(s.attached))
		if got.none > 0 {
			found += fmt.Sprintf(" (%d found none of their type)", got.none)
		}
		if got.failed > 0 {
			found += fmt.Sprintf(" (%d failed)", got.failed)
			fmt.Fprintln(os.Stderr, got.problem)
		}
		rounds := "–" // where nothing takes time, nothing waits
		if latency > 0 {
			rounds = fmt.Sprint(got.rounds)
		}
		row(out, fmt.Sprint(len(s.attached)), latency.String(), word(referrers), word(token), t.name,
			fmt.Sprint(got.requests), rounds, fmt.Sprintf("%.2f s", got.wall.Seconds()), found)
	}
	return nil
}

// quickest is the quickest run of a task.
func quickest(ctx context.Context, p plan, bin string, t task, w world, r *server) result {
	var best result
	for i := range max(p.runs, 1) {
		limited, cancel := context.WithTimeout(ctx, p.patience*time.Duration(len(t.steps(w))))
		got := run(limited, bin, t, w, r)
		cancel()
		if i == 0 || got.failed == 0 && got.wall < best.wall {
			best = got
		}
	}
	return best
}

func row(out io.Writer, cells ...string) {
	_, _ = fmt.Fprintf(out, "| %s |\n", strings.Join(cells, " | ")) // where stdout is gone there is nobody to tell
}

func word(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
