package page

import (
	"testing"

	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/uitest"
	"github.com/attestree/attestree/ui/widget"
)

func BenchmarkCardOfAnImageWith10000Nodes(b *testing.B) {
	tree, styles := uitest.TreeOf(uitest.Many(10_000)), theme.New(theme.Options{Mono: true})
	for b.Loop() {
		sheet := widget.Sheet{Width: 80, Styles: &styles}
		writer{&sheet}.card(tree, tree.Root(), Trust{}, uitest.Now)
	}
}
