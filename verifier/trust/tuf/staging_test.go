package tuf

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	sigstore "github.com/sigstore/sigstore-go/pkg/tuf"

	"github.com/attestree/attestree/verifier/trust/tuf/tuftest"
)

func TestTheStagingInstanceIsKnownAndNothingOfItIsCarried(t *testing.T) {
	in, err := known(stagingName)
	if err != nil {
		t.Fatal(err)
	}
	if in.mirror != sigstore.StagingMirror || in.sha256 != "" || in.floor != 0 || in.carried != nil {
		t.Errorf("%+v", in)
	}
	if _, err := begin(in.anchor, time.Time{}); err != nil {
		t.Errorf("its initial root is of no use: %v", err)
	}
}

// winter is a day on which the staging instance's initial root had not expired.
var winter = time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC)

func TestNobodyElseIsTheStagingInstance(t *testing.T) {
	r := tuftest.New(t, winter, trustedRoot(t, true))
	o := Options{Dir: filepath.Join(t.TempDir(), stagingName), Mirror: r.URL(), Now: func() time.Time { return winter }}
	if _, _, err := Update(t.Context(), o); err == nil || !strings.Contains(err.Error(), "is not signed by enough") {
		t.Errorf("error %v", err)
	}
	if roots, _ := Private(o.Dir); roots != nil {
		t.Errorf("kept %v", roots)
	}
	o.Root = r.Anchor()
	if _, _, err := Update(t.Context(), o); err == nil || errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), "part of this program") {
		t.Errorf("its initial root was replaced: %v", err)
	}
}
