package lanes

//go:generate go run -C asm . -kernels membrane -out ../membrane_amd64.s -stubs ../membrane_amd64.go -pkg lanes

// The twins of these kernels are the solver's own, membraneForce and membraneEnergy,
// where method and order are explained and tests compare the two.

// Law is a fabric's stiffnesses c11, c22, c12 and g [N/m] and what stiffens along
// weft and warp (cubic term [N/m] and the strain at which it ends), each in all lanes.
type Law [32]float64

// NewLaw spreads the numbers.
func NewLaw(numbers [8]float64) (l Law) {
	for k := range l {
		l[k] = numbers[k/4]
	}
	return l
}

// curved tells whether the law stiffens.
func (l *Law) curved() bool { return l[16] > 0 || l[24] > 0 }

// Wide tells whether there are lanes: without, only kernels with a twin here can be
// called.
func Wide() bool { return wide }

// Membrane is what kernels need of triangles: four of one law at a time.
type Membrane[T ~[3]int32] struct {
	X    []float64 // positions of all vertices
	Tris []T       // corners
	Grad []float64 // six numbers each
	Area []float64
	Law  *Law
}

// Forces writes the corner forces (nine numbers), Hessian blocks (27) and energies of
// the triangles, four for each number of odd, into which go those that a triangle
// without lanes must do again, a bit each: crushed ones and what is no number.
func (m *Membrane[T]) Forces(force, hess, energy []float64, odd []uint8) {
	n := 4 * len(odd)
	_, _, _ = force[:9*n], hess[:27*n], energy[:n]
	m.check(n)
	tris, law := &m.Tris[0][0], (*[32]float64)(m.Law)
	if m.Law.curved() {
		curvedForcesAVX2(force, hess, energy, odd, m.X, m.Grad, m.Area, tris, law)
		return
	}
	membraneForcesAVX2(force, hess, energy, odd, m.X, m.Grad, m.Area, tris, law)
}

// Energies writes the energies only.
func (m *Membrane[T]) Energies(energy []float64, odd []uint8) {
	n := 4 * len(odd)
	_ = energy[:n]
	m.check(n)
	tris, law := &m.Tris[0][0], (*[32]float64)(m.Law)
	if m.Law.curved() {
		curvedEnergiesAVX2(energy, odd, m.X, m.Grad, m.Area, tris, law)
		return
	}
	membraneEnergiesAVX2(energy, odd, m.X, m.Grad, m.Area, tris, law)
}

func (m *Membrane[T]) check(n int) { _, _, _ = m.Tris[:n], m.Grad[:6*n], m.Area[:n] }
