"""Pack -> DOCX, Markdown, HTML for print: the same content in each."""
