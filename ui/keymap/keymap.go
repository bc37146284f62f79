package keymap

import (
	"charm.land/bubbles/v2/key"
)

// Map is every key of the screen, once: matching, the help overlay and the README's table are all made from its
// tags. "in" is where a key works: any (the whole screen), tree (the tree and the payload, which is one too), nodes (the
// tree alone), detail, raw (one tab of it), most (anywhere but there), page (anywhere but in the tree), overlay (the
// signers, and what would be trusted), list (a view over the whole body, such as the audit), start (the start
// screen). A key may mean two things only in two places that never have the focus together; in an overlay, in such a view
// and on the start screen its own keys come first.
type Map struct {
	Up       key.Binding `group:"Move" in:"any" keys:"k,up" does:"one row up"`
	Down     key.Binding `group:"Move" in:"any" keys:"j,down" does:"one row down"`
	HalfUp   key.Binding `group:"Move" in:"any" keys:"ctrl+u" does:"half a page up"`
	HalfDown key.Binding `group:"Move" in:"any" keys:"ctrl+d" does:"half a page down"`
	PageUp   key.Binding `group:"Move" in:"any" keys:"pgup" does:"a page up"`
	PageDown key.Binding `group:"Move" in:"any" keys:"pgdown" does:"a page down"`
	PageOn   key.Binding `group:"Move" in:"page" keys:"space" does:"a page down, anywhere but in the tree"`
	Top      key.Binding `group:"Move" in:"any" keys:"g,home" does:"first row"`
	Bottom   key.Binding `group:"Move" in:"any" keys:"G,end" does:"last row"`

	Left      key.Binding `group:"Tree" in:"any" keys:"h,left" does:"close, or go to the parent"`
	Right     key.Binding `group:"Tree" in:"any" keys:"l,right" does:"open, or go to the first child"`
	CloseAll  key.Binding `group:"Tree" in:"tree" keys:"H" does:"close this and all below"`
	OpenAll   key.Binding `group:"Tree" in:"tree" keys:"L" does:"open this and all below"`
	Collapse  key.Binding `group:"Tree" in:"tree" keys:"-" does:"close everything"`
	Expand    key.Binding `group:"Tree" in:"tree" keys:"=" does:"open everything"`
	Enter     key.Binding `group:"Tree" in:"any" keys:"enter" does:"open or close a branch; show a leaf"`
	Search    key.Binding `group:"Tree" in:"any" keys:"/" does:"search all nodes, or the bytes in focus"`
	Sieve     key.Binding `group:"Tree" in:"nodes" keys:"f" does:"filter: show only some, such as :invalid"`
	Mark      key.Binding `group:"Tree" in:"nodes" keys:"space" does:"mark, for what is done to several"`
	NextMatch key.Binding `group:"Tree" in:"any" keys:"n" does:"next match"`
	PrevMatch key.Binding `group:"Tree" in:"any" keys:"N" does:"previous match"`

	NextPane key.Binding `group:"Panes" in:"any" keys:"tab" does:"next pane"`
	PrevPane key.Binding `group:"Panes" in:"any" keys:"shift+tab" does:"previous pane"`
	Summary  key.Binding `group:"Panes" in:"any" keys:"1" does:"what it says"`
	Checks   key.Binding `group:"Panes" in:"any" keys:"2" does:"what was checked"`
	Signer   key.Binding `group:"Panes" in:"any" keys:"3" does:"who signed it"`
	Payload  key.Binding `group:"Panes" in:"any" keys:"4" does:"the payload as a tree"`
	Raw      key.Binding `group:"Panes" in:"any" keys:"5" does:"the exact bytes"`
	Learn    key.Binding `group:"Panes" in:"any" keys:"6" does:"learn: what this is, and what it proves"`
	NextTab  key.Binding `group:"Panes" in:"any" keys:"." does:"next tab"`
	PrevTab  key.Binding `group:"Panes" in:"any" keys:"," does:"previous tab"`
	Hex      key.Binding `group:"Panes" in:"raw" keys:"x" does:"raw bytes as hex, or as text"`
	Query    key.Binding `group:"Panes" in:"detail" keys:"f" does:"ask the payload, in gjson syntax"`
	Jump     key.Binding `group:"Panes" in:"any" keys:"J" does:"go to the node that a digest here names"`
	Backward key.Binding `group:"Panes" in:"any" keys:"[" does:"back to where one was"`
	Forward  key.Binding `group:"Panes" in:"any" keys:"]" does:"forward again"`
	Zoom     key.Binding `group:"Panes" in:"any" keys:"z" does:"this pane alone, or all"`
	Narrow   key.Binding `group:"Panes" in:"any" keys:"<,ctrl+left" does:"less room for the tree"`
	Widen    key.Binding `group:"Panes" in:"any" keys:">,ctrl+right" does:"more room for the tree"`
	Back     key.Binding `group:"Panes" in:"any" keys:"esc" does:"back; never quits"`

	Audit    key.Binding `group:"Views" in:"any" keys:"a" does:"the audit of allowed issues"`
	Coverage key.Binding `group:"Views" in:"any" keys:"c" does:"coverage: what each platform has"`
	BySigner key.Binding `group:"Views" in:"any" keys:"b" does:"everything by who signed it"`
	Break    key.Binding `group:"Views" in:"most" keys:"x" does:"break it on purpose, and see what notices"`
	Packages key.Binding `group:"Views" in:"any" keys:"P" does:"the packages of this SBOM, or of all"`
	Compare  key.Binding `group:"Views" in:"any" keys:"d" does:"compare with another image, tag or report"`
	Doctor   key.Binding `group:"Views" in:"any" keys:"D" does:"the doctor: which policies fail, and why"`

	Filter   key.Binding `group:"Lists" in:"list" keys:"f,/" does:"there: show only what matches"`
	Sort     key.Binding `group:"Lists" in:"list" keys:"s" does:"there: sort by the next column"`
	Reverse  key.Binding `group:"Lists" in:"list" keys:"S" does:"there: sort the other way round"`
	Review   key.Binding `group:"Lists" in:"list" keys:"r" does:"in the audit: record a review"`
	Report   key.Binding `group:"Lists" in:"list" keys:"e" does:"in the audit: write a report"`
	Swap     key.Binding `group:"Lists" in:"list" keys:"w" does:"in a comparison: swap before and after"`
	AddFile  key.Binding `group:"Lists" in:"list" keys:"i" does:"in the doctor: examine another file"`
	DropFile key.Binding `group:"Lists" in:"list" keys:"x,delete" does:"in the doctor: leave a file out"`
	Forget   key.Binding `group:"Lists" in:"start" keys:"d,delete" does:"on the start screen: forget this"`

	Trust   key.Binding `group:"Trust" in:"any" keys:"t" does:"trust the signer of this, for this run"`
	Signers key.Binding `group:"Trust" in:"any" keys:"s" does:"whom we trust"`
	Policy  key.Binding `group:"Trust" in:"any" keys:"p" does:"what the policy asks, and what meets it"`
	Root    key.Binding `group:"Trust" in:"any" keys:"u" does:"ask for a newer trusted root"`
	Toggle  key.Binding `group:"Trust" in:"overlay" keys:"space" does:"there: choose; a signer on or off"`
	Unpin   key.Binding `group:"Trust" in:"overlay" keys:"x,delete" does:"there: trust it no longer, for this run"`
	Save    key.Binding `group:"Trust" in:"overlay" keys:"w" does:"there: write it to your policy file"`

	Verify    key.Binding `group:"Do" in:"any" keys:"v" does:"verify this again, or what is marked"`
	VerifyAll key.Binding `group:"Do" in:"any" keys:"V" does:"verify everything again"`
	Copy      key.Binding `group:"Do" in:"any" keys:"y" does:"copy: a menu; twice: what is selected"`
	Export    key.Binding `group:"Do" in:"any" keys:"e" does:"write evidence to files, or a pack of all"`
	Pager     key.Binding `group:"Do" in:"any" keys:"o" does:"read the payload or the bytes in $PAGER"`
	CopyPath  key.Binding `group:"Do" in:"detail" keys:"Y" does:"copy the path of a value of the payload"`
	Palette   key.Binding `group:"Do" in:"any" keys:":" does:"find anything: actions, views, nodes"`
	Start     key.Binding `group:"Do" in:"any" keys:"O" does:"open another source"`
	Tour      key.Binding `group:"Do" in:"any" keys:"T" does:"a tour of the demo, or leave it"`
	Mouse     key.Binding `group:"Do" in:"any" keys:"m" does:"mouse on or off"`
	Redraw    key.Binding `group:"Do" in:"any" keys:"ctrl+l" does:"draw the screen again"`
	Help      key.Binding `group:"Do" in:"any" keys:"?" does:"this help"`
	Suspend   key.Binding `group:"Do" in:"any" keys:"ctrl+z" does:"suspend"`
	Quit      key.Binding `group:"Do" in:"any" keys:"q,ctrl+c" does:"quit"`
}
