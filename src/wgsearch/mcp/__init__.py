"""
Engine -> tools for assistants, over the Model Context Protocol (the extra `mcp`).

`server` alone knows the protocol's library; nothing is imported here, so that the rest can be read
and tested without it.
"""
