-- +goose Up
CREATE TABLE product (
	shop text NOT NULL REFERENCES shop (id) ON DELETE CASCADE,
	gtin text NOT NULL, -- 14 digits
	style text NOT NULL REFERENCES style (id) ON DELETE CASCADE,
	size text NOT NULL,
	sku text NOT NULL,
	colour text NOT NULL,
	PRIMARY KEY (shop, gtin)
);
CREATE INDEX product_of_style ON product (style);

CREATE TABLE passkey (
	id text PRIMARY KEY,
	customer text NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
	credential_index BLOB NOT NULL UNIQUE, -- keyed hash of the authenticator's own id
	sealed BLOB NOT NULL, -- the credential
	created bigint NOT NULL,
	used bigint NOT NULL -- 0: never
);
CREATE INDEX passkey_of_customer ON passkey (customer);

-- What was asked of an authenticator, until it answers.
CREATE TABLE ceremony (
	hash BLOB PRIMARY KEY,
	customer text REFERENCES customer (id) ON DELETE CASCADE, -- NULL: at a login
	asked BLOB NOT NULL, -- sealed under the master key
	expires bigint NOT NULL
);

CREATE TABLE feed (
	id text PRIMARY KEY,
	shop text NOT NULL REFERENCES shop (id) ON DELETE CASCADE,
	state text NOT NULL, -- queued, done, failed
	upload text NOT NULL, -- its blob, named by content
	report text NOT NULL, -- of the import, JSON
	job text NOT NULL,
	created bigint NOT NULL,
	changed bigint NOT NULL
);
CREATE INDEX feed_of_shop ON feed (shop, id);

-- +goose Down
DROP TABLE feed;
DROP TABLE ceremony;
DROP TABLE passkey;
DROP TABLE product;
