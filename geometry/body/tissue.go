package body

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// Stiffness of the layers between skin and bone against clothing, which
// presses with 0 to 4 kPa over areas wider than the layers are deep. Each
// layer is a spring of modulus over thickness (Winkler's foundation), one
// behind the other.
const (
	// fatModulus: gluteal fat under light load 26 +- 19 kPa (Isogai et al.
	// 2022, "Young's moduli of subcutaneous tissues and muscles under different
	// loads at the gluteal region").
	fatModulus = 26e3 // [Pa]
	// fleshModulus: gluteal muscle 62 +- 10 kPa (the same); effective moduli of
	// forearm and leg in the tens of kPa (Zheng, Mak and Lue 1999, "Objective
	// assessment of limb tissue elasticity").
	fleshModulus = 62e3 // [Pa]
	// breastModulus: fat and gland 0.5 to 25 kPa (Gefen and Dilmoney 2007,
	// "Mechanics of the normal woman's breast"), whole breasts in tension 5 kPa
	// (Suh et al. 2024, "Exploratory study about apparent elastic properties of
	// human breast"); held by a bra they yield less than hanging ones.
	breastModulus = 15e3 // [Pa]
	// skinCompliance is what gives even where skin lies on bone: 2 mm at 25 kPa.
	skinCompliance = 0.8e-7 // [m/Pa]

	// Body fat in per cent of the weight is 1.20 BMI + 0.23 age - 10.8 (men) -
	// 5.4 (Deurenberg, Weststrate and Seidell 1991, "Body mass index as a
	// measure of body fatness"). Nobody is asked for an age: 40 years.
	fatPerBMI, fatOffset, fatMen = 1.20, 0.23*40 - 5.4, 10.8
	fatLeast, fatMost            = 8.0, 55.0 // outside of them the line is not believed [%]
	fatUnderSkin                 = 0.8       // of it; the rest lies about the organs
	fatDensity                   = 900       // [kg/m3]
)

// compliance is the inward travel of the skin per pressure of cloth at every
// vertex [m/Pa]. It describes a person standing at ease; it is linear, and
// meant for garments, not for a seat or a hand.
func (m *Model) compliance(b *Body) []float64 {
	t := m.tpl
	fat := m.fatLayer(b)
	breast := breastDepth(b)
	out := make([]float64, t.half(), t.Vertices())
	for i := range out {
		z := &m.zones
		out[i] = skinCompliance + z.fat[i]*fat/fatModulus + z.flesh[i]/fleshModulus + z.breast[i]*breast/breastModulus
	}
	return append(out, out[t.Middle:]...)
}

// fatLayer is the thickness of fat where the zones say one [m]: the fat a
// person of this height and weight carries, spread over this skin.
func (m *Model) fatLayer(b *Body) float64 {
	height, weight := b.achieved(Height), b.achieved(Weight)
	percent := fatPerBMI*weight/(height*height) + fatOffset - fatMen*b.Population.manly()
	mass := weight * max(fatLeast, min(fatMost, percent)) / 100
	var spread float64 // area times share [m2]
	for _, f := range m.tpl.Tris {
		p, q, r := b.Mesh.Verts[f[0]], b.Mesh.Verts[f[1]], b.Mesh.Verts[f[2]]
		share := (m.zones.fat[f[0]] + m.zones.fat[f[1]] + m.zones.fat[f[2]]) / 3
		spread += share * r3.Norm(r3.Cross(r3.Sub(q, p), r3.Sub(r, p))) // two halves of a triangle and its mirror image
	}
	return mass * fatUnderSkin / fatDensity / spread
}

// manly is 1 for men, 0 for women and half way where it is not said.
func (p Population) manly() float64 {
	switch p {
	case Men:
		return 1
	case Women:
		return 0
	}
	return 0.5
}

// breastDepth is how far the bust points stand out before the ribs below [m];
// a man's chest has none.
func breastDepth(b *Body) float64 {
	front := math.Inf(-1)
	for _, p := range b.Around(b.Level(UnderbustGirth)) {
		front = max(front, p.Z)
	}
	return (1 - b.Population.manly()) * max(0, b.Landmarks[BustPointL].Z-front)
}

func (b *Body) achieved(k Key) float64 {
	for i := range b.Measures {
		if b.Measures[i].Key == k {
			return b.Measures[i].Achieved
		}
	}
	panic("body: no measure " + string(k))
}
