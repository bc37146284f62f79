package model

import "testing"

func TestLabelsSayWhereAnImageComesFromUnlessItsAnnotationsDo(t *testing.T) {
	const revision, source = "org.opencontainers.image.revision", "org.opencontainers.image.source"
	labels := map[string]string{revision: "22", source: "https://github.com/acme/app"}
	for name, c := range map[string]struct {
		entry Entry
		want  Origin
	}{
		"labels alone":      {Entry{Node: Node{Kind: KindImage}, Labels: labels}, Origin{Commit: "22", Repository: labels[source]}},
		"annotations first": {Entry{Node: Node{Kind: KindImage, Annotations: map[string]string{revision: "11"}}, Labels: labels}, Origin{Commit: "11", Repository: labels[source]}},
		"of no image":       {Entry{Node: Node{Kind: KindSBOM}, Labels: labels}, Origin{}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := annotated(&c.entry); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}
