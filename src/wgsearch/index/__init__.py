"""Passages and vectors -> a folder that answers: manifest, vectors, words, store, generations."""
