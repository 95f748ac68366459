// Package feedback measures how well garment/wearers foretells the votes of
// real wearers: the RentTheRunway data of Misra, Wan and McAuley (RecSys 2018),
// which is test data and never part of the product.
package feedback
