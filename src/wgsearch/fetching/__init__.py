"""symbols -> papers in the corpus folder: the only part of wgsearch that uses a network."""
