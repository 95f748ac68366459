package catalog

import (
	"encoding/json"
	"errors"
	"io"

	"fitroom/geometry/fault"
)

// maxJSONBytes bounds a JSON catalogue, which is read as a whole [bytes].
const maxJSONBytes = 64 << 20

// readJSON tells Shopify products from schema.org by their members.
func readJSON(r io.Reader) (*collector, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxJSONBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxJSONBytes {
		return nil, fault.Errorf("the JSON is larger than %d MB, the most that is read; export fewer products at a time", maxJSONBytes>>20)
	}
	var shop shopifyFile
	if data[0] == '{' {
		if err := json.Unmarshal(data, &shop); err != nil {
			return nil, notJSON(err)
		}
	}
	if shop.Products != nil || shop.Product != nil {
		return shop.collect()
	}
	var top node
	if err := json.Unmarshal(data, &top); err != nil {
		return nil, notJSON(err)
	}
	return collectGraph(top)
}

func notJSON(err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fault.Errorf("not readable as JSON at byte %d: %w", syntax.Offset, err)
	}
	return fault.Errorf("not readable as JSON: %w", err)
}
