package lanes

//go:generate go run -C asm . -kernels closeness -out ../closeness_amd64.s -stubs ../closeness_amd64.go -pkg lanes

// The twins of these kernels are the solver's own, edgeEdge and vertexTriangle of
// closeness.go, where tests compare them.

// Near is what is known of pairs, four for each of flags: their squared distance, the
// signed one along the normal and, a bit each, whether the nearest points are interior
// (bits 0 to 3), whether a side has no meaning (8 to 11) and whether the pair must be
// looked at without lanes (16 to 19).
type Near struct {
	Far2, Signed []float64
	Flags        []uint32
}

// EdgeEdges measures pairs of edges, four vertices each.
func EdgeEdges(dst Near, x []float64, v [][4]int32) {
	n := 4 * len(dst.Flags)
	if _, _, _ = dst.Far2[:n], dst.Signed[:n], v[:n]; n > 0 {
		edgeEdgesAVX2(dst.Far2, dst.Signed, dst.Flags, x, v)
	}
}

// VertexTriangles measures pairs of a vertex and a triangle.
func VertexTriangles(dst Near, x []float64, v [][4]int32) {
	n := 4 * len(dst.Flags)
	if _, _, _ = dst.Far2[:n], dst.Signed[:n], v[:n]; n > 0 {
		vertexTrianglesAVX2(dst.Far2, dst.Signed, dst.Flags, x, v)
	}
}
