package trust

import (
	"cmp"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"slices"
	"time"

	"github.com/sigstore/sigstore-go/pkg/root"
)

// MemberKind tells what a root believes a member to be.
type MemberKind string

// The kinds of member, in the order of Members.
const (
	MemberAuthority          MemberKind = "authority"           // issues certificates to signers
	MemberLog                MemberKind = "log"                 // transparency log of signatures
	MemberCertificateLog     MemberKind = "certificate-log"     // transparency log of certificates
	MemberTimestampAuthority MemberKind = "timestamp-authority" // RFC 3161
)

// memberKinds are all kinds, in the order in which they are shown.
var memberKinds = []MemberKind{MemberAuthority, MemberLog, MemberCertificateLog, MemberTimestampAuthority}

// Member is one thing that a root believes. Its texts are the root's own and may be anything.
type Member struct {
	Kind  MemberKind
	Name  string    // where it answers, as the root says; may be empty
	Title string    // distinguished name of its certificate, "" for a log
	ID    string    // hex: SHA-256 of the issuing certificate, key id of a log
	From  time.Time // of its validity; zero if open
	Until time.Time // of its validity; zero if open
}

// Members lists what the root holds, by kind and then by the beginning of validity.
func (r Root) Members() []Member {
	var members []Member
	for _, authority := range r.material.FulcioCertificateAuthorities() {
		if a, ok := authority.(*root.FulcioCertificateAuthority); ok {
			m := certified(MemberAuthority, append(slices.Clone(a.Intermediates), a.Root))
			m.Name, m.From, m.Until = a.URI, a.ValidityPeriodStart, a.ValidityPeriodEnd
			members = append(members, m)
		}
	}
	members = append(members, logs(MemberLog, r.material.RekorLogs())...)
	members = append(members, logs(MemberCertificateLog, r.material.CTLogs())...)
	for _, authority := range r.material.TimestampingAuthorities() {
		if a, ok := authority.(*root.SigstoreTimestampingAuthority); ok {
			m := certified(MemberTimestampAuthority, append([]*x509.Certificate{a.Leaf}, append(slices.Clone(a.Intermediates), a.Root)...))
			m.Name, m.From, m.Until = a.URI, a.ValidityPeriodStart, a.ValidityPeriodEnd
			members = append(members, m)
		}
	}
	slices.SortFunc(members, func(a, b Member) int {
		return cmp.Or(cmp.Compare(slices.Index(memberKinds, a.Kind), slices.Index(memberKinds, b.Kind)),
			a.From.Compare(b.From), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return members
}

// certified names a member by the first certificate of its chain that there is: the one that issues or signs.
func certified(kind MemberKind, chain []*x509.Certificate) Member {
	for _, c := range chain {
		if c != nil {
			sum := sha256.Sum256(c.Raw)
			return Member{Kind: kind, Title: c.Subject.String(), ID: hex.EncodeToString(sum[:])}
		}
	}
	return Member{Kind: kind}
}

func logs(kind MemberKind, known map[string]*root.TransparencyLog) []Member {
	members := make([]Member, 0, len(known))
	for id, l := range known {
		members = append(members, Member{Kind: kind, Name: l.BaseURL, ID: id, From: l.ValidityPeriodStart, Until: l.ValidityPeriodEnd})
	}
	return members
}
