package main

// The Merkle tree of RFC 6962 §2.1, over leaf hashes.

func leafHash(body []byte) []byte { return sum(append([]byte{0}, body...)) }

func nodeHash(left, right []byte) []byte {
	return sum(append(append([]byte{1}, left...), right...))
}

// treeHash is the root over leaves, of which there is at least one.
func treeHash(leaves [][]byte) []byte {
	if len(leaves) == 1 {
		return leaves[0]
	}
	k := split(len(leaves))
	return nodeHash(treeHash(leaves[:k]), treeHash(leaves[k:]))
}

// auditPath is the proof that leaves[i] is in the tree, from the leaf upwards (§2.1.1).
func auditPath(leaves [][]byte, i int) [][]byte {
	if len(leaves) == 1 {
		return nil
	}
	k := split(len(leaves))
	if i < k {
		return append(auditPath(leaves[:k], i), treeHash(leaves[k:]))
	}
	return append(auditPath(leaves[k:], i-k), treeHash(leaves[:k]))
}

// split is the largest power of two below n.
func split(n int) int {
	k := 1
	for k*2 < n {
		k *= 2
	}
	return k
}
