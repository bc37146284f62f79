// Package scene is the contract between the explorer and its views: a Scene takes the place of the panes, is shown on a Stage,
// and says by an Intent what it wants done that is not its own affair.
//
// It must not know any view, nor how the explorer does what it is asked to. What a view needs of the session it is given
// when it is made, as an interface of its own.
package scene
