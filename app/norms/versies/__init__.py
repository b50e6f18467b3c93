"""A norm is data with a version: the national versions, those of an organisatie, and which holds on a day."""
