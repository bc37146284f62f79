package ui

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
	area  area
	panes []pane
}

// regions is where everything is drawn. Areas of panes are what is inside of their frames; an empty area is not shown.
type regions struct {
	tooSmall bool
	header   area
	crumbs   area // where only one pane fits
	status   area
	columns  []column
	panes    [3]area
	scene    area // inside of the frame of a scene, which hides the panes
}

// arrange says where everything goes. ledger is how many rows the ledger would like to have.
func arrange(w, h int, focus pane, zoom bool, ledger int, sizes Sizes) regions {
	if w < leastWidth || h < leastHeight {
		return regions{tooSmall: true, header: area{0, 0, w, h}}
	}
	r := regions{header: area{0, 0, w, 1}, status: area{0, h - 1, w, 1}}
	if h >= tallHeight {
		r.header.h = 2
	}
	body := area{0, r.header.h, w, h - 1 - r.header.h}
	r.scene = area{1, body.y + 1, w - 2, body.h - 2}
	switch {
	case zoom, w < stackWidth, w < splitWidth && h < stackHeight:
		if w < stackWidth {
			r.crumbs = area{0, body.y, w, 1}
			body.y, body.h = body.y+1, body.h-1
		}
		r.stack(body, []pane{focus}, nil)
	case w < splitWidth:
		lower := paneDetail
		if focus == paneLedger {
			lower = paneLedger
		}
		r.stack(body, []pane{paneTree, lower}, []int{sizes.above(body.h - 3)})
	default:
		r.split(body, focus, ledger, sizes)
	}
	return r
}

// split puts the tree and the ledger beside the detail.
func (r *regions) split(body area, focus pane, ledger int, sizes Sizes) {
	left := body
	left.w = sizes.beside(body.w)
	right := area{body.x + left.w, body.y, body.w - left.w, body.h}
	inner := body.h - 3
	most := min(4, inner/4)
	if focus == paneLedger {
		most = inner / 2
	}
	r.stack(left, []pane{paneTree, paneLedger}, []int{inner - max(1, min(ledger, most))})
	r.stack(right, []pane{paneDetail}, nil)
}

// stack frames panes above each other; heights are those of all but the last, which takes the rest.
func (r *regions) stack(frame area, panes []pane, heights []int) {
	r.columns = append(r.columns, column{area: frame, panes: panes})
	y := frame.y + 1
	for i, p := range panes {
		rest := frame.y + frame.h - 1 - y
		if i < len(heights) {
			rest = heights[i]
		}
		r.panes[p] = area{frame.x + 1, y, frame.w - 2, rest}
		y += rest + 1
	}
}
