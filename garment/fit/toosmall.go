package fit

// TooSmall is a place at which a size has less cloth than the body needs, however
// far the cloth is stretched: flat arithmetic on pattern and undressed body, done
// before anything is draped.
type TooSmall struct {
	Zone    string            // as in Zone.Name
	Garment float64           // girth of the flat panels [m]
	Body    float64           // girth they have to go round [m]
	Usable  float64           // strain up to which the cloth can be worn round [1]
	Lacks   float64           // cloth that is missing beyond that [m]
	Opens   bool              // a fastening lets this place out: it does not close, yet can be put on
	Text    map[string]string // per language
}

// Say writes the sentences of a size of a style.
func (t *TooSmall) Say(s *Style, size string) {
	sp := newSpeaker(s)
	sp.vals = append(sp.vals[:0], zoneName("zone", sp.zoneKey(t.Zone)), lit("size", size),
		cm("garment", t.Garment), cm("body", t.Body), percent("usable", t.Usable), cm("missing", t.Lacks))
	key := "too_small"
	if t.Opens {
		key = "too_small_closed"
	}
	t.Text = sp.sentences([]string{key})
}
