"""The mechanics of HTTP, used by the routers: problems, strict input, pages of a list, ETags, repeated requests."""
