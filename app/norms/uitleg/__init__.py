"""Why a judgement is what it is, in Dutch sentences: what counted, what did not, and what one fact did."""
