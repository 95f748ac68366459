// Command asm writes the assembly of package lanes with avo, one file for each of
// its groups of kernels: go generate in the folder above. It is a module of its
// own, so that the product does not depend on its generator.
package main

import (
	"flag"
	"log"

	. "github.com/mmcloughlin/avo/build"
)

func main() {
	group := flag.String("kernels", "", "the group of kernels to write")
	flag.Parse()
	ConstraintExpr("amd64,!purego")
	switch *group {
	case "rows":
		multiplyRows()
		precondition()
		relax()
		pack()
	case "transfer":
		restrict()
		prolongVerts()
		prolongNodes()
		multiplyBlocks()
		halve()
	case "products":
		addProducts(3, "float32")
		addProducts(6, "float64")
		addMultiples()
		addTransposed(3)
		addTransposed(6)
	case "substitute":
		forwardFours()
		backwardFours()
	case "folds":
		foldRow()
	case "vectors":
		addScaled()
		addScaled64()
		turn()
		scale()
		subtract()
		dot()
	case "patches":
		patchSums()
		addPatches()
	case "boxes":
		nearBoxes()
		enclose()
	case "membrane":
		membraneForces("membraneForcesAVX2", false)
		membraneForces("curvedForcesAVX2", true)
		membraneEnergies("membraneEnergiesAVX2", false)
		membraneEnergies("curvedEnergiesAVX2", true)
	case "nearest":
		farOf()
	case "bending":
		applyBending()
		solveHinges()
	case "closeness":
		pairs("edgeEdgesAVX2", edgeEdge)
		pairs("vertexTrianglesAVX2", vertexTriangle)
	case "springs":
		solveSprings()
	default:
		log.Fatalf("asm: no kernels %q", *group)
	}
	Generate()
}
