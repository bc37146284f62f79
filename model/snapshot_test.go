package model

import "testing"

func TestASnapshotStaysAsItWas(t *testing.T) {
	tree := NewTree()
	root, child := DigestOf([]byte("root")), DigestOf([]byte("child"))
	tree.Apply(NodeFound{Node: Node{ID: string(root), Kind: KindIndex, Digest: root}})
	tree.Apply(NodeFound{Node: Node{ID: string(child), Parent: string(root), Kind: KindSignature, Digest: child, Subject: root}})
	tree.Judge()
	kept := tree.Snapshot()

	late := DigestOf([]byte("late"))
	tree.Apply(NodeFound{Node: Node{ID: string(late), Parent: string(root), Kind: KindAttestation, Digest: late}})
	tree.Apply(Judged{ID: string(child), Report: Report{Verdict: Trusted}})
	tree.Apply(LookedUp{Lookup: Lookup{Subject: root, Status: LookupDenied}})
	tree.Apply(Done{})
	tree.Judge()

	if kept.Len() != 2 || len(kept.Root().Children) != 1 || len(kept.Lookups) != 0 || kept.Complete {
		t.Errorf("the snapshot has %d nodes, %d children, %d look-ups, complete %v", kept.Len(), len(kept.Root().Children), len(kept.Lookups), kept.Complete)
	}
	if e := kept.Entry(string(child)); e.Report != nil || e.Standing.Verdict == Trusted || e == tree.Entry(string(child)) {
		t.Errorf("the child is %+v", e.Standing)
	}
	if tree.Len() != 3 || tree.Entry(string(child)).Report == nil {
		t.Error("the tree itself did not go on")
	}
}
