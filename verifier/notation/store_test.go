package notation

import (
	"encoding/pem"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestAStoreIsReadWhereverItsFolderIs(t *testing.T) {
	root, self, tsa := issue(t, "root", true, nil), issue(t, "self", false, nil), issue(t, "tsa", true, nil)
	intermediate := issue(t, "intermediate", true, root)
	for _, base := range []string{"truststore/x509/", "x509/"} {
		s := readStore(t, fstest.MapFS{
			base + "ca/acme/all.pem":            pemFile(root, intermediate),
			base + "ca/acme/self.crt":           {Data: self.Raw},
			base + "signingAuthority/big/a.pem": pemFile(root),
			base + "tsa/clock/a.pem":            pemFile(tsa),
		})
		for name, want := range map[string]int{"ca:acme": 3, "signingAuthority:big": 1, "tsa:clock": 1, "ca:big": 0} {
			if got := len(s.named(name)); got != want {
				t.Errorf("%s: store %s has %d certificates, want %d", base, name, got, want)
			}
		}
		if len(s.all(StoreCA)) != 3 || s.empty() {
			t.Errorf("%s: the store is %+v", base, s)
		}
	}
}

func TestAStoreThatIsNotUnderstoodWholeIsRefused(t *testing.T) {
	root := issue(t, "root", true, nil)
	leaf := issue(t, "leaf", false, root)
	private := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("x")})
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  string
	}{
		"no such folder":               {fstest.MapFS{"certs/a.pem": pemFile(root)}, "no folder truststore/x509"},
		"nothing in it":                {fstest.MapFS{"x509/ca/acme": {Mode: fs.ModeDir}}, "no certificate"},
		"an unknown type":              {fstest.MapFS{"x509/CA/acme/a.pem": pemFile(root)}, "no type of store"},
		"a file in a store's place":    {fstest.MapFS{"x509/ca/acme": pemFile(root)}, "x509/ca/acme"},
		"a folder in a file's place":   {fstest.MapFS{"x509/ca/acme/more/a.pem": pemFile(root)}, "not a regular file"},
		"a link":                       {fstest.MapFS{"x509/ca/acme/a.pem": {Mode: fs.ModeSymlink, Data: []byte("b.pem")}}, "not a regular file"},
		"no certificate in a file":     {fstest.MapFS{"x509/ca/acme/README": {Data: []byte("hello")}}, "neither PEM nor DER"},
		"an empty file":                {fstest.MapFS{"x509/ca/acme/a.pem": {}}, "neither PEM nor DER"},
		"a private key":                {fstest.MapFS{"x509/ca/acme/a.pem": {Data: private}}, "PRIVATE KEY"},
		"a damaged certificate":        {fstest.MapFS{"x509/ca/acme/a.pem": {Data: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte("x")})}}, "damaged"},
		"text after the certificates":  {fstest.MapFS{"x509/ca/acme/a.pem": {Data: append(pemFile(root).Data, "junk"...)}}, "after the last certificate"},
		"a leaf of somebody":           {fstest.MapFS{"x509/ca/acme/a.pem": pemFile(leaf)}, "neither an authority's nor signed by itself"},
		"a signer as timestamp root":   {fstest.MapFS{"x509/tsa/clock/a.pem": pemFile(issue(t, "self", false, nil))}, "no root authority"},
		"an intermediate for the same": {fstest.MapFS{"x509/tsa/clock/a.pem": pemFile(issue(t, "intermediate", true, root))}, "no root authority"},
		"a file without end":           {fstest.MapFS{"x509/ca/acme/a.pem": {Data: make([]byte, maxFile+1)}}, "larger than"},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := ReadStore(c.files)
			if err == nil {
				t.Fatal("it was read")
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %q does not say %q", err, c.want)
			}
			if !s.empty() {
				t.Error("an error and a store at once")
			}
		})
	}
}
