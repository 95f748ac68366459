// Package jobs has work done later, exactly when the transaction that asked
// for it was committed, and again until it was done.
//
// The engine is River, on the same database as everything else, so that a job
// and the record it belongs to are written together or not at all. A job
// carries a kind and an id and nothing else: what it is about stands in the
// record, where it can be sealed and erased. A job may run twice (a process
// can die between the work and the word that it is done), therefore every Work
// must do no harm the second time.
package jobs
