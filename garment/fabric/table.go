package fabric

// Sources of the figures below, named once.
const (
	judged    = "our estimate; no openable primary table was found"
	wang      = "Wang, O'Brien, Ramamoorthi 2011, Data-driven elastic models for cloth: mean of the measured bending table"
	wangMass  = "Wang, O'Brien, Ramamoorthi 2011: measured"
	temel     = "Temel, Johnson, Lloyd 2022, Tribology Letters 70: cotton on dorsal forearm 0.31 (sd 0.07) static to chest 0.90"
	penava    = "Penava, Simic Penava, Knezic 2014, table 1"
	kesDenim  = "KES of six denims, Journal of Textiles 2016, 4614168, table 5: secant at 490 N/m"
	kesTwill  = "Mahnic Naglic et al. 2025, Polymers 17(15) 2013: KES extension 1.73 / 11.18 % at 490 N/m, elastane weft"
	kesWoven  = "Tadesse et al. 2018, Materials 11(12) 2466: KES extension 2.29 % at 490 N/m (mean of both ways)"
	zhang     = "Zhang 2019: cotton woven E 178 / 98 MPa, Poisson 0.39 / 0.25, times thickness"
	hesc      = "Fan, Yu, Hunter, Engineering Apparel Fabrics and Garments, table 1.12: KES extension 4.3-5.1 / 7.5-18 % at 490 N/m, G 0.5-0.65 gf/(cm deg)"
	fast      = "FAST working band for suiting, G 30-80 N/m"
	leung     = "Leung, Lo, Dhingra, Yeung 2000, RJTA 4(2): 31 suitings and linens, 125-258 g/m2"
	laplace   = "Lee, Do 2023, Fashion and Textiles 10: leggings 1.84-2.43 kPa on a leg, so 92-141 N/m by Laplace at worn stretch"
	woven5    = "within 5 % for wovens: Zhang, Wang, Ramani 2016; Pietroni et al. 2022"
	knitUse   = "single jersey stretches 30-60 % across and 10-30 % along, load not stated (textile text)"
	rollWt    = "trade weights 12-13 oz/yd2 = 407-441 g/m2"
	wangCurve = "Wang, O'Brien, Ramamoorthi 2011: stiffness at the larger strain over that at none, along and across"
	hursa     = "Penava 2014: wool 0.277, cotton 0.243, polyester 0.381; Hursa 2009: plain weaves 0.34-0.50"
)

// skin is the friction of most cloths on dry skin or an undergarment; sweat
// multiplies it by up to five, which no preset can know.
func skin(nominal float64) span { return span{0.25, nominal, 0.9, ReadPrimary, temel} }

func est(low, nominal, high float64) span { return span{low, nominal, high, Judged, judged} }

func (s span) from(e Evidence, source string) span {
	s.evidence, s.source = e, source
	return s
}

// presets is the table. It is a function so that no caller can change what
// another reads. Nominal moduli are secants at wearing loads (KES, FAST), not
// the ten times softer slopes at zero strain.
func presets() []preset {
	return []preset{
		{
			name: "silk", structure: Woven,
			density: est(60, 80, 110), thickness: est(0.15, 0.22, 0.3),
			warp: est(8000, 15000, 30000), weft: est(4000, 8000, 20000), shear: est(15, 28, 50),
			poisson:  est(0.1, 0.25, 0.4).from(Derived, hursa),
			bendWarp: est(1, 2, 4), bendWeft: est(1, 2, 4), friction: span{0.2, 0.3, 0.8, ReadPrimary, temel},
			useWarp: est(1, 2, 4).from(ReadSecondary, woven5), useWeft: est(2, 4, 5).from(ReadSecondary, woven5),
		},
		{
			name: "viscose", structure: Woven,
			density: est(100, 130, 160), thickness: est(0.2, 0.26, 0.35),
			warp: est(4000, 9000, 18000), weft: est(2500, 5500, 12000), shear: est(15, 28, 50),
			poisson:  est(0.1, 0.25, 0.4).from(Derived, hursa),
			bendWarp: est(1.5, 3, 6), bendWeft: est(1, 2.2, 5), friction: skin(0.3),
			useWarp: est(1, 2, 4).from(ReadSecondary, woven5), useWeft: est(2, 4, 5).from(ReadSecondary, woven5),
		},
		{
			name: "poplin", structure: Woven,
			density:   est(100, 120, 158).from(ReadSecondary, penava+": 150 g/m2; "+kesWoven+": 158 g/m2"),
			thickness: est(0.25, 0.3, 0.35).from(ReadSecondary, penava+": 0.318 mm"),
			warp:      est(15000, 21000, 53000).from(Derived, kesWoven+"; "+zhang),
			weft:      est(8000, 12000, 29000).from(Derived, zhang),
			shear:     est(60, 90, 150), poisson: est(0.1, 0.24, 0.39).from(ReadSecondary, hursa),
			bendWarp: est(4, 8, 14), bendWeft: est(3, 6, 12), friction: skin(0.35),
			useWarp: est(1, 2, 3).from(ReadSecondary, woven5), useWeft: est(2, 4, 5).from(ReadSecondary, woven5),
		},
		{
			name: "linen", structure: Woven,
			density:   est(125, 175, 258).from(ReadPrimary, leung),
			thickness: est(0.3, 0.42, 0.6),
			warp:      est(10000, 18000, 40000), weft: est(7000, 13000, 30000), shear: est(40, 70, 150),
			poisson:  est(0.1, 0.2, 0.35).from(Derived, hursa),
			bendWarp: est(8, 16, 40), bendWeft: est(6, 13, 35), friction: skin(0.35),
			useWarp: est(1, 2, 3).from(ReadSecondary, woven5), useWeft: est(2, 3, 5).from(ReadSecondary, woven5),
		},
		{
			name: "wool suiting", structure: Woven,
			density:   est(180, 220, 260).from(ReadPrimary, leung),
			thickness: est(0.4, 0.5, 0.6).from(ReadSecondary, penava+": wool 0.568 mm"),
			warp:      est(9600, 10500, 11400).from(Derived, hesc), weft: est(2700, 4500, 6500).from(Derived, hesc),
			shear:    est(28, 40, 80).from(ReadSecondary, hesc+"; "+fast),
			poisson:  est(0.1, 0.28, 0.4).from(ReadSecondary, hursa),
			bendWarp: est(5, 9, 14), bendWeft: est(4, 7, 12), friction: skin(0.35),
			useWarp: est(2, 4, 5), useWeft: est(5, 8, 10),
			stiffWarp: est(5, 8, 20).from(Derived, hesc+", linearity 0.5-0.6"), stiffWeft: est(5, 8, 20).from(Derived, hesc+", linearity 0.5-0.6"),
		},
		{
			name: "twill", structure: Woven,
			density:   est(200, 250, 320).from(ReadSecondary, kesTwill+": 227 g/m2"),
			thickness: est(0.4, 0.5, 0.7),
			warp:      est(15000, 22000, 28000).from(Derived, kesTwill), weft: est(8000, 11000, 20000), shear: est(60, 95, 150),
			poisson:  est(0.1, 0.24, 0.39).from(Derived, hursa),
			bendWarp: est(12, 25, 60), bendWeft: est(8, 16, 45), friction: skin(0.35),
			useWarp: est(1, 2, 3).from(ReadSecondary, woven5), useWeft: est(2, 4, 5).from(ReadSecondary, woven5),
		},
		{
			name: "denim", structure: Woven,
			density:   est(380, 420, 450).from(ReadPrimary, rollWt),
			thickness: est(0.8, 0.95, 1.2).from(ReadPrimary, kesDenim),
			warp:      est(9000, 15000, 30000), weft: est(8550, 9500, 10444).from(ReadPrimary, kesDenim),
			shear:    est(84, 110, 191).from(ReadPrimary, kesDenim),
			poisson:  est(0.1, 0.24, 0.39).from(Derived, hursa),
			bendWarp: est(14, 60, 200).from(ReadSecondary, kesDenim+" 14-22; "+wang+" 72"),
			bendWeft: est(14, 40, 150).from(ReadSecondary, kesDenim+" 14-22; "+wang+" 72"),
			friction: skin(0.35),
			useWarp:  est(1, 2, 3).from(ReadSecondary, woven5), useWeft: est(3, 5, 5.7).from(ReadSecondary, woven5),
			stiffWarp: est(1.5, 2.4, 3.2).from(Derived, kesDenim+": linearity 0.66-0.78"), stiffWeft: est(1.8, 2.4, 3.2).from(Derived, kesDenim+": linearity 0.66-0.78"),
		},
		{
			name: "stretch denim", structure: Woven,
			density: est(280, 330, 400), thickness: est(0.7, 0.9, 1.1),
			warp: est(15000, 28000, 30000).from(Derived, kesTwill), weft: est(1500, 4400, 6000).from(Derived, kesTwill),
			shear: est(60, 90, 150), poisson: est(0.1, 0.24, 0.39).from(Derived, hursa),
			bendWarp: est(10, 40, 120), bendWeft: est(8, 25, 80), friction: skin(0.35),
			useWarp: est(1, 2, 3).from(ReadSecondary, woven5), useWeft: est(8, 15, 20),
		},
		{
			name: "jersey", structure: Knit,
			density:   est(130, 160, 220).from(ReadSecondary, knitUse+"; 100-300 g/m2"),
			thickness: est(0.5, 0.65, 0.9),
			warp:      est(150, 300, 800), weft: est(80, 160, 400), shear: est(20, 35, 60), poisson: est(0.2, 0.35, 0.5),
			bendWarp: est(1.5, 3, 6), bendWeft: est(1, 2, 5), friction: skin(0.35),
			useWarp: est(10, 15, 30).from(ReadSecondary, knitUse), useWeft: est(30, 40, 60).from(ReadSecondary, knitUse),
		},
		{
			name: "stretch jersey", structure: Knit,
			density: est(180, 210, 260), thickness: est(0.6, 0.75, 0.9),
			warp: est(150, 350, 900), weft: est(120, 250, 600), shear: est(20, 40, 70), poisson: est(0.2, 0.35, 0.5),
			bendWarp: est(2, 4, 8), bendWeft: est(1.5, 3, 6), friction: skin(0.35),
			useWarp: est(25, 40, 50), useWeft: est(40, 60, 80),
		},
		{
			name: "interlock", structure: Knit,
			density:   est(170, 187, 240).from(ReadSecondary, wangMass+" (gray interlock, 60 % cotton): 187 g/m2"),
			thickness: est(0.7, 0.9, 1.1),
			warp:      est(150, 350, 900), weft: est(80, 200, 500), shear: est(25, 45, 80), poisson: est(0.2, 0.35, 0.5),
			bendWarp: est(6, 15, 22).from(ReadSecondary, wang+": 22"), bendWeft: est(4, 10, 22).from(ReadSecondary, wang+": 22"),
			friction: skin(0.35),
			useWarp:  est(10, 15, 25), useWeft: est(25, 35, 50),
			stiffWarp: est(1.5, 2.8, 5).from(ReadSecondary, wangCurve+" (gray interlock): 2.8"), stiffWeft: est(3, 6, 12).from(ReadSecondary, wangCurve+" (gray interlock): 12"),
		},
		{
			name: "rib", structure: Knit,
			density:   est(200, 276, 320).from(ReadSecondary, wangMass+" (ivory rib, 5 % spandex): 276 g/m2"),
			thickness: est(0.9, 1.1, 1.5),
			warp:      est(150, 300, 800), weft: est(40, 90, 250).from(ReadSecondary, "Wang, O'Brien, Ramamoorthi 2011: 43-65 N/m at zero strain, rising"),
			shear: est(20, 40, 83), poisson: est(0.2, 0.3, 0.5),
			bendWarp: est(10, 40, 100).from(ReadSecondary, wang+": 46"), bendWeft: est(8, 30, 40).from(ReadSecondary, wang+": 46"),
			friction: skin(0.35),
			useWarp:  est(10, 20, 40), useWeft: est(50, 80, 120),
			stiffWarp: est(1, 1.2, 2.5).from(ReadSecondary, wangCurve+" (ivory rib): 1.2"), stiffWeft: est(2, 3.9, 6).from(ReadSecondary, wangCurve+" (ivory rib): 3.9"),
		},
		{
			name: "fleece", structure: Knit,
			density:   est(220, 280, 340).from(ReadSecondary, wangMass+" (sweatshirt knit): 224 g/m2"),
			thickness: est(1.2, 1.8, 2.5),
			warp:      est(200, 500, 1200), weft: est(120, 300, 800), shear: est(30, 60, 120), poisson: est(0.15, 0.3, 0.5),
			bendWarp: est(15, 35, 80).from(ReadSecondary, wang+": 33"), bendWeft: est(10, 28, 60).from(ReadSecondary, wang+": 33"),
			friction: skin(0.4),
			useWarp:  est(8, 12, 20), useWeft: est(20, 30, 45),
			stiffWarp: est(1.5, 2.6, 5).from(ReadSecondary, wangCurve+" (sweatshirt knit): 2.6"), stiffWeft: est(2, 6, 20),
		},
		{
			name: "leggings knit", structure: Knit,
			density:   est(204, 260, 320).from(ReadSecondary, wangMass+" (swim knit, 13 % spandex): 204 g/m2"),
			thickness: est(0.6, 0.75, 0.9),
			warp:      est(400, 650, 1000).from(Derived, laplace), weft: est(400, 600, 900).from(Derived, laplace),
			shear: est(60, 120, 250), poisson: est(0.2, 0.35, 0.5),
			bendWarp: est(3, 6, 12), bendWeft: est(3, 6, 12), friction: skin(0.4),
			useWarp: est(40, 50, 80), useWeft: est(50, 60, 100),
			stiffWarp: est(0.8, 1, 1.5).from(ReadSecondary, wangCurve+" (swim knit): 0.84"), stiffWeft: est(1, 1.2, 2).from(ReadSecondary, wangCurve+" (swim knit): 1.2"),
		},
	}
}
