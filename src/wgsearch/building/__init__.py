"""Papers read and encoded on the machines of a cluster, in shards; published by a local build."""
