// Package notation knows whom notation's own configuration trusts: the certificates of a trust store, and the trust
// policy that says which of them count for which image (Notary Project specifications, trust-store-trust-policy.md).
//
// It judges no signature: the verifier proves who signed and asks here whether that counts. It reads only from the file
// system that it is given, and never the network: nothing is asked about revocation.
package notation
