// Package blob keeps bytes under names, in a folder or in an S3 bucket.
//
// Names are chosen by content, so that writing one twice writes the same
// bytes: the first writer wins and nothing is ever changed in place. What is
// personal is sealed before it comes here.
package blob
