// Package sqldb is one SQL database, SQLite or PostgreSQL, behind the same few
// words: read, update, statement, row.
//
// Statements are written once for both. What makes that possible: parameters
// are $1, $2, ...; times are whole microseconds since 1970 in a bigint; truth
// is 0 or 1; nothing relies on row locks, every change states in its WHERE
// what must be so. Only the migrations are written twice.
package sqldb
