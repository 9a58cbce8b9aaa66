"""Examples of an agreement, worked out: their facts as what is given, their rows, and what comes of them."""
