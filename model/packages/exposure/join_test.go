package exposure

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
)

const (
	own   = model.Digest("sha256:359dae149bb58c4c3287f1840d0366a76713fd5d7f023ada5ef6faab6cbeb0c9")
	other = model.Digest("sha256:c10c1583e8d247f2951a399614f7bf33fd288a417d86de65b51557e6e598344f")
)

var widget = Image{Digests: []model.Digest{own}, Repository: "ghcr.io/example-org/widget"}

// table is an SBOM with what the tests are about.
func table(t testing.TB) *packages.Table {
	t.Helper()
	x, err := packages.Build([]byte(`{"bomFormat":"CycloneDX","serialNumber":"urn:uuid:1234","metadata":{"component":{"bom-ref":"image","name":"widget"}},"components":[
		{"bom-ref":"spawn","name":"cross-spawn","version":"7.0.3","purl":"pkg:npm/cross-spawn@7.0.3"},
		{"bom-ref":"semver","name":"semver","version":"7.5.1"},
		{"bom-ref":"zlib","name":"zlib","version":"1.3","purl":"pkg:deb/debian/zlib@1.3?arch=amd64"}],
		"vulnerabilities":[{"id":"CVE-2026-7777","ratings":[{"severity":"low"}],"analysis":{"state":"false_positive","detail":"no"},"affects":[{"ref":"zlib"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	return packages.NewTable(packages.Source{Index: x, Node: "sbom"})
}

// scan is a report by Trivy that finds CVE-2024-21538 in cross-spawn, and another in semver.
const scan = `{"Results":[{"Type":"npm","Vulnerabilities":[
	{"VulnerabilityID":"CVE-2024-21538","PkgName":"cross-spawn","PkgIdentifier":{"PURL":"pkg:npm/cross-spawn@7.0.3"},"InstalledVersion":"7.0.3","Severity":"HIGH"},
	{"VulnerabilityID":"CVE-2022-25883","PkgName":"semver","InstalledVersion":"7.5.1","Severity":"MEDIUM"},
	{"VulnerabilityID":"CVE-2025-0001","PkgName":"@x/gone","InstalledVersion":"1","Severity":"LOW"}]}]}`

// vex is an OpenVEX document with statements.
func vex(statements ...string) string {
	return `{"@context":"https://openvex.dev/ns/v0.2.0","timestamp":"2026-11-20T08:06:00Z","statements":[` + strings.Join(statements, ",") + `]}`
}

// statement is one about CVE-2024-21538.
func statement(status, products string, more ...string) string {
	return fmt.Sprintf(`{"vulnerability":{"name":"CVE-2024-21538"},"status":%q,"products":[%s]%s}`, status, products, strings.Join(append([]string{""}, more...), ","))
}

const (
	reason   = `"justification":"vulnerable_code_not_in_execute_path"`
	byDigest = `{"@id":"pkg:oci/widget@sha256%3A359dae149bb58c4c3287f1840d0366a76713fd5d7f023ada5ef6faab6cbeb0c9","subcomponents":[{"@id":"pkg:npm/cross-spawn@7.0.3"}]}`
)

func join(t *testing.T, evidence ...Evidence) *Joined {
	t.Helper()
	var reports []*Report
	for _, e := range evidence {
		r, ok := Read(e)
		if !ok {
			t.Fatalf("%s is no report", e.Raw)
		}
		reports = append(reports, r)
	}
	j, err := Join(t.Context(), table(t), widget, reports)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func standing(v model.Verdict) model.Standing { return model.Standing{Verdict: v} }

func TestOnlySomebodyTrustedCanExcuse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		standing model.Standing
		excused  bool
	}{
		{standing(model.Trusted), true},
		{model.Standing{Verdict: model.Covered, Coverage: model.Trusted}, true},
		{model.Standing{Verdict: model.Covered, Coverage: model.Valid}, false},
		{model.Standing{Verdict: model.Untrusted, Coverage: model.Trusted}, false},
		{standing(model.Valid), false},
		{standing(model.Untrusted), false},
		{standing(model.Unsigned), false},
		{standing(model.Invalid), false},
		{standing(model.Unverifiable), false},
		{standing(model.Unavailable), false},
		{standing(model.Unchecked), false},
	} {
		t.Run(test.standing.Verdict.String()+" "+test.standing.Coverage.String(), func(t *testing.T) {
			t.Parallel()
			j := join(t, Evidence{Node: "scan", Raw: []byte(scan), Standing: standing(model.Untrusted)},
				Evidence{Node: "vex", Raw: []byte(vex(statement("not_affected", byDigest, reason))), Standing: test.standing})
			v := j.Of(0)[0]
			if v.Excused != test.excused || len(v.Claims) != 1 || v.Claims[0].Counts != test.excused || (v.Claims[0].Why == "") != test.excused {
				t.Errorf("%+v", v)
			}
			e := j.Exposures()[0]
			if test.excused && (e.Open != 0 || e.Excused != 1) || !test.excused && (e.Open != 1 || e.Claimed != 1 || e.Worst != packages.SeverityHigh) {
				t.Errorf("%+v", e)
			}
		})
	}
}

func TestWhatAnExcuseIsAbout(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, statement string
		excused         bool
		about           About
	}{
		{"this image by digest, and the package in it", statement("not_affected", byDigest, reason), true, AboutComponent},
		{"the package itself", statement("not_affected", `{"@id":"pkg:npm/cross-spawn@7.0.3"}`, reason), true, AboutPackage},
		{"every version of the package", statement("fixed", `{"@id":"pkg:npm/cross-spawn"}`), true, AboutPackage},
		{"this image by hash", statement("not_affected", `{"@id":"x","hashes":{"sha-256":"`+own.Hex()+`"}}`, reason), true, AboutImage},
		{"this image by name", statement("not_affected", `{"@id":"pkg:oci/widget"}`, reason), true, AboutImage},
		{"this image by name and place", statement("not_affected", `{"@id":"pkg:oci/widget?repository_url=ghcr.io/example-org"}`, reason), true, AboutImage},
		{"this image by its reference", statement("not_affected", `{"@id":"ghcr.io/example-org/widget@`+string(own)+`"}`, reason), true, AboutImage},
		{"what it is attached to", `{"vulnerability":{"name":"CVE-2024-21538"},"status":"fixed"}`, true, AboutAttachment},
		{"another image by digest", statement("not_affected", `{"@id":"pkg:oci/widget@`+strings.ReplaceAll(string(other), ":", "%3A")+`"}`, reason), false, AboutOther},
		{"another image by name", statement("not_affected", `{"@id":"pkg:oci/gadget"}`, reason), false, AboutOther},
		{"the same name elsewhere", statement("not_affected", `{"@id":"pkg:oci/widget?repository_url=evil.example/widget"}`, reason), false, AboutOther},
		{"a tag, which moves", statement("not_affected", `{"@id":"pkg:docker/example-org/widget@1"}`, reason), false, AboutOther},
		{"a product that nothing is known of", statement("not_affected", `{"@id":"https://example.com/widget"}`, reason), false, AboutOther},
		{"the package in another product", statement("not_affected", `{"@id":"gadget","subcomponents":[{"@id":"pkg:npm/cross-spawn"}]}`, reason), false, AboutOther},
		{"not_affected without a reason", statement("not_affected", byDigest), false, AboutComponent},
		{"affected", statement("affected", byDigest), false, AboutComponent},
		{"under investigation", statement("under_investigation", byDigest), false, AboutComponent},
		{"a status that there is not", statement("fine", byDigest, reason), false, AboutComponent},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			j := join(t, Evidence{Node: "scan", Raw: []byte(scan)}, Evidence{Node: "vex", Raw: []byte(vex(test.statement)), Standing: standing(model.Trusted)})
			v := j.Of(0)[0]
			if v.Excused != test.excused || len(v.Claims) != 1 || v.Claims[0].About != test.about {
				t.Errorf("%+v", v)
			}
		})
	}
}

func TestWhatIsNotAboutAPackageIsNotSaidOfIt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, statement string }{
		{"another version", statement("fixed", `{"@id":"pkg:npm/cross-spawn@7.0.4"}`)},
		{"another package", statement("fixed", `{"@id":"pkg:npm/left-pad"}`)},
		{"another package of this image", statement("fixed", `{"@id":"pkg:oci/widget","subcomponents":[{"@id":"pkg:npm/left-pad"}]}`)},
		{"a qualifier that the package has not", statement("fixed", `{"@id":"pkg:npm/cross-spawn@7.0.3?arch=arm64"}`)},
		{"another vulnerability", `{"vulnerability":{"name":"CVE-2024-2153"},"status":"fixed"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			j := join(t, Evidence{Node: "scan", Raw: []byte(scan)}, Evidence{Node: "vex", Raw: []byte(vex(test.statement)), Standing: standing(model.Trusted)})
			if v := j.Of(0)[0]; v.Excused || len(v.Claims) != 0 {
				t.Errorf("%+v", v)
			}
		})
	}
}

func TestTheNewestTrustedStatementDecides(t *testing.T) {
	t.Parallel()
	at := func(status, time string) string {
		return statement(status, byDigest, reason, `"timestamp":"`+time+`"`)
	}
	const early, late = "2026-11-01T00:00:00Z", "2026-11-02T00:00:00+01:00"
	for _, test := range []struct {
		name    string
		first   string
		second  string
		excused bool
	}{
		{"an excuse after a warning", at("affected", early), at("not_affected", late), true},
		{"a warning after an excuse", at("not_affected", early), at("affected", late), false},
		{"both at once", at("not_affected", early), at("affected", early), false},
		{"an excuse that does not say when", at("affected", early), at("not_affected", "today"), false},
		{"a warning that does not say when", at("affected", "today"), at("not_affected", early), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			j := join(t, Evidence{Node: "scan", Raw: []byte(scan)},
				Evidence{Node: "one", Raw: []byte(vex(test.first)), Standing: standing(model.Trusted)},
				Evidence{Node: "two", Raw: []byte(vex(test.second)), Standing: standing(model.Trusted)},
				Evidence{Node: "three", Raw: []byte(vex(at("affected", "2027-01-01T00:00:00Z"))), Standing: standing(model.Untrusted)})
			if v := j.Of(0)[0]; v.Excused != test.excused || len(v.Claims) != 3 {
				t.Errorf("%+v", v)
			}
		})
	}
}

func TestVulnerabilitiesFindTheirPackages(t *testing.T) {
	t.Parallel()
	const grype = `{"matches":[{"vulnerability":{"id":"GHSA-3xgq-45jj-v275","severity":"Critical"},"relatedVulnerabilities":[{"id":"cve-2024-21538"}],
		"artifact":{"name":"cross-spawn","version":"7.0.3","purl":"pkg:npm/cross-spawn@7.0.3?x=y"}}]}`
	sbom := table(t).Sources()[0].Index.Text()
	j := join(t, Evidence{Node: "scan", Raw: []byte(scan)}, Evidence{Node: "grype", Raw: []byte(grype)},
		Evidence{Node: "sbom", Raw: sbom, Standing: standing(model.Trusted)},
		Evidence{Node: "vex", Standing: standing(model.Trusted), Raw: []byte(vex(`{"vulnerability":{"name":"CVE-2026-8888"},"status":"affected","products":[{"@id":"pkg:deb/debian/zlib"},{"@id":"pkg:npm/gone@2"}]}`,
			`{"vulnerability":{"name":"CVE-2025-0001"},"status":"fixed","products":[{"@id":"pkg:oci/widget","subcomponents":[{"@id":"pkg:npm/@x/gone"}]}]}`,
			`{"vulnerability":{"name":"CVE-2026-9999"},"status":"under_investigation","products":[{"@id":"pkg:oci/widget"}]}`))})
	var got []string
	list := func(where string, all []Vulnerability) {
		for _, v := range all {
			line := fmt.Sprintf("%s: %s=%s %s excused %v %q", where, v.ID, strings.Join(v.Aliases, "="), v.Severity, v.Excused, v.Target)
			for _, s := range v.Sightings {
				line += fmt.Sprintf(" %s/%d", j.Sources[s.Source].Node, s.Match)
			}
			got = append(got, line)
		}
	}
	for row := range 3 {
		list(fmt.Sprint(row), j.Of(row))
	}
	list("outside", j.Outside())
	want := []string{
		fmt.Sprintf(`0: CVE-2024-21538=GHSA-3xgq-45jj-v275 critical excused false "" scan/%d grype/%d`, MatchPURL, MatchPURL),
		fmt.Sprintf(`1: CVE-2022-25883= medium excused false "" scan/%d`, MatchName),
		fmt.Sprintf(`2: CVE-2026-8888= unknown excused false "" vex/%d`, MatchPURL),
		fmt.Sprintf(`2: CVE-2026-7777= low excused true "" sbom/%d`, MatchRef),
		fmt.Sprintf(`outside: CVE-2026-8888= unknown excused false "pkg:npm/gone@2" vex/%d`, MatchNone),
		fmt.Sprintf(`outside: CVE-2026-9999= unknown excused false "" vex/%d`, MatchImage),
		fmt.Sprintf(`outside: CVE-2025-0001= low excused true "pkg:npm/%%40x/gone@1" scan/%d`, MatchNone),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAVEXDocumentPointsIntoAnSBOMByLink(t *testing.T) {
	t.Parallel()
	const link = `{"bomFormat":"CycloneDX","vulnerabilities":[{"id":"CVE-2024-21538","analysis":{"state":"resolved"},"affects":[{"ref":"urn:cdx:1234/1#spawn"}]},
		{"id":"CVE-2022-25883","analysis":{"state":"resolved"},"affects":[{"ref":"urn:cdx:5678/1#semver"}]}]}`
	j := join(t, Evidence{Node: "scan", Raw: []byte(scan)}, Evidence{Node: "vex", Raw: []byte(link), Standing: standing(model.Trusted)})
	if v := j.Of(0)[0]; !v.Excused {
		t.Errorf("%+v", v)
	}
	if v := j.Of(1)[0]; v.Excused {
		t.Errorf("excused by a link into another document: %+v", v)
	}
}

func TestASecondNameHidesNothing(t *testing.T) {
	t.Parallel()
	const liar = `{"matches":[{"vulnerability":{"id":"CVE-2024-21538"},"relatedVulnerabilities":[{"id":"CVE-2000-0001"}],
		"artifact":{"name":"cross-spawn","version":"7.0.3","purl":"pkg:npm/cross-spawn@7.0.3"}}]}`
	harmless := Evidence{Node: "vex", Raw: []byte(vex(`{"vulnerability":{"name":"CVE-2000-0001"},"status":"fixed"}`)), Standing: standing(model.Trusted)}
	j := join(t, Evidence{Node: "scan", Raw: []byte(scan), Standing: standing(model.Trusted)}, Evidence{Node: "liar", Raw: []byte(liar)}, harmless)
	if v := j.Of(0)[0]; v.Excused || len(v.Claims) != 1 || v.Claims[0].Counts {
		t.Errorf("excused under the name of another: %+v", v)
	}
	if v := join(t, Evidence{Node: "liar", Raw: []byte(liar)}, harmless).Of(0)[0]; !v.Excused {
		t.Errorf("what only one document found is excused by a name that it has: %+v", v)
	}
	both := Evidence{Node: "vex", Raw: []byte(vex(`{"vulnerability":{"name":"CVE-2000-0001","aliases":["cve-2024-21538"]},"status":"fixed"}`)), Standing: standing(model.Trusted)}
	if v := join(t, Evidence{Node: "scan", Raw: []byte(scan)}, Evidence{Node: "liar", Raw: []byte(liar)}, both).Of(0)[0]; !v.Excused {
		t.Errorf("a trusted document may give names: %+v", v)
	}
}

func TestAPackageURLMeansEveryRowThatHasIt(t *testing.T) {
	t.Parallel()
	x, err := packages.Build([]byte(`{"spdxVersion":"SPDX-2.3","packages":[
		{"SPDXID":"1","name":"a","versionInfo":"1","externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:npm/a@1"}]},
		{"SPDXID":"2","name":"a","versionInfo":"1","externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:npm/a@1"}]},
		{"SPDXID":"3","name":"a","versionInfo":"1","externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:pypi/a@1"}]},
		{"SPDXID":"4","name":"b/c","versionInfo":"1"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	r, _ := Read(Evidence{Node: "vex", Standing: standing(model.Trusted), Raw: []byte(`{"bomFormat":"CycloneDX","vulnerabilities":[
		{"id":"CVE-2026-1111","analysis":{"state":"resolved"},"affects":[{"ref":"pkg:npm/a@1"}]}]}`)})
	in, _ := Read(Evidence{Node: "scan", Raw: []byte(`{"scanner":{"result":[{"id":"CVE-2026-2222","annotations":[{"purl":"pkg:npm/b/c@1"}]},
		{"id":"CVE-2026-3333","annotations":[{"purl":"pkg:cargo/a@1"}]}]}}`)})
	j, err := Join(t.Context(), packages.NewTable(packages.Source{Index: x, Node: "sbom"}), widget, []*Report{r, in})
	if err != nil {
		t.Fatal(err)
	}
	for row, want := range []string{"CVE-2026-1111", "CVE-2026-1111", "", "CVE-2026-2222"} {
		got := ""
		for _, v := range j.Of(row) {
			got += v.ID
		}
		if got != want {
			t.Errorf("row %d has %q, want %q", row, got, want)
		}
	}
	if len(j.Outside()) != 1 || !j.Of(0)[0].Excused || !j.Of(1)[0].Excused {
		t.Errorf("%+v, outside %+v", j.Of(0), j.Outside())
	}
}
