package spec

import "fitroom/garment/pattern"

// Fastenings, all drafted closed: of skirts and trousers the left side from
// waist to hip and the end of the waistband above it; of dresses the left side;
// of shirts and polos the front, the collar and the cuffs. What is pulled over
// the head has none.
const (
	sideZip   = "side zip, left"
	bandHook  = "waistband, left"
	frontRow  = "front"
	collarTop = "collar"
	cuffEnds  = "cuff"
)

// fasten declares the seam that starts at an edge a fastening, worn closed.
// frees are the zones that opening it lets out; none means any.
func fasten(p *pattern.Pattern, name string, at pattern.EdgeRef, frees ...string) {
	for _, s := range p.Seams {
		if s.A == at {
			p.Closures = append(p.Closures, pattern.Closure{Name: name, Seam: s, Frees: frees})
			return
		}
	}
	panic("spec: " + name + " is no seam")
}

// trunk are the zones that an open front or side lets out.
func trunk() []string { return []string{"chest", "bust", "underbust", "waist", "hip"} }

// fastenFront declares one edge of a placket a fastening: opened, the strip stays with
// the front that buttons over the other.
func (d *topDraft) fastenFront(s *sewing, front *torso) {
	if d.opening == folded {
		return
	}
	frees := trunk()
	if d.opening == slit {
		frees = []string{"neck"}
	}
	free := front.right
	if d.RightOver {
		free = front.left
	}
	fasten(&s.out, frontRow, free(front.placket[0]), frees...)
}

// fastenCollar declares the front ends of a collar's stand a fastening, and
// with them the end of the strip under the one that lies below.
func fastenCollar(s *sewing, ends, strip pattern.EdgeRef) {
	all := append([]string{"neck"}, trunk()...)
	fasten(&s.out, collarTop, ends, all...)
	fasten(&s.out, collarTop, strip, all...)
}

// fastenSide declares the left side of a dress a fastening: of a sheath from
// the underarm to the hip, of one that hangs from the bust down to its waist.
func (d *topDraft) fastenSide(s *sewing, front *torso, skirt int) {
	from := 1
	if d.bodice != nil {
		from = 0
		fasten(&s.out, sideZip, pattern.EdgeRef{Panel: skirt, Edge: skirtSideHigh}, trunk()...)
	}
	for _, e := range front.sides[from:] {
		fasten(&s.out, sideZip, front.left(e), trunk()...)
	}
}
