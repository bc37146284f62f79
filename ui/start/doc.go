// Package start is the screen where a source is chosen: opened before, lying near, the demo, or typed.
//
// What is known of sources comes from its Shelf. It opens nothing by itself, and asks the shell to.
package start
