// Package sizecharts reads the public size tables as styles, each figure as its
// source prints it; bench and tests hold the verdict against them.
package sizecharts
