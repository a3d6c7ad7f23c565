"""
generation -> a collection on a Milvus server, and back to rows (the extra `milvus`).

Why vectors alone are asked for there: they are what must lie in memory; words, papers and
passages are read from the disk of whoever answers (docs/decisions/0035-milvus.md).
"""
