// Package exposure joins what an SBOM lists with what scans found in the same image and what VEX documents say of it:
// which vulnerabilities each package has, and which of them are excused, by whom.
//
// Every fact remembers the node that it comes from. A scan is shown whoever signed it: nobody gains by inventing
// vulnerabilities. An excuse is different: it counts only if its signer is trusted, it is about this image or exactly
// this package, and it gives the reasons that its format asks for. Whatever else claims to excuse something is kept, with
// why it does not count.
//
// It knows Trivy's and Grype's reports, SARIF, OSV-Scanner's, cosign's and in-toto's vulnerability predicates, CycloneDX
// and OpenVEX. It must not verify or judge: the standing of a node is handed in.
package exposure
