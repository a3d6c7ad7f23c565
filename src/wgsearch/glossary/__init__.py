"""
Lists of terms in six languages -> a question in other words, and in other languages.

Why below the index: a build reads the lists and every generation holds what it was built
with. How words are cut and stemmed is the index' own, and is handed in (`Tokens`).
"""
