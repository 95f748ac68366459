package pattern

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// Pattern formats have no field for what a panel is. It can be told from the
// names their writers give (left_ftorso, sl_right_cuff_f, pant_f_l, wb_back, Lhood),
// from the panel label (body, arm, leg), from the placement, and, for panels
// called plainly front and back, from the company they keep. Where none of
// these says it, the role is OtherRole.

// part is a role before front and back are told apart.
type part int

const (
	unknownPart part = iota
	torsoPart
	sleevePart
	skirtPart
	legPart
	waistPart
	collarPart
	cuffPart
	legCuffPart
	hoodPart
)

// roles by part and facing: back, all round, front.
var roles = [...][3]Role{
	unknownPart: {OtherRole, OtherRole, OtherRole},
	torsoPart:   {BodyBack, OtherRole, BodyFront},
	sleevePart:  {SleeveBk, Sleeve, SleeveFr},
	skirtPart:   {SkirtBack, OtherRole, SkirtFront},
	legPart:     {LegBack, OtherRole, LegFront},
	waistPart:   {WaistBack, OtherRole, WaistFront},
	collarPart:  {Collar, Collar, Collar},
	cuffPart:    {Cuff, Cuff, Cuff},
	legCuffPart: {LegCuff, LegCuff, LegCuff},
	hoodPart:    {Hood, Hood, Hood},
}

// clue is what the name of one panel says.
type clue struct {
	part   part
	side   Side
	facing Facing
	sided  bool
}

// AssignRoles fills Role, Side and Facing of all panels from their names,
// placements and seams. labels says of each panel what part of the body it
// covers (body, arm, leg), as far as the source knows.
func (p *Pattern) AssignRoles(labels []string) {
	clues := make([]clue, len(p.Panels))
	for i := range p.Panels {
		clues[i] = readName(p.Panels[i].Name, labels[i])
	}
	plain := plainPart(p, labels, clues)
	for i := range p.Panels {
		c, panel := &clues[i], &p.Panels[i]
		if c.part == unknownPart && (c.facing != AllRound || plain == skirtPart) {
			c.part = plain
		}
		if panel.HasPlace && c.part != unknownPart {
			placeClue(c, panel)
		}
		panel.Role = roles[c.part][c.facing+1]
		panel.Side, panel.Facing = c.side, c.facing
	}
}

// words maps the parts of names to what they say of the part of the garment.
// The first row found in a name decides: cuff_skirt is a cuff.
var words = []struct {
	word string
	part part
}{
	{"cuff", cuffPart},
	{"hood", hoodPart},
	{"collar", collarPart},
	{"lapel", collarPart},
	{"sleeve", sleevePart},
	{"torso", torsoPart},
	{"bodice", torsoPart},
	{"waistband", waistPart},
	{"wb", waistPart},
	{"skirt", skirtPart},
	{"pant", legPart},
	{"trouser", legPart},
}

// readName reads part, side and facing from a panel's name and label.
func readName(name, label string) clue {
	var c clue
	tokens := splitName(name)
	for _, w := range words {
		if slices.ContainsFunc(tokens, func(t string) bool { return strings.Contains(t, w.word) }) {
			c.part = w.part
			break
		}
	}
	if c.part == cuffPart && (label == "leg" || slices.Contains(tokens, "pant")) {
		c.part = legCuffPart
	}
	for _, t := range tokens {
		// Old files pack side and facing into one word: lfsleeve, btorso.
		for _, stem := range [2]string{"sleeve", "torso"} {
			if head, ok := strings.CutSuffix(t, stem); ok && len(head) <= 2 {
				for _, letter := range head {
					c.read(string(letter))
				}
			}
		}
		c.read(t)
	}
	return c
}

// read takes up one word that says side or facing.
func (c *clue) read(word string) {
	switch word {
	case "l", "left":
		c.side, c.sided = Left, true
	case "r", "right":
		c.side, c.sided = Right, true
	case "f", "front":
		c.facing = FacesFront
	case "b", "back":
		c.facing = FacesBack
	}
}

// splitName cuts a name into lower-case words at underscores, spaces and
// inner capitals.
func splitName(name string) []string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		// "Lhood" is the letter L and the word hood.
		if i == 1 && len(runes) > 2 && unicode.IsUpper(runes[0]) && unicode.IsLower(r) && (runes[0] == 'L' || runes[0] == 'R') &&
			!strings.HasPrefix(name, "Left") && !strings.HasPrefix(name, "Right") {
			b.WriteByte('_')
		}
		if i > 0 && unicode.IsUpper(r) && unicode.IsLower(runes[i-1]) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.FieldsFunc(b.String(), func(r rune) bool {
		return r == '_' || r == ' ' || r == '-' || r == '.'
	})
}

// plainPart decides what panels called only "front" and "back" are.
//   - With sleeves, a hood or a torso label about, they are the torso.
//   - Labelled "leg", they are legs if both front and back come as a left and a
//     right, else a skirt.
//   - Unlabelled: legs by the same rule; a torso if a front and a back share
//     four seams (two shoulders, two sides); else a skirt if they share any.
func plainPart(p *Pattern, labels []string, clues []clue) part {
	var sidedFronts, sidedBacks int
	leg := false
	for i, c := range clues {
		switch c.part {
		case sleevePart, hoodPart, torsoPart:
			return torsoPart
		case unknownPart:
		default:
			continue
		}
		if labels[i] == "body" {
			return torsoPart
		}
		leg = leg || labels[i] == "leg"
		if c.sided && c.facing == FacesFront {
			sidedFronts++
		}
		if c.sided && c.facing == FacesBack {
			sidedBacks++
		}
	}
	most, joined := frontBackSeams(p, clues)
	switch {
	case sidedFronts >= 2 && sidedBacks >= 2:
		return legPart
	case leg:
		return skirtPart
	case most >= 4:
		return torsoPart
	case joined:
		return skirtPart
	}
	return unknownPart
}

// frontBackSeams counts the seams of the front and back most sewn together,
// and says whether any plainly named panels are sewn to each other at all.
func frontBackSeams(p *Pattern, clues []clue) (most int, joined bool) {
	count := make(map[[2]int]int)
	for _, s := range p.Seams {
		a, b := s.A.Panel, s.B.Panel
		if a == b || clues[a].part != unknownPart || clues[b].part != unknownPart {
			continue
		}
		joined = true
		if clues[a].facing*clues[b].facing == -1 {
			key := [2]int{a, b} // a < b: seams are stored so
			count[key]++
			most = max(most, count[key])
		}
	}
	return most, joined
}

// placeClue completes side and facing from the file's placement, for panels
// whose names count round the body (skirt_panel_7, left_1).
func placeClue(c *clue, p *Panel) {
	lo, hi, midZ := placedSpan(p)
	// A panel is to one side when it crosses the middle by less than a
	// seventh of its width; the back of a whole skirt crosses it by half.
	if slack := (hi - lo) / 7; !c.sided && lo > -slack {
		c.side = Left
	} else if !c.sided && hi < slack {
		c.side = Right
	}
	if c.facing == AllRound && c.part == skirtPart {
		c.facing = FacesFront
		if midZ < -1e-6 {
			c.facing = FacesBack
		}
	}
}

// placedSpan returns the extent of the placed corners along x and their mean z
// [m].
func placedSpan(p *Panel) (lo, hi, midZ float64) {
	sx, cx := math.Sincos(p.Rotation[0])
	sy, cy := math.Sincos(p.Rotation[1])
	sz, cz := math.Sincos(p.Rotation[2])
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range p.Verts {
		// Rz Ry Rx (x, y, 0), worked out one axis at a time.
		y, z := v.Y*cx, v.Y*sx
		x, z := v.X*cy+z*sy, -v.X*sy+z*cy
		x = x*cz - y*sz
		x, z = x+p.Translation[0], z+p.Translation[2]
		lo, hi = math.Min(lo, x), math.Max(hi, x)
		midZ += z / float64(len(p.Verts))
	}
	return lo, hi, midZ
}
