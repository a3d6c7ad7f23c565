"""
Finding, citing and reusing what a working group has already said.

    file ──papers──▶ Paper ──passages──▶ Passages ──embedding──▶ vectors
                       │                     │                      │
                     agenda                  └──────── index ───────┘
                       │                                 │
                     Agenda ───────── search ◀───────────┘
                                        │
                          api (HTTP, pages) · mcp · cli

Imports point to the left and upwards in this drawing, never back: the contract
stands in pyproject.toml, the reasons in docs/ARCHITECTURE.md.
"""
