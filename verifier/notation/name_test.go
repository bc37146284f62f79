package notation

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"strings"
	"testing"
)

func name(values ...string) pkix.Name {
	oids := map[string]asn1.ObjectIdentifier{
		"C": {2, 5, 4, 6}, "ST": {2, 5, 4, 8}, "O": {2, 5, 4, 10}, "OU": {2, 5, 4, 11}, "CN": {2, 5, 4, 3},
	}
	var n pkix.Name
	for _, v := range values {
		key, value, _ := strings.Cut(v, "=")
		n.Names = append(n.Names, pkix.AttributeTypeAndValue{Type: oids[key], Value: value})
	}
	return n
}

func TestAnIdentityMatchesSubjectsThatHaveAllOfIt(t *testing.T) {
	whole := name("C=CH", "ST=Zug", "O=Acme, Inc.", "OU=release", "CN=images")
	for what, c := range map[string]struct {
		identity string
		subject  pkix.Name
		want     bool
	}{
		"the same":                  {`C=CH, ST=Zug, O=Acme\, Inc., OU=release, CN=images`, whole, true},
		"fewer, in another order":   {`O=Acme\, Inc.,ST=Zug,C=CH`, whole, true},
		"S for ST, and small":       {`c=CH,s=Zug,o=Acme\, Inc.`, whole, true},
		"an escape in hexadecimal":  {`C=CH,ST=Zug,O=Acme\2C Inc.`, whole, true},
		"another value":             {`C=CH,ST=Zug,O=Acme\, Inc.,CN=other`, whole, false},
		"another case":              {`C=CH,ST=Zug,O=ACME\, Inc.`, whole, false},
		"the beginning of a value":  {`C=CH,ST=Zug,O=Acme`, whole, false},
		"one that it has not":       {`C=CH,ST=Zug,O=Acme\, Inc.,L=Zug`, whole, false},
		"one that is there twice":   {`C=CH,ST=Zug,O=A,OU=release`, name("C=CH", "ST=Zug", "O=A", "OU=release", "OU=other"), false},
		"one inside of another":     {`C=CH,ST=Zug,O=A`, name("C=CH", "CN=x,ST=Zug,O=A"), false},
		"a subject without a name":  {`C=CH,ST=Zug,O=A`, pkix.Name{}, false},
		"a value that is no string": {`C=CH,ST=Zug,O=A`, pkix.Name{Names: []pkix.AttributeTypeAndValue{{Type: asn1.ObjectIdentifier{2, 5, 4, 6}, Value: 7}}}, false},
	} {
		t.Run(what, func(t *testing.T) {
			id, err := parseIdentity(c.identity)
			if err != nil {
				t.Fatal(err)
			}
			if got := id.matches(c.subject); got != c.want {
				t.Errorf("matches: %t", got)
			}
		})
	}
	if (Identity{}).matches(whole) {
		t.Error("an identity that says nothing matches")
	}
}

func TestAnIdentityThatCannotBeReadIsRefused(t *testing.T) {
	for _, text := range []string{
		"", "C", "C=CH", "C=CH,ST=Zug,O=", "C=CH,ST=Zug,O=A,O=A", "C=CH,ST=Zug,S=Zug,O=A", "C=CH,ST=Zug,O=A+CN=b", "C=CH,ST=Zug,O=A;CN=b",
		`C=CH,ST=Zug,O=A\`, "C=CH,ST=Zug,O=#04024869", `C=CH,ST=Zug,O=\ff`, "C=CH,ST=Zug,O=A,MAIL=x", `C=CH,ST=Zug,O="A"`, "C=CH,ST=Zug,O=A,",
	} {
		if id, err := parseIdentity(text); err == nil {
			t.Errorf("%q was read as %+v", text, id)
		}
	}
}

func FuzzParseIdentity(f *testing.F) {
	f.Add(`C=CH, ST=Zug, O=Acme\, Inc.`)
	f.Add(`O=\2c\5c,C=a b ,S=\ x`)
	f.Fuzz(func(t *testing.T, text string) {
		id, err := parseIdentity(text)
		if err != nil {
			return
		}
		var subject pkix.Name
		for oid, value := range id.values {
			for _, known := range attributes {
				if known == oid {
					subject.Names = append(subject.Names, pkix.AttributeTypeAndValue{Type: parseOID(t, oid), Value: value})
					break
				}
			}
		}
		if !id.matches(subject) {
			t.Errorf("%q does not match the subject made of it", text)
		}
		if subject.Names[0].Value = "\x00other"; id.matches(subject) {
			t.Errorf("%q matches another subject", text)
		}
	})
}

func parseOID(t *testing.T, dotted string) asn1.ObjectIdentifier {
	t.Helper()
	var out asn1.ObjectIdentifier
	for _, part := range strings.Split(dotted, ".") {
		n := 0
		for _, digit := range part {
			n = n*10 + int(digit-'0')
		}
		out = append(out, n)
	}
	return out
}
