"""The quarterly audit on pages: built, compared, frozen, exported, published."""
