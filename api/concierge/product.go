package concierge

import (
	"context"
	"errors"
	"strings"

	"fitroom/api/problem"
	"fitroom/api/store"
	"fitroom/api/wire"
)

// products are the articles of a style that have a number.
func products(s store.Style, sheet wire.Style) []store.Product {
	var all []store.Product
	for _, v := range sheet.Variants {
		number, err := wire.CheckGTIN(v.GTIN)
		if err != nil {
			continue // none given; a wrong one the style's reader has refused
		}
		all = append(all, store.Product{Shop: s.Shop, GTIN: number, Style: s.ID, Size: clean(v.Size), SKU: clean(v.SKU), Colour: clean(v.Colour)})
	}
	return all
}

// clean makes text that every database takes.
func clean(text string) string { return strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "") }

// Product is an article of the shop by its GTIN, of 8, 12, 13 or 14 digits.
func (c *Concierge) Product(ctx context.Context, who Who, gtin string) (store.Product, error) {
	number, err := wire.CheckGTIN(gtin)
	if err != nil {
		return store.Product{}, problem.Invalid(problem.At("/gtin", "no-gtin"))
	}
	return c.store.Product(ctx, who.Shop, number)
}

// Products lists the articles of the shop.
func (c *Concierge) Products(ctx context.Context, who Who, p store.Page) ([]store.Product, error) {
	return c.store.Products(ctx, who.Shop, p)
}

// Wanted finds the ready style that a shop's page means: by its id, by a GTIN
// of it, or by the name style.json gives it.
func (c *Concierge) Wanted(ctx context.Context, shop, product string) (store.Style, error) {
	if s, err := c.store.Style(ctx, shop, product); !errors.Is(err, store.ErrAbsent) {
		if err == nil && s.State != store.Done {
			err = store.ErrAbsent
		}
		return s, err
	}
	if number, err := wire.CheckGTIN(product); err == nil {
		if p, err := c.store.Product(ctx, shop, number); err == nil {
			return c.store.Style(ctx, shop, p.Style)
		}
	}
	return c.store.StyleByName(ctx, shop, product)
}
