// Package audit judges what a scan of an MCP server or a skill was told to overlook: the allowed issues. It reads the
// specification that allows them (spec.yaml), the scan's own summary, and what an SCAI attestation says of the scan; it
// works out how far each allowance really reaches, and flags what a reviewer should look at.
//
// It knows the formats of Dockyard's catalogue and the rules of its scanner. It must not know where bytes come from,
// who is trusted or what the time is: it is told. A flag never makes anything better; what could not be judged is said.
package audit
