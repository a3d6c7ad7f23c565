"""file -> Paper: symbols, mastheads, paragraphs, footnotes."""
