"""A draft -> paragraph by paragraph: said before and where, close to it, or new."""
