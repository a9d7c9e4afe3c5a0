"""Pages of the closing, one module a matter."""
