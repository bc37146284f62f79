// Package packages is the view of what SBOMs list: a table of any size, and a page for each package with its relations,
// vulnerabilities and who says so.
//
// What documents say is read by model/packages and joined by its exposure, in the background and in slices. The view must not
// say that there is nothing where nobody looked.
package packages
