"""One module a page: pure functions from a study and an address to what the page shows."""
