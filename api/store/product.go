package store

import (
	"context"
	"errors"

	"fitroom/api/sqldb"
)

// Product is an article of a shop: a size of a style under a number of its own.
type Product struct{ Shop, GTIN, Style, Size, SKU, Colour string }

// GTINDigits is how long a number is kept, shorter ones filled up with zeros
// as GS1 does.
const GTINDigits = 14

const productColumns = `shop, gtin, style, size, sku, colour`

func scanProduct(row sqldb.Row) (p Product, err error) {
	err = one(row, &p.Shop, &p.GTIN, &p.Style, &p.Size, &p.SKU, &p.Colour)
	return p, err
}

// SetProducts puts the articles of a style in the place of those it had. A
// number that stood for another style of the shop stands for this one now.
func (t *Tx) SetProducts(ctx context.Context, style string, all []Product) error {
	if err := t.all(ctx, `DELETE FROM product WHERE style = $1`, style); err != nil {
		return err
	}
	for _, p := range all {
		if err := errors.Join(t.all(ctx, `DELETE FROM product WHERE shop = $1 AND gtin = $2`, p.Shop, p.GTIN),
			t.exec(ctx, `INSERT INTO product (`+productColumns+`) VALUES ($1, $2, $3, $4, $5, $6)`, p.Shop, p.GTIN, p.Style, p.Size, p.SKU, p.Colour)); err != nil {
			return err
		}
	}
	return nil
}

// Product finds an article of a shop by its number.
func (v View) Product(ctx context.Context, shop, gtin string) (Product, error) {
	return scanProduct(v.r.QueryRow(ctx, `SELECT `+productColumns+` FROM product WHERE shop = $1 AND gtin = $2`, shop, gtin))
}

// Products lists the articles of a shop, the highest number first.
func (v View) Products(ctx context.Context, shop string, p Page) ([]Product, error) {
	return list(ctx, v, scanProduct, `SELECT `+productColumns+` FROM product WHERE shop = $1 AND gtin < $2 ORDER BY gtin DESC LIMIT $3`, shop, p.before(), p.Limit)
}

// StyleByName finds a ready style of a shop by what style.json calls it, the
// newest if there are several.
func (v View) StyleByName(ctx context.Context, shop, name string) (Style, error) {
	return scanStyle(v.r.QueryRow(ctx, `SELECT `+styleColumns+` FROM style WHERE shop = $1 AND name = $2 AND state = 'done' ORDER BY id DESC LIMIT 1`, shop, name))
}
