package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

const (
	rekorHost = "rekor.demo.attestree.example"
	rekorTree = "4190221"
	// shardStart is how many entries the log's earlier shards hold: an entry has an index in the whole log, and
	// another in the tree that its proof is about.
	shardStart = 7_200_000
)

// signatureLog is a Rekor v1 log with one shard.
type signatureLog struct {
	key    key
	leaves [][]byte
}

// newSignatureLog starts a log in which strangers have put a few entries before us.
func newSignatureLog() *signatureLog {
	l := &signatureLog{key: newKey("rekor")}
	for i := range 21 {
		l.leaves = append(l.leaves, leafHash(fmt.Appendf(nil, "an entry of somebody else, number %d", i)))
	}
	return l
}

// logEntry is what the log returns for an entry, in the words of a bundle.
type logEntry struct {
	LogIndex          int64          `json:"logIndex,string"`
	LogID             logID          `json:"logId"`
	KindVersion       kindVersion    `json:"kindVersion"`
	IntegratedTime    int64          `json:"integratedTime,string"`
	InclusionPromise  *promise       `json:"inclusionPromise,omitempty"`
	InclusionProof    inclusionProof `json:"inclusionProof"`
	CanonicalizedBody []byte         `json:"canonicalizedBody"`
}

type logID struct {
	KeyID []byte `json:"keyId"`
}

type kindVersion struct {
	Kind    string `json:"kind"`
	Version string `json:"version"`
}

type promise struct {
	SignedEntryTimestamp []byte `json:"signedEntryTimestamp"`
}

type inclusionProof struct {
	LogIndex   int64      `json:"logIndex,string"`
	RootHash   []byte     `json:"rootHash"`
	TreeSize   int64      `json:"treeSize,string"`
	Hashes     [][]byte   `json:"hashes"`
	Checkpoint checkpoint `json:"checkpoint"`
}

type checkpoint struct {
	Envelope string `json:"envelope"`
}

// add puts body into the log at the given time.
func (l *signatureLog) add(kind string, body []byte, at time.Time) logEntry {
	l.leaves = append(l.leaves, leafHash(body))
	i := len(l.leaves) - 1
	root := treeHash(l.leaves)
	e := logEntry{
		LogIndex: shardStart + int64(i), LogID: logID{l.key.id()}, KindVersion: kindVersion{kind, "0.0.1"},
		IntegratedTime: at.Unix(), CanonicalizedBody: body,
		InclusionProof: inclusionProof{
			LogIndex: int64(i), RootHash: root, TreeSize: int64(i + 1), Hashes: auditPath(l.leaves, i),
			Checkpoint: checkpoint{l.checkpoint(root, i+1)},
		},
	}
	e.InclusionPromise = &promise{l.key.signMessage(must(json.Marshal(e.promised())))}
	return e
}

// promisedEntry is what a signed entry timestamp is over, in canonical JSON (keys sorted); cosign's bundle annotation
// carries the same.
type promisedEntry struct {
	Body           []byte `json:"body"`
	IntegratedTime int64  `json:"integratedTime"`
	LogID          string `json:"logID"`
	LogIndex       int64  `json:"logIndex"`
}

func (e logEntry) promised() promisedEntry {
	return promisedEntry{e.CanonicalizedBody, e.IntegratedTime, hex.EncodeToString(e.LogID.KeyID), e.LogIndex}
}

// checkpoint is the log's signed note about its size and root (transparency-dev/formats, log/README.md).
func (l *signatureLog) checkpoint(root []byte, size int) string {
	note := fmt.Sprintf("%s - %s\n%d\n%s\n", rekorHost, rekorTree, size, base64.StdEncoding.EncodeToString(root))
	signature := slices.Concat(l.key.id()[:4], l.key.signMessage([]byte(note))) // key hint, signature
	return note + "\n— " + rekorHost + " " + base64.StdEncoding.EncodeToString(signature) + "\n"
}
