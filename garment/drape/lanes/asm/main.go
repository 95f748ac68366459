// Command asm writes the assembly of package lanes with avo: go generate in the
// folder above. It is a module of its own, so that the product does not depend on
// its generator.
package main

import (
	. "github.com/mmcloughlin/avo/build"
)

func main() {
	ConstraintExpr("amd64,!purego")
	multiplyRows()
	Generate()
}
