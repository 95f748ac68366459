// Package backup copies a service's data folder while it runs, and lays it out
// again in an empty one.
//
// A backup is two things that are to be kept apart: the archive of database and
// blobs, in which everything personal is sealed, and the file of the customers'
// wrapped keys. The archive can be kept as long as one likes; of the keys only
// the newest file is to be kept. Who has been erased is then erased from the old
// archives too: nothing that is left opens what they hold. The master key is in
// neither.
package backup
