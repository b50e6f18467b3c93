"""The quarterly audit as pure functions: facts and judgements in, rows, key figures and differences out."""
