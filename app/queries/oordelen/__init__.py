"""From stored facts to judgements: what is read for the rule, and what the rule says of it."""
