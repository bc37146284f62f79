// Package fuzzy says how well a text answers what a person began to type. It knows nothing of what the texts are.
package fuzzy
