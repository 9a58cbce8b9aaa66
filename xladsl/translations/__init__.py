"""An agreement's own text in other languages: what of it is translated, and the files that translators work in."""
