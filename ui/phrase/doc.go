// Package phrase says the values of the model in the words of the screen: verdicts, kinds, ways to look, sizes, moments. A
// thing has one name wherever it is shown.
//
// It knows the model and safe text. It must not know where a phrase stands.
package phrase
