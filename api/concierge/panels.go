package concierge

import (
	"context"
	"fmt"

	"fitroom/api/store"
	"fitroom/api/wire"
	"fitroom/garment/pattern"
)

// Imported is a style of the shop with all that the shop sent of it.
func (c *Concierge) Imported(ctx context.Context, who Who, id string) (store.Style, wire.Style, map[string]*pattern.Pattern, error) {
	s, err := c.store.Style(ctx, who.Shop, id)
	if err != nil || s.State != store.Done {
		return s, wire.Style{}, nil, err
	}
	style, sheet, err := c.style(ctx, s)
	if err != nil {
		return s, sheet, nil, fmt.Errorf("concierge: a style that was imported before: %w", err)
	}
	return s, sheet, style.Patterns, nil
}
