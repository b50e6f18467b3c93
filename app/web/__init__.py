"""The mechanics of HTTP for the routers: problems, strict input, pages, ETags, repeated requests."""
