package ui

import "github.com/attestree/attestree/ui/widget"

// The sizes, in cells, at which the panes change their places.
const (
	splitWidth  = 100 // from here, tree beside detail
	stackHeight = 20  // below this, a stacked screen shows one pane at a time
)

// pane names what can have the focus.
type pane int

const (
	paneTree pane = iota
	paneLedger
	paneDetail
)

// column is a frame that holds one or more panes above each other. Panes share its side borders; each has a title row
// above its area.
type column struct {
	area  widget.Area
	panes []pane
}

// regions is where everything is drawn. Areas of panes are what is inside of their frames; an empty area is not shown.
type regions struct {
	tooSmall bool
	header   widget.Area
	crumbs   widget.Area // where only one pane fits
	status   widget.Area
	columns  []column
	panes    [3]widget.Area
	scene    widget.Area // inside of the frame of a scene, which hides the panes
}

// arrange says where everything goes. ledger is how many rows the ledger would like to have.
func arrange(w, h int, focus pane, zoom bool, ledger int, sizes Sizes) regions {
	if w < widget.LeastWidth || h < widget.LeastHeight {
		return regions{tooSmall: true, header: widget.Area{X: 0, Y: 0, W: w, H: h}}
	}
	r := regions{header: widget.Area{X: 0, Y: 0, W: w, H: 1}, status: widget.Area{X: 0, Y: h - 1, W: w, H: 1}}
	if h >= widget.TallHeight {
		r.header.H = 2
	}
	body := widget.Area{X: 0, Y: r.header.H, W: w, H: h - 1 - r.header.H}
	r.scene = widget.Area{X: 1, Y: body.Y + 1, W: w - 2, H: body.H - 2}
	switch {
	case zoom, w < widget.StackWidth, w < splitWidth && h < stackHeight:
		if w < widget.StackWidth {
			r.crumbs = widget.Area{X: 0, Y: body.Y, W: w, H: 1}
			body.Y, body.H = body.Y+1, body.H-1
		}
		r.stack(body, []pane{focus}, nil)
	case w < splitWidth:
		lower := paneDetail
		if focus == paneLedger {
			lower = paneLedger
		}
		r.stack(body, []pane{paneTree, lower}, []int{sizes.above(body.H - 3)})
	default:
		r.split(body, focus, ledger, sizes)
	}
	return r
}

// split puts the tree and the ledger beside the detail.
func (r *regions) split(body widget.Area, focus pane, ledger int, sizes Sizes) {
	left := body
	left.W = sizes.beside(body.W)
	right := widget.Area{X: body.X + left.W, Y: body.Y, W: body.W - left.W, H: body.H}
	inner := body.H - 3
	most := min(4, inner/4)
	if focus == paneLedger {
		most = inner / 2
	}
	r.stack(left, []pane{paneTree, paneLedger}, []int{inner - max(1, min(ledger, most))})
	r.stack(right, []pane{paneDetail}, nil)
}

// stack frames panes above each other; heights are those of all but the last, which takes the rest.
func (r *regions) stack(frame widget.Area, panes []pane, heights []int) {
	r.columns = append(r.columns, column{area: frame, panes: panes})
	y := frame.Y + 1
	for i, p := range panes {
		rest := frame.Y + frame.H - 1 - y
		if i < len(heights) {
			rest = heights[i]
		}
		r.panes[p] = widget.Area{X: frame.X + 1, Y: y, W: frame.W - 2, H: rest}
		y += rest + 1
	}
}
