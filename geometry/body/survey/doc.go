// Package survey reads the public body surveys as measurements of the body
// model, and learns the model's statistics from them.
//
// ANSUR II (2012, 4,082 men and 1,986 women of the US Army, NATICK/TR-15/007)
// has nearly every measure a tailor takes, of soldiers. NHANES 2017-March 2020
// (CDC/NCHS) has height, weight, waist and hip of 8,302 civilian adults.
//
// The files are no part of the project; assets/statbuild turns them into the
// figures of assets/anthropometry.json, tests and bench/bodyreport hold those
// figures against the people.
package survey
