package verifier

import (
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"time"

	ct "github.com/google/certificate-transparency-go"
	"github.com/google/certificate-transparency-go/x509util"
)

// certificateTimestamp is a signed certificate timestamp as the certificate claims it.
type certificateTimestamp struct {
	log  string // hex of the log's id
	time time.Time
}

// certificateTimestamps lists the timestamps that are embedded in a certificate (RFC 6962 §3.3).
func certificateTimestamps(leaf *x509.Certificate) ([]certificateTimestamp, error) {
	stamps, err := x509util.ParseSCTsFromCertificate(leaf.Raw)
	if err != nil {
		return nil, fmt.Errorf("read certificate timestamps: %w", err)
	}
	list := make([]certificateTimestamp, 0, len(stamps))
	for _, s := range stamps {
		list = append(list, certificateTimestamp{hex.EncodeToString(s.LogID.KeyID[:]), ct.TimestampToTime(s.Timestamp)})
	}
	return list, nil
}
