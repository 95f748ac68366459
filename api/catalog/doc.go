// Package catalog reads what a shop already publishes of its goods and makes
// styles of it: Google Merchant feeds (RSS, Atom, tab-separated), Shopify
// product JSON, and schema.org Product and ProductGroup as JSON-LD.
//
// One style is one garment in all its sizes and colours; its articles are the
// variants, each with a GTIN whose check digit is verified. Size systems, size
// types and size charts are kept as the shop states them. Nothing is guessed: a
// feed says neither pattern nor fabric nor, mostly, measures, and the style says
// so until somebody adds them. What is left out, and why, is in the notes.
//
// The formats were read from their public field descriptions: the product data
// specification of Google Merchant Center, the Product resource of Shopify's
// Admin API, and the schema.org types Product, ProductGroup, SizeSpecification
// and QuantitativeValue.
package catalog
