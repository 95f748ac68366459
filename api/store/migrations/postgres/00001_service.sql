-- +goose Up
CREATE TABLE shop (
	id text PRIMARY KEY,
	name text NOT NULL,
	created bigint NOT NULL
);

CREATE TABLE api_key (
	id text PRIMARY KEY,
	shop text NOT NULL REFERENCES shop (id) ON DELETE CASCADE,
	kind text NOT NULL, -- secret, browser
	hash bytea NOT NULL, -- SHA-256 of the secret
	scopes text NOT NULL, -- by spaces
	origins text NOT NULL, -- by spaces
	label text NOT NULL,
	created bigint NOT NULL,
	expires bigint NOT NULL, -- 0: never
	revoked bigint NOT NULL DEFAULT 0
);
CREATE INDEX api_key_of_shop ON api_key (shop, id);

CREATE TABLE customer (
	id text PRIMARY KEY,
	address_index bytea NOT NULL UNIQUE, -- keyed hash of the e-mail address
	sealed bytea NOT NULL, -- the address
	created bigint NOT NULL
);

CREATE TABLE customer_key (
	customer text PRIMARY KEY REFERENCES customer (id) ON DELETE CASCADE,
	wrapped bytea NOT NULL
);

CREATE TABLE login_code (
	address_index bytea PRIMARY KEY,
	hash bytea NOT NULL,
	tries bigint NOT NULL,
	sent bigint NOT NULL, -- codes since began
	began bigint NOT NULL,
	expires bigint NOT NULL
);

CREATE TABLE session (
	hash bytea PRIMARY KEY,
	customer text NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
	created bigint NOT NULL,
	expires bigint NOT NULL
);
CREATE INDEX session_of_customer ON session (customer);

CREATE TABLE avatar (
	id text PRIMARY KEY,
	customer text NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
	version bigint NOT NULL,
	sealed bytea NOT NULL, -- body.json and the day of each measurement
	created bigint NOT NULL,
	changed bigint NOT NULL
);
CREATE INDEX avatar_of_customer ON avatar (customer, id);

CREATE TABLE style (
	id text PRIMARY KEY,
	shop text NOT NULL REFERENCES shop (id) ON DELETE CASCADE,
	version bigint NOT NULL,
	state text NOT NULL, -- queued, done, failed
	name text NOT NULL, -- of style.json
	upload text NOT NULL, -- its blob, named by content
	card text NOT NULL, -- what is shown of it, JSON
	report text NOT NULL, -- of the import, JSON
	job text NOT NULL,
	created bigint NOT NULL,
	changed bigint NOT NULL
);
CREATE INDEX style_of_shop ON style (shop, id);

CREATE TABLE consent (
	id text PRIMARY KEY,
	customer text NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
	shop text NOT NULL REFERENCES shop (id) ON DELETE CASCADE,
	avatar text NOT NULL REFERENCES avatar (id) ON DELETE CASCADE,
	purpose text NOT NULL,
	level bigint NOT NULL,
	created bigint NOT NULL,
	expires bigint NOT NULL,
	revoked bigint NOT NULL DEFAULT 0
);
CREATE INDEX consent_of_customer ON consent (customer, id);
CREATE INDEX consent_of_shop ON consent (shop, id);

CREATE TABLE access (
	id text PRIMARY KEY,
	customer text NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
	shop text NOT NULL,
	consent text NOT NULL,
	what text NOT NULL,
	subject text NOT NULL,
	level bigint NOT NULL,
	at bigint NOT NULL
);
CREATE INDEX access_of_customer ON access (customer, id);

CREATE TABLE fit (
	id text PRIMARY KEY,
	customer text REFERENCES customer (id) ON DELETE CASCADE, -- NULL: on a mannequin
	avatar text REFERENCES avatar (id) ON DELETE CASCADE,
	shop text REFERENCES shop (id) ON DELETE CASCADE, -- who asked; NULL: the customer
	consent text REFERENCES consent (id) ON DELETE CASCADE,
	style text NOT NULL REFERENCES style (id) ON DELETE CASCADE,
	mannequin text NOT NULL, -- the size it is made for; '': a customer
	sizes text NOT NULL, -- JSON list
	lang text NOT NULL,
	result text NOT NULL, -- its key, '' before it is known
	state text NOT NULL, -- queued, running, done, failed, cancelled
	problem text NOT NULL, -- code
	job text NOT NULL,
	created bigint NOT NULL,
	changed bigint NOT NULL
);
CREATE INDEX fit_of_customer ON fit (customer, id);
CREATE INDEX fit_of_shop ON fit (shop, id);
CREATE INDEX fit_of_consent ON fit (consent);

CREATE TABLE result (
	owner text NOT NULL, -- a customer, or '' for mannequins
	key text NOT NULL,
	customer text REFERENCES customer (id) ON DELETE CASCADE,
	files text NOT NULL, -- JSON list of their names
	created bigint NOT NULL,
	PRIMARY KEY (owner, key)
);

CREATE TABLE job (
	id text PRIMARY KEY,
	kind text NOT NULL,
	subject text NOT NULL,
	shop text REFERENCES shop (id) ON DELETE CASCADE,
	customer text REFERENCES customer (id) ON DELETE CASCADE,
	state text NOT NULL,
	done bigint NOT NULL, -- thousandths
	stage text NOT NULL,
	problem text NOT NULL,
	seq bigint NOT NULL, -- of its last event
	created bigint NOT NULL,
	changed bigint NOT NULL
);

CREATE TABLE job_event (
	job text NOT NULL REFERENCES job (id) ON DELETE CASCADE,
	seq bigint NOT NULL,
	state text NOT NULL,
	done bigint NOT NULL,
	stage text NOT NULL,
	PRIMARY KEY (job, seq)
);

CREATE TABLE webhook (
	id text PRIMARY KEY,
	shop text NOT NULL REFERENCES shop (id) ON DELETE CASCADE,
	url text NOT NULL,
	events text NOT NULL, -- by spaces
	sealed bytea NOT NULL, -- the signing secret
	created bigint NOT NULL
);
CREATE INDEX webhook_of_shop ON webhook (shop, id);

CREATE TABLE delivery (
	id text PRIMARY KEY,
	webhook text NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
	consent text REFERENCES consent (id) ON DELETE CASCADE,
	event text NOT NULL,
	payload text NOT NULL,
	state text NOT NULL, -- pending, delivered, failed
	tries bigint NOT NULL,
	answer text NOT NULL, -- status or kind of failure of the last try
	created bigint NOT NULL,
	changed bigint NOT NULL
);
CREATE INDEX delivery_of_webhook ON delivery (webhook, id);
CREATE INDEX delivery_of_consent ON delivery (consent);

CREATE TABLE idempotency (
	principal text NOT NULL,
	key text NOT NULL,
	request bytea NOT NULL, -- keyed hash of method, path and body
	status bigint NOT NULL, -- of the answer
	location text NOT NULL,
	created bigint NOT NULL,
	PRIMARY KEY (principal, key)
);

-- +goose Down
DROP TABLE idempotency;
DROP TABLE delivery;
DROP TABLE webhook;
DROP TABLE job_event;
DROP TABLE job;
DROP TABLE result;
DROP TABLE fit;
DROP TABLE access;
DROP TABLE consent;
DROP TABLE style;
DROP TABLE avatar;
DROP TABLE session;
DROP TABLE login_code;
DROP TABLE customer_key;
DROP TABLE customer;
DROP TABLE api_key;
DROP TABLE shop;
