"""Sources in Markdown -> papers as PDF and DOCX: a demonstration that reads like the real thing."""
