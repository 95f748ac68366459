-- +goose Up
ALTER TABLE fit ADD COLUMN under_style text REFERENCES style (id) ON DELETE CASCADE; -- what is worn beneath; NULL: nothing
ALTER TABLE fit ADD COLUMN under_size text NOT NULL DEFAULT '';
CREATE INDEX fit_of_under_style ON fit (under_style);

-- +goose Down
DROP INDEX fit_of_under_style;
ALTER TABLE fit DROP COLUMN under_size;
ALTER TABLE fit DROP COLUMN under_style;
