"""What pages say: the words for codes, kinds and fields, and the bounds they name."""
