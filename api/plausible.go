package api

import (
	"net/http"
	"slices"

	"fitroom/garment/words"

	"github.com/labstack/echo/v4"
)

// plausible is what the page hears of its form while it is being filled in, by
// field name and in the page's language.
type plausible struct {
	Faults map[string]string `json:"faults"` // what cannot be used
	Doubts map[string]string `json:"doubts"` // what does not go with the rest
}

// serveCheckForm checks what was typed so far. Nothing of it is kept; what is
// missing is no fault before the form is sent.
func (s *Server) serveCheckForm(c echo.Context) error {
	values, err := s.readPageForm(c)
	if err != nil {
		return err
	}
	f := readForm(values)
	f.Lang = language(c.Request(), f.Lang)
	say := words.In(f.Lang).Pages
	b, faults := f.body(say)
	p := plausible{Faults: faults, Doubts: map[string]string{}}
	measures, _, err := b.Convert("/body")
	if err != nil {
		return c.JSON(http.StatusOK, p)
	}
	doubts, err := s.room.Check(measures)
	for _, m := range slices.Concat(doubts, measureErrors(err)) {
		if text := unlikely(m, f, say); text != "" && p.Faults[string(m.Key)] == "" {
			p.Doubts[string(m.Key)] = text
		}
	}
	return c.JSON(http.StatusOK, p)
}
