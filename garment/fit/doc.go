// Package fit compares resting cloth with body: ease, gap, strain, tension,
// pressure, verdict per zone; advises a size.
//
// Words of the room, all girths full and relaxed:
//
//	B     girth of the body                      [m]
//	G     girth of the garment at the same level [m]
//	e     ease, G - B; e0 is the ease it was designed with
//	x     position of B in steps of a size: -0.5 and +0.5 exactly at the
//	      printed edges of the size's band, positive where the body is larger
//	eps   hoop strain the body asks for, max(0, B/G - 1)
//	f     fill: eps over the usable stretch of the fabric
//	p     contact pressure [Pa]
//
// "As designed" needs no table of absolute ease: e - e0 = B(size) - B, so the
// chart alone decides it. Fabric and garment measures add what is physically
// possible: whether it closes, how far it is stretched, how hard it presses.
//
// Every verdict carries the probability that it still holds under the errors
// of tape, production and fabric, and is printed only from 0.75 on; below, the
// answer is "between". A missing figure is NaN and leads to "cannot be judged",
// never to a guess. Label text never enters.
package fit
