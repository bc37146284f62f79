package verifier

import (
	"crypto/x509"
	"time"

	"github.com/sigstore/sigstore-go/pkg/root"
	"github.com/sigstore/sigstore-go/pkg/tlog"
	"github.com/sigstore/sigstore-go/pkg/verify"
	"github.com/sigstore/sigstore/pkg/signature"
)

// sigstore-go verifies all or nothing. To learn which part of a signature is wrong, it is shown one part at a time:
// the types here present a signature with everything else masked.

// readOnce spares sigstore-go from parsing the log entries, and from copying the payload, again at every step.
type readOnce struct {
	verify.SignedEntity
	entries []*tlog.Entry
	content verify.SignatureContent
}

func (m readOnce) TlogEntries() ([]*tlog.Entry, error) { return m.entries, nil }

func (m readOnce) SignatureContent() (verify.SignatureContent, error) { return m.content, nil }

// oneEntry presents a signature with a single log entry.
type oneEntry struct {
	verify.SignedEntity
	entry *tlog.Entry
	// anyTime leaves it to the timestamp check whether the entry's time lies within the certificate's.
	anyTime bool
}

func (m oneEntry) TlogEntries() ([]*tlog.Entry, error) { return []*tlog.Entry{m.entry}, nil }

func (m oneEntry) VerificationContent() (verify.VerificationContent, error) {
	content, err := m.SignedEntity.VerificationContent()
	if err != nil || !m.anyTime {
		return content, err
	}
	return timeless{content}, nil
}

type timeless struct{ verify.VerificationContent }

func (timeless) ValidAtTime(time.Time, root.TrustedMaterial) bool { return true }

// byKey presents a signature as one by a key, which comes from the material beside it. For a certificate this is how
// the signature alone is judged: sigstore-go's functions for that accept fewer hashes than its Verify does, and its
// Verify writes to standard error.
type byKey struct{ verify.VerificationContent }

func (byKey) Certificate() *x509.Certificate { return nil }

func (byKey) PublicKey() verify.PublicKeyProvider { return noHint{} }

type noHint struct{}

func (noHint) Hint() string { return "" }

// withKey is a root's material with one public key, whatever the hint says.
type withKey struct {
	root.TrustedMaterial
	verifier signature.Verifier
	start    time.Time
	end      time.Time
}

func (m withKey) PublicKeyVerifier(string) (root.TimeConstrainedVerifier, error) {
	return root.NewExpiringKey(m.verifier, m.start, m.end), nil
}
