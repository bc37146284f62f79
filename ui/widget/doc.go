// Package widget is what views are built of: lines, sheets, tables with their details, boards, forms, frames. All of it is
// drawn from what was prepared, and costs what the size of the screen asks for, however much there is to show.
//
// It knows cells, keys and styles, and of the model a finding at most. It must not know an image, a view, or who shows it.
package widget
