"""Fiction and rehearsal: the demonstration, stories and seasons, played through the product's own acts."""
