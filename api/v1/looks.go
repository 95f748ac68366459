package v1

import (
	"math"
	"net/http"
	"strconv"
	"strings"

	"fitroom/api/problem"
	"fitroom/api/wire"
)

// Pictures of fabrics and prints, sent by themselves.

// maxPicture is what a picture may weigh [byte].
const maxPicture = 10 << 20

func (c *call) picture() ([]byte, error) {
	return c.body(maxPicture, "image/png", "image/jpeg")
}

// figure reads a number from the query; one that may be left out is 0.
func (c *call) figure(name string, needed bool) (float64, error) {
	text := c.r.URL.Query().Get(name)
	if text == "" && !needed {
		return 0, nil
	}
	if text == "" {
		return 0, problem.Invalid(problem.At("/"+name, "missing"))
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, problem.Invalid(problem.At("/"+name, "kind", "number"))
	}
	return x, nil
}

// relooked answers a change of a style's look.
func (c *call) relooked(err error) error {
	if _, ours := wire.AsErrors(err); ours {
		return faults(err)
	}
	if err != nil {
		return err
	}
	return c.style(http.StatusAccepted, c.id())
}

func (c *call) setSwatch(id string) error {
	was, err := c.version(id)
	if err != nil {
		return err
	}
	repeat, err := c.figure("repeat_cm", true)
	if err != nil {
		return err
	}
	picture, err := c.picture()
	if err != nil {
		return err
	}
	return c.relooked(c.desk.SetSwatch(c.r.Context(), c.who, id, was, picture, repeat))
}

func (c *call) dropSwatch(id string) error {
	was, err := c.version(id)
	if err != nil {
		return err
	}
	return c.relooked(c.desk.DropSwatch(c.r.Context(), c.who, id, was))
}

// printName tells whether a print may be called so: it becomes part of a file's
// name.
func printName(name string) bool {
	return len(name) >= 1 && len(name) <= 40 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// place reads where on the garment a print lies.
func (c *call) place() (at wire.Print, err error) {
	at.Panel = c.r.URL.Query().Get("panel")
	for _, f := range []struct {
		name   string
		needed bool
		into   *float64
	}{{"x_cm", true, &at.XCm}, {"y_cm", true, &at.YCm}, {"width_cm", true, &at.WidthCm}, {"turn_deg", false, &at.TurnDeg}} {
		if *f.into, err = c.figure(f.name, f.needed); err != nil {
			return at, err
		}
	}
	return at, nil
}

func (c *call) setPrint(id, name string) error {
	if !printName(name) {
		return problem.New("not-found")
	}
	was, err := c.version(id)
	if err != nil {
		return err
	}
	at, err := c.place()
	if err != nil {
		return err
	}
	picture, err := c.picture()
	if err != nil {
		return err
	}
	return c.relooked(c.desk.SetPrint(c.r.Context(), c.who, id, was, name, picture, at))
}

func (c *call) dropPrint(id, name string) error {
	was, err := c.version(id)
	if err != nil {
		return err
	}
	return c.relooked(c.desk.DropPrint(c.r.Context(), c.who, id, was, name))
}
