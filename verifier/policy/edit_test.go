package policy

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/verifier/trust"
)

// alice is a signer to add.
func alice(name string) trust.Signer {
	return trust.Signer{
		Name: name, Enabled: true, Keyless: true, Issuer: actions, Subject: "alice@example.com", For: []string{"signature"},
		Images: []string{"ghcr.io/acme/**"}, Expires: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC),
	}
}

const aliceBlock = `    - name: "alice"
      keyless: true
      issuer: "https://token.actions.githubusercontent.com"
      subject: "alice@example.com"
      for: ["signature"]
      images: ["ghcr.io/acme/**"]
      expires: 2027-01-01
      enabled: true
`

const aliceInline = `{name: "alice", keyless: true, issuer: "https://token.actions.githubusercontent.com", subject: "alice@example.com", for: ["signature"], images: ["ghcr.io/acme/**"], expires: 2027-01-01, enabled: true}`

func TestAnEntryIsAddedAndTheRestStaysAsItWas(t *testing.T) {
	const bob = `{name: bob, keyless: true, issuer: "https://x.example", subject: b}`
	for name, c := range map[string]struct{ before, after string }{
		"a list of blocks": {
			"# head\n\nsigning_policy:\n  trusted_keys:  # these\n    - name: bob   # him\n      keyless: true\n      issuer: https://x.example\n      subject: b\n\n    # the end\n\n  require: [sbom] # and that\n",
			"# head\n\nsigning_policy:\n  trusted_keys:  # these\n    - name: bob   # him\n      keyless: true\n      issuer: https://x.example\n      subject: b\n" + aliceBlock + "\n    # the end\n\n  require: [sbom] # and that\n",
		},
		"a list of lines": {
			"signing_policy:\n  trusted_keys:\n    - " + bob + " # him\n  require: [sbom]\n",
			"signing_policy:\n  trusted_keys:\n    - " + bob + " # him\n" + aliceBlock + "  require: [sbom]\n",
		},
		"a list with less indentation": {
			"signing_policy:\n trusted_keys:\n - " + bob + "\n",
			"signing_policy:\n trusted_keys:\n - " + bob + "\n" + dedent(aliceBlock, 3),
		},
		"a list in one line": {
			"signing_policy:\n  trusted_keys: [" + bob + "] # him\n",
			"signing_policy:\n  trusted_keys: [" + bob + ", " + aliceInline + "] # him\n",
		},
		"an empty list": {
			"signing_policy:\n  require: [sbom]\n  trusted_keys: [] # nobody yet\n  # end\n",
			"signing_policy:\n  require: [sbom]\n  trusted_keys: # nobody yet\n" + aliceBlock + "  # end\n",
		},
		"an empty field": {
			"signing_policy:\n  trusted_keys:\n  require: [sbom]\n",
			"signing_policy:\n  trusted_keys:\n" + aliceBlock + "  require: [sbom]\n",
		},
		"no list": {
			"signing_policy:\n  require: [sbom] # x\n# end\n",
			"signing_policy:\n  require: [sbom] # x\n  trusted_keys:\n" + aliceBlock + "# end\n",
		},
		"a policy in one line": {
			"signing_policy: {require: [sbom]}\n",
			"signing_policy: {require: [sbom], trusted_keys: [" + aliceInline + "]}\n",
		},
		"an empty policy in one line": {
			"signing_policy: {}\n",
			"signing_policy: {trusted_keys: [" + aliceInline + "]}\n",
		},
		"an empty policy": {
			"signing_policy: # soon\n",
			"signing_policy: # soon\n  trusted_keys:\n" + aliceBlock,
		},
		"comments only": {
			"# nothing yet\n",
			"# nothing yet\nsigning_policy:\n  trusted_keys:\n" + aliceBlock,
		},
		"no line break at the end": {
			"signing_policy:\n  trusted_keys:\n    - " + bob,
			"signing_policy:\n  trusted_keys:\n    - " + bob + "\n" + strings.TrimSuffix(aliceBlock, "\n"),
		},
		"line breaks of Windows": {
			"signing_policy:\r\n  trusted_keys:\r\n    - " + bob + "\r\n  require: [sbom]\r\n",
			"signing_policy:\r\n  trusted_keys:\r\n    - " + bob + "\r\n" + strings.ReplaceAll(aliceBlock, "\n", "\r\n") + "  require: [sbom]\r\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := must[[]byte](t)(Add([]byte(c.before), alice("alice")))
			if string(got) != c.after {
				t.Errorf("became\n%s\nwant\n%s", got, c.after)
			}
			f := must[*File](t)(Parse("p", got, nil))
			if i := index(f.Signers(), "alice"); i != len(f.Signers())-1 || inline(f.Signers()[i]) != aliceInline {
				t.Errorf("it is read as %+v", f.Signers())
			}
			back := must[[]byte](t)(Remove(got, "alice"))
			if f := must[*File](t)(Parse("p", back, nil)); index(f.Signers(), "alice") >= 0 {
				t.Errorf("it is still there:\n%s", back)
			}
		})
	}
}

func dedent(s string, by int) string {
	var out []string
	for _, line := range strings.Split(s, "\n") {
		out = append(out, strings.TrimPrefix(line, strings.Repeat(" ", by)))
	}
	return strings.Join(out, "\n")
}

func TestAnEmptyFileBecomesOneWithAHeader(t *testing.T) {
	got := must[[]byte](t)(Add(nil, alice("alice")))
	if !bytes.HasPrefix(got, []byte("# Whom attestree trusts")) || !bytes.HasSuffix(got, []byte("signing_policy:\n  trusted_keys:\n"+aliceBlock)) {
		t.Errorf("%s", got)
	}
	if f := must[*File](t)(Parse("p", got, nil)); len(f.Signers()) != 1 || !f.rules.nothing() {
		t.Errorf("%+v", f)
	}
}

func TestAKeyIsWrittenSoThatItIsReadAgain(t *testing.T) {
	key := newKey(t, "k")
	from, until := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 6, 1, 12, 30, 0, 5, time.UTC)
	dated := key
	dated.NotBefore, dated.NotAfter = from, until
	for name, c := range map[string]struct {
		signer trust.Signer
		before string
	}{
		"a key into nothing":        {trust.Signer{Name: "k", Enabled: true, Key: &key, NoLog: true}, ""},
		"a key into a line":         {trust.Signer{Name: "k", Key: &key}, "signing_policy: {}"},
		"a key of a certificate":    {trust.Signer{Name: "k", Enabled: true, Key: &dated}, ""},
		"a key reference":           {trust.Signer{Name: "k", KeyRef: "kms://x"}, ""},
		"a name that needs quoting": {trust.Signer{Name: `"k": [ü] # x`, Key: &key}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			out := must[[]byte](t)(Add([]byte(c.before), c.signer))
			s := must[*File](t)(Parse("p", out, nil)).Signers()[0]
			if c.signer.Key != nil && (s.Key == nil || !s.Key.Equal(key)) || s.KeyRef != c.signer.KeyRef || s.Name != c.signer.Name || s.NoLog != c.signer.NoLog {
				t.Errorf("read as %+v", s)
			}
			if c.signer.Key == &dated && (!s.ValidFrom.Equal(from) || !s.ValidUntil.Equal(until)) {
				t.Errorf("the period of the certificate is lost: %v, %v", s.ValidFrom, s.ValidUntil)
			}
		})
	}
}

func TestAnEntryIsRemovedWithItsLinesOnly(t *testing.T) {
	key := newKey(t, "release")
	data := full(key)
	_, fromCI, _ := strings.Cut(data, "    # our CI\n")
	ofCI, _, _ := strings.Cut(fromCI, "    - name: release")
	_, ofVault, _ := strings.Cut(data, "    # of the vault\n")
	for _, c := range []struct{ name, gone string }{{"ci", ofCI}, {"vault", ofVault}} {
		got := must[[]byte](t)(Remove([]byte(data), c.name))
		if want := strings.Replace(data, c.gone, "", 1); string(got) != want {
			t.Errorf("without %s:\n%s\nwant\n%s", c.name, got, want)
		}
	}
	if _, err := Remove([]byte(data), "release"); err == nil || !strings.Contains(err.Error(), "names the signer") {
		t.Errorf("a key that vsa names is removed: %v", err)
	}
	if _, err := Remove([]byte(data), "nobody"); !errors.Is(err, errNoSigner) {
		t.Errorf("error %v", err)
	}
}

func TestTheLastEntryLeavesAnEmptyList(t *testing.T) {
	for before, after := range map[string]string{
		"signing_policy:\n  trusted_keys: # us\n    # him\n    -\n      name: bob\n      keyless: true\n      issuer: https://x.example\n      subject: b # so\n\n  require: [sbom]\n": "signing_policy:\n  trusted_keys: [] # us\n    # him\n\n  require: [sbom]\n",
		"signing_policy:\n  trusted_keys: [{name: bob, keyless: true, issuer: https://x.example, subject: b}]\n":                                                                       "signing_policy:\n  trusted_keys: []\n",
		"signing_policy:\n  trusted_keys:\n    [{name: bob, keyless: true, issuer: https://x.example, subject: \"}]\"},]\n":                                                            "signing_policy:\n  trusted_keys:\n    []\n",
	} {
		got := must[[]byte](t)(Remove([]byte(before), "bob"))
		if string(got) != after {
			t.Errorf("%s\nbecame\n%s\nwant\n%s", before, got, after)
		}
	}
}

func TestOneFieldIsChangedInPlace(t *testing.T) {
	const data = "signing_policy:\n  trusted_keys:\n    # him\n    - name: bob # hello\n      keyless: true\n      enabled: true   # for now\n      issuer: https://x.example\n      subject: 'b'\n\n    - {name: eve, keyless: true, issuer: https://x.example, subject: e} # her\n  require: [sbom]\n"
	soon := time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)
	off := must[[]byte](t)(SetEnabled([]byte(data), "bob", false))
	if want := strings.Replace(data, "enabled: true ", "enabled: false ", 1); string(off) != want {
		t.Errorf("disabled:\n%s", off)
	}
	off = must[[]byte](t)(SetEnabled([]byte(data), "eve", false))
	if want := strings.Replace(data, "subject: e}", "subject: e, enabled: false}", 1); string(off) != want {
		t.Errorf("disabled:\n%s", off)
	}
	expiring := must[[]byte](t)(SetExpires([]byte(data), "bob", soon))
	if want := strings.Replace(data, "subject: 'b'\n", "subject: 'b'\n      expires: 2027-03-01\n", 1); string(expiring) != want {
		t.Errorf("expiring:\n%s", expiring)
	}
	for _, name := range []string{"bob", "eve"} {
		with := must[[]byte](t)(SetExpires([]byte(data), name, soon.Add(90*time.Minute)))
		if f := must[*File](t)(Parse("p", with, nil)); !f.Signers()[index(f.Signers(), name)].Expires.Equal(soon.Add(90 * time.Minute)) {
			t.Errorf("%s does not expire:\n%s", name, with)
		}
		if without := must[[]byte](t)(SetExpires(with, name, time.Time{})); string(without) != data {
			t.Errorf("%s, not expiring again:\n%s", name, without)
		}
	}
	if same := must[[]byte](t)(SetExpires([]byte(data), "bob", time.Time{})); string(same) != data {
		t.Errorf("taking out what is not there:\n%s", same)
	}
}

func TestAFileIsEditedWithoutFetchingItsKeys(t *testing.T) {
	const data = "signing_policy:\n  trusted_keys:\n    - name: vault\n      key_ref: hashivault://release\n"
	out := must[[]byte](t)(SetEnabled([]byte(data), "vault", false))
	out = must[[]byte](t)(Add(out, alice("alice")))
	if f := must[*File](t)(Parse("p", out, nil)); len(f.Signers()) != 2 {
		t.Errorf("%+v", f.Signers())
	}
	if _, err := trust.NewSigners(must[*File](t)(Parse("p", out, nil)).Signers()...); err != nil {
		t.Errorf("the entries are no list: %v", err)
	}
}

func TestWhatCannotBeDoneLeavesTheFileAlone(t *testing.T) {
	key := newKey(t, "k")
	sound := "signing_policy:\n  trusted_keys:\n    - {name: bob, keyless: true, issuer: https://x.example, subject: b}\n"
	for name, c := range map[string]struct {
		data string
		edit func([]byte) ([]byte, error)
		want string
	}{
		"a file that cannot be parsed": {"signing_policy: [", func(b []byte) ([]byte, error) { return Add(b, alice("a")) }, "this is not YAML"},
		"a file with a problem":        {sound + "  reqire: [sbom]\n", func(b []byte) ([]byte, error) { return Remove(b, "bob") }, "unknown field"},
		"a name that is taken":         {sound, func(b []byte) ([]byte, error) { return Add(b, alice("bob")) }, "already"},
		"a name that is nobody's":      {sound, func(b []byte) ([]byte, error) { return SetEnabled(b, "eve", true) }, "no trusted key"},
		"an entry without a name":      {sound, func(b []byte) ([]byte, error) { return Add(b, alice("")) }, "needs a name"},
		"an entry that trusts everybody": {sound, func(b []byte) ([]byte, error) {
			return Add(b, trust.Signer{Name: "x", Keyless: true, Issuer: actions, SubjectRegexp: ".*"})
		}, "matches everybody"},
		"a flag's pattern": {sound, func(b []byte) ([]byte, error) {
			return Add(b, trust.Signer{Name: "x", Keyless: true, Issuer: actions, SubjectPattern: "b"})
		}, "patterns of cosign's flags"},
		"an entry that is nobody": {sound, func(b []byte) ([]byte, error) { return Add(b, trust.Signer{Name: "x"}) }, "neither keyless nor a key"},
		"an expiry before it begins": {sound, func(b []byte) ([]byte, error) {
			return Add(b, trust.Signer{Name: "x", Key: &key, ValidFrom: time.Unix(2e9, 0), Expires: time.Unix(1e9, 0)})
		}, "never believed"},
		"a text over several lines": {"signing_policy:\n  trusted_keys:\n    - name: bob\n      keyless: true\n      issuer: https://x.example\n      subject: b\n        c\n", func(b []byte) ([]byte, error) { return Add(b, alice("a")) }, "edit it by hand"},
	} {
		t.Run(name, func(t *testing.T) {
			input := []byte(c.data)
			out, err := c.edit(input)
			if out != nil || err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%q, error %v, want %q", out, err, c.want)
			}
			if string(input) != c.data {
				t.Error("the input was changed")
			}
		})
	}
}

func TestAnEditThatDidSomethingElseIsRefused(t *testing.T) {
	const data = "signing_policy:\n  require: [sbom]\n  trusted_keys:\n    - {name: bob, keyless: true, issuer: https://x.example, subject: b}\n"
	for name, out := range map[string]string{
		"another rule":      strings.Replace(data, "[sbom]", "[scai]", 1),
		"another signer":    strings.Replace(data, "subject: b", "subject: c", 1),
		"a signer less":     "signing_policy:\n  require: [sbom]\n",
		"a file with error": data + "  x: y\n",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := edit([]byte(data), func(_ text, c contents) ([]byte, trust.Signers, error) {
				return []byte(out), c.signers, nil
			})
			if got != nil || err == nil {
				t.Errorf("accepted: %s", got)
			}
		})
	}
}

func TestACommentThatLooksLikeAPartOfTheListIsKept(t *testing.T) {
	const data = "signing_policy:\n  trusted_keys: [ # us, {and others}\n    {name: bob, keyless: true, issuer: https://x.example, subject: \"b # {\"}, # him, [him]\n    {name: eve, keyless: true, issuer: https://x.example, subject: 'e''}'} # her ]\n  ]\n"
	want := strings.Replace(data, "'e''}'}", "'e''}'}, "+aliceInline, 1)
	if got := must[[]byte](t)(Add([]byte(data), alice("alice"))); string(got) != want {
		t.Errorf("%s", got)
	}
	want = strings.Replace(data, "{name: bob, keyless: true, issuer: https://x.example, subject: \"b # {\"}, ", "", 1)
	if got := must[[]byte](t)(Remove([]byte(data), "bob")); string(got) != want {
		t.Errorf("%s", got)
	}
}
