// Package packages makes the list of what an SBOM says is in an image: an Index over the bytes of one document, and a
// Table over one index or several, to sort, filter and look at. Documents may have a hundred thousand packages: an
// index keeps places in the document and not copies, is read in slices so that the first rows can be shown at once, and
// what is said of one package beyond its row is read when somebody asks.
//
// It knows SPDX 2.2, 2.3 and 3.0, CycloneDX, the form of syft and Docker Scout, and package URLs. It must not know who signed a document,
// what vulnerabilities there are (package exposure does) or how rows are drawn. Everything that it returns is attested
// text, hence untrusted.
package packages
