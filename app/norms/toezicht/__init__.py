"""What an inspecteur is shown, as pure functions: samples, pseudonyms, key figures without small cells."""
