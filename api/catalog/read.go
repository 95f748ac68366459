package catalog

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"fitroom/geometry/fault"
)

// Read reads a feed; which of the formats it is shows from how it begins. The
// name goes into messages.
func Read(r io.Reader, name string) (*Catalog, error) {
	c, err := read(r)
	if err != nil {
		return nil, fault.Errorf("catalogue %s: %w", name, err)
	}
	return c, nil
}

func read(r io.Reader) (*Catalog, error) {
	limited := &io.LimitedReader{R: r, N: MaxFeedBytes + 1}
	in := bufio.NewReaderSize(limited, 64<<10)
	head, err := in.Peek(4096)
	if len(head) == 0 {
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		return nil, fault.Errorf("the file is empty")
	}
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3) // a byte order mark, seen by Peek already
		head = head[3:]
	}
	head = bytes.TrimSpace(head)
	var c *collector
	switch {
	case bytes.HasPrefix(head, []byte("<")):
		c, err = readMerchantXML(in)
	case bytes.HasPrefix(head, []byte("{")), bytes.HasPrefix(head, []byte("[")):
		c, err = readJSON(in)
	case bytes.IndexByte(firstLine(head), '\t') >= 0:
		c, err = readMerchantTable(in)
	default:
		return nil, fault.Errorf("this is none of the formats that are read: a Google Merchant feed (XML or tab-separated), Shopify product JSON, schema.org JSON-LD")
	}
	if limited.N <= 0 {
		return nil, fault.Errorf("the feed is larger than %d MB, the most that is read", MaxFeedBytes>>20)
	}
	if err != nil {
		return nil, err
	}
	return c.finish()
}

func firstLine(b []byte) []byte {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	return line
}

// finish orders sizes and refuses a feed that holds nothing.
func (c *collector) finish() (*Catalog, error) {
	if len(c.Styles) == 0 {
		if c.Articles > 0 {
			return nil, fault.Errorf("none of its %d articles is a garment for adults", c.Articles)
		}
		return nil, fault.Errorf("this %s holds no product", fault.Word(c.Format))
	}
	for _, s := range c.Styles {
		if !sortSizes(s.Sizes) && len(s.Sizes) > 1 {
			c.note("style %s: sizes %v cannot be put in order by their names; they stay as they come", s.ID, s.Sizes)
		}
	}
	if c.more > 0 {
		c.Notes = append(c.Notes, fault.Errorf("and %d more notes", c.more))
	}
	return c.Catalog, nil
}
