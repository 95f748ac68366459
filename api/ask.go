package api

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"fitroom/api/wire"
	"fitroom/garment/tryon"
	"fitroom/geometry/fault"
)

// ask is the JSON of POST /v1/try-ons.
type ask struct {
	Body  *wire.Body      `json:"body"`
	Style json.RawMessage `json:"style"` // a name of the catalogue or a style.json
	Sizes []string        `json:"sizes,omitempty"`
	Under *under          `json:"under,omitempty"`
}

// under is what is worn beneath.
type under struct {
	Style json.RawMessage `json:"style"` // as that of ask
	Size  string          `json:"size,omitempty"`
}

// order is a request understood: everything a fitting needs.
type order struct {
	id      string
	owner   string   // who may have the result; "" for whoever is at this machine
	lang    string   // of the words inside pictures
	extras  []string // files drawn of the advised sizes besides the usual ones
	body    wire.Body
	garment Garment
	beneath Garment // what is worn under it, if anything
	request tryon.Request
}

// read understands a request or names every fault of it. lang is the language
// of the words inside its pictures, owner who may have the result, extras what
// is drawn of the advised sizes besides.
func (s *Server) read(data []byte, lang, owner string, extras ...string) (*order, error) {
	var a ask
	if err := wire.ReadStrict("", data, &a); err != nil {
		return nil, err
	}
	var faults wire.Errors
	o := &order{lang: lang, owner: owner, extras: extras}
	if a.Body == nil {
		faults = append(faults, wire.Fault("/body", "is missing; it must hold the body.json of a person"))
	} else {
		o.body = *a.Body
		m, ease, err := a.Body.Convert("/body")
		faults = collect(faults, err)
		o.request.Body, o.request.Ease = m, ease
	}
	garment, err := s.garment("/style", a.Style)
	faults = collect(faults, err)
	if err == nil {
		o.garment, o.request.Style = garment, garment.Style
		o.request.Sizes, err = pick(garment.Style.Sizes, a.Sizes)
		faults = collect(faults, err)
	}
	if a.Under != nil {
		faults = collect(faults, s.wear(o, *a.Under))
	}
	if len(faults) > 0 {
		return nil, faults
	}
	o.id, err = s.name(a, o)
	return o, err
}

// wear understands what is worn beneath.
func (s *Server) wear(o *order, u under) (err error) {
	if o.beneath, err = s.garment("/under/style", u.Style); err != nil {
		return err
	}
	sizes := o.beneath.Style.Sizes
	if u.Size == "" && len(sizes) == 1 {
		u.Size = sizes[0]
	}
	if !slices.Contains(sizes, u.Size) {
		return wire.Fault("/under/size", "%q is not a size of this style; its sizes are %s", clip(u.Size), strings.Join(sizes, ", "))
	}
	o.request.Under = &tryon.Under{Style: o.beneath.Style, Size: u.Size}
	return nil
}

// collect adds the faults of one part of the request to those of the others.
func collect(faults wire.Errors, err error) wire.Errors {
	if err == nil {
		return faults
	}
	if all, ok := wire.AsErrors(err); ok {
		return append(faults, all...)
	}
	return append(faults, wire.FieldError{Err: err})
}

// garment finds a style of a request in the catalogue or reads it inline; at is
// its pointer within the request.
func (s *Server) garment(at string, raw json.RawMessage) (Garment, error) {
	var name string
	switch {
	case len(raw) == 0:
		return Garment{}, wire.Fault(at, "is missing; it must be %s, or a style.json", s.styleNames())
	case json.Unmarshal(raw, &name) == nil:
		for _, g := range s.garments {
			if g.Style.ID == name {
				return g, nil
			}
		}
		return Garment{}, wire.Fault(at, "%q is not in the catalogue, which holds %s", clip(name), s.styleNames())
	}
	var g Garment
	if err := wire.ReadStrict(at, raw, &g.Sheet); err != nil {
		return Garment{}, err
	}
	style, err := g.Sheet.Convert(at, nil)
	g.Style = style
	return g, err
}

// clip keeps a customer's word in an error message short.
func clip(word string) string {
	if len(word) > 80 {
		return strings.ToValidUTF8(word[:80], "") + "…"
	}
	return word
}

func (s *Server) styleNames() any {
	var names []string
	for _, g := range s.garments {
		names = append(names, g.Style.ID)
	}
	if len(names) == 0 {
		return fault.Word("nothing")
	}
	return strings.Join(names, ", ")
}

// pick puts the wanted sizes in the style's order; none wanted means all.
func pick(sizes, wanted []string) ([]string, error) {
	var faults wire.Errors
	for i, w := range wanted {
		if !slices.Contains(sizes, w) {
			faults = append(faults, wire.Fault(fmt.Sprintf("/sizes/%d", i),
				"%q is not a size of this style; its sizes are %s", clip(w), strings.Join(sizes, ", ")))
		}
	}
	if len(faults) > wire.MaxFaults {
		faults = faults[:wire.MaxFaults]
	}
	if len(faults) > 0 {
		return nil, faults
	}
	var picked []string
	for _, size := range sizes {
		if len(wanted) == 0 || slices.Contains(wanted, size) {
			picked = append(picked, size)
		}
	}
	return picked, nil
}

// name is the id of a request: equal requests have equal ids, so that the
// second is answered from the shelf. A plain hash of a few measurements could
// be guessed by trying all bodies; the key, which dies with the server, makes
// the id say nothing to whoever reads it in an address.
func (s *Server) name(a ask, o *order) (string, error) {
	style, err := canonical(a.Style)
	if err != nil {
		return "", err
	}
	all := []any{s.version, a.Body, style, o.request.Sizes, o.lang, o.owner, o.extras}
	if a.Under != nil {
		beneath, err := canonical(a.Under.Style)
		if err != nil {
			return "", err
		}
		all = append(all, beneath, o.request.Under.Size)
	}
	data, err := json.Marshal(all)
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, s.key)
	mac.Write(data)
	return hex.EncodeToString(mac.Sum(nil)[:16]), nil
}

// canonical is JSON without what its writer was free to choose: spaces and the
// order of keys.
func canonical(raw json.RawMessage) (any, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}
