package filter_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/filter"
)

// nodes are a few of each sort.
func nodes() map[string]*filter.Facts {
	digest := model.DigestOf([]byte("x"))
	entry := func(e model.Entry, v model.Verdict, platform string) *filter.Facts {
		e.Standing.Verdict, e.Node.Digest = v, digest
		f := filter.Of(&e, platform)
		return &f
	}
	dockyard := &model.Signer{Kind: model.SignerCertificate, Name: "dockyard", Subject: "https://github.com/Stacklok/Dockyard/build.yml@main"}
	attestation := func(predicate string) *model.Attestation {
		return &model.Attestation{Statement: &model.Statement{PredicateType: predicate}, PredicateType: predicate}
	}
	return map[string]*filter.Facts{
		"index": entry(model.Entry{Node: model.Node{Kind: model.KindIndex}}, model.Trusted, ""),
		"arm":   entry(model.Entry{Node: model.Node{Kind: model.KindImage, Platform: "linux/arm64"}}, model.Covered, ""),
		"sbom": entry(model.Entry{Node: model.Node{Kind: model.KindAttestation, Format: model.FormatStatement},
			Attestation: attestation("https://spdx.dev/Document")}, model.Covered, "linux/arm64"),
		"signature": entry(model.Entry{Node: model.Node{Kind: model.KindSignature, Format: model.FormatBundle},
			Report: &model.Report{Signer: dockyard}}, model.Trusted, ""),
		"claim": entry(model.Entry{Node: model.Node{Kind: model.KindSignature, Format: model.FormatBundle},
			Report: &model.Report{Claimed: dockyard, Findings: []model.Finding{{Severity: model.SeverityWarning}}}}, model.Invalid, ""),
	}
}

func TestWhatAQueryMatches(t *testing.T) {
	t.Parallel()
	all := []string{"index", "arm", "sbom", "signature", "claim"}
	for _, c := range []struct {
		name, query string
		want        []string
	}{
		{"nothing asks for everything", "  ", all},
		{"a verdict", ":invalid", []string{"claim"}},
		{"a verdict that another one ends with", ":valid", nil},
		{"the beginning of words", ":cov", []string{"arm", "sbom"}},
		{"a kind", ":index", []string{"index"}},
		{"a family", ":sbom", []string{"sbom"}},
		{"whatever the case", ":SBOM", []string{"sbom"}},
		{"any of several words", ":index,sbom", []string{"index", "sbom"}},
		{"a word that there is not", ":nonsense", nil},
		{"not a word", "!:trusted", []string{"arm", "sbom", "claim"}},
		{"a signer is proven", "signer:dockyard", []string{"signature"}},
		{"a claim is asked for by its own name", "claimed:dockyard", []string{"claim"}},
		{"any signer", "signer:", []string{"signature"}},
		{"no signer", "!signer:", []string{"index", "arm", "sbom", "claim"}},
		{"signed means carrying a signature, good or bad", ":signed", []string{"signature", "claim"}},
		{"a platform and what hangs on it", "platform:arm64", []string{"arm", "sbom"}},
		{"a predicate by its type", "predicate:spdx", []string{"sbom"}},
		{"a predicate by its family", "predicate:sbom", []string{"sbom"}},
		{"a verdict by name", "verdict:trusted", []string{"index", "signature"}},
		{"a warning", ":warning", []string{"claim"}},
		{"plain text in either case", "STACKLOK", []string{"signature", "claim"}},
		{"plain text with a colon of its own", string(model.DigestOf([]byte("x")))[:20], all},
		{"a digest", "digest:" + model.DigestOf([]byte("x")).Hex()[:9], all},
		{"several terms must all hold", "dockyard :trusted", []string{"signature"}},
		{"a term and not another", ":signed !:invalid", []string{"signature"}},
		{"a value of several words", `signer:"github.com/stacklok"`, []string{"signature"}},
		{"text does not go from one field on into the next", `"dockyard https"`, nil},
		{"what is half typed asks for nothing yet", "! : !: :,", all},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			q, facts := filter.Parse(c.query), nodes()
			for _, name := range all {
				if got, want := q.Match(facts[name]), slices.Contains(c.want, name); got != want {
					t.Errorf("%q matches %s: %v", c.query, name, got)
				}
			}
		})
	}
}

func TestAQuerySaysWhatInItMeansNothing(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		":nonsense": "there is no verdict, kind or family “nonsense”", ":inv": "", "nonsense": "", "a:b": "", ":invalid,zzz": "there is no verdict, kind or family “zzz”",
	} {
		if got := filter.Parse(query).Problem(); got != want {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
}

func TestTheTextOfAQueryIsItsFirstPlainWord(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{":sbom Foo bar": "foo", "!foo": "", "signer:x": ""} {
		if got := filter.Parse(query).Text(); got != want {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
}

func TestEveryWordAndFieldMatchesByItsName(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, w := range filter.Words() {
		if seen[w] {
			t.Errorf("%s means two things", w)
		}
		seen[w] = true
		if p := filter.Parse(":" + w).Problem(); p != "" {
			t.Errorf("%s: %s", w, p)
		}
	}
	for _, v := range model.Verdicts {
		if !seen[v.String()] {
			t.Errorf("the verdict %s cannot be asked for", v)
		}
	}
	for _, name := range filter.Fields() {
		f := filter.Facts{Verdict: model.Trusted, Kind: "q", Family: "q", Platform: "q", Signer: "q", Claimed: "q", Predicate: "q", Digest: "q"}
		value := "q"
		if name == "verdict" {
			value = "trust"
		}
		if !filter.Parse(name+":"+value).Match(&f) || filter.Parse(name+":zz").Match(&f) {
			t.Errorf("%s is no field", name)
		}
	}
}

// More terms match no more, and a term and its opposite share every node between them.
func FuzzAQueryNarrows(f *testing.F) {
	for _, seed := range []string{":invalid", "signer:a !:sbom", `"a b`, "!!x", ":,", "platform:,arm", "sha256:ab"} {
		f.Add(seed, "dockyard")
	}
	facts := nodes()
	f.Fuzz(func(t *testing.T, a, b string) {
		a = strings.ReplaceAll(a, `"`, "") // one that is left open takes what follows in
		q, both, none := filter.Parse(a), filter.Parse(a+" "+b), filter.Parse(a+" zz !zz")
		for name, node := range facts {
			if both.Match(node) && !q.Match(node) {
				t.Errorf("%s: %q matches and %q does not", name, a+" "+b, a)
			}
			if none.Match(node) {
				t.Errorf("%s: is and is not", name)
			}
			if word := strings.Join(strings.Fields(a), ""); !strings.HasPrefix(word, "!") && !filter.Parse(word).Empty() &&
				filter.Parse(word).Match(node) == filter.Parse("!"+word).Match(node) {
				t.Errorf("%s: %q and its opposite agree", name, word)
			}
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	one := nodes()
	many := make([]*filter.Facts, 100_000)
	for i := range many {
		many[i] = one["sbom"]
	}
	for _, query := range []string{":invalid", "signer:dockyard !:sbom", "needle"} {
		b.Run(query, func(b *testing.B) {
			q := filter.Parse(query)
			for b.Loop() {
				for _, f := range many {
					q.Match(f)
				}
			}
		})
	}
}
