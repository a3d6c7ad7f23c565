"""Passages of all papers -> a thematic compendium that keeps itself current."""
